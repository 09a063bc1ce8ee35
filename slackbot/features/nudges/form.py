"""The settings of the weekly message: its form, what comes back of it, and how that is kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final

from sqlmodel import Session

from slackbot import profiles
from slackbot.calendar import moved, reschedule
from slackbot.deps import Deps, Kind
from slackbot.errors import FormError
from slackbot.feature import Asked, Submitted
from slackbot.features.nudges import zones
from slackbot.features.nudges.settings import Known, known, of, settings_message, stretch
from slackbot.home import Glance
from slackbot.rules.schedule import Away
from slackbot.ui.blocks import Block, View, section
from slackbot.ui.forms import (
    Option,
    checkboxes,
    date_input,
    field,
    grouped_select,
    modal,
    radio,
    select,
    time_input,
)
from slackbot.ui.text import WEEKDAYS, place
from storage import audit, time_off
from storage.members import Person

CALLBACK: Final = "nudge_settings"
LONGEST_PAUSE: Final = timedelta(days=366)
FARTHEST: Final = timedelta(days=731)
MOST: Final = 10
"""Stretches of time off at once: as many boxes as Slack shows."""
SWITCH: Final = (Option("On", "on"), Option("Off", "off"))


@dataclass(frozen=True)
class Settings:
    """A filled-in settings form that makes sense; a `zone` of None is the Slack profile's."""

    weekday: int
    time: time
    zone: str | None
    paused_until: date | None
    away: Away | None
    back: frozenset[int]
    """Stretches of time off to take away, by their ids."""
    kinds: frozenset[str]
    """The other messages they want."""
    off: bool


async def change(deps: Deps, asked: Asked, _words: str) -> None:
    """Opens the form."""
    seen = await deps.transact(known, deps, asked)
    await asked.open(form(seen, deps.kinds))


