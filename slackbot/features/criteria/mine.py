"""Where I stand on each criterion: verified, claimed and needed, my target's pace, and what is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from content import Content, Criterion, Need, OutcomeTest, leaves
from slackbot.criteria import worked_under
from slackbot.deps import Deps
from slackbot.features.criteria.words import LEGEND, NEEDS, NO_PROMISE, STRONGER, marked
from slackbot.rules.criteria import name
from slackbot.rules.pace import bar
from slackbot.rules.progress import Judged
from slackbot.standing import Goal, Standing, standing_of
from slackbot.ui.blocks import Block, Message, actions, chooses, context, header, message, runs, section
from slackbot.ui.pages import fits, leaf
from slackbot.ui.text import escape, plural
from storage.members import Person

Row = tuple[Criterion, Judged]
TOGETHER: Final = 6
"""Lines in one block, which is never torn: a long list goes on on the next page."""


@dataclass(frozen=True)
class Mine:
    """Somebody's own standing, with the content that names its roles."""

    standing: Standing
    content: Content


def read_mine(session: Session, deps: Deps, person: Person) -> Mine | None:
    """None where they work toward no rung. Who never took a version up begins under the newest one now."""
    glance = deps.meet(session, person)
    if worked_under(session, glance) is None:
        return None
    return Mine(standing_of(session, glance, glance.member, private=True), glance.content)


def mine_message(mine: Mine, number: int = 1) -> Message:
    """The checklist: all of it in a line each, and then each criterion in full, unless one page holds that at once."""
    standing = mine.standing
    assert standing.rung is not None, "they work toward one"
    summary, details = section(_summary(standing)), list(_details(standing))
    top, foot, ways = [header(standing.rung.name)], [context(NO_PROMISE)], _ways(mine)
    last = context(LEGEND)
    if fits([*top, summary, *details, last, *foot, actions(*ways)]):
        return message(*top, summary, *details, last, *foot, actions(*ways))
    return leaf(
        "criteria",
        number,
        [summary, *_overview(mine)],
        [*details, last],
        top=top,
        foot=foot,
        ways=ways,
        later=[],
        more="Each in full",
    )


def _by_need(standing: Standing) -> Iterator[tuple[str, list[Row]]]:
    assert standing.readiness is not None, "a rung has its readiness"
    for need, title in ((Need.GATE, "Needed"), (Need.SUPPORTING, STRONGER)):
        rows = [row for row in standing.readiness.standings if row[0].need is need]
        if rows:
            yield title, rows


def _overview(mine: Mine) -> Iterator[Block]:
    for title, rows in _by_need(mine.standing):
        for first in range(0, len(rows), TOGETHER):
            lines = [_line(mine, *row) for row in rows[first : first + TOGETHER]]
            yield section("\n".join([f"*{title}*", *lines] if first == 0 else lines))


def _line(mine: Mine, criterion: Criterion, judgment: Judged) -> str:
    what = escape(name(criterion.test, mine.content))
    met = ", met" if judgment.met else ""
    return f"{bar(judgment.share, 5)} *{what}*{met}: {escape(judgment.sentence)}"


def _details(standing: Standing) -> Iterator[Block]:
    for _, rows in _by_need(standing):
        for row in rows:
            yield section(_in_full(*row, standing.goals))


def _summary(standing: Standing) -> str:
    found = standing.readiness
    assert found is not None, "a rung has its readiness"
    counts = f"*{found.gates_met} of {plural(found.gates, 'gate')} met*"
    if found.supporting:
        counts = f"{counts}, {found.supporting_met} of {found.supporting} that make the case stronger"
    lines = [f"{counts}.", escape(found.missing)]
    if standing.newer is not None:
        lines.append("_A newer version of these criteria is there for you to look at._")
    return "\n".join(filter(None, lines))


def _in_full(criterion: Criterion, judgment: Judged, goals: Sequence[Goal]) -> str:
    met = "Met. " if judgment.met else ""
    lines = [
        f"*{escape(criterion.sentence)}* _({NEEDS[criterion.need]}; {marked(criterion)})_",
        f"{bar(judgment.share)} {met}{escape(judgment.sentence)}.",
    ]
    if judgment.missing:
        lines.append(f"_{escape(judgment.missing)}_")
    lines += [f"{_whose(goal)}: {escape(goal.pace.sentence)}" for goal in _goals(criterion, goals)]
    return "\n".join(lines)


def _whose(goal: Goal) -> str:
    return "Your target" if goal.agreed else "Your target, not agreed yet"


def _goals(criterion: Criterion, goals: Sequence[Goal]) -> Iterator[Goal]:
    """The targets that lead to this criterion; without a metric, any of its outcome's."""
    tests = [leaf for leaf in leaves(criterion.test) if isinstance(leaf, OutcomeTest)]
    for goal in goals:
        if any(
            test.metric == goal.metric.id if test.metric else test.outcome == goal.metric.outcome
            for test in tests
        ):
            yield goal


def _ways(mine: Mine) -> list[Block]:
    standing = mine.standing
    others = [(rung.name, f"criteria {rung.id}") for rung in mine.content.rungs if rung is not standing.rung]
    assert standing.rung is not None, "they work toward one"
    menu = chooses(
        "Another role", [*others, ("Versions of these criteria", f"criteria history {standing.rung.id}")]
    )
    if standing.newer is None:
        return [menu]
    return [runs("What changed", "criteria changes", style="primary"), menu]
