"""What `prm simulate` was asked, and the rehearsal that answers it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

import content
from slackbot import settings
from slackbot.simulating.copying import NobodyError, copied
from slackbot.simulating.living import Change, live
from slackbot.simulating.personas import PERSONAS, Persona, cast, prepared
from slackbot.simulating.printing import lines
from slackbot.simulating.stage import Stage, empty
from slackbot.ui.text import WEEKDAYS
from storage.database import Database

NAMES: Final = tuple(PERSONAS)


class RehearsalError(Exception):
    """It cannot be rehearsed as asked; the message says what to give instead."""


@dataclass(frozen=True)
class Asked:
    """The options, as they were read."""

    weeks: int
    member: str | None = None
    persona: str | None = None
    zone: str | None = None
    weekday: str | None = None
    at: datetime | None = None
    start: datetime | None = None


def rehearse(asked: Asked, now: datetime) -> Iterator[str]:
    """Line by line. Raises RehearsalError, SettingsError, DatabaseNotReadyError and ContentError."""
    if asked.member and asked.persona:
        raise RehearsalError("Give either --member or --persona.")
    zone = _zone(asked.zone)
    known = settings.load_basics()
    knowledge = content.load(over=known.content_dir)
    with empty() as session:
        if asked.member:
            with _real(known.database_url) as real:
                try:
                    stage, persona = copied(real, session, asked.member), None
                except NobodyError as error:
                    raise RehearsalError(str(error)) from error
        else:
            stage, persona = cast(session, now), PERSONAS[asked.persona or NAMES[0]]
        _fit(stage, asked, zone)
        own = ZoneInfo(stage.member.zone or stage.workspace.zone or known.default_zone)
        since = _since(asked.start, own, now)
        changes = prepared(stage, persona, knowledge, since) if persona else list[Change]()
        weeks = live(
            stage,
            knowledge,
            since=since,
            weeks=asked.weeks,
            default_zone=known.default_zone,
            changes=changes,
            answers=persona.answers if persona else None,
        )
        yield _heading(asked, persona)
        yield from lines(weeks, own)


@contextmanager
def _real(address: str) -> Iterator[Session]:
    """A session that only reads, and is rolled back."""
    database = Database.at(address)
    try:
        database.check()
        with Session(database.engine) as session:
            yield session
            session.rollback()
    except SQLAlchemyError as error:
        raise RehearsalError("The database did not answer. Check DATABASE_URL.") from error
    finally:
        database.engine.dispose()


def _zone(name: str | None) -> str | None:
    try:
        return name and ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise RehearsalError(f"{name} is not a time zone; write one like America/New_York.") from error


def _fit(stage: Stage, asked: Asked, zone: str | None) -> None:
    """The day, time and zone that were asked for, in place of their own."""
    member = stage.member
    if zone is not None:
        member.zone = zone
    if asked.weekday is not None:
        member.nudge_weekday = [day.lower() for day in WEEKDAYS].index(asked.weekday.lower())
    if asked.at is not None:
        member.nudge_time = time(asked.at.hour, asked.at.minute)
    # Worked out anew from here on; whatever is due in reality stays the worker's.
    member.next_nudge_at = None


def _since(start: datetime | None, zone: ZoneInfo, now: datetime) -> datetime:
    """Midnight of the first day on the person's own clock."""
    day = start.date() if start else now.astimezone(zone).date()
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _heading(asked: Asked, persona: Persona | None) -> str:
    who = f"the persona “{persona.name}”" if persona else f"member {asked.member}, if nothing more is logged"
    return f"{asked.weeks} weeks of {who}. Nothing is sent, and nothing is written."
