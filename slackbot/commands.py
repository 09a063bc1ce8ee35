"""The one slash command: splits off the first word, finds its record, and takes anything else for a question."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz, process
from sqlmodel import Session

from content import Entry
from content.questions import Found
from slackbot.allowances import QUESTIONS
from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.rules.screening import identifier_in, screen
from slackbot.ui.blocks import Block, Message, actions, chooses, context, header, message, runs, section
from slackbot.ui.text import cut, joined, storable
from storage import questions

NEAR_ENOUGH: Final = 75
"""rapidfuzz score (0 to 100) from which a single word counts as a slip for another."""
HELP_WORDS: Final = frozenset({"", "help", "?", "hi", "hello", "menu", "start"})
POLITE: Final = frozenset({"me", "my", "please", "with", "on", "about", "for", "the", "prm", "/prm"})
"""Words around the name of a subcommand that somebody asks help with."""
OPENING: Final = (
    "I help you on the road to Physician Relations Manager (PRM). Type `/prm` and one of these words."
)
QUESTION: Final = "`/prm do I need to be a nurse for this?`"
SHOW: Final = "show"
"""`show noun/id` is what buttons run to open an entry of the content, whichever subcommand shows its kind."""
NO_PATIENTS: Final = (
    "Please keep patient details out of everything you write here: totals, practices and dates are enough."
)
PATIENT: Final = (
    "I did not read or keep that: it looks like it holds {kind}. Please ask again without anything that could point "
    "at a patient. If you posted it in a channel too, delete it there and follow your privacy team's process."
)
NOT_HERE: Final = "I don't have that. I have noted, without your name, that it was asked."
NOT_KEPT: Final = "I don't have that, and I did not keep the question."
NOTHING_NEAR: Final = "I don't have that. Type `/prm help` to see what I can do."


class Commands:
    """All subcommands of all features, in the order in which help shows them."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self.all = tuple(subcommand for feature in features for subcommand in feature.subcommands)
        self._by_name = {name: sub for sub in self.all for name in (sub.name, *sub.aliases)}
        self._by_noun = {noun: sub for sub in self.all for noun in sub.nouns}

    async def answer(self, deps: Deps, asked: Asked) -> Message | None:
        """What `/prm <words>` says; None when it opened a form instead."""
        word, rest = split(asked.words)
        if word in HELP_WORDS and (word or not rest):
            return self._help(rest)
        if word == SHOW and deps.content.has(rest):
            return await self._show(deps, asked, deps.content.entry(rest))
        subcommand = self._by_name.get(word)
        if subcommand is None:
            return self._slip(word) if not rest and self._near(word) else await self._question(deps, asked)
        return await subcommand.run(deps, replace(asked, words=rest))

    def _help(self, rest: str) -> Message:
        """What one subcommand does, where the words name one; else the short overview."""
        asked = [word for word in (split(each)[0] for each in rest.split()) if word not in POLITE]
        if len(asked) != 1:
            return help_message(self.all)
        near = [asked[0]] if asked[0] in self._by_name else self._near(asked[0])
        return help_on(self._by_name[near[0]]) if near else help_message(self.all)

    async def _show(self, deps: Deps, asked: Asked, entry: Entry) -> Message | None:
        subcommand = self._by_noun.get(entry.noun)
        if subcommand is None:
            raise UserError(NOTHING_NEAR)
        return await subcommand.run(deps, replace(asked, words=entry.ref))

    def _near(self, word: str) -> list[str]:
        near = process.extract(
            word, self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=5
        )
        return list(dict.fromkeys(self._by_name[name].name for name, _, _ in near))[:3]

    def _slip(self, word: str) -> Message:
        # What was typed is not said back: it could be about a patient.
        found = [f"/prm {name}" for name in self._near(word)]
        offer = actions(
            *(runs(name, name.removeprefix("/prm ")) for name in found), runs("All commands", "help")
        )
        return message(section(f"Did you mean *{'*, or *'.join(found)}*?"), offer)

    async def _question(self, deps: Deps, asked: Asked) -> Message | None:
        kind = identifier_in(asked.words)
        if kind is not None:
            raise UserError(PATIENT.format(kind=kind))
        deps.allowances.take(asked.person, QUESTIONS, deps.now())
        found = deps.questions.answer(asked.words)
        if found.best is None or found.best.noun not in self._by_noun:
            return await self._no_answer(deps, asked, found)
        answer = await self._show(deps, asked, found.best)
        named = {found.best, *deps.content.see(found.best)}
        offer = self._offer("Or did you mean", [other for other in found.others if other not in named])
        return message(*answer["blocks"], *offer) if answer and offer else answer

    async def _no_answer(self, deps: Deps, asked: Asked, found: Found) -> Message:
        # A name after a cue may be a patient's: such words are kept nowhere, not even counted.
        doubtful = bool(screen(asked.words).warned)
        if not doubtful:
            await deps.transact(_count, deps, asked)
        nearest = self._offer("The nearest I have", found.nearest)
        return message(
            section(NOT_KEPT if doubtful else NOT_HERE),
            *nearest,
            actions(runs("All questions", "faq"), runs("All commands", "help")),
        )

    def _offer(self, title: str, entries: Sequence[Entry]) -> list[Block]:
        shown = [entry for entry in entries if entry.noun in self._by_noun]
        ways = [runs(cut(entry.heading, 72), f"{SHOW} {entry.ref}") for entry in shown]
        return [context(f"{title}:"), actions(*ways)] if ways else []


