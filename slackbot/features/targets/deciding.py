"""What is done to a target where it stands: agreed to, not now, withdrawn, closed as reached, ended.

Each is one transaction; whoever comes second is told what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.features.targets import notices
from slackbot.features.targets.looking import Held, Sides, begin, callers, look, record, wins_seen
from slackbot.features.targets.opening import agreed_for
from slackbot.features.targets.telling import News
from slackbot.features.targets.words import is_reached, named, why_not_now
from slackbot.ui.blocks import Message, runs
from storage import targets
from storage.members import Person
from storage.models import Member, Target

NOT_REACHED: Final = (
    "Confirmed wins do not come to it yet, so it cannot be closed as reached. Once they are logged and confirmed it can; "
    "or end it."
)
STAYS: Final = " What you both agreed before stays in force."


@dataclass(frozen=True)
class Closing:
    """A way to close a target: how storage and the trail call it, and what both sides hear."""

    closing: str
    action: str
    said: str
    notice: Callable[[Held, Target | None], Message]


CLOSINGS: Final[Mapping[str, Closing]] = {
    "refuse": Closing("refused", "refused", "Not now: I have closed this proposal.", notices.refused),
    "withdraw": Closing("withdrawn", "withdrawn", "Withdrawn.", notices.withdrawn),
    "reached": Closing("reached", "closed", "Closed as reached.", notices.reached),
    "end": Closing("ended", "closed", "Ended. It stays in the history.", notices.ended),
}
"""By the word that is typed or that a button carries."""


def agree(session: Session, deps: Deps, person: Person, target_id: int) -> News:
    """The side that is asked says yes; what was agreed before is replaced."""
    glance = begin(session, deps, person)
    held = look(session, glance, target_id)
    fresh = None
    if held.is_mine_to_answer and not held.is_of_a_former_manager and held.target.due > glance.today:
        fresh = targets.agree(
            session,
            workspace_id=glance.workspace_id,
            target_id=target_id,
            by=glance.member_id,
            now=glance.now,
        )
    if fresh is None:
        return _unchanged(session, held)
    record(session, glance, "agreed", f"target:{target_id}")
    held = replace(held, target=fresh)
    return _news(held, "Agreed: it is in force from now on.", notices.agreed(held))


def close(session: Session, deps: Deps, person: Person, target_id: int, verb: str) -> News:
    """Closes a target in the way that the verb says, where that is theirs to do."""
    glance, way = begin(session, deps, person), CLOSINGS[verb]
    held = look(session, glance, target_id)
    if way.closing == "reached" and held.target.state == "agreed" and not _is_reached(session, held):
        return News(NOT_REACHED, [runs("Log a win", "log"), notices.all_of(held.sides)])
    fresh = None
    if _may(held, way):
        fresh = targets.close(
            session,
            workspace_id=glance.workspace_id,
            target_id=target_id,
            closing=way.closing,
            by=glance.member_id,
            now=glance.now,
        )
    if fresh is None:
        return _unchanged(session, held)
    record(session, glance, way.action, f"target:{target_id}")
    held = replace(held, target=fresh)
    agreed = agreed_for(session, held.sides, fresh.metric)
    said = f"{way.said}{STAYS}" if agreed else way.said
    return _news(held, said, way.notice(held, agreed))


def _may(held: Held, way: Closing) -> bool:
    """A proposal is its maker's to withdraw and the other's to refuse; an agreed one is either's to close."""
    if way.closing == "refused":
        return held.is_mine_to_answer
    return way.closing != "withdrawn" or held.is_proposed_by_me


def _is_reached(session: Session, held: Held) -> bool:
    return is_reached(held, held.sides.glance.content, wins_seen(session, held.sides))


def _unchanged(session: Session, held: Held) -> News:
    number = held.target.id
    assert number is not None, "a stored row has an id"
    now = look(session, held.sides.glance, number)
    said = why_not_now(now, callers(session, now.sides.glance, [now.target]))
    return News(said, [runs("Show it", f"target show {number}"), notices.all_of(now.sides)])


def _news(held: Held, said: str, notice: Message) -> News:
    sides = held.sides
    return News(
        f"{said}\n\n{named(sides.glance.content, held.target)}",
        [notices.all_of(sides)],
        told=(sides.other, notice) if sides.other is not None and _concerns(held, sides.other) else None,
        homes=_both(sides),
    )


def _concerns(held: Held, other: Member) -> bool:
    """A manager need not hear what becomes of a proposal that was never theirs to look after."""
    was_agreed = held.target.agreed_at is not None
    return (
        was_agreed
        or other is held.sides.owner
        or held.is_proposed_by_me
        or other.id == held.target.proposed_by
    )


def _both(sides: Sides) -> list[Member]:
    return [each for each in (sides.owner, sides.manager) if each is not None]
