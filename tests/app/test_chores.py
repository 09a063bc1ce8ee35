"""Housekeeping comes with every tick, after the messages, and one that fails stops nobody else."""

from datetime import datetime

import pytest
from sqlmodel import Session, col, select

from sandbox.clock import Clock
from sandbox.people import Person
from slackbot.app import FEATURES, App, build
from slackbot.feature import Chore, Feature
from storage.models import Member
from tests.conftest import Trouble, kwargs_of


class Sweeping:
    """Two chores: the first fails when it is told to, after it has written."""

    def __init__(self) -> None:
        self.swept: list[datetime] = []
        self.fails = False

    def rename(self, session: Session, _now: datetime) -> int:
        for member in session.exec(select(Member)):
            member.name = "renamed"
        if self.fails:
            raise LookupError("nothing there")
        return 1

    def sweep(self, _session: Session, now: datetime) -> int:
        self.swept.append(now)
        return 0

    @property
    def feature(self) -> Feature:
        return Feature(name="sweeping", chores=(Chore("rename", self.rename), Chore("sweep", self.sweep)))


@pytest.fixture
def sweeping() -> Sweeping:
    return Sweeping()


@pytest.fixture
def own(app: App, sweeping: Sweeping) -> App:
    return build(app.deps, [sweeping.feature])


async def _names(app: App) -> set[str]:
    return set(await app.deps.transact(lambda session: session.exec(select(col(Member.name))).all()))


async def test_every_tick_does_them_with_the_time_it_is(own: App, sweeping: Sweeping, clock: Clock) -> None:
    began = clock.now()
    await own.tick()
    await clock.advance(hours=1)
    await own.tick()

    assert sweeping.swept == [began, clock.now()]


async def test_what_one_does_is_kept(own: App, ana: Person) -> None:
    await ana.slash("roadmap")
    await own.deps.background.drain()
    await own.tick()

    assert await _names(own) == {"renamed"}


async def test_one_that_fails_is_logged_undone_and_stops_nobody(
    own: App, ana: Person, sweeping: Sweeping, trouble: Trouble
) -> None:
    trouble.expect("chore_failed")
    await ana.slash("roadmap")
    await own.deps.background.drain()
    sweeping.fails = True
    await own.tick()
    await own.tick()

    assert len(sweeping.swept) == 2
    assert "renamed" not in await _names(own)
    failures = [record for record in trouble.records if record.getMessage() == "chore_failed"]
    assert [kwargs_of(record)["chore"] for record in failures] == ["rename", "rename"]
    assert failures[0].exc_info is not None
    assert isinstance(failures[0].exc_info[1], LookupError)


async def test_the_messages_come_all_the_same(
    own: App, app: App, ana: Person, clock: Clock, sweeping: Sweeping, trouble: Trouble
) -> None:
    """The tick that the clock gives is that of the whole app."""
    trouble.expect("chore_failed")
    sweeping.fails = True
    broken = build(app.deps, (sweeping.feature, *FEATURES))
    await ana.slash("roadmap")
    await app.deps.background.drain()
    clock.tick = broken.tick
    await clock.advance(weeks=1)

    assert any("This week:" in message.words for message in ana.dms())
    assert sweeping.swept
