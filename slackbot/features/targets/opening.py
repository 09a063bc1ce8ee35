"""Opens the form of a target, filled with what is known, and keeps it fitted while it is open."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from sqlmodel import Session

from content import Content, Metric, find
from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.feature import Asked, Changed
from slackbot.features.targets.form import Sheet, form
from slackbot.features.targets.looking import Held, Sides, look, sides_of, was_read, wins_seen
from slackbot.features.targets.parsing import year_on
from slackbot.features.targets.words import known_metric, mention, nobody_yet
from slackbot.rules.numbers import UnreadableNumberError, read_baseline
from slackbot.rules.outcomes import number
from slackbot.ui.blocks import View
from slackbot.ui.text import day
from storage import targets, wins
from storage.members import Person
from storage.models import Target
from storage.progress import Figures

NO_LONGER_MEASURED: Final = (
    "What that one measures is no longer measured here. It can be ended, and another one proposed."
)
_LIKE_THOUSANDS: Final = re.compile(r"\N{MINUS SIGN}?[1-9]\d{0,2}\.\d{3}")


async def propose(deps: Deps, asked: Asked, user_id: str | None, words: str) -> None:
    """Opens a new form: for oneself, or with a Slack id for somebody who reports to one."""
    await asked.open(await deps.transact(_new, deps, asked.person, user_id, words))


async def change(deps: Deps, asked: Asked, target_id: int) -> None:
    """Opens the form with what a target says, to propose something else in its place."""
    await asked.open(await deps.transact(_other, deps, asked.person, target_id))


def meant(content: Content, words: str) -> Metric | None:
    """The metric that some words point to: one by its own name, or an outcome's usual one."""
    metrics, outcomes = find(words, content.metrics), find(words, content.outcomes)
    if outcomes and (words == outcomes[0].id or not metrics):
        return outcomes[0].default_metric
    return metrics[0] if metrics else None


def _new(session: Session, deps: Deps, person: Person, user_id: str | None, words: str) -> View:
    glance = deps.meet(session, person)
    sides = sides_of(session, glance, user_id)
    was_read(session, sides, f"member:{sides.owner_id}")
    metric = meant(deps.content, words) if words else _usual(session, sides)
    sheet = Sheet(whose=None if sides.is_owner else sides.owner.user_id)
    sheet = _fitted(sheet, metric, wins_seen(session, sides))
    today = glance.today
    initial = {"from": sheet.prefilled, "starts": today.isoformat(), "due": year_on(today).isoformat()}
    return form(deps.content, sheet, initial, about(sides, None))


def _usual(session: Session, sides: Sides) -> Metric | None:
    """What the person logged last, where they have no target for it yet."""
    if not sides.is_owner:
        return None
    whose = {"workspace_id": sides.glance.workspace_id, "member_id": sides.owner_id}
    last = wins.last_used(session, **whose)
    has = {each.metric for each in targets.open_of(session, **whose)}
    return known_metric(sides.glance.content, last.metric) if last and last.metric not in has else None


def _other(session: Session, deps: Deps, person: Person, target_id: int) -> View:
    glance = deps.meet(session, person)
    held = look(session, glance, target_id)
    target, sides = held.target, held.sides
    if known_metric(deps.content, target.metric) is None:
        raise UserError(NO_LONGER_MEASURED)
    was_read(session, sides, f"target:{target.id}")
    whose = None if sides.is_owner else sides.owner.user_id
    sheet = Sheet(whose, target.metric, on=target.id, state=target.state)
    return form(deps.content, sheet, _stands(held), about(sides, agreed_for(session, sides, target.metric)))


def _stands(held: Held) -> dict[str, str | None]:
    """What a target says; where its time is over, from today on and a year long."""
    target, today = held.target, held.sides.glance.today
    over = target.due <= today
    return {
        "from": None if target.from_value is None else digits(target.from_value),
        "to": digits(target.to_value),
        "starts": (today if over else target.starts).isoformat(),
        "due": (year_on(today) if over else target.due).isoformat(),
    }


async def changed(deps: Deps, chosen: Changed) -> View | None:
    """Another metric was chosen: another number to begin with."""
    return await deps.transact(refitted, deps, chosen.person, Sheet.read(chosen.metadata), chosen.values)


def refitted(
    session: Session, deps: Deps, person: Person, sheet: Sheet, values: Mapping[str, str | None]
) -> View | None:
    """The open form for the metric chosen in it. What was typed stays, the number to begin with where it can."""
    sides = sides_of(session, deps.meet(session, person), sheet.whose)
    metric = known_metric(deps.content, values.get("metric"))
    if metric is None:
        return None
    fresh = _fitted(sheet, metric, wins_seen(session, sides))
    typed = values.get("from")
    kept = typed if typed != sheet.prefilled and _is_readable(typed, metric) else fresh.prefilled
    initial = {"from": kept, **{name: values.get(name) for name in ("starts", "due")}}
    return form(deps.content, fresh, initial, about(sides, agreed_for(session, sides, metric.id)))


def _is_readable(text: str | None, metric: Metric) -> bool:
    try:
        return read_baseline(text, metric) is not None
    except UnreadableNumberError:
        return False


def _fitted(sheet: Sheet, metric: Metric | None, won: Sequence[Figures]) -> Sheet:
    """Begins where the newest win stands, one of the whole panel first.

    A tally is no level to begin with: the next ones are added up."""
    if metric is None:
        return sheet
    own = [each for each in won if each.metric == metric.id]
    newest = max(own, key=lambda each: (each.practice is None, each.happened_on, each.id), default=None)
    if newest is None or _is_a_tally(metric, newest):
        return replace(sheet, metric=metric.id, prefilled=None, seen_on=None, only_mine=False)
    return replace(
        sheet,
        metric=metric.id,
        prefilled=digits(newest.result),
        seen_on=newest.happened_on.isoformat(),
        only_mine=newest.status == "private",
    )


def _is_a_tally(metric: Metric, win: Figures) -> bool:
    """Three events, say: a number that was held against nothing, and that covers no time of its own."""
    return metric.adds_up and win.baseline is None and win.period is None


def agreed_for(session: Session, sides: Sides, metric_id: str) -> Target | None:
    """The target that both agreed to and that is in force."""
    whose = {"workspace_id": sides.glance.workspace_id, "member_id": sides.owner_id}
    there = targets.open_of(session, **whose)
    return next((each for each in there if each.state == "agreed" and each.metric == metric_id), None)


def about(sides: Sides, agreed: Target | None) -> str:
    """Who has to agree, and what holds until then."""
    if sides.other is None:
        return nobody_yet(sides)
    until = f" Until then the one by {day(agreed.due)} stays in force." if agreed else ""
    return f"It holds once {mention(sides.other)} agrees.{until}"


def digits(value: Decimal) -> str:
    """A number so that it reads back as itself: "1.125" could be a thousand and more, "1.1250" could not."""
    text = number(value)
    return f"{text}0" if _LIKE_THOUSANDS.fullmatch(text) else text
