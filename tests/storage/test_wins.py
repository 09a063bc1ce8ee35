"""A win is kept once however often its form is sent, and only ever shown to its owner."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from storage import wins
from storage.database import Database
from storage.models import Win
from storage.wins import Latest
from tests.storage.conftest import NOW, member, workspace
from tests.storage.racing import at_once

DAY = date(2026, 11, 20)
Log = Callable[..., tuple[Win, bool]]


def win(workspace_id: int, member_id: int, **columns: Any) -> Win:
    given = {
        "outcome": "referral_growth",
        "metric": "referrals",
        "baseline": Decimal(120),
        "happened_on": DAY,
    }
    given |= {"submission_key": "V1", "result": Decimal(150), "created_at": NOW}
    return Win(workspace_id=workspace_id, member_id=member_id, **{**given, **columns})


@pytest.fixture
def log(database: Database, riverside: int, ana: int) -> Log:
    """Ana logs a win."""

    def log(**columns: Any) -> tuple[Win, bool]:
        return database.run(wins.add, win(riverside, ana, **columns))

    return log


def test_a_win_comes_back_as_it_was_logged(database: Database, riverside: int, ana: int, log: Log) -> None:
    note = 'She said "you\'re our first call" <3 & *really* meant it \N{PARTY POPPER}\nline 2'
    log(practice="O’Brien & Sons’ Family Practice", note=note, source="ehr", baseline=Decimal("-0.5"))
    (kept,) = database.run(wins.newest, workspace_id=riverside, member_id=ana, limit=10)
    assert kept.note == note
    assert (kept.practice, kept.source) == ("O’Brien & Sons’ Family Practice", "ehr")
    assert (kept.baseline, kept.result) == (Decimal("-0.5"), Decimal(150))
    assert (kept.happened_on, kept.created_at, kept.status, kept.revision) == (DAY, NOW, "private", 1)


def test_the_same_form_sent_three_times_makes_one_win(
    database: Database, riverside: int, ana: int, log: Log
) -> None:
    sent = [log(), log(result=Decimal(999)), log()]
    assert [is_new for _, is_new in sent] == [True, False, False]
    assert {kept.id for kept, _ in sent} == {sent[0][0].id}
    assert sent[1][0].result == 150
    assert database.run(wins.count, workspace_id=riverside, member_id=ana) == 1


def test_two_forms_with_the_same_numbers_are_two_wins(log: Log) -> None:
    assert [log(submission_key="V1")[1], log(submission_key="V2")[1]] == [True, True]


def test_two_people_may_send_forms_with_the_same_key(database: Database, riverside: int, ana: int) -> None:
    eli = database.run(member, riverside, "U0ELI")
    assert database.run(wins.add, win(riverside, ana))[1]
    assert database.run(wins.add, win(riverside, eli))[1]


def test_pressed_twice_at_once_saves_once(postgresql: Database) -> None:
    place = postgresql.run(workspace, "T1")
    owner = postgresql.run(member, place, "U0ANA")

    def press(session: Session) -> tuple[int | None, bool]:
        kept, is_new = wins.add(session, win(place, owner))
        return kept.id, is_new

    pressed = at_once(postgresql, *[press] * 4)
    assert sorted(is_new for _, is_new in pressed) == [False, False, False, True]
    assert len({key for key, _ in pressed}) == 1


def test_wins_are_listed_by_the_day_they_happened_newest_first_page_by_page(
    database: Database, riverside: int, ana: int, log: Log
) -> None:
    for number, days in enumerate((3, 1, 2, 1)):
        log(submission_key=f"V{number}", happened_on=DAY - timedelta(days=days))
    pages = [
        [kept.submission_key for kept in page]
        for page in (
            database.run(wins.newest, workspace_id=riverside, member_id=ana, limit=3),
            database.run(wins.newest, workspace_id=riverside, member_id=ana, limit=3, offset=3),
            database.run(wins.newest, workspace_id=riverside, member_id=ana, limit=3, offset=6),
        )
    ]
    assert pages == [["V3", "V1", "V2"], ["V0"], []]


def test_nobody_sees_the_wins_of_somebody_else(
    database: Database, riverside: int, lakeview: int, ana: int, log: Log
) -> None:
    log()
    others = [
        (riverside, database.run(member, riverside, "U0ELI")),
        (lakeview, database.run(member, lakeview, "U0ANA")),
        (lakeview, ana),
    ]
    for place, person in others:
        whose = {"workspace_id": place, "member_id": person}
        assert database.run(wins.newest, **whose, limit=10) == []
        assert database.run(wins.count, **whose) == 0
        assert database.run(wins.latest_by_outcome, **whose) == {}


def test_a_withdrawn_win_is_gone_from_the_list_and_a_declined_one_is_not(
    database: Database, riverside: int, ana: int, log: Log
) -> None:
    for status in ("private", "shared", "needs_info", "verified", "declined", "withdrawn"):
        log(submission_key=status, status=status)
    listed = database.run(wins.newest, workspace_id=riverside, member_id=ana, limit=10)
    assert {kept.status for kept in listed} == {"private", "shared", "needs_info", "verified", "declined"}
    assert database.run(wins.count, workspace_id=riverside, member_id=ana) == 5


def test_the_latest_win_of_each_outcome_is_known_and_only_those_that_count(
    database: Database, riverside: int, ana: int, log: Log
) -> None:
    log(submission_key="1", happened_on=DAY - timedelta(days=9))
    log(submission_key="2", happened_on=DAY - timedelta(days=5))
    log(submission_key="3", happened_on=DAY, status="withdrawn")
    log(submission_key="4", happened_on=DAY, status="declined")
    log(submission_key="5", outcome="leadership", metric="mentees", happened_on=DAY)
    log(submission_key="6", outcome="contract_wins", metric="agreements_signed", status="declined")
    assert database.run(wins.latest_by_outcome, workspace_id=riverside, member_id=ana) == {
        "referral_growth": Latest("referral_growth", DAY - timedelta(days=5), 2),
        "leadership": Latest("leadership", DAY, 1),
    }


@pytest.mark.parametrize(
    "spoiled",
    [
        {"status": "approved"},
        {"status": ""},
        {"revision": 0},
        {"result": None},
        {"happened_on": None},
        {"outcome": None},
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
        database.run(wins.add, win(**columns))
    assert database.run(wins.count, workspace_id=riverside, member_id=ana) == 0
