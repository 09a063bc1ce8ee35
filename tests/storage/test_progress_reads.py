"""Progress reads the wins that count and no others, quickly, and a whole team's at once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from slackbot.rules.progress.entries import Entry
from storage import progress
from storage.database import Database
from storage.models import WIN_STATUSES
from storage.progress import Figures
from tests.databases import Databases
from tests.storage.copies import copy_of, first_team
from tests.storage.rows import DAY, Keys, Team
from tests.storage.test_indexes import overheard, plans, reads_whole_table

CLAIMED_OR_VERIFIED = {"verified", "shared", "needs_info"}


@pytest.fixture(scope="module")
def first(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Team:
    return first_team(databases, tmp_path_factory.mktemp("first"))


@pytest.fixture
def team(first: Team, tmp_path: Path) -> Iterator[Team]:
    with copy_of(first, tmp_path) as team:
        yield team


def counting(team: Team, person: int, *, private: bool = False) -> list[Figures]:
    keys: Keys = {"workspace_id": team.place, "member_id": person, "private": private}
    return list(team.database.run(progress.counting, **keys))


def of_team(team: Team, boss: int) -> list[Figures]:
    keys: Keys = {"workspace_id": team.place, "manager_id": boss}
    return list(team.database.run(progress.counting_of_team, **keys))


def one_in_each_status(team: Team, person: int) -> None:
    for status in WIN_STATUSES:
        team.logs(person, f"{person} {status}", status=status)


def test_what_is_declined_or_withdrawn_counts_for_nothing(team: Team) -> None:
    one_in_each_status(team, team.ana)
    assert {row.status for row in counting(team, team.ana, private=True)} == CLAIMED_OR_VERIFIED | {"private"}


def test_private_wins_are_for_their_owners_eyes_only(team: Team) -> None:
    one_in_each_status(team, team.ana)
    assert {row.status for row in counting(team, team.ana)} == CLAIMED_OR_VERIFIED
    assert {row.status for row in of_team(team, team.ben)} == CLAIMED_OR_VERIFIED


def test_a_deleted_win_counts_for_nothing(team: Team) -> None:
    seen = team.logs(team.ana, status="verified")
    team.must_change(seen, team.ana, "deleted")
    assert counting(team, team.ana, private=True) == []
    assert of_team(team, team.ben) == []


def test_every_figure_is_read_as_it_was_logged(database: Database) -> None:
    team = Team.made(database)
    figures: Keys = {
        "baseline": Decimal("-0.5"),
        "result": Decimal("1250000.000001"),
        "sample": 60,
        "part": 46,
        "period": "quarter",
        "period_start": DAY - timedelta(days=90),
        "period_end": DAY,
        "baseline_period": "year",
        "annualized": True,
        "practice": "Oak Street",
        "metric": "no_shows",
        "outcome": "leadership",
    }
    kept = team.logs(team.ana, status="shared", **figures)
    (row,) = counting(team, team.ana)
    assert row._asdict() == {
        **figures,
        "id": kept.id,
        "member_id": team.ana,
        "happened_on": DAY,
        "status": "shared",
    }
    assert of_team(team, team.ben) == [row]


def test_the_rules_take_the_rows_as_they_are(team: Team) -> None:
    for status in ("verified", "private"):
        kept = team.logs(team.ana, status, status=status, sample=9, part=4, period="month", practice="Oak")
        row = next(each for each in counting(team, team.ana, private=True) if each.id == kept.id)
        assert Entry.of(row) == Entry.of(kept)


def test_wins_come_in_the_order_they_happened(team: Team) -> None:
    days = [DAY - timedelta(days=back) for back in (3, 40, 0, 3)]
    logged = [team.logs(team.ana, f"V{number}", happened_on=day) for number, day in enumerate(days)]
    found = [row.id for row in counting(team, team.ana, private=True)]
    assert found == [logged[number].id for number in (1, 0, 3, 2)]


def test_a_team_is_everybody_who_reports_to_them_now(team: Team) -> None:
    for person in (team.eli, team.ana, team.gus, team.ben):
        team.logs(person, status="shared")
    assert [row.member_id for row in of_team(team, team.ben)] == [team.ana, team.eli]
    team.reports(team.ana, to=team.gus)
    assert [row.member_id for row in of_team(team, team.ben)] == [team.eli]
    assert [row.member_id for row in of_team(team, team.gus)] == [team.ana]


def test_another_workspace_sees_none_of_it(team: Team) -> None:
    team.logs(team.ana, status="verified")
    team.logs(team.cy, status="verified")
    there = team.elsewhere
    keys: Keys = {"workspace_id": there, "member_id": team.ana, "private": True}
    assert team.database.run(progress.counting, **keys) == []
    assert team.database.run(progress.counting_of_team, workspace_id=there, manager_id=team.ben) == []
    assert {row.member_id for row in of_team(team, team.ben)} == {team.ana}


def test_a_team_of_any_size_is_read_in_one_statement(team: Team) -> None:
    for person in (team.ana, team.eli):
        one_in_each_status(team, person)
    with overheard(team.database) as said:
        assert len(of_team(team, team.ben)) == 6
    assert len([statement for statement, _ in said if statement.startswith("SELECT")]) == 1


READINGS: dict[str, Callable[[Session], Any]] = {
    "own": lambda session: progress.counting(session, workspace_id=1, member_id=1, private=True),
    "seen": lambda session: progress.counting(session, workspace_id=1, member_id=1, private=False),
    "team": lambda session: progress.counting_of_team(session, workspace_id=1, manager_id=1),
}


@pytest.mark.parametrize("name", READINGS)
def test_the_wins_are_found_by_an_index(team: Team, name: str) -> None:
    steps = plans(team.database, READINGS[name])
    assert [step for step in steps if reads_whole_table(step)] == []
    assert any("SEARCH win USING INDEX" in step for step in steps)


@pytest.mark.parametrize("name", ["own", "seen"])
def test_somebodys_own_come_out_of_the_index_in_order(team: Team, name: str) -> None:
    assert [step for step in plans(team.database, READINGS[name]) if "TEMP B-TREE" in step] == []
