"""Workspaces and members are found by both of their names, and made once."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import Session, SQLModel, col

from storage import audit, members, workspaces
from storage.database import Database
from storage.members import Person
from storage.models import AuditEvent, Member, Workspace
from tests.storage.conftest import HOUR, NOW, member, workspace
from tests.storage.racing import at_once


def rows(session: Session, table: type[SQLModel]) -> int:
    count: int = session.execute(select(func.count()).select_from(table)).scalar_one()
    return count


@pytest.mark.parametrize(
    ("enterprise", "team", "org_wide", "key"),
    [
        (None, "T1", False, "T1"),
        ("E1", "T1", False, "T1"),
        ("E1", "T1", True, "E1"),
        ("E1", None, True, "E1"),
    ],
)
def test_a_workspace_is_known_by_its_enterprise_only_when_installed_org_wide(
    enterprise: str | None, team: str | None, org_wide: bool, key: str
) -> None:
    assert workspaces.workspace_key(enterprise_id=enterprise, team_id=team, org_wide=org_wide) == key


@pytest.mark.parametrize(
    ("enterprise", "team", "org_wide"),
    [(None, None, False), ("E1", None, False), (None, "T1", True), ("", "", True)],
)
def test_a_place_without_its_name_is_refused(
    enterprise: str | None, team: str | None, org_wide: bool
) -> None:
    with pytest.raises(ValueError, match="neither a team nor an enterprise"):
        workspaces.workspace_key(enterprise_id=enterprise, team_id=team, org_wide=org_wide)


def test_a_workspace_is_made_once_and_takes_its_newest_name(database: Database) -> None:
    def ensure(session: Session, name: str) -> int | None:
        return workspaces.ensure(session, "T1", enterprise_id=None, team_id="T1", name=name, now=NOW).id

    ids = {database.run(ensure, name) for name in ("Riverside", "Riverside Health", "")}
    found = database.run(workspaces.by_key, "T1")
    assert found is not None
    assert ids == {found.id}
    assert (found.name, found.created_at) == ("Riverside Health", NOW)
    assert database.run(workspaces.by_key, "T2") is None


def test_only_the_paused_workspace_is_paused(database: Database, riverside: int, lakeview: int) -> None:
    def paused(session: Session) -> list[str | None]:
        return [session.get_one(Workspace, key).paused_reason for key in (riverside, lakeview)]

    database.run(workspaces.pause, riverside, "token_revoked")
    assert database.run(paused) == ["token_revoked", None]
    database.run(workspaces.resume, riverside)
    assert database.run(paused) == [None, None]


def test_somebody_is_met_the_first_time_and_known_after(database: Database, riverside: int) -> None:
    first, place = database.run(
        members.meet, Person(riverside, "U0ANA", team_id="T0RIVERSIDE", name="Ana"), NOW
    )
    again, _ = database.run(members.meet, Person(riverside, "U0ANA", name="Somebody"), NOW + HOUR)
    assert (again.id, again.name, again.team_id, again.created_at) == (first.id, "Ana", "T0RIVERSIDE", NOW)
    assert place.id == riverside
    assert (first.nudge_weekday, first.nudge_time.hour, first.next_nudge_at) == (0, 9, None)


def test_the_same_user_id_in_another_workspace_is_another_person(
    database: Database, riverside: int, lakeview: int
) -> None:
    here = database.run(member, riverside, "U0ANA")
    there = database.run(member, lakeview, "U0ANA")
    assert here != there
    for workspace_id, member_id in ((riverside, here), (lakeview, there)):
        found, place = database.run(members.meet, Person(workspace_id, "U0ANA"), NOW)
        assert (found.id, place.id) == (member_id, workspace_id)


def test_another_user_in_the_same_workspace_is_another_person(database: Database, riverside: int) -> None:
    assert database.run(member, riverside, "U0ANA") != database.run(member, riverside, "U0ELI")


def test_a_member_comes_with_their_own_workspace(database: Database, lakeview: int, ana: int) -> None:
    cy = database.run(member, lakeview, "U0CY")
    found, place = database.run(members.with_workspace, cy)
    assert (found.user_id, place.id) == ("U0CY", lakeview)


def test_two_first_requests_at_once_make_one_member(postgresql: Database) -> None:
    place = postgresql.run(workspace, "T1")
    met = at_once(postgresql, *[lambda session: member(session, place, "U0ANA")] * 4)
    assert len(set(met)) == 1
    assert postgresql.run(rows, Member) == 1


def test_two_first_requests_at_once_make_one_workspace(postgresql: Database) -> None:
    made = at_once(postgresql, *[lambda session: workspace(session, "T1")] * 4)
    assert len(set(made)) == 1
    assert postgresql.run(rows, Workspace) == 1


def test_the_trail_says_who_did_what_and_when(database: Database, riverside: int, ana: int) -> None:
    trail: dict[str, Any] = {
        "workspace_id": riverside,
        "action": "win.logged",
        "subject": "win:1",
        "now": NOW,
    }

    def recorded(session: Session) -> list[AuditEvent]:
        for actor in (ana, None):
            audit.record(session, actor_id=actor, **trail)
        return list(session.scalars(select(AuditEvent).order_by(col(AuditEvent.id))))

    kept = database.run(recorded)
    assert [(event.actor_id, event.action, event.subject, event.at) for event in kept] == [
        (ana, "win.logged", "win:1", NOW),
        (None, "win.logged", "win:1", NOW),
    ]


def test_what_is_undone_leaves_no_trail(database: Database, riverside: int) -> None:
    def undone(session: Session) -> None:
        audit.record(session, workspace_id=riverside, actor_id=None, action="x", subject="", now=NOW)
        raise KeyError

    with pytest.raises(KeyError):
        database.run(undone)
    assert database.run(rows, AuditEvent) == 0
