"""Ben hears on Mondays how his team's week was: once, at half past eight where he is, and only what was shared with him."""

from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.scheduled import DIGEST
from storage.models import Holiday, TimeOff
from tests.delivery.ledger import begin, keep, sleep_until
from tests.features.records import member_of, trail_of
from tests.features.reminded import (
    begin_without_weekly_messages,
    both_engines_by_and_by,
    came,
    outcomes,
    when,
)
from tests.features.reporting import opens, presses, relations
from tests.features.target_acts import agreed, one_engine
from tests.features.teams import reports_to, shares

pytestmark = pytest.mark.door


async def _leads(app: App, ben: Person, *people: Person) -> None:
    await begin_without_weekly_messages(app, ben, *people)
    for each in people:
        reports_to(app, each, ben)


@pytest.mark.slow
async def test_it_comes_on_mondays_at_half_past_eight_through_both_clock_changes(
    ana: Person, ben: Person, app: App, clock: Clock
) -> None:
    await _leads(app, ben, ana)
    await shares(ana, app)
    await clock.advance(weeks=52)

    messages = came(app, ben, DIGEST)
    mornings = Counter(each.split()[0] + each[-6:] for each in when(messages))
    assert mornings.keys() == {"Mon 08:30", "Tue 08:30"}
    assert mornings["Tue 08:30"] == 6, "after the holidays that fall on Mondays there"
    assert len(messages) == 52
    assert len({slot for slot, _, _ in outcomes(app, ben, DIGEST)}) == 52
    assert outcomes(app, ana, DIGEST) == []


@one_engine
async def test_it_says_what_was_shared_confirmed_waits_is_behind_and_who_is_quiet(
    ana: Person, eli: Person, ben: Person, app: App, clock: Clock
) -> None:
    await _leads(app, ben, ana, eli)
    await agreed(eli, app, ben, metric="campaigns", **{"from": "", "to": "12"}, due="2027-06-30")
    for number in ("1", "2"):
        await shares(eli, app, metric="campaigns", result=number, baseline="", period="event")
    await sleep_until(clock, clock.now() + timedelta(weeks=20))
    await shares(ana, app, baseline="120", result="150", title="Maple & Street <up>")
    sure = await shares(ana, app, baseline="80", result="100")
    await shares(ana, app, visibility="me", baseline="7", result="7411")
    await ben.slash(f"verify confirm {sure.id} {sure.revision}")
    await clock.advance(days=7)

    said = came(app, ben, DIGEST)[-1].text
    assert f"*Shared with you:* 2 wins: <@{ana.id}> 2" in said
    assert "*Confirmed:* 1 win\n" in said
    assert f"<@{ana.id}>: Referrals from your panel: 80 → 100 referrals (+25.0%)" in said
    assert f"<@{ana.id}>: Maple &amp; Street &lt;up&gt;, 6 days" in said
    assert f"*Behind pace:* 1 target\n• <@{eli.id}>: Campaigns and events held, at 3, goal 12" in said
    assert f"*No win shared for three weeks:* 1 person\n• <@{eli.id}>: the last one Nov 23" in said
    assert "7,411" not in said


@one_engine
async def test_its_text_can_be_pasted_and_names_people(
    ana: Person, ben: Person, app: App, clock: Clock
) -> None:
    await _leads(app, ben, ana)
    await shares(ana, app, baseline="120", result="150", title="Up `and` <up>")
    await clock.advance(days=7)

    text = await presses(ben, app, "As text", came(app, ben, DIGEST)[-1])
    assert "```Team week, Nov 23 to Nov 29" in text
    assert "Shared: 1 win: Ana Duarte 1" in text
    assert "- Ana Duarte: Up 'and' &lt;up&gt;, 7 days```" in text
    assert "<@" not in text


@one_engine
async def test_it_is_shown_whenever_ben_asks_and_he_is_named_on_the_trail(
    ana: Person, ben: Person, app: App
) -> None:
    await _leads(app, ben, ana)
    await shares(ana, app)
    assert "*Shared with you:* 1 win" in (await ben.slash("digest")).words
    assert "digest.read" in [each.action for each in trail_of(app, ben)]
    assert "Nobody reports to you yet" in (await ana.slash("digest")).words


async def test_a_restart_after_three_weeks_sends_the_newest_and_records_the_others(
    ana: Person, ben: Person, app: App, clock: Clock
) -> None:
    await _leads(app, ben, ana)
    await app.sender.tick()
    await shares(ana, app)
    await sleep_until(clock, clock.now() + timedelta(weeks=3))
    await app.sender.tick()
    await app.sender.tick()

    assert [state for _, state, _ in outcomes(app, ben, DIGEST)] == ["expired", "expired", "sent"]
    assert len(came(app, ben, DIGEST)) == 1


