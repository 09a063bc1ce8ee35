"""One target in full, with all that the viewer may do to it."""

from collections.abc import Sequence

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.features.targets import notices
from slackbot.features.targets.looking import Held, callers, look, was_read, wins_seen
from slackbot.features.targets.words import is_reached, known_metric, mention, named, progress, status
from slackbot.ui.blocks import Block, Confirm, Message, actions, context, message, runs, section
from slackbot.ui.text import day
from storage.members import Person
from storage.progress import Figures


def show(session: Session, deps: Deps, person: Person, target_id: int) -> Message:
    """Raises UserError for one that is none of theirs."""
    glance = deps.meet(session, person)
    held = look(session, glance, target_id)
    target, sides = held.target, held.sides
    was_read(session, sides, f"target:{target_id}")
    who, won = callers(session, glance, [target]), wins_seen(session, sides)
    whose = "" if sides.is_owner else f"{mention(sides.owner)}: "
    going = [section(progress(held, deps.content, won))] if target.state == "agreed" else []
    return message(
        section(f"{whose}{named(deps.content, target)}"),
        *going,
        context(f"{status(held, who)} Counts from {day(target.starts)}."),
        *_deeds(held, won),
        actions(*_ways(held)),
    )


def _deeds(held: Held, won: Sequence[Figures]) -> list[Block]:
    target, number = held.target, held.target.id
    if target.state == "closed":
        return []
    another = runs("Change…", f"target change {number}")
    if target.state == "agreed":
        known = known_metric(held.sides.glance.content, target.metric) is not None
        return [actions(*([another] if known else []), *_closings(held, won))]
    if held.is_proposed_by_me:
        return [actions(another, runs("Withdraw", f"target withdraw {number}", confirm=_withdraw(held)))]
    if held.is_of_a_former_manager or target.due <= held.sides.glance.today:
        return [actions(another, runs("Not now", f"target refuse {number}"))]
    return [notices.answers(held)]


def _closings(held: Held, won: Sequence[Figures]) -> list[Block]:
    """Reached only where confirmed wins say so."""
    number = held.target.id
    end = runs("End it", f"target end {number}", confirm=_asked(held, "End this target?", "End it"))
    if not is_reached(held, held.sides.glance.content, won):
        return [end]
    sure = _asked(held, "Close it as reached?", "Close it")
    return [runs("Close as reached", f"target reached {number}", confirm=sure), end]


def _asked(held: Held, title: str, label: str) -> Confirm:
    hears = " The other side hears of it." if held.sides.other is not None else ""
    return Confirm(title, f"It counts no longer, and stays in the history.{hears}", label, "Keep it")


def _withdraw(held: Held) -> Confirm:
    hears = "The other side hears of it." if held.sides.other is not None else "It stays in the history."
    return Confirm(
        "Withdraw this proposal?", f"Nobody can agree to it any more. {hears}", "Withdraw", "Keep it"
    )


def _ways(held: Held) -> list[Block]:
    ways = [notices.all_of(held.sides)]
    if held.sides.is_owner and held.sides.manager is None and held.target.state == "proposed":
        ways.append(runs("Who is your manager?", "manager"))
    return ways
