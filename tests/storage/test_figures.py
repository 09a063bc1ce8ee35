"""The ledger in figures."""

from datetime import timedelta

from sqlmodel import Session

from storage import heartbeats, workspaces
from storage.database import Database
from storage.figures import Figures, figures
from storage.models import Delivery
from tests.storage.conftest import HOUR, NOW, Claim

MINUTE = timedelta(minutes=1)


def _now(database: Database) -> Figures:
    return database.run(figures, NOW)


def test_where_nothing_happened_there_is_nothing(database: Database) -> None:
    assert _now(database) == Figures({}, 0, 0.0, {}, None)


def test_what_could_go_waits_and_what_is_for_later_does_not(
    database: Database, claim: Claim, riverside: int
) -> None:
    claim(slot="2026-W47", due_at=NOW - 5 * MINUTE)
    claim(slot="2026-W48", retry_at=NOW + HOUR, state="retry")

    found = _now(database)

    assert (found.waiting, found.oldest_seconds) == (1, 300)
    assert found.deliveries == {("nudge", "claimed"): 1, ("nudge", "retry"): 1}
    database.run(workspaces.pause, riverside, "token_revoked")
    assert _now(database).waiting == 0


def test_how_late_they_came_is_told_of_the_last_hour_only(database: Database, claim: Claim) -> None:
    for number, late in enumerate((1, 2, 3, 4, 60), 1):
        _sent(database, claim(slot=f"2026-W{number:02}", due_at=NOW - late * MINUTE))
    _sent(database, claim(slot="2026-W40", due_at=NOW - 9 * HOUR), ago=2 * HOUR)

    assert _now(database).lateness == {"0.5": 180, "0.95": 3600, "1": 3600}


def _sent(database: Database, delivery_id: str, ago: timedelta = timedelta(0)) -> None:
    def send(session: Session) -> None:
        row = session.get_one(Delivery, delivery_id)
        row.state, row.sent_at = "sent", NOW - ago

    database.run(send)


def test_what_is_long_past_is_not_counted(database: Database, claim: Claim) -> None:
    claim(due_at=NOW - timedelta(days=9))

    assert _now(database).deliveries == {}


def test_when_a_worker_was_seen(database: Database) -> None:
    database.run(heartbeats.beat, "w1", NOW - HOUR)
    database.run(heartbeats.beat, "w2", NOW - MINUTE)

    assert _now(database).worker_seen_seconds == 60
