"""The time that the demo tells of, in weeks and in everybody's own working hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.demo.acts import Act
from sandbox.demo.cast import CAST, Persona

WEEK = timedelta(days=7)
FRIDAY = 4


@dataclass(frozen=True)
class Planned:
    """An act and its moment."""

    at: datetime
    what: str
    """For the sentence that says where the year stopped."""
    act: Act


@dataclass(frozen=True)
class Span:
    """The time that is told, in whole local weeks from the Monday on or before its start."""

    start: datetime
    end: datetime

    @property
    def weeks(self) -> int:
        return max(round((self.end - self.start) / WEEK), 1)

    @property
    def monday(self) -> date:
        day = self.start.date()
        return day - timedelta(days=day.weekday())

    def week_of(self, share: float) -> int:
        return int(share * self.weeks)

    def monday_of(self, share: float) -> date:
        """The first day of the week in which this share of the time has passed."""
        return self.monday + self.week_of(share) * WEEK

    def first_day(self, persona: Persona) -> date:
        """The first working day on which somebody can use the app: never the day they start on."""
        hired = self.monday_of(persona.joins) if persona.joins else self.start.date()
        return weekday(hired + timedelta(days=1))

    def zone(self, persona: Persona, day: date) -> ZoneInfo:
        """Where they live on that day."""
        moved = persona.move is not None and day >= self.monday_of(persona.move.share)
        return ZoneInfo(persona.move.zone if moved and persona.move is not None else persona.zone)

    def moment(self, persona: Persona, day: date, at: time) -> datetime:
        """A time on the person's own clock, in UTC."""
        return datetime.combine(day, at, self.zone(persona, day)).astimezone(UTC)


def weekday(day: date) -> date:
    """That day, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > FRIDAY else day


def persona_of(who: str) -> Persona:
    return next(persona for persona in CAST if persona.name == who)


def in_working_hours(span: Span, who: str, share: float, number: int = 0) -> datetime:
    """On a weekday of the week of that share, from their second day on; `number` keeps what is listed in order."""
    persona = persona_of(who)
    into_the_week = share * span.weeks % 1
    day = span.monday_of(share) + timedelta(days=min(int(into_the_week * 7), FRIDAY))
    day = weekday(max(day, span.first_day(persona) + timedelta(days=1)))
    return span.moment(persona, day, time(11, number * 3 % 60))
