"""Takes the form of a target: a proposal to the other side, which what was agreed before outlives until they agree."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.errors import FormError, UserError
from slackbot.feature import Form, Submitted
from slackbot.features.targets import notices
from slackbot.features.targets.form import CALLBACK, Sheet
from slackbot.features.targets.looking import Held, Sides, begin, callers, look, record, sides_of
from slackbot.features.targets.opening import changed, refitted
from slackbot.features.targets.parsing import parse
from slackbot.features.targets.telling import News, change
from slackbot.features.targets.words import known_metric, mention, nobody_yet, why_not_now
from slackbot.rules.pace import Aim
from slackbot.ui.blocks import Block, View, runs
from storage import targets
from storage.members import Person
from storage.models import Target

TITLE: Final = "Propose a target"
AGREED_SO: Final = "That is what is agreed already."
THEIRS: Final = "That is what was proposed to you. Close this and press Agree."


async def submitted(deps: Deps, back: Submitted) -> View | None:
    """Sends the proposal once, however often the form comes."""
    sheet = Sheet.read(back.metadata)
    metric_id = sheet.metric if sheet.on is not None else back.values.get("metric")
    if metric_id != sheet.metric and back.values.get("from") == sheet.prefilled is not None:
        # It was sent before the form could follow the choice: that baseline is another metric's.
        return await deps.transact(refitted, deps, back.person, sheet, back.values)
    try:
        news = await change(deps, _proposed, back.person, back, sheet, metric_id)
    except FormError as error:
        raise FormError({sheet.block(name): said for name, said in error.errors.items()}) from error
    except UserError as error:
        news = News(str(error))
    return news.view(TITLE)


def _proposed(
    session: Session, deps: Deps, person: Person, back: Submitted, sheet: Sheet, metric_id: str | None
) -> News:
    glance = begin(session, deps, person)
    seen = None if sheet.on is None else look(session, glance, sheet.on)
    if seen is not None and seen.target.state != sheet.state:
        who = callers(session, glance, [seen.target])
        return News(why_not_now(seen, who), [runs("Show it", f"target show {sheet.on}")])
    sides = seen.sides if seen else sides_of(session, glance, sheet.whose)
    metric = known_metric(deps.content, metric_id)
    if metric is None:
        raise FormError({"metric": "Choose what should move."})
    return _sent(session, sides, parse(back.values, metric, glance.today))


def _sent(session: Session, sides: Sides, aim: Aim) -> News:
    whose = {"workspace_id": sides.glance.workspace_id, "member_id": sides.owner_id}
    there = [each for each in targets.open_of(session, **whose) if each.metric == aim.metric.id]
    agreed = next((each for each in there if each.state == "agreed"), None)
    before = next((each for each in there if each.state == "proposed"), None)
    if agreed is not None and _says(agreed, aim):
        raise FormError({"to": AGREED_SO})
    if before is not None and _says(before, aim):
        held = Held(before, sides)
        if held.is_proposed_by_me:  # the same form came before
            return News(_said(sides), _ways(sides))
        if not held.is_of_a_former_manager:
            raise FormError({"to": THEIRS})
    new = targets.propose(
        session,
        **whose,
        outcome=aim.metric.outcome,
        metric=aim.metric.id,
        from_value=aim.start,
        to_value=aim.goal,
        starts=aim.starts,
        due=aim.due,
        by=sides.glance.member_id,
        now=sides.glance.now,
    )
    record(session, sides.glance, "proposed", f"target:{new.id}")
    told = notices.proposed(Held(new, sides), before, agreed)
    return News(
        _said(sides),
        _ways(sides),
        told=(sides.other, told) if sides.other else None,
        homes=[each for each in (sides.owner, sides.manager) if each],
    )


def _says(target: Target, aim: Aim) -> bool:
    columns = (target.from_value, target.to_value, target.starts, target.due)
    return columns == (aim.start, aim.goal, aim.starts, aim.due)


def _said(sides: Sides) -> str:
    if sides.other is None:
        return f"Kept as your proposal. {nobody_yet(sides)}"
    return f"Proposed to {mention(sides.other)}. You hear from me when they answer."


def _ways(sides: Sides) -> Sequence[Block]:
    return [
        *([runs("Who is your manager?", "manager")] if sides.other is None else []),
        notices.all_of(sides),
    ]


FORMS: Final = (Form(CALLBACK, submitted, changed),)
