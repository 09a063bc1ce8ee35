"""Weekly means the same wall-clock time every local week: through clock changes, year's ends and pauses."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slackbot.rules.schedule import Occurrence, Rhythm, decided, next_occurrence, occurrence_in, slot_of

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
NEW_YORK = ZoneInfo("America/New_York")
WEEK = timedelta(days=7)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _rhythm(zone: str, weekday: int, at: str, paused_until: date | None = None) -> Rhythm:
    return Rhythm(weekday, time.fromisoformat(at), ZoneInfo(zone), paused_until)


def _run(rhythm: Rhythm, after: datetime, count: int) -> list[Occurrence]:
    found: list[Occurrence] = []
    for _ in range(count):
        found.append(next_occurrence(rhythm, found[-1].at if found else after))
    return found


AROUND_CHANGES = [
    # zone, weekday, wanted time, after (UTC), the occurrences that follow (UTC)
    ("America/New_York", MON, "09:00", "2026-03-01T00:00", ["2026-03-02T14:00", "2026-03-09T13:00"]),
    ("America/New_York", MON, "09:00", "2026-10-25T00:00", ["2026-10-26T13:00", "2026-11-02T14:00"]),
    # 02:30 does not exist on 8 March: half past three, then half past two again
    ("America/New_York", SUN, "02:30", "2026-03-02T00:00", ["2026-03-08T07:30", "2026-03-15T06:30"]),
    # 01:30 comes twice on 1 November: the first counts, and only once
    ("America/New_York", SUN, "01:30", "2026-10-26T00:00", ["2026-11-01T05:30", "2026-11-08T06:30"]),
    ("America/New_York", SUN, "01:30", "2026-11-01T05:30", ["2026-11-08T06:30"]),
    ("America/New_York", SUN, "01:30", "2026-11-01T06:00", ["2026-11-08T06:30"]),
    # Lord Howe changes by half an hour
    ("Australia/Lord_Howe", SUN, "02:15", "2026-09-28T00:00", ["2026-10-03T15:45", "2026-10-10T15:15"]),
    ("Australia/Lord_Howe", SUN, "01:45", "2026-03-30T00:00", ["2026-04-04T14:45", "2026-04-11T15:15"]),
    ("Australia/Lord_Howe", MON, "09:00", "2026-03-29T00:00", ["2026-03-29T22:00", "2026-04-05T22:30"]),
    # Cairo's day begins at one o'clock on 24 April, and its 29 October has 23:00 to midnight twice
    ("Africa/Cairo", FRI, "00:30", "2026-04-18T00:00", ["2026-04-23T22:30", "2026-04-30T21:30"]),
    ("Africa/Cairo", THU, "23:30", "2026-10-23T00:00", ["2026-10-29T20:30", "2026-11-05T21:30"]),
    # Santiago's change is at midnight too
    ("America/Santiago", SUN, "00:15", "2026-08-31T00:00", ["2026-09-06T04:15", "2026-09-13T03:15"]),
    ("America/Santiago", SAT, "23:15", "2026-03-29T04:00", ["2026-04-05T02:15", "2026-04-12T03:15"]),
    ("Europe/London", SUN, "01:30", "2026-03-23T00:00", ["2026-03-29T01:30", "2026-04-05T00:30"]),
    ("Europe/London", FRI, "16:45", "2026-10-18T00:00", ["2026-10-23T15:45", "2026-10-30T16:45"]),
    # Kathmandu has a quarter of an hour, and never changes
    ("Asia/Kathmandu", WED, "08:00", "2026-03-24T00:00", ["2026-03-25T02:15", "2026-04-01T02:15"]),
    # Apia had no 30 December 2011: that Friday's message came on Saturday at the same time
    (
        "Pacific/Apia",
        FRI,
        "09:00",
        "2011-12-20T00:00",
        ["2011-12-23T19:00", "2011-12-30T19:00", "2012-01-05T19:00"],
    ),
    ("Pacific/Apia", SAT, "09:00", "2011-12-20T00:00", ["2011-12-24T19:00", "2011-12-30T19:00"]),
    # Nuuk's gap crosses midnight: 23:30 on Saturday comes at 00:30 on Sunday, also when asked for in between
    ("America/Nuuk", SAT, "23:30", "2026-03-23T00:00", ["2026-03-29T01:30", "2026-04-05T00:30"]),
    ("America/Nuuk", SAT, "23:30", "2026-03-29T01:10", ["2026-03-29T01:30", "2026-04-05T00:30"]),
]


@pytest.mark.parametrize(("zone", "weekday", "at", "after", "expected"), AROUND_CHANGES)
def test_around_a_clock_change_the_message_keeps_its_time(
    zone: str, weekday: int, at: str, after: str, expected: list[str]
) -> None:
    found = _run(_rhythm(zone, weekday, at), _utc(after), len(expected))
    assert [due.at for due in found] == [_utc(text) for text in expected]
    assert all(due.at.tzinfo is UTC for due in found)


def test_of_two_equal_times_the_first_counts_even_when_the_second_was_asked_for() -> None:
    twice = Rhythm(SUN, time(1, 30, fold=1), NEW_YORK)
    assert next_occurrence(twice, _utc("2026-10-26T00:00")).at == _utc("2026-11-01T05:30")


def test_two_messages_for_apia_keep_their_weeks_though_a_day_was_left_out() -> None:
    found = _run(_rhythm("Pacific/Apia", FRI, "09:00"), _utc("2011-12-20T00:00"), 3)
    assert [due.slot for due in found] == ["2011-W51", "2011-W52", "2012-W01"]


@pytest.mark.parametrize(
    ("day", "slot"),
    [
        (date(2026, 11, 23), "2026-W48"),
        (date(2026, 1, 1), "2026-W01"),
        (date(2025, 12, 29), "2026-W01"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2021, 1, 1), "2020-W53"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_at_a_years_end_the_weeks_own_year_counts(day: date, slot: str) -> None:
    assert slot_of(day) == slot


def test_a_year_of_53_weeks_has_53_messages() -> None:
    found = _run(_rhythm("America/New_York", FRI, "09:00"), _utc("2026-12-20T00:00"), 3)
    assert [due.slot for due in found] == ["2026-W52", "2026-W53", "2027-W01"]


MONDAYS = _rhythm("America/New_York", MON, "09:00")
AT_NINE = _utc("2026-11-23T14:00")


@pytest.mark.parametrize(
    ("after", "slot"),
    [
        (AT_NINE - timedelta(microseconds=1), "2026-W48"),
        (AT_NINE, "2026-W49"),
        (AT_NINE + timedelta(microseconds=1), "2026-W49"),
        (AT_NINE - WEEK, "2026-W48"),
    ],
)
def test_the_next_one_is_later_than_now(after: datetime, slot: str) -> None:
    assert next_occurrence(MONDAYS, after).slot == slot


def test_it_is_the_members_own_monday_that_counts() -> None:
    sunday_evening_utc = _utc("2026-11-22T20:00")
    assert next_occurrence(_rhythm("Asia/Tokyo", MON, "09:00"), sunday_evening_utc).at == _utc(
        "2026-11-23T00:00"
    )
    kiritimati = next_occurrence(_rhythm("Pacific/Kiritimati", MON, "09:00"), sunday_evening_utc)
    assert (kiritimati.at, kiritimati.slot) == (_utc("2026-11-29T19:00"), "2026-W49")


def test_any_aware_moment_may_be_asked_from() -> None:
    assert next_occurrence(MONDAYS, AT_NINE.astimezone(ZoneInfo("Asia/Tokyo"))).slot == "2026-W49"


@pytest.mark.parametrize(
    ("until", "slot"),
    [
        (date(2026, 11, 20), "2026-W48"),
        (date(2026, 11, 23), "2026-W48"),
        (date(2026, 11, 24), "2026-W49"),
        (date(2026, 11, 30), "2026-W49"),
        (date(2026, 12, 1), "2026-W50"),
        (date(2027, 1, 1), "2027-W01"),
    ],
)
def test_a_pause_lasts_up_to_its_day_and_not_on_it(until: date, slot: str) -> None:
    paused = _rhythm("America/New_York", MON, "09:00", until)
    assert next_occurrence(paused, AT_NINE - timedelta(hours=1)).slot == slot


@pytest.mark.parametrize(
    ("taken", "slot"),
    [
        ([], "2026-W48"),
        (["2026-W47"], "2026-W48"),
        (["2026-W48"], "2026-W49"),
        (["2026-W49"], "2026-W48"),
        (["2026-W49", "2026-W48"], "2026-W50"),
    ],
)
def test_a_week_that_had_its_message_gets_no_second(taken: list[str], slot: str) -> None:
    assert next_occurrence(MONDAYS, AT_NINE - timedelta(hours=1), taken).slot == slot


def test_moving_from_monday_to_friday_waits_for_next_week_when_this_week_was_told() -> None:
    fridays = _rhythm("America/New_York", FRI, "09:00")
    assert next_occurrence(fridays, AT_NINE).slot == "2026-W48"
    assert next_occurrence(fridays, AT_NINE, ["2026-W48"]).slot == "2026-W49"


def test_who_travels_west_is_due_later_in_the_same_slot() -> None:
    in_denver = occurrence_in(_rhythm("America/Denver", MON, "09:00"), "2026-W48")
    assert in_denver == Occurrence(_utc("2026-11-23T16:00"), "2026-W48")


@pytest.mark.parametrize(
    ("slot", "at"),
    [("2026-W53", "2026-12-28T14:00"), ("2026-W01", "2025-12-29T14:00"), ("2026-W11", "2026-03-09T13:00")],
)
def test_a_slot_leads_back_to_its_moment(slot: str, at: str) -> None:
    assert occurrence_in(MONDAYS, slot).at == _utc(at)


@pytest.mark.parametrize(
    ("since", "until", "slots"),
    [
        (AT_NINE, AT_NINE, []),
        (AT_NINE, AT_NINE + WEEK - timedelta(seconds=1), []),
        (AT_NINE, AT_NINE + WEEK, ["2026-W49"]),
        (AT_NINE, AT_NINE + 3 * WEEK, ["2026-W49", "2026-W50", "2026-W51"]),
        (AT_NINE, AT_NINE - WEEK, []),
        (AT_NINE - timedelta(seconds=1), AT_NINE, ["2026-W48"]),
    ],
)
def test_what_fell_due_while_nobody_was_there_is_known(
    since: datetime, until: datetime, slots: list[str]
) -> None:
    assert [due.slot for due in decided(MONDAYS, since, until)] == slots


def test_what_fell_due_in_a_pause_says_so() -> None:
    paused = _rhythm("America/New_York", MON, "09:00", date(2026, 12, 8))
    assert [(due.slot, due.reason) for due in decided(paused, AT_NINE, AT_NINE + 3 * WEEK)] == [
        ("2026-W49", "paused"),
        ("2026-W50", "paused"),
        ("2026-W51", None),
    ]


ZONES = [
    "UTC",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/St_Johns",
    "America/Santiago",
    "America/Asuncion",
    "America/Nuuk",
    "America/Havana",
    "America/Sao_Paulo",
    "Pacific/Honolulu",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Asia/Beirut",
    "Asia/Gaza",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Europe/London",
    "Europe/Dublin",
    "Antarctica/Troll",
]


def _exists(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether a clock in the zone ever shows this (naive) time."""
    return any(
        wall.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
        for fold in (0, 1)
    )


