"""The app's Home: what a person finds there, and that it is as new as what they last did."""

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.conftest import Trouble
from tests.features.records import logs, member_of

pytestmark = pytest.mark.door


async def _home(person: Person, app: App) -> str:
    await person.opens_home()
    await app.deps.background.drain()
    assert person.home is not None
    return person.home.words


async def test_ana_opens_home_for_the_first_time_and_finds_where_to_begin(ana: Person, app: App) -> None:
    words = await _home(ana, app)

    for part in ("PRM Coach", "Log a win", "See the road", "All I can do", "No wins yet", "patient details"):
        assert part in words
    assert "The next one: Monday, Nov 30 at 9:00 AM, New York time" in words


async def test_opening_home_is_enough_to_hear_from_the_app_every_week(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await _home(ana, app)
    await slack.clock.advance(weeks=1)

    assert len(ana.dms()) == 1


async def test_ana_sees_on_home_the_time_where_she_is(ana: Person, app: App) -> None:
    ana.zone = "Asia/Kolkata"

    assert "at 9:00 AM, Kolkata time" in await _home(ana, app)


async def test_anas_home_shows_her_three_newest_wins(ana: Person, app: App) -> None:
    for day in range(1, 6):
        await logs(ana, app, result=str(100 + day), happened_on=f"2026-10-0{day}")

    words = await _home(ana, app)

    assert [number for number in range(101, 106) if f"{number} referrals" in words] == [103, 104, 105]
    await ana.presses("All my wins", on=ana.home)
    await app.deps.background.drain()
    assert ana.modal is not None
    assert "5 wins" in ana.modal.words


async def test_ana_logs_a_win_and_her_open_home_shows_it(ana: Person, app: App) -> None:
    assert "No wins yet" in await _home(ana, app)

    await ana.presses("Log a win", on=ana.home)
    ana.fills(metric="referrals", baseline="7", result="12")
    await ana.submits()
    await app.deps.background.drain()

    assert ana.home is not None
    assert "7 → 12 referrals (+71.4%)" in ana.home.words
    assert "No wins yet" not in ana.home.words


async def test_ana_changes_the_day_and_her_open_home_shows_it(ana: Person, app: App) -> None:
    await _home(ana, app)

    await ana.presses("Change", on=ana.home)
    ana.fills(weekday="Wednesday", time="14:30")
    await ana.submits()
    await app.deps.background.drain()

    assert ana.home is not None
    assert "Wednesday, Nov 25 at 2:30 PM" in ana.home.words


async def test_ana_goes_to_the_messages_tab_and_home_is_left_alone(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await ana.opens_home("messages")
    await app.deps.background.drain()

    assert ana.home is None
    assert [call for call in slack.calls if call.method == "views.publish"] == []


@pytest.mark.parametrize("failure", ["internal_error", "500", "429", "drop"])
async def test_a_home_that_cannot_be_shown_is_logged_and_harms_nobody(
    ana: Person, eli: Person, app: App, slack: Sandbox, trouble: Trouble, failure: str
) -> None:
    trouble.expect("background_failed")
    slack.faults.add("views.publish", failure)

    await ana.opens_home()
    await app.deps.background.drain()
    assert trouble.events().count("background_failed") == 1
    assert ana.home is None

    assert "PRM Coach" in await _home(eli, app)
    assert "PRM Coach" in await _home(ana, app)


async def test_a_profile_that_cannot_be_read_does_not_keep_home_from_being_shown(
    ana: Person, app: App, slack: Sandbox
) -> None:
    slack.faults.add("users.info", "internal_error")

    assert "not been able to read your time zone" in await _home(ana, app)
    assert member_of(app, ana).zone is None
