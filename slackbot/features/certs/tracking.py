"""The form that tracks a credential: planned, under way or earned, its end worked out where the rule is known."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from sqlmodel import Session

from content import Content, Credential
from slackbot.credential_words import known_as, line
from slackbot.deps import Deps
from slackbot.errors import FormError, UserError
from slackbot.feature import Asked, Submitted
from slackbot.home import Glance
from slackbot.rules.credentials import computes_expiry, expiry
from slackbot.rules.outcomes import number
from slackbot.screened import refuse, refuse_doubtful
from slackbot.ui.blocks import Block, Message, View, actions, context, runs, section
from slackbot.ui.entries import pick
from slackbot.ui.forms import Option, date_input, field, modal, radio, select, text_input
from slackbot.ui.text import escape
from storage import audit, credentials
from storage.models import MemberCredential

CALLBACK: Final = "track_credential"
OTHER: Final = "other"
REMOVED: Final = "removed"
MOST_HOURS: Final = Decimal(10_000)
_GROUPS: Final = re.compile(r",(?=\d{3}(?!\d))", re.ASCII)
"""The commas of "1,250"; in "7,5" it could mean two things, and is asked about."""
STATES: Final = (Option("Planned", "planned"), Option("Under way", "under_way"), Option("Earned", "earned"))
OFF_MY_LIST: Final = Option("Take it off my list", REMOVED)
GONE: Final = "That one is no longer on your list. Type `/prm certs` to see what is."


@dataclass(frozen=True)
class Tracked:
    """A filled-in form that makes sense. `state` may be `removed`."""

    content_id: str | None
    name: str
    state: str
    earned_on: date | None
    expires_on: date | None
    number: str | None
    hours: Decimal


async def track(deps: Deps, asked: Asked, words: str) -> None:
    """Opens the form for a new one, on what the words name."""
    glance = await deps.transact(deps.meet, asked.person)
    found = pick(words, deps.content.credentials)
    await asked.open(form(glance, None, found))


async def change(deps: Deps, asked: Asked, words: str) -> None:
    """Opens the form on one that is tracked."""
    glance, found = await deps.transact(_find, deps, asked, words)
    await asked.open(form(glance, found, None))


def _find(session: Session, deps: Deps, asked: Asked, words: str) -> tuple[Glance, MemberCredential]:
    glance = deps.meet(session, asked.person)
    return glance, _own(session, glance, words)


def _own(session: Session, glance: Glance, words: str) -> MemberCredential:
    wanted = int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0
    found = credentials.one(session, wanted, workspace_id=glance.workspace_id, member_id=glance.member_id)
    if found is None:
        raise UserError(GONE)
    return found


VERBS: Final[Mapping[str, Callable[[Deps, Asked, str], Awaitable[Message | None]]]] = {
    "track": track,
    "change": change,
}


def form(glance: Glance, old: MemberCredential | None, named: Credential | None) -> View:
    choices = [Option(each.name, each.id) for each in glance.content.credentials]
    known = known_as(glance.content, old.content_id) if old else named
    chosen = known.id if known else (OTHER if old else None)
    states = (*STATES, OFF_MY_LIST) if old else STATES
    other_name = old.name if old and known is None else None
    return modal(
        CALLBACK,
        "Track a credential",
        field(
            "credential", "Which one", select([*choices, Option("Another one, named below", OTHER)], chosen)
        ),
        field(
            "name",
            "Its name, if it is another one",
            text_input(longest=200, initial=other_name),
            optional=True,
        ),
        field("state", "How far you are", radio(states, old.state if old else "planned")),
        field("earned_on", "Earned on", date_input(_iso(old.earned_on if old else None)), optional=True),
        field(
            "expires_on",
            "Holds until",
            date_input(_iso(_given_end(old, known) if old else None)),
            hint="Leave it empty and I work it out, where the issuer's rule is known.",
            optional=True,
        ),
        field(
            "number", "Its number", text_input(longest=64, initial=old.number if old else None), optional=True
        ),
        field(
            "hours",
            "Continuing-education hours so far",
            text_input(longest=8, initial=number(old.hours) if old and old.hours else None),
            optional=True,
        ),
        *([actions(*_reminds(old.id))] if old else []),
        context(
            "Only you see this. Your manager sees no more than whether a criterion on credentials is met."
        ),
        submit="Save",
        private_metadata=str(old.id) if old else "",
    )


def _given_end(old: MemberCredential, known: Credential | None) -> date | None:
    """The end that was typed in. One that we worked out stays empty, so that it follows the day it was earned."""
    worked_out = expiry(known, old.earned_on) if known and old.earned_on else None
    return None if old.expires_on == worked_out else old.expires_on


def _iso(chosen: date | None) -> str | None:
    return chosen.isoformat() if chosen else None


def parse(values: Mapping[str, str | None], content: Content, today: date) -> Tracked:
    """Reads the form. Raises FormError with a sentence for each field that must be mended."""
    errors: dict[str, str] = {}
    known = known_as(content, values.get("credential"))
    name = known.name if known else values.get("name") or ""
    if not name:
        errors["name"] = "Write its name, or choose one above."
    state = values.get("state") or ""
    if state not in {option.value for option in (*STATES, OFF_MY_LIST)}:
        errors["state"] = "Choose how far you are."
    earned_on = _day(values.get("earned_on"), "earned_on", errors)
    expires_on = _day(values.get("expires_on"), "expires_on", errors)
    if state == "earned":
        _check_earned(earned_on, expires_on, today, errors)
    hours = _hours(values.get("hours"), errors)
    if errors:
        raise FormError(errors)
    if known and earned_on and expires_on is None and computes_expiry(known):
        expires_on = expiry(known, earned_on)
    return Tracked(
        known.id if known else None, name, state, earned_on, expires_on, values.get("number"), hours
    )


def _day(text: str | None, name: str, errors: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        errors[name] = "Choose a day, or leave it empty."
        return None


def _check_earned(
    earned_on: date | None, expires_on: date | None, today: date, errors: dict[str, str]
) -> None:
    if earned_on is None:
        errors.setdefault("earned_on", "Choose the day you earned it.")
    elif earned_on > today:
        errors["earned_on"] = "That day has not come yet. Choose today or earlier, or “Under way” above."
    elif expires_on is not None and expires_on <= earned_on:
        errors["expires_on"] = "It cannot end before it was earned."


def _hours(text: str | None, errors: dict[str, str]) -> Decimal:
    if not text:
        return Decimal(0)
    try:
        hours = Decimal(_GROUPS.sub("", text))
    except InvalidOperation:
        hours = Decimal(-1)
    if not (hours.is_finite() and 0 <= hours <= MOST_HOURS and hours * 100 % 1 == 0):
        errors["hours"] = "Write the hours as a number, like 12 or 7.5."
    return hours


async def submitted(deps: Deps, back: Submitted) -> View:
    """Keeps it once, however often the form is sent."""
    refuse_doubtful({"name": back.values.get("name")})
    # A certificate's number may be laid out like a phone number: only what is surely a patient's is refused.
    refuse({"number": back.values.get("number")})
    said, kept = await deps.transact(_save, deps, back)
    deps.refresh_home(back.person)
    return modal(
        "saved",
        "Track a credential",
        section(said),
        actions(runs("My certifications", "certs"), *_reminds(kept), runs("My road", "roadmap")),
    )


def _reminds(kept: int | None) -> list[Block]:
    return [] if kept is None else [runs("Remind me", f"remind credential {kept}")]


def _save(session: Session, deps: Deps, back: Submitted) -> tuple[str, int | None]:
    """What to say, and the credential's number while it is on the list."""
    glance = deps.meet(session, back.person)
    given = parse(back.values, deps.content, glance.today)
    if given.state == REMOVED and not back.metadata:
        raise UserError(GONE)
    if not back.metadata:
        new = MemberCredential(
            workspace_id=glance.workspace_id,
            member_id=glance.member_id,
            submission_key=back.key,
            created_at=glance.now,
            **vars(given),
            remind_at=glance.now,
        )
        row, is_new = credentials.add(session, new)
        if is_new:
            _record(session, glance, "credential.tracked", row.id)
        return f"Saved. {line(row, glance)}", row.id
    row = _own(session, glance, back.metadata)
    if given.state == REMOVED:
        credentials.remove(session, row)
        _record(session, glance, "credential.removed", row.id)
        return f"*{escape(row.name)}* is off your list.", None
    # Another end has other reminders: they are worked out when it is looked at, which is at once.
    row.sqlmodel_update({**vars(given), "remind_at": glance.now})
    _record(session, glance, "credential.changed", row.id)
    return f"Saved. {line(row, glance)}", row.id


def _record(session: Session, glance: Glance, action: str, credential_id: int | None) -> None:
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action=action,
        subject=f"credential:{credential_id}",
        now=glance.now,
    )
