"""The app's Home: what a person finds there, and that it is as new as what they last did."""

import pytest
from sqlmodel import Session, select

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import FEATURES, HOME, App
from storage.models import AuditEvent
from tests.conftest import Trouble
from tests.features.records import logs, member_of
from tests.features.target_acts import agreed
from tests.features.teams import press, reports_to, shares

pytestmark = pytest.mark.door
one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no database decides."""


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


async def _works_toward(person: Person, app: App, role: str = "Physician Relations Manager") -> None:
    await person.slash("profile")
    person.fills(target_rung=role)
    assert (await person.submits()).ok
    await app.deps.background.drain()
    await person.closes(all=True)


def test_every_section_has_its_place_on_home() -> None:
    assert {each.name for each in HOME} == {each.name for each in FEATURES if each.home is not None}


@one_engine
async def test_a_newcomer_finds_what_leads_there_and_where_to_begin(ana: Person, app: App) -> None:
    words = await _home(ana, app)

    assert words.startswith("Welcome to PRM Coach")
    assert "*Next:* Fill in your profile" in words
    assert "Referral growth, Provider satisfaction" in words
    assert "gates" not in words
    assert "Your team" not in words


@one_engine
async def test_ana_sees_in_one_look_how_far_the_next_role_is_and_what_to_do_next(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await _works_toward(ana, app)
    await agreed(ana, app, ben)
    await logs(ana, app, baseline="120", result="130")
    await ana.slash("welcome done")

    words = await _home(ana, app)

    assert words.startswith("Toward Physician Relations Manager")
    for part in (
        "▱▱▱▱▱▱▱▱▱▱ *0 of 5 gates met*, 0 of 5 supporting",
        "5 gates to go. Nearest: Referral growth. It takes 2 quarters in a row at +15% or more.",
        "A checklist of readiness, never a promise",
        "*Referral growth*: too early to say\n▰▰▰▱▱▱▱▱▱▱ at 130, goal 150 referrals (none of it confirmed yet). "
        "Last win Nov 23.",
        "*Leadership*\n▱▱▱▱▱▱▱▱▱▱ 0 of 2 wins confirmed.",
        "Nothing yet in Network growth.",
        "*Next:* ",
        "*Your road:* 0 of 5 steps done",
    ):
        assert part in words
    ways = [
        "gates met",
        "*Referral growth*",
        "*Next:*",
        "*Your road:*",
        "Your weekly message",
        "Your newest wins",
    ]
    assert [words.index(way) for way in ways] == sorted(words.index(way) for way in ways)


@one_engine
async def test_a_target_that_ben_proposes_is_what_ana_does_next(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    await _works_toward(ana, app)
    await _home(ana, app)

    await ben.slash(f"target for <@{ana.id}>")
    await ben.selects("metric", "referrals")
    await app.deps.background.drain()
    ben.fills(**{"from": "120", "to": "150"})
    assert (await ben.submits()).ok
    await app.deps.background.drain()

    assert ana.home is not None
    assert "*Next:* Your manager proposed 1 target to you." in ana.home.words
    assert "*Referral growth*: target not agreed yet" in ana.home.words


@one_engine
async def test_ben_sees_his_team_on_home_and_nothing_that_is_private(
    ana: Person, eli: Person, ben: Person, app: App
) -> None:
    for liaison in (ana, eli):
        reports_to(app, liaison, ben)
    await _works_toward(ana, app)
    await logs(ana, app, result="4711", visibility="me", happened_on="2026-11-20")
    await shares(eli, app, result="150", happened_on="2026-10-05")

    words = await _home(ben, app)

    assert "*Your team:* 2 people, 2 without an agreed target" in words
    assert f"<@{ana.id}>: 0 of 5 gates, no target agreed, no wins shared yet" in words
    assert f"<@{eli.id}>: no target agreed, last win Oct 5" in words
    assert "4711" not in words.replace(",", "")
    assert words.index("Your queue") < words.index("Your team")
    shown = app.deps.database.run(_trail)
    assert "team.shown" in shown


def _trail(session: Session) -> list[str]:
    return [each.action for each in session.exec(select(AuditEvent))]


@one_engine
async def test_what_ben_confirms_stands_on_anas_home_at_once(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    await _works_toward(ana, app)
    await shares(ana, app, metric="mentees", result="1", happened_on="2026-11-02")
    assert "0 of 2 wins confirmed, 1 more claimed" in await _home(ana, app)

    await press(ben, "Confirm", await ben.slash("verify"), app)

    assert ana.home is not None
    assert "▰▰▰▰▰▱▱▱▱▱ 1 of 2 wins confirmed." in ana.home.words


@one_engine
async def test_cy_in_another_workspace_sees_nothing_of_anas_on_home(
    ana: Person, ben: Person, cy: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await shares(ana, app, result="4711", practice="Larkspur Crossing")

    words = await _home(cy, app)

    assert "Larkspur" not in words
    assert ana.id not in words
    assert "Your team" not in words
