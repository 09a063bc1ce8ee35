"""Shows entries of the content that are told rather than computed with, and picks the one that words mean."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from content import Content, Entry, Nudge, Told, find
from slackbot.ui.badges import badge
from slackbot.ui.blocks import Block, Message, actions, bullets, context, header, message, runs, section
from slackbot.ui.text import cut, escape

E = TypeVar("E", bound=Entry)


def pick(words: str, entries: Iterable[E]) -> E | None:
    """The entry with that reference ("faq/pay"), else the one whose names come nearest; None if none is near."""
    every = list(entries)
    exact = next((entry for entry in every if words in {entry.ref, entry.id}), None)
    return exact or (next(iter(find(words, every)), None) if words else None)


def told_message(entry: Told, *more: Block, ways: Sequence[Block] = ()) -> Message:
    """A title, a text, its points, where it comes from, and where to go on."""
    return message(*told_blocks(entry), *more, context(badge(entry)), *([actions(*ways)] if ways else []))


def told_blocks(entry: Told) -> list[Block]:
    points = [section(bullets(escape(point) for point in entry.points))] if entry.points else []
    return [header(entry.title), section(escape(entry.text)), *points]


def leads_on(entry: Entry, content: Content) -> list[Block]:
    """Buttons to the entries that this one names, at most four."""
    return [runs(cut(other.heading, 72), _opens(other)) for other in content.see(entry)[:4]]


def _opens(entry: Entry) -> str:
    """A weekly text is no answer to a question, so it is shown under what it is about."""
    return f"outcomes {entry.ref}" if isinstance(entry, Nudge) else f"show {entry.ref}"


def nudge_message(nudge: Nudge, content: Content) -> Message:
    """What a weekly message would say, asked for at another time."""
    outcome = content.outcome(nudge.outcome)
    ways = (runs("Log a win", f"log {outcome.id}"), runs(outcome.label, f"show {outcome.ref}"))
    return message(
        header(nudge.title),
        section(escape(nudge.text)),
        section(f"*To do:* {escape(nudge.action)}"),
        context(badge(nudge)),
        actions(*ways),
    )
