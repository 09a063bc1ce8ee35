"""What the field knows, told: education, experience, training, résumé, packet, compliance, questions, words, sources."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from content import (
    Content,
    Entry,
    Metric,
    Nudge,
    Outcome,
    Question,
    ResumeAdvice,
    Rule,
    Subject,
    Term,
    Told,
    YearlyLimit,
)
from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Subcommand
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
from slackbot.ui.entries import leads_on, nudge_message, pick, told_message
from slackbot.ui.text import escape

Run = Callable[[Deps, Asked], Awaitable[Message]]

SUBJECTS: Final = {
    Subject.THE_JOB: "The job",
    Subject.GETTING_IN: "Getting in",
    Subject.CERTIFICATIONS: "Certifications",
    Subject.MOVING_UP: "Moving up",
    Subject.NUMBERS: "Numbers and proof",
    Subject.FIELD_WORK: "In the field",
    Subject.COMPLIANCE: "Compliance",
    Subject.THIS_APP: "This app",
}
NOT_ADVICE: Final = "Information, not legal advice. Your Compliance team has the last word."
DO_NOT_KNOW: Final = "I don't have one by that name. These are the ones I know."


@dataclass(frozen=True)
class Shelf:
    """A kind of entries that are shown the same way: all titles, or one in full."""

    title: str
    entries: Callable[[Content], Sequence[Told]]
    footing: str = ""

    async def run(self, deps: Deps, asked: Asked) -> Message:
        entries = self.entries(deps.content)
        found = pick(asked.words, entries)
        if found is not None:
            return told_message(found, *_extra(found), ways=leads_on(found, deps.content))
        return self.overview(entries, DO_NOT_KNOW if asked.words else None)

    def overview(self, entries: Sequence[Told], opening: str | None) -> Message:
        lines = [
            section(f"*{escape(entry.title)}*", accessory=runs("Open", f"show {entry.ref}"))
            for entry in entries
        ]
        said = [section(opening)] if opening else []
        foot = [context(self.footing)] if self.footing else []
        return message(header(self.title), *said, *lines, *foot)


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
        blocks.append(section(f"*Yearly limits*\n{bullets(_limit(limit) for limit in entry.limits)}"))
    if entry.wording:
        lines = bullets(f"Not “{escape(each.avoid)}”, but “{escape(each.instead)}”" for each in entry.wording)
        blocks.append(section(f"*Say it like this*\n{lines}"))
    if entry.verbs:
        blocks.append(section(f"*Words that work:* {escape(', '.join(entry.verbs))}"))
    return [*blocks, context(NOT_ADVICE)]


def _limit(limit: YearlyLimit) -> str:
    if limit.non_monetary is None:
        return f"*{limit.year}*: not known to us yet. {escape(limit.note)}"
    derived = (
        " (worked out from the year before, not seen published)" if "non_monetary" in limit.derived else ""
    )
    return f"*{limit.year}*: {_dollars(limit.non_monetary)} in all for one physician{derived}. {escape(limit.note)}"


def _dollars(amount: Decimal) -> str:
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


async def faq(deps: Deps, asked: Asked) -> Message:
    """All questions by subject, or the one that the words mean."""
    found = pick(asked.words, deps.content.faq)
    if found is None and asked.words:
        found = next(
            (each for each in [deps.questions.answer(asked.words).best] if isinstance(each, Question)), None
        )
    if found is not None:
        return told_message(found, ways=leads_on(found, deps.content))
    blocks: list[Block] = [header("Questions liaisons ask")]
    if asked.words:
        blocks.append(section("I don't have that question. These are the ones I can answer."))
    for subject, title in SUBJECTS.items():
        choices = [(each.title, f"show {each.ref}") for each in deps.content.faq if each.subject is subject]
        if choices:
            blocks.append(section(f"*{title}*", accessory=chooses("Choose a question", choices)))
    return message(*blocks, context("Or just ask: `/prm do I need to be a nurse for this?`"))


async def glossary(deps: Deps, asked: Asked) -> Message:
    """All words of the trade, or one."""
    found = pick(asked.words, deps.content.glossary)
    if found is not None:
        return _term(found, deps.content)
    blocks: list[Block] = [header("Words of the trade")]
    if asked.words:
        blocks.append(section("I don't have that word. These are the ones I know."))
    terms = sorted(deps.content.glossary, key=lambda term: term.name.casefold())
    blocks.append(section(", ".join(escape(term.name) for term in terms)))
    choices = [(term.name, f"show {term.ref}") for term in terms]
    blocks.append(actions(*(chooses(_span(part), part) for part in _parts(choices))))
    return message(*blocks)


def _parts(choices: Sequence[tuple[str, str]]) -> list[Sequence[tuple[str, str]]]:
    """Menus of at most thirty, which still scroll well on a phone."""
    return [choices[start : start + 30] for start in range(0, len(choices), 30)]


def _span(part: Sequence[tuple[str, str]]) -> str:
    return f"{part[0][0][:1].upper()} to {part[-1][0][:1].upper()}"


def _term(term: Term, content: Content) -> Message:
    full = f"*{escape(term.full)}*\n" if term.full else ""
    ways = [*leads_on(term, content), runs("All words", "glossary")]
    return message(
        header(term.name), section(f"{full}{escape(term.meaning)}"), context(badge(term)), actions(*ways)
    )


async def outcomes(deps: Deps, asked: Asked) -> Message:
    """The six outcomes, one with its metrics, one metric, or what to do about one."""
    content = deps.content
    found: Entry | None = pick(asked.words, [*content.outcomes, *content.metrics])
    if asked.words.startswith(f"{Nudge.noun}/"):
        found = pick(asked.words, content.nudges)
    if isinstance(found, Nudge):
        return nudge_message(found, content)
    if isinstance(found, Metric):
        return _metric(found, content)
    if isinstance(found, Outcome):
        return _outcome(found)
    lines = [
        section(
            f"*{escape(outcome.label)}*\n{escape(outcome.description)}",
            accessory=runs("Open", f"show {outcome.ref}"),
        )
        for outcome in content.outcomes
    ]
    opening = [section(DO_NOT_KNOW)] if asked.words else []
    return message(header("Six outcomes that count"), *opening, *lines, actions(runs("Log a win", "log")))


def _outcome(outcome: Outcome) -> Message:
    lines = (
        f"*{escape(metric.label)}* ({escape(metric.unit)}): {escape(metric.formula)}"
        for metric in outcome.metrics
    )
    return message(
        header(outcome.label),
        section(escape(outcome.description)),
        section(f"*How it is measured*\n{bullets(lines)}"),
        context(badge(outcome)),
        actions(runs("Log a win", f"log {outcome.id}"), runs("All six", "outcomes")),
    )


def _metric(metric: Metric, content: Content) -> Message:
    outcome = content.outcome(metric.outcome)
    lines = [
        f"*Unit:* {escape(metric.unit)}",
        f"*Worked out:* {escape(metric.formula)}",
        f"*How often:* {escape(metric.cadence)}",
        f"*Confirmed by:* {escape(metric.verified_by)}",
    ]
    return message(
        header(metric.label),
        section(bullets(lines)),
        context(badge(metric)),
        actions(runs("Log this", f"log {metric.id}"), runs(outcome.label, f"show {outcome.ref}")),
    )


def _shelf(
    name: str, shelf: Shelf, summary: str, nouns: tuple[str, ...], aliases: tuple[str, ...]
) -> Subcommand:
    return Subcommand(name, summary, shelf.run, "Ask", usage="[words]", aliases=aliases, nouns=nouns)


EDUCATION: Final = Shelf(
    "Education and accreditation", lambda content: (*content.education, *content.accreditation)
)
EXPERIENCE: Final = Shelf("Experience that counts", lambda content: content.experience)
TRAINING: Final = Shelf("Training", lambda content: content.training)
RESUME: Final = Shelf("Your résumé", lambda content: content.resume)
PACKET: Final = Shelf("The promotion packet", lambda content: content.packet)
COMPLIANCE: Final = Shelf("What to watch", lambda content: content.compliance, NOT_ADVICE)
SOURCES: Final = Shelf("Where it comes from, and how sure we are", lambda content: content.sources)

FEATURE = Feature(
    name="knowledge",
    subcommands=(
        _shelf(
            "education",
            EDUCATION,
            "degrees, and who vouches for them.",
            ("education", "accreditation"),
            ("degree", "degrees", "school"),
        ),
        _shelf("experience", EXPERIENCE, "which experience counts, and where to begin.", ("experience",), ()),
        _shelf(
            "training", TRAINING, "training from employers and associations.", ("training",), ("trainings",)
        ),
        Subcommand(
            "outcomes",
            "the six outcomes, and how each is measured.",
            outcomes,
            "Ask",
            usage="[name]",
            aliases=("outcome", "metrics", "metric", "measures"),
            nouns=("outcome", "metric", "nudge"),
        ),
        _shelf("resume", RESUME, "how to put it on your résumé.", ("resume",), ("cv", "résumé")),
        _shelf("packet", PACKET, "what belongs into a promotion packet.", ("packet",), ()),
        _shelf(
            "compliance",
            COMPLIANCE,
            "patient data, gifts, and wording to avoid.",
            ("compliance",),
            ("rules", "legal", "stark", "hipaa"),
        ),
        Subcommand(
            "faq",
            "questions liaisons ask.",
            faq,
            "Ask",
            usage="[words]",
            aliases=("questions", "question"),
            nouns=("faq",),
        ),
        Subcommand(
            "glossary",
            "words of the trade.",
            glossary,
            "Ask",
            usage="[term]",
            aliases=("words", "term", "terms"),
            nouns=("term",),
        ),
        _shelf(
            "sources",
            SOURCES,
            "where answers come from, and what the badges mean.",
            ("source",),
            ("source", "badges"),
        ),
    ),
)
