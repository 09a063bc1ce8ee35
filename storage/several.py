"""Several people in one statement: how it names them, and what it found for each."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple, Protocol, TypeVar

from sqlalchemy import ColumnElement, bindparam


class Whose(NamedTuple):
    """A member, and the workspace they are in."""

    workspace_id: int
    member_id: int


class _OfMember(Protocol):
    @property
    def member_id(self) -> int: ...


T = TypeVar("T", bound=_OfMember)


def of_these(columns: Any) -> tuple[ColumnElement[bool], ...]:
    """The condition that a row of these columns belongs to one of the people whom `these` names."""
    return (
        columns.workspace_id.in_(bindparam("workspaces", expanding=True)),
        columns.member_id.in_(bindparam("members", expanding=True)),
    )


def these(people: Collection[Whose]) -> dict[str, list[int]]:
    """What to bind. A member is of one workspace, so that each column can be asked for by itself."""
    return {
        "workspaces": sorted({each.workspace_id for each in people}),
        "members": sorted({each.member_id for each in people}),
    }


def by_member(rows: Iterable[T]) -> defaultdict[int, list[T]]:
    """The rows of each member, in the order they come in."""
    found: defaultdict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[row.member_id].append(row)
    return found
