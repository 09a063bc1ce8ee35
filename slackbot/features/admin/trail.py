"""`/prm admin log`: who did what to what, newest first, in words; never what anybody wrote. Reading it is on it too."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self
from zoneinfo import ZoneInfo

from sqlmodel import Session

from content import Content, UnknownEntryError
from slackbot.deps import Deps
from slackbot.features.admin.access import enter, record
from slackbot.features.admin.deeds import BY_ITSELF, DEEDS
from slackbot.features.admin.pages import BACK
from slackbot.ui.blocks import Block, Message, actions, context, header, message, runs, section
from slackbot.ui.text import clock, escape
from storage import trail
from storage.members import Person
from storage.trail import Row, Subject

SHOWN: Final = 8
NOTHING: Final = "Nothing here."
LEFT_OUT: Final = "What people do with what only they see is left out: wins they never shared, credentials, their own ratings."
GONE: Final = Subject()


WORDS: Final = re.compile(r"^(?P<all>all\b)?\s*(?P<page>[1-9]\d{0,3})?\s*(?:from (?P<latest>\d{1,9}))?")


@dataclass(frozen=True)
class Asked:
    """A page; `latest` is the newest row there was when somebody began to read, `by_itself` has also what nobody did."""

    page: int
    latest: int | None
    by_itself: bool

    @classmethod
    def read(cls, words: str) -> Self:
        found = WORDS.match(words.lower().strip())
        assert found is not None, "it matches nothing, too"
        latest = found["latest"]
        return cls(int(found["page"] or 1), int(latest) if latest else None, bool(found["all"]))

    def words(self, page: int) -> str:
        whole = " all" if self.by_itself else ""
        return f"admin log{whole} {page} from {self.latest}"


def log(session: Session, deps: Deps, person: Person, words: str) -> Message:
    """One page of it."""
    glance, asked = enter(session, deps, person), Asked.read(words)
    found = trail.newest(
        session,
        workspace_id=glance.workspace_id,
        limit=SHOWN + 1,
        offset=(asked.page - 1) * SHOWN,
        latest=asked.latest,
        by_itself=asked.by_itself,
    )
    rows = found[:SHOWN]
    if rows and asked.latest is None:
        asked = replace(asked, latest=rows[0].id)
    about = trail.subjects(session, {row.subject for row in rows}, workspace_id=glance.workspace_id)
    record(session, glance, "log_read", "")
    said = "\n".join(_lines(rows, about, glance.content, glance.zone)) or NOTHING
    return message(header("Audit log"), section(said), context(LEFT_OUT), *_ways(asked, len(found) > SHOWN))


def _ways(asked: Asked, has_more: bool) -> list[Block]:
    turns = [runs("Older", asked.words(asked.page + 1))] if has_more else []
    turns += [runs("Newer", asked.words(asked.page - 1))] if asked.page > 1 else []
    other = (
        runs("Only what people did", "admin log") if asked.by_itself else runs("With mine", "admin log all")
    )
    return [actions(*turns, other, *BACK)]


def _lines(rows: Sequence[Row], about: Mapping[str, Subject], content: Content, zone: ZoneInfo) -> list[str]:
    """What somebody did several times running is one line, at the time of the last."""
    lines: list[tuple[datetime, str, int]] = []
    for row in rows:
        said = sentence(row, about.get(row.subject, GONE), content)
        if lines and lines[-1][1] == said:
            at, _, times = lines[-1]
            lines[-1] = (at, said, times + 1)
        else:
            lines.append((row.at, said, 1))
    return [
        f"_{_when(at.astimezone(zone))}_ {said}{f' ({times} times)' if times > 1 else ''}"
        for at, said, times in lines
    ]


def sentence(row: Row, about: Subject, content: Content) -> str:
    """ "<@U0BEN> confirmed a win of <@U0ANA>"; an action that is not known here as it is called."""
    deeds = DEEDS if row.who or row.left else BY_ITSELF
    said = deeds.get(row.action)
    if said is None:
        who = _did(row) if row.who or row.left else "By itself"
        return f"{who}: {escape(row.action)}, {escape(row.subject)}"
    return said.format(
        who=_did(row),
        owner=_called(about.owner),
        whose="themselves" if row.who and about.owner == row.who else _called(about.owner),
        other=_called(about.other),
        rung=_rung(about, content),
        version=about.version or "",
    )


def _did(row: Row) -> str:
    return "Somebody who was erased" if row.left else f"<@{row.who}>"


def _called(user_id: str | None) -> str:
    return f"<@{user_id}>" if user_id else "somebody"


def _rung(about: Subject, content: Content) -> str:
    try:
        return escape(content.rung(about.rung or "").name)
    except UnknownEntryError:
        return escape(about.rung or "a role")


def _when(moment: datetime) -> str:
    return f"{moment:%b} {moment.day}, {moment.year}, {clock(moment.time())}"
