"""What liaisons do with their wins: log them, mend them, answer for them, and take them back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sandbox.demo.acts.stage import (
    DemoError,
    Kept,
    Stage,
    leads_to,
    led_to,
    must_open,
    must_succeed,
    shortened,
)
from sandbox.demo.courses import PLAIN, Course, Filled
from sandbox.people import Person
from sandbox.state import Message

LEFT_OPEN = "open"
CLEARED = "cleared"
"""The box that says of a number or a name in a text: not a patient's."""


@dataclass(frozen=True)
class Logs:
    """Logs a win with the form, and gets a copy. `key` is how later acts speak of it."""

    who: str
    key: str
    win: Filled
    course: Course = PLAIN

    async def play(self, stage: Stage) -> None:
        person, typed = stage.person(self.who), self.course.first or self.win
        must_open(person, await person.slash("log", channel=person.app_dm))
        await _fill(stage, person, typed)
        person.fills(visibility="manager" if self.course.shared else "me")
        said_before = len(stage.slack.state.messages)
        await _save(stage, person, ticks=self.course.ticks)
        copy = _copy(person, stage.slack.state.messages[said_before:])
        number = int(leads_to(copy.blocks, "wins edit ").split()[-1])
        stage.wins[self.key] = Kept(self.who, self.course, number, copy.ts)


@dataclass(frozen=True)
class Edits:
    """Changes a win from its copy, to say this; it is seen by who saw it before."""

    key: str
    win: Filled

    async def play(self, stage: Stage) -> None:
        await _edit(stage, self.key, self.win)


@dataclass(frozen=True)
class Presses:
    """Opens a win and presses one of the buttons below it: "Withdraw", "Delete", "Share with my manager"."""

    key: str
    label: str
    expects: str

    async def play(self, stage: Stage) -> None:
        kept = stage.wins[self.key]
        person = stage.person(kept.who)
        shown = await stage.asks(person, f"wins show {kept.number}")
        await stage.presses(person, self.label, shown, self.expects)


@dataclass(frozen=True)
class Undoes:
    """Takes a deletion back, from the copy."""

    key: str

    async def play(self, stage: Stage) -> None:
        person = stage.person(stage.wins[self.key].who)
        await stage.presses(person, "Undo", stage.copy_of(self.key), "It is back")


@dataclass(frozen=True)
class LooksAfter:
    """Whoever is there sees to the wins about which their manager said something: answers, or mends and shares again."""

    who: tuple[str, ...]

    async def play(self, stage: Stage) -> None:
        for key in [key for who in self.who for key in stage.owed.pop(who, [])]:
            doubt = stage.wins[key].course.doubt
            if doubt is None:
                raise DemoError("There is a question about a win that nobody had one about.")
            if doubt.mended is not None:
                await _edit(stage, key, doubt.mended, share=True)
            else:
                await _answer(stage, key, doubt.reply)


async def _fill(stage: Stage, person: Person, win: Filled) -> None:
    """Chooses the metric, which changes the form, opens its details where they are needed, and fills it in."""
    await stage.fits_to(person, win.metric)
    if win.has_details and _button_there(person):
        must_succeed(await person.presses("More details"))
        await stage.settle()
    there = _fields(person)
    values = {
        "part": win.part,
        "sample": win.sample,
        "result": None if win.part else win.result,
        "baseline": win.baseline,
        "happened_on": win.happened_on,
        "practice": win.practice,
        "source": win.source or LEFT_OPEN,
        "period": win.period or LEFT_OPEN,
        "compared_with": win.compared_with or LEFT_OPEN,
        "title": win.title,
        "link": win.link,
        "note": win.note,
    }
    person.fills({name: value for name, value in values.items() if name in there})


def _fields(person: Person) -> set[str]:
    """The names of the fields of the form that is open."""
    blocks = person.modal.blocks if person.modal is not None else []
    return {str(block["element"]["action_id"]) for block in blocks if block["type"] == "input"}


def _button_there(person: Person) -> bool:
    return person.modal is not None and "More details" in person.modal.words


async def _save(stage: Stage, person: Person, *, ticks: bool = False) -> None:
    must_succeed(await person.submits())
    if ticks and CLEARED in _fields(person):
        person.fills({CLEARED: ["yes"]})
        must_succeed(await person.submits())
    if person.modal is not None:
        raise DemoError(f"The form stayed open: {shortened(person.modal.words)}")
    await stage.settle()


def _copy(person: Person, new: list[Message]) -> Message:
    for message in new:
        if message.channel == person.app_dm and message.bot_id and any(led_to(message.blocks, "wins edit ")):
            return message
    raise DemoError("No copy of the win came.")


async def _edit(stage: Stage, key: str, win: Filled, *, share: bool = False) -> None:
    person = stage.person(stage.wins[key].who)
    must_open(person, await person.presses("Edit", on=stage.copy_of(key)))
    await _fill(stage, person, win)
    if share:
        person.fills(visibility="manager")
    await _save(stage, person)
    if share:
        # What was mended is to be confirmed, whatever was said about it before.
        kept = stage.wins[key]
        stage.wins[key] = replace(kept, course=replace(kept.course, doubt=None))


async def _answer(stage: Stage, key: str, reply: str) -> None:
    kept = stage.wins[key]
    person = stage.person(kept.who)
    must_open(person, await person.presses("Answer", on=stage.copy_of(key)))
    person.fills(answer=reply)
    await stage.sends(person, "Sent.")
    stage.wins[key] = replace(kept, course=replace(kept.course, doubt=None))
