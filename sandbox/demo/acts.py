"""What people of the demo do: one small class for each kind of act, played on a stage through the real app."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sandbox.demo.cast import Persona, Weekly
from sandbox.demo.growth import Form
from sandbox.demo.readings import Filled
from sandbox.errors import SandboxError
from sandbox.journal import Call
from sandbox.people import Person, Seen
from sandbox.seeds import RIVERSIDE
from sandbox.server import Sandbox
from sandbox.state import Message

Settle = Callable[[], Awaitable[None]]
"""Waits until the app has done what it does after an answer."""


class DemoError(SandboxError):
    """The year stopped: `str()` says at which act, and what came back."""


class Stage:
    """The sandbox, and the checks that every act must pass."""

    def __init__(self, slack: Sandbox, settle: Settle) -> None:
        self.slack = slack
        self._settle = settle
        self._checked: Call | None = slack.calls[-1] if slack.calls else None

    def person(self, name: str) -> Person:
        return self.slack.person(name)

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


class Act(Protocol):
    """Something somebody does."""

    async def play(self, stage: Stage) -> None:
        """Do it; raises DemoError with what went wrong."""


@dataclass(frozen=True)
class Joins:
    """Starts in the workspace."""

    persona: Persona

    async def play(self, stage: Stage) -> None:
        persona = self.persona
        person = stage.slack.hires(persona.name, zone=persona.zone, real_name=persona.real_name)
        person.user.title = persona.title


@dataclass(frozen=True)
class OpensHome:
    """Looks at the app's Home."""

    who: str

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        await person.opens_home()
        await stage.settle()
        if person.home is None:
            raise DemoError("The app's Home stayed empty.")


@dataclass(frozen=True)
class Asks:
    """Asks `/prm` something, in the conversation with the app or in their channel."""

    who: str
    words: str
    expects: str
    in_channel: bool = False

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        where = person.channel if self.in_channel else person.app_dm
        seen = _must_succeed(await person.slash(self.words, channel=where))
        if self.expects.lower() not in seen.words.lower():
            raise DemoError(f"The answer did not speak of “{self.expects}”: {_shortened(seen.words)}")


@dataclass(frozen=True)
class SetsWeekly:
    """Changes, pauses or ends their weekly message; what is None stays as it is."""

    who: str
    weekly: Weekly | None = None
    paused_until: date | None = None

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        _must_open(await person.slash("nudges change", channel=person.app_dm))
        if self.weekly is not None:
            person.fills({"Day": self.weekly.day, "Time": self.weekly.time})
            person.fills({"Weekly message": "Off" if self.weekly.off else "On"})
        if self.paused_until is not None:
            person.fills({"Pause until": self.paused_until})
        saved = _must_succeed(await person.submits())
        if person.modal is not None:
            if "Saved" not in person.modal.words:
                raise DemoError(f"The settings were not saved: {_shortened(saved.words)}")
            await person.closes(all=True)


@dataclass(frozen=True)
class FillsIn:
    """Fills in a form of theirs that answers with "Saved": profile, skills, a credential."""

    filled: Form

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.filled.who)
        _must_open(await person.slash(self.filled.words, channel=person.app_dm))
        person.fills(self.filled.fields)
        saved = _must_succeed(await person.submits())
        if person.modal is None or "Saved" not in person.modal.words:
            raise DemoError(f"The form was not saved: {_shortened(saved.words)}")
        await person.closes(all=True)
        await stage.settle()


@dataclass(frozen=True)
class Logs:
    """Logs a win with the form, and gets a copy."""

    who: str
    win: Filled

    async def play(self, stage: Stage) -> None:
        person, win = stage.person(self.who), self.win
        _must_open(await person.slash("log", channel=person.app_dm))
        person.fills(
            {
                "What did you move?": win.metric,
                "Result": win.result,
                "Baseline": win.baseline,
                "Date": win.happened_on,
                "Practice or place": win.practice,
                "Where the numbers come from": win.source,
                "Note": win.note,
            }
        )
        said_before = len(stage.slack.state.messages)
        _must_succeed(await person.submits())
        if person.modal is not None:
            raise DemoError(f"The form stayed open: {_shortened(person.modal.words)}")
        await stage.settle()
        new = stage.slack.state.messages[said_before:]
        if not any(message.channel == person.app_dm and message.bot_id for message in new):
            raise DemoError("No copy of the win came.")


@dataclass(frozen=True)
class Moves:
    """Their Slack profile names another zone from now on."""

    who: str
    zone: str

    async def play(self, stage: Stage) -> None:
        stage.person(self.who).zone = self.zone


@dataclass(frozen=True)
class Says:
    """Writes into a channel, where the app does not listen."""

    who: str
    channel: str
    text: str

    async def play(self, stage: Stage) -> None:
        person, world = stage.person(self.who), stage.slack.world
        for channel in stage.slack.state.channels.values():
            if channel.team == RIVERSIDE.id and channel.name == self.channel:
                said = Message(world.new_ts(), channel.id, person.team, person.id, self.text)
                world.state.messages.append(said)
                world.note_said(said)
                return
        raise DemoError(f"There is no channel #{self.channel}.")


def _must_succeed(seen: Seen) -> Seen:
    if not seen.ok or seen.error is not None:
        raise DemoError(f"The app answered: {_shortened(seen.words or str(seen.error))}")
    return seen


def _must_open(seen: Seen) -> None:
    if _must_succeed(seen).modal is None:
        raise DemoError(f"No form opened; the app answered: {_shortened(seen.words or 'nothing')}")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:199]}…"
