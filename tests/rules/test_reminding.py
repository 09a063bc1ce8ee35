"""When digests and reminders are due: the same wall-clock time through clock changes, each slot once."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackbot.rules.reminding import (
    CREDENTIAL_DAYS,
    at_time,
    before_the_end,
    digests,
    due_and_next,
    next_morning,
    target_days,
)
from slackbot.rules.schedule import Occurrence

NEW_YORK = ZoneInfo("America/New_York")
ZONES = [
    ZoneInfo(name) for name in ("America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo")
]
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda each: each.replace(tzinfo=UTC))


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_a_year_of_digests_is_one_each_monday_at_half_past_eight(zone: ZoneInfo) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    due, after = digests(start, start + timedelta(days=364), zone)

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
        due, after = digests(since, until, zone)
        found += due
        assert after > until
        since = until + timedelta(microseconds=1)

    whole, _ = digests(start, since, zone)
    assert [each.slot for each in found] == [each.slot for each in whole]


def test_a_holiday_moves_the_digest_to_the_next_working_day_of_its_week() -> None:
    labor_day = {date(2026, 9, 7)}
    (due,), _ = digests(_at(2026, 9, 6), _at(2026, 9, 12), NEW_YORK, labor_day.__contains__)
    assert due == Occurrence(datetime(2026, 9, 8, 12, 30, tzinfo=UTC), "2026-W37")


def test_a_week_without_a_working_day_has_no_digest() -> None:
    week = {date(2026, 12, 21) + timedelta(days=each) for each in range(7)}
    due, after = digests(_at(2026, 12, 20), _at(2026, 12, 27), NEW_YORK, week.__contains__)
    assert (due, after) == ([], datetime(2026, 12, 28, 13, 30, tzinfo=UTC))


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
    found = next_morning(_at(*now), NEW_YORK, {date(2026, 11, 26)}.__contains__)
    assert found.at == _at(*morning)


def test_a_time_that_the_clock_skips_comes_an_hour_later_and_one_it_repeats_the_first_time() -> None:
    assert at_time(date(2027, 3, 14), time(2, 30), NEW_YORK) == _at(2027, 3, 14, 7, 30)
    assert at_time(date(2027, 11, 7), time(1, 30), NEW_YORK) == _at(2027, 11, 7, 5, 30)


def _at(*numbers: int) -> datetime:
    year, month, day, *rest = numbers
    return datetime(year, month, day, *rest, tzinfo=UTC)
