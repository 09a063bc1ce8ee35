"""What follows a change of a win, after the answer: the owner's copy, the queue it waits in, and everybody's Home."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from content import Content
from slackbot.deps import Deps, Posted
from slackbot.rules.win_states import Deed, may
from slackbot.ui.blocks import Message, actions, bullets, context, message, runs, section
from slackbot.ui.text import clock, cut, day, escape
from slackbot.win_words import line, metric_name, sentence_of, status_words
from storage import audit, members, reporting, verification, win_changes
from storage.database import DatabaseBusyError
from storage.members import Person
from storage.models import Member, Win
from storage.verification import Relation, Waiting

UNDO: Final = timedelta(days=1)
"""How long a deleted win can be taken back."""
NOTE_SHOWN: Final = 500
NAMED: Final = 5
"""Wins that the message about a queue names."""
TRIES: Final = 5
"""Times that what was posted is written down, each with the whole patience for a lock."""
NOTHING_WAITS: Final = "Nothing waits for you."


@dataclass(frozen=True)
class _Due:
    """What a message of ours should say now, to whom, and where it stands once it was posted."""

    to: Person
    message: Message
    posted: Posted | None
    again: bool = False
    """Posted anew where it is gone."""
    last: bool = False
    """After this it is let go of: the next one will be a new message."""


def changed(deps: Deps, person: Person, win: Win) -> None:
    """Tells everybody whom a change of a win concerns, in the background. To be called after every change.

    `person` did it; `win` is the row as it came out of the change."""
    assert win.id is not None, "a stored row has an id"
    deps.background.start(refresh(deps, win.workspace_id, win.id), "win copy")
    deps.background.start(_tell_around(deps, person, win), "win news")


def tell_owner(deps: Deps, win: Win, news: Message) -> None:
    """A direct message to the owner, in the background: a copy that is rewritten rings no bell."""
    deps.background.start(_tell_owner(deps, win, news), "news for the owner")


def queues_changed(deps: Deps, workspace_id: int, *manager_ids: int) -> None:
    """Brings the message about each one's queue and their Home up to date, in the background."""
    for manager_id in manager_ids:
        deps.background.start(refresh_queue(deps, workspace_id, manager_id), "queue message")
    deps.background.start(_refresh_homes(deps, workspace_id, manager_ids), "homes")


def person_of(member: Member) -> Person:
    """Somebody whom a row of ours speaks of, as Slack is told of them."""
    return Person(member.workspace_id, member.user_id, member.team_id, member.name)


async def refresh(deps: Deps, workspace_id: int, win_id: int) -> None:
    """Posts the owner's copy of a win, or rewrites it to what the win is now."""

    async def due() -> _Due | None:
        return await deps.transact(_copy_due, deps, workspace_id, win_id)

    async def keep(posted: Posted | None) -> None:
        if posted is not None:
            await deps.transact(win_changes.remember_copy, win_id, workspace_id, posted.channel, posted.ts)

    async with deps.turn(("win", win_id)):
        await _say(deps, due, keep)


async def refresh_queue(deps: Deps, workspace_id: int, manager_id: int) -> None:
    """Keeps the one message about somebody's queue: posted when something waits, rewritten while it does,
    and let go of when nothing does any more."""

    async def due() -> _Due | None:
        return await deps.transact(_queue_due, deps, workspace_id, manager_id)

    async def keep(posted: Posted | None) -> None:
        await deps.transact(_keep_queue, workspace_id, manager_id, posted, deps.now())

    async with deps.turn(("queue", manager_id)):
        await _say(deps, due, keep)


async def _say(
    deps: Deps,
    find: Callable[[], Awaitable[_Due | None]],
    keep: Callable[[Posted | None], Awaitable[None]],
) -> None:
    """Says what is due until nothing newer is: another process may have said something in between."""
    said: Message | None = None
    while (due := await find()) is not None and due.message != said:
        posted = due.posted
        if posted is None or not await deps.rewrite(due.to.workspace_id, posted, due.message):
            posted = None if posted and not due.again else await deps.tell(due.to, due.message)
        await _surely(keep, None if due.last else posted)
        said = due.message


async def _surely(keep: Callable[[Posted | None], Awaitable[None]], posted: Posted | None) -> None:
    """Writes it down though the database is busy: what was posted and forgotten would be posted a second time."""
    for _ in range(TRIES - 1):
        with suppress(DatabaseBusyError):
            return await keep(posted)
    return await keep(posted)


def _copy_due(session: Session, deps: Deps, workspace_id: int, win_id: int) -> _Due | None:
    win = session.get(Win, win_id)
    if win is None or win.workspace_id != workspace_id:
        return None
    posted = Posted(win.copy_channel, win.copy_ts) if win.copy_channel and win.copy_ts else None
    owner, workspace = members.with_workspace(session, win.member_id)
    if win.deleted_at is not None:
        said = _deleted(win, win.deleted_at, deps.glance(owner, workspace).zone)
        return _Due(person_of(owner), said, posted) if posted else None
    return _Due(person_of(owner), copy(deps.content, win), posted)


