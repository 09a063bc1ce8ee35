"""The stage of the demo: the sandbox, the checks that every act must pass, and what is known of the wins so far."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from sandbox.demo.courses import Course
from sandbox.errors import SandboxError
from sandbox.fields import options_of
from sandbox.journal import Call
from sandbox.people import Person, Seen
from sandbox.server import Sandbox
from sandbox.state import Message
from sandbox.words import Json, places
from sandbox.words import words as text_of

Settle = Callable[[], Awaitable[None]]
"""Waits until the app has done what it does after an answer."""


class DemoError(SandboxError):
    """The year stopped: `str()` says at which act, and what came back."""


@dataclass(frozen=True)
class Kept:
    """A win that is in the app: whose, what becomes of it, its number there, and where its copy stands."""

    who: str
    course: Course
    number: int
    copy_ts: str


class Stage:
    """The sandbox, and the checks that every act must pass."""

    def __init__(self, slack: Sandbox, settle: Settle) -> None:
        self.slack = slack
        self.wins: dict[str, Kept] = {}
        """By the key that the calendar gave them."""
        self.owed: dict[str, list[str]] = {}
        """By person: the keys of wins about which their manager said something."""
        self.targets: dict[str, int] = {}
        """The numbers that targets have in the app, by the key that the calendar gave them."""
        self._settle = settle
        self._checked: Call | None = slack.calls[-1] if slack.calls else None

    def person(self, name: str) -> Person:
        return self.slack.person(name)

    def key_of(self, number: int) -> str | None:
        """The key of the win with that number in the app; None for one that nobody of the cast logged."""
        return next((key for key, kept in self.wins.items() if kept.number == number), None)

    def copy_of(self, key: str) -> Message:
        """The owner's own message about a win, as it is now."""
        kept = self.wins[key]
        where = self.person(kept.who).app_dm
        for message in reversed(self.slack.state.messages):
            if message.channel == where and message.ts == kept.copy_ts:
                return message
        raise DemoError("The copy of the win is gone.")

    async def settle(self) -> None:
        """Wait for what follows an answer; raises DemoError if Slack refused any of it."""
        await self._settle()
        for call in reversed(self.slack.calls):
            if call is self._checked:
                break
            if not call.ok:
                raise DemoError(f"Slack answered {call.method} with {call.error}.")
        self._checked = self.slack.calls[-1] if self.slack.calls else None
        if self.slack.refusals:
            refused = self.slack.refusals[-1]
            raise DemoError(f"Slack would have refused {refused.method}: {refused.response}.")

    async def asks(self, person: Person, words: str) -> Message:
        """Types `/prm words` into the conversation with the app; the answer."""
        seen = must_succeed(await person.slash(words, channel=person.app_dm))
        if seen.message is None:
            raise DemoError(f"No answer came to /prm {words}.")
        return seen.message

    async def chooses(self, person: Person, message: Message, words: str) -> None:
        """Presses the button, or takes the line of a menu, behind which these words of `/prm` stand."""
        for place in places(message.blocks):
            if place.element.get("value") == words:
                must_succeed(await person.acts(message, place.block_id, place.action_id))
                return
            if words in _choices(place.element):
                must_succeed(await person.acts(message, place.block_id, place.action_id, words))
                return
        raise DemoError(f"Nothing there leads to /prm {words}: {shortened(message.words)}")

    async def presses(self, person: Person, label: str, on: Message, expects: str) -> None:
        """Presses what is so called; the answer, which may come after the press, must say what is expected."""
        world = self.slack.world
        mark = world.said_so_far
        must_succeed(await person.presses(label, on=on))
        await self.settle()
        new = [said for number, said in world.said if number > mark and said.channel == person.app_dm]
        if not any(expects in said.words for said in new):
            raise DemoError(f"Nothing said “{expects}”: {shortened(' / '.join(said.words for said in new))}")

    async def fits_to(self, person: Person, metric: str) -> None:
        """Chooses the metric in the form before the person, which changes with it."""
        if person.modal is None:
            raise DemoError("The form is gone.")
        state: Json = person.modal.values.get("metric", {}).get("metric", {})
        if (state.get("selected_option") or {}).get("value") != metric:
            must_succeed(await person.selects("metric", metric))
            await self.settle()

    async def sends(self, person: Person, expects: str) -> None:
        """Submits the form before the person, which must then say what is expected, and closes it."""
        seen = must_succeed(await person.submits())
        if person.modal is None or expects not in person.modal.words:
            raise DemoError(f"The form did not say “{expects}”: {shortened(seen.words)}")
        await person.closes(all=True)
        await self.settle()


class Act(Protocol):
    """Something somebody does."""

    async def play(self, stage: Stage) -> None:
        """Do it; raises DemoError with what went wrong."""


def led_to(blocks: Sequence[Json], start: str) -> Iterator[str]:
    """The words of `/prm` that begin so and that something in these blocks leads to, in their order."""
    for place in places(blocks):
        for words in (str(place.element.get("value", "")), *_choices(place.element)):
            if words.startswith(start):
                yield words


def leads_to(blocks: Sequence[Json], start: str) -> str:
    """The first of them; raises DemoError where there is none."""
    for words in led_to(blocks, start):
        return words
    raise DemoError(f"Nothing there leads to /prm {start}…: {shortened(text_of(blocks))}")


def _choices(element: Json) -> list[str]:
    return [str(option.get("value", "")) for option in options_of(element)]


def must_succeed(seen: Seen) -> Seen:
    if not seen.ok or seen.error is not None:
        problems = "; ".join(seen.errors.values())
        raise DemoError(f"The app answered: {shortened(problems or seen.words or str(seen.error))}")
    return seen


def must_open(person: Person, seen: Seen) -> None:
    if must_succeed(seen).modal is None and person.modal is None:
        raise DemoError(f"No form opened; the app answered: {shortened(seen.words or 'nothing')}")


def shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:199]}…"
