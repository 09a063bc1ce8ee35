"""Threads, files, answers that change or vanish, and long conversations, in a real browser."""

from __future__ import annotations

import base64
import json
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Page, expect

from sandbox.server import Sandbox
from sandbox.state import File, Message
from tests.browser import Tab, needs_browser
from tests.sandbox.page import wire
from tests.sandbox.page.acts import LIAISONS, arrive, say, scroll_to_the_start
from tests.sandbox.page.trial_app import button, section
from tests.sandbox.server.counterpart import Counterpart, Heard

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser]

MANY = 500
LIGHT = 200_000
"""Bytes that the first picture of a conversation may weigh."""


def writes(slack: Sandbox, text: str, thread: str | None = None, **more: Any) -> Message:
    """Eli says something in Ana's channel, without the app hearing of it."""
    eli = slack.person("eli")
    message = Message(slack.world.new_ts(), LIAISONS, eli.team, eli.id, text, thread_ts=thread, **more)
    slack.state.messages.append(message)
    slack.world.changed()
    return message


async def test_replies_are_folded_counted_and_opened_in_place(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    question = writes(slack, "Who knows Lakeside?")
    writes(slack, "I do", question.ts)
    writes(slack, "Something else")
    await arrive(page, slack)
    await expect(page.get_by_role("article")).to_have_count(2)
    fold = page.get_by_role("button", name="1 reply")
    await fold.press("Enter")
    await expect(page.get_by_role("article")).to_have_count(3)
    await expect(page.get_by_role("article").nth(1)).to_contain_text("I do")
    writes(slack, "Me too", question.ts)
    await expect(page.get_by_role("button", name="2 replies")).to_be_focused()
    await expect(page.get_by_role("article").nth(2)).to_contain_text("Me too")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article")).to_have_count(2)


async def test_a_file_is_downloaded_under_its_name(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    content = base64.b64encode(b"%PDF-1.7").decode()
    file = File("F0P", "T0RIVERSIDE", "packet.pdf", 8, title="Your packet", content=content, complete=True)
    slack.state.files["F0P"] = file
    writes(slack, "Here it is", files=["F0P"])
    await arrive(page, slack)
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download Your packet").click()
    assert (await download.value).suggested_filename == "packet.pdf"
    assert (await (await download.value).path()).read_bytes() == b"%PDF-1.7"


async def test_an_answer_is_replaced_and_taken_away_without_a_reload(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    async def answer(heard: Heard) -> Any:
        if heard.kind == "slash_command":
            row = {"type": "actions", "elements": [button("Again", "again"), button("Enough", "enough")]}
            return {"text": "First", "blocks": [section("First"), row]}
        action = heard.body["actions"][0]["action_id"]
        enough = {"type": "actions", "elements": [button("Enough", "enough")]}
        fresh = {"replace_original": True, "text": "Second", "blocks": [section("Second"), enough]}
        async with aiohttp.ClientSession() as session:
            await session.post(
                heard.body["response_url"], json={"delete_original": True} if action == "enough" else fresh
            )
        return None

    app.answer = answer
    page = browser_page.page
    await arrive(page, slack)
    await say(page, "/prm")
    await page.get_by_role("button", name="Again").click()
    await expect(page.get_by_role("article")).to_have_count(1)
    await expect(page.get_by_role("article")).to_contain_text("Second")
    await page.get_by_role("button", name="Enough").click()
    await expect(page.get_by_role("article")).to_have_count(0)


async def test_a_long_conversation_shows_its_end_first_and_more_on_scrolling_up(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    for number in range(MANY):
        writes(slack, f"Message {number}: " + "a visit to tell of, and what came of it. " * 4)
    page = browser_page.page
    await arrive(page, slack)
    await expect(page.get_by_text(f"Message {MANY - 1}:")).to_be_in_viewport()
    assert await page.get_by_role("article").count() == 40
    assert await nodes(page) < 1500

    reading = page.get_by_text(f"Message {MANY - 40}:")
    await page.get_by_role("log").evaluate("log => { log.scrollTop = 0 }")
    await expect(page.get_by_text(f"Message {MANY - 41}:")).to_be_attached()
    await expect(reading).to_be_in_viewport()
    writes(slack, "News at the end")
    await expect(page.get_by_text("News at the end")).to_be_attached()
    await expect(reading).to_be_in_viewport()

    await scroll_to_the_start(page)
    await expect(page.get_by_text("Message 0:")).to_be_attached()


async def nodes(page: Page) -> int:
    return int(await page.evaluate("document.querySelectorAll('*').length"))


async def test_the_first_picture_of_a_long_conversation_is_light(
    slack: Sandbox, app: Counterpart, tab: wire.Tab
) -> None:
    for number in range(MANY):
        blocks = [section(f"{number} " + "a long answer with much in it, " * 80) for _ in range(4)]
        writes(slack, "An answer", blocks=blocks)
    picture = await tab.get("state")
    assert len(json.dumps(picture)) < LIGHT
    assert picture["earlier"] is True
    assert picture["messages"][-1]["blocks"][0]["text"]["text"].startswith(f"{MANY - 1} ")
    more = await tab.get("state", newest="80")
    assert len(picture["messages"]) < len(more["messages"])


async def test_a_tall_answer_is_shown_from_its_beginning(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await say(page, "/prm show")
    await expect(page.get_by_text("Everything at once")).to_be_in_viewport()
    await say(page, "Short")
    await expect(page.get_by_text("Short", exact=True)).to_be_in_viewport()
