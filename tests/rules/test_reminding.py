"""When digests and reminders are due: the same wall-clock time through clock changes, each slot once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackbot.rules.reminding import (
    CREDENTIAL_DAYS,
    DIGEST_TIME,
    REMIND_TIME,
    at_time,
    before_the_end,
    digests,
    due_and_next,
    first_day_there,
    next_morning,
    target_days,
)
from slackbot.rules.schedule import HOLIDAY, Away, Occurrence, Rhythm

NEW_YORK = ZoneInfo("America/New_York")
ZONES = [
    ZoneInfo(name) for name in ("America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo")
]
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_a_year_of_digests_is_one_each_monday_at_half_past_eight(zone: ZoneInfo) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    due, after = digests(start, start + timedelta(days=364), _mondays(zone))

    here = [each.at.astimezone(zone) for each in due]
    assert {(each.weekday(), each.time()) for each in here} == {(0, time(8, 30))}
    assert len({each.slot for each in due}) == len(due) == 52
    assert after > start + timedelta(days=364)


@given(MOMENTS, st.lists(st.integers(1, 40 * 24), min_size=1, max_size=6), st.sampled_from(ZONES))
def test_however_often_it_is_looked_at_each_digest_is_found_once(
    start: datetime, hours: list[int], zone: ZoneInfo
) -> None:
    since, found = start, []
    for pause in hours:
        until = since + timedelta(hours=pause)
        due, after = digests(since, until, _mondays(zone))
        found += due
        assert after > until
        since = until + timedelta(microseconds=1)

    whole, _ = digests(start, since, _mondays(zone))
    assert [each.slot for each in found] == [each.slot for each in whole]


def test_a_holiday_moves_the_digest_to_the_next_working_day_of_its_week() -> None:
    labor_day = frozenset({date(2026, 9, 7)})
    (due,), _ = digests(_at(2026, 9, 6), _at(2026, 9, 12), _mondays(NEW_YORK, labor_day))
    assert due == Occurrence(
        datetime(2026, 9, 8, 12, 30, tzinfo=UTC), "2026-W37", moved_from=date(2026, 9, 7)
    )


def test_a_week_without_a_working_day_has_a_reason_and_no_digest() -> None:
    week = frozenset(date(2026, 12, 21) + timedelta(days=each) for each in range(7))
    (due,), after = digests(_at(2026, 12, 20), _at(2026, 12, 27), _mondays(NEW_YORK, week))
    assert (due.slot, due.reason, after) == ("2026-W52", HOLIDAY, _at(2026, 12, 28, 13, 30))


def test_a_credential_has_four_reminders_at_nine_each_with_its_last_day() -> None:
    every = before_the_end(date(2027, 5, 27), CREDENTIAL_DAYS, NEW_YORK)
    here = [each.at.astimezone(NEW_YORK) for each in every]
    assert [f"{each:%Y-%m-%d %H:%M}" for each in here] == [
        "2026-11-28 09:00",
        "2027-02-26 09:00",
        "2027-04-27 09:00",
        "2027-05-20 09:00",
    ]
    assert [each.slot for each in every] == [f"2027-05-27/{days}" for days in (180, 90, 30, 7)]


def test_what_is_over_before_it_is_looked_at_first_is_left_out() -> None:
    every = before_the_end(date(2027, 5, 27), CREDENTIAL_DAYS, NEW_YORK)
    due, after = due_and_next(every, _at(2027, 3, 1), _at(2027, 3, 1))
    assert (due, after) == ([], every[2].at)
    assert due_and_next(every, every[2].at, every[2].at) == ([every[2]], every[3].at)
    assert due_and_next(every, _at(2027, 5, 21), _at(2027, 6, 1)) == ([], None)


@pytest.mark.parametrize(
    ("days", "offsets"), [(365, [30, 7]), (60, [30, 7]), (59, [7]), (14, [7]), (13, []), (1, [])]
)
def test_a_short_target_is_not_reminded_of_in_its_first_half(days: int, offsets: list[int]) -> None:
    starts = date(2026, 3, 1)
    assert target_days(starts, starts + timedelta(days=days)) == offsets


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ((2026, 11, 27, 14), (2026, 11, 27, 14)),  # Friday at nine itself
        ((2026, 11, 27, 15), (2026, 11, 30, 14)),  # and an hour later
        ((2026, 11, 28, 3), (2026, 11, 30, 14)),
        ((2026, 11, 25, 20), (2026, 11, 27, 14)),  # Thanksgiving lies between
    ],
)
def test_the_next_morning_is_one_of_a_working_day(now: tuple[int, ...], morning: tuple[int, ...]) -> None:
    found = next_morning(
        _at(*now), replace(_mondays(NEW_YORK, frozenset({date(2026, 11, 26)})), time=REMIND_TIME)
    )
    assert found.at == _at(*morning)


def test_a_time_that_the_clock_skips_comes_an_hour_later_and_one_it_repeats_the_first_time() -> None:
    assert at_time(date(2027, 3, 14), time(2, 30), NEW_YORK) == _at(2027, 3, 14, 7, 30)
    assert at_time(date(2027, 11, 7), time(1, 30), NEW_YORK) == _at(2027, 11, 7, 5, 30)


def test_a_chosen_day_in_time_off_waits_for_the_first_day_after_it_and_after_the_one_that_follows() -> None:
    first, second = Away(date(2026, 12, 1), date(2026, 12, 4)), Away(date(2026, 12, 5), date(2026, 12, 6))
    rhythm = replace(_mondays(NEW_YORK), away=(second, first), paused_until=date(2026, 12, 2))
    assert first_day_there(date(2026, 11, 28), rhythm) == date(2026, 12, 7)
    assert first_day_there(date(2026, 12, 8), rhythm) == date(2026, 12, 8)


def _mondays(zone: ZoneInfo, holidays: frozenset[date] = frozenset()) -> Rhythm:
    return Rhythm(0, DIGEST_TIME, zone, holidays=holidays)


def _at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
