"""Criteria are written once: a change is a new version, and nobody's criteria move under them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from storage import criteria_sets
from storage.criteria_sets import Items
from storage.database import Database
from storage.models import CriteriaSet, Member
from tests.databases import Databases
from tests.storage.conftest import NOW
from tests.storage.copies import copy_of, first_team
from tests.storage.racing import at_once, through_transact
from tests.storage.rows import MINUTE, Keys, Team
from tests.storage.test_indexes import plans, reads_whole_table

RUNG = "senior_liaison"
HOUSE: Items = [{"id": "growth", "test": {"kind": "percent_change", "at_least": "10"}}]
STRICTER: Items = [{"id": "growth", "test": {"kind": "percent_change", "at_least": "15.5"}}]
OTHER: Items = [*HOUSE, {"id": "events", "test": {"kind": "total", "at_least": "4"}}]


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


def here(team: Team, **keys: Any) -> Keys:
    return {"workspace_id": team.place, "rung": RUNG, **keys}


def ensured(team: Team, items: Items = HOUSE, **keys: Any) -> CriteriaSet:
    return team.database.run(criteria_sets.ensure, **here(team, items=items, now=NOW) | keys)


def written(team: Team, items: Items, *, after: int, by: int | None = None) -> CriteriaSet | None:
    keys = here(team, items=items, by=by or team.ben, now=NOW + MINUTE, why="A new year.", after=after)
    return team.database.run(criteria_sets.write, **keys)


def must_write(team: Team, items: Items, *, after: int) -> CriteriaSet:
    new = written(team, items, after=after)
    assert new is not None, "nobody else was there"
    return new


def versions(team: Team) -> list[tuple[int, str | None, Items]]:
    told = team.database.run(criteria_sets.history, **here(team))
    return [(one.criteria_set.version, one.user_id, one.criteria_set.items) for one in told]


def newest(team: Team) -> CriteriaSet | None:
    return team.database.run(criteria_sets.newest, **here(team))


def test_a_workspace_starts_from_the_house_defaults(team: Team) -> None:
    assert newest(team) is None
    first = ensured(team)
    assert (first.version, first.by_id, first.at, first.why) == (1, None, NOW, None)
    assert newest(team) == first
    assert versions(team) == [(1, None, HOUSE)]


def test_asking_again_writes_nothing(team: Team) -> None:
    first = ensured(team)
    assert ensured(team, now=NOW + MINUTE).id == first.id
    same_as_json: list[dict[str, Any]] = [
        {"test": {"at_least": "10", "kind": "percent_change"}, "id": "growth"}
    ]
    assert ensured(team, same_as_json).id == first.id
    assert versions(team) == [(1, None, HOUSE)]


def test_what_json_cannot_tell_apart_is_not_a_new_version(team: Team) -> None:
    first = ensured(team, [{"id": "either", "tests": ["a", "b"]}])
    assert ensured(team, [{"id": "either", "tests": ("a", "b")}]).id == first.id


def test_new_house_defaults_are_a_new_version_for_who_never_wrote_their_own(team: Team) -> None:
    ensured(team)
    second = ensured(team, OTHER)
    assert (second.version, second.by_id) == (2, None)
    assert versions(team) == [(1, None, HOUSE), (2, None, OTHER)]


def test_new_house_defaults_never_come_above_what_an_admin_wrote(team: Team) -> None:
    ensured(team)
    own = must_write(team, STRICTER, after=1)
    assert ensured(team, OTHER).id == own.id
    assert versions(team) == [(1, None, HOUSE), (2, "U0BEN", STRICTER)]


def test_an_admin_can_write_the_first_version_too(team: Team) -> None:
    own = must_write(team, STRICTER, after=0)
    assert (own.version, own.by_id) == (1, team.ben)
    assert ensured(team, HOUSE).id == own.id


def test_it_is_kept_who_changed_what_when_and_why(team: Team) -> None:
    ensured(team)
    must_write(team, STRICTER, after=1)
    first, second = team.database.run(criteria_sets.history, **here(team))
    assert (first.name, first.user_id) == (None, None)
    assert (second.user_id, second.criteria_set.why, second.criteria_set.at) == (
        "U0BEN",
        "A new year.",
        NOW + MINUTE,
    )


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_who_saw_another_version_than_the_newest_writes_nothing(team: Team, seen: int) -> None:
    ensured(team)
    must_write(team, STRICTER, after=1)
    assert written(team, OTHER, after=seen) is None
    assert versions(team) == [(1, None, HOUSE), (2, "U0BEN", STRICTER)]


def test_of_two_admins_who_save_at_once_one_is_told_that_the_other_was_quicker(both: Team) -> None:
    ensured(both)

    def by(admin: int, items: Items) -> Any:
        def work(session: Session) -> int | None:
            keys = here(both, items=items, by=admin, now=NOW, why=None, after=1)
            new = criteria_sets.write(session, **keys)
            return None if new is None else new.version

        return work

    done = through_transact(both.database, by(both.ben, STRICTER), by(both.gus, OTHER))
    assert sorted(done, key=str) == [2, None]
    assert [version for version, *_ in versions(both)] == [1, 2]


def test_two_who_ask_first_at_once_make_one_first_version(postgresql: Database) -> None:
    team = Team.made(postgresql)

    def first(session: Session) -> int | None:
        return criteria_sets.ensure(session, **here(team, items=HOUSE, now=NOW)).id

    one, other = at_once(postgresql, first, first)
    assert one == other
    assert versions(team) == [(1, None, HOUSE)]


def test_the_database_itself_refuses_to_change_a_set(both: Team) -> None:
    kept = ensured(both)

    def change(session: Session, /, **columns: Any) -> None:
        session.execute(update(CriteriaSet).where(col(CriteriaSet.id) == kept.id).values(**columns))

    for columns in ({"items": STRICTER}, {"version": 7}, {"why": "because"}, {"by_id": both.ben}):
        with pytest.raises(IntegrityError, match="never changed"):
            both.database.run(change, **columns)
    assert versions(both) == [(1, None, HOUSE)]


NONSENSE: list[Keys] = [{"version": 0}, {"version": 1}, {"by_id": -1}, {"workspace_id": -1}]


def test_a_set_that_makes_no_sense_is_refused_by_the_database(both: Team) -> None:
    ensured(both)

    def write(session: Session, spoiled: Keys) -> None:
        session.add(CriteriaSet(**{**here(both), "version": 2, "items": OTHER, "at": NOW, **spoiled}))

    for spoiled in NONSENSE:
        with pytest.raises(IntegrityError):
            both.database.run(write, spoiled)
    both.database.run(write, {})
    assert [version for version, *_ in versions(both)] == [1, 2]


def test_three_people_half_way_each_keep_the_version_they_started_with(team: Team) -> None:
    def start(session: Session, person: int, version: CriteriaSet) -> None:
        criteria_sets.take_up(session, session.get_one(Member, person), version)

    team.database.run(start, team.ana, ensured(team))
    team.database.run(start, team.eli, must_write(team, STRICTER, after=1))
    team.database.run(start, team.gus, must_write(team, OTHER, after=2))

    def works_under(session: Session, person: int) -> Items:
        member = session.get_one(Member, person)
        assert member.criteria_set_id is not None
        kept = criteria_sets.get(session, workspace_id=team.place, set_id=member.criteria_set_id)
        assert kept is not None
        return kept.items

    people = (team.ana, team.eli, team.gus)
    assert [team.database.run(works_under, person) for person in people] == [HOUSE, STRICTER, OTHER]


def test_who_takes_up_a_newer_version_works_under_that_one(team: Team) -> None:
    first, second = ensured(team), must_write(team, STRICTER, after=1)

    def take_up(session: Session, version: CriteriaSet) -> None:
        criteria_sets.take_up(session, session.get_one(Member, team.ana), version)

    def taken_up(session: Session) -> int | None:
        return session.exec(select(Member.criteria_set_id).where(Member.id == team.ana)).one()

    for version in (first, second):
        team.database.run(take_up, version)
        assert team.database.run(taken_up) == version.id


def test_nobody_works_under_the_criteria_of_another_workspace(team: Team) -> None:
    ours = ensured(team)

    def take_up(session: Session) -> None:
        criteria_sets.take_up(session, session.get_one(Member, team.cy), ours)

    with pytest.raises(LookupError):
        team.database.run(take_up)


def test_another_workspace_and_another_rung_see_none_of_it(team: Team) -> None:
    ours = ensured(team)
    keys: Keys = {"workspace_id": team.elsewhere, "rung": RUNG}
    assert team.database.run(criteria_sets.newest, **keys) is None
    assert team.database.run(criteria_sets.history, **keys) == []
    assert team.database.run(criteria_sets.get, workspace_id=team.elsewhere, set_id=ours.id or 0) is None
    assert team.database.run(criteria_sets.newest, **here(team) | {"rung": "director"}) is None
    assert ensured(team, OTHER, workspace_id=team.elsewhere).version == 1
    assert ensured(team, OTHER, rung="director").version == 1
    assert versions(team) == [(1, None, HOUSE)]


def test_when_a_workspace_goes_its_sets_go_and_the_people_stay(both: Team) -> None:
    kept = ensured(both)

    def take_up_and_go(session: Session) -> int | None:
        member = session.get_one(Member, both.ana)
        criteria_sets.take_up(session, member, kept)
        session.delete(session.get_one(CriteriaSet, kept.id))
        session.flush()
        session.refresh(member)
        return member.criteria_set_id

    assert both.database.run(take_up_and_go) is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda session: criteria_sets.newest(session, workspace_id=1, rung=RUNG),
        lambda session: criteria_sets.history(session, workspace_id=1, rung=RUNG),
    ],
    ids=["newest", "history"],
)
def test_versions_come_out_of_their_index_in_order(team: Team, ask: Any) -> None:
    steps = plans(team.database, ask)
    assert [step for step in steps if reads_whole_table(step) or "TEMP B-TREE" in step] == []
