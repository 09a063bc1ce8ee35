"""How long a win takes on a phone, by the model in `tests.thumb`, and what the form says to what cannot be kept."""

from collections.abc import AsyncIterator
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
from tests.features.teams import reports_to
from tests.thumb import Thumb

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser]

LIAISONS: Final = "C0LIAISONSRIVE"


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> str:
    """SQLite only: what PostgreSQL does differently no browser can see."""
    return databases.fresh("sqlite", tmp_path)


@pytest.fixture
async def phone(slack: Sandbox, app: App, browser: Browser) -> AsyncIterator[Page]:
    """Ana's phone, open at her channel; anything its console complains of fails the test."""
    context = await context_of(browser, PHONE, touch=True)
    tab = await open_tab(context)
    await _opens_slack(tab.page, slack)
    yield tab.page
    assert not await tab.overflows()
    await context.close()
    assert tab.complaints == []


async def _opens_slack(page: Page, slack: Sandbox) -> None:
    await page.goto(f"{slack.url}/?as=ana&in={LIAISONS}")
    await expect(page.get_by_role("textbox", name="Message")).to_be_visible()


async def _begins(way: str, thumb: Thumb) -> Locator:
    """To the form: through the app's Home, or by command."""
    page = thumb.page
    if way == "home":
        await thumb.taps_on(page.get_by_role("button", name="People and channels"))
        await thumb.taps_on(page.get_by_role("link", name="PRM Coach"))
        home = page.get_by_role("region", name="Home")
        await thumb.waits_for(home.get_by_role("button", name="Log a win"))
        await thumb.taps_on(home.get_by_role("button", name="Log a win"))
    else:
        await thumb.commands("/prm log")
    return page.get_by_role("dialog", name="Log a win")


FIRST: Final = {
    "home": {"taps": 8, "characters": 18, "choices": 1, "answers": 4, "looks": 1},
    "command": {"taps": 7, "characters": 26, "choices": 1, "answers": 3, "looks": 1},
}
REPEAT: Final = {
    "home": {"taps": 6, "characters": 6, "choices": 0, "answers": 3, "looks": 0},
    "command": {"taps": 5, "characters": 14, "choices": 0, "answers": 2, "looks": 0},
}


@pytest.mark.parametrize("way", ["home", "command"])
async def test_the_first_win_takes_ana_less_than_a_minute_and_the_next_less_than_thirty_seconds(
    way: str, slack: Sandbox, app: App, ana: Person, ben: Person, phone: Page
) -> None:
    reports_to(app, ana, ben)
    first = Thumb(phone)
    form = await _begins(way, first)
    await first.reads(form)
    await first.chooses(form.get_by_label("What did you move?"), "Referrals from your panel")
    await first.waits_for(form.get_by_text("The number now, in referrals"))
    await first.types(form.get_by_role("textbox", name="Result"), "150")
    await first.types(form.get_by_role("textbox", name="Baseline"), "120")
    await first.types(form.get_by_role("textbox", name="Practice"), "Maple Street")
    await first.taps_on(form.get_by_role("button", name="Save"))
    first.answers += 1
    await expect(form).to_be_hidden()

    assert first.counted == FIRST[way]
    assert first.seconds < 60

    await _opens_slack(phone, slack)
    again = Thumb(phone)
    form = await _begins(way, again)
    await again.waits_for(form)
    await expect(form.get_by_label("What did you move?")).to_have_value("referrals")
    await expect(form.get_by_role("textbox", name="Practice")).to_have_value("Maple Street")
    await expect(form.get_by_label("My manager, who can confirm it")).to_be_checked()
    await again.types(form.get_by_role("textbox", name="Result"), "165")
    await again.types(form.get_by_role("textbox", name="Baseline"), "150")
    await again.taps_on(form.get_by_role("button", name="Save"))
    again.answers += 1
    await expect(form).to_be_hidden()

    assert again.counted == REPEAT[way]
    assert again.seconds < 30
    await app.deps.background.drain()
    assert [(win.baseline, win.result, win.practice, win.status) for win in wins_of(app, ana)] == [
        (Decimal(120), Decimal(150), "Maple Street", "shared"),
        (Decimal(150), Decimal(165), "Maple Street", "shared"),
    ]


