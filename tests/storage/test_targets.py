"""Targets are proposed by one side and agreed by the other, and what was before is not forgotten."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from storage import targets
from storage.models import CLOSINGS
from tests.databases import Databases
from tests.storage.aims import DUE, LATER, STARTS, agree, agreed, close, open_of, propose, told
from tests.storage.conftest import NOW
from tests.storage.copies import copy_of, first_team
from tests.storage.rows import MINUTE, Keys, Team
from tests.storage.test_indexes import plans, reads_whole_table


@pytest.fixture(scope="module")
def first(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Team:
    return first_team(databases, tmp_path_factory.mktemp("first"))


@pytest.fixture
def team(first: Team, tmp_path: Path) -> Iterator[Team]:
    with copy_of(first, tmp_path) as team:
        yield team


def test_a_proposal_keeps_all_that_was_said(team: Team) -> None:
    made = propose(team, team.ana, team.ben)
    found = team.database.run(targets.get, workspace_id=team.place, target_id=made.id or 0)
    assert found is not None
    assert (found.from_value, found.to_value, found.starts, found.due) == (
        Decimal(120),
        Decimal("138.5"),
        STARTS,
        DUE,
    )
    assert (found.state, found.proposed_by, found.proposed_at) == ("proposed", team.ben, NOW)
    assert (found.agreed_by, found.closing, found.closed_at) == (None, None, None)
    assert open_of(team, team.ana) == [(made.id, "proposed")]


def test_a_target_can_start_from_nothing_known(team: Team) -> None:
    assert propose(team, team.ana, team.ana, from_value=None).from_value is None


def test_the_liaison_agrees_to_what_the_manager_proposed(team: Team) -> None:
    made = propose(team, team.ana, team.ben)
    found = agree(team, made, team.ana)
    assert found is not None
    assert (found.state, found.proposed_by, found.agreed_by, found.agreed_at) == (
        "agreed",
        team.ben,
        team.ana,
        LATER,
    )
    assert open_of(team, team.ana) == [(made.id, "agreed")]


def test_the_manager_agrees_to_what_the_liaison_proposed(team: Team) -> None:
    found = agree(team, propose(team, team.ana, team.ana), team.ben)
    assert found is not None
    assert (found.proposed_by, found.agreed_by) == (team.ana, team.ben)


def test_nobody_agrees_with_themselves_nor_two_others_about_a_third(team: Team) -> None:
    mine, about_ana = propose(team, team.eli, team.eli), propose(team, team.ana, team.ben)
    assert agree(team, mine, team.eli) is None
    assert agree(team, about_ana, team.ben) is None
    assert agree(team, about_ana, team.gus) is None
    assert [state for _, state in (*open_of(team, team.ana), *open_of(team, team.eli))] == ["proposed"] * 2


def test_a_counter_proposal_takes_the_place_of_the_proposal(team: Team) -> None:
    first = propose(team, team.ana, team.ben)
    second = propose(team, team.ana, team.ana, to_value=Decimal(130), now=LATER)
    assert told(team, team.ana) == [(first.id, "closed", "replaced"), (second.id, "proposed", None)]
    replaced = team.database.run(targets.get, workspace_id=team.place, target_id=first.id or 0)
    assert replaced is not None
    assert (replaced.closed_by, replaced.closed_at, replaced.to_value) == (team.ana, LATER, Decimal("138.5"))
    assert agree(team, first, team.ana) is None
    assert agree(team, second, team.ben) is not None


def test_what_was_agreed_holds_until_the_new_one_is_agreed(team: Team) -> None:
    first = agreed(team, team.ana)
    second = propose(team, team.ana, team.ben, to_value=Decimal(150), now=LATER)
    assert open_of(team, team.ana) == [(first.id, "agreed"), (second.id, "proposed")]
    agree(team, second, team.ana)
    assert told(team, team.ana) == [(first.id, "closed", "replaced"), (second.id, "agreed", None)]
    kept = team.database.run(targets.get, workspace_id=team.place, target_id=first.id or 0)
    assert kept is not None
    assert (kept.agreed_by, kept.closed_by, kept.to_value) == (team.ana, team.ana, Decimal("138.5"))


def test_each_metric_has_a_target_of_its_own(team: Team) -> None:
    agreed(team, team.ana)
    propose(team, team.ana, team.ben, metric="active_referrers")
    propose(team, team.eli, team.ben)
    assert [state for _, state in open_of(team, team.ana)] == ["agreed", "proposed"]
    assert [state for _, state in open_of(team, team.eli)] == ["proposed"]


@pytest.mark.parametrize("closing", CLOSINGS)
def test_a_target_is_closed_with_how_by_whom_and_when(team: Team, closing: str) -> None:
    open_one = agreed(team, team.ana) if CLOSINGS[closing] == "agreed" else propose(team, team.ana, team.ben)
    found = close(team, open_one, closing, team.ana)
    assert found is not None
    assert (found.state, found.closing, found.closed_by, found.closed_at) == (
        "closed",
        closing,
        team.ana,
        LATER,
    )
    assert open_of(team, team.ana) == []
    assert close(team, open_one, closing, team.ana) is None


@pytest.mark.parametrize("closing", CLOSINGS)
def test_nothing_is_closed_in_a_way_that_does_not_fit_its_state(team: Team, closing: str) -> None:
    other = propose(team, team.ana, team.ben) if CLOSINGS[closing] == "agreed" else agreed(team, team.ana)
    assert close(team, other, closing, team.ana) is None
    assert open_of(team, team.ana) == [(other.id, other.state)]


def test_time_ends_a_target_without_anybody(team: Team) -> None:
    found = close(team, agreed(team, team.ana), "ended", None)
    assert found is not None
    assert found.closed_by is None


def test_replacing_is_not_a_way_to_close(team: Team) -> None:
    with pytest.raises(KeyError):
        close(team, propose(team, team.ana, team.ben), "replaced", team.ana)


def test_a_manager_sees_what_their_reports_proposed_themselves(team: Team) -> None:
    second = propose(team, team.eli, team.eli, now=LATER)
    first = propose(team, team.ana, team.ana)
    propose(team, team.ana, team.ben, metric="active_referrers")
    agree(team, propose(team, team.ana, team.ana, metric="no_shows"), team.ben)
    propose(team, team.gus, team.gus)
    waiting = team.database.run(targets.proposals_for, workspace_id=team.place, manager_id=team.ben)
    assert [(one.target.id, one.owner.user_id) for one in waiting] == [
        (first.id, "U0ANA"),
        (second.id, "U0ELI"),
    ]


def test_proposals_go_to_whoever_is_the_manager_now(team: Team) -> None:
    propose(team, team.ana, team.ana)
    team.reports(team.ana, to=team.gus, now=LATER)

    def waiting(boss: int) -> int:
        keys: Keys = {"workspace_id": team.place, "manager_id": boss}
        return len(team.database.run(targets.proposals_for, **keys))

    assert (waiting(team.ben), waiting(team.gus)) == (0, 1)


def test_the_open_targets_of_a_team_are_read_together(team: Team) -> None:
    agreed(team, team.eli)
    agreed(team, team.ana)
    propose(team, team.ana, team.ben, metric="no_shows")
    close(team, agreed(team, team.eli, metric="no_shows"), "ended", team.ben)
    propose(team, team.gus, team.gus)
    found = team.database.run(targets.open_of_team, workspace_id=team.place, manager_id=team.ben)
    assert [(one.member_id, one.metric, one.state) for one in found] == [
        (team.ana, "referrals", "agreed"),
        (team.ana, "no_shows", "proposed"),
        (team.eli, "referrals", "agreed"),
    ]


def test_nobody_proposes_across_workspaces(team: Team) -> None:
    for person, by in ((team.cy, team.ben), (team.ana, team.lou), (-1, team.ben)):
        with pytest.raises(LookupError):
            propose(team, person, by)
    assert told(team, team.ana) == []


def test_another_workspace_sees_and_changes_none_of_it(team: Team) -> None:
    proposed, there = propose(team, team.ana, team.ana), team.elsewhere
    running = agreed(team, team.ana, metric="no_shows")
    assert agree(team, proposed, team.ben, workspace_id=there) is None
    assert agree(team, proposed, team.lou) is None
    assert close(team, proposed, "refused", team.lou, workspace_id=there) is None
    assert close(team, running, "ended", team.lou, workspace_id=there) is None
    assert team.database.run(targets.get, workspace_id=there, target_id=running.id or 0) is None
    for read in (targets.open_of, targets.history):
        assert team.database.run(read, workspace_id=there, member_id=team.ana) == []
    for read_team in (targets.proposals_for, targets.open_of_team):
        reading: Callable[..., Any] = read_team
        assert team.database.run(reading, workspace_id=there, manager_id=team.ben) == []
    assert open_of(team, team.ana) == [(proposed.id, "proposed"), (running.id, "agreed")]


OWN: Keys = {"workspace_id": 1, "member_id": 1}
MANAGED: Keys = {"workspace_id": 1, "manager_id": 1}
READINGS: dict[str, Callable[[Session], object]] = {
    "open": lambda session: targets.open_of(session, **OWN),
    "history": lambda session: targets.history(session, **OWN),
    "of a team": lambda session: targets.open_of_team(session, **MANAGED),
    "proposals": lambda session: targets.proposals_for(session, **MANAGED),
    "agree": lambda session: targets.agree(session, workspace_id=1, target_id=1, by=1, now=NOW),
}


@pytest.mark.parametrize("name", READINGS)
def test_no_reading_goes_through_the_whole_table(team: Team, name: str) -> None:
    steps = plans(team.database, READINGS[name])
    assert [step for step in steps if reads_whole_table(step)] == []


def test_the_moment_between_two_proposals_decides_their_order(team: Team) -> None:
    second = propose(team, team.ana, team.ben, now=NOW + MINUTE)
    first = propose(team, team.ana, team.ben, metric="no_shows")
    assert open_of(team, team.ana) == [(first.id, "proposed"), (second.id, "proposed")]
