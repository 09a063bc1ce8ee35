"""A claimed message is sent by one, and what became of it is never written over."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from storage import deliveries, leases, sending, workspaces
from storage.database import Database
from storage.models import DELIVERY_STATES, Delivery
from storage.sending import Ending, Sent
from tests.storage.conftest import HOUR, NOW, Claim, member, workspace
from tests.storage.racing import at_once

FRESH = timedelta(hours=48)
SECOND = timedelta(seconds=1)
ENDED = ("sent", "failed", "unknown", "skipped", "expired")


def found(database: Database, delivery_id: str) -> Delivery:
    return database.run(lambda session: session.get_one(Delivery, delivery_id))


def lease(database: Database, *, worker: str = "w1", now: datetime = NOW) -> set[int]:
    taken = database.run(leases.take, worker, now=now, until=now + 9 * HOUR, limit=9, besides=())
    return set(taken)


def ready(
    database: Database, place: int, *, worker: str = "w1", now: datetime = NOW, limit: int = 10
) -> list[str]:
    return [row.id for row in database.run(sending.ready, worker, [place], now, limit)]


def begin(session: Session, *ids: str, worker: str = "w1", now: datetime = NOW) -> set[str]:
    return sending.begin(session, worker, ids, now=now, until=now + HOUR)


def test_what_is_ready_comes_longest_due_first_and_not_before_its_time(
    database: Database, riverside: int, claim: Claim
) -> None:
    second = claim(slot="2026-W47", due_at=NOW)
    first = claim(slot="2026-W46", due_at=NOW - HOUR)
    again = claim(slot="2026-W48", due_at=NOW + HOUR, state="retry", retry_at=NOW)
    claim(slot="2026-W49", state="retry", retry_at=NOW + SECOND)
    for number, state in enumerate((*ENDED, "sending")):
        claim(slot=f"2026-W{number:02}", state=state)
    lease(database)
    assert ready(database, riverside) == [first, second, again]
    assert ready(database, riverside, limit=1) == [first]


def test_each_workspace_gives_as_many_as_are_asked_for(
    database: Database, riverside: int, lakeview: int, claim: Claim
) -> None:
    cy = database.run(member, lakeview, "U0CY")
    for week in range(3):
        claim(slot=f"2026-W{week}")
        claim(slot=f"2026-W{week}", workspace_id=lakeview, member_id=cy)
    lease(database)
    rows = database.run(sending.ready, "w1", [riverside, lakeview], NOW, 2)
    assert sorted(row.workspace_id for row in rows) == [riverside] * 2 + [lakeview] * 2


def test_nothing_is_ready_for_who_does_not_send_there(
    database: Database, riverside: int, claim: Claim
) -> None:
    delivery = claim()
    assert ready(database, riverside) == []
    lease(database)
    assert ready(database, riverside, worker="w2") == []
    assert ready(database, riverside, now=NOW + 10 * HOUR) == []
    assert ready(database, riverside) == [delivery]


def test_nothing_is_ready_or_begun_in_a_paused_workspace(
    database: Database, riverside: int, claim: Claim
) -> None:
    delivery = claim(state="retry", retry_at=NOW)
    lease(database)
    database.run(workspaces.pause, riverside, "token_revoked")
    assert ready(database, riverside) == []
    assert database.run(begin, delivery) == set()
    assert database.run(sending.next_retry) is None
    database.run(workspaces.resume, riverside)
    assert ready(database, riverside) == [delivery]
    assert database.run(sending.next_retry) == NOW


def test_while_slack_asks_us_to_wait_nothing_goes_and_the_wait_is_what_comes_next(
    database: Database, riverside: int, claim: Claim
) -> None:
    delivery = claim()
    lease(database)
    database.run(leases.keep_quiet, riverside, NOW + HOUR)
    # What comes later does not shorten it.
    database.run(leases.keep_quiet, riverside, NOW + SECOND)
    assert ready(database, riverside) == []
    assert database.run(begin, delivery) == set()
    assert database.run(sending.next_retry) == NOW + HOUR
    assert ready(database, riverside, now=NOW + HOUR) == [delivery]
    assert database.run(begin, delivery, now=NOW + HOUR) == {delivery}


def test_a_message_is_begun_by_one_only(database: Database, claim: Claim) -> None:
    delivery, other = claim(), claim(slot="2026-W49")
    lease(database)
    assert database.run(begin, delivery) == {delivery}
    assert database.run(begin, delivery, other) == {other}
    kept = found(database, delivery)
    assert (kept.state, kept.worker, kept.lease_until, kept.attempts) == ("sending", "w1", NOW + HOUR, 1)
    assert kept.attempted_at == NOW


def test_who_has_not_the_workspace_begins_nothing(database: Database, claim: Claim) -> None:
    delivery = claim()
    lease(database)
    assert database.run(begin, delivery, worker="w2") == set()
    assert found(database, delivery).state == "claimed"


def test_what_it_is_about_is_written_before_it_goes(database: Database, claim: Claim) -> None:
    delivery = claim()
    database.run(sending.will_say, {delivery: {"outcome": "leadership", "nudge": "leadership_start"}})
    assert found(database, delivery).said == {"outcome": "leadership", "nudge": "leadership_start"}


def test_a_message_begun_by_two_at_once_is_begun_by_one(postgresql: Database) -> None:
    place = postgresql.run(workspace, "T1")
    owner = postgresql.run(member, place, "U0ANA")
    row = {"id": "one", "workspace_id": place, "member_id": owner, "kind": "nudge", "slot": "2026-W48"}
    postgresql.run(deliveries.claim, [{**row, "due_at": NOW}])
    lease(postgresql)
    begun = at_once(postgresql, *[lambda session: len(begin(session, "one"))] * 4)
    assert sorted(begun) == [0, 0, 0, 1]
    assert found(postgresql, "one").attempts == 1


def test_a_second_attempt_is_counted(database: Database, claim: Claim) -> None:
    delivery = claim()
    lease(database)
    database.run(begin, delivery)
    database.run(sending.record, [Ending(delivery, "retry", "ratelimited", NOW + HOUR)])
    waiting = found(database, delivery)
    assert (waiting.worker, waiting.lease_until, waiting.retry_at) == (None, None, NOW + HOUR)
    assert database.run(begin, delivery) == set()
    assert database.run(begin, delivery, now=NOW + HOUR) == {delivery}
    kept = found(database, delivery)
    assert (kept.attempts, kept.retry_at, kept.worker) == (2, None, "w1")


@pytest.mark.parametrize("state", [state for state in DELIVERY_STATES if state not in deliveries.OPEN])
def test_only_an_open_row_can_be_begun(database: Database, claim: Claim, state: str) -> None:
    claim(slot="2026-W49")
    delivery = claim(state=state)
    lease(database)
    assert database.run(begin, delivery) == set()
    assert found(database, delivery).state == state


def test_what_became_of_rows_is_recorded_at_once(database: Database, ana: int, claim: Claim) -> None:
    one, two, three, other = (claim(slot=f"2026-W{week}") for week in range(45, 49))
    lease(database)
    database.run(begin, one, two)
    ended: list[Sent | Ending] = [
        Sent(one, "D1", "1.2", NOW, ana),
        Ending(two, "unknown", "x" * 300, NOW + HOUR),
        Ending(three, "skipped", "paused"),
    ]
    database.run(sending.record, ended)
    kept = found(database, one)
    assert (kept.state, kept.channel, kept.ts, kept.sent_at, kept.reason) == ("sent", "D1", "1.2", NOW, None)
    assert (kept.worker, kept.lease_until) == (None, None)
    kept = found(database, two)
    assert (kept.state, kept.reason, kept.retry_at) == ("unknown", "x" * 200, NOW + HOUR)
    assert found(database, three).state == "skipped"
    assert found(database, other).state == "claimed"


@pytest.mark.parametrize("ended", ENDED)
def test_what_has_ended_is_never_written_over(database: Database, claim: Claim, ended: str) -> None:
    delivery = claim(state=ended, reason="as it was", due_at=NOW - timedelta(days=9), lease_until=NOW - HOUR)
    for state in DELIVERY_STATES:
        database.run(sending.record, [Ending(delivery, state, "changed")])
    if ended != "unknown":
        database.run(sending.record, [Sent(delivery, "D1", "1.2", NOW)])
        database.run(sending.ask_later, [delivery], NOW)
        database.run(sending.answer, delivery, "retry", reason="changed")
    database.run(deliveries.hold, delivery, NOW + HOUR)
    database.run(sending.settle_abandoned, NOW, FRESH)
    kept = found(database, delivery)
    assert (kept.state, kept.reason, kept.retry_at) == (ended, "as it was", None)


def test_who_comes_back_late_and_knows_that_it_was_posted_is_believed(
    database: Database, claim: Claim
) -> None:
    delivery = claim(state="unknown", reason="the worker stopped while sending", retry_at=NOW)
    database.run(sending.record, [Sent(delivery, "D1", "1.2", NOW)])
    kept = found(database, delivery)
    assert (kept.state, kept.reason, kept.retry_at) == ("sent", None, None)


def test_a_row_that_is_to_wait_is_not_taken_by_a_worker_who_read_it_before(
    database: Database, claim: Claim
) -> None:
    delivery = claim()
    lease(database)
    database.run(deliveries.hold, delivery, NOW + HOUR)

    assert database.run(begin, delivery) == set()