@settings(deadline=None, max_examples=150)
@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    weekday=st.integers(MON, SUN),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    after=st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  (the strategy wants naive bounds)
)
def test_over_sixty_weeks_every_week_has_its_message_at_the_wanted_time(
    zone: ZoneInfo, weekday: int, at: time, after: datetime
) -> None:
    rhythm = Rhythm(weekday, at, zone)
    found = _run(rhythm, after, 60)
    assert found[0].at > after
    for due in found:
        wanted = datetime.combine(_day_of(due.slot, weekday), at)
        shown = due.at.astimezone(zone).replace(tzinfo=None, fold=0)
        assert shown == wanted if _exists(wanted, zone) else shown > wanted
        assert occurrence_in(rhythm, due.slot) == due
    for earlier, later in pairwise(found):
        assert later.at > earlier.at
        assert _day_of(later.slot, MON) - _day_of(earlier.slot, MON) == WEEK
    assert decided(rhythm, after, found[-1].at) == found


def _day_of(slot: str, weekday: int) -> date:
    return datetime.strptime(f"{slot}-{weekday + 1}", "%G-W%V-%u").date()  # noqa: DTZ007  (only the date is read)


def test_there_are_thirty_zones_of_all_kinds() -> None:
    assert len(set(ZONES)) == 30
