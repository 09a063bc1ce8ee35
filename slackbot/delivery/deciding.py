"""Decides what each message says, for many of them in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from slackbot.calendar import NUDGE, rhythm_of, with_days_off
from slackbot.deps import Deps
from slackbot.feature import ScheduledMessage, Silence, Spoken
from slackbot.home import Glance
from slackbot.rules.schedule import occurrence_in
from slackbot.ui.blocks import Message
from storage import deliveries, sending
from storage.models import Delivery
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
        for row, member, workspace in sending.to_decide(session, self.worker, ids, self.deps.now()):
            answer = self._answer(session, self.deps.glance(member, workspace), row)
            if isinstance(answer, Spoken):
                saying[row.id] = Composed(
                    row.id,
                    row.workspace_id,
                    row.member_id,
                    member.user_id,
                    member.dm_channel,
                    row.attempts,
                    answer.message,
                    answer.said,
                )
            elif answer is not None:
                silent.append(Ending(row.id, "skipped", answer.reason))
        sending.record(session, silent)
        sending.will_say(session, {each: dict(composed.said) for each, composed in saying.items()})
        return saying

    def _answer(self, session: Session, glance: Glance, row: Delivery) -> Spoken | Silence | None:
        if glance.member.unreachable is not None:
            return Silence(glance.member.unreachable)
        if _held_for_later(session, glance, row):
            return None
        return self.kinds[row.kind].compose(session, glance, row)


def _held_for_later(session: Session, glance: Glance, delivery: Delivery) -> bool:
    """Whether the member has travelled west since this was claimed, and it is not yet time where they are."""
    if delivery.kind != NUDGE:
        return False
    rhythm = rhythm_of(glance.member, glance.zone)
    if occurrence_in(rhythm, delivery.slot).at == delivery.due_at:
        return False
    due = occurrence_in(with_days_off(session, rhythm, glance.member, glance.now), delivery.slot)
    if due.at <= glance.now:
        return False
    deliveries.hold(session, delivery.id, due.at)
    return True