async def test_an_event_asks_for_its_counts_and_a_doubt_asks_once_with_all_that_was_typed_kept(
    app: App, ana: Person, phone: Page
) -> None:
    thumb = Thumb(phone)
    form = await _begins("command", thumb)
    await form.get_by_label("What did you move?").select_option("Event attendance")
    await form.get_by_role("textbox", name="Attended").fill("23")
    await form.get_by_role("textbox", name="Invited").fill("50")
    await form.get_by_role("textbox", name="Practice").fill("Elm Clinic, 410-555-0134")
    await form.get_by_role("button", name="Save").tap()
    await expect(form.get_by_text("Not saved yet.")).to_be_visible()

    assert wins_of(app, ana) == []
    await expect(form.get_by_role("textbox", name="Attended")).to_have_value("23")
    await expect(form.get_by_role("textbox", name="Practice")).to_have_value("Elm Clinic, 410-555-0134")
    await form.get_by_label("This is not a patient's").check()
    await form.get_by_role("button", name="Save").tap()
    await expect(form).to_be_hidden()

    (win,) = wins_of(app, ana)
    assert (win.result, win.part, win.sample, win.identifier_cleared) == (Decimal(46), 23, 50, True)


async def test_a_record_number_is_refused_in_the_form_and_ana_takes_it_out(
    app: App, ana: Person, phone: Page
) -> None:
    form = await _begins("command", Thumb(phone))
    await form.get_by_label("What did you move?").select_option("Referrals from your panel")
    await form.get_by_role("button", name="More details").tap()
    note = form.get_by_role("textbox", name="Note")
    await form.get_by_role("textbox", name="Result").fill("150")
    await note.fill("Seen again, MRN 00482913")
    await form.get_by_role("button", name="Save").tap()
    await expect(form.get_by_text("This looks like it holds a medical record number.")).to_be_visible()
    await expect(note).to_have_value("Seen again, MRN 00482913")
    assert wins_of(app, ana) == []

    await note.fill("Seen again")
    await form.get_by_role("button", name="Save").tap()

    await expect(form).to_be_hidden()
    assert [win.note for win in wins_of(app, ana)] == ["Seen again"]


async def test_a_new_liaison_fills_in_the_profile_in_less_than_a_minute_and_the_road_is_hers(
    slack: Sandbox, app: App, ana: Person, phone: Page
) -> None:
    thumb = Thumb(phone)
    await thumb.commands("/prm profile")
    form = phone.get_by_role("dialog", name="Your profile")
    await thumb.reads(form)
    await thumb.chooses(form.get_by_label("Your role now"), "Physician Liaison")
    await thumb.chooses(form.get_by_label("The role you want next"), "Physician Relations Manager")
    await thumb.chooses(form.get_by_label("Highest degree"), "Bachelor's degree")
    await thumb.types(form.get_by_role("textbox", name="Relevant years in all"), "3")
    await thumb.types(form.get_by_role("textbox", name="Of these, years working with providers"), "1")
    await thumb.chooses(
        form.get_by_label("Where you come from"), "Medical, pharmaceutical, or health-tech sales"
    )
    await thumb.dates(form.get_by_label("In your role since"), "2025-11-03")
    await thumb.taps_on(form.get_by_role("button", name="Save"))
    await thumb.waits_for(form.get_by_text("Saved."))

    assert thumb.counted == {"taps": 10, "characters": 22, "choices": 4, "answers": 2, "looks": 1}
    assert thumb.seconds < 60
    assert member_of(app, ana).years_relevant == 3

    await phone.keyboard.press("Escape")
    await thumb.commands("/prm roadmap")
    road = phone.get_by_role("log").get_by_role("article").last
    await expect(road.get_by_text("Next for you:")).to_be_visible()
    await expect(road.get_by_text("(under way)").first).to_be_visible()
    await expect(road.get_by_text("You have at least a bachelor's degree.")).to_be_visible()
    await expect(road.get_by_text("You work with providers")).to_be_visible()


async def test_a_cphims_earned_on_a_leap_day_holds_until_the_end_of_february(
    app: App, ana: Person, phone: Page
) -> None:
    thumb = Thumb(phone)
    await thumb.commands("/prm certs track cphims")
    form = phone.get_by_role("dialog")
    await form.get_by_label("Earned", exact=True).check()
    await form.get_by_label("Earned on").fill("2024-02-29")
    await form.get_by_role("button", name="Save").tap()
    await expect(form.get_by_text("Feb 28, 2027")).to_be_visible()
    await phone.keyboard.press("Escape")

    await thumb.commands("/prm certs")

    mine = phone.get_by_role("log").get_by_role("article").last
    await expect(mine).to_contain_text("CPHIMS")
    await expect(mine).to_contain_text("Feb 28, 2027")
