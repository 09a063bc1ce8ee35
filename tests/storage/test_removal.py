"""The app is removed: its tokens are wiped at once, and a month later nothing of that workspace is left."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, get_origin

import pytest
from sqlalchemy import CheckConstraint, Table, func, select
from sqlalchemy.orm import Mapper
from sqlmodel import Session, SQLModel, col

from storage import installations, removal, workspaces
from storage.cipher import Cipher
from storage.database import Database
from storage.models import Delivery, Installation, Row, Workspace
from storage.removal import KEPT_AFTER_UNINSTALL
from storage.workspaces import WorkspaceErasedError
from tests.storage.conftest import NOW, Claim, workspace
from tests.storage.racing import at_once
from tests.storage.test_installations import granted

SECOND = timedelta(seconds=1)
LATER = NOW + KEPT_AFTER_UNINSTALL
_SAMPLES: dict[type, Any] = {
    str: "x", int: 1, bool: False, Decimal: Decimal(1), datetime: NOW, date: NOW.date(), time: time(9), float: 1.0,
    dict: {}, list: [],
}  # fmt: skip


_ALSO: dict[str, dict[str, Any]] = {
    "reporting": {"asked_at": NOW},
    "target": {"due": LATER.date()},
}
"""What a table's constraints ask for beyond what must not be empty."""
_NAMED: dict[str, str] = {"target": "proposed_by"}
"""Whom a row names although its column may be empty: nobody but the erased leave a gap there."""


def owned() -> Iterator[Mapper[Any]]:
    """Every table whose rows are some workspace's, in an order in which they can be written."""
    by_table = {mapper.local_table: mapper for mapper in Row._sa_registry.mappers}
    for table in SQLModel.metadata.sorted_tables:
        if "workspace_id" in table.columns:
            yield by_table[table]


def _sample(name: str, kind: Any, table: Table) -> Any:
    """A value that the column takes: the first that its constraint names, else any of its kind."""
    for check in table.constraints:
        text = str(check.sqltext) if isinstance(check, CheckConstraint) else ""
        if found := re.match(rf"{name} IN \('(\w+)'", text):
            return found[1]
    return _SAMPLES[get_origin(kind) or kind]


def fill(session: Session, workspace_id: int) -> None:
    """A row in every table that has any of a workspace, whichever tables there are."""
    made: dict[str, Any] = {"workspace": workspace_id}
    for mapper in owned():
        table = mapper.local_table
        assert isinstance(table, Table)
        for number in (1, 2) if table.name == "member" else (1,):
            given: dict[str, Any] = {"workspace_id": workspace_id, **_ALSO.get(table.name, {})}
            for name, field in mapper.class_.model_fields.items():
                target = next(iter(table.columns[name].foreign_keys), None)
                if name in given or not (field.is_required() or _NAMED.get(table.name) == name):
                    continue
                # Nobody reports to themselves: whose row it is, is the first member; whoever else is named, the second.
                key = None if target is None else str(target.column.table.name)
                key = "the first member" if name == "member_id" else key
                given[name] = made[key] if key else _sample(name, field.annotation, table)
            if table.name == "member":
                given["user_id"] = f"U{number}"
            row = mapper.class_(**given)
            if table.name != "installation" or not left(session, workspace_id)["installation"]:
                session.add(row)
                session.flush()
                made[table.name] = mapper.primary_key_from_instance(row)[0]
            if table.name == "member":
                made.setdefault("the first member", made["member"])


def left(session: Session, workspace_id: int) -> dict[str, int]:
    """How many rows each table has of a workspace."""
    counts = {}
    for mapper in owned():
        table = mapper.local_table
        assert isinstance(table, Table)
        whose = select(func.count()).select_from(table).where(table.columns["workspace_id"] == workspace_id)
        counts[str(table.name)] = session.execute(whose).scalar_one()
    return counts


def _installed(database: Database, cipher: Cipher, **more: Any) -> int:
    return database.run(installations.save, granted(**more), cipher, NOW)


def _workspace(database: Database, place: int) -> Workspace | None:
    return database.run(lambda session: session.get(Workspace, place))


def _rows(database: Database) -> list[tuple[str, str, str | None]]:
    def read(session: Session) -> list[tuple[str, str, str | None]]:
        rows = session.scalars(select(Installation).order_by(col(Installation.id)))
        return [(row.state, row.token, row.refresh_token) for row in rows]

    return database.run(read)


