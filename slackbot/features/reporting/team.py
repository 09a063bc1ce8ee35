"""`/prm team`: who reports to me, who asks to, and setting it for others."""

import asyncio
from collections.abc import Callable
from typing import Final

from sqlmodel import Session

from slackbot import profiles
from slackbot.commands import split
from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.feature import Asked, Form, Submitted
from slackbot.features.reporting import below, changing, export, forms, people, person, words
from slackbot.features.reporting.telling import beside, change, chosen, in_words
from slackbot.ui.blocks import Message, View, actions, message, section
from slackbot.ui.pages import page_of
from storage import members
from storage.members import Person
from storage.teams import Report

FOR_ADMINS: Final = "Only an admin of this Slack workspace sets it for others. You can ask for your own manager with /prm manager."
ANSWERS: Final = {"accept": changing.accept, "refuse": changing.refuse}
FORM_OF: Final[dict[str, Callable[[Report], View]]] = {
    "hand": forms.hand_over_form,
    "remove": forms.remove_form,
}


async def team(deps: Deps, asked: Asked) -> Message | None:
    """Shows my team, or does what a button there says."""
    verb, rest = split(asked.words)
    number = forms.number_in(rest)
    if verb == "show":
        return await deps.transact(person.show, deps, asked.person, rest)
    if verb in export.WORDS:
        return await export.export(deps, asked, rest)
    if verb == "all":
        return await deps.transact(below.totals, deps, asked.person, rest)
    if verb == "set":
        await _open_set(deps, asked)
    elif verb == "add" or forms.mentioned(asked.words):
        await _open_add(deps, asked)
    elif verb in ANSWERS and number is not None:
        return await _answered(deps, asked.person, verb, number)
    elif verb in FORM_OF and number is not None:
        report = await deps.transact(_led, deps, asked.person, number)
        await asked.open(FORM_OF[verb](report))
    else:
        return await deps.transact(people.overview, deps, asked.person, page_of(asked.words)[1])
    return None


async def _answered(deps: Deps, who: Person, verb: str, number: int) -> Message:
    with in_words():
        said = await change(deps, ANSWERS[verb], who, number)
    return message(section(said), actions(words.TEAM))


def _led(session: Session, deps: Deps, who: Person, number: int) -> Report:
    return changing.led(session, deps.meet(session, who), number)


async def _open_add(deps: Deps, asked: Asked) -> None:
    named = forms.mentioned(asked.words)[:1]
    await _check(deps, asked.person, named)
    await asked.open(forms.add_form(named))


async def _open_set(deps: Deps, asked: Asked) -> None:
    await profiles.read_once(deps, asked.person)
    glance = await deps.transact(deps.meet, asked.person)
    if not members.administers(glance.member):
        raise UserError(FOR_ADMINS)
    named = forms.mentioned(asked.words)[:2]
    await _check(deps, asked.person, named)
    await asked.open(forms.set_form(named))


async def _check(deps: Deps, who: Person, named: list[str]) -> None:
    """Whoever was typed can be chosen; Slack refuses a form that begins with somebody it does not know."""
    glance = await deps.transact(deps.meet, who)
    with in_words():
        await asyncio.gather(*(profiles.colleague(deps, glance.workspace, each) for each in named))


async def added(deps: Deps, back: Submitted) -> View:
    """Adds whoever was chosen, if they have no manager."""
    await profiles.read_once(deps, back.person)
    who = await chosen(deps, back.person, "liaison", back.values.get("liaison"))
    with beside("liaison"):
        said = await change(deps, changing.add, back.person, who)
    return forms.done("Add to your team", said)


async def handed_over(deps: Deps, back: Submitted) -> View:
    """Gives one of the team to whoever was chosen."""
    number = forms.number_in(back.metadata) or 0
    to = await chosen(deps, back.person, "manager", back.values.get("manager"))
    with beside("manager"):
        said = await change(deps, changing.hand_over, back.person, number, to)
    return forms.done("Hand over", said)


async def removed(deps: Deps, back: Submitted) -> View:
    with in_words():
        said = await change(deps, changing.remove, back.person, forms.number_in(back.metadata) or 0)
    return forms.done("Remove from team", said)


async def was_set(deps: Deps, back: Submitted) -> View:
    """Sets what an admin chose. Slack is asked now whether they still are one."""
    glance = await deps.transact(deps.meet, back.person)
    with beside("liaison"):
        me = await profiles.colleague(deps, glance.workspace, back.person.user_id)
        if not (me.profile.admin or glance.member.named_admin):
            raise UserError(FOR_ADMINS)
    who, to = await asyncio.gather(
        chosen(deps, back.person, "liaison", back.values.get("liaison")),
        chosen(deps, back.person, "manager", back.values.get("manager")),
    )
    with beside("manager"):
        said = await change(deps, changing.put, back.person, who, to)
    return forms.done("Who reports to whom", said)


FORMS = (
    Form(forms.ADD, added),
    Form(forms.HAND_OVER, handed_over),
    Form(forms.REMOVE, removed),
    Form(forms.SET, was_set),
)
