"""The one message that the other side of a target gets when something happens to it."""

from slackbot.features.targets.looking import Held, Sides
from slackbot.features.targets.words import in_figures, mention, named
from slackbot.ui.blocks import Block, Message, actions, context, message, runs, section
from slackbot.ui.text import day
from storage.models import Member, Target


def all_of(sides: Sides) -> Block:
    """The viewer's way to all these targets."""
    if sides.is_owner:
        return runs("My targets", "target")
    return _theirs(sides.owner)


def answers(held: Held) -> Block:
    """What whoever is asked can press."""
    number = held.target.id
    return actions(
        runs("Agree", f"target agree {number}", style="primary"),
        runs("Change…", f"target change {number}"),
        runs("Not now", f"target refuse {number}"),
    )


def proposed(held: Held, before: Target | None, agreed: Target | None) -> Message:
    """To whoever has to agree. `before`: the open proposal whose place it takes; `agreed`: what holds until then."""
    content, sides = held.sides.glance.content, held.sides
    me, counts = mention(sides.glance.member), f"Counts from {day(held.target.starts)}."
    is_answer = before is not None and before.proposed_by != held.target.proposed_by
    said = f"*{me} proposes something else in its place.*" if is_answer else f"*{me} proposes a target.*"
    if not sides.is_owner and not is_answer:
        said = f"*{me} proposes a target for you.*"
    replaced = f" It takes the place of {in_figures(content, before)}." if before else ""
    until = f" Until you agree, this stays in force: {in_figures(content, agreed)}." if agreed else ""
    return message(
        section(said),
        section(named(content, held.target)),
        context(f"{counts}{replaced}{until}"),
        answers(held),
    )


def agreed(held: Held) -> Message:
    return _told(held, "agreed to this target: it is in force from now on.")


def refused(held: Held, in_force: Target | None) -> Message:
    stays = " What you both agreed before stays in force." if in_force else ""
    return _told(held, f"says “not now” to this target.{stays}", _again(held))


def withdrawn(held: Held, in_force: Target | None) -> Message:
    stays = " What you both agreed before stays in force." if in_force else ""
    return _told(held, f"withdrew this proposal. There is nothing to answer any more.{stays}")


def reached(held: Held, _: Target | None) -> Message:
    return _told(held, "closed this target: it is reached.", _again(held))


def ended(held: Held, _: Target | None) -> Message:
    return _told(held, "ended this target.", _again(held))


def _again(held: Held) -> Block:
    """The other side's way to a next one."""
    if held.sides.is_owner:
        return runs("Propose another", f"target for {mention(held.sides.owner)}")
    return runs("Propose another", f"target new {held.target.metric}")


def _told(held: Held, said: str, *ways: Block) -> Message:
    sides = held.sides
    way_back = _theirs(sides.owner) if sides.is_owner else runs("My targets", "target")
    return message(
        section(f"*{mention(sides.glance.member)}* {said}"),
        section(named(sides.glance.content, held.target)),
        actions(*ways, way_back),
    )


def _theirs(owner: Member) -> Block:
    return runs("All their targets", f"target of {mention(owner)}")
