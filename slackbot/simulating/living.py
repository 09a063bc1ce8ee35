"""Lives through the weeks one due instant after the other: claims as the worker does, composes, and remembers."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from content import Content
from slackbot.calendar import NUDGE, reschedule
from slackbot.deps import Deps
from slackbot.feature import Due, Silence
from slackbot.features.nudges.claiming import claim
from slackbot.features.nudges.message import compose
from slackbot.home import Glance
from slackbot.simulating.stage import Stage
from slackbot.ui.blocks import Message
from storage.models import Delivery
from storage.sending import Undecided


@dataclass(frozen=True)
class Change:
    """Something that the person does: it is told in the rehearsal, and done to the copy."""

    at: datetime
    what: str
    do: Callable[[Stage, datetime], None]


@dataclass(frozen=True)
class Week:
    """What became of a slot: a message, or the reason why there is none."""

    slot: str
    at: datetime
    message: Message | None
    reason: str | None
    before: tuple[Change, ...]
    """What the person did since the week before."""
    answer: str | None = None


@dataclass(frozen=True)
class _Settings:
    default_zone: str


@dataclass(frozen=True)
class _Clock:
    """All that claiming asks of `Deps`: the time, and the zone of who has none."""

    moment: datetime
    settings: _Settings

    def now(self) -> datetime:
        return self.moment


def live(
    stage: Stage,
    content: Content,
    *,
    since: datetime,
    weeks: int,
    default_zone: str,
    changes: Sequence[Change] = (),
    answers: Mapping[int, str] | None = None,
) -> Iterator[Week]:
    """Every slot of so many weeks. `changes` are in order; `answers` says what is pressed in which week's message."""
    session, member = stage.session, stage.member
    zone = _zone(stage, default_zone)
    waiting, done = list(changes), list[Change]()
    # What the real ledger holds is the worker's; only its weeks are taken.
    known = {row.id for row in _claimed(session, stage, frozenset())}
    reschedule(session, member, zone, since)
    end = since + timedelta(weeks=weeks)
    while True:
        session.flush()
        session.expire(member)
        due = member.next_nudge_at
        while waiting and waiting[0].at < (due or end):
            change = waiting.pop(0)
            done.append(change)
            change.do(stage, change.at)
            session.flush()
            due = _rescheduled(stage, _zone(stage, default_zone), change.at)
        if due is None or due >= end:
            return
        claim(cast(Deps, _Clock(due, _Settings(default_zone))), session, 100)
        for row in _claimed(session, stage, known):
            known.add(row.id)
            week = (row.due_at - since) // timedelta(weeks=1)
            answer = (answers or {}).get(week)
            yield _decided(stage, content, row, _zone(stage, default_zone), tuple(done), answer)
            done.clear()


def _rescheduled(stage: Stage, zone: ZoneInfo, now: datetime) -> datetime | None:
    """As the app's own forms do after a change to pause, day or time; another change leaves it as it was."""
    reschedule(stage.session, stage.member, zone, now)
    stage.session.flush()
    return stage.member.next_nudge_at


def _zone(stage: Stage, default_zone: str) -> ZoneInfo:
    return ZoneInfo(stage.member.zone or stage.workspace.zone or default_zone)


def _claimed(session: Session, stage: Stage, known: Set[str]) -> list[Delivery]:
    """Rows of the ledger that were not there before."""
    statement = select(Delivery).where(Delivery.member_id == stage.member.id, Delivery.kind == NUDGE)
    ordered = statement.order_by(col(Delivery.slot)).execution_options(populate_existing=True)
    return [row for row in session.exec(ordered).all() if row.id not in known]


def _decided(
    stage: Stage,
    content: Content,
    row: Delivery,
    zone: ZoneInfo,
    before: tuple[Change, ...],
    answer: str | None,
) -> Week:
    if row.state != "claimed":
        return Week(row.slot, row.due_at, None, row.reason or row.state, before)
    glance = Glance(stage.member, stage.workspace, zone, row.due_at, content)
    (said,) = compose(stage.session, [Due(glance, Undecided.of(row))])
    if isinstance(said, Silence):
        row.state, row.reason = "skipped", said.reason
        return Week(row.slot, row.due_at, None, said.reason, before)
    row.state, row.said, row.sent_at, row.answer = "sent", dict(said.said), row.due_at, answer
    return Week(row.slot, row.due_at, said.message, None, before, answer)
