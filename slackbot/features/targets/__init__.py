"""`/prm target`: what a liaison and their manager agree to reach, and by when, with how it keeps pace."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from slackbot.commands import split
from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.features.targets import deciding, listing, opening, proposing, showing
from slackbot.features.targets.telling import change
from slackbot.ui.blocks import Message
from slackbot.ui.pages import page_of

MENTION: Final = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^>]*)?>")
NUMBER: Final = re.compile(r"[0-9]{1,9}")
WHICH: Final = "Which one? Open it with its button in `/prm target`."


async def target(deps: Deps, asked: Asked) -> Message | None:
    """My targets, or what a word after it or a button says."""
    verb, rest = split(asked.words)
    if verb in VERBS:
        return await VERBS[verb](deps, asked, rest)
    if verb in deciding.CLOSINGS or verb == "agree":
        return await _decide(deps, asked, verb, _number(rest))
    if MENTION.search(asked.words):
        return await _of(deps, asked, asked.words)
    return await deps.transact(listing.mine, deps, asked.person, asked.words.strip())


async def _decide(deps: Deps, asked: Asked, verb: str, number: int) -> Message:
    if verb == "agree":
        return (await change(deps, deciding.agree, asked.person, number)).message()
    return (await change(deps, deciding.close, asked.person, number, verb)).message()


async def _new(deps: Deps, asked: Asked, words: str) -> None:
    user_id, rest = _whose(words)
    await opening.propose(deps, asked, user_id, rest)


async def _for(deps: Deps, asked: Asked, words: str) -> Message | None:
    """`for @ana [metric]`: a form for somebody who reports to me."""
    user_id, rest = _whose(words)
    if user_id is None:
        return await _unnamed(deps, asked, rest)
    await opening.propose(deps, asked, user_id, rest)
    return None


async def _of(deps: Deps, asked: Asked, words: str) -> Message:
    """`of @ana`: the targets of somebody who reports to me."""
    user_id, rest = _whose(words)
    if user_id is None:
        return await _unnamed(deps, asked, rest)
    return await deps.transact(listing.of_report, deps, asked.person, user_id, page_of(rest)[1])


async def _unnamed(deps: Deps, asked: Asked, words: str) -> Message:
    """Nobody was mentioned: asks who is meant, unless other words say what."""
    if words:
        return await deps.transact(listing.mine, deps, asked.person, words)
    return await deps.transact(listing.whom, deps, asked.person)


async def _history(deps: Deps, asked: Asked, words: str) -> Message:
    user_id, rest = _whose(words)
    return await deps.transact(listing.history, deps, asked.person, user_id, page_of(rest)[1])


async def _show(deps: Deps, asked: Asked, words: str) -> Message:
    return await deps.transact(showing.show, deps, asked.person, _number(words))


async def _change(deps: Deps, asked: Asked, words: str) -> None:
    await opening.change(deps, asked, _number(words))


def _whose(words: str) -> tuple[str | None, str]:
    """The Slack id of the first person mentioned, and the words without mentions."""
    found = MENTION.search(words)
    return found[1] if found else None, MENTION.sub(" ", words).strip()


def _number(words: str) -> int:
    """Which target a button means; who may touch it is looked up from who pressed."""
    if not NUMBER.fullmatch(words):
        raise UserError(WHICH)
    return int(words)


VERBS: Final[Mapping[str, Callable[[Deps, Asked, str], Awaitable[Message | None]]]] = {
    "new": _new,
    "propose": _new,
    "for": _for,
    "of": _of,
    "show": _show,
    "change": _change,
    "history": _history,
}

FEATURE = Feature(
    name="targets",
    subcommands=(
        Subcommand(
            name="target",
            usage="[outcome]",
            summary="what you and your manager agreed to reach, and whether you keep pace.",
            run=target,
            group="Your wins",
            examples=("/prm target referrals", "/prm target for @ana"),
            aliases=("targets", "goal", "goals"),
        ),
    ),
    forms=proposing.FORMS,
)
