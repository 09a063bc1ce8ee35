"""What the ledger does about the rows nobody ended, what it remembers, and when it wants to be looked at again."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from storage import deliveries, sending
from storage.database import Database
from storage.models import Delivery, Member
from storage.sending import Ending
from tests.storage.conftest import HOUR, NOW, Claim, member

FRESH = timedelta(hours=48)
SECOND = timedelta(seconds=1)


def found(session: Session, delivery_id: str) -> Delivery:
    return session.get_one(Delivery, delivery_id)


def test_who_travelled_west_hears_later_in_the_same_week(database: Database, claim: Claim) -> None:
    delivery = claim()
    database.run(deliveries.hold, delivery, NOW + 2 * HOUR)
    assert database.run(sending.next_retry) == NOW + 2 * HOUR
    assert database.run(found, delivery).due_at == NOW + 2 * HOUR


def test_what_is_being_sent_is_not_held(database: Database, claim: Claim) -> None:
    delivery = claim(state="sending")
    database.run(deliveries.hold, delivery, NOW + HOUR)
    assert database.run(found, delivery).retry_at is None


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ({"state": "sending", "lease_until": NOW - SECOND}, "unknown"),
        ({"state": "sending", "lease_until": NOW}, "sending"),
        ({"state": "sending", "lease_until": NOW + HOUR}, "sending"),
        ({"state": "sending", "lease_until": NOW + HOUR, "due_at": NOW - 3 * FRESH}, "sending"),
        ({"state": "claimed", "due_at": NOW - FRESH}, "claimed"),
        ({"state": "claimed", "due_at": NOW - FRESH - SECOND}, "expired"),
        ({"state": "retry", "due_at": NOW - FRESH - SECOND, "retry_at": NOW}, "expired"),
        ({"state": "retry", "due_at": NOW - HOUR, "retry_at": NOW + HOUR}, "retry"),
    ],
    ids=str,
)
def test_what_nobody_will_end_is_ended_with_its_reason(
    database: Database, claim: Claim, columns: dict[str, Any], state: str
) -> None:
    delivery = claim(**columns)
    for _ in range(2):
        database.run(sending.settle_abandoned, NOW, FRESH)
    kept = database.run(found, delivery)
    assert kept.state == state
    assert bool(kept.reason) is (state in {"unknown", "expired"})


@pytest.mark.parametrize("known", [True, False])
def test_slack_is_asked_about_what_was_being_sent_where_the_conversation_is_known(
    database: Database, ana: int, claim: Claim, known: bool
) -> None:
    def knows(session: Session) -> None:
        session.get_one(Member, ana).dm_channel = "D1" if known else None

    database.run(knows)
    delivery = claim(state="sending", lease_until=NOW - SECOND)
    database.run(sending.settle_abandoned, NOW, FRESH)
    assert database.run(found, delivery).retry_at == (NOW if known else None)
    assert database.run(sending.next_retry) == (NOW if known else None)


def test_what_slack_never_could_say_stays_unknown_for_good(database: Database, claim: Claim) -> None:
    delivery = claim(state="unknown", retry_at=NOW, due_at=NOW - timedelta(hours=72, seconds=1))
    other = claim(slot="2026-W49", state="unknown", retry_at=NOW, due_at=NOW - timedelta(hours=72))
    database.run(sending.settle_abandoned, NOW, FRESH)
    assert database.run(found, delivery).retry_at is None
    assert database.run(found, other).retry_at == NOW


def test_the_worker_that_comes_back_too_late_changes_nothing(database: Database, claim: Claim) -> None:
    """Its lease ran out while Slack took its time: what is unknown stays unknown, and is not sent again."""
    delivery = claim(state="sending", worker="w1", lease_until=NOW + SECOND)
    database.run(sending.settle_abandoned, NOW + HOUR, FRESH)
    database.run(sending.record, [Ending(delivery, "retry", "ratelimited", NOW)])
    assert database.run(found, delivery).state == "unknown"
    assert database.run(sending.next_retry) is None


def test_the_newest_slots_are_remembered_whatever_became_of_them(
    database: Database, riverside: int, ana: int, claim: Claim
) -> None:
    states = ("sent", "skipped", "expired", "failed", "unknown", "claimed")
    for number, state in enumerate(states):
        claim(slot=f"2026-W{40 + number}", due_at=NOW + number * HOUR, state=state)
    claim(slot="2026-W50", kind="digest", due_at=NOW + 99 * HOUR)
    claim(slot="2026-W51", member_id=database.run(member, riverside, "U0ELI"), due_at=NOW + 99 * HOUR)
    assert database.run(deliveries.recent_slots, ana, "nudge") == [
        "2026-W45",
        "2026-W44",
        "2026-W43",
        "2026-W42",
    ]


def test_what_was_said_is_remembered_newest_first_if_it_may_have_arrived(
    database: Database, riverside: int, ana: int, claim: Claim
) -> None:
    eli = database.run(member, riverside, "U0ELI")
    for number, state in enumerate(("sent", "unknown", "failed", "skipped", "sent")):
        claim(slot=f"W{number}", due_at=NOW + number * HOUR, state=state, said={"nudge": f"text {number}"})
    claim(slot="W9", member_id=eli, state="sent", said={"nudge": "to somebody else"})
    claim(slot="W9", kind="digest", state="sent", said={"nudge": "of another kind"})
    said = database.run(deliveries.said_before, ana, "nudge", 10)
    assert [text["nudge"] for text in said] == ["text 4", "text 1", "text 0"]
    assert len(database.run(deliveries.said_before, ana, "nudge", 2)) == 2


def test_what_waits_for_no_moment_or_has_ended_is_not_tried_again(database: Database, claim: Claim) -> None:
    claim()
    claim(slot="2026-W47", state="sent", retry_at=NOW)
    assert database.run(sending.next_retry) is None


def test_the_first_of_what_is_to_be_tried_again_comes_next(database: Database, claim: Claim) -> None:
    claim(state="retry", retry_at=NOW + 2 * HOUR)
    claim(slot="2026-W49", state="retry", retry_at=NOW + HOUR)
    assert database.run(sending.next_retry) == NOW + HOUR
