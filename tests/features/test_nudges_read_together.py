"""A hundred weekly messages are read for in as many statements as one, and each finds what is its own and no more."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from sqlmodel import Session

import content
from slackbot.features.nudges.deciding import REMEMBERED, Asked, Facts, facts
from storage.database import Database
from storage.models import Delivery, Member
from tests.features.crowds import NOW, Crowd, crowd, row_of
from tests.storage.test_indexes import overheard

KNOWN = content.load()
SLOT = "2026-W48"


@pytest.fixture
def places(database_url: str) -> Iterator[tuple[Database, list[Crowd]]]:
    """Two workspaces of people with wins, targets and a role before them, and in each a manager who has nothing."""
    database = Database.at(database_url)
    made = [
        database.run(crowd, KNOWN, wins=7, reports=reports, wins_each=12, key=key)
        for key, reports in (("T1", 2), ("T2", 3))
    ]
    for each in made:
        database.run(_messages, each)
    yield database, made
    database.engine.dispose()


def everybody(there: Crowd) -> list[Member]:
    return [there.manager, there.liaison, *there.reports]


def _messages(session: Session, there: Crowd) -> None:
    """Each has a row for this week, the liaison a long past, and one of them a message that was put off."""
    for number, member in enumerate(everybody(there)):
        session.add(_row(member, SLOT, state="claimed"))
        weeks = REMEMBERED + 3 if member is there.liaison else number
        for week in range(weeks):
            session.add(_row(member, f"2026-W{47 - week}", state="sent", said=f"n{member.id}-{week}"))
    session.add(_row(there.reports[0], "2026-W10", state="retry", said="put off", moved=1))


def _row(member: Member, slot: str, *, state: str, said: str | None = None, moved: int = 0) -> Delivery:
    return Delivery(
        id=f"{member.id}-{slot}",
        workspace_id=member.workspace_id,
        member_id=member.id or 0,
        kind="nudge",
        slot=slot,
        due_at=NOW - timedelta(minutes=1),
        state=state,
        said={"outcome": "leadership", "nudge": said} if said else None,
        moved=moved,
    )


def read(session: Session, who: Sequence[tuple[Crowd, Member]], slot: str = SLOT) -> list[Facts]:
    asked = [
        Asked(there.glance(row_of(session, member), KNOWN), slot, f"{member.id}-{slot}")
        for there, member in who
    ]
    return facts(session, asked)


def test_who_is_read_for_together_finds_what_they_find_alone(places: tuple[Database, list[Crowd]]) -> None:
    database, made = places
    people = [(there, member) for there in made for member in everybody(there)]

    together = database.run(read, people)

    for person, found in zip(people, together, strict=True):
        (alone,) = database.run(read, [person])
        assert (found.areas, found.said, found.week) == (alone.areas, alone.said, alone.week)
        assert all(
            each.nudge.startswith(f"n{person[1].id}-") or each.nudge == "put off" for each in found.said
        )
    wins, goals, said, gates = (
        [sum(area.wins for area in found.areas) for found in together],
        [sum(area.goal is not None for area in found.areas) for found in together],
        [len(found.said) for found in together],
        [sum(area.gate for area in found.areas) for found in together],
    )
    assert wins == [0, 7, 12, 12, 0, 7, 12, 12, 12]
    assert goals[0] == goals[4] == 0 < min(goals[1:4])
    assert said == [0, REMEMBERED, 3, 3, 0, REMEMBERED, 3, 3, 4]
    assert gates[1] == gates[5] > 0 == gates[0]


def test_more_people_take_no_more_statements(places: tuple[Database, list[Crowd]]) -> None:
    database, made = places
    with overheard(database) as for_one:
        database.run(_reads_only, [(made[0], made[0].liaison)])
    people = [(there, member) for there in made for member in everybody(there)]
    with overheard(database) as for_all:
        database.run(_reads_only, people)

    assert selects(for_one) == selects(for_all) == 5


def selects(said: Sequence[tuple[str, object]]) -> int:
    return sum(statement.startswith("SELECT") for statement, _ in said)


def _reads_only(session: Session, who: Sequence[tuple[Crowd, Member]]) -> None:
    facts(session, [Asked(there.glance(member, KNOWN), SLOT) for there, member in who])


def test_the_row_that_is_decided_is_none_of_what_was_said_before(
    places: tuple[Database, list[Crowd]],
) -> None:
    database, made = places
    person = (made[0], made[0].reports[0])

    (this_week,), (put_off,) = database.run(read, [person]), database.run(read, [person], "2026-W10")

    assert [each.nudge for each in this_week.said][-1] == "put off"
    assert "put off" not in [each.nudge for each in put_off.said]