@one_engine
async def test_it_is_silent_without_a_team_or_anything_to_say(
    ana: Person, ben: Person, app: App, clock: Clock
) -> None:
    await _leads(app, ben, ana)
    await clock.advance(days=7)
    assert outcomes(app, ben, DIGEST) == [("2026-W49", "skipped", "nothing to say")]
    await opens(ben, app, f"team remove {relations(app)[-1].id}")
    await clock.advance(days=14)
    assert len(outcomes(app, ben, DIGEST)) == 1
    assert member_of(app, ben).next_digest_at is None


@one_engine
async def test_stopping_it_in_the_message_leaves_the_rest_and_has_a_way_back(
    ana: Person, ben: Person, app: App, clock: Clock
) -> None:
    await _leads(app, ben, ana)
    await shares(ana, app)
    await clock.advance(days=7)

    said = await presses(ben, app, "Stop these", came(app, ben, DIGEST)[-1])
    assert "*Team digest:* these no longer come." in said
    await clock.advance(days=14)
    assert len(outcomes(app, ben, DIGEST)) == 1

    (answer,) = [each for each in ben.sees(ben.app_dm) if "no longer come" in each.words]
    assert "come again" in await presses(ben, app, "Switch them back on", answer)
    await clock.advance(days=7)
    assert [state for _, state, _ in outcomes(app, ben, DIGEST)] == ["sent", "sent"]


@one_engine
async def test_nobody_hears_unasked_before_they_have_used_the_app(
    ana: Person, ben: Person, app: App, clock: Clock
) -> None:
    """An admin may set who somebody's manager is."""
    await begin(app, ana)
    reports_to(app, ana, ben)
    await shares(ana, app)
    await clock.advance(days=14)
    assert outcomes(app, ben, DIGEST) == []

    await begin(app, ben)
    await clock.advance(days=7)
    assert len(came(app, ben, DIGEST)) == 1


@both_engines_by_and_by
async def test_ben_moves_on_a_monday_morning_and_hears_once_that_week(
    ana: Person, ben: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    await _leads(app, ben, ana)
    await shares(ana, app)
    await clock.advance(days=6, hours=22, minutes=31)  # half past eight has just gone in New York
    assert when(came(app, ben, DIGEST)) == ["Mon Nov 30 08:30"]
    ben.zone = "America/Los_Angeles"
    await clock.advance(hours=25)
    await ben.slash("nudges")
    await clock.advance(days=7)
    assert when(came(app, ben, DIGEST))[1:] == ["Mon Dec 07 11:30"]


@one_engine
async def test_on_a_holiday_it_comes_the_next_day_and_in_time_off_not_at_all(
    ana: Person, ben: Person, app: App, clock: Clock
) -> None:
    await _leads(app, ben, ana)
    await shares(ana, app)
    me = member_of(app, ben)
    founded, away = date(2026, 11, 30), (date(2026, 12, 7), date(2026, 12, 11))
    keep(app, Holiday(workspace_id=me.workspace_id, day=founded, name="Founders' day"))
    keep(app, TimeOff(workspace_id=me.workspace_id, member_id=me.id or 0, first=away[0], last=away[1]))
    await clock.advance(weeks=3)

    assert when(came(app, ben, DIGEST)) == ["Tue Dec 01 08:30", "Mon Dec 14 08:30"]
    assert ("2026-W50", "skipped", "time off") in outcomes(app, ben, DIGEST)


@both_engines_by_and_by
async def test_a_holiday_that_is_taken_away_on_its_own_day_costs_ben_no_digest(
    ana: Person, ben: Person, dee: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana, ben)
    reports_to(app, ana, ben)
    await shares(ana, app)
    assert (await opens(dee, app, "admin holidays add", day="2026-11-30", what="Founders' day")).ok
    await app.deps.background.drain()
    await clock.advance(days=7)
    assert when(came(app, ben, DIGEST)) == []

    await dee.slash("admin holidays remove 2026-11-30")
    await app.deps.background.drain()
    await clock.advance(days=8)

    assert when(came(app, ben, DIGEST)) == ["Mon Nov 30 10:00", "Mon Dec 07 08:30"]
    assert [slot for slot, *_ in outcomes(app, ben, DIGEST)] == ["2026-W49", "2026-W50"]


@both_engines_by_and_by
async def test_ben_travelled_west_over_the_weekend_and_hears_at_half_past_eight_where_he_is(
    ana: Person, ben: Person, app: App, clock: Clock
) -> None:
    await _leads(app, ben, ana)
    await shares(ana, app)
    await clock.advance(days=5)
    ben.zone = "America/Los_Angeles"
    await clock.advance(days=16)

    there = ZoneInfo("America/Los_Angeles")
    assert when(came(app, ben, DIGEST), there) == ["Mon Nov 30 08:30", "Mon Dec 07 08:30"]
