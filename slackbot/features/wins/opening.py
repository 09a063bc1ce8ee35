"""Opens the form of a win: a new one on what is likely to be logged, or one's own to be edited."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlmodel import Session

from content import Content, Metric, find
from slackbot import screened
from slackbot.deps import Deps
from slackbot.errors import FormError, UserError
from slackbot.feature import Asked, Shortcut
from slackbot.features.wins.form import form
from slackbot.features.wins.parsing import LONGEST, as_typed
from slackbot.features.wins.sheet import Sheet, known_metric
from slackbot.home import Glance
from slackbot.rules.periods import assumed
from slackbot.rules.win_states import Deed, Visibility, may, visibility
from storage import reporting, wins
from storage.members import Person
from storage.models import Member, Win
from storage.verification import Relation

GONE: Final = "That win is no longer here, so nothing was saved. `/prm wins` shows those you have."
NOT_NOW: Final = "A win that you withdrew can't be edited. Bring it back first, from `/prm wins withdrawn`."
_MARKUP: Final = (
    (re.compile(r"<(?:https?|mailto|tel):[^|>]*\|([^>]*)>"), r"\1"),
    (re.compile(r"<((?:https?|mailto|tel):[^>]*)>"), r"\1"),
    (re.compile(r"<#\w+\|([^>]*)>"), r"#\1"),
    (re.compile(r"<@\w+(?:\|[^>]*)?>"), "@colleague"),
)


@dataclass(frozen=True)
class _Start:
    """What a new form begins with."""

    today: date
    last: Win | None
    sees: Visibility

    def typed(self, metric: Metric | None) -> dict[str, str | None]:
        known: dict[str, str | None] = {"practice": self.last.practice} if self.last else {}
        # A survey says nothing about referrals: where numbers come from goes with what they measure.
        if self.last and metric and metric.id == self.last.metric:
            known["source"] = self.last.source
        return {**known, "happened_on": self.today.isoformat(), "visibility": self.sees}


async def log(deps: Deps, asked: Asked) -> None:
    """Opens the form, on what the words name, else on what was logged last."""
    start = await deps.transact(_start, deps, asked.person)
    metric = _meant(deps.content, asked.words, start.last)
    await asked.open(form(deps.content, Sheet(metric=metric.id if metric else None), start.typed(metric)))


async def log_from_message(deps: Deps, asked: Asked) -> None:
    """Opens the form with a message's text in the note, unless it seems to hold patient data."""
    start = await deps.transact(_start, deps, asked.person)
    note: str | None = plain_words(asked.words)[: LONGEST["note"]].strip()
    metric = _meant(deps.content, "", start.last)
    sheet = Sheet(metric=metric.id if metric else None, more=True)
    try:
        screened.refuse({"note": note})
    except FormError as error:
        note, sheet = None, replace(sheet, left_out=str(error))
    period = metric.period if metric else None
    await asked.open(form(deps.content, sheet, {**start.typed(metric), "period": period, "note": note}))


def _start(session: Session, deps: Deps, person: Person) -> _Start:
    glance = deps.meet(session, person)
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    last = wins.last_used(session, **whose)
    if last is not None:
        return _Start(glance.today, last, visibility(last.status))
    has_manager = reporting.manager_of(session, **whose) is not None
    return _Start(glance.today, None, "manager" if has_manager else "me")


def _meant(content: Content, words: str, last: Win | None) -> Metric | None:
    """The metric that some words point to: one by its own name, or an outcome's usual one."""
    if not words:
        return known_metric(content, last.metric) if last else None
    metrics, outcomes = find(words, content.metrics), find(words, content.outcomes)
    if outcomes and (words == outcomes[0].id or not metrics):
        return outcomes[0].default_metric
    return metrics[0] if metrics else None


def plain_words(text: str) -> str:
    """A message without Slack's own markup for links and mentions."""
    for pattern, words in _MARKUP:
        text = pattern.sub(words, text)
    return text


async def edit(deps: Deps, asked: Asked, win_id: int) -> None:
    """Opens the form of one's own win. Raises UserError where there is none, or none to be edited."""
    sheet, initial = await deps.transact(_stored, deps, asked.person, win_id)
    await asked.open(form(deps.content, sheet, initial))


def _stored(
    session: Session, deps: Deps, person: Person, win_id: int
) -> tuple[Sheet, Mapping[str, str | None]]:
    win = own_to_edit(session, deps.meet(session, person), win_id)
    metric = known_metric(deps.content, win.metric)
    details = (win.title, win.period, win.compared_with, win.baseline_period, win.source, win.link, win.note)
    # Where the length of time was left open, the short form would put one in its place.
    left_open = metric is not None and assumed(metric, beside_another=win.baseline is not None) is not None
    sheet = Sheet(
        metric=metric.id if metric else None,
        more=any(details) or left_open,
        win=win.id,
        revision=win.revision,
        confirmed_by=_confirmed_by(session, win),
    )
    return sheet, {**as_typed(win, metric), "visibility": visibility(win.status)}


def _confirmed_by(session: Session, win: Win) -> str | None:
    """The Slack id of who confirmed it, empty where they were erased; None where nobody did."""
    if win.status != "verified":
        return None
    decider = session.get(Member, win.decided_by) if win.decided_by is not None else None
    return decider.user_id if decider else ""


def own_to_edit(session: Session, glance: Glance, win_id: int) -> Win:
    """One's own win that may be edited. Raises UserError."""
    win = wins.own(session, workspace_id=glance.workspace_id, member_id=glance.member_id, win_id=win_id)
    if win is None:
        raise UserError(GONE)
    if not may(Deed.EDIT, relation=Relation.OWNER, status=win.status):
        raise UserError(NOT_NOW)
    return win


SHORTCUTS: Final = (Shortcut("log_win_shortcut", log), Shortcut("log_win_from_message", log_from_message))