def form(seen: Known, kinds: Collection[Kind]) -> View:
    """Everything that can be set, as it is now."""
    member, glance = seen.glance.member, seen.glance
    days = [Option(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    paused = member.paused_until if member.paused_until and member.paused_until > glance.today else None
    wanted = [kind for kind in kinds if kind.optional]
    return modal(
        CALLBACK,
        "Your weekly message",
        field("weekday", "Day", select(days, str(member.nudge_weekday))),
        field("time", "Time", time_input(f"{member.nudge_time:%H:%M}"), hint="On your own clock."),
        field("zone", "Time zone", _zone(glance), hint="Automatic follows you when you travel."),
        field(
            "paused_until",
            "Pause until",
            date_input(paused.isoformat() if paused else None),
            hint="Nothing comes before that day. Leave it empty for no pause.",
            optional=True,
        ),
        *_away(seen),
        *_kinds(wanted, member.kinds_off),
        field("switch", "Weekly message", radio(SWITCH, "off" if member.nudges_off else "on")),
        submit="Save",
        private_metadata=",".join(kind.name for kind in wanted),
    )


def _zone(glance: Glance) -> Block:
    chosen = glance.member.zone if glance.member.zone_fixed else None
    now = place(glance.zone).removesuffix(" time")
    return grouped_select(zones.choices(now, chosen), chosen or zones.AUTOMATIC)


def _away(seen: Known) -> list[Block]:
    fields = [
        field("away_first", "Time off, from", date_input(), optional=True),
        field(
            "away_last",
            "Time off, to",
            date_input(),
            hint="The last day you are away. A message that falls into it comes once you are back, if there is a "
            "working day left that week.",
            optional=True,
        ),
    ]
    if seen.away:
        entered = [Option(stretch(each), str(each.id)) for each in seen.away[:MOST]]
        fields.append(field("back", "Take away time off you entered", checkboxes(entered), optional=True))
    return fields


def _kinds(wanted: Collection[Kind], off: Collection[str]) -> list[Block]:
    if not wanted:
        return []
    options = [Option(kind.label, kind.name) for kind in wanted]
    ticked = [kind.name for kind in wanted if kind.name not in off]
    return [field("kinds", "Other messages from me", checkboxes(options, ticked), optional=True)]


def parse(values: Mapping[str, str | None], today: date) -> Settings:
    """Reads the form. Raises FormError with a sentence for each field that must be mended."""
    errors: dict[str, str] = {}
    weekday = values.get("weekday") or ""
    if weekday not in {"0", "1", "2", "3", "4", "5", "6"}:
        errors["weekday"] = "Choose a day."
    at = _time(values.get("time"), errors)
    zone = values.get("zone") or zones.AUTOMATIC
    if zone != zones.AUTOMATIC and not zones.is_known(zone):
        errors["zone"] = "Choose a time zone from the list."
    paused_until = _pause(values.get("paused_until"), today, errors)
    away = _stretch(values.get("away_first"), values.get("away_last"), today, errors)
    if errors:
        raise FormError(errors)
    return Settings(
        weekday=int(weekday),
        time=at,
        zone=None if zone == zones.AUTOMATIC else zone,
        paused_until=paused_until,
        away=away,
        back=frozenset(int(each) for each in (values.get("back") or "").split(",") if each.isdecimal()),
        kinds=frozenset((values.get("kinds") or "").split(",")),
        off=values.get("switch") == "off",
    )


def _time(text: str | None, errors: dict[str, str]) -> time:
    try:
        return time.fromisoformat(text or "").replace(tzinfo=None)
    except ValueError:
        errors["time"] = "Choose a time."
        return time()


def _pause(text: str | None, today: date, errors: dict[str, str]) -> date | None:
    until = _day("paused_until", text, errors)
    if until is None:
        return None
    if until <= today:
        errors["paused_until"] = "Choose a day after today, or leave it empty for no pause."
    elif until - today > LONGEST_PAUSE:
        errors["paused_until"] = (
            "A year is the longest pause. To stop for good, switch the message off below."
        )
    return until


def _stretch(first: str | None, last: str | None, today: date, errors: dict[str, str]) -> Away | None:
    begins, ends = _day("away_first", first, errors), _day("away_last", last, errors)
    if begins is None:
        if ends is not None:
            errors["away_first"] = "Choose the first day you are away too."
        return None
    away = Away(begins, ends or begins)
    if away.last < away.first:
        errors["away_last"] = "The last day comes before the first. Choose a later one."
    elif away.last < today:
        errors["away_last" if ends else "away_first"] = "That is over already. Choose days to come."
    elif away.last - today > FARTHEST or away.last - away.first > LONGEST_PAUSE:
        errors["away_last" if ends else "away_first"] = (
            "That is too far off: up to a year at a time, within the next two."
        )
    return away


def _day(name: str, text: str | None, errors: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        errors[name] = "Choose a day, or leave it empty."
        return None


async def submitted(deps: Deps, back: Submitted) -> View:
    """Saves the settings, and says when the next message comes."""
    seen = await deps.transact(_save, deps, back)
    if seen.glance.member.profile_read_at is None:
        # Their zone is the profile's again, and that was not looked at while they had one of their own.
        await profiles.read_once(deps, back.person)
        seen = await deps.transact(_again, deps, back.person)
    deps.refresh_home(back.person)
    blocks = settings_message(seen)["blocks"]
    return modal(
        "saved",
        "Your weekly message",
        section("Saved."),
        *(each for each in blocks if each["type"] in {"section", "context"}),
    )


def _again(session: Session, deps: Deps, person: Person) -> Known:
    return of(session, deps.meet(session, person))


def _save(session: Session, deps: Deps, back: Submitted) -> Known:
    glance = deps.meet(session, back.person)
    wanted = parse(back.values, glance.today)
    member = glance.member
    member.nudge_weekday, member.nudge_time = wanted.weekday, wanted.time
    member.paused_until, member.nudges_off = wanted.paused_until, wanted.off
    asked_for = frozenset(back.metadata.split(",")) - {""}
    member.kinds_off = sorted((set(member.kinds_off) - asked_for) | (asked_for - wanted.kinds))
    _keep_zone(glance, wanted.zone)
    _keep_away(session, glance, wanted)
    before, glance = glance.zone, replace(deps.glance(member, glance.workspace), now=glance.now)
    moved(session, member, before, glance.zone, glance.now)
    reschedule(session, member, glance.zone, glance.now)
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="nudges.changed",
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )
    return of(session, glance)


def _keep_zone(glance: Glance, zone: str | None) -> None:
    member = glance.member
    if zone is None and member.zone_fixed:
        member.zone_fixed, member.profile_read_at = False, None
    elif zone is not None:
        member.zone_fixed, member.zone = True, zone


def _keep_away(session: Session, glance: Glance, wanted: Settings) -> None:
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    if wanted.back:
        time_off.remove(session, **whose, ids=wanted.back)
    if wanted.away is None:
        return
    time_off.add(session, **whose, first=wanted.away.first, last=wanted.away.last)
    if len(time_off.mine(session, **whose, since=glance.today)) > MOST:
        raise FormError(
            {"away_first": f"{MOST} stretches of time off are the most. Take one of them away first."}
        )
