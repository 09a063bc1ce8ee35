"""The queue: what waits for somebody to confirm, the longest waiting first, as much of it as fits a phone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlmodel import Session

from content import Content
from slackbot.features.verification.deciding import Lost, Seen, note
from slackbot.features.verification.showing import Row, row_blocks, row_of, win_message
from slackbot.home import Glance
from slackbot.ui.blocks import Block, Confirm, Message, actions, context, header, message, runs, section
from slackbot.ui.pages import SCREEN, height
from slackbot.ui.text import age, plural
from storage import reporting, verification
from storage.verification import Relation

MOST: Final = 5
NOTE_SHOWN: Final = (300, 140, 70)
"""Characters of a note, a question or an answer in the list: as many as leave it on the screen of a phone."""
ROW_OF_BUTTONS: Final = 56
"""Pixels of a button and three dots."""
NOTHING_WAITS: Final = "Nothing waits for you."
NOBODY_REPORTS: Final = (
    "Nobody reports to you here yet, so no wins come to you. When liaisons do, what they share waits here for your "
    "word."
)


@dataclass(frozen=True)
class Queue:
    """A part of somebody's queue, and how much there is of it."""

    rows: Sequence[Row]
    start: int
    """The place in the queue of the first one shown."""
    total: int
    oldest: datetime | None
    asked: int
    leads: bool
    now: datetime


def show_queue(session: Session, glance: Glance, start: int = 1, top: str | None = None) -> Message:
    """One's own queue from that place on, under one line on what was just done; what is shown is noted as read."""
    queue = _read(session, glance, start)
    above = [section(top)] if top else []
    if not queue.rows:
        return message(*above, *_empty(queue))
    shown = _fitting(glance.content, queue, above)
    for row in shown.rows:
        note(session, glance, "win.read", row.seen.win.id)
    return message(*_least_cut(glance.content, shown, above))


def _read(session: Session, glance: Glance, start: int) -> Queue:
    mine = {"workspace_id": glance.workspace_id, "manager_id": glance.member_id}
    total = verification.count(session, **mine)
    # Past the end, because all that stood there is decided by now: from the beginning again.
    start = start if 1 <= start <= total else 1
    found = verification.queue(session, **mine, limit=MOST, offset=start - 1)
    return Queue(
        rows=[row_of(session, Seen(each.win, each.owner, _relation(each, glance))) for each in found],
        start=start,
        total=total,
        oldest=verification.oldest(session, **mine),
        asked=verification.asked_count(session, **mine),
        leads=reporting.is_manager(session, workspace_id=glance.workspace_id, member_id=glance.member_id),
        now=glance.now,
    )


def _relation(each: verification.Waiting, glance: Glance) -> Relation:
    return Relation.DELEGATE if each.win.delegate_id == glance.member_id else Relation.MANAGER


def _fitting(content: Content, queue: Queue, above: Sequence[Block]) -> Queue:
    """As many of the wins as fit, but one at least."""
    while len(queue.rows) > 1 and not _fits(_blocks(content, queue, above, NOTE_SHOWN[-1])):
        queue = replace(queue, rows=queue.rows[:-1])
    return queue


def _least_cut(content: Content, queue: Queue, above: Sequence[Block]) -> list[Block]:
    """With as much of the notes as there is room for."""
    tries = (_blocks(content, queue, above, longest) for longest in NOTE_SHOWN)
    return next(filter(_fits, tries), _blocks(content, queue, above, NOTE_SHOWN[-1]))


def _fits(blocks: Sequence[Block]) -> bool:
    return sum(map(_height, blocks)) <= SCREEN


def _height(block: Block) -> int:
    dots = block["type"] == "actions" and any(each["type"] == "overflow" for each in block["elements"])
    return ROW_OF_BUTTONS if dots else height(block)


def _blocks(content: Content, queue: Queue, above: Sequence[Block], longest: int) -> list[Block]:
    title = "One win waits for you" if queue.total == 1 else f"{queue.total:,} wins wait for you"
    listed = [row_blocks(content, row, queue.now, queue.start, longest) for row in queue.rows]
    return [
        *above,
        header(title),
        context(_facts(queue)),
        *(block for row in listed for block in row),
        *_foot(queue),
    ]


def _empty(queue: Queue) -> list[Block]:
    said = NOTHING_WAITS if queue.leads or queue.asked else NOBODY_REPORTS
    said = f"{said} {_awaited(queue.asked)}" if queue.asked else said
    return [section(said), actions(runs("My team", "team"))]


def _facts(queue: Queue) -> str:
    assert queue.oldest is not None, "a queue with wins has an oldest one"
    facts = [f"The oldest waits {age(queue.oldest, queue.now)}."]
    facts += [_awaited(queue.asked)] if queue.asked else []
    last = queue.start + len(queue.rows) - 1
    if len(queue.rows) < queue.total:
        which = f"{queue.start} to {last}" if last > queue.start else f"number {last}"
        facts.append(f"You see {which}.")
    return " ".join(facts)


def _awaited(asked: int) -> str:
    if asked == 1:
        return "One more waits for its owner's answer."
    return f"{asked:,} more wait for their owners' answers."


def _foot(queue: Queue) -> list[Block]:
    rest = queue.start + len(queue.rows)
    ways = [_all_of(queue)] if len(queue.rows) > 1 else []
    ways += [runs("More", f"verify more {rest}")] if rest <= queue.total else []
    ways += [runs("Back to the oldest", "verify")] if queue.start > 1 else []
    return [actions(*ways)] if ways else []


def _all_of(queue: Queue) -> Block:
    many = len(queue.rows)
    pairs = " ".join(f"{row.seen.win.id}:{row.seen.win.revision}" for row in queue.rows)
    people = len({row.seen.owner.id for row in queue.rows})
    asked = Confirm(
        title=f"Confirm {plural(many, 'win')}?",
        text=f"You confirm {plural(many, 'win')} of {'one person' if people == 1 else f'{people} people'} as they stand "
        "on this page. Each of them hears of it.",
        confirm_label=f"Confirm all {many}",
    )
    return runs("Confirm all on this page", f"verify all {pairs}", confirm=asked)


def lost_message(session: Session, glance: Glance, lost: Lost, start: int = 1) -> Message:
    """Why nothing was done, and what is there now: the win where it may be seen, else the queue."""
    if lost.fresh is not None:
        return win_message(glance.content, row_of(session, lost.fresh), glance.now, lost.sentence)
    return show_queue(session, glance, start, lost.sentence)
