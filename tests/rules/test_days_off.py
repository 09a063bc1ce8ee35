"""Holidays and time off move the weekly message within its week, or take it away with a reason; nothing comes twice."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slackbot.rules.schedule import (
    AWAY,
    HOLIDAY,
    PAUSED,
    Away,
    Rhythm,
    decided,
    is_working,
    monday_of,
    next_decision,
    next_occurrence,
    occurrence_in,
    occurrences,
    slot_of,
    slots_between,
)
from tests.rules.test_schedule import AT_NINE, FRI, MON, NEW_YORK, SAT, SUN, THU, WED, WEEK, ZONES

THANKSGIVING, CHRISTMAS, NEW_YEAR = date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1)
WHOLE_WEEK = frozenset(date(2026, 11, 23) + timedelta(days=number) for number in range(7))
ABROAD = Away(date(2026, 11, 23), date(2026, 11, 24))


def _rhythm(
    weekday: int,
    holidays: frozenset[date] = frozenset(),
    away: tuple[Away, ...] = (),
    paused_until: date | None = None,
) -> Rhythm:
    return Rhythm(weekday, time(9), NEW_YORK, paused_until, away, holidays)


@pytest.mark.parametrize(
    ("rhythm", "slot", "comes_on", "reason"),
    [
        (_rhythm(MON), "2026-W48", date(2026, 11, 23), None),
        (_rhythm(THU, frozenset({THANKSGIVING})), "2026-W48", date(2026, 11, 27), None),
        (
            _rhythm(THU, frozenset({THANKSGIVING, date(2026, 11, 27)})),
            "2026-W48",
            THANKSGIVING,
            HOLIDAY,
        ),
        (_rhythm(FRI, frozenset({CHRISTMAS})), "2026-W52", CHRISTMAS, HOLIDAY),
        # The last week of 2026 is its 53rd, and New Year's Day is in it.
        (_rhythm(FRI, frozenset({NEW_YEAR})), "2026-W53", NEW_YEAR, HOLIDAY),
        (_rhythm(WED, frozenset({date(2026, 12, 30)})), "2026-W53", date(2026, 12, 31), None),
        # Who chose the weekend has no working day after it.
        (_rhythm(SAT, frozenset({date(2026, 11, 28)})), "2026-W48", date(2026, 11, 28), HOLIDAY),
        (_rhythm(SUN), "2026-W48", date(2026, 11, 29), None),
        (_rhythm(MON, away=(ABROAD,)), "2026-W48", date(2026, 11, 25), None),
        (_rhythm(MON, frozenset({date(2026, 11, 25)}), (ABROAD,)), "2026-W48", date(2026, 11, 26), None),
        (_rhythm(MON, WHOLE_WEEK), "2026-W48", date(2026, 11, 23), HOLIDAY),
        (_rhythm(MON, WHOLE_WEEK, (ABROAD,)), "2026-W48", date(2026, 11, 23), AWAY),
        (_rhythm(MON, paused_until=date(2026, 11, 24)), "2026-W48", date(2026, 11, 23), PAUSED),
        # The pause ends on a holiday: the message comes after it.
        (
            _rhythm(MON, frozenset({date(2026, 11, 23)}), paused_until=date(2026, 11, 23)),
            "2026-W48",
            date(2026, 11, 24),
            None,
        ),
    ],
)
def test_a_week_has_its_day_or_its_reason(
    rhythm: Rhythm, slot: str, comes_on: date, reason: str | None
) -> None:
    due = occurrence_in(rhythm, slot)
    here = due.at.astimezone(NEW_YORK)
    assert (here.date(), here.time(), due.reason) == (comes_on, time(9), reason)
    usual = monday_of(slot) + timedelta(days=rhythm.weekday)
    assert due.moved_from == (usual if comes_on != usual else None)


def test_a_message_moved_into_a_gap_comes_after_it() -> None:
    # On Friday, 24 April 2026, Cairo's day begins at one o'clock; Thursday is a holiday.
    rhythm = Rhythm(THU, time(0, 30), ZoneInfo("Africa/Cairo"), holidays=frozenset({date(2026, 4, 23)}))
    assert occurrence_in(rhythm, "2026-W17").at == datetime(2026, 4, 23, 22, 30, tzinfo=UTC)


def test_on_the_holiday_itself_the_moved_message_is_still_to_come() -> None:
    rhythm = _rhythm(MON, frozenset({date(2026, 11, 23)}))
    assert next_occurrence(rhythm, AT_NINE + timedelta(hours=3)).at == AT_NINE + timedelta(days=1)


def test_what_is_skipped_is_decided_at_its_usual_time_and_then_the_next_one_comes() -> None:
    rhythm = _rhythm(MON, WHOLE_WEEK)
    assert (next_decision(rhythm, AT_NINE - WEEK).slot, next_decision(rhythm, AT_NINE - WEEK).at) == (
        "2026-W48",
        AT_NINE,
    )
    assert next_occurrence(rhythm, AT_NINE - WEEK).slot == "2026-W49"
    assert [(due.slot, due.reason) for due in decided(rhythm, AT_NINE - WEEK, AT_NINE + WEEK)] == [
        ("2026-W48", HOLIDAY),
        ("2026-W49", None),
    ]


def test_slots_between_two_weeks_cross_the_end_of_a_year() -> None:
    assert slots_between("2026-W52", "2027-W02") == ["2026-W52", "2026-W53", "2027-W01"]
    assert slots_between("2027-W02", "2027-W02") == slots_between("2027-W02", "2026-W52") == []


DAYS = st.dates(date(2026, 6, 1), date(2027, 12, 31))


@st.composite
def _stretches(draw: st.DrawFn) -> Away:
    first = draw(DAYS)
    return Away(first, first + timedelta(days=draw(st.integers(0, 40))))


@settings(deadline=None, max_examples=150)
@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    weekday=st.integers(MON, SUN),
    at=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    paused_until=st.none() | DAYS,
    away=st.lists(_stretches(), max_size=4).map(tuple),
    holidays=st.frozensets(DAYS, max_size=40),
)
def test_over_sixty_weeks_each_slot_comes_once_on_a_day_that_is_not_off_or_has_its_reason(
    zone: ZoneInfo,
    weekday: int,
    at: time,
    paused_until: date | None,
    away: tuple[Away, ...],
    holidays: frozenset[date],
) -> None:
    rhythm = Rhythm(weekday, at, zone, paused_until, away, holidays)
    after = datetime(2026, 8, 31, 12, tzinfo=UTC)
    found = list(islice(occurrences(rhythm, after), 60))
    assert [due.slot for due in found] == slots_between(
        found[0].slot, slot_of(monday_of(found[-1].slot) + WEEK)
    )
    for due in found:
        usual = monday_of(due.slot) + timedelta(days=weekday)
        if due.moved_from is not None:
            # A gap across midnight puts what is due at its end on the day after.
            day = due.at.astimezone(zone).date()
            assert any(is_working(each, rhythm) for each in (day, day - timedelta(days=1)))
            assert slot_of(day) == due.slot or day.weekday() == SAT
            assert not is_working(usual, rhythm)
        elif due.reason == PAUSED:
            assert paused_until is not None
            assert usual < paused_until
        elif due.reason is not None:
            rest = (usual + timedelta(days=number) for number in range(7 - weekday))
            assert not any(is_working(each, rhythm) for each in rest)
        else:
            assert usual not in holidays
            assert not any(usual in each for each in away)
