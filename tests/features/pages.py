"""Reads an answer to its end: what does not fit a phone's screen stands on the pages after."""

import re
from collections.abc import Iterator
from typing import Final

from sandbox.people import Person, Seen
from sandbox.words import places

NEXT_PAGE: Final = re.compile(r"\bmore(?: \d+)?$")


async def reads(person: Person, words: str) -> str:
    """The words of the answer and of every page that it leads on to."""
    read: dict[str, str] = {}
    waiting = [words]
    while waiting:
        asked = waiting.pop()
        if asked not in read:
            seen = await person.slash(asked)
            read[asked] = seen.words
            waiting += [way for way in ways(seen) if NEXT_PAGE.search(way)]
    return "\n".join(read.values())


def ways(seen: Seen) -> Iterator[str]:
    """What the buttons and menus of an answer would run."""
    for place in places(seen.blocks):
        if place.action_id.startswith("run:"):
            for one in place.element.get("options") or [place.element]:
                yield str(one["value"])
