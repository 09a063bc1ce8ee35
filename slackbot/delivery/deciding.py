"""Decides what each message says, for many of them in one transaction."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlmodel import Session

from slackbot.calendar import NUDGE, rhythm_of, with_days_off
from slackbot.deps import Deps
from slackbot.feature import Due, ScheduledMessage, Silence, Spoken
from slackbot.rules.reminding import DIGEST_TIME, REMIND_TIME, at_time
from slackbot.rules.schedule import Occurrence, Rhythm, occurrence_in
from slackbot.scheduled import DIGEST
from slackbot.ui.blocks import Message
from storage import deliveries, sending
from storage.models import Member
from storage.sending import Ending


@dataclass(frozen=True)
class Composed:
    """A message that is ready to be posted, once it is marked as being sent."""

    id: str
    workspace_id: int
    member_id: int
    user_id: str
    dm_channel: str | None
    attempts: int
    """How often it was tried before."""
    message: Message
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Decider:
    """What deciding needs to know, beside the rows."""

    deps: Deps
    kinds: Mapping[str, ScheduledMessage]
    worker: str

    def __call__(self, session: Session, ids: Sequence[str]) -> dict[str, Composed]:
        """Those of the rows that have something to say now; the others are silent, wait, or are somebody else's."""
        deliveries.lock_for_claiming(session)
        saying: dict[str, Composed] = {}
        silent: list[Ending] = []
        for due, answer in self._answers(session, self._due(session, ids)):
            if isinstance(answer, Spoken):
                saying[due.delivery.id] = _composed(due, answer)
            else:
                silent.append(Ending(due.delivery.id, "skipped", answer.reason))
        sending.record(session, silent)
        sending.will_say(session, {each: dict(composed.said) for each, composed in saying.items()})
        return saying

    def _due(self, session: Session, ids: Sequence[str]) -> list[Due]:
        """The rows that are still to be decided now, with whose they are."""
        rows = sending.to_decide(session, self.worker, ids, self.deps.now())
        due = (Due(self.deps.glance(member, workspace), row) for row, member, workspace in rows)
        # Colleagues go by the same clock: what it says of a week is worked out once.
        expected = cache(occurrence_in)
        return [each for each in due if not _held_for_later(session, each, expected)]

    def _answers(self, session: Session, due: Sequence[Due]) -> Iterator[tuple[Due, Spoken | Silence]]:
        by_kind: defaultdict[str, list[Due]] = defaultdict(list)
        for each in due:
            reason = _unheard(each.glance.member)
            if reason is not None:
                yield each, Silence(reason)
            else:
                by_kind[each.delivery.kind].append(each)
        for kind, same in by_kind.items():
            yield from zip(same, self.kinds[kind].compose(session, same), strict=True)


def _composed(due: Due, answer: Spoken) -> Composed:
    row, member = due.delivery, due.glance.member
    return Composed(
        row.id,
        row.workspace_id,
        row.member_id,
        member.user_id,
        member.dm_channel,
        row.attempts,
        answer.message,
        answer.said,
    )


def _unheard(member: Member) -> str | None:
    """Why nothing at all is said to somebody, whatever it is about."""
    return deliveries.LEAVING if member.unreachable is None and member.erase_at else member.unreachable


def _held_for_later(session: Session, due: Due, expected: Callable[[Rhythm, str], Occurrence]) -> bool:
    """Whether the member has travelled west since this was claimed, and it is not yet time where they are."""
    later = _time_there(session, due, expected)
    if later is None or later <= due.glance.now:
        return False
    deliveries.hold(session, due.delivery.id, later)
    return True


def _time_there(session: Session, due: Due, expected: Callable[[Rhythm, str], Occurrence]) -> datetime | None:
    """When it is due where the member is now; None where that is the moment it was claimed for."""
    glance, delivery = due
    if delivery.kind not in (NUDGE, DIGEST):
        return at_time(delivery.due_at.astimezone(glance.zone).date(), REMIND_TIME, glance.zone)
    rhythm = rhythm_of(glance.member, glance.zone)
    if delivery.kind == DIGEST:
        rhythm = replace(rhythm, weekday=0, time=DIGEST_TIME)
    if expected(rhythm, delivery.slot).at == delivery.due_at:
        return None
    return occurrence_in(with_days_off(session, rhythm, glance.member, glance.now), delivery.slot).at
