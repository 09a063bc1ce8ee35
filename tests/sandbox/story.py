"""Tells the demo's story on a database of its own, and keeps what was there afterwards."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session, SQLModel, select

from sandbox import demo
from sandbox.clock import Clock
from sandbox.demo.calendar import Span
from sandbox.demo.measures import MEASURES
from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.state import Message
from slackbot.app import App
from slackbot.sandboxed import sandbox_settings
from storage.models import CriteriaSet, Delivery, Member, Reporting, Target, Win, WinRevision
from tests.conftest import KEY, Trouble, running
from tests.databases import Databases

Row = TypeVar("Row", bound=SQLModel)
TODAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    """What was there after the demo."""

    span: Span
    wins: dict[str, list[Win]]
    """By the name of the person, in the order in which they were logged."""
    versions: dict[int, list[WinRevision]]
    """By the number of the win, the first one first."""
    reporting: list[tuple[str, str, Reporting]]
    """Who reported to whom, in the order in which it began."""
    targets: list[Target]
    """Every one there is or was, the oldest first."""
    criteria: list[CriteriaSet]
    members: dict[str, Member]
    deliveries: dict[str, list[Delivery]]
    messages: Sequence[Message]
    weekly: dict[str, list[datetime]]
    digests: dict[str, list[datetime]]
    homes: dict[str, str]
    team_of_ben: str
    """What `/prm team` says to him at the end."""
    refusals: int
    clock: datetime
    ids: dict[str, str]
    """What Slack calls people, by name."""
    names: dict[str, str]
    """Of conversations: the channel's, or the person's whose conversation with the app it is."""

    def logged(self, name: str) -> list[tuple[object, ...]]:
        """Everything about somebody's wins but the ids."""
        return [
            (
                *(one.metric, one.baseline, one.result, one.part, one.sample, one.period, one.compared_with),
                *(one.happened_on, one.practice, one.source, one.title, one.note, one.link, one.status),
                tuple(self.deeds(one)),
            )
            for one in self.wins.get(name, [])
        ]

    def deeds(self, win: Win) -> list[str]:
        """What was done to a win, in its order."""
        assert win.id is not None, "a stored row has an id"
        return [version.deed for version in self.versions[win.id]]

    @property
    def names_of(self) -> dict[int | None, str]:
        """By the ids of members; nobody's is not in it."""
        return {member.id: name for name, member in self.members.items()}

    @property
    def outcomes(self) -> set[str]:
        return {win.outcome for win in self.all_wins}

    @property
    def all_wins(self) -> list[Win]:
        return [win for wins in self.wins.values() for win in wins]

    def said(self) -> list[tuple[str, int, str]]:
        """All messages, to the second: who is first of those due at one instant is anybody's guess."""
        return sorted((self.names[one.channel], int(float(one.ts)), one.text) for one in self.messages)

    def declines(self, name: str, outcome: str) -> list[Win]:
        down = {one.metric for one in MEASURES if one.down}
        return [
            one
            for one in self.wins[name]
            if one.outcome == outcome
            and one.baseline is not None
            and (one.result > one.baseline if one.metric in down else one.result < one.baseline)
        ]


async def _tell(database_url: str, length: timedelta) -> Story:
    slack = Sandbox(clock=Clock(TODAY - length, frozen=True))
    trouble = Trouble()
    async with slack, running(slack, sandbox_settings(slack, database_url, PRM_ENCRYPTION_KEYS=KEY)) as app:
        await slack.install("riverside")
        await slack.install("lakeview")
        logging.getLogger().addHandler(trouble)
        try:
            await demo.live(slack, until=TODAY, settle=app.deps.background.drain)
        finally:
            logging.getLogger().removeHandler(trouble)
        trouble.check()
        return await _story(slack, app, Span(TODAY - length, TODAY))


async def _story(slack: Sandbox, app: App, span: Span) -> Story:
    ids = {person.id: person.name for person in slack.people}

    wins, members, deliveries = await _all(app, Win), await _all(app, Member), await _all(app, Delivery)
    said = list(slack.state.messages)
    ben = slack.person("ben")
    team = await ben.slash("team", channel=ben.app_dm)
    versions, reporting = await _all(app, WinRevision), await _all(app, Reporting)
    names = {member.id: ids[member.user_id] for member in members}
    by_win: dict[int, list[WinRevision]] = defaultdict(list)
    for version in sorted(versions, key=lambda each: each.number):
        by_win[version.win_id].append(version)
    return Story(
        span=span,
        wins={name: [one for one in wins if names[one.member_id] == name] for name in names.values()},
        versions=by_win,
        reporting=[(names[each.member_id], names[each.manager_id], each) for each in reporting],
        targets=sorted(await _all(app, Target), key=lambda each: each.id or 0),
        criteria=sorted(await _all(app, CriteriaSet), key=lambda each: each.id or 0),
        members={ids[member.user_id]: member for member in members},
        deliveries={n: [one for one in deliveries if names[one.member_id] == n] for n in names.values()},
        messages=said,
        weekly={person.name: _came(person, deliveries, "nudge") for person in slack.people},
        digests={person.name: _came(person, deliveries, "manager_digest") for person in slack.people},
        homes={person.name: person.home.words for person in slack.people if person.home is not None},
        team_of_ben=team.words,
        refusals=len(slack.refusals),
        clock=slack.clock.now(),
        ids={person.name: person.id for person in slack.people},
        names={one.id: ids.get(one.user or "", one.name) for one in slack.state.channels.values()},
    )


async def _all(app: App, table: type[Row]) -> list[Row]:
    def rows(session: Session) -> list[Row]:
        found = list(session.exec(select(table)).all())
        session.expunge_all()
        return found

    return await app.deps.transact(rows)


def _came(person: Person, deliveries: Sequence[Delivery], kind: str) -> list[datetime]:
    """When somebody's scheduled messages of one kind came."""
    stamps = {each.ts for each in deliveries if each.kind == kind}
    return [datetime.fromtimestamp(float(one.ts), UTC) for one in person.dms() if one.ts in stamps]


def told(databases: Databases, folder: Path, length: timedelta) -> Story:
    return asyncio.run(_tell(databases.fresh("sqlite", folder), length))
