"""Proposes, agrees and closes targets as people would, for tests of what is kept of them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from storage import targets
from storage.models import Target
from tests.storage.conftest import NOW
from tests.storage.rows import Keys, Team

STARTS, DUE = date(2027, 1, 1), date(2027, 12, 31)
LATER = NOW + timedelta(days=1)


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


def insert(team: Team, **spoiled: Any) -> None:
    people = {"ana": team.ana, "ben": team.ben, "gus": team.gus}
    columns = aim(team, team.ana, team.ben, proposed_by=team.ben, proposed_at=NOW)
    columns |= {name: people.get(value, value) for name, value in spoiled.items()}
    del columns["by"], columns["now"]

    def write(session: Session) -> None:
        session.add(Target(**columns))

    team.database.run(write)
