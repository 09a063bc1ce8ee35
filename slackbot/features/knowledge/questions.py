"""`/prm faq` and `/prm glossary`: the questions by topic, and the words of the trade."""

from collections.abc import Sequence
from typing import Final

from content import Content, Question, Subject, Term
from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.ui.badges import badge
from slackbot.ui.blocks import Block, Message, actions, chooses, context, header, message, runs, section
from slackbot.ui.entries import leads_on, pick, told_whole, without_all
from slackbot.ui.text import escape, plural

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
FAQ_OPENING: Final = "Choose a topic, then the question that is yours."


async def faq(deps: Deps, asked: Asked) -> Message:
    """All questions by subject, those of one subject, or the one that the words mean."""
    words = without_all(asked.words)
    subject = next((each for each in SUBJECTS if words.lower() in {each.value, SUBJECTS[each].lower()}), None)
    if subject is not None:
        return _about(subject, deps.content)
    found = pick(words, deps.content.faq)
    if found is None and words:
        found = next(
            (each for each in [deps.questions.answer(words).best] if isinstance(each, Question)), None
        )
    if found is not None:
        return told_whole(found, ways=leads_on(found, deps.content))
    opening = "I don't have that question. These are the ones I can answer." if words else FAQ_OPENING
    return message(
        header("Questions liaisons ask"),
        section(opening),
        actions(*(_questions(subject, deps.content) for subject in SUBJECTS if _some(subject, deps.content))),
        context("Or just ask: `/prm do I need to be a nurse for this?`"),
    )


def _some(subject: Subject, content: Content) -> bool:
    return bool(content.questions_about(subject))


def _questions(subject: Subject, content: Content) -> Block:
    choices = ((each.title, f"show {each.ref}") for each in content.questions_about(subject))
    return chooses(SUBJECTS[subject], choices)


def _about(subject: Subject, content: Content) -> Message:
    if not _some(subject, content):
        return message(section("Nobody has asked about that yet."), actions(runs("All questions", "faq")))
    count = plural(len(content.questions_about(subject)), "question")
    return message(
        header(SUBJECTS[subject]),
        section(f"I can answer {count} about it. Choose one."),
        actions(_questions(subject, content), runs("All questions", "faq")),
    )


async def glossary(deps: Deps, asked: Asked) -> Message:
    """All words of the trade, or one."""
    words = without_all(asked.words)
    found = pick(words, deps.content.glossary)
    if found is not None:
        return _term(found, deps.content)
    blocks: list[Block] = [header("Words of the trade")]
    if words:
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
