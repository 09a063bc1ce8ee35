"""The small form of *Remind me*: tomorrow, next week, in a month, or on a day of one's choice."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.errors import FormError, UserError
from slackbot.feature import Submitted
from slackbot.features.reminders.own import Subject, subject_of
from slackbot.home import Glance
from slackbot.rules.credentials import add_months
from slackbot.rules.reminding import REMIND_TIME, at_time
from slackbot.ui.blocks import View, actions, runs, section
from slackbot.ui.forms import Option, date_input, field, modal, radio
from slackbot.ui.text import WEEKDAYS, clock, day, escape, place
from storage import audit, reminding
from storage.models import Reminder

CALLBACK: Final = "remind_me"
TITLE: Final = "Remind me"
ON_A_DAY: Final = "day"
CHOICES: Final = (
    Option("Tomorrow", "tomorrow"),
    Option("Next Monday", "week"),
    Option("In a month", "month"),
    Option("On the day below", ON_A_DAY),
)
LONGEST: Final = timedelta(days=731)
GONE: Final = "That is no longer there, so there is nothing to remind you of."


def form(glance: Glance, subject: Subject) -> View:
    return modal(
        CALLBACK,
        TITLE,
        section(f"*{escape(subject.title)}*"),
        field(
            "when",
            "When",
            radio(CHOICES, "week"),
            hint=f"At {clock(REMIND_TIME)}, {place(glance.zone)}. Once, by direct message.",
        ),
        field("day", "A day of your choice", date_input(), optional=True),
        submit="Save",
        private_metadata=subject.name,
    )


def parse(values: Mapping[str, str | None], today: date) -> date:
    """The day that was chosen. Raises FormError beside the field that must be mended."""
    match values.get("when"):
        case "tomorrow":
            return today + timedelta(days=1)
        case "week":
            return today + timedelta(days=7 - today.weekday())
        case "month":
            return add_months(today, 1)
        case "day":
            return _chosen(values.get("day"), today)
    raise FormError({"when": "Choose when."})


def _chosen(text: str | None, today: date) -> date:
    try:
        chosen = date.fromisoformat(text or "")
    except ValueError:
        raise FormError({"day": "Choose a day."}) from None
    if chosen <= today:
        raise FormError({"day": "Choose a day after today."})
    if chosen - today > LONGEST:
        raise FormError({"day": "Two years ahead is the farthest. Choose an earlier day."})
    return chosen


async def submitted(deps: Deps, back: Submitted) -> View:
    """Keeps it once, and says when it comes."""
    subject, kept = await deps.transact(_save, deps, back)
    said = f"I will remind you of *{escape(subject.title)}* on {on(kept.day)} at {clock(REMIND_TIME)}."
    return modal(
        "saved",
        TITLE,
        section(said),
        actions(runs("Take it back", f"remind cancel {kept.id}"), runs("All reminders", "remind")),
    )


def on(chosen: date) -> str:
    """ "Monday, Nov 30, 2026"."""
    return f"{WEEKDAYS[chosen.weekday()]}, {day(chosen)}"


def _save(session: Session, deps: Deps, back: Submitted) -> tuple[Subject, Reminder]:
    glance = deps.meet(session, back.person)
    subject = subject_of(session, glance, back.metadata)
    if subject is None:
        raise UserError(GONE)
    chosen = parse(back.values, glance.today)
    reminder = Reminder(
        workspace_id=glance.workspace_id,
        member_id=glance.member_id,
        submission_key=back.key,
        subject=subject.name,
        day=chosen,
        remind_at=at_time(chosen, REMIND_TIME, glance.zone),
        created_at=glance.now,
    )
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="reminder.set",
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )
    return subject, reminding.add(session, reminder)
