"""`/prm privacy export`: all that is kept about somebody, as one zip of JSON and tables, or else in pages of text."""

import asyncio
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from sqlmodel import Session

from slackbot import exports
from slackbot.allowances import FILES
from slackbot.deps import Deps
from slackbot.exports import Cell, File
from slackbot.feature import Asked
from slackbot.features.privacy import telling
from slackbot.home import Glance
from slackbot.ui.blocks import Block, Message, actions, context, header, message, runs, section
from slackbot.ui.pages import leaf
from slackbot.ui.text import cut, escape
from storage import audit, everything
from storage.everything import Kept
from storage.members import Person

Everything = Mapping[str, Sequence[Kept]]

TITLES: Final = {
    "profile": "Profile and settings",
    "win": "Wins",
    "win_revision": "Every version of your wins",
    "said_about_others_wins": "What you wrote about others' wins",
    "target": "Targets",
    "credential": "Credentials",
    "member_skill": "Skills",
    "reporting": "Your managers",
    "reports": "Who reports to you",
    "criteria_written": "Criteria you wrote",
    "delivery": "Messages",
    "reminder": "Reminders you set",
    "time_off": "Time off",
    "audit_event": "Who read or changed what",
}
ON_ITS_WAY: Final = (
    "*Your file is on its way:* everything I keep about you, as one JSON file and as tables, packed into a zip. It comes as "
    "a message from me."
)
IN_IT: Final = "*Everything I keep about you*, {day}: {counts}."
AS_TEXT: Final = "*Everything I keep about you.* {how}"
READ_ME: Final = """Everything PRM Coach keeps about you.

everything.json   all of it, with every column
*.csv             the same, one table each, for a spreadsheet
Times are in UTC. Other people are named only where they had a part in something of yours.
Colleagues' own wins, targets and notes are not in here.
"""
LONGEST: Final = 600
_IN_FULL: Final = frozenset({"row", "items"})
"""What a page of text would be too long with: the file has it."""
BACK: Final = (runs("What I keep", "privacy"),)


async def export(deps: Deps, asked: Asked, page: int) -> Message:
    """The file comes after the answer, where the workspace lets the app send some."""
    as_file = await exports.granted(deps, asked.person.workspace_id)
    if as_file or page == 1:
        deps.allowances.take(asked.person, FILES, deps.now())
    found, glance = await deps.transact(_read, deps, asked.person, is_new=as_file or page == 1)
    if not as_file:
        return _as_text(found, page)
    deps.background.start(_send(deps, asked.person, found, glance), "own export")
    return message(section(ON_ITS_WAY), actions(*BACK))


def _read(session: Session, deps: Deps, person: Person, *, is_new: bool) -> tuple[Everything, Glance]:
    glance = telling.met(session, deps, person)
    found = everything.of_member(session, glance.member)
    if is_new:
        # After it was read: the file tells of what was there before.
        audit.record(
            session,
            workspace_id=glance.workspace_id,
            actor_id=glance.member_id,
            action="member.exported",
            subject=f"member:{glance.member_id}",
            now=glance.now,
        )
    return found, glance


async def _send(deps: Deps, person: Person, found: Everything, glance: Glance) -> None:
    # A year of a busy team takes a tenth of a second, in which others would wait.
    packed = await asyncio.to_thread(pack, found)
    file = File(f"prm-coach-{glance.today.isoformat()}.zip", packed)
    counts = ", ".join(f"{_title(name)} {len(rows):,}" for name, rows in found.items())
    await exports.send(
        deps, person, [file], IN_IT.format(day=glance.today.isoformat(), counts=escape(counts))
    )


def pack(found: Everything) -> bytes:
    """The zip: everything as JSON, and each kind of row as a table that no spreadsheet takes for formulas."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", READ_ME)
        archive.writestr("everything.json", json.dumps(found, default=_plain, ensure_ascii=False, indent=1))
        for name, rows in found.items():
            archive.writestr(f"{name}.csv", exports.table(_table(rows)))
    return packed.getvalue()


def _plain(value: object) -> str:
    match value:
        case Decimal():
            return f"{value:f}"
        case date() | datetime() | time():
            return value.isoformat()
    raise TypeError(f"no column holds a {type(value).__name__}")


def _table(rows: Sequence[Kept]) -> Iterator[Sequence[Cell]]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    yield names
    for row in rows:
        yield [_cell(row.get(name)) for name in names]


def _cell(value: Any) -> Cell:
    match value:
        case datetime() | time():
            return value.isoformat()
        case dict() | list():
            return json.dumps(value, default=_plain, ensure_ascii=False)
        case bool():
            return "yes" if value else "no"
    cell: Cell = value
    return cell


def _as_text(found: Everything, page: int) -> Message:
    """A page of it."""
    top = [section(AS_TEXT.format(how=exports.HOW_TO_ALLOW))]
    body: list[Block] = []
    for name, rows in found.items():
        body.append(header(_title(name)))
        body.extend(section(_line(row)) for row in reversed(rows))
    body.append(context("That was all of it."))
    return leaf("privacy export", page, body, top=top, ways=BACK)


def _line(row: Kept) -> str:
    """One row in words: what is empty or false says nothing."""
    said = (
        f"{name.replace('_', ' ').removesuffix(' id')}: {cut(_said(value), LONGEST)}"
        for name, value in row.items()
        if name not in _IN_FULL and value not in (None, False, "", [])
    )
    return escape("; ".join(said))


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return str(_cell(value))


def _title(name: str) -> str:
    return TITLES.get(name, name.replace("_", " ").capitalize())
