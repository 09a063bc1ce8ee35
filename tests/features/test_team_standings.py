"""A manager's team stands in one reading: each of them as the manager may see it, and nobody of anywhere else."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event
from sqlmodel import Session

import content
from slackbot.standing import Standing, standing_of
from tests.features.crowds import Crowd, Stage, crowd, row_of, stage

KNOWN = content.load()


@pytest.fixture
def here(database_url: str) -> Iterator[Stage]:
    with stage(database_url, KNOWN, wins=0, reports=2, wins_each=12) as made:
        yield made


def test_a_team_stands_as_each_of_them_does_in_the_eyes_of_their_manager(here: Stage) -> None:
    found = here.team()

    assert [each.member.id for each in found] == [each.id for each in here.people.reports]
    for each in found:
        alone = here.seen(each.member)
        assert each.readiness == alone.readiness
        assert {entry.id for entry in each.entries} == {entry.id for entry in alone.entries}
        assert not any(entry.private for entry in each.entries)
        assert [goal.pace for goal in each.goals] == [goal.pace for goal in alone.goals]
        assert each.last_win == alone.last_win is not None
        assert each.own is None


def test_who_leads_nobody_has_no_team(here: Stage) -> None:
    assert here.team(here.people.liaison) == ()


def test_a_larger_team_takes_no_more_statements(here: Stage) -> None:
    def statements(people: Crowd) -> int:
        counted: list[str] = []

        def count(*details: object) -> None:
            counted.append(str(details[2]))

        there = Stage(here.database, people, KNOWN)
        event.listen(here.database.engine, "before_cursor_execute", count)
        try:
            for each in there.team():
                assert each.readiness is not None
                assert len(each.outcomes) == len(KNOWN.outcomes)
        finally:
            event.remove(here.database.engine, "before_cursor_execute", count)
        return len(counted)

    large = here.database.run(crowd, KNOWN, wins=0, reports=9, wins_each=3, key="T2")

    assert statements(here.people) == statements(large)
    assert statements(large) < 8


def test_nobodys_private_side_is_shown_to_another(here: Stage) -> None:
    def peek(session: Session) -> Standing:
        manager, report = (row_of(session, each) for each in (here.people.manager, here.people.reports[0]))
        return standing_of(session, here.people.glance(manager, KNOWN), report, private=True)

    with pytest.raises(AssertionError, match="shown to its owner"):
        here.database.run(peek)


def test_nobody_looks_into_another_workspace(here: Stage) -> None:
    elsewhere = here.database.run(crowd, KNOWN, wins=0, reports=0, wins_each=0, key="T2")

    def peek(session: Session) -> Standing:
        stranger, liaison = (row_of(session, each) for each in (elsewhere.manager, here.people.liaison))
        return standing_of(session, elsewhere.glance(stranger, KNOWN), liaison, private=False)

    with pytest.raises(AssertionError, match="another workspace"):
        here.database.run(peek)
