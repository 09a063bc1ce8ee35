"""How long a new liaison takes on a phone to a target, a first win and a look at how far she is, by the model in `tests.thumb`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.browser import PHONE, browser, context_of, needs_browser, open_tab
from tests.databases import Databases
from tests.features.records import member_of, wins_of
from tests.features.target_acts import states
from tests.thumb import Thumb

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser]

LIAISONS: Final = "C0LIAISONSRIVE"
FROM_FIRST_OPEN: Final = {"taps": 25, "characters": 24, "choices": 4, "answers": 15, "looks": 6}


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> str:
    """SQLite only: what PostgreSQL does differently no browser can see."""
    return databases.fresh("sqlite", tmp_path)


@pytest.fixture
async def app(app: App) -> App:
    """Where nobody has met the app yet."""
    app.deps.welcomed.clear()
    return app


@pytest.fixture
async def anas_phone(slack: Sandbox, app: App, browser: Browser) -> AsyncIterator[Page]:
    """Open at her channel, as Slack was before she heard of the app."""
    async with _phone(browser, f"{slack.url}/?as=ana&in={LIAISONS}") as page:
        yield page


@pytest.fixture
async def bens_phone(slack: Sandbox, app: App, browser: Browser) -> AsyncIterator[Page]:
    """Open at what the app wrote to him."""
    async with _phone(browser, f"{slack.url}/?as=ben&in={LIAISONS}") as page:
        yield page


@asynccontextmanager
async def _phone(browser: Browser, address: str) -> AsyncIterator[Page]:
    """A phone of somebody's own; anything its console complains of fails the test."""
    context = await context_of(browser, PHONE, touch=True)
    tab = await open_tab(context)
    await tab.page.goto(address)
    await expect(tab.page.get_by_role("textbox", name="Message")).to_be_visible()
    yield tab.page
    assert not await tab.overflows()
    await context.close()
    assert tab.complaints == []


async def _opens_home(thumb: Thumb) -> Locator:
    await thumb.taps_on(thumb.page.get_by_role("button", name="People and channels"))
    await thumb.taps_on(thumb.page.get_by_role("link", name="PRM Coach"))
    return thumb.page.get_by_role("region", name="Home")


async def _leaves(thumb: Thumb, said: Locator) -> None:
    """Reads in passing what a form left behind, and closes it."""
    await thumb.waits_for(said)
    await thumb.taps_on(thumb.page.get_by_role("button", name="Close", exact=True))


async def _asks_ben(thumb: Thumb, home: Locator) -> None:
    page = thumb.page
    await thumb.taps_on(home.get_by_role("button", name="Your manager"))
    await thumb.waits_for(page.get_by_text("You have no manager here yet."))
    await thumb.taps_on(page.get_by_role("button", name="Ask somebody"))
    form = page.get_by_role("dialog", name="Ask for a manager")
    await thumb.reads(form)
    await thumb.chooses(form.get_by_label("Who is your manager?"), "Ben Okafor")
    await thumb.taps_on(form.get_by_role("button", name="Ask", exact=True))
    await _leaves(thumb, page.get_by_text("I have asked"))


async def _says_where_she_wants_to(thumb: Thumb, home: Locator) -> None:
    await thumb.taps_on(home.get_by_role("button", name="My profile"))
    form = thumb.page.get_by_role("dialog", name="Your profile")
    await thumb.reads(form)
    await thumb.chooses(form.get_by_label("The role you want next"), "Physician Relations Manager")
    await thumb.taps_on(form.get_by_role("button", name="Save"))
    await _leaves(thumb, thumb.page.get_by_text("Saved."))


async def _proposes_a_target(thumb: Thumb, home: Locator) -> None:
    page = thumb.page
    await thumb.waits_for(home.get_by_role("button", name="Set a target"))
    await thumb.taps_on(home.get_by_role("button", name="Set a target"))
    await thumb.waits_for(page.get_by_text("No targets yet."))
    await thumb.taps_on(page.get_by_role("button", name="Propose a target"))
    form = page.get_by_role("dialog", name="Propose a target")
    await thumb.reads(form)
    await thumb.chooses(form.get_by_label("What should move?"), "Referrals from your panel")
    await thumb.waits_for(form.get_by_text("The number to reach, in referrals"))
    await thumb.types(form.get_by_role("textbox", name="From (optional)"), "120")
    await thumb.types(form.get_by_role("textbox", name="To", exact=True), "150")
    await thumb.taps_on(form.get_by_role("button", name="Propose"))
    await _leaves(thumb, page.get_by_text("Kept as your proposal."))


