"""Sixty weeks in fourteen places, started anew whenever something is due: each week has its message or its reason."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import FEATURES, App
from slackbot.delivery import Sender
from slackbot.rules.schedule import AWAY, CHANGED, PAUSED, slots_between
from tests.delivery.ledger import begin, ledger_of
from tests.features.records import member_of

pytestmark = [pytest.mark.door, pytest.mark.slow, pytest.mark.timeout(900)]

START = datetime(2026, 9, 21, 12, 0, tzinfo=UTC)
"""A Monday. Sixty weeks from here have both clock changes of either half of the world, and an ISO week 53."""
PLACES = {
    # zone: weekday and time of the weekly message; where clocks change, inside the gap or the repeated hour
    "America/New_York": ("Sunday", "02:30"),
    "America/Phoenix": ("Monday", "09:00"),
    "Australia/Lord_Howe": ("Sunday", "02:15"),
    "Asia/Kathmandu": ("Wednesday", "08:00"),
    "Pacific/Apia": ("Friday", "16:45"),
    "Africa/Cairo": ("Friday", "00:30"),
    "America/Santiago": ("Sunday", "00:15"),
    "Europe/London": ("Sunday", "01:30"),
    "Australia/Sydney": ("Sunday", "02:30"),
    "Asia/Tehran": ("Saturday", "08:30"),
    "Pacific/Honolulu": ("Monday", "07:00"),
    "UTC": ("Thursday", "23:59"),
    "America/Chicago": ("Monday", "09:00"),
    "America/Nuuk": ("Saturday", "23:30"),
}


@pytest.fixture
def clock() -> Clock:
    return Clock(START, frozen=True)


class Restarts:
    """A process that ends after every tick: each due instant is met by a sender that knows nothing."""

    def __init__(self, app: App, clock: Clock) -> None:
        self._app, self.count = app, 0
        clock.tick = self.tick

    def sender(self) -> Sender:
        self.count += 1
        return Sender(self._app.deps, [kind for feature in FEATURES for kind in feature.scheduled])

    async def tick(self) -> None:
        await self.sender().tick()
        await self.sender().tick()


async def _settles(person: Person, app: App, **fields: str) -> None:
    await person.slash("nudges change")
    person.fills(**fields)
    seen = await person.submits()
    assert seen.ok, seen.errors
    await person.closes(all=True)
    await app.deps.background.drain()


async def _lives(people: dict[str, Person], app: App, clock: Clock, weeks: int) -> None:
    """What happens on the way: a pause, time off, travels in the middle of a week, and changed minds."""
    ana, eli = people["America/Phoenix"], people["America/Chicago"]
    await _settles(people["Asia/Kathmandu"], app, paused_until="2026-11-05")
    await _settles(eli, app, away_first="2026-10-12", away_last="2026-10-23")
    await clock.advance(weeks=5, days=2, hours=1)
    # West and east, on the day that its message is due, and back again.
    people["Pacific/Honolulu"].zone = "Pacific/Apia"
    ana.zone = "Asia/Tokyo"
    for person in (people["Pacific/Honolulu"], ana):
        await person.slash("nudges")
    await app.deps.background.drain()
    await clock.advance(weeks=1, days=1)
    people["Pacific/Honolulu"].zone = "Pacific/Honolulu"
    ana.zone = "America/Phoenix"
    for person in (people["Pacific/Honolulu"], ana):
        await person.slash("nudges")
    # Friday's message becomes Monday's on a Thursday, and Friday's again; another one's Thursday becomes Tuesday.
    await _settles(people["Pacific/Apia"], app, weekday="Monday")
    await _settles(people["Pacific/Apia"], app, weekday="Friday")
    await _settles(people["UTC"], app, weekday="Monday")
    await clock.advance(weeks=weeks - 7, days=2)
    await _settles(people["Pacific/Apia"], app, weekday="Monday")
    await clock.advance(days=9)


async def _sixty(slack: Sandbox, app: App, clock: Clock, weeks: int) -> tuple[Counter[str], int, int]:
    restarts = Restarts(app, clock)
    people = {zone: slack.hires(f"p{n}", zone=zone) for n, zone in enumerate(PLACES)}
    await begin(app, *people.values())
    for zone, (weekday, at) in PLACES.items():
        await _settles(people[zone], app, weekday=weekday, time=at)
    first = {zone: member_of(app, person).next_nudge_slot for zone, person in people.items()}
    await _lives(people, app, clock, weeks)
    counted: Counter[str] = Counter()
    for zone, person in people.items():
        rows, begun = ledger_of(app, person), first[zone]
        last = member_of(app, person).next_nudge_slot
        assert begun is not None
        assert last is not None
        assert sorted(row.slot for row in rows) == slots_between(begun, last), zone
        assert all(row.state in {"sent", "skipped"} for row in rows), zone
        assert all(row.reason for row in rows if row.state == "skipped"), zone
        sent = [row for row in rows if row.state == "sent"]
        assert len(person.dms()) == len(sent), zone
        counted.update(row.reason or row.state for row in rows)
    return counted, sum(counted.values()), restarts.count


def _tell(counted: Counter[str], slots: int, restarts: int) -> None:
    print(f"\n{len(PLACES)} places, {slots} slots, {restarts} starts: {dict(counted)}")  # noqa: T201  (evidence, shown by -s)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_over_sixty_weeks_each_week_has_its_message_or_its_reason(
    slack: Sandbox, app: App, clock: Clock
) -> None:
    counted, slots, restarts = await _sixty(slack, app, clock, 60)
    _tell(counted, slots, restarts)
    assert slots >= 60 * len(PLACES) - len(PLACES)
    assert {"sent", PAUSED, AWAY, CHANGED} <= set(counted)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_over_twelve_weeks_on_postgresql_too(slack: Sandbox, app: App, clock: Clock) -> None:
    counted, slots, restarts = await _sixty(slack, app, clock, 12)
    _tell(counted, slots, restarts)
    assert {"sent", PAUSED, AWAY, CHANGED} <= set(counted)
