"""People agree on targets through the door, and what is kept of it can be looked at."""

from collections.abc import Sequence

import pytest
from sqlmodel import Session, col, select

from sandbox.people import Person, Seen
from sandbox.state import Message
from slackbot.app import App
from storage.models import AuditEvent, Target
from tests.features.reporting import presses

one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no database decides."""
GROWTH = {"metric": "referrals", "from": "120", "to": "150"}
DUE = "Nov 23, 2027"
"""What the form offers on the day that the tests begin."""


def targets_of(app: App) -> Sequence[Target]:
    """Every target there is or was, in any workspace, the oldest first."""
    return app.deps.database.run(lambda s: s.exec(select(Target).order_by(col(Target.id))).all())


def states(app: App) -> list[str]:
    """How each of them stands: its state, and how it was closed."""
    return [each.closing or each.state for each in targets_of(app)]


def trail(app: App) -> list[str]:
    """What the audit trail says was done about them, the oldest first."""

    def read(session: Session) -> list[str]:
        rows = session.exec(select(AuditEvent).order_by(col(AuditEvent.id))).all()
        return [row.action for row in rows if row.action.startswith("target.")]

    return app.deps.database.run(read)


def news(person: Person) -> list[str]:
    """The messages that the app wrote to them, without the answers to what they pressed there."""
    return [dm.words for dm in person.dms() if dm.ephemeral_to is None]


async def fills_in(person: Person, app: App, words: str = "target new", **fields: str) -> Seen:
    """Types a command, fills in the form that opens, and sends it; all that follows is done when this returns."""
    await person.slash(words)
    assert person.modal is not None, f"{words} opened no form"
    if "metric" in fields:
        await person.selects("metric", fields.pop("metric"))
        await app.deps.background.drain()
    person.fills(**fields)
    return await sends(person, app)


async def sends(person: Person, app: App) -> Seen:
    seen = await person.submits()
    await app.deps.background.drain()
    return seen


async def proposes(
    person: Person, app: App, other: Person, words: str = "target new", **fields: str
) -> Message:
    """Proposes growth, or what the fields say; the message that the other side gets."""
    seen = await fills_in(person, app, words, **(GROWTH | fields))
    assert seen.ok, seen.errors
    await person.closes(all=True)
    return other.dms()[-1]


async def agreed(person: Person, app: App, other: Person, **fields: str) -> Target:
    """One proposes, the other agrees; the target that is in force then."""
    said = await presses(other, app, "Agree", await proposes(person, app, other, **fields))
    assert said.startswith("Agreed"), said
    return targets_of(app)[-1]
