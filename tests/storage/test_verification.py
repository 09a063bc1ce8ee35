"""What waits for a manager is what their people shared, and nobody else sees it."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from storage import reporting, verification
from storage.database import Database
from storage.models import WIN_STATUSES, Member
from storage.verification import Relation
from tests.storage.conftest import NOW
from tests.storage.rows import MINUTE, Keys, Team


@pytest.fixture
def team(database: Database) -> Team:
    return Team.made(database)


def queue(
    team: Team, manager: int, *, place: int | None = None, limit: int = 9, offset: int = 0
) -> list[str]:
    found = team.database.run(
        verification.queue,
        workspace_id=team.place if place is None else place,
        manager_id=manager,
        limit=limit,
        offset=offset,
    )
    return [waiting.win.submission_key for waiting in found]


def test_the_longest_waiting_comes_first_page_by_page(team: Team) -> None:
    for key, person, minutes in (
        ("b", team.ana, 2),
        ("c", team.eli, 3),
        ("a", team.eli, 1),
        ("d", team.ana, 3),
    ):
        team.logs(person, key, status="shared", shared_at=NOW + minutes * MINUTE)
    assert queue(team, team.ben) == ["a", "b", "c", "d"]
    assert queue(team, team.ben, limit=2, offset=1) == ["b", "c"]
    whose: Keys = {"workspace_id": team.place, "manager_id": team.ben}
    assert team.database.run(verification.count, **whose) == 4
    assert team.database.run(verification.oldest, **whose) == NOW + MINUTE


def test_each_win_comes_with_whose_it_is(team: Team) -> None:
    team.logs(team.eli, status="shared")
    (waiting,) = team.database.run(verification.queue, workspace_id=team.place, manager_id=team.ben, limit=9)
    assert (waiting.owner.id, waiting.owner.user_id, waiting.win.member_id) == (team.eli, "U0ELI", team.eli)


def test_only_shared_wins_wait_and_those_asked_about_are_counted_apart(team: Team) -> None:
    for status in WIN_STATUSES:
        team.logs(team.ana, status, status=status)
    team.logs(team.ana, "gone", status="shared", deleted_at=NOW)
    team.logs(team.ana, "gone too", status="needs_info", deleted_at=NOW)
    assert queue(team, team.ben) == ["shared"]
    whose: Keys = {"workspace_id": team.place, "manager_id": team.ben}
    assert team.database.run(verification.count, **whose) == 1
    assert team.database.run(verification.asked_count, **whose) == 1


def test_nothing_waits_for_who_manages_nobody(team: Team) -> None:
    team.logs(team.ana, status="shared")
    for person in (team.ana, team.eli, team.gus):
        whose: Keys = {"workspace_id": team.place, "manager_id": person}
        assert queue(team, person) == []
        assert team.database.run(verification.count, **whose) == 0
        assert team.database.run(verification.oldest, **whose) is None


def test_another_workspace_is_another_world(team: Team) -> None:
    team.logs(team.ana, status="shared")
    team.logs(team.cy, "theirs", status="shared")
    assert queue(team, team.lou, place=team.elsewhere) == ["theirs"]
    for place, person in ((team.elsewhere, team.ben), (team.place, team.lou)):
        assert queue(team, person, place=place) == []
        assert team.database.run(verification.count, workspace_id=place, manager_id=person) == 0
        assert team.database.run(verification.asked_count, workspace_id=place, manager_id=person) == 0


def test_a_win_given_to_another_manager_is_in_their_queue_alone(team: Team) -> None:
    seen = team.logs(team.ana, "given", status="shared")
    team.logs(team.ana, "kept", status="shared")
    seen = team.must_change(seen, team.ben, "delegated", delegate_id=team.gus)
    assert (queue(team, team.ben), queue(team, team.gus)) == (["kept"], ["given"])
    seen = team.must_change(seen, team.gus, "asked", status="needs_info")
    assert team.database.run(verification.asked_count, workspace_id=team.place, manager_id=team.gus) == 1
    assert team.database.run(verification.asked_count, workspace_id=team.place, manager_id=team.ben) == 0
    seen = team.must_change(seen, team.ana, "answered", status="shared")
    assert queue(team, team.gus) == ["given"]
    team.must_change(seen, team.gus, "confirmed", status="verified")
    assert queue(team, team.gus) == []


def test_what_was_given_to_somebodys_new_manager_waits_for_them_once(team: Team) -> None:
    team.logs(team.ana, status="shared", delegate_id=team.gus)
    team.reports(team.ana, to=team.gus)
    assert (queue(team, team.ben), queue(team, team.gus)) == ([], ["V1"])


def test_the_queue_moves_with_the_person_and_their_private_wins_stay_theirs(team: Team) -> None:
    for status in ("private", "shared", "verified"):
        team.logs(team.ana, status, status=status)
    team.logs(team.eli, "eli's", status="shared")
    team.reports(team.ana, to=team.gus, now=NOW + timedelta(days=1))
    assert (queue(team, team.ben), queue(team, team.gus)) == (["eli's"], ["shared"])
    team.database.run(reporting.end, workspace_id=team.place, member_id=team.ana, now=NOW + timedelta(days=2))
    assert (queue(team, team.ben), queue(team, team.gus)) == (["eli's"], [])


def test_an_ask_that_nobody_accepted_shows_nothing(team: Team) -> None:
    team.logs(team.ana, status="shared")
    team.database.run(
        reporting.ask, workspace_id=team.place, member_id=team.ana, manager_id=team.gus, now=NOW
    )
    assert (queue(team, team.ben), queue(team, team.gus)) == (["V1"], [])


def relation(team: Team, win_id: int, viewer: int, *, place: int | None = None) -> Relation | None:
    found = team.database.run(
        verification.visible,
        workspace_id=team.place if place is None else place,
        viewer_id=viewer,
        win_id=win_id,
    )
    return None if found is None else found[2]


def test_everybody_stands_to_a_win_as_they_do_now(team: Team) -> None:
    win_id = team.logs(team.ana, status="shared", delegate_id=team.gus).id or 0
    people = (team.ana, team.ben, team.gus, team.eli)
    assert [relation(team, win_id, person) for person in people] == [
        Relation.OWNER,
        Relation.MANAGER,
        Relation.DELEGATE,
        Relation.NONE,
    ]
    team.reports(team.ana, to=team.gus)
    assert [relation(team, win_id, person) for person in people] == [
        Relation.OWNER,
        Relation.NONE,
        Relation.MANAGER,
        Relation.NONE,
    ]


def test_the_managers_manager_is_nobody_to_a_win(team: Team) -> None:
    team.reports(team.ben, to=team.gus)
    win_id = team.logs(team.ana, status="shared").id or 0
    assert relation(team, win_id, team.gus) is Relation.NONE
    assert queue(team, team.gus) == []


def test_a_win_of_another_workspace_and_a_deleted_one_are_not_there(team: Team) -> None:
    here = team.logs(team.ana, status="shared").id or 0
    gone = team.logs(team.ana, "gone", status="shared", deleted_at=NOW).id or 0
    assert relation(team, here, team.lou, place=team.elsewhere) is None
    assert relation(team, here, team.ben, place=team.elsewhere) is None
    assert relation(team, gone, team.ana) is None
    assert relation(team, -1, team.ana) is None


def test_the_one_message_about_the_queue_is_remembered_and_forgotten(team: Team) -> None:
    def kept(session: Session) -> tuple[str | None, str | None]:
        ben = session.get_one(Member, team.ben)
        return ben.queue_channel, ben.queue_ts

    whose: Keys = {"workspace_id": team.place, "member_id": team.ben}
    team.database.run(verification.keep_queue_message, **whose, channel="D1", ts="1.5")
    assert team.database.run(kept) == ("D1", "1.5")
    elsewhere: Keys = {"workspace_id": team.elsewhere, "member_id": team.ben}
    team.database.run(verification.keep_queue_message, **elsewhere, channel="D2", ts="2.5")
    assert team.database.run(kept) == ("D1", "1.5")
    team.database.run(verification.keep_queue_message, **whose, channel="D1", ts=None)
    assert team.database.run(kept) == ("D1", None)
