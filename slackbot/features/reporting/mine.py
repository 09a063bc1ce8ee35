"""`/prm manager`: who my manager is, what they see, and asking for another."""

from sqlmodel import Session

from slackbot import profiles
from slackbot.commands import split
from slackbot.deps import Deps
from slackbot.feature import Asked, Form, Submitted
from slackbot.features.reporting import changing, forms, words
from slackbot.features.reporting.telling import beside, change, chosen, in_words
from slackbot.ui.blocks import Message, View, actions, message, section
from storage import reporting, teams
from storage.members import Person


async def manager(deps: Deps, asked: Asked) -> Message | None:
    """Shows my manager, or does what a button there says."""
    verb, rest = split(asked.words)
    people = forms.mentioned(asked.words)
    if verb in {"ask", "change"} or people:
        await _open_ask(deps, asked, people)
        return None
    number = forms.number_in(rest)
    with in_words():
        if verb == "withdraw":
            return _answer(await change(deps, changing.withdraw, asked.person))
        if verb == "wrong" and number is not None:
            return _answer(await change(deps, changing.undo, asked.person, number))
    return await deps.transact(_overview, deps, asked.person)


def _answer(said: str) -> Message:
    return message(section(said), actions(words.MY_MANAGER))


def _overview(session: Session, deps: Deps, person: Person) -> Message:
    glance = deps.meet(session, person)
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    return words.my_manager(glance, teams.above(session, **whose), reporting.asked_by(session, **whose))


async def _open_ask(deps: Deps, asked: Asked, people: list[str]) -> None:
    with in_words():
        for user_id in people[:1]:
            glance = await deps.transact(deps.meet, asked.person)
            await profiles.colleague(deps, glance.workspace, user_id)
    current = await deps.transact(_current, deps, asked.person)
    await asked.open(forms.ask_form(people, current))


def _current(session: Session, deps: Deps, person: Person) -> str | None:
    glance = deps.meet(session, person)
    manager = reporting.manager_of(session, workspace_id=glance.workspace_id, member_id=glance.member_id)
    return None if manager is None else words.mention(manager)


async def asked_for(deps: Deps, back: Submitted) -> View:
    """Asks whoever was chosen."""
    # They are named to whom they ask, so that their own name is read first.
    await profiles.read_once(deps, back.person)
    who = await chosen(deps, back.person, "manager", back.values.get("manager"))
    with beside("manager"):
        said = await change(deps, changing.ask, back.person, who)
    return forms.done("Ask for a manager", said)


FORMS = (Form(forms.ASK, asked_for),)
