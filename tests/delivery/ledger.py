"""Reads the ledger of scheduled messages, and puts rows into it that a crash would have left there."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, SQLModel, col, select

from sandbox.clock import Clock
from sandbox.people import Person
from slackbot.app import App
from storage.models import Delivery, Workspace
from tests.features.records import member_of

DUE = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
"""Nine in the morning in New York, the first Monday on which somebody who starts now hears from the app."""
SLOT = "2026-W49"
SECOND = timedelta(seconds=1)


def ledger_of(app: App, person: Person) -> Sequence[Delivery]:
    """Every row about the person, the oldest due first."""
    member_id = member_of(app, person).id

    def read(session: Session) -> Sequence[Delivery]:
        statement = select(Delivery).where(Delivery.member_id == member_id)
        return session.exec(statement.order_by(col(Delivery.due_at))).all()

    return app.deps.database.run(read)


def states(app: App, person: Person) -> list[tuple[str, str]]:
    """Slot and state of every row about the person."""
    return [(row.slot, row.state) for row in ledger_of(app, person)]


def only_row(app: App, person: Person) -> Delivery:
    (row,) = ledger_of(app, person)
    return row


def workspace_of(app: App, person: Person) -> Workspace:
    def read(session: Session) -> Workspace:
        return session.exec(select(Workspace).where(Workspace.key == person.team)).one()

    return app.deps.database.run(read)


def keep(app: App, row: SQLModel) -> None:
    """Writes a row by hand, as if an earlier process had."""

    def write(session: Session) -> None:
        session.add(row)

    app.deps.database.run(write)


def row_for(app: App, person: Person, **columns: Any) -> Delivery:
    """A row of this week's message, by default just claimed."""
    member = member_of(app, person)
    assert member.id is not None
    row = Delivery(workspace_id=member.workspace_id, member_id=member.id, kind="nudge", slot=SLOT, due_at=DUE)
    for name, value in columns.items():
        setattr(row, name, value)
    return row


async def begin(app: App, *people: Person) -> None:
    """They use the app for the first time; it knows their zone, and has finished, before the clock moves on."""
    for person in people:
        await person.slash("nudges")
    await app.deps.background.drain()


def arrivals(person: Person, zone: str) -> list[datetime]:
    """When each message came, on the clock of a place."""
    moments = (datetime.fromtimestamp(float(message.ts), UTC) for message in person.dms())
    return [moment.astimezone(ZoneInfo(zone)) for moment in moments]


async def sleep_until(clock: Clock, when: datetime) -> None:
    """Time passes while no worker runs."""
    tick, next_due = clock.tick, clock.next_due
    clock.tick = clock.next_due = None
    await clock.advance_to(when)
    clock.tick, clock.next_due = tick, next_due
