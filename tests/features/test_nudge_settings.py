"""When the weekly message comes, and how a person changes, pauses or stops it."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.deps import Kind
from tests.features.records import (
    assert_said_in_full,
    last_sent,
    member_of,
    post_again,
    trail_of,
    typed,
)

pytestmark = pytest.mark.door

NEW_YORK = ZoneInfo("America/New_York")


async def _changes(person: Person, app: App, **fields: str | list[str]) -> str:
    """Fills the settings in and saves them; what the form shows then."""
    await person.slash("nudges change")
    person.fills(**fields)
    seen = await person.submits()
    await app.deps.background.drain()
    assert seen.ok, seen.errors
    assert person.modal is not None
    words = person.modal.words
    await person.closes()
    return words


def _arrivals(person: Person) -> list[str]:
    """When each message came, on the clock of New York."""
    moments = (datetime.fromtimestamp(float(message.ts), UTC) for message in person.dms())
    return [f"{moment.astimezone(NEW_YORK):%a %b %d %H:%M}" for moment in moments]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_sees_when_her_message_comes_where_she_is(ana: Person) -> None:
    seen = await ana.slash("nudges")

    assert "Mondays at 9:00 AM" in seen.words
    assert "New York time" in seen.words
    assert "The next one: Monday, Nov 30 at 9:00 AM." in seen.words
    assert_said_in_full(seen.text, seen.blocks)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_without_a_zone_in_her_profile_is_told_which_one_is_used(ana: Person) -> None:
    ana.zone = None

    seen = await ana.slash("nudges")

    assert "Your Slack profile has no time zone, so I go by your workspace's: New York time" in seen.words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_moves_and_a_day_later_the_app_goes_by_her_new_clock(ana: Person, slack: Sandbox) -> None:
    await ana.slash("nudges")
    ana.zone = "America/Denver"
    assert "New York time" in (await ana.slash("nudges")).words

    await slack.clock.advance(days=1)

    assert "Denver time" in (await ana.slash("nudges")).words
    assert "Monday, Nov 30 at 9:00 AM" in (await ana.slash("nudges")).words
    await slack.clock.advance(days=6, hours=1)
    assert _arrivals(ana) == ["Mon Nov 30 11:00"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_profile_that_cannot_be_read_is_said_to_be_unread(ana: Person, slack: Sandbox) -> None:
    slack.faults.add("users.info", "ratelimited", times=2)

    seen = await ana.slash("nudges")

    assert "not been able to read your time zone" in seen.words
    assert "has no time zone" not in seen.words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_way_to_ask_for_the_settings_opens_the_form_as_they_are(ana: Person, app: App) -> None:
    await _changes(ana, app, weekday="Thursday", time="07:45", paused_until="2026-12-10")

    for words in ("nudges change", "nudges Settings", "nudges pause", "nudge set", "settings edit"):
        await ana.slash(words)
        fields = {name: typed(ana, name) for name in ("weekday", "time", "paused_until", "switch")}
        assert fields == {"weekday": "3", "time": "07:45", "paused_until": "2026-12-10", "switch": "on"}
        await ana.closes()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_chooses_another_day_and_time_and_it_comes_then(
    ana: Person, app: App, slack: Sandbox
) -> None:
    saved = await _changes(ana, app, weekday="Friday", time="16:15")
    assert "The next one: Friday, Nov 27 at 4:15 PM." in saved

    await slack.clock.advance(weeks=2)

    assert _arrivals(ana) == ["Fri Nov 27 16:15", "Fri Dec 04 16:15"]


async def test_ana_changes_the_day_after_this_weeks_message_and_gets_no_second_one(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await ana.slash("nudges")
    await slack.clock.advance(weeks=1)
    assert _arrivals(ana) == ["Mon Nov 30 09:00"]

    for weekday in ("Wednesday", "Tuesday", "Friday"):
        saved = await _changes(ana, app, weekday=weekday)
        assert "Dec 8" in saved or "Dec 9" in saved or "Dec 11" in saved
    await slack.clock.advance(weeks=2)

    assert _arrivals(ana) == ["Mon Nov 30 09:00", "Fri Dec 11 09:00"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_switches_it_off_and_nothing_comes_until_she_switches_it_on(
    ana: Person, app: App, slack: Sandbox
) -> None:
    assert "is off" in await _changes(ana, app, switch="Off")
    assert "is off" in (await ana.slash("nudges")).words
    assert "next one" not in (await ana.slash("nudges")).words
    await slack.clock.advance(weeks=3)
    assert ana.dms() == []

    assert "Monday, Dec 21 at 9:00 AM" in await _changes(ana, app, switch="On")
    await slack.clock.advance(weeks=1)
    assert _arrivals(ana) == ["Mon Dec 21 09:00"]


async def test_ana_pauses_it_and_nothing_comes_before_that_day(ana: Person, app: App, slack: Sandbox) -> None:
    saved = await _changes(ana, app, paused_until="2026-12-14")
    assert "paused until Dec 14, 2026" in saved
    assert "Monday, Dec 14 at 9:00 AM" in saved

    await slack.clock.advance(weeks=4)

    assert _arrivals(ana) == ["Mon Dec 14 09:00", "Mon Dec 21 09:00"]
    assert "paused" not in (await ana.slash("nudges")).words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_ends_her_pause_early(ana: Person, app: App, slack: Sandbox) -> None:
    await _changes(ana, app, paused_until="2027-03-01")
    await ana.slash("nudges change")
    assert ana.modal is not None
    ana.fills(paused_until=None)
    assert (await ana.submits()).ok

    await slack.clock.advance(weeks=1)

    assert _arrivals(ana) == ["Mon Nov 30 09:00"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_fills_the_settings_in_wrongly_and_is_told_what_to_mend(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await ana.slash("nudges change")
    wrong = {
        "2026-11-23": "after today",
        "2020-01-01": "after today",
        "2027-11-25": "A year is the longest pause",
    }
    for day, sentence in wrong.items():
        ana.fills(paused_until=day, weekday="Sunday", time="23:59")
        assert sentence in (await ana.submits()).errors["paused_until"]
        assert (typed(ana, "paused_until"), typed(ana, "weekday"), typed(ana, "time")) == (day, "6", "23:59")

    assert member_of(app, ana).nudge_time == time(9)
    assert list(trail_of(app, ana)) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_settings_that_make_no_sense_are_refused_field_by_field(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await _changes(ana, app, weekday="Tuesday")
    body = last_sent(slack, "view_submission")
    values = body["view"]["state"]["values"]
    values["weekday"]["weekday"]["selected_option"] = {"value": "7"}
    values["time"]["time"]["selected_time"] = "25:61"
    values["paused_until"]["paused_until"]["selected_date"] = "someday"

    _, answer = await post_again(slack, body)

    for name in ("weekday", "time", "paused_until"):
        assert f'"{name}"' in answer
    assert (member_of(app, ana).nudge_weekday, member_of(app, ana).nudge_time) == (1, time(9))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_chooses_which_other_messages_she_wants(ana: Person, app: App) -> None:
    kinds = (Kind("digest", "Monday digest", True), Kind("credentials", "Credentials that end", True))
    # Frozen for everybody else: which kinds there are is up to the features.
    object.__setattr__(app.deps, "kinds", kinds)

    await _changes(ana, app, kinds=["Credentials that end"])
    assert member_of(app, ana).kinds_off == ["digest"]
    await ana.slash("nudges change")
    assert (await ana.submits()).ok
    assert member_of(app, ana).kinds_off == ["digest"]
    await ana.closes(all=True)
    await ana.slash("nudges change")
    ana.fills(kinds=["Monday digest", "Credentials that end"])
    assert (await ana.submits()).ok

    assert member_of(app, ana).kinds_off == []


async def test_the_trail_says_that_ana_changed_her_settings(ana: Person, app: App) -> None:
    await _changes(ana, app, weekday="Tuesday")

    (event,) = trail_of(app, ana)
    assert (event.action, event.subject) == ("nudges.changed", f"member:{member_of(app, ana).id}")
