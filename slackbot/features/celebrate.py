"""`/prm celebrate`: the owner of a confirmed win shares it in a channel, after seeing what will stand there."""

import asyncio
import re
from typing import Final, NamedTuple

import aiohttp
import structlog
from sqlmodel import Session

from content import Content
from slackbot.deps import Deps
from slackbot.errors import FormError, UserError
from slackbot.feature import Asked, Feature, Form, Subcommand, Submitted
from slackbot.rules.screening import screen
from slackbot.ui.blocks import Block, Message, View, actions, context, divider, message, runs, section
from slackbot.ui.forms import conversations_select, field, modal
from slackbot.ui.text import joined
from slackbot.win_words import line
from storage import audit, wins
from storage.members import Person
from storage.models import Win

log = structlog.get_logger(__name__)

CALLBACK: Final = "celebrate_win"
ACTION: Final = "win.celebrated"
TITLE: Final = "Share in a channel"
NUMBER: Final = re.compile(r"[1-9]\d{0,8}")
PATIENCE: Final = 2.0
"""Seconds for Slack to take the message, so that what became of it can still be said in time."""
WHICH: Final = "Choose one of your confirmed wins: its menu has *Share in a channel…*."
NOT_YOURS: Final = "I can't find that win among yours."
NOT_CONFIRMED: Final = "Only a win that your manager has confirmed can be shared in a channel, as it is now."
WORDING: Final = (
    "The wording of this win links something of value with referrals, so it stays out of channels. Change the wording, "
    "have it confirmed, and share it then."
)
PATIENT: Final = "This win looks like it holds {kinds}, so it stays out of channels. Please edit it first."
CHANGED: Final = (
    "This win was changed while you were looking, so nothing was shared. Open it again to see it as it is."
)
PREVIEW: Final = "This is what everybody in the channel will see. Nothing is shared until you press *Share*."
NO_ADDRESS: Final = "Slack gave me no way to write there. Choose another channel."
REFUSED: Final = "Slack did not let me write there, so nothing was shared. Choose another channel."
SHARED: Final = "Shared in <#{channel}>."
SHARED_BEFORE: Final = "You have shared this win since you opened the form, so it was not shared again."
UNKNOWN: Final = (
    "Slack did not say whether it took the message. Please look into <#{channel}> before you share it again."
)


async def celebrate(deps: Deps, asked: Asked) -> Message | None:
    """Opens the form with the preview."""
    if NUMBER.fullmatch(asked.words) is None:
        return message(section(WHICH), actions(runs("My confirmed wins", "wins confirmed")))
    found = await deps.transact(_look, deps, asked.person, int(asked.words))
    await asked.open(form(deps.content, asked.person.user_id, found))
    return None


class Found(NamedTuple):
    """A win that may be in a channel, and how often its owner has put it into one."""

    win: Win
    times: int

    @property
    def seen(self) -> str:
        """What the form is about: where any of it has changed, it is not what the owner saw."""
        return f"{self.win.id} {self.win.revision} {self.times}"


def _look(session: Session, deps: Deps, person: Person, number: int) -> Found:
    """A win of this person's own. Raises UserError with why it may not be in a channel."""
    glance = deps.meet(session, person)
    win = wins.own(session, workspace_id=glance.workspace_id, member_id=glance.member_id, win_id=number)
    if win is None:
        raise UserError(NOT_YOURS)
    why_not = _why_not(win)
    if why_not is not None:
        raise UserError(why_not)
    return Found(
        win, audit.times(session, workspace_id=win.workspace_id, action=ACTION, subject=_subject(win))
    )


def _why_not(win: Win) -> str | None:
    if win.status != "verified":
        return NOT_CONFIRMED
    # Its texts were screened when they were typed; what is looked for may have grown since.
    found = screen("\n".join(filter(None, (win.title, win.practice))))
    if win.wording_marked or found.inducement:
        return WORDING
    return PATIENT.format(kinds=joined(list(found.blocked))) if found.blocked else None


def form(content: Content, user_id: str, found: Found) -> View:
    return modal(
        CALLBACK,
        TITLE,
        context(PREVIEW),
        divider(),
        *post(content, user_id, found.win),
        divider(),
        field("channel", "Channel", conversations_select()),
        submit="Share",
        private_metadata=found.seen,
    )


def post(content: Content, user_id: str, win: Win) -> list[Block]:
    """What stands in the channel: the win as its owner wrote it, but for the note and the link."""
    return [
        section(f"*<@{user_id}> has a confirmed win:*\n{line(content, win)}"),
        context(f"Confirmed by their manager, and shared here by <@{user_id}>."),
    ]


async def submitted(deps: Deps, back: Submitted) -> View:
    """Looks again, posts it through the address that came with the chosen channel, and says what became of it."""
    number, _, times = (*back.metadata.split(), "", "", "")[:3]
    if not (number.isdecimal() and times.isdecimal()):
        raise UserError(CHANGED)
    async with deps.turn((CALLBACK, back.person.workspace_id, number)):
        found = await deps.transact(_look, deps, back.person, int(number))
        if found.times > int(times):
            return _notice(SHARED_BEFORE)
        if found.seen != back.metadata:
            raise UserError(CHANGED)
        return await _share(deps, back, found.win)


async def _share(deps: Deps, back: Submitted, win: Win) -> View:
    address, channel = back.response_urls.get("channel"), back.values.get("channel")
    if address is None:
        raise FormError({"channel": NO_ADDRESS})
    said = message(*post(deps.content, back.person.user_id, win))
    try:
        async with asyncio.timeout(PATIENCE):
            taken = await deps.slack.respond(address, said, replace=False, to_all=True)
    except (TimeoutError, aiohttp.ClientError) as error:
        log.warning("celebration_unknown", error=type(error).__name__)
        # It may stand there, and then it must not be missing from the trail.
        await deps.transact(_record, deps, back.person, win)
        return _notice(UNKNOWN.format(channel=channel))
    if not taken:
        raise FormError({"channel": REFUSED})
    await deps.transact(_record, deps, back.person, win)
    return _notice(SHARED.format(channel=channel))


def _record(session: Session, deps: Deps, person: Person, win: Win) -> None:
    glance = deps.meet(session, person)
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action=ACTION,
        subject=_subject(win),
        now=glance.now,
    )


def _subject(win: Win) -> str:
    return f"win:{win.id}"


def _notice(said: str) -> View:
    return modal("celebrated", TITLE, section(said))


FEATURE: Final = Feature(
    name="celebrate",
    subcommands=(
        Subcommand(
            name="celebrate",
            usage="[number]",
            summary="share a confirmed win in a channel, if you want to.",
            run=celebrate,
            group="Your wins",
        ),
    ),
    forms=(Form(CALLBACK, submitted),),
)
