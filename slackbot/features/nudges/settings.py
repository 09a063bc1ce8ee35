"""`/prm nudges`: when the weekly message comes, and the form that changes or pauses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from sqlmodel import Session

from slackbot import profiles
from slackbot.calendar import reschedule
from slackbot.deps import Deps
from slackbot.errors import FormError
from slackbot.feature import Asked, Submitted
from slackbot.features.nudges.words import zone_note
from slackbot.home import Glance
from slackbot.ui.blocks import Message, View, actions, header, message, runs, section
from slackbot.ui.forms import Option, date_input, field, modal, radio, select, time_input
from slackbot.ui.text import WEEKDAYS, day, escape, local, place, weekday_at
from storage import audit

CALLBACK: Final = "nudge_settings"
LONGEST_PAUSE: Final = timedelta(days=366)


@dataclass(frozen=True)
class Settings:
    """A filled-in settings form that makes sense."""

    weekday: int
    time: time
    paused_until: date | None
    off: bool


async def nudges(deps: Deps, asked: Asked) -> Message | None:
    """Shows when the weekly message comes; `change` opens the form."""
    if asked.words.lower() in {"change", "settings", "set", "edit", "pause"}:
        glance = await deps.transact(deps.meet, asked.person)
        await asked.open(form(glance))
        return None
    # The zone decides what is shown, so that it is asked for first, if it never was.
    await profiles.read_once(deps, asked.person)
    glance = await deps.transact(deps.meet, asked.person)
    return settings_message(glance)


def settings_message(glance: Glance) -> Message:
    member = glance.member
    when = f"*{weekday_at(member.nudge_weekday, member.nudge_time)}*, {escape(place(glance.zone))}"
    lines = [f"Your weekly message comes {when}."]
    if member.nudges_off:
        lines = ["Your weekly message is off. You can switch it on again whenever you like."]
    elif member.paused_until and member.paused_until > glance.today:
        lines.append(f"It is paused until {day(member.paused_until)}.")
    if not member.nudges_off and member.next_nudge_at:
        lines.append(f"The next one: {local(member.next_nudge_at, glance.zone)}.")
    return message(
        header("Your weekly message"),
        section("\n".join(lines)),
        *zone_note(glance),
        actions(runs("Change day, time or pause", "nudges change")),
    )


def form(glance: Glance) -> View:
    member = glance.member
    days = [Option(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    paused = member.paused_until if member.paused_until and member.paused_until > glance.today else None
    switch = (Option("On", "on"), Option("Off", "off"))
    return modal(
        CALLBACK,
        "Your weekly message",
        field("weekday", "Day", select(days, str(member.nudge_weekday))),
        field(
            "time",
            "Time",
            time_input(f"{member.nudge_time:%H:%M}"),
            hint=f"On your own clock: {place(glance.zone)}.",
        ),
        field(
            "paused_until",
            "Pause until",
            date_input(paused.isoformat() if paused else None),
            hint="Nothing comes before that day. Leave it empty for no pause.",
            optional=True,
        ),
        field("switch", "Weekly message", radio(switch, "off" if member.nudges_off else "on")),
        submit="Save",
    )


def parse(values: Mapping[str, str | None], today: date) -> Settings:
    """Reads the form. Raises FormError with a sentence for each field that must be mended."""
    errors: dict[str, str] = {}
    weekday = values.get("weekday") or ""
    if weekday not in {"0", "1", "2", "3", "4", "5", "6"}:
        errors["weekday"] = "Choose a day."
    try:
        at = time.fromisoformat(values.get("time") or "")
    except ValueError:
        at = None
        errors["time"] = "Choose a time."
    paused_until = _pause(values.get("paused_until"), today, errors)
    if errors or at is None:
        raise FormError(errors)
    return Settings(int(weekday), at.replace(tzinfo=None), paused_until, values.get("switch") == "off")


def _pause(text: str | None, today: date, errors: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        until = date.fromisoformat(text)
    except ValueError:
        errors["paused_until"] = "Choose a day, or leave it empty."
        return None
    if until <= today:
        errors["paused_until"] = "Choose a day after today, or leave it empty for no pause."
    elif until - today > LONGEST_PAUSE:
        errors["paused_until"] = (
            "A year is the longest pause. To stop for good, switch the message off below."
        )
    return until


async def submitted(deps: Deps, back: Submitted) -> View:
    """Saves the settings, and says when the next message comes."""
    glance = await deps.transact(_save, deps, back)
    deps.refresh_home(back.person)
    shown = settings_message(glance)
    return modal(
        "saved",
        "Your weekly message",
        section("Saved."),
        *(b for b in shown["blocks"] if b["type"] in {"section", "context"}),
    )


def _save(session: Session, deps: Deps, back: Submitted) -> Glance:
    glance = deps.meet(session, back.person)
    wanted = parse(back.values, glance.today)
    member = glance.member
    before = member.model_dump()
    member.nudge_weekday, member.nudge_time = wanted.weekday, wanted.time
    member.paused_until, member.nudges_off = wanted.paused_until, wanted.off
    reschedule(session, member, glance.zone, glance.now)
    if member.model_dump() != before:
        audit.record(
            session,
            workspace_id=glance.workspace_id,
            actor_id=glance.member_id,
            action="nudges.changed",
            subject=f"member:{glance.member_id}",
            now=glance.now,
        )
    return glance
