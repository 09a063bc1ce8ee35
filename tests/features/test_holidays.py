"""Holidays and time off: the weekly message keeps off them, admins say which they are, and nobody hears twice."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.public_holidays import countries, country_in_force, named, subdivisions
from tests.delivery.ledger import DUE, arrivals, begin, ledger_of, workspace_of
from tests.features.nudge_scene import presses
from tests.features.records import member_of, trail_of
from tests.features.reporting import opens

pytestmark = pytest.mark.door
ONE_ENGINE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NEW_YORK = "America/New_York"


def _days(person: Person, zone: str = NEW_YORK) -> list[str]:
    return [f"{moment:%a %b %d %H:%M}" for moment in arrivals(person, zone)]


async def _settles(person: Person, app: App, **fields: str | None) -> str:
    await person.slash("nudges change")
    person.fills(**fields)
    seen = await person.submits()
    await app.deps.background.drain()
    assert seen.ok, seen.errors
    assert person.modal is not None
    words = person.modal.words
    await person.closes(all=True)
    return words


async def test_dees_own_date_moves_anas_message_to_tuesday(
    ana: Person, dee: Person, cy: Person, app: App, slack: Sandbox
) -> None:
    await begin(app, ana, cy)
    assert (await opens(dee, app, "admin holidays add", day="2026-11-30", what="Founders' day")).ok
    await app.deps.background.drain()

    assert "Tuesday, Dec 1 at 9:00 AM" in (await ana.slash("nudges")).words
    assert "It moved there from Monday, a day off." in (await ana.slash("nudges")).words
    await slack.clock.advance(days=9)

    assert _days(ana) == ["Tue Dec 01 09:00"]
    assert [row.slot for row in ledger_of(app, ana)] == ["2026-W49"]
    # In the other workspace it was a day like any other.
    assert "Mon Nov 30 09:00" in _days(cy, "America/Denver")


@ONE_ENGINE
async def test_a_date_entered_in_the_last_moment_and_taken_away_again_loses_nothing(
    ana: Person, dee: Person, app: App, slack: Sandbox
) -> None:
    await begin(app, ana)
    assert (await opens(dee, app, "admin holidays add", day="2026-11-30", what="Founders' day")).ok
    await app.deps.background.drain()
    await dee.closes(all=True)
    seen = await dee.slash("admin holidays")
    assert "Founders' day _(your own)_" in seen.words
    await dee.presses("Take away", on=seen.message)
    await app.deps.background.drain()

    await slack.clock.advance(days=9)

    assert _days(ana) == ["Mon Nov 30 09:00"]
    assert [each.action for each in trail_of(app, dee)] == ["admin.holiday_added", "admin.holiday_removed"]


@ONE_ENGINE
async def test_a_week_without_a_working_day_left_is_skipped_with_that_reason(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await begin(app, ana)
    await _settles(ana, app, weekday="Friday")
    await slack.clock.advance(weeks=6)

    # Christmas and New Year's Day are Fridays this year.
    told = [(row.slot, row.state, row.reason) for row in ledger_of(app, ana)]
    assert ("2026-W52", "skipped", "a holiday, and no working day left that week") in told
    assert ("2026-W53", "skipped", "a holiday, and no working day left that week") in told
    assert _days(ana) == ["Fri Nov 27 09:00", "Fri Dec 04 09:00", "Fri Dec 11 09:00", "Fri Dec 18 09:00"]
    log = (await ana.slash("nudges log")).words
    assert "week of Dec 21: not sent: a holiday, and no working day left that week" in log


async def test_ana_is_away_for_ten_days_and_hears_when_she_is_back(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await begin(app, ana)
    saved = await _settles(ana, app, away_first="2026-11-27", away_last="2026-12-08")
    assert "Time off: Nov 27, 2026 to Dec 8, 2026." in saved
    assert "Wednesday, Dec 9 at 9:00 AM" in saved
    upcoming = (await ana.slash("nudges next")).words
    assert "Week of Nov 30, 2026: nothing, you have time off." in upcoming
    assert "*Wednesday, Dec 9 at 9:00 AM*, as Monday is a day off" in upcoming

    await slack.clock.advance(weeks=3)

    assert _days(ana) == ["Wed Dec 09 09:00", "Mon Dec 14 09:00"]
    first = ledger_of(app, ana)[0]
    assert (first.slot, first.state, first.reason) == ("2026-W49", "skipped", "time off")


@ONE_ENGINE
@pytest.mark.parametrize("why", ["put off", "slack was away"])
async def test_what_comes_late_does_not_come_into_time_off_that_was_entered_meanwhile(
    ana: Person, app: App, slack: Sandbox, why: str
) -> None:
    await begin(app, ana)
    if why == "slack was away":
        slack.faults.add("chat.postMessage", "request_timeout", times=3)
    await slack.clock.advance_to(DUE)
    if why == "put off":
        await presses(ana, app, "Tomorrow", ana.dms()[-1])
    said = len(ana.dms())
    await _settles(ana, app, away_first="2026-11-30", away_last="2026-12-08")

    await slack.clock.advance(days=3)

    (row,) = ledger_of(app, ana)
    assert (row.state, row.reason, row.due_at < DUE + timedelta(days=2)) == ("skipped", "time off", True)
    assert len(ana.dms()) == said


@ONE_ENGINE
async def test_ana_takes_her_time_off_away_again(ana: Person, app: App, slack: Sandbox) -> None:
    await begin(app, ana)
    await _settles(ana, app, away_first="2026-11-27", away_last="2026-12-08")
    await ana.slash("nudges change")
    ana.fills(back=["Nov 27, 2026 to Dec 8, 2026"])
    assert (await ana.submits()).ok
    await slack.clock.advance(weeks=1)
    assert _days(ana) == ["Mon Nov 30 09:00"]


@ONE_ENGINE
@pytest.mark.parametrize(
    ("fields", "where", "sentence"),
    [
        ({"away_last": "2026-12-08"}, "away_first", "first day you are away"),
        ({"away_first": "2026-12-08", "away_last": "2026-12-01"}, "away_last", "comes before the first"),
        ({"away_first": "2026-11-02", "away_last": "2026-11-09"}, "away_last", "over already"),
        ({"away_first": "2026-11-02"}, "away_first", "over already"),
        ({"away_first": "2026-12-08", "away_last": "2029-12-01"}, "away_last", "too far off"),
    ],
)
async def test_time_off_that_makes_no_sense_is_told_beside_its_field(
    ana: Person, app: App, fields: dict[str, str], where: str, sentence: str
) -> None:
    await ana.slash("nudges change")
    ana.fills(weekday="Thursday", **fields)
    assert sentence in (await ana.submits()).errors[where]
    assert member_of(app, ana).nudge_weekday == 0


@ONE_ENGINE
async def test_ana_fixes_her_zone_and_her_travels_change_nothing_until_she_lets_go(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await begin(app, ana)
    saved = await _settles(ana, app, zone="Mountain (Denver)")
    assert "Denver time (your own choice)" in saved
    ana.zone = "Asia/Tokyo"
    await slack.clock.advance(days=7, hours=2)
    assert _days(ana, "America/Denver") == ["Mon Nov 23 09:00", "Mon Nov 30 09:00"]

    saved = await _settles(ana, app, zone="Automatic, from Slack (Denver)")

    assert "Tokyo time" in saved
    assert "(your own choice)" not in saved
    await slack.clock.advance(weeks=1)
    assert _days(ana, "Asia/Tokyo")[2:] == ["Mon Dec 07 09:00"]


@ONE_ENGINE
async def test_a_changed_mind_gives_the_week_back(ana: Person, app: App, slack: Sandbox) -> None:
    await begin(app, ana)
    await _settles(ana, app, weekday="Friday")
    await _settles(ana, app, weekday="Monday")
    (row,) = ledger_of(app, ana)
    assert (row.slot, row.state) == ("2026-W48", "skipped")
    assert row.reason == "the day or time was changed, and that week's had passed"

    await _settles(ana, app, weekday="Friday")
    assert list(ledger_of(app, ana)) == []
    await slack.clock.advance(weeks=1)
    assert _days(ana) == ["Fri Nov 27 09:00"]


@ONE_ENGINE
async def test_ana_who_flies_east_past_her_hour_still_hears_that_day(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await begin(app, ana)
    await slack.clock.advance_to(datetime(2026, 11, 30, 8, 0, tzinfo=UTC))
    # In Tokyo it is five in the afternoon, and nine o'clock is over.
    ana.zone = "Asia/Tokyo"
    await ana.slash("nudges")
    await app.deps.background.drain()
    await slack.clock.advance(days=8)

    assert _days(ana, "Asia/Tokyo") == ["Mon Nov 30 23:00", "Mon Dec 07 09:00"]
    assert [row.slot for row in ledger_of(app, ana)] == ["2026-W49", "2026-W50"]


@ONE_ENGINE
async def test_dee_chooses_a_country_and_a_state(ana: Person, dee: Person, app: App, slack: Sandbox) -> None:
    seen = await dee.slash("admin holidays")
    assert "Nobody has chosen a country yet" in seen.words
    assert "Thanksgiving Day" in seen.words
    assert (await opens(dee, app, "admin holidays change", state_US="Massachusetts")).ok
    await dee.closes(all=True)

    seen = await dee.slash("admin holidays")

    assert "Massachusetts, United States" in seen.words
    workspace = workspace_of(app, dee)
    assert (workspace.country, workspace.subdivision) == ("US", "MA")
    assert [each.action for each in trail_of(app, dee)] == ["admin.holidays_changed"]
    assert "Dee" not in (await ana.slash("admin holidays")).words


@ONE_ENGINE
async def test_another_country_brings_its_own_states(dee: Person, app: App) -> None:
    await dee.slash("admin holidays change")
    await dee.selects("country", "Germany")
    await app.deps.background.drain()
    dee.fills(state_DE="Bayern")
    assert (await dee.submits()).ok
    workspace = workspace_of(app, dee)
    assert (workspace.country, workspace.subdivision) == ("DE", "BY")


@ONE_ENGINE
async def test_without_public_holidays_thanksgiving_is_a_day_like_any_other(
    ana: Person, dee: Person, app: App, slack: Sandbox
) -> None:
    await begin(app, ana)
    await _settles(ana, app, weekday="Thursday")
    assert (await opens(dee, app, "admin holidays change", country="None: only dates of our own")).ok
    await app.deps.background.drain()
    await slack.clock.advance(days=4)
    assert _days(ana) == ["Thu Nov 26 09:00"]


@ONE_ENGINE
@pytest.mark.parametrize(
    ("day", "what", "where"),
    [
        ("2026-11-01", "Over", "day"),
        ("2030-01-01", "Far", "day"),
        ("2026-12-24", "Followed up on MRN 00482913", "what"),
    ],
)
async def test_a_date_that_makes_no_sense_is_told_beside_its_field(
    dee: Person, app: App, day: str, what: str, where: str
) -> None:
    await dee.slash("admin holidays add")
    dee.fills(day=day, what=what)
    assert where in (await dee.submits()).errors


@ONE_ENGINE
async def test_a_day_can_be_entered_once(dee: Person, app: App) -> None:
    assert (await opens(dee, app, "admin holidays add", day="2026-12-24", what="Christmas Eve")).ok
    await dee.closes(all=True)
    await dee.slash("admin holidays add")
    dee.fills(day="2026-12-24", what="Again")
    assert "there already" in (await dee.submits()).errors["day"]


def test_the_library_knows_countries_and_their_states() -> None:
    assert countries()["US"] == "United States"
    assert len(countries()) > 150
    assert subdivisions("US")["NY"] == "New York"
    assert subdivisions("GB")["SCT"] == "Scotland"
    assert subdivisions("nowhere") == {}
    assert "Independence Day" in str(named("US", None, range(2026, 2027)))
    assert named("nowhere", None, range(2026, 2027)) == {}


@pytest.mark.parametrize(
    ("chosen", "zone", "country"),
    [
        (None, NEW_YORK, "US"),
        (None, "America/Indiana/Knox", "US"),
        (None, "America/Toronto", ""),
        (None, "Europe/Berlin", ""),
        ("", NEW_YORK, ""),
        ("DE", NEW_YORK, "DE"),
    ],
)
def test_whose_holidays_count(chosen: str | None, zone: str, country: str) -> None:
    assert country_in_force(chosen, zone) == country
