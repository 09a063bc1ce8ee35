"""Every list is found by an index: nothing reads a whole table, and own lists need no sorting."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from storage import (
    digests,
    nudges,
    progress,
    reminding,
    reporting,
    sending,
    targets,
    verification,
    win_changes,
    wins,
)
from storage.database import Database
from storage.models import Row, Win
from storage.sending import Ending, Sent
from storage.several import Whose
from storage.wins import Sieve
from tests.storage.conftest import NOW
from tests.storage.rows import DAY

OWN: dict[str, Any] = {"workspace_id": 1, "member_id": 1}
MANAGED: dict[str, Any] = {"workspace_id": 1, "manager_id": 1}
SEVERAL = [Whose(1, 1), Whose(2, 2), Whose(2, 3)]
ASK: dict[str, Any] = {"workspace_id": 1, "reporting_id": 1}
ONE = Win(
    id=1, **OWN, submission_key="", outcome="", metric="", result=Decimal(0), happened_on=DAY, created_at=NOW
)

SORTED_BY_INDEX: dict[str, Callable[[Session], object]] = {
    "newest": lambda session: wins.newest(session, **OWN, limit=5),
    "since": lambda session: wins.listed(session, **OWN, sieve=Sieve(since=DAY), limit=5, offset=5),
    "outcome": lambda session: wins.listed(session, **OWN, sieve=Sieve(outcome="leadership"), limit=5),
    "last used": lambda session: wins.last_used(session, **OWN),
    "history": lambda session: win_changes.history(session, ONE),
}
FOUND_BY_INDEX: dict[str, Callable[[Session], object]] = {
    "status": lambda session: wins.listed(session, **OWN, sieve=Sieve(status="shared"), limit=5),
    "all three": lambda session: wins.listed(
        session, **OWN, sieve=Sieve("leadership", DAY, "shared"), limit=5
    ),
    "count": lambda session: wins.count(session, **OWN),
    "count verified": lambda session: wins.count_verified(session, **OWN),
    "latest by outcome": lambda session: wins.latest_by_outcome(session, SEVERAL),
    "what was said": lambda session: nudges.spoken(session, SEVERAL, 5),
    "targets of several": lambda session: targets.open_of_several(session, SEVERAL),
    "figures of several": lambda session: progress.counting_of_several(session, SEVERAL, ["pmpm"]),
    "one": lambda session: wins.own(session, **OWN, win_id=1),
    "one deleted": lambda session: wins.own(session, **OWN, win_id=1, deleted=True),
    "change": lambda session: win_changes.change(session, ONE, by=1, now=NOW, deed="edited"),
    "purge": lambda session: win_changes.purge(session, NOW),
    "queue": lambda session: verification.queue(session, **MANAGED, limit=5),
    "queue's count": lambda session: verification.count(session, **MANAGED),
    "queue's oldest": lambda session: verification.oldest(session, **MANAGED),
    "asked": lambda session: verification.asked_count(session, **MANAGED),
    "visible": lambda session: verification.visible(session, workspace_id=1, viewer_id=1, win_id=1),
    "manager": lambda session: reporting.manager_of(session, **OWN),
    "reports": lambda session: reporting.reports_of(session, **MANAGED),
    "is manager": lambda session: reporting.is_manager(session, **OWN),
    "chain": lambda session: reporting.chain(session, workspace_id=1),
    "asked of": lambda session: reporting.asked_of(session, **MANAGED),
    "asked by": lambda session: reporting.asked_by(session, **OWN),
    "find ask": lambda session: reporting.find_ask(session, **ASK),
    "end": lambda session: reporting.end(session, **OWN, now=NOW),
    "due digests": lambda session: reminding.due_digests(session, NOW, 5),
    "due credentials": lambda session: reminding.due_credentials(session, NOW, 5),
    "due targets": lambda session: reminding.due_targets(session, NOW, 5),
    "due reminders": lambda session: reminding.due_reminders(session, NOW, 5),
    "due wins": lambda session: reminding.due_wins(session, NOW, 5),
    "next digest": reminding.next_digest,
    "next credential": reminding.next_credential,
    "next target": reminding.next_target,
    "next win": reminding.next_win,
    "look again": lambda session: reminding.look_again(session, 1, NOW, (NOW, NOW)),
    "my reminders": lambda session: reminding.of_member(session, **OWN),
    "digest's week": lambda session: digests.of_a_week(session, **MANAGED, since=NOW, until=NOW),
    "digest's day": lambda session: digests.came_since(
        session, member_id=1, kind="manager_digest", since=NOW
    ),
}


@contextmanager
def overheard(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Every statement with its parameters, as the database gets them."""
    said: list[tuple[str, Any]] = []

    def listen(_conn: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        said.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(database.engine, "before_cursor_execute", listen)


def plans(database: Database, work: Callable[[Session], object]) -> list[str]:
    """How SQLite would go about everything that is asked of it."""
    with overheard(database) as said:
        database.run(work)
    statements = [one for one in said if one[0].startswith(("SELECT", "UPDATE", "DELETE"))]
    assert statements
    with database.engine.connect() as connection:
        return [
            str(row[3])
            for statement, parameters in statements
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]


def reads_whole_table(step: str) -> bool:
    """Or all that a workspace has of it, which for wins is as good as the whole; a subquery's rows were found before."""
    scanned = step.removeprefix("SCAN ").split()[0] in Row.metadata.tables
    return (step.startswith("SCAN") and scanned) or ("win" in step and "(workspace_id=?)" in step)


@pytest.mark.parametrize("name", SORTED_BY_INDEX | FOUND_BY_INDEX)
def test_no_list_reads_a_whole_table(sqlite: Database, name: str) -> None:
    steps = plans(sqlite, (SORTED_BY_INDEX | FOUND_BY_INDEX)[name])
    assert [step for step in steps if reads_whole_table(step)] == []
    assert any(step.startswith("SEARCH") for step in steps)


BY_ID: dict[str, Callable[[Session], object]] = {
    "to decide": lambda session: sending.to_decide(session, "w1", ["a", "b"], NOW),
    "to begin": lambda session: sending.begin(session, "w1", ["a", "b"], now=NOW, until=NOW),
    "sent": lambda session: sending.record(session, [Sent("a", "D1", "1.2", NOW)]),
    "ended": lambda session: sending.record(session, [Ending("a", "failed", "x")]),
}


@pytest.mark.parametrize("name", BY_ID)
def test_rows_of_the_ledger_are_found_by_their_ids_however_much_is_due(sqlite: Database, name: str) -> None:
    steps = [step for step in plans(sqlite, BY_ID[name]) if " delivery " in step]
    assert steps == ["SEARCH delivery USING INDEX sqlite_autoindex_delivery_1 (id=?)"]


@pytest.mark.parametrize("name", SORTED_BY_INDEX)
def test_an_own_list_comes_out_of_its_index_in_order(sqlite: Database, name: str) -> None:
    steps = plans(sqlite, SORTED_BY_INDEX[name])
    assert [step for step in steps if "TEMP B-TREE" in step] == []


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("newest", "ix_win_mine"),
        ("last used", "ix_win_last_used"),
        ("queue", "ix_win_queue"),
        ("queue", "ix_win_delegated"),
        ("queue", "ix_reporting_of"),
        ("manager", "uq_reporting_current"),
        ("asked by", "uq_reporting_asked"),
        ("purge", "ix_win_deleted"),
    ],
)
def test_an_index_made_for_a_list_is_used_for_it(sqlite: Database, name: str, index: str) -> None:
    assert any(index in step for step in plans(sqlite, (SORTED_BY_INDEX | FOUND_BY_INDEX)[name]))
