"""A metric over time: a figure for each of its periods, or a sum that grows; held against the straight line."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import content
from slackbot.rules import lines
from slackbot.rules.lines import line_of
from slackbot.rules.pace import Aim
from slackbot.rules.progress import Entry

KNOWN = content.load()
REFERRALS, NPS, ATTENDANCE = (
    KNOWN.metric(each) for each in ("referrals", "referrer_nps", "event_attendance")
)
TODAY = date(2026, 11, 23)


def entry(number: int, metric: content.Metric, on: date, result: str, *, verified: bool = True) -> Entry:
    return Entry(
        id=number,
        metric=metric.id,
        outcome=metric.outcome,
        baseline=None,
        result=Decimal(result),
        sample=None,
        part=None,
        start=on,
        end=on,
        happened_on=on,
        practice=None,
        verified=verified,
    )


def covering(one: Entry, start: date, end: date) -> Entry:
    return replace(one, start=start, end=end, happened_on=end, period="month")


def test_a_sum_that_began_with_nothing_grows_and_claims_stand_apart() -> None:
    aim = Aim(REFERRALS, None, Decimal(40), date(2026, 8, 1), date(2026, 12, 1))
    wins = [
        entry(1, REFERRALS, date(2026, 8, 10), "5"),
        entry(2, REFERRALS, date(2026, 10, 3), "7", verified=False),
    ]

    found = line_of(REFERRALS, wins, TODAY, aim)

    assert [point.label for point in found.points] == ["Aug 2026", "Sep 2026", "Oct 2026", "Nov 2026"]
    assert [point.figure for point in found.points] == [5, 5, 12, 12]
    assert [point.confirmed for point in found.points] == [5, 5, 5, 5]
    assert [str(point.on_line) for point in found.points] == ["9.8", "19.7", "29.8", "37.4"]
    assert found.results == 2


def test_a_first_month_is_told_by_weeks_and_years_by_half_years() -> None:
    for starts, label in ((date(2026, 11, 2), "Nov 2, 2026"), (date(2024, 1, 1), "H1 2024")):
        aim = Aim(REFERRALS, None, Decimal(40), starts, date(2027, 12, 1))
        found = line_of(REFERRALS, [entry(1, REFERRALS, TODAY, "5")], TODAY, aim)

        assert found.points[0].label == label
        assert len(found.points) <= lines.MOST


def test_a_quarter_that_is_told_of_in_part_is_left_out() -> None:
    whole = covering(entry(1, REFERRALS, TODAY, "120"), date(2026, 4, 1), date(2026, 6, 30))
    part = covering(entry(2, REFERRALS, TODAY, "40"), date(2026, 7, 1), date(2026, 7, 31))

    found = line_of(REFERRALS, [whole, part], TODAY)

    assert [point.label for point in found.points] == ["Q2 2026"]
    assert found.in_part == ("Q3 2026",)
    assert not found.is_enough


def test_what_was_confirmed_last_stands_until_something_newer_is() -> None:
    wins = [
        entry(1, NPS, date(2025, 3, 1), "30", verified=False),
        entry(2, NPS, date(2025, 9, 1), "34"),
        entry(3, NPS, date(2026, 3, 1), "41", verified=False),
    ]

    found = line_of(NPS, wins, TODAY)

    assert [(point.label, point.verified, point.confirmed) for point in found.points] == [
        ("H1 2025", None, None),
        ("H2 2025", 34, 34),
        ("H1 2026", None, 34),
    ]


def test_the_line_begins_at_the_baseline_of_the_first_figure() -> None:
    first = replace(entry(1, NPS, date(2026, 3, 1), "34"), baseline=Decimal(30))

    found = line_of(NPS, [first, entry(2, NPS, date(2026, 9, 1), "36")], TODAY)

    assert [(point.label, point.figure) for point in found.points] == [
        ("Before", Decimal(30)),
        ("H1 2026", Decimal(34)),
        ("H2 2026", Decimal(36)),
    ]
    assert found.points[0].is_start


def test_only_what_came_since_the_target_began_counts_toward_it() -> None:
    aim = Aim(NPS, Decimal(30), Decimal(50), date(2026, 1, 1), date(2026, 12, 31))
    wins = [entry(1, NPS, date(2025, 9, 1), "29"), entry(2, NPS, date(2026, 3, 1), "34")]

    found = line_of(NPS, wins, TODAY, aim)

    assert [point.label for point in found.points] == ["Start", "H1 2026"]
    assert found.points[-1].on_line == Decimal("39.9")


def test_every_event_has_its_own_point_and_the_newest_are_kept() -> None:
    wins = [entry(number, ATTENDANCE, date(2026, 1, number), "40") for number in range(1, 13)]

    found = line_of(ATTENDANCE, wins, TODAY)

    assert len(found.points) == lines.MOST
    assert (found.earlier, found.points[-1].label) == (12 - lines.MOST, "Jan 12, 2026")


def test_without_any_win_there_is_no_line() -> None:
    assert line_of(NPS, [], TODAY).points == ()
    assert not line_of(NPS, [], TODAY).is_enough
