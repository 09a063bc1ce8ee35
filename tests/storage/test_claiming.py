"""A message is claimed once for each week, by one worker, for whoever is due."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, col

from storage import deliveries, workspaces
from storage.database import Database
from storage.engine import is_locked
from storage.models import Delivery, Member
from tests.storage.conftest import HOUR, NOW, Claim, member, workspace

FRESH = timedelta(hours=48)
ENDED = ("sent", "failed", "unknown", "skipped", "expired")


def ledger(session: Session) -> list[Delivery]:
    return list(session.scalars(select(Delivery).order_by(col(Delivery.due_at), col(Delivery.slot))))


def change(session: Session, /, member_id: int, **columns: Any) -> None:
    row = session.get_one(Member, member_id)
    for name, value in columns.items():
        setattr(row, name, value)


def test_a_week_is_claimed_once_and_the_first_row_stays(database: Database, claim: Claim) -> None:
    first = claim()
    claim(due_at=NOW + HOUR, state="expired")
    (kept,) = database.run(ledger)
    assert (kept.id, kept.state, kept.due_at, kept.attempts) == (first, "claimed", NOW, 0)


def test_another_kind_subject_slot_or_person_is_another_message(
    database: Database, riverside: int, claim: Claim
) -> None:
    claim()
    claim(kind="digest")
    claim(subject="credential:7")
    claim(slot="2026-W49")
    claim(member_id=database.run(member, riverside, "U0ELI"))
    rows = database.run(ledger)
    assert len({row.id for row in rows}) == 5
    assert all(len(row.id) == 32 for row in rows)


def test_one_claimed_already_does_not_keep_the_others_from_being_claimed(
    database: Database, riverside: int, ana: int, claim: Claim
) -> None:
    claim(slot="2026-W48")
    row = {"workspace_id": riverside, "member_id": ana, "kind": "nudge", "due_at": NOW}
    database.run(deliveries.claim, [{**row, "slot": slot} for slot in ("2026-W47", "2026-W48", "2026-W49")])
    assert [kept.slot for kept in database.run(ledger)] == ["2026-W47", "2026-W48", "2026-W49"]


def test_weeks_that_are_too_late_are_claimed_as_such_beside_the_one_that_is_not(
    database: Database, riverside: int, ana: int
) -> None:
    row = {"workspace_id": riverside, "member_id": ana, "kind": "nudge", "due_at": NOW}
    late = {**row, "state": "expired", "reason": "not sent within 48 hours"}
    database.run(
        deliveries.claim,
        [{**row, "slot": "2026-W46"}, {**late, "slot": "2026-W47"}, {**row, "slot": "2026-W48"}],
    )
    kept = database.run(ledger)
    assert [(each.slot, each.state, each.reason) for each in kept] == [
        ("2026-W46", "claimed", None),
        ("2026-W47", "expired", "not sent within 48 hours"),
        ("2026-W48", "claimed", None),
    ]
    assert len({each.id for each in kept}) == 3


def test_nothing_to_claim_and_nobody_to_move_on_is_fine(database: Database) -> None:
    database.run(deliveries.claim, [])
    database.run(deliveries.move_on, [])
    assert database.run(ledger) == []


def test_a_state_that_does_not_exist_is_refused(claim: Claim) -> None:
    with pytest.raises(IntegrityError):
        claim(state="lost")


def _due(database: Database, now: datetime = NOW, limit: int = 10) -> list[int]:
    return [due.id for due in database.run(deliveries.due_members, now, limit)]


def test_whoever_has_waited_longest_is_due_first(database: Database, riverside: int) -> None:
    late, on_time, _tomorrow, _never = (
        database.run(member, riverside, user, due)
        for user, due in (("U1", NOW - HOUR), ("U2", NOW), ("U3", NOW + timedelta(seconds=1)), ("U4", None))
    )
    assert _due(database) == [late, on_time]
    assert _due(database, limit=1) == [late]
    assert _due(database, NOW - 2 * HOUR) == []


def test_what_is_needed_to_work_out_the_week_after_comes_along(
    database: Database, riverside: int, ana: int
) -> None:
    database.run(
        change,
        ana,
        next_nudge_at=NOW,
        zone="Asia/Kathmandu",
        nudge_weekday=4,
        nudge_time=time(16, 45),
        paused_until=date(2026, 12, 24),
        next_nudge_slot="2026-W48",
    )
    (due,) = database.run(deliveries.due_members, NOW, 10)
    assert due == deliveries.DueMember(
        id=ana,
        workspace_id=riverside,
        zone="Asia/Kathmandu",
        workspace_zone=None,
        nudge_weekday=4,
        nudge_time=time(16, 45),
        paused_until=date(2026, 12, 24),
        next_nudge_at=NOW,
        next_nudge_slot="2026-W48",
    )


@pytest.mark.parametrize("columns", [{"nudges_off": True}, {"unreachable": "user_disabled"}], ids=str)
def test_who_wants_none_or_cannot_be_reached_is_not_due(
    database: Database, ana: int, columns: dict[str, Any]
) -> None:
    database.run(change, ana, next_nudge_at=NOW, **columns)
    assert _due(database) == []
    assert database.run(deliveries.next_nudge) is None


def test_in_a_paused_workspace_nobody_is_due_and_elsewhere_they_are(
    database: Database, riverside: int, lakeview: int
) -> None:
    database.run(member, riverside, "U0ANA", NOW - HOUR)
    cy = database.run(member, lakeview, "U0CY", NOW)
    database.run(workspaces.pause, riverside, "token_revoked")
    assert _due(database) == [cy]
    assert database.run(deliveries.next_nudge) == NOW
    database.run(workspaces.resume, riverside)
    assert len(_due(database)) == 2


def test_moving_on_sets_each_members_own_next_time(database: Database, riverside: int) -> None:
    ids = [database.run(member, riverside, user, NOW) for user in ("U1", "U2", "U3")]
    nexts = [(ids[0], NOW + HOUR, "2026-W48"), (ids[1], NOW + 2 * HOUR, "2026-W48")]
    database.run(deliveries.move_on, nexts)
    assert _due(database) == [ids[2]]
    assert _due(database, NOW + 2 * HOUR) == [ids[2], ids[0], ids[1]]


def test_two_claimers_share_the_due_members_and_neither_waits(postgresql: Database) -> None:
    place = postgresql.run(workspace, "T1")
    everybody = {postgresql.run(member, place, f"U{number}", NOW) for number in range(10)}
    with Session(postgresql.engine) as one, Session(postgresql.engine) as other:
        first = [due.id for due in deliveries.due_members(one, NOW, 4)]
        second = [due.id for due in deliveries.due_members(other, NOW, 100)]
    assert (len(first), len(second)) == (4, 6)
    assert {*first, *second} == everybody


def test_on_sqlite_one_claims_at_a_time(sqlite: Database) -> None:
    """What the first has read stays true until it has written: the second cannot even begin."""
    place = sqlite.run(workspace, "T1")
    everybody = [sqlite.run(member, place, f"U{number}", NOW) for number in range(3)]

    def take(session: Session) -> list[int]:
        deliveries.lock_for_claiming(session)
        return [due.id for due in deliveries.due_members(session, NOW, 10)]

    def take_while_another_tries(session: Session) -> list[int]:
        taken = take(session)
        with pytest.raises(OperationalError) as refused:
            sqlite.run(take)
        assert is_locked(refused.value)
        deliveries.move_on(session, [(key, NOW + HOUR, "2026-W49") for key in taken])
        return taken

    assert sqlite.run(take_while_another_tries) == everybody
    assert sqlite.run(take) == []
