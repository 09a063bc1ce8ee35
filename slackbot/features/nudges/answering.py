"""What happens when somebody presses a button in their weekly message: it counts once, and the message says what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from slackbot.calendar import coming, rhythm_of, with_days_off
from slackbot.deps import Deps, Posted
from slackbot.errors import UserError
from slackbot.feature import Asked
from slackbot.features.nudges import buttons
from slackbot.features.nudges.message import action_line, title_line
from slackbot.home import Glance
from slackbot.rules.nudges.memory import NOT_USEFUL
from slackbot.rules.schedule import is_working
from slackbot.ui.blocks import Block, Message, actions, context, message, section
from slackbot.ui.text import day, escape, local
from storage import nudges
from storage.members import Person
from storage.models import Delivery
from storage.nudges import Pressed

NOTHING: Final = "nothing"
PAUSED: Final = "paused"
STOPPED: Final = "stopped"
WEEK: Final = timedelta(days=7)

NOT_HERE: Final = "I can't find that message any more. `/prm nudges` says when the next one comes."
EARLIER: Final = (
    "That one was for an earlier week, so there is nothing left to say to it. The newest one counts."
)
ANSWERED: Final = "You answered this one already, so nothing changed."
PUT_OFF: Final = "You put this one off, and it comes once more: the newer one counts."
ANYWAY: Final = "Your next weekly message comes {when} anyway, so I left this one as it is."
_SAID: Final[Mapping[str, str]] = {
    NOTHING: "You said: nothing this week. That is fine.",
    NOT_USEFUL: "You said: not useful. This text stays away for half a year, and I write less about this area for eight weeks.",
    STOPPED: "Your weekly messages are off.",
}


@dataclass(frozen=True)
class Done:
    """What the message shows from now on, and what the person is told beside it."""

    delivery: Delivery
    shown: Message
    told: str | None = None


def pressed_in(words: str) -> Pressed:
    """Raises UserError where the words name no message."""
    pressed = buttons.read(words)
    if pressed is None:
        raise UserError(NOT_HERE)
    return pressed


async def nothing(deps: Deps, asked: Asked, words: str) -> Message | None:
    """*Nothing this week*."""
    done = await deps.transact(_answer, deps, asked.person, pressed_in(words), NOTHING)
    return follow(deps, asked, done)


async def not_useful(deps: Deps, asked: Asked, words: str) -> Message | None:
    """*Not useful*: it weighs in what is chosen next."""
    done = await deps.transact(_answer, deps, asked.person, pressed_in(words), NOT_USEFUL)
    return follow(deps, asked, done)


async def tomorrow(deps: Deps, asked: Asked, words: str) -> Message | None:
    """*Tomorrow*: the same row once more, on their next working day."""
    done = await deps.transact(_put_off, deps, asked.person, pressed_in(words))
    return follow(deps, asked, done)


def follow(deps: Deps, asked: Asked, done: Done) -> Message | None:
    """Brings the message up to date, and says what there is to say beside it."""
    rewrite(deps, asked.person, done, asked.posted)
    return None if done.told is None else message(section(done.told))


def rewrite(deps: Deps, person: Person, done: Done, pressed_in: Posted | None = None) -> None:
    """Behind the answer, and where it was pressed: a posting that was put off stands above the one in the ledger."""
    row = done.delivery
    posted = Posted(row.channel, row.ts) if row.channel and row.ts else None
    if (where := pressed_in or posted) is not None:
        deps.background.start(deps.rewrite(person.workspace_id, where, done.shown), "nudge")


def own(session: Session, glance: Glance, pressed: Pressed) -> Delivery:
    """The row a button belongs to. Raises UserError for what is not there, or is somebody else's."""
    row = nudges.one(session, **whose(glance), delivery_id=pressed.delivery_id)
    if row is None:
        raise UserError(NOT_HERE)
    return row


def whose(glance: Glance) -> dict[str, int]:
    return {"workspace_id": glance.workspace_id, "member_id": glance.member_id}


def _answer(session: Session, deps: Deps, person: Person, pressed: Pressed, said_so: str) -> Done:
    glance = deps.meet(session, person)
    row = own(session, glance, pressed)
    if said_so == NOTHING and _is_over(row, glance.now):
        return _too_late(session, row, pressed, glance)
    if not nudges.answer(session, pressed, said_so, **whose(glance)):
        return lost(session, row, pressed, glance)
    row = own(session, glance, pressed)
    return Done(row, answered_message(session, glance, row))


