"""What a member says of their skills is kept whole, replaced whole, and shown to nobody else."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from storage import skills
from storage.database import Database
from storage.models import MemberSkill
from tests.storage.conftest import member, workspace
from tests.storage.racing import at_once

RATED = {"communication": "alone", "data": "new", "crm": "teaches"}


def rows(session: Session) -> int:
    return int(session.execute(select(func.count()).select_from(MemberSkill)).scalar_one())


def test_a_self_assessment_comes_back_as_it_was_given(database: Database, riverside: int, ana: int) -> None:
    whose = {"workspace_id": riverside, "member_id": ana}
    assert database.run(skills.levels, **whose) == {}

    database.run(skills.rate, RATED, **whose)

    assert database.run(skills.levels, **whose) == RATED


def test_a_later_self_assessment_takes_the_place_of_the_earlier(
    database: Database, riverside: int, ana: int
) -> None:
    whose = {"workspace_id": riverside, "member_id": ana}
    database.run(skills.rate, RATED, **whose)

    database.run(skills.rate, {"data": "helped", "office": "alone"}, **whose)
    assert database.run(skills.levels, **whose) == {"data": "helped", "office": "alone"}

    database.run(skills.rate, {}, **whose)
    assert database.run(skills.levels, **whose) == {}
    assert database.run(rows) == 0


def test_nobody_sees_or_replaces_the_skills_of_somebody_else(
    database: Database, riverside: int, lakeview: int, ana: int
) -> None:
    database.run(skills.rate, RATED, workspace_id=riverside, member_id=ana)
    eli = database.run(member, riverside, "U0ELI")
    namesake = database.run(member, lakeview, "U0ANA")

    for place, person in ((riverside, eli), (lakeview, namesake), (lakeview, ana)):
        assert database.run(skills.levels, workspace_id=place, member_id=person) == {}
    for place, person in ((riverside, eli), (lakeview, namesake)):
        database.run(skills.rate, {"data": "teaches"}, workspace_id=place, member_id=person)
        database.run(skills.rate, {}, workspace_id=place, member_id=person)
    database.run(skills.rate, {}, workspace_id=lakeview, member_id=ana)

    assert database.run(skills.levels, workspace_id=riverside, member_id=ana) == RATED


def test_the_same_form_sent_at_once_is_kept_once_and_fails_nobody(postgresql: Database) -> None:
    place = postgresql.run(workspace, "T1")
    owner = postgresql.run(member, place, "U0ANA")
    whose = {"workspace_id": place, "member_id": owner}

    def send(session: Session) -> None:
        skills.rate(session, RATED, **whose)

    at_once(postgresql, *[send] * 4)

    assert postgresql.run(skills.levels, **whose) == RATED
    assert postgresql.run(rows) == len(RATED)


@pytest.mark.parametrize("spoiled", [{"member_id": -1}, {"workspace_id": -1}], ids=str)
def test_skills_of_nobody_are_refused_by_the_database(
    database: Database, riverside: int, ana: int, spoiled: dict[str, int]
) -> None:
    whose = {"workspace_id": riverside, "member_id": ana, **spoiled}
    with pytest.raises(IntegrityError):
        database.run(skills.rate, {"data": "new"}, **whose)
    assert database.run(rows) == 0
