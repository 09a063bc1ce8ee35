"""A claimed message is sent by one, and what became of it is never written over."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from storage import deliveries, workspaces
from storage.database import Database
from storage.models import DELIVERY_STATES, Delivery
from tests.storage.conftest import HOUR, NOW, Claim, member, workspace
from tests.storage.racing import at_once

FRESH = timedelta(hours=48)
ENDED = ("sent", "failed", "unknown", "skipped", "expired")


def found(database: Database, delivery_id: str) -> Delivery:
    return database.run(lambda session: session.get_one(Delivery, delivery_id))


def begin(
    session: Session, delivery_id: str, worker: str = "w1", until: datetime = NOW + HOUR, now: datetime = NOW
) -> bool:
    said = {"outcome": "leadership", "nudge": "leadership_start"}
    return deliveries.begin_sending(
        session, delivery_id, worker=worker, now=now, lease_until=until, said=said
    )


def test_what_is_ready_comes_longest_due_first_and_not_before_its_time(
    database: Database, claim: Claim
) -> None:
    second = claim(slot="2026-W47", due_at=NOW)
    first = claim(slot="2026-W46", due_at=NOW - HOUR)
    again = claim(slot="2026-W48", due_at=NOW + HOUR, state="retry", retry_at=NOW)
    claim(slot="2026-W49", state="retry", retry_at=NOW + timedelta(seconds=1))
    for number, state in enumerate((*ENDED, "sending")):
        claim(slot=f"2026-W{number:02}", state=state)
    assert database.run(deliveries.ready, NOW, 10) == [first, second, again]
    assert database.run(deliveries.ready, NOW, 1) == [first]


def test_nothing_is_ready_in_a_paused_workspace(database: Database, riverside: int, claim: Claim) -> None:
    delivery = claim(state="retry", retry_at=NOW)
    database.run(workspaces.pause, riverside, "token_revoked")
    assert database.run(deliveries.ready, NOW, 10) == []
    assert database.run(deliveries.next_retry) is None
    database.run(workspaces.resume, riverside)
    assert database.run(deliveries.ready, NOW, 10) == [delivery]
    assert database.run(deliveries.next_retry) == NOW


def test_a_message_is_begun_by_one_only(database: Database, claim: Claim) -> None:
    delivery = claim()
    assert [database.run(begin, delivery, worker) for worker in ("w1", "w2")] == [True, False]
    kept = found(database, delivery)
    assert (kept.state, kept.worker, kept.lease_until, kept.attempts) == ("sending", "w1", NOW + HOUR, 1)
    assert kept.said == {"outcome": "leadership", "nudge": "leadership_start"}


def test_a_message_begun_by_two_at_once_is_begun_by_one(postgresql: Database) -> None:
    place = postgresql.run(workspace, "T1")
    owner = postgresql.run(member, place, "U0ANA")
    row = {"id": "one", "workspace_id": place, "member_id": owner, "kind": "nudge", "slot": "2026-W48"}
    postgresql.run(deliveries.claim, [{**row, "due_at": NOW}])
    begun = at_once(postgresql, *[lambda session: begin(session, "one")] * 4)
    assert sorted(begun) == [False, False, False, True]
    assert found(postgresql, "one").attempts == 1


def test_a_second_attempt_is_counted(database: Database, claim: Claim) -> None:
    delivery = claim()
    database.run(begin, delivery)
    database.run(deliveries.record, delivery, "retry", reason="ratelimited", retry_at=NOW + HOUR)
    waiting = found(database, delivery)
    assert (waiting.worker, waiting.lease_until, waiting.retry_at) == (None, None, NOW + HOUR)
    assert not database.run(begin, delivery, "w2")
    assert database.run(begin, delivery, "w2", now=NOW + HOUR)
    kept = found(database, delivery)
    assert (kept.attempts, kept.retry_at, kept.worker) == (2, None, "w2")


@pytest.mark.parametrize("state", [state for state in DELIVERY_STATES if state not in deliveries.OPEN])
def test_only_an_open_row_can_be_begun(database: Database, claim: Claim, state: str) -> None:
    delivery = claim(state=state)
    assert not database.run(begin, delivery)
    assert found(database, delivery).state == state


def test_what_nobody_claimed_cannot_be_begun(database: Database) -> None:
    assert not database.run(begin, "never-claimed")


def test_what_became_of_it_is_recorded(database: Database, claim: Claim) -> None:
    delivery = claim()
    database.run(begin, delivery)
    database.run(deliveries.record, delivery, "sent", channel="D1", ts="1.2", sent_at=NOW, reason=None)
    kept = found(database, delivery)
    assert (kept.state, kept.channel, kept.ts, kept.sent_at) == ("sent", "D1", "1.2", NOW)
    assert (kept.worker, kept.lease_until) == (None, None)


@pytest.mark.parametrize("ended", ENDED)
def test_what_has_ended_is_never_written_over(database: Database, claim: Claim, ended: str) -> None:
    delivery = claim(state=ended, reason="as it was", due_at=NOW - timedelta(days=9), lease_until=NOW - HOUR)
    for state in DELIVERY_STATES:
        database.run(deliveries.record, delivery, state, reason="changed")
    database.run(deliveries.give_up, delivery, "changed")
    database.run(deliveries.hold, delivery, NOW + HOUR)
    database.run(deliveries.settle_abandoned, NOW, FRESH)
    kept = found(database, delivery)
    assert (kept.state, kept.reason, kept.retry_at) == (ended, "as it was", None)


def test_recording_one_row_leaves_the_others(database: Database, claim: Claim) -> None:
    one, other = claim(slot="2026-W47"), claim(slot="2026-W48")
    database.run(deliveries.record, one, "skipped", reason="paused")
    assert (found(database, one).state, found(database, other).state) == ("skipped", "claimed")


def test_a_row_that_is_to_wait_is_not_taken_by_a_worker_who_read_it_before(
    database: Database, claim: Claim
) -> None:
    delivery = claim()
    database.run(deliveries.hold, delivery, NOW + HOUR)

    assert not database.run(begin, delivery)