def _put_off(session: Session, deps: Deps, person: Person, pressed: Pressed) -> Done:
    glance = deps.meet(session, person)
    row = own(session, glance, pressed)
    if _is_over(row, glance.now):
        return _too_late(session, row, pressed, glance)
    later = next_working_day(session, glance)
    following = coming(session, glance.member, glance.zone, glance.now)
    if following is not None and _date(following.at, glance) <= _date(later, glance):
        raise UserError(ANYWAY.format(when=local(following.at, glance.zone)))
    if not nudges.put_off(session, pressed, later, **whose(glance)):
        return lost(session, row, pressed, glance)
    row = own(session, glance, pressed)
    return Done(row, answered_message(session, glance, row))


def next_working_day(session: Session, glance: Glance) -> datetime:
    """The person's own time on the next day from Monday to Friday that is no day off."""
    own_rhythm = rhythm_of(glance.member, glance.zone)
    rhythm = with_days_off(session, own_rhythm, glance.member, glance.now)
    day = glance.today + timedelta(days=1)
    while not is_working(day, rhythm):
        day += timedelta(days=1)
    return datetime.combine(day, glance.member.nudge_time, tzinfo=glance.zone).astimezone(UTC)


def _date(moment: datetime, glance: Glance) -> date:
    return moment.astimezone(glance.zone).date()


def _is_over(row: Delivery, now: datetime) -> bool:
    return now - (row.sent_at or row.due_at) >= WEEK


def _too_late(session: Session, row: Delivery, pressed: Pressed, glance: Glance) -> Done:
    if row.answer is not None or row.moved != pressed.posting:
        return lost(session, row, pressed, glance)
    return Done(row, message(*about(glance, row), context("That was for an earlier week.")), EARLIER)


def lost(session: Session, row: Delivery, pressed: Pressed, glance: Glance) -> Done:
    """Somebody pressed twice, or in a posting that a newer one has replaced."""
    if row.moved > pressed.posting:
        return Done(row, _put_off_message(glance, row), PUT_OFF)
    return Done(row, answered_message(session, glance, row), ANSWERED)


def answered_message(session: Session, glance: Glance, row: Delivery) -> Message:
    """The message once it was answered: what it was about, what was said, and still a way to log a win."""
    if row.answer is None:
        return _put_off_message(glance, row)
    if row.answer == PAUSED:
        until = glance.member.paused_until
        said = f"Paused until {day(until)}." if until and until > glance.today else "The pause is over."
    else:
        said = _SAID.get(row.answer, ANSWERED)
    ways = list(_log(glance, row))
    if row.answer in {PAUSED, STOPPED}:
        ways.append(buttons.on(Pressed(row.id, row.moved)))
    return message(*about(glance, row), context(said + _next(session, glance, row)), *_row(ways))


def _put_off_message(glance: Glance, row: Delivery) -> Message:
    when = local(row.retry_at, glance.zone) if row.retry_at else "later"
    said = f"Put off until {when}." if row.retry_at else "Put off, and it came once more."
    return message(*about(glance, row), context(said), *_row(list(_log(glance, row))))


def about(glance: Glance, row: Delivery) -> list[Block]:
    """What it named: the text may have gone from the content since."""
    named = (row.said or {}).get("nudge")
    text = next((each for each in glance.content.nudges if each.id == named), None)
    if text is None:
        return [section("*Your weekly message*")]
    return [section(f"{title_line(glance.content.outcome(text.outcome), text)}\n{action_line(text)}")]


def _log(glance: Glance, row: Delivery) -> list[Block]:
    outcome = (row.said or {}).get("outcome", "")
    if not glance.content.has(f"outcome/{outcome}"):
        return []
    return [buttons.log(glance.content.outcome(outcome), primary=False)]


def _next(session: Session, glance: Glance, row: Delivery) -> str:
    following = None if row.answer == STOPPED else coming(session, glance.member, glance.zone, glance.now)
    return "" if following is None else f" The next one comes {escape(local(following.at, glance.zone))}."


def _row(ways: list[Block]) -> list[Block]:
    return [actions(*ways)] if ways else []
