"""People sort out who reports to whom, through the door, and what is kept of it can be looked at."""

from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import Session, col, select

from sandbox.people import Person, Seen
from sandbox.state import Message
from slackbot.app import App
from storage import reporting, wins
from storage.models import AuditEvent, Member, Reporting, Win
from tests.conftest import MONDAY
from tests.features.records import member_of


def manager_of(app: App, person: Person) -> str | None:
    """The Slack id of whom somebody reports to now."""

    def read(session: Session, member: Member) -> Member | None:
        assert member.id is not None
        return reporting.manager_of(session, workspace_id=member.workspace_id, member_id=member.id)

    found = app.deps.database.run(read, member_of(app, person))
    return None if found is None else found.user_id


def relations(app: App) -> Sequence[Reporting]:
    """Every relation there is or was, in any workspace, the oldest first."""
    return app.deps.database.run(lambda s: s.exec(select(Reporting).order_by(col(Reporting.id))).all())


def deeds(app: App) -> list[str]:
    """What the audit trail says was done about them, the oldest first."""

    def read(session: Session) -> list[str]:
        rows = session.exec(select(AuditEvent).order_by(col(AuditEvent.id))).all()
        return [row.action for row in rows if row.action.startswith("reporting.")]

    return app.deps.database.run(read)


def has_shared(app: App, person: Person, *, status: str = "shared", key: str = "V1") -> Win:
    """A win of theirs, as if it had been logged with the form."""
    member = member_of(app, person)
    assert member.id is not None
    win = Win(
        workspace_id=member.workspace_id,
        member_id=member.id,
        submission_key=key,
        outcome="referral_growth",
        metric="referrals",
        baseline=Decimal(120),
        result=Decimal(150),
        happened_on=MONDAY.date(),
        status=status,
        shared_at=None if status == "private" else MONDAY,
        created_at=MONDAY,
    )
    return app.deps.database.run(wins.add, win)[0]


async def opens(person: Person, app: App, words: str, **fields: str) -> Seen:
    """Types a command, fills in the form that opens, and sends it; all that follows is done when this returns."""
    await person.slash(words)
    assert person.modal is not None, f"{words} opened no form"
    person.fills(**fields)
    return await sends(person, app)


async def sends(person: Person, app: App) -> Seen:
    seen = await person.submits()
    await app.deps.background.drain()
    return seen


async def presses(person: Person, app: App, label: str, on: Message) -> str:
    """What a press in a message says to whoever pressed, once all that follows is done."""
    if person.modal is not None:
        await person.closes(all=True)
    await person.presses(label, on=on)
    await app.deps.background.drain()
    answers = [each for each in person.sees(on.channel) if each.ephemeral_to == person.id]
    # An answer that only they see takes the place of what they pressed in.
    return next((each for each in answers if each.ts == on.ts), answers[-1]).words


def told(person: Person) -> str:
    """The newest direct message."""
    return person.dms()[-1].words


async def asks(app: App, person: Person, manager: Person) -> Message:
    """Asks somebody to be their manager; the message that this one gets."""
    assert (await opens(person, app, "manager ask", manager=manager.id)).ok
    await person.closes(all=True)
    return next(message for message in reversed(manager.dms()) if "asks you to be" in message.words)


async def is_given(app: App, person: Person, manager: Person) -> None:
    """They ask, and the other accepts."""
    message = await asks(app, person, manager)
    await manager.presses("Accept", on=message)
    await app.deps.background.drain()
    assert manager_of(app, person) == manager.id
