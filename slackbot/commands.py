"""The one slash command: splits off the first word, finds its record, and helps when there is none."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from rapidfuzz import fuzz, process

from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.ui.blocks import Block, Message, actions, bullets, context, header, message, runs, section

NEAR_ENOUGH: Final = 62
"""rapidfuzz score (0 to 100) from which a word counts as a slip for another."""
HELP_WORDS: Final = frozenset({"", "help", "?", "hi", "hello", "menu", "start"})
NO_PATIENTS: Final = (
    "Please keep patient details out of everything you write here: totals, practices and dates are enough."
)


class Commands:
    """All subcommands of all features, in the order in which help shows them."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self.all = tuple(subcommand for feature in features for subcommand in feature.subcommands)
        self._by_name = {name: sub for sub in self.all for name in (sub.name, *sub.aliases)}

    async def answer(self, deps: Deps, asked: Asked) -> Message | None:
        """What `/prm <words>` says; None when it opened a form instead."""
        word, rest = split(asked.words)
        if word in HELP_WORDS:
            return help_message(self.all)
        subcommand = self._by_name.get(word)
        if subcommand is None:
            return self._did_you_mean(word)
        return await subcommand.run(deps, Asked(asked.person, rest, asked.open))

    def _did_you_mean(self, word: str) -> Message:
        # What was typed is not said back: it could be about a patient.
        near = process.extract(
            word, self._by_name.keys(), scorer=fuzz.WRatio, score_cutoff=NEAR_ENOUGH, limit=5
        )
        found = list(dict.fromkeys(self._by_name[name].name for name, _, _ in near))[:3]
        if not found:
            return help_message(self.all, "I don't know that one yet. Here is what I can do.")
        offer = actions(*(runs(f"/prm {name}", name) for name in found), runs("All commands", "help"))
        return message(section(f"Did you mean *{'*, or *'.join(f'/prm {name}' for name in found)}*?"), offer)


def split(text: str) -> tuple[str, str]:
    """The first word, in lower case and without stray punctuation, and the rest."""
    word, _, rest = re.sub(r"\s+", " ", text).strip().partition(" ")
    return word.lower().strip(".,!:;\"'“”‘’`*_"), rest


def help_message(subcommands: Sequence[Subcommand], opening: str | None = None) -> Message:
    """Everything it can do, grouped, with examples."""
    first = (
        opening
        or "I help you on the road to Physician Relations Manager (PRM): ask, log your wins, and hear from me once a week."
    )
    blocks: list[Block] = [header("PRM Coach"), section(first)]
    for group, members in groupby(subcommands, key=lambda subcommand: subcommand.group):
        blocks.append(section(f"*{group}*\n{bullets(_line(member) for member in members)}"))
    blocks.append(actions(*(runs(label, words) for label, words in _starts(subcommands))))
    return message(*blocks, context(NO_PATIENTS))


def _line(subcommand: Subcommand) -> str:
    usage = f"/prm {subcommand.name} {subcommand.usage}".strip()
    examples = f" For example `{subcommand.examples[0]}`." if subcommand.examples else ""
    return f"`{usage}`: {subcommand.summary}{examples}"


def _starts(subcommands: Sequence[Subcommand]) -> list[tuple[str, str]]:
    wanted = {"log": "Log a win", "roadmap": "See the road", "nudges": "My weekly message"}
    return [(wanted[sub.name], sub.name) for sub in subcommands if sub.name in wanted]