async def _logs_a_win(thumb: Thumb, home: Locator) -> None:
    await thumb.taps_on(home.get_by_role("button", name="Log a win"))
    form = thumb.page.get_by_role("dialog", name="Log a win")
    await thumb.reads(form)
    await thumb.chooses(form.get_by_label("What did you move?"), "Referrals from your panel")
    await thumb.waits_for(form.get_by_text("The number now, in referrals"))
    await thumb.types(form.get_by_role("textbox", name="Result"), "132")
    await thumb.types(form.get_by_role("textbox", name="Baseline"), "120")
    await thumb.types(form.get_by_role("textbox", name="Practice"), "Maple Street")
    await thumb.taps_on(form.get_by_label("My manager, who can confirm it"))
    await thumb.taps_on(form.get_by_role("button", name="Save"))
    thumb.answers += 1
    await expect(form).to_be_hidden()


async def test_ana_gets_from_first_open_to_a_target_a_win_and_how_far_she_is_in_less_than_three_minutes(
    app: App, ana: Person, ben: Person, anas_phone: Page, bens_phone: Page
) -> None:
    thumb = Thumb(anas_phone)
    home = await _opens_home(thumb)
    await thumb.reads(home.get_by_role("heading", name="Welcome to PRM Coach"))
    await _asks_ben(thumb, home)
    await _says_where_she_wants_to(thumb, home)
    await _proposes_a_target(thumb, home)
    await _logs_a_win(thumb, home)
    await thumb.reads(home.get_by_text("at 132, goal 150 referrals"))

    await expect(home.get_by_role("heading", name="Toward Physician Relations Manager")).to_be_visible()
    await expect(home.get_by_text("Referral growth: target not agreed yet")).to_be_visible()
    assert thumb.counted == FROM_FIRST_OPEN
    assert thumb.seconds < 180

    await _accepts(bens_phone)
    await _confirms(bens_phone)
    await _agrees(bens_phone)

    await app.deps.background.drain()
    assert states(app) == ["agreed"]
    assert [(win.result, win.status) for win in wins_of(app, ana)] == [(Decimal(132), "verified")]
    assert member_of(app, ana).target_rung == "manager"
    await expect(home.get_by_text("1 of 5 gates met")).to_be_visible()
    await expect(home.get_by_text("Referral growth: too early to say")).to_be_visible()
    await expect(home.get_by_text("Confirmed", exact=True)).to_be_visible()


async def _accepts(page: Page) -> None:
    await _opens_home(Thumb(page))
    await page.get_by_role("link", name="Messages", exact=True).tap()
    await page.get_by_role("button", name="Accept").tap()
    await expect(page.get_by_text("reports to you now.")).to_be_visible()
    await page.get_by_role("link", name="Home", exact=True).tap()


async def _confirms(page: Page) -> None:
    home = page.get_by_role("region", name="Home")
    await expect(home.get_by_text("1 win to confirm")).to_be_visible()
    await home.get_by_role("button", name="Open the queue").tap()
    await page.get_by_role("dialog").get_by_role("button", name="Confirm").tap()
    await expect(page.get_by_text("Nothing waits for you.").last).to_be_visible()
    await page.get_by_role("button", name="Close", exact=True).tap()


async def _agrees(page: Page) -> None:
    await page.get_by_role("region", name="Home").get_by_role("button", name="My team").tap()
    team = page.get_by_role("dialog")
    await team.get_by_role("combobox", name="Open somebody").select_option("Ana Duarte")
    await team.get_by_role("button", name="Targets and wins").tap()
    await team.get_by_role("button", name="Open", exact=True).tap()
    await team.get_by_role("button", name="Agree").tap()
    await expect(team.get_by_text("Agreed")).to_be_visible()
