"""`/prm target`: targets with their bars and their pace, and all that ever were."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session

from content import Metric
from slackbot.deps import Deps
from slackbot.features.targets import notices
from slackbot.features.targets.looking import Held, Sides, callers, record, sides_of, was_read, wins_seen
from slackbot.features.targets.opening import meant
from slackbot.features.targets.words import Who, mention, named, progress, status, story
from slackbot.home import Glance
from slackbot.ui.blocks import Block, Message, actions, chooses, context, header, message, runs, section
from slackbot.ui.pages import leaf, page_of
from slackbot.ui.text import escape
from storage import reporting, targets
from storage.members import Person
from storage.progress import Figures

NONE_YET: Final = (
    "*No targets yet.* A target is one number to reach by a date, agreed between a liaison and their manager."
)
NO_SUCH_OUTCOME: Final = "I don't know an outcome by that name, so here are all."
HISTORY_HINT: Final = "A target is never rewritten: a newer one takes its place."
MOST_PEOPLE: Final = 100
"""Slack's limit for a menu."""


def mine(session: Session, deps: Deps, person: Person, words: str) -> Message:
    """One's own targets, of one outcome where the words name it, and what one's people propose."""
    glance = deps.meet(session, person)
    asked, page = page_of(words)
    metric = meant(deps.content, asked) if asked else None
    sides = sides_of(session, glance, None)
    rows = _rows(session, sides, metric)
    leads = reporting.is_manager(session, workspace_id=glance.workspace_id, member_id=glance.member_id)
    said = [section(NO_SUCH_OUTCOME)] if asked and metric is None else []
    ways = [_propose(sides, metric), runs("History", "target history")]
    if leads:
        ways.append(runs("For my team", "target for"))
    return leaf(
        f"target {metric.outcome}" if metric else "target",
        page,
        *([team] if (team := _proposals(session, glance) if leads else []) else []),
        rows or [section(_nothing(deps, metric))],
        top=[header("Your targets"), *said],
        ways=ways,
    )


def of_report(session: Session, deps: Deps, person: Person, user_id: str | None, page: int) -> Message:
    """The same of somebody who reports to one."""
    sides = sides_of(session, deps.meet(session, person), user_id)
    if sides.is_owner:
        return mine(session, deps, person, "")
    was_read(session, sides, f"member:{sides.owner_id}")
    who = mention(sides.owner)
    ways = [_propose(sides, None), runs("History", f"target history {who}"), runs("My team", "team")]
    rows = _rows(session, sides, None) or [section("No targets yet.")]
    return leaf(f"target of {who}", page, rows, top=[section(f"*Targets of {who}*")], ways=ways)


def history(session: Session, deps: Deps, person: Person, user_id: str | None, page: int) -> Message:
    """Every target there was, the newest first, with who proposed, agreed and closed it."""
    glance = deps.meet(session, person)
    sides = sides_of(session, glance, user_id)
    was_read(session, sides, f"member:{sides.owner_id}")
    past = targets.history(session, workspace_id=glance.workspace_id, member_id=sides.owner_id)
    who = callers(session, glance, past)
    rows = [
        section(f"{named(deps.content, each)}\n_{story(Held(each, sides), who)}_") for each in reversed(past)
    ]
    whose = "Your targets" if sides.is_owner else f"The targets of {mention(sides.owner)}"
    words = "target history" if sides.is_owner else f"target history {mention(sides.owner)}"
    return leaf(
        words,
        page,
        rows or [section("There was none yet.")],
        top=[section(f"*{whose}, since the first one*"), context(HISTORY_HINT)],
        ways=[notices.all_of(sides)],
    )


def whom(session: Session, deps: Deps, person: Person) -> Message:
    """Chooses for which of one's people to propose a target."""
    glance = deps.meet(session, person)
    people = reporting.reports_of(session, workspace_id=glance.workspace_id, manager_id=glance.member_id)
    if not people:
        said = "You propose targets for people who report to you, and nobody does yet."
        return message(section(said), actions(runs("My team", "team"), runs("My targets", "target")))
    named_so = [
        (each.name or "Without a name", f"target of {mention(each)}") for each in people[:MOST_PEOPLE]
    ]
    return message(
        section("*Whose targets?* You see what is agreed and proposed, and can propose another."),
        actions(chooses("Choose a person", named_so), runs("My targets", "target")),
    )


def _rows(session: Session, sides: Sides, metric: Metric | None) -> list[Block]:
    whose = {"workspace_id": sides.glance.workspace_id, "member_id": sides.owner_id}
    there = [
        each for each in targets.open_of(session, **whose) if metric is None or each.outcome == metric.outcome
    ]
    won = wins_seen(session, sides) if there else ()
    who = callers(session, sides.glance, there)
    agreed_first = sorted(there, key=lambda each: each.state)
    return [_row(Held(each, sides), won, who) for each in agreed_first]


def _row(held: Held, won: Sequence[Figures], who: Who) -> Block:
    content = held.sides.glance.content
    tells = progress(held, content, won) if held.target.state == "agreed" else f"_{status(held, who)}_"
    label = "Answer" if held.is_mine_to_answer else "Open"
    return section(
        f"{named(content, held.target)}\n{tells}", accessory=runs(label, f"target show {held.target.id}")
    )


def _proposals(session: Session, glance: Glance) -> list[Block]:
    waiting = targets.proposals_for(session, workspace_id=glance.workspace_id, manager_id=glance.member_id)
    for each in waiting:
        record(session, glance, "read", f"target:{each.target.id}")
    return [
        section(
            f"{mention(each.owner)} proposes {named(glance.content, each.target)}",
            accessory=runs("Answer", f"target show {each.target.id}"),
        )
        for each in waiting
    ]


def _nothing(deps: Deps, metric: Metric | None) -> str:
    if metric is None:
        return NONE_YET
    return f"No target yet for *{escape(deps.content.outcome(metric.outcome).label)}*."


def _propose(sides: Sides, metric: Metric | None) -> Block:
    words = "target new" if sides.is_owner else f"target for {mention(sides.owner)}"
    return runs("Propose a target", f"{words} {metric.id}" if metric else words, style="primary")
