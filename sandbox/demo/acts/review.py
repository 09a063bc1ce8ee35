"""What managers do with the wins that wait for them: confirm them, ask, decline, and hand some to each other."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.demo.acts.stage import DemoError, Stage, leads_to, led_to
from sandbox.demo.courses import Doubt
from sandbox.people import Person
from sandbox.state import Message

CONFIRM = "verify confirm "
ALL = "Confirm all on this page"
ASKED, DECLINED, DELEGATED = "has your question", "You declined", "waits for"
MOST_PAGES = 200
"""A queue that is not through by then never will be."""


@dataclass(frozen=True)
class Reviews:
    """Goes through the queue to its end: page by page at once, but for wins that they want something more of."""

    who: str

    async def play(self, stage: Stage) -> None:
        person, start = stage.person(self.who), 1
        for _ in range(MOST_PAGES):
            page = await stage.asks(person, f"verify {start}" if start > 1 else "verify")
            waiting = _waiting(page)
            keys = {number: stage.key_of(number) for number in waiting}
            courses = {number: stage.wins[key].course for number, key in keys.items() if key is not None}
            doubted = next((number for number, course in courses.items() if course.doubt is not None), None)
            left = [number for number, course in courses.items() if course.left]
            more = any(led_to(page.blocks, "verify more "))
            if doubted is not None:
                await _raise(stage, person, page, doubted)
            elif len(left) < len(waiting):
                await _confirm(stage, person, page, [number for number in waiting if number not in left])
                if not left and not more:
                    return
            elif more:
                start += len(left)
            else:
                return
        raise DemoError("The queue does not come to an end.")


@dataclass(frozen=True)
class Confirms:
    """Confirms one win, from its own page."""

    who: str
    key: str

    async def play(self, stage: Stage) -> None:
        person, number = stage.person(self.who), stage.wins[self.key].number
        shown = await stage.asks(person, f"verify show {number}")
        await stage.chooses(person, shown, leads_to(shown.blocks, CONFIRM))
        await stage.settle()


@dataclass(frozen=True)
class Wonders:
    """Asks about one win, from its own page; the answer is still to come."""

    who: str
    key: str
    question: str

    async def play(self, stage: Stage) -> None:
        person, number = stage.person(self.who), stage.wins[self.key].number
        shown = await stage.asks(person, f"verify show {number}")
        await stage.chooses(person, shown, f"verify ask {number}")
        person.fills(text=self.question)
        await stage.sends(person, ASKED)


@dataclass(frozen=True)
class Delegates:
    """Before some days off: what waits goes to another manager, at most as many as one has time for."""

    who: str
    to: str
    most: int = 3

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        waiting = _waiting(await stage.asks(person, "verify"))
        for number in waiting[: self.most]:
            page = await stage.asks(person, "verify")
            await stage.chooses(person, page, f"verify delegate {number}")
            person.fills(to=stage.person(self.to).id)
            await stage.sends(person, DELEGATED)


def _waiting(page: Message) -> list[int]:
    """The numbers of the wins on a page of the queue, in their order."""
    return [int(words.split()[2]) for words in led_to(page.blocks, CONFIRM)]


async def _confirm(stage: Stage, person: Person, page: Message, numbers: list[int]) -> None:
    """All of them with one press where that is the whole page, else the first."""
    if len(numbers) > 1 and len(numbers) == len(_waiting(page)):
        await stage.presses(person, ALL, page, f"You confirmed {len(numbers)} wins.")
    else:
        await stage.chooses(person, page, leads_to(page.blocks, f"{CONFIRM}{numbers[0]} "))
        await stage.settle()


async def _raise(stage: Stage, person: Person, page: Message, number: int) -> None:
    """Asks or declines; its owner will see to it."""
    key = stage.key_of(number)
    kept = stage.wins[key] if key is not None else None
    doubt: Doubt | None = kept.course.doubt if kept is not None else None
    if key is None or kept is None or doubt is None:
        raise DemoError("There is nothing to ask about this win.")
    verb, expects = ("ask", ASKED) if doubt.mended is None else ("decline", DECLINED)
    await stage.chooses(person, page, f"verify {verb} {number}")
    person.fills(text=doubt.says)
    await stage.sends(person, expects)
    stage.owed.setdefault(kept.who, []).append(key)
