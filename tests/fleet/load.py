"""A team at work: people who ask, log wins and open Home, and remember exactly what they were told."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

from sandbox.people import Person
from sandbox.people.seen import Seen
from sandbox.server import Sandbox
from slackbot.errors import AWAY, BUSY, SLOW

ANSWERS = {
    "help": "Log a win",
    "roadmap": "five steps",
    "nudges": "weekly message",
    "outcomes": "Referral",
    "wins": "",
}
"""What is asked for, and a word that its answer always has."""
KIND = (AWAY, BUSY, SLOW)
TRIES = 6


@dataclass
class Told:
    """What people were told, all of them together. Wins are known by who logged them and their result."""

    heard: asyncio.Condition = field(default_factory=asyncio.Condition, repr=False)
    requests: int = 0
    saved: set[tuple[str, int]] = field(default_factory=set)
    """What the app said that it has."""
    refused: set[tuple[str, int]] = field(default_factory=set)
    """Of which it said that nothing was saved, and nobody tried again."""
    unknown: set[tuple[str, int]] = field(default_factory=set)
    """Of which nobody said anything, or that it may be there."""
    wrong: list[str] = field(default_factory=list)
    troubles: list[tuple[float, str]] = field(default_factory=list)
    """What else than an answer people got, and when."""
    kinds: Counter[str] = field(default_factory=Counter)

    async def reaches(self, requests: int) -> None:
        async with self.heard:
            await self.heard.wait_for(lambda: self.requests >= requests)


class Colleague:
    """Somebody who works with the app, one thing after another."""

    def __init__(self, person: Person, told: Told, seed: int) -> None:
        self._person, self._told = person, told
        self._dice = random.Random(seed)  # noqa: S311 - which of five things is done next is no secret
        self._number = 0

    async def arrives(self) -> None:
        """Is welcomed, which comes below the first answer, so that later ones stand alone."""
        await self._person.slash("help")

    async def works(self, until: Callable[[], bool]) -> None:
        deeds: Sequence[Callable[[], Awaitable[None]]] = (self.asks, self.logs, self.opens_home)
        while not until():
            (deed,) = self._dice.choices(deeds, weights=(5, 4, 2))
            await deed()
            # Who has just been told that it did not work waits a moment.
            told_off = self._told.troubles and monotonic() - self._told.troubles[-1][0] < 0.1
            await asyncio.sleep(self._dice.uniform(0.2, 0.4) if told_off else self._dice.uniform(0.0, 0.05))

    async def asks(self) -> None:
        asked = self._dice.choice(list(ANSWERS))
        seen = await self._person.slash(asked)
        await self._heard(asked)
        if self._is_trouble(seen, asked):
            return
        others = [
            name for name in PRACTICES if name != self._person.name and f"Practice of {name}." in seen.words
        ]
        if ANSWERS[asked] not in seen.words or others:
            self._told.wrong.append(f"{asked}: {seen.words[:200]}")

    async def opens_home(self) -> None:
        await self._person.opens_home()
        await self._heard("home")

    async def logs(self) -> None:
        opened = await self._person.slash("log")
        await self._heard("log")
        if self._is_trouble(opened, "log") or self._person.modal is None:
            return
        self._number += 1
        win = (self._person.id, 1000 + self._number)
        self._person.fills(
            metric="Referrals from your panel",
            baseline="100",
            result=str(win[1]),
            practice=f"Practice of {self._person.name}.",
        )
        await self._sends(win)
        if self._person.modal is not None:
            await self._person.closes(all=True)

    async def _sends(self, win: tuple[str, int]) -> None:
        """Once more where Slack said nothing or the app was away; half of them give up when told that it is busy."""
        maybe = False
        for _ in range(TRIES):
            seen = await self._person.submits()
            await self._heard("submit")
            if seen.error is None and not seen.errors:
                self._told.saved.add(win)
                return
            said = " ".join(seen.errors.values()) or str(seen.error)
            self._told.troubles.append((monotonic(), said))
            if seen.errors and said not in KIND:
                self._told.wrong.append(f"submit: {said}")
                return
            maybe = maybe or said != BUSY
            if not maybe and self._dice.random() < 0.5:
                break
            await asyncio.sleep(0.3)
        (self._told.unknown if maybe else self._told.refused).add(win)

    async def _heard(self, kind: str) -> None:
        self._told.requests += 1
        self._told.kinds[kind] += 1
        async with self._told.heard:
            self._told.heard.notify_all()

    def _is_trouble(self, seen: Seen, what: str) -> bool:
        """Whether it was no answer: Slack's own words about a broken connection, or ours about ourselves."""
        if seen.error is None and seen.words not in KIND:
            return False
        self._told.troubles.append((monotonic(), f"{what}: {seen.error or seen.words}"))
        return True


PRACTICES: list[str] = []
"""Of whom there are wins; filled by `team`."""


def team(slack: Sandbox, told: Told, size: int) -> list[Colleague]:
    """People of Riverside who were hired for this."""
    people = [slack.hires(f"p{number}") for number in range(size)]
    PRACTICES[:] = [person.name for person in people]
    return [Colleague(person, told, seed) for seed, person in enumerate(people)]
