"""Everybody reports to at most one person, and who it was is not forgotten."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from storage import reporting
from storage.database import Database
from storage.models import Reporting
from tests.storage.conftest import NOW
from tests.storage.racing import at_once, through_transact
from tests.storage.rows import MINUTE, Keys, Team

LATER = NOW + timedelta(days=30)


@pytest.fixture
def team(database: Database) -> Team:
    return Team.made(database)


def manager(team: Team, person: int) -> int | None:
    found = team.database.run(reporting.manager_of, workspace_id=team.place, member_id=person)
    return None if found is None else found.id


def kept(team: Team, person: int) -> Sequence[Reporting]:
    def read(session: Session) -> Sequence[Reporting]:
        theirs = select(Reporting).where(Reporting.member_id == person).order_by(col(Reporting.id))
        return session.exec(theirs).all()

    return team.database.run(read)


def ask(team: Team, person: int, manager_id: int) -> int:
    made = team.database.run(
        reporting.ask, workspace_id=team.place, member_id=person, manager_id=manager_id, now=LATER
    )
    assert made.id is not None
    return made.id


def test_a_manager_is_whoever_has_somebody_reporting_to_them(team: Team) -> None:
    assert manager(team, team.ana) == team.ben
    assert manager(team, team.ben) is None
    found = team.database.run(reporting.reports_of, workspace_id=team.place, manager_id=team.ben)
    assert [person.id for person in found] == [team.ana, team.eli]
    are = [
        team.database.run(reporting.is_manager, workspace_id=team.place, member_id=person)
        for person in (team.ben, team.gus, team.ana)
    ]
    assert are == [True, False, False]
    assert team.database.run(reporting.chain, workspace_id=team.place) == {
        team.ana: team.ben,
        team.eli: team.ben,
    }


def test_a_new_manager_takes_over_and_the_one_before_is_remembered(team: Team) -> None:
    ask(team, team.ana, team.gus)
    team.reports(team.ana, to=team.gus, now=LATER)
    assert manager(team, team.ana) == team.gus
    assert [(row.state, row.manager_id, row.since, row.until) for row in kept(team, team.ana)] == [
        ("ended", team.ben, NOW, LATER),
        ("ended", team.gus, None, LATER),
        ("current", team.gus, LATER, None),
    ]


def test_the_same_manager_again_changes_nothing_but_ends_the_ask(team: Team) -> None:
    ask(team, team.ana, team.gus)
    team.reports(team.ana, to=team.ben, now=LATER)
    assert [(row.state, row.manager_id, row.since) for row in kept(team, team.ana)] == [
        ("current", team.ben, NOW),
        ("ended", team.gus, None),
    ]


def test_an_ask_is_open_until_the_manager_accepts_it(team: Team) -> None:
    asked = ask(team, team.ana, team.gus)
    assert manager(team, team.ana) == team.ben
    waiting = team.database.run(reporting.asked_of, workspace_id=team.place, manager_id=team.gus)
    assert [(row.id, who.id) for row, who in waiting] == [(asked, team.ana)]
    mine = team.database.run(reporting.asked_by, workspace_id=team.place, member_id=team.ana)
    assert mine is not None
    assert (mine[0].id, mine[1].id) == (asked, team.gus)

    keys: Keys = {"workspace_id": team.place, "reporting_id": asked, "manager_id": team.gus}
    accepted = team.database.run(reporting.accept, **keys, now=LATER + MINUTE)
    assert accepted is not None
    assert (accepted.state, accepted.since, accepted.set_by) == ("current", LATER + MINUTE, team.gus)
    assert manager(team, team.ana) == team.gus
    assert [row.state for row in kept(team, team.ana)] == ["ended", "current"]
    assert team.database.run(reporting.asked_of, workspace_id=team.place, manager_id=team.gus) == []
    assert team.database.run(reporting.accept, **keys, now=LATER) is None


def test_a_refused_ask_leaves_everything_as_it_was(team: Team) -> None:
    asked = ask(team, team.ana, team.gus)
    keys: Keys = {"workspace_id": team.place, "reporting_id": asked, "manager_id": team.gus, "now": LATER}
    refused = team.database.run(reporting.refuse, **keys)
    assert refused is not None
    assert (refused.state, refused.since) == ("ended", None)
    assert manager(team, team.ana) == team.ben
    assert team.database.run(reporting.refuse, **keys) is None
    assert team.database.run(reporting.accept, **keys) is None


def test_asking_another_replaces_the_earlier_ask(team: Team) -> None:
    first = ask(team, team.gus, team.ben)
    second = ask(team, team.gus, team.eli)
    found = [
        team.database.run(reporting.find_ask, workspace_id=team.place, reporting_id=one)
        for one in (first, second)
    ]
    assert [one is not None for one in found] == [False, True]
    assert team.database.run(reporting.asked_of, workspace_id=team.place, manager_id=team.ben) == []


def test_only_who_was_asked_can_answer_and_only_in_their_workspace(team: Team) -> None:
    asked = ask(team, team.ana, team.gus)
    for place, person in ((team.place, team.ben), (team.place, team.ana), (team.elsewhere, team.gus)):
        keys: Keys = {"workspace_id": place, "reporting_id": asked, "manager_id": person, "now": LATER}
        assert team.database.run(reporting.accept, **keys) is None
        assert team.database.run(reporting.refuse, **keys) is None
    assert team.database.run(reporting.find_ask, workspace_id=team.elsewhere, reporting_id=asked) is None
    assert [row.state for row in kept(team, team.ana)] == ["current", "asked"]


def test_somebody_can_stop_reporting_to_anybody(team: Team) -> None:
    keys: Keys = {"workspace_id": team.place, "member_id": team.ana, "now": LATER}
    over = team.database.run(reporting.end, **keys)
    assert over is not None
    assert (over.manager_id, over.until) == (team.ben, LATER)
    assert manager(team, team.ana) is None
    assert team.database.run(reporting.end, **keys) is None


def test_nobody_reports_across_workspaces(team: Team) -> None:
    for person, boss in ((team.ana, team.lou), (team.cy, team.ben), (team.ana, -1)):
        keys: Keys = {"workspace_id": team.place, "member_id": person, "manager_id": boss, "now": LATER}
        with pytest.raises(LookupError):
            team.database.run(reporting.assign, **keys, set_by=team.ben)
        with pytest.raises(LookupError):
            team.database.run(reporting.ask, **keys)
    assert manager(team, team.ana) == team.ben


def test_another_workspace_sees_none_of_it(team: Team) -> None:
    ask(team, team.ana, team.gus)
    there = team.elsewhere
    assert team.database.run(reporting.manager_of, workspace_id=there, member_id=team.ana) is None
    assert team.database.run(reporting.reports_of, workspace_id=there, manager_id=team.ben) == []
    assert not team.database.run(reporting.is_manager, workspace_id=there, member_id=team.ben)
    assert team.database.run(reporting.chain, workspace_id=there) == {team.cy: team.lou}
    assert team.database.run(reporting.asked_of, workspace_id=there, manager_id=team.gus) == []
    assert team.database.run(reporting.asked_by, workspace_id=there, member_id=team.ana) is None
    assert team.database.run(reporting.end, workspace_id=there, member_id=team.ana, now=LATER) is None


def test_two_assignments_at_once_leave_one_manager(team: Team) -> None:
    def to(boss: int) -> Any:
        def work(session: Session) -> int:
            made = reporting.assign(
                session, workspace_id=team.place, member_id=team.ana, manager_id=boss, set_by=boss, now=LATER
            )
            return made.manager_id

        return work

    assert through_transact(team.database, to(team.gus), to(team.eli)) == [team.gus, team.eli]
    states = [row.state for row in kept(team, team.ana)]
    assert states.count("current") == 1
    assert len(states) == 3


def test_two_who_each_looked_first_cannot_close_a_loop(postgresql: Database) -> None:
    team = Team.made(postgresql)

    def unless_loop(person: int, boss: int) -> Any:
        def work(session: Session) -> bool:
            reporting.take_turn(session, workspace_id=team.place)
            if reporting.chain(session, workspace_id=team.place).get(boss) == person:
                return False
            keys = {"workspace_id": team.place, "member_id": person, "manager_id": boss}
            reporting.assign(session, **keys, set_by=boss, now=LATER)
            return True

        return work

    done = at_once(postgresql, unless_loop(team.ben, team.gus), unless_loop(team.gus, team.ben))
    assert sorted(done) == [False, True]


@pytest.mark.parametrize(
    "spoiled",
    [
        {"state": "planned"},
        {"manager_id": "member"},
        {"state": "asked", "asked_at": None},
        {"state": "current", "since": None},
        {"state": "current", "until": NOW},
        {"state": "asked", "until": NOW},
        {"state": "ended", "until": None},
        {"manager_id": -1},
        {"workspace_id": -1},
        {"set_by": -1},
    ],
    ids=str,
)
def test_a_row_that_makes_no_sense_is_refused_by_the_database(team: Team, spoiled: dict[str, Any]) -> None:
    columns: Keys = {"workspace_id": team.place, "member_id": team.gus, "manager_id": team.ben}
    columns |= {"asked_at": NOW, "since": NOW, "state": "asked"}
    made: Keys = {
        **columns,
        **{name: team.gus if value == "member" else value for name, value in spoiled.items()},
    }

    def write(session: Session) -> None:
        session.add(Reporting(**made))

    with pytest.raises(IntegrityError):
        team.database.run(write)
    assert kept(team, team.gus) == []


@pytest.mark.parametrize("state", ["current", "asked"])
def test_the_database_itself_refuses_a_second_open_row(team: Team, state: str) -> None:
    def write(session: Session) -> None:
        keys: Keys = {"workspace_id": team.place, "member_id": team.gus, "state": state}
        session.add(Reporting(**keys, manager_id=team.ben, asked_at=NOW, since=NOW))

    team.database.run(write)
    with pytest.raises(IntegrityError):
        team.database.run(write)
