"""Somebody with a weekly message before them, for the tests of its buttons."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.state import Message
from sandbox.words import places
from slackbot.app import App
from storage.models import Delivery
from tests.delivery.ledger import DUE, begin, only_row

TUESDAY = DUE + timedelta(days=1)


async def gets_one(person: Person, app: App, clock: Clock) -> Message:
    """They begin to use the app, and the first Monday comes."""
    await begin(app, person)
    await clock.advance_to(DUE)
    return person.dms()[-1]


async def presses(person: Person, app: App, label: str, on: Message) -> str:
    """Presses, and gives what the person is told beside the message."""
    seen = await person.presses(label, on=on)
    await app.deps.background.drain()
    newest = person.sees(person.app_dm)[-1]
    return newest.words if newest.ephemeral_to else seen.text


def labels(message: Message) -> list[str]:
    return [place.label for place in places(message.blocks)]


def change_row(app: App, person: Person, change: Callable[[Delivery], None]) -> None:
    """Alters the ledger's only row about somebody by hand."""
    delivery_id = only_row(app, person).id

    def write(session: Session) -> None:
        change(session.get_one(Delivery, delivery_id))

    app.deps.database.run(write)
