"""Shows entries of the content that are told rather than computed with, and picks the one that words mean."""

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from content import Content, Entry, Nudge, Told, find
from slackbot.ui.badges import badge
from slackbot.ui.blocks import (
    Block,
    Message,
    actions,
    bullets,
    chooses,
    context,
    header,
    message,
    runs,
    section,
)
from slackbot.ui.pages import leaf
from slackbot.ui.text import cut, escape

E = TypeVar("E", bound=Entry)
MOST_BUTTONS: Final = 2
"""As many lead on beside each other; more stand in a menu, which takes one row of a phone's screen."""
ALL: Final = frozenset({"all", "list", "everything", "every", "overview"})


def pick(words: str, entries: Iterable[E]) -> E | None:
    """The entry with that reference ("faq/pay"), else the one whose names come nearest; None if none is near."""
    every = list(entries)
    exact = next((entry for entry in every if words in {entry.ref, entry.id}), None)
    return exact or (next(iter(find(words, every)), None) if words else None)


def without_all(words: str) -> str:
    """What was asked for, where "all" asks for the same as nothing: `/prm skills all`."""
    return "" if words.lower() in ALL else words


def told_message(
    entry: Told,
    words: str,
    number: int,
    *,
    then: Sequence[Block] = (),
    ways: Sequence[Block] = (),
    label: str = "More",
) -> Message:
    """A title, a text, its points, where it comes from, and where to go on; what does not fit is on the next page.

    `words` open it after `/prm`; `then` comes last, on a page that `label` leads to unless there is room."""
    top, foot = [header(entry.title)], [context(badge(entry))]
    chapters = [told_blocks(entry), then] if then else [told_blocks(entry)]
    return leaf(words, number, *chapters, top=top, foot=foot, ways=ways, more=label)


def told_whole(entry: Told, *, ways: Sequence[Block] = ()) -> Message:
    """The same on one page, however long."""
    return message(
        header(entry.title),
        *told_blocks(entry),
        context(badge(entry)),
        *([actions(*ways)] if ways else []),
    )


def told_blocks(entry: Told) -> list[Block]:
    """The text and the points of an entry."""
    points = [section(bullets(escape(point) for point in entry.points))] if entry.points else []
    return [section(escape(entry.text)), *points]


def leads_on(entry: Entry, content: Content) -> list[Block]:
    """Ways to the entries that this one names: a button or two, or a menu of more."""
    others = [(cut(other.heading, 72), _opens(other)) for other in content.see(entry)]
    if len(others) > MOST_BUTTONS:
        return [chooses("Read on", others)]
    return [runs(label, words) for label, words in others]


def _opens(entry: Entry) -> str:
    """A weekly text is no answer to a question, so it is shown under what it is about."""
    return f"outcomes {entry.ref}" if isinstance(entry, Nudge) else f"show {entry.ref}"


def nudge_message(nudge: Nudge, content: Content) -> Message:
    """What a weekly message would say, asked for at another time."""
    outcome = content.outcome(nudge.outcome)
    ways = (runs("Log a win", f"log {outcome.id}"), runs(outcome.label, f"show {outcome.ref}"))
    return message(
        header(nudge.title),
        section(escape(nudge.said())),
        section(f"*To do:* {escape(nudge.action)}"),
        context(badge(nudge)),
        actions(*ways),
    )
