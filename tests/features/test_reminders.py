"""Reminders of what ends, is due or waits: each once, at nine on the person's own clock, and only while it is so."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from sandbox.clock import Clock
from sandbox.people import Person
from slackbot.app import App
from slackbot.scheduled import CREDENTIAL, DIGEST, TARGET, WAITING
from storage.models import Member
from tests.delivery.ledger import sleep_until
from tests.features.records import member_of
from tests.features.reminded import (
    NEW_YORK,
    begin_without_weekly_messages,
    both_engines_by_and_by,
    came,
    outcomes,
    rows_of,
    when,
)
from tests.features.reporting import opens, presses
from tests.features.target_acts import agreed, one_engine, targets_of
from tests.features.teams import reports_to, shares
from tests.features.test_credentials import tracked, tracks

pytestmark = pytest.mark.door
ENDS = date(2027, 6, 1)
LEFT = (180, 90, 30, 7)


async def _holds_one(ana: Person, app: App, ends: date = ENDS) -> None:
    await begin_without_weekly_messages(app, ana)
    seen = await tracks(ana, app, state="earned", earned_on="2026-01-15", expires_on=ends.isoformat())
    assert seen.ok, seen.errors
    await ana.closes(all=True)


async def test_ana_hears_four_times_before_a_credential_ends_at_nine_in_winter_and_summer(
    ana: Person, app: App, clock: Clock
) -> None:
    await _holds_one(ana, app)
    await clock.advance(weeks=40)

    messages = came(app, ana, CREDENTIAL)
    days = [ENDS - timedelta(days=left) for left in LEFT]
    assert when(messages) == [f"{day:%a %b %d} 09:00" for day in days]
    assert [f"ends in {left} days" in each.text for left, each in zip(LEFT, messages, strict=True)] == [
        True
    ] * 4
    assert "0 of 45 hours of continuing education; 45 to go" in messages[0].text
    soon = "ask the issuer today what is still possible"
    assert [soon in each.text for each in messages] == [False, False, True, True]


@one_engine
async def test_a_credential_that_is_renewed_is_reminded_of_by_its_new_end_and_not_by_the_old(
    ana: Person, app: App, clock: Clock
) -> None:
    await _holds_one(ana, app)
    await clock.advance(weeks=16)
    assert len(came(app, ana, CREDENTIAL)) == 2
    (row,) = tracked(app, ana)
    await opens(ana, app, f"certs change {row.id}", earned_on="2027-03-01", expires_on="2028-06-01")
    await ana.closes(all=True)
    await clock.advance(weeks=65)

    (fourth,) = [
        each for each in rows_of(app, ana, CREDENTIAL) if each.slot == "2028-06-01/7" and each.state == "sent"
    ]
    assert fourth.due_at.astimezone(NEW_YORK).hour == 9
    assert len(came(app, ana, CREDENTIAL)) == 6


@one_engine
async def test_what_changed_between_claim_and_sending_is_not_said(
    ana: Person, app: App, clock: Clock
) -> None:
    await _holds_one(ana, app)
    (row,) = tracked(app, ana)
    moment = datetime(2026, 12, 3, 14, 0, tzinfo=clock.now().tzinfo)
    await sleep_until(clock, moment)
    (kind,) = [each for each in app.sender._kinds.values() if each.kind == CREDENTIAL]
    await app.deps.transact(lambda session: kind.claim(app.deps, session, 10))
    await opens(ana, app, f"certs change {row.id}", state="removed")
    await app.sender.tick()

    assert outcomes(app, ana, CREDENTIAL) == [("2027-06-01/180", "skipped", "no longer on their list")]


@one_engine
async def test_after_a_month_without_a_worker_the_old_ones_are_recorded_and_none_comes_in_a_burst(
    ana: Person, app: App, clock: Clock
) -> None:
    await _holds_one(ana, app, date(2027, 1, 5))
    await app.sender.tick()
    await sleep_until(clock, clock.now() + timedelta(weeks=7))
    await app.sender.tick()
    await app.sender.tick()

    assert [(slot, state) for slot, state, _ in outcomes(app, ana, CREDENTIAL)] == [
        ("2027-01-05/30", "expired"),
        ("2027-01-05/7", "expired"),
    ]


@one_engine
async def test_ana_moves_to_berlin_and_hears_at_nine_there_also_of_what_is_due_that_day(
    ana: Person, app: App, clock: Clock
) -> None:
    await _holds_one(ana, app)
    await clock.advance_to(datetime(2026, 12, 3, 11, 0, tzinfo=clock.now().tzinfo))
    ana.zone = "Europe/Berlin"
    await ana.slash("nudges")
    await clock.advance(weeks=26)

    zone = type(NEW_YORK)("Europe/Berlin")
    assert [each[-5:] for each in when(came(app, ana, CREDENTIAL), zone)] == [
        "12:00",
        "09:00",
        "09:00",
        "09:00",
    ]


@pytest.mark.slow
@one_engine
@pytest.mark.parametrize(
    ("column", "value", "rows"),
    [
        ("kinds_off", [CREDENTIAL], []),
        ("unreachable", "user_not_found", []),
        ("paused_until", date(2027, 12, 1), [(f"2027-06-01/{left}", "skipped", "paused") for left in LEFT]),
    ],
)
async def test_whoever_wants_nothing_or_cannot_be_reached_hears_nothing(
    ana: Person, app: App, clock: Clock, column: str, value: object, rows: list[object]
) -> None:
    await _holds_one(ana, app)

    def change(session: Session, member_id: int) -> None:
        setattr(session.exec(select(Member).where(Member.id == member_id)).one(), column, value)

    app.deps.database.run(change, member_of(app, ana).id or 0)
    await clock.advance(weeks=30)
    assert outcomes(app, ana, CREDENTIAL) == rows


@both_engines_by_and_by
async def test_a_target_is_spoken_of_thirty_and_seven_days_before_its_date(
    ana: Person, ben: Person, app: App, clock: Clock
) -> None:
    await begin_without_weekly_messages(app, ana, ben, off=[DIGEST])
    reports_to(app, ana, ben)
    await agreed(ana, app, ben, due="2027-02-20")
    await clock.advance(weeks=13)

    messages = came(app, ana, TARGET)
    assert when(messages) == ["Thu Jan 21 09:00", "Sat Feb 13 09:00"]
    assert "your target is due in 30 days*, on Feb 20, 2027" in messages[0].text
    assert outcomes(app, ben, TARGET) == []


@one_engine
@pytest.mark.parametrize(
    ("closes", "reason"), [(False, "the target is reached"), (True, None)], ids=["reached", "closed"]
)
async def test_a_target_that_is_reached_or_closed_is_not_spoken_of(
    ana: Person, ben: Person, app: App, clock: Clock, closes: bool, reason: str | None
) -> None:
    await begin_without_weekly_messages(app, ana, ben, off=[DIGEST])
    reports_to(app, ana, ben)
    target = await agreed(ana, app, ben, due="2027-02-01")
    if closes:
        await ben.slash(f"target end {target.id}")
        assert targets_of(app)[-1].state == "closed"
    else:
        await clock.advance(weeks=1)
        await shares(ana, app, baseline="120", result="160")
    await clock.advance(weeks=10)
    assert [each[1:] for each in outcomes(app, ana, TARGET)] == ([("skipped", reason)] * 2 if reason else [])


@both_engines_by_and_by
async def test_wins_that_wait_for_a_week_make_one_message_on_the_next_working_morning(
    ana: Person, eli: Person, ben: Person, app: App, clock: Clock
) -> None:
    await begin_without_weekly_messages(app, ben, ana, eli, off=[DIGEST])
    reports_to(app, ana, ben)
    reports_to(app, eli, ben)
    await clock.advance(days=3)
    await shares(ana, app, title="First")
    await clock.advance(hours=1)
    await shares(eli, app, title="Second")
    decided = await shares(ana, app, title="Third")
    await ben.slash(f"verify confirm {decided.id} {decided.revision}")
    await clock.advance(days=5)
    await shares(eli, app, title="Too young")
    await clock.advance(weeks=2)

    messages = came(app, ben, WAITING)
    assert when(messages) == ["Fri Dec 04 09:00", "Wed Dec 09 09:00"]
    assert "*2 wins have waited for you for a week or more.*" in messages[0].text
    assert "First" in messages[0].text
    assert "Second" in messages[0].text
    assert "Third" not in messages[0].text
    assert "Too young" not in messages[0].text
    assert "Too young" in messages[1].text
    assert [state for _, state, _ in outcomes(app, ben, WAITING)] == ["sent", "sent"]


@one_engine
async def test_no_word_of_waiting_wins_on_the_day_whose_digest_names_them(
    ana: Person, ben: Person, app: App, clock: Clock
) -> None:
    await begin_without_weekly_messages(app, ben, ana)
    reports_to(app, ana, ben)
    await clock.advance(days=4, hours=7)
    await shares(ana, app)
    await clock.advance(weeks=2)

    assert outcomes(app, ben, WAITING) == [("2026-W50", "skipped", "today's digest says it")]
    assert when(came(app, ben, DIGEST))[-1] == "Mon Dec 07 08:30"


@one_engine
async def test_what_is_decided_before_the_morning_is_not_waited_for(
    ana: Person, ben: Person, app: App, clock: Clock
) -> None:
    await begin_without_weekly_messages(app, ben, ana)
    reports_to(app, ana, ben)
    await clock.advance(days=1)
    win = await shares(ana, app)
    await clock.advance(days=7)
    assert [state for _, state, _ in outcomes(app, ben, WAITING)] == ["claimed"]
    await ben.slash(f"verify confirm {win.id} {win.revision}")
    await clock.advance(days=7)

    assert outcomes(app, ben, WAITING) == [("2026-W49", "skipped", "nothing has waited for a week any more")]


@one_engine
async def test_the_button_stops_them_and_the_list_shows_the_way_back(
    ana: Person, app: App, clock: Clock
) -> None:
    await _holds_one(ana, app)
    await clock.advance(weeks=4)
    said = await presses(ana, app, "Stop these", came(app, ana, CREDENTIAL)[0])
    assert "*Credentials that end:* these no longer come." in said
    listed = (await ana.slash("remind more")).words
    assert "*Credentials that end:* off" in listed
    assert "*Target dates:* on" in listed
    await clock.advance(weeks=30)
    assert len(outcomes(app, ana, CREDENTIAL)) == 1
