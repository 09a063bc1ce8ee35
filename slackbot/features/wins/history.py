"""What became of a win: who did what and when, what was said with it, and each field as it was and as it is."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlmodel import Session

from content import Content, Metric, UnknownEntryError
from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.features.wins.changing import One, back, missing, own
from slackbot.features.wins.listing import words_for
from slackbot.home import Glance
from slackbot.rules.readings import number, reading
from slackbot.rules.win_states import Deed
from slackbot.ui.blocks import Block, Message, header, runs, section
from slackbot.ui.pages import leaf
from slackbot.ui.text import clock, cut, day, escape, mention_of
from slackbot.win_news import moved, quoted
from slackbot.win_words import COMPARISONS, PERIODS, SOURCES
from storage import win_changes
from storage.models import Member, Win
from storage.win_changes import Past

Row = Mapping[str, Any]

DEEDS: Final[Mapping[str, str]] = {
    "logged": "Logged",
    "edited": "Edited",
    "shared": "Shared with the manager",
    "asked": "A question",
    "answered": "Answered",
    "confirmed": "Confirmed",
    "declined": "Not confirmed",
    "delegated": "Back in the manager's queue",  # only where it was given to nobody: see _deed
    "withdrawn": "Withdrawn",
    "returned": "Taken back",
    "deleted": "Deleted",
    "restored": "Brought back",
}
STATUSES: Final[Mapping[str, str]] = {
    "private": "only you",
    "shared": "waiting",
    "needs_info": "question",
    "verified": "confirmed",
    "declined": "not confirmed",
    "withdrawn": "withdrawn",
}
SAID_SHOWN: Final = 1000
TEXT_SHOWN: Final = 120
NOTHING: Final = "nothing"

_NAMES: Final = {
    "source": {each.value: each.label for each in SOURCES},
    "period": {each.value: each.label for each in PERIODS},
    "baseline_period": {each.value: each.label for each in PERIODS},
    "compared_with": {each.value: each.label for each in COMPARISONS},
}
FIELDS: Final[Mapping[str, str]] = {
    "title": "Title",
    "metric": "Metric",
    "baseline": "Baseline",
    "result": "Result",
    "part": "Of them",
    "sample": "Sample",
    "happened_on": "Date",
    "period": "Period",
    "period_start": "Period from",
    "period_end": "Period to",
    "compared_with": "Compared with",
    "baseline_period": "Period of the baseline",
    "annualized": "As yearly figures",
    "practice": "Practice",
    "source": "Source",
    "note": "Note",
    "link": "Link",
    "wording_marked": "Wording left out of exports",
    "identifier_cleared": "Said not to be a patient's",
    "above_whole_ok": "More than the whole, on purpose",
}
"""What a person can change, in the order of the form."""


async def history(deps: Deps, asked: Asked, one: One) -> Message:
    """All versions of a win, newest first."""
    told = await deps.transact(_told, deps, asked, one)
    if told is None:
        return missing(one)
    win, entries = told
    ways = (runs("This win", words_for(Deed.READ, win)), back(one))
    words = words_for(Deed.HISTORY, win, one.tail)
    top = [header("History"), section(moved(deps.content, win))]
    return leaf(words, one.page, entries, top=top, ways=ways)


def _told(session: Session, deps: Deps, asked: Asked, one: One) -> tuple[Win, list[Block]] | None:
    glance = deps.meet(session, asked.person)
    win = own(session, glance, one.number)
    if win is None:
        return None
    past = win_changes.history(session, win)
    before: list[Past | None] = [None, *past]
    entries = [section(_entry(session, glance, was, each)) for was, each in zip(before, past, strict=False)]
    return win, entries[::-1]


def last_said(session: Session, win: Win, deed: Deed) -> Past | None:
    """Who did that to a win last, with what they said."""
    done = [past for past in win_changes.history(session, win) if past.revision.deed == deed]
    return done[-1] if done else None


def _entry(session: Session, glance: Glance, was: Past | None, now: Past) -> str:
    revision = now.revision
    here = revision.at.astimezone(glance.zone)
    who = "you" if revision.by_id == glance.member_id else mention_of(now.user_id)
    lines = [f"*{_deed(session, now)}* by {who}, {day(here)} at {clock(here.time())}"]
    if was is not None:
        lines += differences(glance.content, was.revision.row, revision.row)
        lines += _standing(was.revision.row, revision.row) if revision.deed == Deed.EDIT else []
    if revision.said:
        lines.append(quoted(revision.said, SAID_SHOWN))
    return "\n".join(lines)


def _deed(session: Session, past: Past) -> str:
    given_to = past.revision.row.get("delegate_id") if past.revision.deed == Deed.DELEGATE else None
    delegate = session.get(Member, given_to) if given_to else None
    return f"Given to <@{delegate.user_id}> to confirm" if delegate else DEEDS[past.revision.deed]


def differences(content: Content, old: Row, new: Row) -> list[str]:
    """Field by field what changed, in mrkdwn: "Result: 150 referrals → 160 referrals"."""
    lines = []
    for name, label in FIELDS.items():
        if old.get(name) != new.get(name):
            was, now = _said(content, old, name), _said(content, new, name)
            lines.append(f"{label}: {was} → {now}" if was != now else f"{label}: changed further on")
    return lines


def _standing(old: Row, new: Row) -> list[str]:
    """Where an edit left the win; of every other deed its name says so."""
    if old["status"] == new["status"]:
        return []
    return [f"Who sees it: {STATUSES[old['status']]} → {STATUSES[new['status']]}"]


def _said(content: Content, row: Row, name: str) -> str:
    """One field of a version as a person reads it. Older versions may lack what came later."""
    value = row.get(name)
    if value is None:
        return NOTHING
    match name:
        case "metric":
            metric = _metric(content, value)
            return escape(metric.label if metric else value)
        case "baseline" | "result":
            metric = _metric(content, row["metric"])
            return reading(metric, Decimal(value)) if metric else number(Decimal(value))
        case "happened_on" | "period_start" | "period_end":
            return day(date.fromisoformat(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _in_words(name, value)


def _in_words(name: str, value: object) -> str:
    if name in _NAMES:
        return escape(_NAMES[name].get(str(value), str(value)))
    return f"{value:,}" if isinstance(value, int) else f"“{escape(cut(str(value), TEXT_SHOWN))}”"


def _metric(content: Content, metric_id: str) -> Metric | None:
    try:
        return content.metric(metric_id)
    except UnknownEntryError:
        return None
