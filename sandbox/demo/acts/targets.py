"""What people do about targets: propose one, agree, answer with another number, change what is agreed, close what is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sandbox.demo.acts.stage import DemoError, Stage, led_to, must_open
from sandbox.people import Person
from sandbox.state import Message

PROPOSED, AGREED, REACHED = "Proposed to", "Agreed: it is in force", "Closed as reached"
AGREE = "target agree "


@dataclass(frozen=True)
class Proposes:
    """Fills in the form of a target, for themselves or for somebody of their team; `other` is who has to agree.

    `key` is how later acts speak of it; what is None stays as the form offers it."""

    who: str
    key: str
    owner: str
    other: str
    metric: str
    start: str | None
    to: str
    due: date | None

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        words = "target new" if self.owner == self.who else f"target for <@{stage.person(self.owner).id}>"
        must_open(person, await person.slash(words, channel=person.app_dm))
        await stage.fits_to(person, self.metric)
        typed = {"from": self.start or "", "to": self.to, "due": self.due}
        await _send(
            stage,
            person,
            self.key,
            self.other,
            {name: value for name, value in typed.items() if value is not None},
        )


@dataclass(frozen=True)
class ProposesInstead:
    """Opens a target and proposes another number to reach in its place."""

    who: str
    key: str
    other: str
    to: str

    async def play(self, stage: Stage) -> None:
        person, number = stage.person(self.who), stage.targets[self.key]
        shown = await stage.asks(person, f"target show {number}")
        await stage.chooses(person, shown, f"target change {number}")
        await _send(stage, person, self.key, self.other, {"to": self.to})


@dataclass(frozen=True)
class Agrees:
    """Says yes, below the message that told them of it."""

    who: str
    key: str

    async def play(self, stage: Stage) -> None:
        person, number = stage.person(self.who), stage.targets[self.key]
        for message in reversed(person.dms()):
            if f"{AGREE}{number}" in led_to(message.blocks, AGREE):
                await stage.presses(person, "Agree", message, AGREED)
                return
        raise DemoError("Nothing asks them to agree.")


@dataclass(frozen=True)
class ClosesAsReached:
    """Opens a target that confirmed wins have come to, and closes it."""

    who: str
    key: str

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        shown = await stage.asks(person, f"target show {stage.targets[self.key]}")
        await stage.presses(person, "Close as reached", shown, REACHED)


async def _send(stage: Stage, person: Person, key: str, other: str, fields: Mapping[str, str | date]) -> None:
    """Sends the form, and remembers the number under which the other side is asked about it."""
    said_before = len(stage.slack.state.messages)
    person.fills(fields)
    await stage.sends(person, PROPOSED)
    stage.targets[key] = _asked_about(stage.person(other), stage.slack.state.messages[said_before:])


def _asked_about(other: Person, new: list[Message]) -> int:
    for message in new:
        for words in led_to(message.blocks, AGREE) if message.channel == other.app_dm else ():
            return int(words.removeprefix(AGREE))
    raise DemoError("The other side was not asked.")
