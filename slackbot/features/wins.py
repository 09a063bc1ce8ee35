"""`/prm log` and `/prm wins`: a liaison logs what they achieved, and sees it with the change worked out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from sqlmodel import Session

from content import Content, Direction, Metric, UnknownEntryError, find
from slackbot.deps import Deps
from slackbot.errors import FormError
from slackbot.feature import Asked, Feature, Form, Shortcut, Subcommand, Submitted
from slackbot.home import Glance
from slackbot.rules.numbers import UnreadableNumberError, read_number
from slackbot.rules.outcomes import change, sentence
from slackbot.ui.blocks import Block, Message, View, actions, context, header, message, runs, section
from slackbot.ui.forms import Option, date_input, field, grouped_select, modal, select, text_input
from slackbot.ui.text import cut, day, escape, plural
from storage import audit, wins
from storage.models import Win

CALLBACK: Final = "log_win"
SHORTCUT: Final = "log_win_shortcut"
LONGEST_NOTE: Final = 3000
LONGEST_PRACTICE: Final = 200
PAGE: Final = 8
ON_HOME: Final = 3
SOURCES: Final = (
    Option("Electronic health record (EHR)", "ehr"),
    Option("Physician relationship software", "prm_software"),
    Option("Claims data", "claims"),
    Option("Finance", "finance"),
    Option("Survey", "survey"),
    Option("My own count", "self_reported"),
)
_SOURCE_NAMES: Final = {option.value: option.label for option in SOURCES}
NO_PATIENTS: Final = "No patient details, please: totals, practice names and dates are all a win needs. Only you see what you log."
FIRST_WIN: Final = "No wins yet. The first one can be small: one practice, one number before, one after."


@dataclass(frozen=True)
class Logged:
    """A filled-in form that makes sense."""

    metric: Metric
    baseline: Decimal | None
    result: Decimal
    happened_on: date
    practice: str | None
    source: str | None
    note: str | None


async def log(deps: Deps, asked: Asked) -> None:
    """Opens the form, on what the words name, if they name anything."""
    glance = await deps.transact(deps.meet, asked.person)
    await asked.open(form(deps.content, glance.today, _meant(deps.content, asked.words)))


def _meant(content: Content, words: str) -> Metric | None:
    """The metric that some words point to: one by its own name, or an outcome's usual one."""
    if not words:
        return None
    metrics, outcomes = find(words, content.metrics), find(words, content.outcomes)
    if outcomes and (words == outcomes[0].id or not metrics):
        return outcomes[0].default_metric
    return metrics[0] if metrics else None


def form(content: Content, today: date, metric: Metric | None) -> View:
    groups = {
        outcome.label: [Option(_metric_label(each), each.id) for each in outcome.metrics]
        for outcome in content.outcomes
    }
    return modal(
        CALLBACK,
        "Log a win",
        field("metric", "What did you move?", grouped_select(groups, metric.id if metric else None)),
        field(
            "result",
            "Result",
            text_input(longest=40, placeholder="150"),
            hint="The number now. Just the number is enough; I know the unit.",
        ),
        field(
            "baseline",
            "Baseline",
            text_input(longest=40, placeholder="120"),
            hint="The number before, over the same length of time. Leave it empty if there was none: that is not zero.",
            optional=True,
        ),
        field("happened_on", "Date", date_input(today.isoformat())),
        field("practice", "Practice or place", text_input(longest=LONGEST_PRACTICE), optional=True),
        field("source", "Where the numbers come from", select(SOURCES), optional=True),
        field("note", "Note", text_input(longest=LONGEST_NOTE, multiline=True), optional=True),
        context(NO_PATIENTS),
        submit="Save",
    )


def _metric_label(metric: Metric) -> str:
    return f"{metric.label}, lower is better" if metric.direction is Direction.DOWN else metric.label


def parse(values: Mapping[str, str | None], content: Content, today: date) -> Logged:
    """Reads the form. Raises FormError with a sentence for each field that must be mended."""
    errors: dict[str, str] = {}
    try:
        metric = content.metric(values.get("metric") or "")
    except UnknownEntryError:
        raise FormError({"metric": "Choose what you moved."}) from None
    numbers: dict[str, Decimal | None] = {}
    for name in ("result", "baseline"):
        try:
            text = values.get(name)
            numbers[name] = read_number(text, metric) if text else None
        except UnreadableNumberError as error:
            errors[name] = str(error)
    happened_on = _day(values.get("happened_on"), today, errors)
    result = numbers.get("result")
    if result is None:
        errors.setdefault("result", "Write the result: the number now.")
    if errors or result is None or happened_on is None:
        raise FormError(errors)
    return Logged(
        metric=metric,
        baseline=numbers["baseline"],
        result=result,
        happened_on=happened_on,
        practice=values.get("practice"),
        source=values.get("source"),
        note=values.get("note"),
    )


