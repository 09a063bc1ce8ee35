"""Ten weeks through spring and autumn: the clocks change on different days, and nine o'clock stays nine o'clock."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from slackbot.app import App
from tests.delivery.ledger import arrivals, begin, states

pytestmark = pytest.mark.door

SPRING = datetime(2027, 2, 22, 18, 0, tzinfo=UTC)
"""New York's clocks go forward on 14 March, Berlin's on 28 March."""
AUTUMN = datetime(2027, 9, 27, 18, 0, tzinfo=UTC)
"""Berlin's clocks go back on 31 October, New York's on 7 November."""


@pytest.fixture(params=[SPRING, AUTUMN], ids=["spring", "autumn"])
def clock(request: pytest.FixtureRequest) -> Clock:
    return Clock(request.param, frozen=True)


async def test_ana_and_eli_hear_at_nine_every_monday_for_ten_weeks(
    ana: Person, eli: Person, app: App, clock: Clock
) -> None:
    eli.zone = "Europe/Berlin"
    await begin(app, ana, eli)

    await clock.advance(weeks=10)

    for person, zone in ((ana, "America/New_York"), (eli, "Europe/Berlin")):
        came = arrivals(person, zone)
        assert len(came) == 10
        assert {(moment.hour, moment.minute) for moment in came} == {(9, 0)}
        # Columbus Day, which only Ana has off.
        moved = [f"{moment:%a %b %d}" for moment in came if moment.weekday() != 0]
        assert moved == (["Tue Oct 12"] if person is ana and not _is_spring(came[0]) else [])
        mondays = [moment.date() - timedelta(days=moment.weekday()) for moment in came]
        assert all(after - before == timedelta(weeks=1) for before, after in pairwise(mondays))
        assert len({moment.utcoffset() for moment in came}) == 2
        assert len(set(states(app, person))) == 10


async def test_a_time_that_the_clock_skips_or_repeats_comes_once_that_week(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await ana.slash("nudges change")
    ana.fills(weekday="Sunday", time="02:30" if clock.now() == SPRING else "01:30")
    assert (await ana.submits()).ok

    await clock.advance(weeks=10)

    came = arrivals(ana, "America/New_York")
    assert len(came) == 10
    assert {moment.weekday() for moment in came} == {6}
    odd = [moment for moment in came if f"{moment:%H:%M}" == "03:30"]
    assert [f"{moment:%b %d}" for moment in odd] == (["Mar 14"] if _is_spring(came[0]) else [])


def _is_spring(moment: datetime) -> bool:
    return moment.month < 6
