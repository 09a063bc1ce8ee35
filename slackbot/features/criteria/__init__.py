"""`/prm criteria`: what a promotion asks for, where I stand on it, and which version of it I work under."""

from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.features.criteria import changes, editing, mine, rungs
from slackbot.features.criteria.words import GOAL
from slackbot.ui.blocks import Message
from slackbot.ui.entries import without_all
from slackbot.ui.pages import page_of

MINE: Final = frozenset({"", "mine", "my", "me"})
CHANGES: Final = frozenset({"changes", "changed", "differences", "newer"})
WHICH: Final = "Say which role, like `/prm criteria take manager`."


async def criteria(deps: Deps, asked: Asked) -> Message | None:
    """Mine, a rung's, what changed, all versions; or takes a version up, or opens the form of the admins."""
    words, page = page_of(without_all(asked.words))
    verb, _, rest = words.partition(" ")
    verb = verb.lower()
    if verb in {"edit", "change", "set"}:
        await editing.edit(deps, asked, rest)
        return None
    if verb == "take":
        return await _take(deps, asked, rest.strip())
    if verb in CHANGES and not rest:
        return await deps.transact(changes.changes, deps, asked.person, page)
    if verb in {"history", "versions"}:
        return await deps.transact(_history, deps, asked, rest, page)
    return await deps.transact(_shown, deps, asked, words, page)


def _shown(session: Session, deps: Deps, asked: Asked, words: str, page: int) -> Message:
    """Without words, or with those for one's own role, it is the own checklist; without a role, the manager's."""
    glance = deps.meet(session, asked.person)
    rung = rungs.named(words, glance.content) if words and not words.startswith("criterion/") else None
    if words.lower() in MINE or (rung is not None and rung.id == glance.member.target_rung):
        own = mine.read_mine(session, deps, asked.person)
        if own is not None:
            return mine.mine_message(own, page)
        words = ""
    return rungs.page_message(rungs.read_page(session, glance, words, page), glance.content)


def _history(session: Session, deps: Deps, asked: Asked, words: str, page: int) -> Message:
    content, member = deps.content, deps.meet(session, asked.person).member
    own = next((rung for rung in content.rungs if rung.id == member.target_rung), content.rung(GOAL))
    rung = rungs.named(words, content) if words else own
    return changes.history(session, deps, asked.person, rung or own, page)


async def _take(deps: Deps, asked: Asked, words: str) -> Message:
    up = changes.UP.fullmatch(words)
    if up is not None:
        version = int(up["version"]) if up["version"] else None
        answer = await deps.transact(changes.take, deps, asked.person, version)
    else:
        rung = rungs.named(words, deps.content)
        if rung is None:
            raise UserError(WHICH)
        answer = await deps.transact(changes.toward, deps, asked.person, rung)
    deps.refresh_home(asked.person)
    return answer


FEATURE = Feature(
    name="criteria",
    subcommands=(
        Subcommand(
            name="criteria",
            usage="[role]",
            summary="what a promotion asks for, and where you stand on it.",
            run=criteria,
            group="Ask",
            examples=("/prm criteria senior liaison",),
            aliases=("criterion", "promotion", "advancement"),
            nouns=("criterion",),
        ),
    ),
    forms=editing.FORMS,
)
