"""A stranger's first minutes: the real app, in the sandbox's page, driven by a real browser."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.browser import Tab, browser, browser_page, needs_browser
from tests.databases import Databases

__all__ = ["browser", "browser_page"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser]

LIAISONS = "C0LIAISONSRIVE"


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> str:
    """SQLite only: what PostgreSQL does differently no browser can see."""
    return databases.fresh("sqlite", tmp_path)


async def test_ana_asks_logs_a_win_and_gets_one_message_each_week(
    slack: Sandbox, app: App, ana: Person, browser_page: Tab
) -> None:
    page = browser_page.page
    await page.goto(f"{slack.url}/?as=ana&in={LIAISONS}")

    await _say(page, "/prm roadmap")
    answer = page.get_by_role("article").last
    for number in range(1, 6):
        await expect(answer.get_by_text(f"{number}. ", exact=False).first).to_be_visible()
    await expect(answer.get_by_role("button", name="Open")).to_have_count(5)

    await _say(page, "/prm certs")
    answer = page.get_by_role("article").last
    for name in (
        "Physician Liaison Certification (APLAC)",
        "Healthcare Provider Liaison Certification",
        "Health System/Hospital Business Development Certification",
        "Healthcare Relationship Management Certification",
    ):
        await expect(answer.get_by_text(name).first).to_be_visible()
    await expect(answer.get_by_text("we could not verify it")).to_have_count(4)

    await _say(page, "/prm log")
    form = page.get_by_role("dialog", name="Log a win")
    await form.get_by_label("What did you move?").select_option("Referrals from your panel")
    await form.get_by_label("Result").fill("150")
    await form.get_by_label("Baseline").fill("3,5")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("That could be 3.5 or 35.")).to_be_visible()
    await expect(form.get_by_label("Baseline")).to_have_value("3,5")
    await form.get_by_label("Baseline").fill("120")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()

    await page.get_by_role("link", name="PRM Coach").click()
    await page.get_by_role("link", name="Messages", exact=True).click()
    await expect(page.get_by_role("article")).to_have_count(1)
    await expect(page.get_by_role("article").last).to_contain_text("120 → 150 referrals (+25.0%)")

    await page.get_by_role("button", name="To my next message").click()
    await expect(page.get_by_role("article")).to_have_count(2)
    await expect(page.get_by_role("article").last).to_contain_text("This week:")
    assert slack.clock.now() == datetime(2026, 11, 30, 14, 0, tzinfo=UTC)

    await slack.clock.advance(weeks=1)
    await expect(page.get_by_role("article")).to_have_count(3)
    assert len(ana.dms()) == 3

    await page.get_by_role("link", name="Home", exact=True).click()
    await expect(page.get_by_text("Your newest wins")).to_be_visible()
    await expect(page.get_by_text("120 → 150 referrals (+25.0%)").first).to_be_visible()


async def test_cy_in_the_other_workspace_sees_nothing_of_it(
    slack: Sandbox, app: App, ana: Person, cy: Person, browser_page: Tab
) -> None:
    page = browser_page.page
    await ana.slash("log")
    ana.fills(metric="Referrals from your panel", result="150", practice="Maple Street")
    await ana.submits()

    await page.goto(f"{slack.url}/?as=cy&in=app")

    await expect(page.get_by_text("No wins yet.")).to_be_visible()
    await expect(page.get_by_text("Maple Street")).to_have_count(0)


async def _say(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Message").fill(text)
    await page.keyboard.press("Enter")