def copy(content: Content, win: Win) -> Message:
    """The owner's own message about a win: what it says, who sees it, and the ways on."""
    ways = [runs("Log another", "log"), runs("My wins", "wins")]
    for label, deed, verb in (("Edit", Deed.EDIT, "edit"), ("Answer", Deed.ANSWER, "answer")):
        if may(deed, relation=Relation.OWNER, status=win.status):
            ways.append(runs(label, f"wins {verb} {win.id}"))
    return message(
        section(f"Saved. {line(content, win)}"),
        *([section(quoted(win.note, NOTE_SHOWN))] if win.note else []),
        context(status_words(win)),
        actions(*ways),
    )


def _deleted(win: Win, at: datetime, zone: ZoneInfo) -> Message:
    """No word of the win itself: when it is gone for good, this message is still there."""
    until = (at + UNDO).astimezone(zone)
    return message(
        section(f"Deleted. You can take it back until {day(until)} at {clock(until.time())}."),
        actions(runs("Undo", f"wins undo {win.id}"), runs("My wins", "wins")),
    )


def quoted(text: str, longest: int) -> str:
    """What somebody wrote, in mrkdwn, with a bar beside it."""
    return f"&gt; {escape(cut(text, longest))}".replace("\n", "\n&gt; ")


def _queue_due(session: Session, deps: Deps, workspace_id: int, manager_id: int) -> _Due | None:
    member, workspace = members.with_workspace(session, manager_id)
    if member.workspace_id != workspace_id or member.unreachable is not None:
        return None
    to, whose = person_of(member), {"workspace_id": workspace_id, "manager_id": manager_id}
    posted = (
        Posted(member.queue_channel, member.queue_ts) if member.queue_channel and member.queue_ts else None
    )
    waiting = verification.queue(session, **whose, limit=NAMED)
    if not waiting:
        return _Due(to, message(section(NOTHING_WAITS)), posted, last=True) if posted else None
    total = verification.count(session, **whose)
    said = _queue_message(deps.content, waiting, total, deps.glance(member, workspace).zone)
    return _Due(to, said, posted, again=True)


def _queue_message(content: Content, waiting: Sequence[Waiting], total: int, zone: ZoneInfo) -> Message:
    # A day rather than an age: nobody rewrites this only because time goes by.
    since = waiting[0].win.shared_at
    assert since is not None, "the database keeps since when a win waits"
    oldest = day(since.astimezone(zone))
    many = f"*{total:,} wins wait for you*, the oldest since {oldest}."
    rest = total - len(waiting)
    return message(
        section(f"*One win waits for you*, since {oldest}." if total == 1 else many),
        section(bullets(_named(content, each) for each in waiting)),
        *([context(f"And {rest:,} more.")] if rest else []),
        actions(runs("Open the queue", "verify")),
    )


def _named(content: Content, waiting: Waiting) -> str:
    return f"<@{waiting.owner.user_id}>: {moved(content, waiting.win)}"


def moved(content: Content, win: Win) -> str:
    """A win in one line, in mrkdwn: what moved, and how far."""
    return f"*{escape(win.title or metric_name(content, win))}*: {escape(sentence_of(content, win))}"


def _keep_queue(
    session: Session, workspace_id: int, manager_id: int, posted: Posted | None, now: datetime
) -> None:
    channel, ts = (posted.channel, posted.ts) if posted else (None, None)
    verification.keep_queue_message(
        session, workspace_id=workspace_id, member_id=manager_id, channel=channel, ts=ts
    )
    if posted is not None:
        audit.record(
            session,
            workspace_id=workspace_id,
            actor_id=None,
            action="queue.told",
            subject=f"member:{manager_id}",
            now=now,
        )


async def _tell_around(deps: Deps, person: Person, win: Win) -> None:
    """The people around a win: who may confirm it now, who could until now, its owner, and who changed it."""
    manager_ids = await deps.transact(_managers_around, win)
    for manager_id in manager_ids:
        deps.background.start(refresh_queue(deps, win.workspace_id, manager_id), "queue message")
    around = await deps.transact(_people, win.workspace_id, [win.member_id, *manager_ids])
    for each in {known.user_id: known for known in (*around, person)}.values():
        deps.refresh_home(each)


def _managers_around(session: Session, win: Win) -> list[int]:
    manager = reporting.manager_of(session, workspace_id=win.workspace_id, member_id=win.member_id)
    versions = [past.revision for past in win_changes.history(session, win)]
    # The version before says whom it was given to until this change.
    delegates = {each.row["delegate_id"] for each in versions if each.number >= win.revision - 1}
    return sorted({*delegates, manager.id if manager else None} - {None})


async def _tell_owner(deps: Deps, win: Win, news: Message) -> None:
    for owner in await deps.transact(_people, win.workspace_id, [win.member_id]):
        await deps.tell(owner, news)


async def _refresh_homes(deps: Deps, workspace_id: int, member_ids: Iterable[int]) -> None:
    for person in await deps.transact(_people, workspace_id, member_ids):
        deps.refresh_home(person)


def _people(session: Session, workspace_id: int, member_ids: Iterable[int]) -> list[Person]:
    found = [session.get(Member, member_id) for member_id in member_ids]
    return [person_of(each) for each in found if each is not None and each.workspace_id == workspace_id]