def _day(text: str | None, today: date, errors: dict[str, str]) -> date | None:
    try:
        chosen = date.fromisoformat(text or "")
    except ValueError:
        errors["happened_on"] = "Choose the day it happened."
        return None
    if chosen > today:
        errors["happened_on"] = "That day has not come yet. Choose today or earlier."
    return chosen


async def submitted(deps: Deps, back: Submitted) -> None:
    """Saves the win once, however often the form is sent, and sends the liaison a copy."""
    win = await deps.transact(_save, deps, back)
    if win is not None:
        deps.background.start(deps.tell(back.person, copy(deps.content, win)), "win copy")
        deps.refresh_home(back.person)


def _save(session: Session, deps: Deps, back: Submitted) -> Win | None:
    glance = deps.meet(session, back.person)
    logged = parse(back.values, deps.content, glance.today)
    win, is_new = wins.add(
        session,
        Win(
            workspace_id=glance.workspace_id,
            member_id=glance.member_id,
            submission_key=back.key,
            outcome=logged.metric.outcome,
            metric=logged.metric.id,
            baseline=logged.baseline,
            result=logged.result,
            happened_on=logged.happened_on,
            practice=logged.practice,
            source=logged.source,
            note=logged.note,
            created_at=glance.now,
        ),
    )
    if not is_new:
        return None
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="win.logged",
        subject=f"win:{win.id}",
        now=glance.now,
    )
    return win


def copy(content: Content, win: Win) -> Message:
    """The liaison's copy, with the computed change."""
    return message(
        section(f"Saved. {win_line(content, win)}"),
        *([section(f"&gt; {escape(cut(win.note, 500))}".replace("\n", "\n&gt; "))] if win.note else []),
        context("Not verified yet: this is your own report. Only you see it."),
        actions(runs("Log another", "log"), runs("My wins", "wins")),
    )


def win_line(content: Content, win: Win) -> str:
    """One win in words, in mrkdwn: what moved, from what to what, where, and when."""
    where = [escape(win.practice)] if win.practice else []
    source = _SOURCE_NAMES.get(win.source or "")
    details = ", ".join([*where, day(win.happened_on), *([f"source: {source}"] if source else [])])
    try:
        metric = content.metric(win.metric)
    except UnknownEntryError:
        # An organization may have taken its own metric away again; the numbers are still the person's.
        return f"*{escape(win.metric)}*: {win.result:f}\n{details}"
    return (
        f"*{escape(metric.label)}*: {sentence(metric, change(metric, win.baseline, win.result))}\n{details}"
    )


async def list_wins(deps: Deps, asked: Asked) -> Message:
    """One's own wins, newest first, a page at a time."""
    number = int(asked.words) if re.fullmatch("[1-9][0-9]{0,3}", asked.words) else 1
    page, total = await deps.transact(_page, deps, asked, number)
    return page_message(deps.content, page, total, number)


def _page(session: Session, deps: Deps, asked: Asked, number: int) -> tuple[Sequence[Win], int]:
    glance = deps.meet(session, asked.person)
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    return wins.newest(session, **whose, limit=PAGE, offset=(number - 1) * PAGE), wins.count(session, **whose)


def page_message(content: Content, page: Sequence[Win], total: int, number: int) -> Message:
    if total == 0:
        return message(section(FIRST_WIN), actions(runs("Log a win", "log")))
    pages = -(-total // PAGE)
    if not page:
        return message(
            section(f"There is no page {number}: {plural(total, 'win')} fill {plural(pages, 'page')}."),
            actions(runs("First page", "wins")),
        )
    where = f", page {number} of {pages}" if pages > 1 else ""
    ways = [runs("Log a win", "log")]
    ways += [runs("Newer", f"wins {number - 1}")] if number > 1 else []
    ways += [runs("Older", f"wins {number + 1}")] if number < pages else []
    lines = [section(win_line(content, win)) for win in page]
    return message(
        header("Your wins"),
        context(f"{plural(total, 'win')}{where}. Only you see them."),
        *lines,
        actions(*ways),
    )


def home(session: Session, glance: Glance) -> Sequence[Block]:
    """The newest wins."""
    latest = wins.newest(session, workspace_id=glance.workspace_id, member_id=glance.member_id, limit=ON_HOME)
    if not latest:
        return [section(f"*Your wins*\n{FIRST_WIN}")]
    lines = [section(win_line(glance.content, win)) for win in latest]
    return [section("*Your newest wins*"), *lines, actions(runs("All my wins", "wins"))]


FEATURE = Feature(
    name="wins",
    subcommands=(
        Subcommand(
            name="log",
            usage="[what]",
            summary="log a win: a number before, a number after.",
            run=log,
            group="Your wins",
            examples=("/prm log referrals",),
            aliases=("add", "new"),
        ),
        Subcommand(
            name="wins",
            usage="[page]",
            summary="your wins, with the change worked out.",
            run=list_wins,
            group="Your wins",
            aliases=("win", "mine"),
        ),
    ),
    forms=(Form(CALLBACK, submitted),),
    shortcuts=(Shortcut(SHORTCUT, log),),
    home=home,
)
