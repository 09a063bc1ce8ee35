"""*Pause…* in the weekly message: until a day, or for good; nobody is asked for a reason. And the way back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from slackbot.calendar import coming, reschedule
from slackbot.deps import Deps
from slackbot.errors import FormError
from slackbot.feature import Asked, Submitted
from slackbot.features.nudges import answering, buttons
from slackbot.features.nudges.answering import PAUSED, STOPPED, Done, answered_message, own, pressed_in, whose
from slackbot.features.nudges.form import LONGEST_PAUSE
from slackbot.home import Glance
from slackbot.ui.blocks import Message, View, context, message, section
from slackbot.ui.forms import Option, checkboxes, date_input, field, modal
from slackbot.ui.text import day, local
from storage import audit, nudges
from storage.members import Person
from storage.nudges import Pressed

CALLBACK: Final = "nudge_pause"
USUAL: Final = timedelta(days=14)
STOP: Final = "stop"
WHEN: Final = "Choose the day on which they may come again, or tick the box below."
AFTER_TODAY: Final = "Choose a day after today."
TOO_LONG: Final = "A year is the longest pause. To stop for good, tick the box below."
BACK: Final = "`/prm nudges` brings them back whenever you like."


@dataclass(frozen=True)
class Wish:
    """Until when; None is for good."""

    until: date | None


async def ask(deps: Deps, asked: Asked, words: str) -> None:
    """Opens the form."""
    pressed = pressed_in(words)
    glance = await deps.transact(_seen, deps, asked.person, pressed)
    await asked.open(form(glance.today, pressed))


def _seen(session: Session, deps: Deps, person: Person, pressed: Pressed) -> Glance:
    glance = deps.meet(session, person)
    own(session, glance, pressed)
    return glance


def form(today: date, pressed: Pressed) -> View:
    return modal(
        CALLBACK,
        "Pause",
        field(
            "until",
            "No weekly message before",
            date_input((today + USUAL).isoformat()),
            hint="What came until then is not made up for.",
            optional=True,
        ),
        field(
            "stop",
            "Or for good",
            checkboxes([Option("Stop weekly messages", STOP)]),
            hint="You can switch them on again with /prm nudges.",
            optional=True,
        ),
        submit="Save",
        private_metadata=f"{pressed.delivery_id} {pressed.posting}",
    )


def parse(values: Mapping[str, str | None], today: date) -> Wish:
    """Reads the form. Raises FormError; a ticked box wins over the day that stands above it."""
    if values.get("stop") == STOP:
        return Wish(None)
    try:
        until = date.fromisoformat(values.get("until") or "")
    except ValueError:
        raise FormError({"until": WHEN}) from None
    if until <= today:
        raise FormError({"until": AFTER_TODAY})
    if until - today > LONGEST_PAUSE:
        raise FormError({"until": TOO_LONG})
    return Wish(until)


async def submitted(deps: Deps, back: Submitted) -> View:
    """Pauses or stops, says until when, and brings the message up to date."""
    pressed = pressed_in(back.metadata)
    told, done = await deps.transact(_pause, deps, back, pressed)
    answering.rewrite(deps, back.person, done)
    deps.refresh_home(back.person)
    return modal("paused", "Pause", section(told), context(BACK))


def _pause(session: Session, deps: Deps, back: Submitted, pressed: Pressed) -> tuple[str, Done]:
    """The pause holds even where the message was answered before, or is of an earlier week."""
    glance = deps.meet(session, back.person)
    own(session, glance, pressed)
    wish = parse(back.values, glance.today)
    member = glance.member
    member.paused_until, member.nudges_off = wish.until, wish.until is None
    _changed(session, glance)
    nudges.answer(session, pressed, STOPPED if wish.until is None else PAUSED, **whose(glance))
    row = own(session, glance, pressed)
    return _told(session, glance), Done(row, answered_message(session, glance, row))


def _changed(session: Session, glance: Glance) -> None:
    reschedule(session, glance.member, glance.zone, glance.now)
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="nudges.changed",
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )


async def on(deps: Deps, asked: Asked, words: str) -> Message:
    """*Start again*: ends a pause, or switches the weekly message on."""
    told, done = await deps.transact(_start, deps, asked.person, buttons.read(words))
    if done is not None:
        answering.follow(deps, asked, done)
    deps.refresh_home(asked.person)
    return message(section(told))


def _start(session: Session, deps: Deps, person: Person, pressed: Pressed | None) -> tuple[str, Done | None]:
    glance = deps.meet(session, person)
    row = own(session, glance, pressed) if pressed else None
    glance.member.paused_until, glance.member.nudges_off = None, False
    _changed(session, glance)
    told = _told(session, glance)
    if row is None:
        return told, None
    again = message(*answering.about(glance, row), context(f"You started them again. {told}"))
    return told, Done(row, again)


def _told(session: Session, glance: Glance) -> str:
    member = glance.member
    if member.nudges_off:
        return "Your weekly messages are off."
    paused = member.paused_until is not None and member.paused_until > glance.today
    said = f"Paused until {day(member.paused_until)}." if member.paused_until and paused else ""
    following = coming(session, member, glance.zone, glance.now)
    when = f"The next weekly message comes {local(following.at, glance.zone)}." if following else ""
    return f"{said} {when}".strip()
