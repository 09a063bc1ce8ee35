"""What came by itself beside the weekly message, and what the ledger says of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from sandbox.people import Person
from sandbox.state import Message
from slackbot.app import App
from storage.models import Delivery, Member
from tests.delivery.ledger import begin, ledger_of

NEW_YORK = ZoneInfo("America/New_York")
both_engines_by_and_by = pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True
)
"""Every tick of every test asks either database what is due; what takes weeks is asked of the second one by CI."""


def rows_of(app: App, person: Person, kind: str) -> Sequence[Delivery]:
    """The ledger's rows of one kind about somebody, the oldest due first."""
    return [each for each in ledger_of(app, person) if each.kind == kind]


def outcomes(app: App, person: Person, kind: str) -> list[tuple[str, str, str | None]]:
    """Of each such row its slot, its state and the reason for it."""
    return [(each.slot, each.state, each.reason) for each in rows_of(app, person, kind)]


def came(app: App, person: Person, kind: str) -> list[Message]:
    """The messages themselves."""
    stamps = {each.ts for each in rows_of(app, person, kind) if each.state == "sent"}
    return [each for each in person.dms() if each.ts in stamps]


def when(messages: Sequence[Message], zone: ZoneInfo = NEW_YORK) -> list[str]:
    """When they came, on a local clock: "Mon Nov 30 08:30"."""
    moments = (datetime.fromtimestamp(float(each.ts), UTC).astimezone(zone) for each in messages)
    return [f"{each:%a %b %d %H:%M}" for each in moments]


async def begin_without_weekly_messages(app: App, *people: Person, off: Sequence[str] = ()) -> None:
    """They have used the app, and switched off what this is not about, `off` too."""
    await begin(app, *people)

    def switch_off(session: Session) -> None:
        for member in session.exec(select(Member)).all():
            member.nudges_off, member.next_nudge_at, member.kinds_off = True, None, list(off)

    app.deps.database.run(switch_off)
