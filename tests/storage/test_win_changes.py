"""Every change of a win is kept, and of two who change it at once one is told that the other was quicker."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from storage import verification, win_changes, wins
from storage.database import Database
from storage.models import WIN_DEEDS, Win, WinRevision
from tests.storage.conftest import NOW
from tests.storage.racing import at_once, through_transact
from tests.storage.rows import DAY, MINUTE, Keys, Team

Change = Callable[[Session], Win | None]


@pytest.fixture
def team(database: Database) -> Team:
    return Team.made(database)


def past(team: Team, seen: Win) -> list[tuple[int, str, str | None]]:
    told = team.database.run(win_changes.history, seen)
    return [(one.revision.number, one.revision.deed, one.user_id) for one in told]


def versions(session: Session) -> int:
    return session.exec(select(func.count()).select_from(WinRevision)).one()


def test_a_new_win_has_its_first_version_and_the_same_form_again_adds_none(team: Team) -> None:
    kept = team.logs(team.ana)
    team.logs(team.ana, result=Decimal(9))
    assert past(team, kept) == [(1, "logged", "U0ANA")]


def test_a_version_is_the_whole_win_in_words_that_any_program_can_read(team: Team) -> None:
    kept = team.logs(
        team.ana,
        baseline=Decimal("-0.5"),
        result=Decimal(1_250_000),
        title="Ünï <3",
        period_start=DAY,
        sample=40,
    )
    team.database.run(win_changes.remember_copy, kept.id or 0, team.place, "D1", "1.1")
    (first,) = team.database.run(win_changes.history, kept)
    row = first.revision.row
    assert set(row) == set(Win.model_fields) - {"copy_channel", "copy_ts", "remind_at", "decider_left"}
    assert (row["baseline"], row["result"], row["sample"]) == ("-0.5", "1250000", 40)
    assert (row["title"], row["period_start"], row["happened_on"]) == ("Ünï <3", "2026-11-20", "2026-11-20")
    assert (row["created_at"], row["annualized"], row["note"]) == ("2026-11-23T15:00:00+00:00", False, None)


def test_a_win_keeps_who_did_what_and_when_and_what_they_said(team: Team) -> None:
    seen = team.logs(team.ana)
    seen = team.must_change(seen, team.ana, "shared", now=NOW + MINUTE, status="shared")
    seen = team.must_change(seen, team.ben, "asked", status="needs_info", said="Which month?")
    seen = team.must_change(seen, team.ana, "answered", status="shared", said="October.")
    seen = team.must_change(seen, team.ben, "confirmed", now=NOW + 2 * MINUTE, status="verified")
    assert past(team, seen) == [
        (1, "logged", "U0ANA"),
        (2, "shared", "U0ANA"),
        (3, "asked", "U0BEN"),
        (4, "answered", "U0ANA"),
        (5, "confirmed", "U0BEN"),
    ]
    told = [one.revision for one in team.database.run(win_changes.history, seen)]
    assert [one.said for one in told] == [None, None, "Which month?", "October.", None]
    assert [one.row["status"] for one in told] == ["private", "shared", "needs_info", "shared", "verified"]
    assert (told[1].at, told[4].at) == (NOW + MINUTE, NOW + 2 * MINUTE)


@pytest.mark.parametrize("deed", WIN_DEEDS)
def test_every_deed_can_be_written_down(team: Team, deed: str) -> None:
    status = {"confirmed": "verified", "declined": "declined"}.get(deed, "shared")
    fresh = team.must_change(team.logs(team.ana, status="shared"), team.ben, deed, status=status)
    assert past(team, fresh)[-1] == (2, deed, "U0BEN")


@pytest.mark.parametrize(
    "spoiled",
    [{"deed": "approved"}, {"number": 0}, {"number": 1}, {"by_id": -1}, {"win_id": -1}, {"workspace_id": -1}],
    ids=str,
)
def test_a_version_that_makes_no_sense_is_refused_by_the_database(
    team: Team, spoiled: dict[str, Any]
) -> None:
    kept = team.logs(team.ana)
    columns: Keys = {
        "workspace_id": team.place,
        "win_id": kept.id,
        "by_id": team.ana,
        "number": 2,
        "deed": "edited",
    }

    def write(session: Session) -> None:
        session.add(WinRevision(at=NOW, row={}, **{**columns, **spoiled}))

    with pytest.raises(IntegrityError):
        team.database.run(write)
    assert past(team, kept) == [(1, "logged", "U0ANA")]


def test_who_saw_an_older_version_changes_nothing(team: Team) -> None:
    seen = team.logs(team.ana, status="shared")
    assert team.changes(seen, team.ana, "edited", note="first") is not None
    assert team.changes(seen, team.ben, "confirmed", status="verified") is None
    now = team.now_is(seen)
    assert (now.note, now.status, now.revision) == ("first", "shared", 2)
    assert past(team, seen) == [(1, "logged", "U0ANA"), (2, "edited", "U0ANA")]


def test_who_lost_reads_the_win_anew_in_the_same_transaction(team: Team) -> None:
    stale = team.logs(team.ana, status="shared")
    team.must_change(stale, team.ana, "edited", note="first")

    def confirm(session: Session) -> tuple[Win | None, Win | None]:
        seen = session.merge(stale, load=False)
        lost = win_changes.change(session, seen, by=team.ben, now=NOW, deed="confirmed", status="verified")
        found = verification.visible(
            session, workspace_id=team.place, viewer_id=team.ben, win_id=stale.id or 0
        )
        return lost, found and found[0]

    lost, again = team.database.run(confirm)
    assert lost is None
    assert again is not None
    assert (again.note, again.revision) == ("first", 2)


def changing(team: Team, seen: Win, by: int, deed: str, **values: Any) -> Change:
    def work(session: Session) -> Win | None:
        return win_changes.change(session, seen, by=by, now=NOW, deed=deed, **values)

    return work


def test_two_managers_confirm_at_once_and_one_of_them_did(team: Team) -> None:
    seen = team.logs(team.ana, status="shared", delegate_id=team.gus)
    both = [changing(team, seen, by, "confirmed", status="verified") for by in (team.ben, team.gus)]
    done = [fresh.decided_by for fresh in through_transact(team.database, *both) if fresh is not None]
    assert len(done) == 1
    now = team.now_is(seen)
    assert (now.status, now.revision, now.decided_by) == ("verified", 2, done[0])
    assert len(past(team, seen)) == 2


def test_a_win_edited_while_it_is_confirmed_is_one_or_the_other_and_never_both(postgresql: Database) -> None:
    team = Team.made(postgresql)
    for turn in range(5):
        seen = team.logs(team.ana, f"V{turn}", status="shared")
        edit = changing(team, seen, team.ana, "edited", note="better", status="shared")
        confirm = changing(team, seen, team.ben, "confirmed", status="verified")
        done = [fresh for fresh in at_once(postgresql, edit, confirm) if fresh is not None]
        assert len(done) == 1
        now = team.now_is(seen)
        assert (now.note, now.status) in {("better", "shared"), (None, "verified")}
        assert len(past(team, seen)) == now.revision == 2


def test_an_edit_cannot_leave_a_win_verified(team: Team) -> None:
    seen = team.logs(team.ana, status="verified")
    for columns in ({"note": "more"}, {"result": Decimal(900)}, {"title": "x", "status": "verified"}):
        with pytest.raises(IntegrityError):
            team.changes(seen, team.ana, "edited", **columns)
    fresh = team.must_change(seen, team.ana, "edited", status="shared", note="more", now=NOW + MINUTE)
    assert (fresh.decided_by, fresh.decided_at, fresh.decided_revision) == (None, None, None)
    assert fresh.shared_at == NOW + MINUTE


@pytest.mark.parametrize(("deed", "status"), [("confirmed", "verified"), ("declined", "declined")])
def test_nobody_decides_about_their_own(team: Team, deed: str, status: str) -> None:
    seen = team.logs(team.ana, status="shared")
    with pytest.raises(IntegrityError):
        team.changes(seen, team.ana, deed, status=status)
    assert team.now_is(seen).status == "shared"


def test_an_answer_keeps_its_place_in_the_queue_and_sharing_again_takes_a_new_one(team: Team) -> None:
    later = NOW + timedelta(days=2)
    seen = team.logs(team.ana, status="shared")
    seen = team.must_change(seen, team.ben, "asked", status="needs_info", now=later)
    seen = team.must_change(seen, team.ana, "answered", status="shared", now=later)
    seen = team.must_change(seen, team.ana, "edited", status="shared", note="n", now=later)
    assert seen.shared_at == NOW
    seen = team.must_change(seen, team.ana, "edited", status="private", now=later)
    assert seen.shared_at is None
    assert team.must_change(seen, team.ana, "shared", status="shared", now=later).shared_at == later


@pytest.mark.parametrize(
    ("deed", "status"),
    [("confirmed", "verified"), ("declined", "declined"), ("withdrawn", "withdrawn"), ("edited", "private")],
)
def test_a_delegate_is_one_only_while_the_win_waits(team: Team, deed: str, status: str) -> None:
    seen = team.logs(team.ana, status="shared")
    seen = team.must_change(seen, team.ben, "delegated", delegate_id=team.gus)
    seen = team.must_change(seen, team.gus, "asked", status="needs_info")
    assert seen.delegate_id == team.gus
    assert team.must_change(seen, team.gus, deed, status=status).delegate_id is None


def test_a_verified_win_taken_back_after_deleting_is_still_verified(team: Team) -> None:
    seen = team.logs(team.ana, status="verified")
    gone = team.must_change(seen, team.ana, "deleted", now=NOW + MINUTE)
    assert gone.deleted_at == NOW + MINUTE
    back = team.must_change(gone, team.ana, "restored")
    assert (back.deleted_at, back.status, back.decided_by, back.decided_at) == (
        None,
        "verified",
        team.ben,
        NOW,
    )
    assert [deed for _, deed, _ in past(team, back)] == ["logged", "deleted", "restored"]


def test_a_deleted_win_cannot_be_confirmed_by_who_still_sees_it(team: Team) -> None:
    seen = team.logs(team.ana, status="shared")
    team.must_change(seen, team.ana, "deleted")
    assert team.changes(seen, team.ben, "confirmed", status="verified") is None


def test_a_win_of_another_workspace_cannot_be_changed(team: Team) -> None:
    kept = team.logs(team.cy, status="shared")
    forged = Win(**{**kept.model_dump(), "workspace_id": team.place})
    assert team.changes(forged, team.ben, "confirmed", status="verified") is None
    assert team.database.run(win_changes.history, forged) == []
    team.database.run(win_changes.remember_copy, kept.id or 0, team.place, "D1", "1.1")
    now = team.now_is(kept)
    assert (now.status, now.revision, now.copy_ts) == ("shared", 1, None)


def test_remembering_where_the_copy_is_does_not_make_a_version(team: Team) -> None:
    kept = team.logs(team.ana)
    team.database.run(win_changes.remember_copy, kept.id or 0, team.place, "D1", "17.5")
    now = team.now_is(kept)
    assert (now.copy_channel, now.copy_ts, now.revision) == ("D1", "17.5", 1)
    fresh = team.must_change(kept, team.ana, "edited", note="n")
    assert (fresh.copy_channel, fresh.copy_ts) == ("D1", "17.5")


def test_what_was_deleted_goes_with_all_its_versions_and_nothing_else_goes(team: Team) -> None:
    old, new, there = (team.logs(team.ana, key) for key in ("old", "new", "there"))
    other = team.logs(team.cy)
    team.must_change(old, team.ana, "deleted", now=NOW - timedelta(hours=25))
    team.must_change(new, team.ana, "deleted", now=NOW - timedelta(hours=23))
    assert team.database.run(win_changes.purge, NOW - timedelta(days=1)) == 1
    assert team.database.run(win_changes.purge, NOW - timedelta(days=1)) == 0

    def left(session: Session) -> list[int | None]:
        return list(session.execute(select(col(Win.id)).order_by(col(Win.id))).scalars())

    assert team.database.run(left) == [new.id, there.id, other.id]
    assert past(team, old) == []
    assert team.database.run(versions) == 4


def test_a_win_taken_back_while_old_ones_are_purged_keeps_its_history(postgresql: Database) -> None:
    team = Team.made(postgresql)
    for turn in range(5):
        gone = team.must_change(team.logs(team.ana, f"V{turn}"), team.ana, "deleted", now=NOW - MINUTE)

        def purge(session: Session) -> bool:
            return win_changes.purge(session, NOW) == 0

        def restore(session: Session, gone: Win = gone) -> bool:
            return win_changes.change(session, gone, by=team.ana, now=NOW, deed="restored") is not None

        kept, restored = at_once(postgresql, purge, restore)
        assert kept is restored
        whose: Keys = {"workspace_id": team.place, "member_id": team.ana, "win_id": gone.id or 0}
        assert (postgresql.run(wins.own, **whose) is not None) is restored
        assert len(past(team, gone)) == (3 if restored else 0)
