"""The app is down, slow, talks nonsense or sends what Slack refuses: what the page says, and what it offers."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from playwright.async_api import Browser, expect
from starlette.responses import PlainTextResponse

from sandbox.clock import Clock
from sandbox.server import Sandbox
from tests.browser import Tab, context_of, needs_browser, open_tab
from tests.sandbox.page.acts import arrive, say
from tests.sandbox.page.trial_app import field, modal
from tests.sandbox.server.counterpart import Counterpart, Heard, slack_client

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser]

SILENCE = object()


async def test_a_tab_finds_the_sandbox_again_after_a_restart(clock: Clock, browser: Browser) -> None:
    context = await context_of(browser)
    page = (await open_tab(context)).page
    before = Sandbox(clock=clock)
    await before.start()
    await arrive(page, before)
    await expect(page.get_by_role("heading", name="#liaisons")).to_be_visible()
    await before.stop()
    await expect(page.get_by_role("status")).to_have_text("The sandbox does not answer. Is it still running?")
    await say(page, "still there?")
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("still there?")
    after = Sandbox(clock=clock)
    await after.start(int(before.url.rpartition(":")[2]))
    await expect(page.get_by_role("status")).to_be_hidden()
    await after.stop()
    await context.close()


async def test_an_app_that_fails_is_said_to_and_the_text_stays(
    slack: Sandbox, app: Counterpart, browser: Browser
) -> None:
    slack.patience = 0.2
    context = await context_of(browser)
    page = (await open_tab(context)).page
    await arrive(page, slack)
    for text, said in (
        ("/prm slow", '/prm failed with the error "operation_timeout"'),
        ("/prm broken", '/prm failed with the error "http_service_error"'),
        ("/prm refused", '/prm failed with the error "invalid_blocks"'),
        ("/nobody", "/nobody is not a valid command."),
    ):
        await say(page, text)
        await expect(page.get_by_role("alert")).to_contain_text(said)
        await expect(page.get_by_role("textbox", name="Message")).to_have_value(text)
    await expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    await app.stop()
    await say(page, "/prm")
    await expect(page.get_by_role("alert")).to_contain_text("dispatch_failed")
    await expect(page.get_by_role("alert")).to_contain_text("The app could not be reached.")
    await app.start()
    slack.connect(app.url)
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("article").last).to_contain_text("Everything at once")
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("")
    await context.close()


async def test_what_slack_would_refuse_is_listed_with_its_place(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await say(page, "/prm refused")
    await page.get_by_role("button", name="Developer 1 refused").click()
    panel = page.get_by_role("complementary", name="Developer")
    await expect(panel.get_by_text("/blocks/0/text/text")).to_be_visible()
    await panel.get_by_text("slash_command").click()
    await expect(panel.get_by_text('"text": "refused"')).to_be_visible()


async def test_a_form_the_app_does_not_answer_keeps_what_was_typed_and_can_be_sent_again(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    slack.patience = 0.2
    page = browser_page.page
    answers: list[Any] = [
        PlainTextResponse("<h1>Traceback</h1>", 500),
        SILENCE,
        PlainTextResponse("nonsense"),
    ]

    async def answer(heard: Heard) -> Any:
        if heard.kind == "shortcut":
            view = modal(field("Note", "note", {"type": "plain_text_input"}), title="A note", submit="Save")
            await slack_client(slack).views_open(trigger_id=heard.body["trigger_id"], view=view)
            return None
        said = answers.pop(0) if answers else {}
        return await asyncio.Event().wait() if said is SILENCE else said

    app.answer = answer
    await arrive(page, slack)
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="New visit").click()
    form = page.get_by_role("dialog", name="A note")
    await form.get_by_label("Note").fill("Kept")
    await form.get_by_role("button", name="Save").click()
    for why in (
        "The app ran into an error of its own.",
        "The app did not answer within three seconds",
        "The app answered with something that Slack does not understand.",
    ):
        said = form.get_by_role("alert")
        await expect(said).to_contain_text("We had some trouble connecting.")
        await expect(said).to_contain_text(why)
        await expect(form.get_by_label("Note")).to_have_value("Kept")
        await said.get_by_role("button", name="Try again").click()
    await expect(form).to_be_hidden()
    sent = [body["view"]["state"]["values"]["note"]["it"]["value"] for body in app.of("view_submission")]
    assert sent == ["Kept"] * 4


async def test_a_button_press_that_failed_is_repeated_on_wish(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await say(page, "/prm show")
    await expect(page.get_by_label("Pick a tier")).to_be_visible()
    trial = app.answer
    app.answer = lambda heard: PlainTextResponse("no", 503)
    await page.get_by_label("Pick a tier").select_option("Gold")
    await expect(page.get_by_role("alert")).to_contain_text("http_service_error")
    app.answer = trial
    await page.get_by_role("alert").get_by_role("button", name="Try again").click()
    await slack.until(lambda: [one.text for one in slack.person("ana").dms()] == ["pick: gold"], 3)
    await expect(page.get_by_role("alert")).to_be_hidden()


async def test_a_home_of_an_app_that_is_down_says_so_and_opens_when_it_is_back(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    trial = app.answer
    app.answer = lambda heard: PlainTextResponse("no", 503)
    await arrive(page, slack, place="app")
    await expect(page.get_by_role("alert")).to_contain_text("The app did not hear that its home was opened.")
    app.answer = trial
    await page.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("heading", name="Your visits")).to_be_visible()
    await expect(page.get_by_role("alert")).to_be_hidden()


async def test_while_the_app_thinks_nothing_can_be_sent_twice(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    trial, thought = app.answer, asyncio.Event()

    async def answer(heard: Heard) -> Any:
        if heard.kind in {"view_submission", "slash_command"}:
            await thought.wait()
        return await trial(heard)

    app.answer = answer
    await arrive(page, slack)
    await say(page, "/prm stack")
    await expect(page.get_by_role("button", name="Send")).to_be_disabled()
    await page.keyboard.press("Enter")
    thought.set()
    form = page.get_by_role("dialog", name="Floor 1")
    await expect(form).to_be_visible()
    thought.clear()
    await form.get_by_role("button", name="Up").click()
    await expect(form.get_by_role("button", name="Up")).to_be_disabled()
    await page.keyboard.press("Enter")
    thought.set()
    await expect(page.get_by_role("dialog", name="Floor 2")).to_be_visible()
    assert [len(app.of(kind)) for kind in ("slash_command", "view_submission")] == [1, 1]


async def test_what_was_put_away_stays_away_until_something_else_is_refused(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    panel = page.get_by_role("region", name="Slack would have refused this")
    await arrive(page, slack)
    await say(page, "/prm refused")
    await panel.get_by_text("Everything the app sent").click()
    await expect(panel.get_by_text('"text": "too long"')).to_be_visible()
    await panel.get_by_role("button", name="Put away").click()
    await page.reload()
    await expect(page.get_by_role("button", name="Developer 1 refused")).to_be_visible()
    await expect(panel).to_be_hidden()
    await say(page, "/prm refused")
    await panel.get_by_role("button", name="Show all 2").click()
    bench = page.get_by_role("complementary", name="Developer")
    await expect(bench.get_by_text("/blocks/0/text/text")).to_have_count(2)
    await expect(bench.get_by_role("button", name="Close developer panel")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(bench).to_be_hidden()
    await expect(page.get_by_role("button", name="Developer 2 refused")).to_be_focused()
