"""Every block and element that Slack takes is drawn: in a message and in a form, and the console stays quiet."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Browser, Route, expect

from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.state import Message, View
from sandbox.views import start_values
from tests.browser import PHONE, WIDE, Tab, context_of, needs_browser, open_tab
from tests.sandbox.blockkit.everything import EVERY_BLOCK, EVERY_ELEMENT, IN_ACTIONS, IN_INPUT, IN_SECTION
from tests.sandbox.blockkit.samples import modal, pie, plot
from tests.sandbox.page.acts import LIAISONS, arrive, scroll_to_the_start
from tests.sandbox.server.counterpart import Counterpart

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser]

Json = dict[str, Any]
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="160"/>'
NOT_DRAWN = {"plan", "task_card"}
"""Shown as labelled boxes: no app of ours uses them."""


async def paint(route: Route) -> None:
    """The pictures that the samples name are not on this machine."""
    await route.fulfill(body=PICTURE, content_type="image/svg+xml")


def numbered(blocks: list[Json]) -> list[Json]:
    """Copies with ids of their own, as Slack gives them to blocks and elements without."""
    return [{"block_id": f"b{at}", **block} for at, block in enumerate(blocks)]


def in_messages() -> list[Json]:
    blocks = [block for kind, samples in EVERY_BLOCK.items() if kind != "input" for block in samples]
    for kind, samples in EVERY_ELEMENT.items():
        for element in samples:
            if kind in IN_SECTION:
                words = {"type": "mrkdwn", "text": f"*{kind}*"}
                blocks.append({"type": "section", "text": words, "accessory": element})
            if kind in IN_ACTIONS:
                blocks.append({"type": "actions", "elements": [element]})
    return blocks


def in_forms() -> list[Json]:
    label = {"type": "plain_text", "text": "A field"}
    asked = [
        {"type": "input", "label": label, "element": element}
        for kind, samples in EVERY_ELEMENT.items()
        if kind in IN_INPUT
        for element in samples
    ]
    return [*EVERY_BLOCK["alert"], *EVERY_BLOCK["input"], *asked]


def show_in_messages(slack: Sandbox, ana: Person) -> int:
    """One message for each block, from the app; how many there are."""
    installation = slack.world.installation(ana.team)
    assert installation is not None
    blocks = numbered(in_messages())
    for block in blocks:
        ts = slack.world.new_ts()
        message = Message(ts, LIAISONS, ana.team, installation.bot_user, block["type"], [block])
        message.bot_id = installation.bot_id
        slack.state.messages.append(message)
    return len(blocks)


def open_form(slack: Sandbox, ana: Person) -> None:
    payload = modal(*numbered(in_forms()))
    view = View("V0GALLERY", ana.team, ana.id, payload, "1", "V0GALLERY")
    view.values = start_values(payload["blocks"])
    slack.world.stack(ana.id).append(view)


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (PHONE, True)], ids=["desk", "phone"])
async def test_everything_slack_takes_is_drawn(
    slack: Sandbox, app: Counterpart, browser: Browser, size: tuple[int, int], dark: bool
) -> None:
    ana = slack.person("ana")
    count = show_in_messages(slack, ana)
    context = await context_of(browser, size, dark=dark)
    await context.route("https://example.com/**", paint)
    tab = await open_tab(context)
    page = tab.page
    await arrive(page, slack)
    articles = page.get_by_role("log").get_by_role("article")
    await scroll_to_the_start(page)
    await expect(articles).to_have_count(count)
    boxes = page.locator(".unknown summary")
    assert {text.split()[1] for text in await boxes.all_inner_texts()} == NOT_DRAWN
    assert not await tab.overflows()
    for figure, kind in zip(EVERY_BLOCK["data_visualization"], ("Pie", "Line", "Bar", "Area"), strict=True):
        await expect(page.get_by_role("img", name=f"{kind} chart: {figure['title']}")).to_be_visible()
    open_form(slack, ana)
    slack.world.changed()
    form = page.get_by_role("dialog")
    await expect(form.get_by_text("A field").last).to_be_attached()
    assert await form.locator("[data-block]").count() == len(in_forms()) - 1
    assert not await tab.overflows()
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    assert tab.complaints == []
    await context.close()


async def test_a_block_nobody_knows_is_a_labelled_box_with_its_content(
    slack: Sandbox, app: Counterpart, browser: Browser
) -> None:
    context = await context_of(browser)
    page = (await open_tab(context)).page
    ana = slack.person("ana")
    blocks = [{"type": "hologram", "block_id": "h", "beam": "blue"}]
    slack.state.messages.append(Message(slack.world.new_ts(), LIAISONS, ana.team, ana.id, "", blocks))
    await arrive(page, slack)
    await page.get_by_text("A hologram block, which the sandbox cannot draw").click()
    await expect(page.get_by_text('"beam": "blue"')).to_be_visible()
    await context.close()


async def test_a_picture_that_cannot_be_fetched_is_told_in_words(
    slack: Sandbox, app: Counterpart, browser: Browser
) -> None:
    context = await context_of(browser)
    page = (await open_tab(context)).page
    ana = slack.person("ana")
    picture = {"type": "image", "image_url": f"{slack.url}/page/static/gone.png", "alt_text": "Two curves"}
    slack.state.messages.append(Message(slack.world.new_ts(), LIAISONS, ana.team, ana.id, "", [picture]))
    await arrive(page, slack)
    await expect(page.get_by_role("article").get_by_text("Two curves")).to_be_visible()
    await context.close()


@pytest.mark.parametrize(("kind", "shape"), [("bar", "rect"), ("line", "circle"), ("area", "circle")])
async def test_a_chart_draws_each_value_and_has_its_numbers_as_a_table(
    slack: Sandbox, app: Counterpart, browser_page: Tab, kind: str, shape: str
) -> None:
    page = browser_page.page
    ana = slack.person("ana")
    values = [4, 0, -2.5]
    points = [
        {"label": month, "value": value} for month, value in zip(("Jan", "Feb", "Mar"), values, strict=True)
    ]
    second = {"name": "Elm", "data": points[:2]}
    block = plot(type=kind, series=[{"name": "Oak", "data": points}, second])
    block["chart"]["axis_config"]["categories"] = ["Jan", "Feb", "Mar"]
    slack.state.messages.append(Message(slack.world.new_ts(), LIAISONS, ana.team, ana.id, "", [block]))
    await arrive(page, slack)
    drawn = page.get_by_role("figure").locator(f"svg {shape}")
    await expect(drawn.first).to_be_visible()
    titles = await drawn.locator("title").all_text_contents()
    assert [title for title in titles if title.startswith("Oak")] == [
        "Oak, Jan: 4",
        "Oak, Feb: 0",
        "Oak, Mar: -2.5",
    ]
    assert len(titles) == 5
    assert await page.locator("svg .tick.end").all_text_contents() == ["-4", "-2", "0", "2", "4"]
    await page.get_by_text("Show the numbers").click()
    rows = page.get_by_role("table", name="Referrals").get_by_role("row")
    await expect(rows).to_have_text(["MonthOakElm", "Jan44", "Feb00", "Mar-2.5"])


async def test_slices_of_a_pie_are_named_with_their_share(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    ana = slack.person("ana")
    slack.state.messages.append(Message(slack.world.new_ts(), LIAISONS, ana.team, ana.id, "", [pie()]))
    await arrive(page, slack)
    await expect(page.get_by_role("figure").get_by_role("listitem")).to_have_text(
        ["Oak · 66.7%", "Elm · 33.3%"]
    )
    assert await page.locator("svg path title").all_text_contents() == ["Oak: 3 (66.7%)", "Elm: 1.5 (33.3%)"]
