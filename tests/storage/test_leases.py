"""One worker at a time sends for a workspace, and one that dies keeps nobody waiting for long."""

from datetime import datetime, timedelta

import pytest

from storage import deliveries, leases, workspaces
from storage.database import Database
from storage.worker_lock import SecondWorkerError, only_worker
from tests.storage.conftest import HOUR, NOW, Claim, member, workspace
from tests.storage.racing import at_once

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def take(
    database: Database, worker: str, now: datetime = NOW, *, limit: int = 9, besides: tuple[int, ...] = ()
) -> dict[int, timedelta | None]:
    return database.run(leases.take, worker, now=now, until=now + MINUTE, limit=limit, besides=besides)


def test_a_workspace_is_taken_by_one_and_kept_until_its_end(
    database: Database, riverside: int, claim: Claim
) -> None:
    claim()
    assert set(take(database, "w1")) == {riverside}
    assert take(database, "w2", NOW + MINUTE - SECOND) == {}
    assert take(database, "w2", NOW + MINUTE) == {riverside: timedelta()}


def test_it_says_how_long_ago_another_one_sent_there(
    database: Database, riverside: int, claim: Claim
) -> None:
    claim()
    take(database, "w1")
    database.run(leases.release, "w1", [riverside], NOW + SECOND)
    assert take(database, "w2", NOW + 9 * SECOND) == {riverside: 8 * SECOND}
    database.run(leases.release, "w2", [riverside], NOW + 10 * SECOND)
    assert take(database, "w2", NOW + 11 * SECOND) == {riverside: None}


def test_who_is_at_work_keeps_it_and_what_was_lost_stays_lost(
    database: Database, riverside: int, claim: Claim
) -> None:
    claim()
    take(database, "w1")
    database.run(leases.renew, "w1", [riverside], NOW + HOUR)
    assert take(database, "w2", NOW + HOUR - SECOND) == {}
    take(database, "w2", NOW + HOUR)
    database.run(leases.renew, "w1", [riverside], NOW + 9 * HOUR)
    database.run(leases.release, "w1", [riverside], NOW + HOUR)
    assert take(database, "w3", NOW + HOUR + MINUTE - SECOND) == {}


def test_nobody_takes_what_has_nothing_to_send(
    database: Database, riverside: int, lakeview: int, claim: Claim
) -> None:
    claim(state="sent")
    claim(slot="2026-W49", state="retry", retry_at=NOW + SECOND)
    claim(slot="2026-W50", state="unknown")
    claim(slot="2026-W51", state="unknown", retry_at=NOW + SECOND)
    assert take(database, "w1") == {}
    assert set(take(database, "w1", NOW + SECOND)) == {riverside}


def test_nobody_takes_what_is_paused_told_to_wait_or_set_aside(
    database: Database, riverside: int, claim: Claim
) -> None:
    claim()
    assert take(database, "w1", besides=(riverside,)) == {}
    database.run(workspaces.pause, riverside, "token_revoked")
    assert take(database, "w1") == {}
    database.run(workspaces.resume, riverside)
    assert set(take(database, "w1")) == {riverside}
    database.run(leases.keep_quiet, riverside, NOW + HOUR)
    database.run(leases.release, "w1", [riverside], NOW)
    assert take(database, "w1") == {}
    assert set(take(database, "w1", NOW + HOUR)) == {riverside}


def test_one_takes_no_more_than_its_share(database: Database, lakeview: int, claim: Claim) -> None:
    claim()
    claim(workspace_id=lakeview, member_id=database.run(member, lakeview, "U0CY"))
    first, second = take(database, "w1", limit=1), take(database, "w2", limit=1)
    assert len(first) == len(second) == 1
    assert set(first) != set(second)


def test_workers_who_come_at_once_share_the_workspaces_out(postgresql: Database) -> None:
    for number in range(12):
        place = postgresql.run(workspace, f"T{number}")
        owner = postgresql.run(member, place, "U0ANA")
        row = {"workspace_id": place, "member_id": owner, "kind": "nudge", "slot": "2026-W48", "due_at": NOW}
        postgresql.run(deliveries.claim, [row])
    works = [
        lambda session, name=name: leases.take(
            session, name, now=NOW, until=NOW + MINUTE, limit=12, besides=()
        )
        for name in ("w1", "w2", "w3", "w4")
    ]
    taken = at_once(postgresql, *works)
    assert sorted(place for places in taken for place in places) == sorted(set().union(*taken))
    assert len(set().union(*taken)) == 12


class TestOneWorkerForEachFile:
    """SQLite has room for one worker."""

    def test_the_second_is_told_so_until_the_first_is_gone(self, sqlite: Database) -> None:
        refused = pytest.raises(SecondWorkerError, match="SQLite has room for one")
        with only_worker(sqlite), refused, only_worker(sqlite):
            pass
        with only_worker(sqlite):
            pass

    def test_it_knows_that_nobody_before_it_sends_any_more(self, sqlite: Database) -> None:
        place = sqlite.run(workspace, "T1")
        owner = sqlite.run(member, place, "U0ANA")
        row = {"workspace_id": place, "member_id": owner, "kind": "nudge", "slot": "2026-W48", "due_at": NOW}
        sqlite.run(deliveries.claim, [row])
        take(sqlite, "killed")
        with only_worker(sqlite):
            assert set(take(sqlite, "w2")) == {place}

    def test_there_may_be_many_on_postgresql(self, postgresql: Database) -> None:
        with only_worker(postgresql), only_worker(postgresql):
            pass
