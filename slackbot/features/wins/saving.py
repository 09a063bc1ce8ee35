"""Follows the form of a win while it is filled in, and saves it: screened first, and once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlmodel import Session

from content import Content, Metric
from slackbot import screened, win_news
from slackbot.deps import Deps
from slackbot.errors import FormError, UserError
from slackbot.feature import Changed, Form, Submitted
from slackbot.features.wins import sheet as sheets
from slackbot.features.wins.form import CALLBACK, MORE, rebuilt
from slackbot.features.wins.opening import own_to_edit
from slackbot.features.wins.parsing import LONGEST, Entry, Values, parse, texts
from slackbot.features.wins.sheet import Sheet, known_metric
from slackbot.home import Glance
from slackbot.rules.win_states import Deed, status_for, visibility
from slackbot.ui.blocks import View
from storage import audit, win_changes, wins
from storage.models import Win

OVERTAKEN: Final = (
    "This win has changed since you opened the form, so nothing was saved. What you typed is still here: "
    "copy what you need, close it, and edit the win as it is now."
)
TICK: Final = "Please tick this, or change what you wrote."


async def changed(deps: Deps, change: Changed) -> View:
    """Fits the open form to the metric chosen in it, or makes it longer."""
    sheet = Sheet.read(change.metadata)
    return _refitted(deps.content, replace(sheet, more=sheet.more or change.action == MORE), change.values)


def _refitted(content: Content, sheet: Sheet, values: Values) -> View:
    metric = known_metric(content, values.get("metric"))
    return rebuilt(content, sheet.followed(metric, content, values), values, sheet.shown(content))


async def submitted(deps: Deps, back: Submitted) -> View | None:
    """Saves what the form says, once however often it is sent, when nothing in it has to be mended or asked about."""
    sheet = Sheet.read(back.metadata)
    metric = known_metric(deps.content, back.values.get("metric"))
    if metric is not None and _outpaced(sheet.shown(deps.content), metric, back.values):
        return _refitted(deps.content, sheet, back.values)
    try:
        done = await deps.transact(_take, deps, back, sheet, _screened(back.values))
    except FormError as error:
        raise FormError(
            {sheet.block(name, deps.content): said for name, said in error.errors.items()}
        ) from error
    if isinstance(done, sheets.Asked):
        return _refitted(deps.content, replace(sheet, asked=done), back.values)
    if done is not None:
        win_news.changed(deps, back.person, done)
    return None


def _outpaced(shown: Metric | None, metric: Metric, values: Values) -> bool:
    """Whether the form was sent before it could follow the choice of a metric that asks for other numbers."""
    counted = values.get("sample") is not None and shown is not None and shown.sample is not metric.sample
    return counted or (metric.part is not None) is not ("part" in values)


@dataclass(frozen=True)
class _Screened:
    refused: Mapping[str, str]
    doubts: screened.Doubts


def _screened(values: Values) -> _Screened:
    """What the free texts hold that is refused or asked about; before the database is spoken to."""
    try:
        screened.refuse(texts(values))
    except FormError as error:
        return _Screened(error.errors, screened.Doubts())
    return _Screened({}, screened.doubts(texts(values)))


def _take(
    session: Session, deps: Deps, back: Submitted, sheet: Sheet, found: _Screened
) -> Win | sheets.Asked | None:
    """The win as it was saved, or what has to be asked first; None where there was nothing to save."""
    glance = deps.meet(session, back.person)
    entry = _entry(back.values, glance, found.refused)
    stored = None if sheet.win is None else own_to_edit(session, glance, sheet.win)
    if stored is not None and _says(stored, entry):
        return None
    asking = _open_questions(entry, found.doubts, stored, sheet.asked.times + 1)
    if not sheet.asked.covers(asking):
        return asking
    _require_ticks(asking, back.values)
    columns = {
        **entry.columns,
        "identifier_cleared": bool(found.doubts.identifiers),
        "wording_marked": bool(found.doubts.inducement),
        "above_whole_ok": entry.above is not None,
        "status": status_for(entry.visibility),
    }
    if stored is None:
        return _add(session, glance, back.key, columns)
    return _change(session, glance, stored, sheet, entry, columns)


def _entry(values: Values, glance: Glance, refused: Mapping[str, str]) -> Entry:
    try:
        entry = parse(values, glance.content, glance.today)
    except FormError as error:
        raise FormError({**error.errors, **refused}) from error
    if refused:
        raise FormError(refused)
    return entry


def _open_questions(entry: Entry, doubts: screened.Doubts, stored: Win | None, times: int) -> sheets.Asked:
    """What has to be asked: not again what a stored win was asked, as long as it says the same."""
    if stored is None:
        return sheets.Asked.about(doubts, entry.above, times)
    same = all(getattr(stored, name) == getattr(entry, name) for name in LONGEST)
    identifiers = frozenset() if same and stored.identifier_cleared else doubts.identifiers
    inducement = frozenset() if same and stored.wording_marked else doubts.inducement
    above = None if stored.above_whole_ok and stored.result == entry.result else entry.above
    return sheets.Asked.about(screened.Doubts(identifiers, inducement), above, times)


def _require_ticks(asking: sheets.Asked, values: Values) -> None:
    missing = {box: TICK for box in asking.boxes if values.get(box) is None}
    if missing:
        raise FormError(missing)


def _says(win: Win, entry: Entry) -> bool:
    """Whether the win says all of that already: nothing was changed, or the same form came before."""
    same = all(getattr(win, name) == value for name, value in entry.columns.items())
    return same and visibility(win.status) == entry.visibility


def _add(session: Session, glance: Glance, key: str, columns: Mapping[str, Any]) -> Win | None:
    win, is_new = wins.add(
        session,
        Win(
            workspace_id=glance.workspace_id,
            member_id=glance.member_id,
            submission_key=key,
            created_at=glance.now,
            shared_at=glance.now if columns["status"] == "shared" else None,
            **columns,
        ),
    )
    if is_new:
        _audit(session, glance, "win.logged", win)
    return win if is_new else None


def _change(
    session: Session, glance: Glance, seen: Win, sheet: Sheet, entry: Entry, columns: Mapping[str, Any]
) -> Win | None:
    """Raises UserError when the win is no longer what the form was opened on."""
    assert seen.id is not None, "a stored row has an id"
    fresh = None
    if seen.revision == sheet.revision:
        deed = Deed.EDIT.value
        fresh = win_changes.change(session, seen, by=glance.member_id, now=glance.now, deed=deed, **columns)
    if fresh is not None:
        _audit(session, glance, "win.edited", fresh)
    elif not _says(own_to_edit(session, glance, seen.id), entry):
        raise UserError(OVERTAKEN)
    return fresh


def _audit(session: Session, glance: Glance, action: str, win: Win) -> None:
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action=action,
        subject=f"win:{win.id}",
        now=glance.now,
    )


FORMS: Final = (Form(CALLBACK, submitted, changed),)
