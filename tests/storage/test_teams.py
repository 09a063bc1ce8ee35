"""A manager's list tells how much waits and when the last win was, and nothing of what is not theirs to see."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from storage import teams
from storage.database import Database
from tests.storage.conftest import NOW
from tests.storage.rows import DAY, Keys, Team
from tests.storage.test_indexes import plans, reads_whole_table

LATER = timedelta(days=1)


@pytest.fixture
def people(database: Database) -> Team:
    return Team.made(database)


def test_a_manager_sees_what_waits_and_the_last_shared_win_of_each(people: Team) -> None:
    people.logs(people.ana, "A1", status="shared")
    people.logs(people.ana, "A2", status="verified", happened_on=DAY + LATER)
    people.logs(people.ana, "A3", status="shared", delegate_id=people.gus, happened_on=DAY - LATER)
    people.logs(people.eli, "E1", happened_on=DAY)
    people.logs(people.eli, "E2", status="declined")
    people.logs(people.eli, "E3", status="shared", deleted_at=NOW)

    rows = people.database.run(teams.team, workspace_id=people.place, manager_id=people.ben)

    assert [(row.member.id, row.waiting, row.last_win) for row in rows] == [
        (people.ana, 1, DAY + LATER),
        (people.eli, 0, None),
    ]
    assert rows[0].reporting.since == NOW


def test_one_of_the_team_is_found_only_by_their_manager_and_only_while_they_are_it(people: Team) -> None:
    def found(place: int, manager: int) -> int | None:
        keys: Keys = {"workspace_id": place, "manager_id": manager, "reporting_id": number}
        row = people.database.run(teams.report, **keys)
        return None if row is None else row.member.id

    above = people.database.run(teams.above, workspace_id=people.place, member_id=people.ana)
    assert above is not None
    assert above[1].id == people.ben
    number = above[0].id
    assert number is not None
    assert found(people.place, people.ben) == people.ana
    assert found(people.place, people.gus) is None
    assert found(people.elsewhere, people.ben) is None

    people.reports(people.ana, to=people.gus)

    assert found(people.place, people.ben) is None
    assert people.database.run(teams.above, workspace_id=people.elsewhere, member_id=people.ana) is None


@pytest.mark.parametrize("name", ["team", "report", "above"])
def test_no_list_of_people_reads_a_whole_table(sqlite: Database, name: str) -> None:
    def read(session: Session) -> object:
        mine = {"workspace_id": 1, "manager_id": 1}
        if name == "above":
            return teams.above(session, workspace_id=1, member_id=1)
        return (
            teams.team(session, **mine) if name == "team" else teams.report(session, **mine, reporting_id=1)
        )

    assert [step for step in plans(sqlite, read) if reads_whole_table(step)] == []
