"""`/prm admin`: what admins of the workspace, and whom they name, see and set."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from sqlmodel import Session

from slackbot import profiles
from slackbot.commands import split
from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.features.admin import holidays, naming, newcomers, pages, trail
from slackbot.ui.blocks import Message
from slackbot.ui.pages import page_of
from storage.members import Person

MENTION: Final = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^>]*)?>")
HOLIDAY: Final = re.compile(r"remove (\d{4}-\d\d-\d\d)")

Page = Callable[[Session, Deps, Person, int], Message]
PAGES: Final[Mapping[str, Page]] = {
    "managers": pages.managers,
    "manager": pages.managers,
    "people": pages.people,
    "newcomers": newcomers.shown,
    "defaults": newcomers.shown,
    "holidays": holidays.shown,
    "holiday": holidays.shown,
    "criteria": pages.criteria,
    "questions": pages.unanswered,
    "question": pages.unanswered,
    "unanswered": pages.unanswered,
    "content": pages.knowledge,
}


async def admin(deps: Deps, asked: Asked) -> Message | None:
    """The menu, one of its pages, or the form that a button there opens."""
    verb, rest = split(page_of(asked.words)[0])
    form = FORMS.get((verb, rest.lower()))
    if form is not None:
        await form(deps, asked)
        return None
    # Whether they are an admin of Slack decides what they see, so that it is asked for first, once a day.
    await profiles.read_once(deps, asked.person)
    mentioned = MENTION.search(rest)
    if verb == "remove" and mentioned:
        return await deps.transact(naming.remove, deps, asked.person, mentioned[1])
    taken_away = HOLIDAY.fullmatch(rest)
    if verb == "holidays" and taken_away:
        return await holidays.remove(deps, asked, taken_away[1])
    if verb in {"log", "audit"}:
        return await deps.transact(trail.log, deps, asked.person, rest)
    page = page_of(asked.words)[1]
    return await deps.transact(PAGES.get(verb, pages.menu), deps, asked.person, page)


FORMS: Final[Mapping[tuple[str, str], Callable[[Deps, Asked], Awaitable[None]]]] = {
    ("name", ""): naming.ask,
    ("newcomers", "change"): newcomers.change,
    ("holidays", "change"): holidays.change,
    ("holidays", "add"): holidays.add,
}

FEATURE: Final = Feature(
    name="admin",
    subcommands=(
        Subcommand(
            name="admin",
            usage="[what]",
            summary="for workspace admins and whom they name: managers, criteria, newcomers, holidays, open questions, audit log.",
            run=admin,
            group="For admins",
            examples=("/prm admin log",),
        ),
    ),
    forms=(*naming.FORMS, *newcomers.FORMS, *holidays.FORMS),
)
