"""`/prm nudges`: when the weekly message comes, and the ways to its settings, its log and what comes next."""

from dataclasses import dataclass

from sqlmodel import Session

from slackbot import profiles
from slackbot.calendar import coming
from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.features.nudges import log, upcoming
from slackbot.features.nudges.words import moved, put_off, zone_note
from slackbot.home import Glance
from slackbot.rules.schedule import Occurrence
from slackbot.ui.blocks import Message, actions, header, message, runs, section
from slackbot.ui.text import day, escape, joined, local, place, weekday_at
from storage import time_off
from storage.models import TimeOff


@dataclass(frozen=True)
class Known:
    """What the settings show of somebody."""

    glance: Glance
    next: Occurrence | None
    away: tuple[TimeOff, ...]
    put_off: str | None = None
    """When a message comes once more that they put off, in words."""


def known(session: Session, deps: Deps, asked: Asked) -> Known:
    """Reads it for whoever asks."""
    return of(session, deps.meet(session, asked.person))


def of(session: Session, glance: Glance) -> Known:
    away = time_off.mine(
        session, workspace_id=glance.workspace_id, member_id=glance.member_id, since=glance.today
    )
    following = coming(session, glance.member, glance.zone, glance.now)
    return Known(glance, following, tuple(away), put_off(session, glance))


async def shown(deps: Deps, asked: Asked, _words: str) -> Message:
    """When it comes. The zone decides that, so that it is asked for first, if it never was."""
    await profiles.read_once(deps, asked.person)
    return settings_message(await deps.transact(known, deps, asked))


async def log_page(deps: Deps, asked: Asked, words: str) -> Message:
    """What came."""
    await profiles.read_once(deps, asked.person)
    return await deps.transact(log.page, deps, asked.person, words)


async def coming_weeks(deps: Deps, asked: Asked, _words: str) -> Message:
    """What comes."""
    await profiles.read_once(deps, asked.person)
    return await deps.transact(upcoming.weeks, deps, asked.person)


def settings_message(seen: Known) -> Message:
    """When it comes, whatever keeps it away, and the ways on."""
    glance = seen.glance
    return message(
        header("Your weekly message"),
        section("\n".join(_lines(seen))),
        *zone_note(glance),
        actions(
            runs("Change day, time or pause", "nudges change"),
            runs("What comes next", "nudges next"),
            runs("What came", "nudges log"),
        ),
    )


def _lines(seen: Known) -> list[str]:
    member, glance = seen.glance.member, seen.glance
    off = [f"Time off: {joined([stretch(each) for each in seen.away])}."] if seen.away else []
    if member.nudges_off:
        return ["Your weekly message is off. You can switch it on again whenever you like.", *off]
    when = f"*{weekday_at(member.nudge_weekday, member.nudge_time)}*, {escape(place(glance.zone))}"
    fixed = " (your own choice)" if member.zone_fixed else ""
    lines = [f"Your weekly message comes {when}{fixed}."]
    if member.paused_until and member.paused_until > glance.today:
        lines.append(f"It is paused until {day(member.paused_until)}.")
    lines += off
    if seen.put_off is not None:
        lines.append(f"What you put off comes once more: {seen.put_off}.")
    if seen.next is not None:
        lines.append(f"The next one: {local(seen.next.at, glance.zone)}.{moved(seen.next)}")
    return lines


def stretch(away: TimeOff) -> str:
    """ "Dec 21, 2026 to Jan 3, 2027"; a single day by itself."""
    return day(away.first) if away.first == away.last else f"{day(away.first)} to {day(away.last)}"
