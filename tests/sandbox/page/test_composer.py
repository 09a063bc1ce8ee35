"""Commands are offered while somebody types them, and taken over with the keyboard or a finger."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox.server import Sandbox
from tests.browser import PHONE, Tab, context_of, needs_browser, open_tab
from tests.sandbox.page.acts import arrive, composer
from tests.sandbox.server.counterpart import Counterpart

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser]


async def active(page: Page) -> str:
    """The text of the option that the field says is chosen."""
    chosen = await composer(page).get_attribute("aria-activedescendant")
    return await page.locator(f"#{chosen}").inner_text() if chosen else ""


async def test_arrows_choose_tab_takes_over_and_enter_sends(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await composer(page).press("/")
    assert (await active(page)).startswith("/prm")
    await page.keyboard.press("Tab")
    await expect(composer(page)).to_have_value("/prm ")
    await expect(page.get_by_role("option")).to_have_text(["/prm show", "/prm slow"])
    assert await active(page) == ""
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    assert await active(page) == "/prm slow"
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(composer(page)).to_have_value("/prm show")
    await expect(page.get_by_role("option")).to_have_count(0)
    assert app.heard == []
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article")).to_be_visible()
    assert [body["text"] for body in app.of("slash_command")] == ["show"]


async def test_escape_closes_the_list_and_keeps_what_was_typed(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await composer(page).press_sequentially("/prm s")
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("listbox")).to_be_hidden()
    await expect(composer(page)).to_have_value("/prm s")
    await expect(composer(page)).to_be_focused()


async def test_a_subcommand_that_is_not_offered_can_be_sent_all_the_same(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await composer(page).press_sequentially("/prm sh")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article")).to_be_visible()
    assert [body["text"] for body in app.of("slash_command")] == ["sh"]


async def test_a_tap_takes_a_command_over_and_leaves_the_keyboard_up(
    slack: Sandbox, app: Counterpart, browser: Browser
) -> None:
    context = await context_of(browser, PHONE, touch=True)
    tab = await open_tab(context)
    page = tab.page
    await arrive(page, slack)
    await composer(page).tap()
    await composer(page).press("/")
    await page.get_by_role("option", name="/prm").tap()
    await page.get_by_role("option", name="/prm slow").tap()
    await expect(composer(page)).to_have_value("/prm slow")
    await expect(composer(page)).to_be_focused()
    assert not await tab.overflows()
    await context.close()


async def test_a_slash_inside_a_sentence_offers_nothing(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await composer(page).press_sequentially("and /prm s")
    await expect(composer(page)).to_have_value("and /prm s")
    await expect(page.get_by_role("listbox")).to_be_hidden()
