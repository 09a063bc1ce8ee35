"""Restarts, long absences, two workers at once and people who travel: one message at most, and at their own nine."""

import asyncio
from datetime import timedelta

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.delivery import Sender
from slackbot.features import nudges
from tests.delivery.ledger import (
    DUE,
    SECOND,
    SLOT,
    arrivals,
    begin,
    keep,
    only_row,
    row_for,
    sleep_until,
    states,
)
from tests.features.records import member_of

pytestmark = pytest.mark.door

TOO_LATE = "not sent within 48 hours"


async def test_after_three_weeks_of_silence_ana_gets_one_message_and_no_burst(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await sleep_until(clock, DUE + timedelta(weeks=2, hours=1))
    await app.sender.tick()

    assert len(ana.dms()) == 1
    assert states(app, ana) == [("2026-W49", "expired"), ("2026-W50", "expired"), ("2026-W51", "sent")]
    await clock.advance(weeks=1)
    assert len(ana.dms()) == 2


async def test_after_weeks_of_silence_and_past_the_freshness_of_the_last_one_nothing_is_made_up_for(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await sleep_until(clock, DUE + timedelta(weeks=2, hours=48, seconds=1))
    await app.sender.tick()

    assert ana.dms() == []
    assert [state for _, state in states(app, ana)] == ["expired"] * 3
    await clock.advance_to(DUE + timedelta(weeks=3))
    assert len(ana.dms()) == 1


async def test_a_weekend_of_downtime_delays_the_message_and_does_not_lose_it(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await sleep_until(clock, DUE + timedelta(hours=47))
    await app.sender.tick()

    assert len(ana.dms()) == 1
    assert only_row(app, ana).due_at == DUE


async def test_the_process_stopped_between_claiming_and_sending_and_the_next_one_sends(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await sleep_until(clock, DUE)
    keep(app, row_for(app, ana))
    await app.sender.tick()

    assert states(app, ana) == [(SLOT, "sent")]
    assert len(ana.dms()) == 1
    await clock.advance(days=6)
    assert len(ana.dms()) == 1


async def test_two_workers_wake_at_once_and_everybody_gets_one_message(
    ana: Person, eli: Person, ben: Person, dee: Person, cy: Person, app: App, clock: Clock
) -> None:
    people = (ana, eli, ben, dee, cy)
    for person in people:
        person.zone = "America/New_York"
    await begin(app, *people)
    other = Sender(app.deps, nudges.FEATURE.scheduled)

    await sleep_until(clock, DUE)
    await asyncio.gather(app.sender.tick(), other.tick(), app.sender.tick(), other.tick())

    for person in people:
        assert len(person.dms()) == 1, person.name
        assert (only_row(app, person).state, only_row(app, person).attempts) == ("sent", 1)


async def test_two_workers_both_keep_to_the_pause_that_slack_asked_for(
    ana: Person, eli: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    for person in (ana, eli):
        person.zone = "America/New_York"
    await begin(app, ana, eli)
    other = Sender(app.deps, nudges.FEATURE.scheduled)
    slack.faults.add("chat.postMessage", "429", retry_after=60)

    await sleep_until(clock, DUE)
    await asyncio.gather(app.sender.tick(), other.tick())
    await clock.advance_to(DUE + 59 * SECOND)
    assert [call.method for call in slack.calls].count("chat.postMessage") == 1
    (waits, claimed) = sorted((only_row(app, person) for person in (ana, eli)), key=lambda row: -row.attempts)
    assert (waits.state, waits.retry_at) == ("retry", DUE + 60 * SECOND)
    assert (claimed.state, claimed.retry_at) == ("claimed", None)

    await clock.advance_to(DUE + 60 * SECOND)
    assert (len(ana.dms()), len(eli.dms())) == (1, 1)


async def test_ana_travelled_west_and_her_message_waits_for_nine_where_she_is(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await clock.advance(days=2)
    ana.zone = "America/Los_Angeles"
    await clock.advance_to(DUE)
    row = only_row(app, ana)
    assert (row.state, row.retry_at) == ("claimed", DUE + timedelta(hours=3))
    assert ana.dms() == []

    await clock.advance(weeks=2)

    came = arrivals(ana, "America/Los_Angeles")
    assert [f"{moment:%a %b %d %H:%M}" for moment in came] == ["Mon Nov 30 09:00", "Mon Dec 07 09:00"]
    assert [state for _, state in states(app, ana)][:2] == ["sent", "sent"]


async def test_ana_travelled_east_and_gets_it_once_then_at_nine_where_she_is(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await clock.advance(days=2)
    ana.zone = "Europe/Berlin"
    await clock.advance(weeks=2)

    came = arrivals(ana, "Europe/Berlin")
    # The first was planned for nine in New York, when nobody knew yet that she had left.
    assert [f"{moment:%a %b %d %H:%M}" for moment in came] == ["Mon Nov 30 15:00", "Mon Dec 07 09:00"]


async def test_ana_travels_to_and_fro_within_a_week_and_that_week_has_one_message(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    for zone in ("Pacific/Auckland", "Pacific/Honolulu", "Asia/Kolkata", "America/New_York") * 3:
        ana.zone = zone
        await clock.advance(days=1, hours=1)
        await ana.slash("nudges")

    slots = [slot for slot, _ in states(app, ana)]
    assert len(slots) == len(set(slots))
    assert len(ana.dms()) == [state for _, state in states(app, ana)].count("sent")
    assert 1 <= len(ana.dms()) <= 2


async def test_ana_switched_it_off_after_it_was_claimed_and_it_does_not_come(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await sleep_until(clock, DUE)
    keep(app, row_for(app, ana))
    await ana.slash("nudges change")
    ana.fills(switch="Off")
    assert (await ana.submits()).ok
    await app.sender.tick()

    row = only_row(app, ana)
    assert (row.state, row.reason) == ("skipped", "switched off")
    assert ana.dms() == []


async def test_ana_paused_it_after_it_was_claimed_and_it_does_not_come(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await sleep_until(clock, DUE)
    keep(app, row_for(app, ana))
    await ana.slash("nudges change")
    ana.fills(paused_until="2026-12-20")
    assert (await ana.submits()).ok
    await app.sender.tick()
    await clock.advance(days=3)

    assert only_row(app, ana).state == "skipped"
    assert ana.dms() == []
    assert member_of(app, ana).next_nudge_at is not None


async def test_a_claimed_message_that_nobody_sent_for_two_days_expires(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await sleep_until(clock, DUE + timedelta(hours=48, seconds=1))
    keep(app, row_for(app, ana))
    await app.sender.tick()

    row = only_row(app, ana)
    assert (row.state, row.reason) == ("expired", TOO_LATE)
    assert ana.dms() == []


async def test_ana_saves_her_settings_while_the_worker_is_down_and_does_not_lose_the_weeks_message(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await sleep_until(clock, DUE + timedelta(hours=1))
    await ana.slash("nudges change")
    assert (await ana.submits()).ok
    await app.sender.tick()

    assert states(app, ana) == [(SLOT, "sent")]
    assert len(ana.dms()) == 1
