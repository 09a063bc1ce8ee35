"""A person tries an app on the page, in a real browser."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from sandbox.server import Sandbox
from tests.browser import PHONE, Tab, context_of, needs_browser, open_tab
from tests.sandbox.page.acts import arrive, say
from tests.sandbox.page.trial_app import INJECTED
from tests.sandbox.server.counterpart import Counterpart

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser]


async def test_a_confirm_dialog_lets_one_back_out(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await say(page, "/prm show")
    await page.get_by_role("button", name="Forget").click()
    question = page.get_by_role("dialog", name="Really forget it?")
    await question.get_by_role("button", name="Keep it").click()
    await expect(question).to_be_hidden()
    assert app.of("block_actions") == []
    await page.get_by_role("button", name="Forget").click()
    await question.get_by_role("button", name="Forget it").click()
    await slack.until(lambda: [one.text for one in slack.person("ana").dms()] == ["forget: pressed"], 3)


async def test_menus_and_selects_in_a_message_reach_the_app(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await say(page, "/prm show")
    await page.get_by_label("Pick a tier").select_option("Silver")
    await slack.until(lambda: len(slack.person("ana").dms()) == 1, 3)
    await page.get_by_role("button", name="More options").press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await slack.until(lambda: len(slack.person("ana").dms()) == 2, 3)
    assert [one.text for one in slack.person("ana").dms()] == ["pick: silver", "more: mute"]


async def test_two_tabs_are_two_people_and_each_sees_only_their_own(
    slack: Sandbox, app: Counterpart, browser: Browser
) -> None:
    context = await context_of(browser)
    ana, eli = await open_tab(context), await open_tab(context)
    await arrive(ana.page, slack)
    await arrive(eli.page, slack, "eli")
    await say(ana.page, "/prm show")
    await say(eli.page, "Good morning, all")
    await expect(ana.page.get_by_text("Good morning, all")).to_be_visible()
    await expect(ana.page.get_by_text("Everything at once")).to_be_visible()
    await expect(eli.page.get_by_text("Everything at once")).to_have_count(0)
    await context.close()


async def test_shortcuts_start_from_the_composer_and_from_a_message(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="New visit").click()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    await say(page, "Met Dr. Stone today")
    await page.get_by_role("article").last.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Visit from this").click()
    await expect(page.get_by_role("dialog", name="A new visit")).to_be_visible()
    assert [body["callback_id"] for body in app.of("shortcut")] == ["visit"]
    assert app.of("message_action")[0]["message"]["text"] == "Met Dr. Stone today"


async def test_switching_to_somebody_of_another_workspace(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await page.get_by_role("link", name="Cy Marchetti").click()
    await expect(page.get_by_role("heading", name="Lakeview Clinics")).to_be_visible()
    await expect(page.get_by_text("The app is not installed in this workspace yet.")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("heading", name="#liaisons")).to_be_visible()


async def test_talking_to_the_app_in_its_own_conversation(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await page.goto(f"{slack.url}/?as=ana&in=app&tab=messages")
    await say(page, f"Hello {INJECTED}")
    await expect(page.get_by_role("article").last).to_contain_text("You said: Hello")
    await expect(page.get_by_role("log")).to_contain_text(INJECTED)
    await expect(page.get_by_role("log").locator("img")).to_have_count(0)


async def test_markup_from_the_app_stays_text(slack: Sandbox, app: Counterpart, browser_page: Tab) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await say(page, "/prm hostile")
    answer = page.get_by_role("article").last
    await expect(answer).to_contain_text(INJECTED)
    await expect(answer.locator("img")).to_have_count(0)
    assert "broken in" not in await page.title()


async def test_the_clock_moves_forward_only(slack: Sandbox, app: Counterpart, browser_page: Tab) -> None:
    page = browser_page.page
    await arrive(page, slack)
    clock = page.get_by_role("region", name="Clock")
    await expect(clock.get_by_role("time")).to_have_text("Mon, Nov 2, 2026, 10:00 AM")
    await clock.get_by_role("button", name="+1 day").click()
    await expect(clock.get_by_role("time")).to_have_text("Tue, Nov 3, 2026, 10:00 AM")
    await clock.get_by_text("Move to…").click()
    await clock.get_by_label("Date and time").fill("2026-11-01T09:00")
    await clock.get_by_role("button", name="Move", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("The clock only goes forward")
    await clock.get_by_label("Date and time").fill("2026-11-09T09:00")
    await clock.get_by_role("button", name="Move", exact=True).click()
    await expect(clock.get_by_role("time")).to_have_text("Mon, Nov 9, 2026, 9:00 AM")
    await expect(clock.get_by_role("time")).to_have_attribute(
        "title", "2026-11-09 14:00 UTC · shown in America/New_York"
    )


async def test_on_a_phone_nothing_is_wider_than_the_screen(
    slack: Sandbox, app: Counterpart, browser: Browser
) -> None:
    context = await context_of(browser, PHONE)
    tab = await open_tab(context)
    page = tab.page
    await arrive(page, slack)
    await say(page, "/prm show")
    await expect(page.get_by_role("article")).to_be_visible()
    assert not await tab.overflows()
    await page.get_by_role("button", name="Open the form").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert not await tab.overflows()
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("button", name="People and channels").click()
    await page.get_by_role("link", name="PRM Coach").click()
    await expect(page.get_by_role("heading", name="Your visits")).to_be_visible()
    assert not await tab.overflows()
    await page.get_by_role("button", name="Developer").click()
    await expect(page.get_by_role("heading", name="Last requests and calls")).to_be_visible()
    assert not await tab.overflows()
    assert tab.complaints == []
    await context.close()
