"""Shelves of entries that are told: all titles, a part of them, or one in full, page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

from content import Content, ResumeAdvice, Rule, Told, YearlyLimit, find
from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.ui.blocks import Block, Message, bullets, context, header, runs, section
from slackbot.ui.entries import leads_on, pick, told_message, without_all
from slackbot.ui.pages import leaf, page_of
from slackbot.ui.text import escape

NOT_ADVICE: Final = "Information, not legal advice. Your Compliance team has the last word."
LIMITS: Final = "Yearly limits"
DO_NOT_KNOW: Final = "I don't have one by that name. These are the ones I know."


@dataclass(frozen=True)
class Part:
    """Some of a shelf, asked for by a word of its own: the employer's half of the training."""

    title: str
    words: tuple[str, ...]
    entries: Callable[[Content], Sequence[Told]]

    @property
    def spoken(self) -> tuple[str, ...]:
        return self.words


@dataclass(frozen=True)
class Shelf:
    """A kind of entries that are shown the same way: all titles, some of them, or one in full."""

    name: str
    title: str
    entries: Callable[[Content], Sequence[Told]]
    footing: str = ""
    parts: tuple[Part, ...] = ()

    async def run(self, deps: Deps, asked: Asked) -> Message:
        words, page = page_of(without_all(asked.words))
        entries = self.entries(deps.content)
        part = None if deps.content.has(words) else next(iter(find(words, self.parts)), None)
        if part is not None:
            return self.overview(part.entries(deps.content), page, part)
        found = pick(words, entries)
        if found is not None:
            return self.entry(found, deps.content, page)
        return self.overview(entries, page, None, DO_NOT_KNOW if words else None)

    def entry(self, found: Told, content: Content, page: int) -> Message:
        words, then, ways = f"{self.name} {found.ref}", _extra(found), leads_on(found, content)
        ways = [*ways, runs("All of them", self.name)]
        return told_message(found, words, page, then=then, ways=ways, label=_label(found))

    def overview(
        self, entries: Sequence[Told], page: int, part: Part | None, opening: str | None = None
    ) -> Message:
        words = f"{self.name} {part.words[0]}" if part else self.name
        lines = [
            section(f"*{escape(entry.title)}*", accessory=runs("Open", f"show {entry.ref}"))
            for entry in entries
        ]
        top = [header(part.title if part else self.title), *([section(opening)] if opening else [])]
        foot = [context(self.footing)] if self.footing else []
        return leaf(words, page, lines, top=top, foot=foot, ways=self._ways(part))

    def _ways(self, here: Part | None) -> list[Block]:
        others = [runs(part.title, f"{self.name} {part.words[0]}") for part in self.parts if part is not here]
        return [*others, *([runs("All of them", self.name)] if here else [])]


def _label(entry: Told) -> str:
    """What the next page of an entry brings."""
    if isinstance(entry, Rule) and entry.limits:
        return LIMITS
    return "Say it like this" if isinstance(entry, Rule) and entry.wording else "More"


def _extra(entry: Told) -> list[Block]:
    """What an entry has beside its text: examples, the yearly limits, words to avoid."""
    if isinstance(entry, ResumeAdvice) and entry.examples:
        return [section(f"*For example*\n{bullets(f'_{escape(example)}_' for example in entry.examples)}")]
    if isinstance(entry, Rule):
        return _rule(entry)
    return []


def _rule(entry: Rule) -> list[Block]:
    blocks: list[Block] = []
    if entry.limits:
        blocks.append(section(f"*{LIMITS}, in all for one physician*\n{_limits(entry.limits)}"))
    if entry.wording:
        lines = bullets(f"Not “{escape(each.avoid)}”, but “{escape(each.instead)}”" for each in entry.wording)
        blocks += [section(line) for line in ("*Say it like this*", *lines.split("\n"))]
    if entry.verbs:
        blocks.append(section(f"*Words that work:* {escape(', '.join(entry.verbs))}"))
    return [*blocks, context(NOT_ADVICE)]


def _limits(limits: Sequence[YearlyLimit]) -> str:
    """One line for the years of which the same is to be said."""
    alike = groupby(limits, key=lambda limit: (_how_known(limit), limit.note))
    return bullets(
        f"{', '.join(_limit(limit) for limit in group)}{known}. {escape(note)}"
        for (known, note), group in alike
    )


def _limit(limit: YearlyLimit) -> str:
    return (
        f"*{limit.year}*: {'no figure yet' if limit.non_monetary is None else _dollars(limit.non_monetary)}"
    )


def _how_known(limit: YearlyLimit) -> str:
    return ", worked out from earlier figures" if "non_monetary" in limit.derived else ""


def _dollars(amount: Decimal) -> str:
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


EDUCATION: Final = Shelf(
    "education",
    "Education and accreditation",
    lambda content: (*content.education, *content.accreditation),
    parts=(
        Part("Degrees", ("degree", "degrees"), lambda content: content.education),
        Part(
            "Accreditation",
            ("accreditation", "accredited", "accreditors"),
            lambda content: content.accreditation,
        ),
    ),
)
EXPERIENCE: Final = Shelf("experience", "Experience that counts", lambda content: content.experience)
TRAINING: Final = Shelf(
    "training",
    "Training",
    lambda content: content.training,
    parts=(
        Part(
            "From employers",
            ("employer", "employers", "hospital", "in house"),
            lambda content: [each for each in content.training if each.by == "employer"],
        ),
        Part(
            "From associations",
            ("association", "associations", "society"),
            lambda content: [each for each in content.training if each.by == "association"],
        ),
    ),
)
RESUME: Final = Shelf("resume", "Your résumé", lambda content: content.resume)
PACKET: Final = Shelf("packet", "The promotion packet", lambda content: content.packet)
COMPLIANCE: Final = Shelf("compliance", "What to watch", lambda content: content.compliance, NOT_ADVICE)
SOURCES: Final = Shelf("sources", "Where it comes from, and how sure we are", lambda content: content.sources)
