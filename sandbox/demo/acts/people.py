"""What anybody in the demo does: joins, looks, asks, fills in forms about themselves, talks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sandbox.demo.acts.stage import DemoError, Stage, led_to, must_open, must_succeed, shortened
from sandbox.demo.cast import Persona, Weekly
from sandbox.demo.growth import Form
from sandbox.seeds import RIVERSIDE
from sandbox.state import Message
from sandbox.words import places

WEEKLY = "nudges why "
"""What *Why this?* leads to, which every weekly message has until it is answered."""


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
        seen = must_succeed(await person.slash(self.words, channel=where))
        if self.expects.lower() not in seen.words.lower():
            raise DemoError(f"The answer did not speak of “{self.expects}”: {shortened(seen.words)}")


@dataclass(frozen=True)
class SetsWeekly:
    """Changes, pauses or ends their weekly message; what is None stays as it is."""

    who: str
    weekly: Weekly | None = None
    paused_until: date | None = None

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        must_open(person, await person.slash("nudges change", channel=person.app_dm))
        if self.weekly is not None:
            person.fills({"Day": self.weekly.day, "Time": self.weekly.time})
            person.fills({"Weekly message": "Off" if self.weekly.off else "On"})
        if self.paused_until is not None:
            person.fills({"Pause until": self.paused_until})
        saved = must_succeed(await person.submits())
        if person.modal is not None:
            if "Saved" not in person.modal.words:
                raise DemoError(f"The settings were not saved: {shortened(saved.words)}")
            await person.closes(all=True)


@dataclass(frozen=True)
class AnswersWeekly:
    """Presses a button in their newest weekly message; nothing where none of the last week has it any more."""

    who: str
    label: str
    expects: str

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        since = (stage.slack.clock.now() - timedelta(days=6)).timestamp()
        recent = [message for message in person.dms() if float(message.ts) >= since]
        offered = [each for each in recent if any(led_to(each.blocks, WEEKLY)) and self._is_offered(each)]
        if not offered:
            return
        must_succeed(await person.presses(self.label, on=offered[-1]))
        await stage.settle()
        changed = next(each for each in person.dms() if each.ts == offered[-1].ts)
        if self.expects not in changed.words:
            raise DemoError(f"The message did not say “{self.expects}”: {shortened(changed.words)}")

    def _is_offered(self, message: Message) -> bool:
        return any(place.label == self.label for place in places(message.blocks))


@dataclass(frozen=True)
class FillsIn:
    """Fills in a form of theirs that answers with "Saved": profile, skills, a credential."""

    filled: Form

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.filled.who)
        must_open(person, await person.slash(self.filled.words, channel=person.app_dm))
        person.fills(self.filled.fields)
        await stage.sends(person, "Saved")


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
