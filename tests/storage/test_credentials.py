"""A credential is kept once however often its form is sent, and only ever found by its owner."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from storage import credentials
from storage.database import Database
from storage.models import MemberCredential
from tests.storage.conftest import NOW, member, workspace
from tests.storage.racing import at_once

Track = Callable[..., tuple[MemberCredential, bool]]


def credential(workspace_id: int, member_id: int, **columns: Any) -> MemberCredential:
    given = {"name": "CPHIMS (HIMSS)", "content_id": "cphims", "submission_key": "V1", "created_at": NOW}
    return MemberCredential(workspace_id=workspace_id, member_id=member_id, **{**given, **columns})


@pytest.fixture
def track(database: Database, riverside: int, ana: int) -> Track:
    """Ana tracks one."""

    def track(**columns: Any) -> tuple[MemberCredential, bool]:
        return database.run(credentials.add, credential(riverside, ana, **columns))

    return track


def test_a_credential_comes_back_as_it_was_tracked(
    database: Database, riverside: int, ana: int, track: Track
) -> None:
    day, end = date(2024, 2, 29), date(2027, 2, 28)
    track(state="earned", earned_on=day, expires_on=end, number="№ 7/B", hours=Decimal("12.75"))

    (kept,) = database.run(credentials.mine, workspace_id=riverside, member_id=ana)
    assert (kept.content_id, kept.name, kept.state) == ("cphims", "CPHIMS (HIMSS)", "earned")
    assert (kept.earned_on, kept.expires_on, kept.number) == (day, end, "№ 7/B")
    assert (kept.hours, kept.created_at) == (Decimal("12.75"), NOW)


def test_one_that_is_only_planned_needs_no_more_than_its_name(
    database: Database, riverside: int, ana: int, track: Track
) -> None:
    track(name="Harbor course", content_id=None)

    (kept,) = database.run(credentials.mine, workspace_id=riverside, member_id=ana)
    assert (kept.state, kept.earned_on, kept.expires_on, kept.number) == ("planned", None, None, None)
    assert kept.hours == 0


def test_the_same_form_sent_three_times_is_one_credential(track: Track) -> None:
    sent = [track(), track(name="Something else"), track()]

    assert [is_new for _, is_new in sent] == [True, False, False]
    assert {kept.id for kept, _ in sent} == {sent[0][0].id}
    assert sent[1][0].name == "CPHIMS (HIMSS)"


def test_sent_twice_at_once_it_is_kept_once(postgresql: Database) -> None:
    place = postgresql.run(workspace, "T1")
    owner = postgresql.run(member, place, "U0ANA")

    def send(session: Session) -> bool:
        return credentials.add(session, credential(place, owner))[1]

    assert sorted(at_once(postgresql, *[send] * 4)) == [False, False, False, True]
    assert len(postgresql.run(credentials.mine, workspace_id=place, member_id=owner)) == 1


def test_two_people_may_send_forms_with_the_same_key(database: Database, riverside: int, ana: int) -> None:
    eli = database.run(member, riverside, "U0ELI")

    assert database.run(credentials.add, credential(riverside, ana))[1]
    assert database.run(credentials.add, credential(riverside, eli))[1]


def test_they_are_listed_in_the_order_in_which_they_were_begun(
    database: Database, riverside: int, ana: int, track: Track
) -> None:
    for name in ("Zeta", "Alpha", "Mu"):
        track(name=name, submission_key=name)

    found = database.run(credentials.mine, workspace_id=riverside, member_id=ana)
    assert [each.name for each in found] == ["Zeta", "Alpha", "Mu"]


def test_nobody_finds_the_credential_of_somebody_else(
    database: Database, riverside: int, lakeview: int, ana: int, track: Track
) -> None:
    number = track()[0].id or 0
    eli = database.run(member, riverside, "U0ELI")
    namesake = database.run(member, lakeview, "U0ANA")

    for place, person in ((riverside, eli), (lakeview, namesake), (lakeview, ana)):
        whose = {"workspace_id": place, "member_id": person}
        assert database.run(credentials.mine, **whose) == []
        assert database.run(credentials.one, number, **whose) is None
    found = database.run(credentials.one, number, workspace_id=riverside, member_id=ana)
    assert found is not None
    assert found.id == number


def test_one_taken_off_the_list_is_gone_and_the_others_stay(
    database: Database, riverside: int, ana: int, track: Track
) -> None:
    whose = {"workspace_id": riverside, "member_id": ana}
    first, second = track(submission_key="1")[0].id, track(submission_key="2")[0].id

    def take_off(session: Session) -> None:
        found = credentials.one(session, first or 0, **whose)
        assert found is not None
        credentials.remove(session, found)

    database.run(take_off)

    assert [each.id for each in database.run(credentials.mine, **whose)] == [second]
    assert database.run(credentials.one, first or 0, **whose) is None


@pytest.mark.parametrize(
    "spoiled",
    [
        {"state": "lapsed"},
        {"state": ""},
        {"state": "earned"},
        {"name": None},
        {"member_id": -1},
        {"workspace_id": -1},
    ],
    ids=str,
)
def test_a_row_that_makes_no_sense_is_refused_by_the_database(
    database: Database, riverside: int, ana: int, spoiled: dict[str, Any]
) -> None:
    columns = {"workspace_id": riverside, "member_id": ana, **spoiled}
    with pytest.raises(IntegrityError):
        database.run(credentials.add, credential(**columns))
    assert database.run(credentials.mine, workspace_id=riverside, member_id=ana) == []
