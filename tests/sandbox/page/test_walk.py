"""Somebody's first minutes in the browser, from one end to the other; the console must not complain once."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from sandbox.server import Sandbox
from tests.browser import Tab, needs_browser
from tests.sandbox.page.acts import arrive, composer, say
from tests.sandbox.server.counterpart import Counterpart

pytestmark = [pytest.mark.browser, needs_browser]


async def test_a_stranger_tries_everything_once(slack: Sandbox, app: Counterpart, browser_page: Tab) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await asks_with_completion(page)
    await answers_the_answer(page, slack)
    await fills_in_a_form_with_a_mistake(page)
    await stacks_forms(page)
    await starts_shortcuts(page)
    await reads_what_the_app_wrote(page)
    await moves_the_clock(page)
    await becomes_others(page)
    await sends_what_slack_refuses(page)


async def asks_with_completion(page: Page) -> None:
    await composer(page).press("/")
    await expect(page.get_by_role("option", name="/prm")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.get_by_role("option", name="/prm show").click()
    await expect(composer(page)).to_have_value("/prm show")
    await page.keyboard.press("Enter")
    answer = page.get_by_role("article").last
    await expect(answer.get_by_text("Only visible to you")).to_be_visible()
    await expect(composer(page)).to_be_focused()


async def answers_the_answer(page: Page, slack: Sandbox) -> None:
    answer = page.get_by_role("article").last
    await answer.get_by_label("Pick a tier").select_option("Gold")
    await answer.get_by_role("button", name="Forget").click()
    await page.get_by_role("dialog", name="Really forget it?").get_by_role("button", name="Forget it").click()
    await slack.until(lambda: len(slack.person("ana").dms()) == 2, 3)
    assert [one.text for one in slack.person("ana").dms()] == ["pick: gold", "forget: pressed"]


async def fills_in_a_form_with_a_mistake(page: Page) -> None:
    await page.get_by_role("button", name="Open the form").click()
    form = page.get_by_role("dialog", name="A new visit")
    await form.get_by_label("Name of the practice").fill("Nowhere")
    await form.get_by_label("Referrals").fill("12")
    await form.get_by_label("Tier").select_option("Gold")
    await form.locator("summary").first.click()
    await form.get_by_role("checkbox", name="Heart").check()
    await form.get_by_role("radio", name="Warm").check()
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("There is no such practice.")).to_be_visible()
    await expect(form.get_by_label("Name of the practice")).to_have_value("Nowhere")
    await form.get_by_label("Name of the practice").fill("Lakeside")
    await page.keyboard.press("Enter")
    await expect(form).to_be_hidden()
    await expect(page.get_by_role("link", name="PRM Coach new message")).to_be_visible()


async def stacks_forms(page: Page) -> None:
    await say(page, "/prm stack")
    for depth in (1, 2):
        await page.get_by_role("dialog", name=f"Floor {depth}").get_by_role("button", name="Up").click()
    await expect(page.get_by_role("dialog", name="Floor 3")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Floor 3")).to_have_count(0)
    await page.get_by_role("dialog", name="Floor 2").get_by_role("button", name="Close all").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(composer(page)).to_be_focused()


async def starts_shortcuts(page: Page) -> None:
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="New visit").click()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    await say(page, "Met Dr. Stone today")
    await page.get_by_role("article").last.get_by_role("button", name="More actions").press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="A new visit")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("article").last.get_by_role("button", name="More actions")).to_be_focused()


async def reads_what_the_app_wrote(page: Page) -> None:
    await page.get_by_role("link", name="PRM Coach").click()
    await expect(page.get_by_role("heading", name="Your visits")).to_be_visible()
    await page.get_by_role("link", name="Messages", exact=True).click()
    await expect(page.get_by_role("article").last).to_contain_text("Saved Lakeside with 12 referrals")
    await say(page, "Thank you")
    await expect(page.get_by_role("article").last).to_contain_text("You said: Thank you")


async def moves_the_clock(page: Page) -> None:
    clock = page.get_by_role("region", name="Clock")
    await clock.get_by_role("button", name="+1 hour").click()
    await expect(clock.get_by_role("time")).to_have_text("Mon, Nov 2, 2026, 11:00 AM")
    await expect(clock.get_by_role("button", name="+1 hour")).to_be_focused()


async def becomes_others(page: Page) -> None:
    await page.get_by_role("link", name="Eli Novak").click()
    await expect(page.get_by_text("You are Eli Novak")).to_be_visible()
    await page.get_by_role("link", name="Cy Marchetti").click()
    await expect(page.get_by_role("heading", name="Lakeview Clinics")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_text("You are Eli Novak")).to_be_visible()


async def sends_what_slack_refuses(page: Page) -> None:
    await page.get_by_role("link", name="liaisons").click()
    await say(page, "/prm refused")
    panel = page.get_by_role("region", name="Slack would have refused this")
    await expect(panel.get_by_text("The header text has 200 characters; Slack takes 150.")).to_be_visible()
    await expect(panel.get_by_text("/blocks/0/text/text")).to_be_visible()
    await panel.get_by_role("button", name="Put away").click()
    await expect(panel).to_be_hidden()
    await expect(page.get_by_role("button", name="Developer 1 refused")).to_be_visible()
