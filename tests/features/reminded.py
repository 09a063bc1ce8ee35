"""What came by itself beside the weekly message, and what the ledger says of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.people import Person
from sandbox.state import Message
from slackbot.app import App
from storage.models import Delivery
from tests.delivery.ledger import ledger_of

NEW_YORK = ZoneInfo("America/New_York")


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
