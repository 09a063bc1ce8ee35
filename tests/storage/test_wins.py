"""A win is kept once however often its form is sent, and only ever shown to its owner."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from storage import wins
from storage.database import Database
from storage.models import WIN_STATUSES, Win
from storage.several import Whose
from storage.wins import Latest, Sieve
from tests.storage.conftest import NOW, member, workspace
from tests.storage.racing import at_once
from tests.storage.rows import DAY, MINUTE, Keys, Log, Team, in_status, win


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
        whose: Keys = {"workspace_id": place, "member_id": person}
        assert database.run(wins.newest, **whose, limit=10) == []
        assert database.run(wins.count, **whose) == 0
        assert database.run(wins.latest_by_outcome, [Whose(**whose)]) == {}


def test_a_withdrawn_win_is_gone_from_the_list_and_a_declined_one_is_not(
    database: Database, riverside: int, ana: int, log: Log
) -> None:
    ben = database.run(member, riverside, "U0BEN")
    for status in WIN_STATUSES:
        log(submission_key=status, **in_status(status, ben))
    listed = database.run(wins.newest, workspace_id=riverside, member_id=ana, limit=10)
    assert {kept.status for kept in listed} == {"private", "shared", "needs_info", "verified", "declined"}
    assert database.run(wins.count, workspace_id=riverside, member_id=ana) == 5


def test_the_latest_win_of_each_outcome_is_known_and_only_those_that_count(
    database: Database, riverside: int, ana: int, log: Log
) -> None:
    ben = database.run(member, riverside, "U0BEN")
    log(submission_key="1", happened_on=DAY - timedelta(days=9))
    log(submission_key="2", happened_on=DAY - timedelta(days=5))
    log(submission_key="3", happened_on=DAY, status="withdrawn")
    log(submission_key="4", happened_on=DAY, **in_status("declined", ben))
    log(submission_key="5", outcome="leadership", metric="mentees", happened_on=DAY)
    log(submission_key="6", outcome="contract_wins", metric="signed", **in_status("declined", ben))
    log(submission_key="7", outcome="network_growth", metric="new", deleted_at=NOW)
    assert database.run(wins.latest_by_outcome, [Whose(riverside, ana)])[ana] == {
        "referral_growth": Latest("referral_growth", DAY - timedelta(days=5), 2, NOW),
        "leadership": Latest("leadership", DAY, 1, NOW),
    }


def test_a_win_can_be_found_again_by_its_owner_only(database: Database) -> None:
    team = Team.made(database)
    kept = team.logs(team.ana, status="shared")
    tries = [
        (team.place, team.ana),
        (team.place, team.ben),
        (team.elsewhere, team.ana),
        (team.elsewhere, team.cy),
    ]
    found = [
        database.run(wins.own, workspace_id=place, member_id=person, win_id=kept.id or 0)
        for place, person in tries
    ]
    assert [one is not None for one in found] == [True, False, False, False]


def test_a_deleted_win_is_in_no_list_and_its_owner_can_still_find_it_to_take_it_back(
    database: Database, riverside: int, ana: int, log: Log
) -> None:
    whose: Keys = {"workspace_id": riverside, "member_id": ana}
    kept = log(deleted_at=NOW, **in_status("shared", ana))[0]
    assert database.run(wins.listed, **whose, limit=9) == []
    assert database.run(wins.listed, **whose, limit=9, sieve=Sieve(status="shared")) == []
    assert database.run(wins.count, **whose) == database.run(wins.count_verified, **whose) == 0
    assert database.run(wins.last_used, **whose) is None
    assert database.run(wins.own, **whose, win_id=kept.id or 0) is None
    again = database.run(wins.own, **whose, win_id=kept.id or 0, deleted=True)
    assert again is not None
    assert again.id == kept.id


def test_looking_for_a_deleted_win_does_not_find_one_that_is_there(
    database: Database, riverside: int, ana: int, log: Log
) -> None:
    kept = log()[0]
    whose: Keys = {"workspace_id": riverside, "member_id": ana, "win_id": kept.id or 0}
    assert database.run(wins.own, **whose, deleted=True) is None


@pytest.mark.parametrize(
    ("sieve", "keys"),
    [
        (Sieve(), ["d", "c", "b", "a"]),
        (Sieve(outcome="leadership"), ["d", "b"]),
        (Sieve(since=DAY - timedelta(days=2)), ["d", "c", "b"]),
        (Sieve(since=DAY + timedelta(days=1)), []),
        (Sieve(status="shared"), ["c", "b"]),
        (Sieve(status="withdrawn"), ["e"]),
        (Sieve(outcome="leadership", status="shared"), ["b"]),
        (Sieve(outcome="leadership", since=DAY - timedelta(days=1), status="private"), ["d"]),
        (Sieve(outcome="no such thing"), []),
    ],
    ids=str,
)
def test_the_list_and_its_number_are_what_was_asked_for(
    database: Database, riverside: int, ana: int, log: Log, sieve: Sieve, keys: list[str]
) -> None:
    for age, key, outcome, status in (
        (3, "a", "referral_growth", "private"),
        (2, "b", "leadership", "shared"),
        (1, "c", "referral_growth", "shared"),
        (0, "d", "leadership", "private"),
        (0, "e", "leadership", "withdrawn"),
    ):
        log(
            submission_key=key,
            outcome=outcome,
            happened_on=DAY - timedelta(days=age),
            **in_status(status, ana),
        )
    whose: Keys = {"workspace_id": riverside, "member_id": ana, "sieve": sieve}
    assert [one.submission_key for one in database.run(wins.listed, **whose, limit=9)] == keys
    assert database.run(wins.count, **whose) == len(keys)
    assert [one.submission_key for one in database.run(wins.listed, **whose, limit=1, offset=1)] == keys[1:2]


def test_the_last_used_is_the_one_logged_last_whenever_it_happened(
    database: Database, riverside: int, ana: int, log: Log
) -> None:
    whose: Keys = {"workspace_id": riverside, "member_id": ana}
    assert database.run(wins.last_used, **whose) is None
    log(submission_key="old news", created_at=NOW + MINUTE, happened_on=DAY - timedelta(days=300))
    log(submission_key="first", created_at=NOW)
    found = database.run(wins.last_used, **whose)
    assert found is not None
    assert found.submission_key == "old news"
    log(submission_key="same moment", created_at=NOW + MINUTE)
    found = database.run(wins.last_used, **whose)
    assert found is not None
    assert found.submission_key == "same moment"


SHARED = {"status": "shared", "shared_at": NOW}
DECIDED = {"shared_at": NOW, "decided_at": NOW, "decided_revision": 1}


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
        {"sample": 0},
        {"sample": -3},
        {"part": 4},
        {"part": -1, "sample": 9},
        {"period_start": DAY, "period_end": DAY - timedelta(days=1)},
        {"status": "shared"},
        {"status": "needs_info"},
        {"status": "verified"},
        {"status": "declined"},
        {"status": "verified", **DECIDED},
        {"status": "declined", **DECIDED},
        {"status": "verified", **DECIDED, "decided_by": "owner"},
        {"status": "declined", **DECIDED, "decided_by": "owner"},
        {"status": "verified", **DECIDED, "decided_by": "other", "decided_at": None},
        {"status": "verified", **DECIDED, "decided_by": "other", "decided_revision": None},
        {"status": "verified", **DECIDED, "decided_by": "other", "revision": 2},
        {"status": "verified", **DECIDED, "decided_by": "other", "shared_at": None},
        {"status": "verified", **DECIDED, "decided_by": "other", "delegate_id": "other"},
        {**SHARED, "delegate_id": "owner"},
        {**SHARED, "delegate_id": -1},
        {"delegate_id": "other"},
    ],
    ids=str,
)
def test_a_row_that_makes_no_sense_is_refused_by_the_database(
    database: Database, riverside: int, ana: int, spoiled: dict[str, Any]
) -> None:
    people: Keys = {"owner": ana, "other": database.run(member, riverside, "U0BEN")}
    spoiled = {
        name: people.get(value, value) if name.endswith(("_by", "_id")) else value
        for name, value in spoiled.items()
    }
    columns: Keys = {"workspace_id": riverside, "member_id": ana, **spoiled}
    with pytest.raises(IntegrityError):
        database.run(wins.add, win(**columns))
    assert database.run(wins.count, workspace_id=riverside, member_id=ana) == 0


@pytest.mark.parametrize(
    "columns",
    [
        {"sample": 1, "part": 0},
        {"sample": 60, "part": 80},
        {"period_start": DAY, "period_end": DAY},
        {**SHARED, "delegate_id": "other"},
        {"status": "verified", **DECIDED, "decided_by": "other"},
        {"status": "declined", **DECIDED, "decided_by": "other"},
    ],
    ids=str,
)
def test_what_only_looks_odd_is_kept(
    database: Database, riverside: int, ana: int, log: Log, columns: dict[str, Any]
) -> None:
    ben = database.run(member, riverside, "U0BEN")
    kept, is_new = log(**{name: ben if value == "other" else value for name, value in columns.items()})
    assert is_new
    assert kept.status == columns.get("status", "private")