def _count(session: Session, deps: Deps, asked: Asked) -> None:
    words = cut(" ".join(storable(asked.words).lower().split()), 200)
    questions.count_unanswered(session, asked.person.workspace_id, words, deps.now())


def split(text: str) -> tuple[str, str]:
    """The first word, in lower case and without stray punctuation, and the rest."""
    word, _, rest = re.sub(r"\s+", " ", text).strip().partition(" ")
    return word.lower().strip(".,!:;\"'“”‘’`*_"), rest


def help_message(subcommands: Sequence[Subcommand]) -> Message:
    """Every subcommand by name, group by group, with a menu that says what each does."""
    groups: dict[str, list[Subcommand]] = {}
    for subcommand in subcommands:
        groups.setdefault(subcommand.group, []).append(subcommand)
    listed = (
        f"*{group}:* {' '.join(f'`{each.name}`' for each in members)}" for group, members in groups.items()
    )
    examples = [f"`{example}`" for each in subcommands for example in each.examples[:1]]
    return message(
        header("PRM Coach"),
        section(OPENING),
        section("\n".join(listed)),
        section(
            f"*Or just ask:* anything else is a question, like {QUESTION}. {_examples(examples[:2])}".rstrip()
        ),
        actions(chooses("What does one do?", ((_label(each), f"help {each.name}") for each in subcommands))),
        actions(*(runs(label, words) for label, words in _starts(subcommands))),
        context(NO_PATIENTS),
    )


def _examples(examples: list[str]) -> str:
    return f"Add a name to go straight there: {joined(examples, 'or')}." if examples else ""


def _label(subcommand: Subcommand) -> str:
    return cut(f"{subcommand.name}: {subcommand.summary}".removesuffix("."), 75)


def help_on(subcommand: Subcommand) -> Message:
    """How to type one subcommand, what it does, and other words for it; with a button that runs it."""
    typed = f"/prm {subcommand.name}"
    lines = [f"*To type:* `{f'{typed} {subcommand.usage}'.rstrip()}`"]
    if subcommand.usage:
        lines.append("What stands in brackets is yours to choose, or to leave out.")
    if subcommand.examples:
        lines.append(f"*For example:* {joined([f'`{each}`' for each in subcommand.examples])}")
    if subcommand.aliases:
        lines.append(f"*Other words for it:* {joined([f'`{each}`' for each in subcommand.aliases])}")
    return message(
        header(typed),
        section(subcommand.summary[:1].upper() + subcommand.summary[1:]),
        section("\n".join(lines)),
        actions(runs(typed, subcommand.name, style="primary"), runs("All commands", "help")),
    )


def _starts(subcommands: Sequence[Subcommand]) -> list[tuple[str, str]]:
    wanted = {"roadmap": "My road", "log": "Log a win", "nudges": "My weekly message"}
    return [(wanted[sub.name], sub.name) for sub in subcommands if sub.name in wanted]
