"""Puts what people typed into mrkdwn safely, and dates and times into words."""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ELLIPSIS: Final = "…"


def escape(text: str) -> str:
    """The one place where text from people becomes mrkdwn: no mention, link or channel ping survives it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """What somebody typed after a command, which Slack sends escaped; mentions and links stay as they came."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def storable(text: str) -> str:
    """Without what PostgreSQL refuses in a text: the NUL character, and halves of characters that JSON can carry."""
    return text.replace("\x00", "").encode(errors="ignore").decode()


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where something is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def day(moment: date) -> str:
    """ "Nov 23, 2026"."""
    return f"{moment:%b} {moment.day}, {moment.year}"


def clock(moment: time) -> str:
    """ "9:00 AM"."""
    return f"{moment.hour % 12 or 12}:{moment:%M} {'AM' if moment.hour < 12 else 'PM'}"


def weekday_at(weekday: int, at: time) -> str:
    """ "Mondays at 9:00 AM"."""
    return f"{WEEKDAYS[weekday]}s at {clock(at)}"


def local(moment: datetime, zone: ZoneInfo) -> str:
    """A moment on somebody's own clock: "Monday, Nov 30 at 9:00 AM"."""
    here = moment.astimezone(zone)
    return f"{WEEKDAYS[here.weekday()]}, {here:%b} {here.day} at {clock(here.time())}"


def place(zone: ZoneInfo) -> str:
    """A zone as people say it: "New York time"."""
    return f"{zone.key.rsplit('/', maxsplit=1)[-1].replace('_', ' ')} time"


def plural(count: int, word: str) -> str:
    """ "1 win", "3 wins"."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def joined(items: list[str], last: str = "and") -> str:
    """ "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def age(since: datetime, now: datetime) -> str:
    """How long something waits: "3 days"."""
    waited = now - since
    if waited >= timedelta(days=1):
        return plural(waited.days, "day")
    hours = waited // timedelta(hours=1)
    return plural(hours, "hour") if hours else "less than an hour"
