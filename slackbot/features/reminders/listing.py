"""`/prm remind`: the reminders one has asked for, and those that come by themselves, each with its switch."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from sqlmodel import Session

from slackbot.commands import split
from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.feature import Asked
from slackbot.features.reminders.asking import form, on
from slackbot.features.reminders.own import Subject, subject_of
from slackbot.home import Glance
from slackbot.scheduled import FOR_MANAGERS, LABELS
from slackbot.ui.blocks import Block, Message, actions, context, header, message, runs, section
from slackbot.ui.pages import leaf, page_of
from slackbot.ui.text import escape
from storage import audit, reminding, reporting
from storage.models import Reminder

WHICH: Final = "I remind you of a step of your road or of a credential you track: try `/prm remind step 2`, or the button on either."
NONE: Final = "You have asked for none."
OVER: Final = "That reminder is gone: it has come, or was taken back."
UNKNOWN: Final = "There are no such messages. Type `/prm remind` to see which there are."


async def remind(deps: Deps, asked: Asked) -> Message | None:
    """The form on what the words name, what a button says, or the list."""
    verb, rest = split(asked.words)
    if verb in VERBS:
        return await VERBS[verb](deps, asked, rest)
    words, page = page_of(asked.words)
    if words:
        glance, subject = await deps.transact(_meant, deps, asked, words)
        await asked.open(form(glance, subject))
        return None
    return await deps.transact(_list, deps, asked, page)


def _meant(session: Session, deps: Deps, asked: Asked, words: str) -> tuple[Glance, Subject]:
    glance = deps.meet(session, asked.person)
    subject = subject_of(session, glance, ":".join(words.lower().split()))
    if subject is None:
        raise UserError(WHICH)
    return glance, subject


def _list(session: Session, deps: Deps, asked: Asked, page: int) -> Message:
    return listed(session, deps.meet(session, asked.person), page)


def listed(session: Session, glance: Glance, page: int = 1) -> Message:
    """What was asked for, the soonest first; below, what comes by itself."""
    mine = reminding.of_member(session, workspace_id=glance.workspace_id, member_id=glance.member_id)
    lines = [each for each in (_line(session, glance, one) for one in mine) if each is not None]
    return leaf(
        "remind",
        page,
        [*(lines or [section(NONE)])],
        _by_themselves(session, glance),
        top=[header("Your reminders")],
        foot=[context(WHICH)],
        ways=[runs("My weekly message", "nudges")],
        more="Others",
    )


def _line(session: Session, glance: Glance, reminder: Reminder) -> Block | None:
    subject = subject_of(session, glance, reminder.subject)
    if subject is None:
        return None
    said = f"*{escape(subject.title)}*\n{on(reminder.day)}"
    return section(said, accessory=runs("Take it back", f"remind cancel {reminder.id}"))


def _by_themselves(session: Session, glance: Glance) -> list[Block]:
    """What managers get is shown to them, and to whoever has switched it off."""
    leads = reporting.is_manager(session, workspace_id=glance.workspace_id, member_id=glance.member_id)
    blocks = []
    for kind, label in LABELS.items():
        off = kind in glance.member.kinds_off
        if kind in FOR_MANAGERS and not (leads or off):
            continue
        way = runs("Switch on", f"remind start {kind}") if off else runs("Stop", f"remind stop {kind}")
        blocks.append(section(f"*{label}:* {'off' if off else 'on'}", accessory=way))
    return blocks


async def _cancel(deps: Deps, asked: Asked, words: str) -> Message:
    return await deps.transact(_cancelled, deps, asked, words)


def _cancelled(session: Session, deps: Deps, asked: Asked, words: str) -> Message:
    glance = deps.meet(session, asked.person)
    number = int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    if not reminding.cancel(session, **whose, reminder_id=number):
        raise UserError(OVER)
    _record(session, glance, "reminder.cancelled")
    return message(section("Taken back: it will not come."), actions(runs("All reminders", "remind")))


async def _stop(deps: Deps, asked: Asked, words: str) -> Message:
    return await deps.transact(_switch, deps, asked, words, off=True)


async def _start(deps: Deps, asked: Asked, words: str) -> Message:
    return await deps.transact(_switch, deps, asked, words, off=False)


def _switch(session: Session, deps: Deps, asked: Asked, kind: str, *, off: bool) -> Message:
    glance = deps.meet(session, asked.person)
    if kind not in LABELS:
        raise UserError(UNKNOWN)
    member = glance.member
    before = kind in member.kinds_off
    if before != off:
        others = [each for each in member.kinds_off if each != kind]
        # Set whole: the column does not notice what changes inside.
        member.kinds_off = sorted([*others, kind]) if off else others
        _record(session, glance, "nudges.changed")
    if off:
        said = f"*{LABELS[kind]}:* these no longer come. Everything else stays as it was."
        return message(section(said), actions(runs("Switch them back on", f"remind start {kind}")))
    return message(section(f"*{LABELS[kind]}:* these come again."), actions(runs("All reminders", "remind")))


def _record(session: Session, glance: Glance, action: str) -> None:
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action=action,
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )


VERBS: Final[Mapping[str, Callable[[Deps, Asked, str], Awaitable[Message]]]] = {
    "cancel": _cancel,
    "stop": _stop,
    "start": _start,
}