@pytest.mark.parametrize(
    "told",
    [
        ("uninstalled",),
        ("revoked", "uninstalled"),
        ("uninstalled", "revoked"),
        ("revoked", "revoked", "uninstalled", "uninstalled", "revoked"),
    ],
)
def test_however_slack_says_it_the_tokens_are_gone_and_the_month_begins_once(
    sqlite: Database, cipher: Cipher, told: tuple[str, ...]
) -> None:
    place = _installed(sqlite, cipher, bot_refresh_token="xoxe-1-secret", bot_token_expires_in=43_200)
    first = [
        sqlite.run(removal.end, place, state, NOW + SECOND * number) for number, state in enumerate(told)
    ]

    assert first == [True, *[False] * (len(told) - 1)]
    assert _rows(sqlite) == [("uninstalled", "", None)]
    found = _workspace(sqlite, place)
    assert found is not None
    assert (found.removed_at, found.paused_reason) == (NOW, removal.WHY)
    assert removal.erased_on(found) == LATER


def test_what_waited_to_be_sent_is_skipped_and_says_why(
    database: Database, claim: Claim, riverside: int
) -> None:
    claimed, sent = claim(), claim(slot="2026-W47", state="sent")
    database.run(removal.end, riverside, "uninstalled", NOW)

    def read(session: Session) -> dict[str, tuple[str, str | None]]:
        return {row.id: (row.state, row.reason) for row in session.scalars(select(Delivery))}

    assert database.run(read) == {claimed: ("skipped", removal.WHY), sent: ("sent", None)}


def test_added_again_within_the_month_everything_is_there(database: Database, cipher: Cipher) -> None:
    place = _installed(database, cipher)
    database.run(fill, place)
    before = database.run(left, place)
    database.run(removal.end, place, "uninstalled", NOW)
    assert database.run(removal.erase_removed, LATER - SECOND) == 0

    assert _installed(database, cipher) == place
    assert database.run(removal.erase_removed, LATER + SECOND) == 0
    assert database.run(left, place) == before | {"installation": before["installation"] + 1}
    found = _workspace(database, place)
    assert found is not None
    assert (found.removed_at, found.paused_reason) == (None, None)


def test_after_the_month_no_table_has_a_row_of_it_and_the_others_keep_theirs(
    database: Database, riverside: int, lakeview: int
) -> None:
    for place in (riverside, lakeview):
        database.run(fill, place)
    before = database.run(left, lakeview)
    assert min(before.values()) > 0, "a table is not filled"
    database.run(removal.end, riverside, "uninstalled", NOW)

    assert database.run(removal.erase_removed, LATER) == 1
    assert set(database.run(left, riverside).values()) == {0}
    assert _workspace(database, riverside) is None
    assert database.run(left, lakeview) == before
    assert database.run(removal.erase_removed, LATER) == 0


def test_a_workspace_of_which_nobody_said_anything_stays(database: Database, riverside: int) -> None:
    assert database.run(removal.erase_removed, LATER + timedelta(days=999)) == 0
    assert _workspace(database, riverside) is not None


def test_the_longest_gone_is_erased_first_one_at_a_time(
    database: Database, riverside: int, lakeview: int
) -> None:
    database.run(removal.end, lakeview, "uninstalled", NOW)
    database.run(removal.end, riverside, "uninstalled", NOW + SECOND)

    assert database.run(removal.erase_removed, LATER + SECOND) == 1
    assert _workspace(database, lakeview) is None
    assert database.run(removal.erase_removed, LATER + SECOND) == 1
    assert _workspace(database, riverside) is None


def test_erased_and_added_again_at_the_same_moment_it_is_whole_or_told_to_try_again(
    postgresql: Database, cipher: Cipher
) -> None:
    place = _installed(postgresql, cipher)
    postgresql.run(removal.end, place, "uninstalled", NOW)

    def again(session: Session) -> int | None:
        try:
            return installations.save(session, granted(), cipher, LATER)
        except WorkspaceErasedError:
            session.rollback()
            return None

    _, outcome = at_once(postgresql, lambda session: removal.erase_removed(session, LATER), again)
    if outcome is not None:
        assert postgresql.run(installations.access_of, outcome, cipher) is not None
    assert _installed(postgresql, cipher) is not None


def test_a_workspace_that_was_erased_cannot_be_resumed(database: Database, riverside: int) -> None:
    database.run(removal.end, riverside, "uninstalled", NOW)
    database.run(removal.erase_removed, LATER)
    with pytest.raises(WorkspaceErasedError):
        database.run(workspaces.resume, riverside)


def test_only_what_was_paused_for_that_reason_goes_on(database: Database, riverside: int) -> None:
    other = database.run(workspace, "T0OTHER")
    database.run(workspaces.pause, riverside, "no new token: x")
    database.run(workspaces.pause, other, "account_inactive")
    for place in (riverside, other):
        database.run(workspaces.resume_after, place, "no new token")

    reasons = [found.paused_reason for place in (riverside, other) if (found := _workspace(database, place))]
    assert reasons == [None, "account_inactive"]
