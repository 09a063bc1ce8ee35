"""Targets are proposed by one side and agreed by the other, and what was before is not forgotten."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from storage import targets
from storage.database import Database
from storage.models import CLOSINGS, Target
from tests.databases import Databases
from tests.storage.conftest import NOW
from tests.storage.copies import copy_of, first_team
from tests.storage.racing import at_once, through_transact
from tests.storage.rows import MINUTE, Keys, Team
from tests.storage.test_indexes import plans, reads_whole_table

STARTS, DUE = date(2027, 1, 1), date(2027, 12, 31)
LATER = NOW + timedelta(days=1)


@pytest.fixture(scope="module")
def first(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Team:
    return first_team(databases, tmp_path_factory.mktemp("first"))


@pytest.fixture
def team(first: Team, tmp_path: Path) -> Iterator[Team]:
    with copy_of(first, tmp_path) as team:
        yield team


@pytest.fixture
def both(database: Database) -> Team:
    """On each engine, for what the engines do themselves."""
    return Team.made(database)


def aim(team: Team, person: int, by: int, **columns: Any) -> Keys:
    given = {"outcome": "referral_growth", "metric": "referrals", "starts": STARTS, "due": DUE, "now": NOW}
    given |= {"from_value": Decimal(120), "to_value": Decimal("138.5")}
    return {"workspace_id": team.place, "member_id": person, "by": by, **given, **columns}


def propose(team: Team, person: int, by: int, **columns: Any) -> Target:
    return team.database.run(targets.propose, **aim(team, person, by, **columns))


def agree(team: Team, target: Target, by: int, **keys: Any) -> Target | None:
    asked = {"workspace_id": team.place, "target_id": target.id, "by": by, "now": LATER, **keys}
    return team.database.run(targets.agree, **asked)


def close(team: Team, target: Target, closing: str, by: int | None, **keys: Any) -> Target | None:
    asked = {"workspace_id": team.place, "target_id": target.id, "by": by, "now": LATER, **keys}
    return team.database.run(targets.close, closing=closing, **asked)


def agreed(team: Team, person: int, **columns: Any) -> Target:
    found = agree(team, propose(team, person, team.ben, **columns), person)
    assert found is not None, "it was just proposed"
    return found


def open_of(team: Team, person: int) -> list[tuple[int | None, str]]:
    found = team.database.run(targets.open_of, workspace_id=team.place, member_id=person)
    return [(target.id, target.state) for target in found]


def told(team: Team, person: int) -> list[tuple[int | None, str, str | None]]:
    kept = team.database.run(targets.history, workspace_id=team.place, member_id=person)
    return [(target.id, target.state, target.closing) for target in kept]


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


def test_of_two_proposals_at_once_one_replaces_the_other(both: Team) -> None:
    def of(by: int) -> Callable[[Session], int | None]:
        return lambda session: targets.propose(session, **aim(both, both.ana, by)).id

    through_transact(both.database, of(both.ana), of(both.ben))
    assert sorted(state for _, state, _ in told(both, both.ana)) == ["closed", "proposed"]


def test_a_proposal_is_either_agreed_or_withdrawn_but_not_both(postgresql: Database) -> None:
    team = Team.made(postgresql)
    made = propose(team, team.ana, team.ben)
    keys: Keys = {"workspace_id": team.place, "target_id": made.id, "now": LATER}

    def agrees(session: Session) -> bool:
        return targets.agree(session, **keys, by=team.ana) is not None

    def withdraws(session: Session) -> bool:
        return targets.close(session, **keys, by=team.ben, closing="withdrawn") is not None

    done = at_once(postgresql, agrees, withdraws)
    assert sorted(done) == [False, True]
    (left,) = told(team, team.ana)
    assert left[1:] == (("agreed", None) if done[0] else ("closed", "withdrawn"))


def test_agreeing_while_the_other_side_proposes_anew_leaves_one_of_each(postgresql: Database) -> None:
    team = Team.made(postgresql)
    agreed(team, team.ana)
    made = propose(team, team.ana, team.ben, to_value=Decimal(150))
    keys: Keys = {"workspace_id": team.place, "target_id": made.id, "by": team.ana, "now": LATER}

    def agrees(session: Session) -> bool:
        return targets.agree(session, **keys) is not None

    def proposes(session: Session) -> bool:
        return targets.propose(session, **aim(team, team.ana, team.ben, to_value=Decimal(160))).id is not None

    quick, _ = at_once(postgresql, agrees, proposes)
    assert [state for _, state in open_of(team, team.ana)] == ["agreed", "proposed"]
    kept = team.database.run(targets.get, workspace_id=team.place, target_id=made.id or 0)
    assert kept is not None
    assert kept.state == ("agreed" if quick else "closed")


def test_agreeing_twice_at_once_agrees_once(postgresql: Database) -> None:
    team = Team.made(postgresql)
    made = propose(team, team.ana, team.ana)
    keys: Keys = {"workspace_id": team.place, "target_id": made.id, "by": team.ben, "now": LATER}

    def agrees(session: Session) -> bool:
        return targets.agree(session, **keys) is not None

    assert sorted(at_once(postgresql, agrees, agrees)) == [False, True]


AGREED: Keys = {"state": "agreed", "agreed_by": "ana", "agreed_at": LATER}
CLOSED: Keys = {"state": "closed", "closing": "withdrawn", "closed_at": LATER}
NONSENSE: list[Keys] = [
    {"state": "planned"},
    {"due": STARTS},
    {"due": STARTS - timedelta(days=1)},
    {"state": "agreed"},
    {**AGREED, "agreed_at": None},
    {**AGREED, "agreed_by": None},
    {**AGREED, "agreed_by": "ben"},
    {**AGREED, "agreed_by": "gus"},
    {**AGREED, "state": "proposed"},
    {**AGREED, "closing": "ended"},
    {**AGREED, "closed_at": LATER},
    {**CLOSED, "closing": None},
    {**CLOSED, "closed_at": None},
    {**CLOSED, "closing": "forgotten"},
    {**CLOSED, "closing": "reached"},
    {**CLOSED, "closing": "ended"},
    {**AGREED, **CLOSED},
    {"closed_by": "ana"},
    {"proposed_by": -1},
    {"member_id": -1},
    {"workspace_id": -1},
]


def insert(team: Team, **spoiled: Any) -> None:
    people = {"ana": team.ana, "ben": team.ben, "gus": team.gus}
    columns = aim(team, team.ana, team.ben, proposed_by=team.ben, proposed_at=NOW)
    columns |= {name: people.get(value, value) for name, value in spoiled.items()}
    del columns["by"], columns["now"]

    def write(session: Session) -> None:
        session.add(Target(**columns))

    team.database.run(write)


def test_a_target_that_makes_no_sense_is_refused_by_the_database(both: Team) -> None:
    for spoiled in NONSENSE:
        with pytest.raises(IntegrityError):
            insert(both, **spoiled)
    for sensible in ({}, AGREED, CLOSED, {**AGREED, **CLOSED, "closing": "reached"}):
        insert(both, **sensible)
    assert len(told(both, both.ana)) == 4


def test_the_database_itself_refuses_a_second_open_target(both: Team) -> None:
    for open_one in ({}, AGREED):
        insert(both, **open_one)
        with pytest.raises(IntegrityError):
            insert(both, **open_one)


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
