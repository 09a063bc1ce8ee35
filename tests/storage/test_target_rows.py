"""Whatever is done at once, and whatever is written: no two open targets, and none that makes no sense."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from storage import targets
from storage.database import Database
from tests.storage.aims import LATER, STARTS, agreed, aim, insert, open_of, propose, told
from tests.storage.racing import at_once, through_transact
from tests.storage.rows import Keys, Team


@pytest.fixture
def both(database: Database) -> Team:
    """On each engine, for what the engines do themselves."""
    return Team.made(database)


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
