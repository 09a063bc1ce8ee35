"""Having everything erased: asked for by typing a word, seven days to change one's mind, then done by the worker."""

from datetime import datetime
from typing import Final

from sqlmodel import Session

from slackbot.calendar import reschedule
from slackbot.deps import Deps
from slackbot.errors import FormError, UserError
from slackbot.feature import Asked, Form, Submitted
from slackbot.features.privacy import telling
from slackbot.home import Glance
from slackbot.leaving import WAYS, until_then
from slackbot.rules.leaving import erase_at
from slackbot.ui.blocks import Message, View, actions, bullets, header, message, runs, section
from slackbot.ui.forms import field, modal, text_input
from slackbot.ui.text import local, place
from storage import audit, forgetting
from storage.members import Person

CALLBACK: Final = "erase"
WORD: Final = "erase"
ASKED: Final = "member.erasure_asked"
KEPT: Final = "member.erasure_undone"
WHEN: Final = (
    "On *{when}*, {place}, everything about you here goes: profile, wins, targets, credentials, skills, messages. Until "
    "then you can change your mind, and I write you nothing. After that nobody can bring it back."
)
STAYS: Final = (
    "Wins of others that you confirmed stay confirmed, by “a former member”. What you wrote about them stays, without "
    "your name.",
    "Whoever reports to you has no manager here then.",
    "What I wrote to you in Slack stays in Slack.",
)
COPY: Final = "To have a copy first, close this and press *Export everything*."
NOT_THE_WORD: Final = f"Type the word {WORD}, or cancel; nothing is erased so far."
OLD: Final = (
    "You have decided to stay since you opened this form, so nothing was changed. Open it again to be erased."
)
STAYING: Final = "Good. Everything is as it was, and your weekly message comes again."
NOTHING_ASKED: Final = "Nothing is going to be erased: all you logged is here."


async def ask(deps: Deps, asked: Asked) -> Message | None:
    """Opens the form; for who has asked already, until when they can change their mind."""
    glance = await deps.transact(telling.met, deps, asked.person)
    if glance.member.erase_at is not None:
        return telling.leaving(glance)
    await asked.open(form(glance))
    return None


def form(glance: Glance) -> View:
    when = erase_at(glance.now)
    return modal(
        CALLBACK,
        "Erase me",
        section(WHEN.format(when=local(when, glance.zone), place=place(glance.zone))),
        section(f"*What stays:*\n{bullets(STAYS)}"),
        field("word", f"To confirm, type the word {WORD}", text_input(longest=20)),
        section(COPY),
        submit="Erase me",
        private_metadata=glance.now.isoformat(),
    )


async def submitted(deps: Deps, back: Submitted) -> View:
    """From now on they hear nothing from us."""
    if (back.values.get("word") or "").strip(" .\"'“”").lower() != WORD:
        raise FormError({"word": NOT_THE_WORD})
    glance = await deps.transact(_ask, deps, back.person, back.metadata)
    assert glance.member.erase_at is not None, "it was just set"
    deps.refresh_home(back.person)
    ways = actions(*(runs(label, words) for label, words in WAYS))
    return modal("erasing", "Erase me", section(until_then(glance.member.erase_at, glance.zone)), ways)


def _ask(session: Session, deps: Deps, person: Person, opened: str) -> Glance:
    glance = telling.met(session, deps, person)
    if glance.member.erase_at is not None:
        return glance
    subject = f"member:{glance.member_id}"
    if audit.was_done_since(
        session,
        workspace_id=glance.workspace_id,
        action=KEPT,
        subject=subject,
        since=_moment(opened, glance.now),
    ):
        # A form sent once more, by Slack or by somebody who has recorded it, is not a second wish.
        raise UserError(OLD)
    forgetting.ask(session, glance.member, erase_at(glance.now))
    _record(session, glance, ASKED)
    return glance


def _moment(text: str, now: datetime) -> datetime:
    """When the form was opened; now, where its own note of that cannot be read."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return now
    return moment if moment.tzinfo is not None else now


async def keep(deps: Deps, asked: Asked) -> Message:
    """Takes it back."""
    said = await deps.transact(_keep, deps, asked.person)
    deps.refresh_home(asked.person)
    return message(header(telling.TITLE), section(said), actions(runs("What I keep", "privacy")))


def _keep(session: Session, deps: Deps, person: Person) -> str:
    glance = telling.met(session, deps, person)
    if glance.member.erase_at is None:
        return NOTHING_ASKED
    glance.member.erase_at = None
    reschedule(session, glance.member, glance.zone, glance.now)
    _record(session, glance, KEPT)
    return STAYING


def _record(session: Session, glance: Glance, action: str) -> None:
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action=action,
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )


FORMS: Final = (Form(CALLBACK, submitted),)
