"""What somebody asked to be reminded of: which step or credential it is, and the message on its day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session

from content import Content, Step
from slackbot.credential_words import line
from slackbot.deps import Deps
from slackbot.feature import Silence, Spoken
from slackbot.home import Glance
from slackbot.rules.reminding import REMIND_TIME, at_time, first_day_there
from slackbot.rules.schedule import Occurrence
from slackbot.scheduled import ASKED_FOR, DaysOff, days_off, row
from slackbot.standing import standing_of
from slackbot.ui.blocks import Block, Message, actions, context, message, runs, section
from slackbot.ui.text import escape
from storage import credentials, deliveries, reminding
from storage.models import MemberCredential, Reminder
from storage.reminding import DueReminder, Moved
from storage.sending import Undecided

YOU_ASKED: Final = "You asked me to remind you of this today."


@dataclass(frozen=True)
class Subject:
    """Something to be reminded of: how the ledger calls it, how people do, and the command that opens it."""

    name: str
    title: str
    opens: str

    @property
    def words(self) -> str:
        """After `/prm remind`."""
        return self.name.replace(":", " ")


def subject_of(session: Session, glance: Glance, name: str) -> Subject | None:
    """What a name stands for, among this member's own; None for what is not there, or no longer."""
    kind, _, number = name.partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    if kind == "step":
        step = _step(glance.content, int(number))
        return (
            None if step is None else Subject(name, f"Step {step.number}: {step.name}", f"roadmap {number}")
        )
    if kind == "credential":
        found = _credential(session, glance, int(number))
        return None if found is None else Subject(name, found.name, f"certs change {number}")
    return None


def _step(content: Content, number: int) -> Step | None:
    return next((each for each in content.steps if each.number == number), None)


def _credential(session: Session, glance: Glance, number: int) -> MemberCredential | None:
    return credentials.one(session, number, workspace_id=glance.workspace_id, member_id=glance.member_id)


def claim(deps: Deps, session: Session, limit: int) -> int:
    """Takes what is due into the ledger; on a day of a pause or of time off it waits for the first day after."""
    now = deps.now()
    due = reminding.due_reminders(session, now, limit)
    off = days_off(session, deps, (each.whom for each in due))
    moments = {each.id: _moment(each, off) for each in due}
    come = [each for each in due if moments[each.id] <= now]
    deliveries.claim(session, [_row(each, moments[each.id], now) for each in come if each.whom.there])
    reminding.take(session, [each.id for each in come])
    later: list[Moved] = [(each.id, moments[each.id]) for each in due if each not in come]
    reminding.move_on(session, Reminder, later)
    return len(due)


def _moment(each: DueReminder, off: DaysOff) -> datetime:
    rhythm = off.rhythm(each.whom, REMIND_TIME)
    return at_time(first_day_there(each.day, rhythm), REMIND_TIME, rhythm.zone)


def _row(each: DueReminder, moment: datetime, now: datetime) -> dict[str, Any]:
    return row(each.whom, ASKED_FOR, Occurrence(moment, each.day.isoformat()), now, subject=each.subject)


def compose(session: Session, glance: Glance, delivery: Undecided) -> Spoken | Silence:
    """How far the thing is by now; silence where it is gone."""
    subject = subject_of(session, glance, delivery.subject)
    if subject is None:
        return Silence("no longer there")
    kind = delivery.subject.partition(":")[0]
    said = _SAID[kind](session, glance, int(delivery.subject.partition(":")[2]))
    return Spoken(_message(subject, said), {"subject": delivery.subject})


def _message(subject: Subject, said: str) -> Message:
    return message(
        section(said),
        context(YOU_ASKED),
        actions(
            runs("Open it", subject.opens, style="primary"),
            runs("Remind me again", f"remind {subject.words}"),
        ),
    )


def _of_step(session: Session, glance: Glance, number: int) -> str:
    steps = standing_of(session, glance, glance.member, private=True).steps
    mine = next(each for each in steps if each.step.number == number)
    title = f"*Step {number}: {escape(mine.step.name)}* _({mine.state})_"
    return f"{title}\n{escape(mine.why)}\n*Next:* {escape(mine.do)}"


def _of_credential(session: Session, glance: Glance, number: int) -> str:
    found = _credential(session, glance, number)
    assert found is not None, "it was there a moment ago, in the same transaction"
    return line(found, glance)


_SAID: Final[Mapping[str, Callable[[Session, Glance, int], str]]] = {
    "step": _of_step,
    "credential": _of_credential,
}


def remind_button(subject: Subject) -> Block:
    return runs("Remind me", f"remind {subject.words}")
