"""Naming somebody who looks after the app too, and taking it back."""

from typing import Final

import structlog
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from slackbot import profiles
from slackbot.calendar import begun
from slackbot.deps import Deps
from slackbot.errors import FormError, UserError
from slackbot.feature import Asked, Form, Submitted
from slackbot.features.admin import pages
from slackbot.features.admin.access import enter, enter_as_slacks, record
from slackbot.profiles import Colleague
from slackbot.refusal import refusal
from slackbot.ui.blocks import Message, View, actions, message, runs, section
from slackbot.ui.forms import field, modal, users_select
from slackbot.win_news import person_of
from storage import members
from storage.members import Person
from storage.models import Member

log = structlog.get_logger(__name__)

CALLBACK: Final = "name_admin"
NOBODY: Final = "Choose somebody."
IS_ONE: Final = "{name} is an admin of this Slack workspace, and may do this already."
NOT_NAMED: Final = "That person is not among those who were named, so nothing was changed."
YOURS_NOW: Final = (
    "*<@{by}> named you to look after PRM Coach here.* You can set what each role asks for and when newcomers hear "
    "from me, and read what found no answer and who did what."
)


async def ask(deps: Deps, asked: Asked) -> None:
    """Opens the form."""
    await profiles.read_once(deps, asked.person)
    await deps.transact(enter_as_slacks, deps, asked.person)
    await asked.open(
        modal(
            CALLBACK,
            "Who else may",
            field("colleague", "Who looks after the app too?", users_select()),
            section("They see and set what stands under `/prm admin`. You can take it back at any time."),
            submit="Name",
        )
    )


async def submitted(deps: Deps, back: Submitted) -> View:
    """Names whoever was chosen. Slack is asked now whether who does it still is an admin."""
    glance = await deps.transact(deps.meet, back.person)
    chosen = back.values.get("colleague")
    if chosen is None:
        raise FormError({"colleague": NOBODY})
    try:
        me = await profiles.colleague(deps, glance.workspace, back.person.user_id)
        who = await profiles.colleague(deps, glance.workspace, chosen)
    except UserError as error:
        raise FormError({"colleague": str(error)}) from error
    named = await deps.transact(_name, deps, back.person, me, who)
    if named is not None:
        deps.background.start(_tell(deps, person_of(named), back.person.user_id), "named")
    shown = section(f"<@{who.user_id}> looks after the app with you now.")
    return modal("named", "Who else may", shown, actions(runs("Who else may", "admin people")))


def _name(session: Session, deps: Deps, person: Person, me: Colleague, who: Colleague) -> Member | None:
    """The one to tell of it: nobody who was named before, nor who never used the app."""
    if not me.profile.admin:
        raise FormError({"colleague": "Only an admin of this Slack workspace can name somebody."})
    glance = enter_as_slacks(session, deps, person)
    member = profiles.meet_colleague(session, deps, glance.workspace_id, who)
    if member.is_admin:
        raise FormError({"colleague": IS_ONE.format(name=member.name or "That person")})
    if member.named_admin:
        return None
    member.named_admin = True
    record(session, glance, "named", f"member:{member.id}")
    return member if begun(member) else None


async def _tell(deps: Deps, person: Person, by: str) -> None:
    told = message(section(YOURS_NOW.format(by=by)), actions(runs("For admins", "admin")))
    try:
        await deps.tell(person, told)
    except SlackApiError as error:
        # It holds all the same; `/prm admin` shows it to them.
        log.warning("news_refused", error=refusal(error).error)


def remove(session: Session, deps: Deps, person: Person, user_id: str) -> Message:
    """Takes it back; everybody may step back themselves."""
    glance = enter(session, deps, person)
    if user_id != person.user_id:
        enter_as_slacks(session, deps, person)
    named = members.named_admins(session, glance.workspace_id)
    member = next((each for each in named if each.user_id == user_id), None)
    if member is None:
        raise UserError(NOT_NAMED)
    member.named_admin = False
    record(session, glance, "unnamed", f"member:{member.id}")
    if member is glance.member and not member.is_admin:
        return message(section("You no longer look after the app. Thank you for doing it."))
    return pages.people(session, deps, person, 1)


FORMS: Final = (Form(CALLBACK, submitted),)
