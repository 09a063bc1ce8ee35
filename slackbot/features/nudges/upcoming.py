"""`/prm nudges next`: the weekly messages to come, each with its day, or why nothing comes."""

from typing import Final

from sqlmodel import Session

from slackbot.calendar import coming, plan
from slackbot.deps import Deps
from slackbot.features.nudges.words import put_off
from slackbot.home import Glance
from slackbot.rules.schedule import AWAY, HOLIDAY, PAUSED, Occurrence, monday_of
from slackbot.ui.blocks import Message, actions, bullets, context, header, message, runs, section
from slackbot.ui.text import WEEKDAYS, day, local
from storage.members import Person

WEEKS: Final = 4
OFF: Final = "Your weekly message is off, so nothing comes."
CHOSEN_THEN: Final = (
    "What a message is about is chosen when it comes, from your wins and targets as they are then. When there is "
    "nothing useful to say, it stays away."
)
WHY_NOT: Final = {
    PAUSED: "nothing, you have paused it",
    AWAY: "nothing, you have time off",
    HOLIDAY: "nothing, a holiday leaves no working day in that week",
}


def weeks(session: Session, deps: Deps, person: Person) -> Message:
    """The next four weeks; when none of them brings a message, also the first one that does."""
    glance = deps.meet(session, person)
    due = plan(session, glance.member, glance.zone, glance.now, WEEKS)
    lines = [_line(each, glance) for each in due]
    if due and all(each.reason for each in due):
        first = coming(session, glance.member, glance.zone, glance.now)
        lines += [_line(first, glance)] if first is not None else []
    if (again := put_off(session, glance)) is not None:
        lines.insert(0, f"*{again}*, once more what you put off")
    return message(
        header("What comes next"),
        section(bullets(lines) or OFF),
        *([context(CHOSEN_THEN)] if lines else []),
        actions(runs("Change", "nudges change"), runs("My weekly message", "nudges")),
    )


def _line(due: Occurrence, glance: Glance) -> str:
    if due.reason is not None:
        monday = monday_of(due.slot)
        return f"Week of {day(monday)}: {WHY_NOT[due.reason]}."
    why = f", as {WEEKDAYS[due.moved_from.weekday()]} is a day off" if due.moved_from else ""
    return f"*{local(due.at, glance.zone)}*{why}"
