"""The weekly message, and `/prm nudges`: when it comes, what it is about, and how to change or pause it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from slackbot import profiles
from slackbot.calendar import NUDGE, reschedule
from slackbot.deps import Deps
from slackbot.errors import FormError
from slackbot.feature import Asked, Feature, Form, ScheduledMessage, Silence, Spoken, Subcommand, Submitted
from slackbot.home import Glance
from slackbot.rules import nudges as rules
from slackbot.rules.schedule import FRESH, Occurrence, Rhythm, missed, next_occurrence, slot_of
from slackbot.ui.blocks import Block, Message, View, actions, context, header, message, runs, section
from slackbot.ui.forms import Option, date_input, field, modal, radio, select, time_input
from slackbot.ui.text import WEEKDAYS, day, escape, local, place, weekday_at
from storage import audit, deliveries, wins
from storage.deliveries import DueMember
from storage.models import Delivery

CALLBACK: Final = "nudge_settings"
LONGEST_PAUSE: Final = timedelta(days=366)
REMEMBERED: Final = 8
"""Earlier messages that are looked at, so that nothing is said again soon."""


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
        *_zone_note(glance),
        actions(runs("Change day, time or pause", "nudges change")),
    )


def _zone_note(glance: Glance) -> list[Block]:
    """Tells somebody whose Slack profile names no zone which one is used instead."""
    if glance.member.zone:
        return []
    if glance.member.profile_read_at is None:
        return [
            context(
                f"I have not been able to read your time zone from Slack yet, so I go by {escape(place(glance.zone))}."
            )
        ]
    return [
        context(
            f"Your Slack profile has no time zone, so I go by your workspace's: {escape(place(glance.zone))}. "
            "Set one in Slack under Preferences > Language & region, and I will follow it."
        )
    ]


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
    member.nudge_weekday, member.nudge_time = wanted.weekday, wanted.time
    member.paused_until, member.nudges_off = wanted.paused_until, wanted.off
    reschedule(session, member, glance.zone, glance.now)
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="nudges.changed",
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )
    return glance


def claim(deps: Deps, session: Session, limit: int) -> int:
    """Takes the weekly messages that are due, and moves each member on to the next one."""
    now = deps.now()
    due = deliveries.due_members(session, now, limit)
    rows: list[dict[str, Any]] = []
    nexts: list[tuple[int, datetime]] = []
    for member in due:
        rhythm = _rhythm(member, deps.settings.default_zone)
        first = Occurrence(member.next_nudge_at, slot_of(member.next_nudge_at.astimezone(rhythm.zone).date()))
        slots = [first, *missed(rhythm, member.next_nudge_at, now)]
        rows += [_row(member, occurrence, now) for occurrence in slots]
        nexts.append((member.id, next_occurrence(rhythm, now, {occurrence.slot for occurrence in slots}).at))
    deliveries.claim(session, rows)
    deliveries.move_on(session, nexts)
    return len(due)


def _rhythm(member: DueMember, default_zone: str) -> Rhythm:
    zone = ZoneInfo(member.zone or member.workspace_zone or default_zone)
    return Rhythm(member.nudge_weekday, member.nudge_time, zone, member.paused_until)


def _row(member: DueMember, occurrence: Occurrence, now: datetime) -> dict[str, Any]:
    row = {
        "workspace_id": member.workspace_id,
        "member_id": member.id,
        "kind": NUDGE,
        "slot": occurrence.slot,
        "due_at": occurrence.at,
    }
    if now - occurrence.at > FRESH:
        return {**row, "state": "expired", "reason": "not sent within 48 hours"}
    return row


def compose(session: Session, glance: Glance, _delivery: Delivery) -> Spoken | Silence:
    """Decides what this week's message says, or that there is nothing to say."""
    if glance.member.nudges_off:
        return Silence("switched off")
    if glance.member.paused_until and glance.today < glance.member.paused_until:
        return Silence("paused")
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    before = deliveries.said_before(session, glance.member_id, NUDGE, REMEMBERED)
    said = [rules.Said(earlier["outcome"], earlier["nudge"]) for earlier in before]
    choice = rules.choose(glance.content, wins.latest_by_outcome(session, **whose), said, glance.today)
    if isinstance(choice, rules.Silence):
        return Silence(choice.reason)
    outcome = choice.standing.outcome
    return Spoken(nudge_message(glance, choice), {"outcome": outcome.id, "nudge": choice.nudge.id})


def nudge_message(glance: Glance, choice: rules.Choice) -> Message:
    """One outcome, one action, and why this one."""
    outcome, nudge = choice.standing.outcome, choice.nudge
    return message(
        section(f"*{escape(outcome.label)}: {escape(nudge.title)}*\n{escape(nudge.text)}"),
        section(f"*This week:* {escape(nudge.action)}"),
        context(escape(choice.why)),
        *_zone_note(glance),
        actions(
            runs("Log a win", f"log {outcome.id}") | {"style": "primary"}, runs("My weekly message", "nudges")
        ),
    )


def home(_session: Session, glance: Glance) -> Sequence[Block]:
    """When the next message comes."""
    if glance.member.nudges_off or glance.member.next_nudge_at is None:
        text = "It is off."
    else:
        text = (
            f"The next one: {local(glance.member.next_nudge_at, glance.zone)}, {escape(place(glance.zone))}."
        )
    return [
        section(f"*Your weekly message*\n{text}", accessory=runs("Change", "nudges change")),
        *_zone_note(glance),
    ]


FEATURE = Feature(
    name="nudges",
    subcommands=(
        Subcommand(
            name="nudges",
            usage="[change]",
            summary="your weekly message: when it comes, and how to change or pause it.",
            run=nudges,
            group="Your weekly message",
            aliases=("nudge", "settings", "pause", "reminders", "weekly"),
        ),
    ),
    forms=(Form(CALLBACK, submitted),),
    scheduled=(ScheduledMessage(NUDGE, claim, compose),),
    home=home,
)
