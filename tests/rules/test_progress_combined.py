"""Wins of one metric come to what the metric says they come to, and nothing is counted twice."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

import pytest

from content import Content
from slackbot.rules.progress import Entry, combined, counting
from slackbot.rules.progress.combining import NO_SAMPLE, NOT_BEST, NOT_LATEST
from slackbot.rules.progress.overlaps import PANEL, SAME_TIME
from tests.rules.progress_wins import entries


class Case(NamedTuple):
    """What the wins of the first one's metric come to, and why some are passed over, by their place in the list."""

    says: str
    wins: list[str]
    value: str | None
    passed: dict[int, str] | None = None


CASES = [
    # sums
    Case("one alone is itself", ["campaigns 4 2026Q1"], "4"),
    Case("quarters add up", ["campaigns 4 2026Q1", "campaigns 3 2026Q2"], "7"),  # 4 + 3
    Case("practices add up", ["referrals 30 2026Q1 @oak", "referrals 12 2026Q1 @elm"], "42"),  # 30 + 12
    Case("claimed ones add up too", ["campaigns 4 2026Q1", "campaigns 3 2026Q2 ?"], "7"),  # 4 + 3
    Case("other metrics are not looked at", ["campaigns 4 2026Q1", "referrals 3 2026Q2"], "4"),
    Case("a negative margin takes away", ["contribution_margin 900 2026Q1", "contribution_margin -250.5 2026Q2"], "649.5"),
    Case("events of one day are two", ["campaigns 1 2026-03-04!", "campaigns 1 2026-03-04!"], "2"),  # 1 + 1
    Case("a day told of twice is one", ["campaigns 1 2026-03-04", "campaigns 1 2026-03-04"], "1", {1: SAME_TIME}),
    Case("an event inside its quarter is in it", ["campaigns 4 2026Q1", "campaigns 1 2026-03-04!"], "4", {2: SAME_TIME}),
    Case("an event after a quarter's early count", ["campaigns 4 2026Q1 on2026-01-05", "campaigns 1 2026-03-04!"], "1", {1: SAME_TIME}),
    Case("an event of another quarter is not", ["campaigns 4 2026Q1", "campaigns 1 2026-04-04!"], "5"),  # 4 + 1
    Case("a practice's event is in the panel's quarter", ["campaigns 4 2026Q1", "campaigns 1 2026-03-04! @oak"], "4", {2: PANEL}),
    Case("the panel's event is not in a practice's quarter", ["campaigns 4 2026Q1 @oak", "campaigns 1 2026-03-04!"], "5"),
    # overlaps
    Case("the last of two for one quarter counts", ["referrals 140 2026Q1", "referrals 150 2026Q1"], "150", {1: SAME_TIME}),
    Case("the last to happen, not to be logged", ["referrals 140 2026Q1", "referrals 150 2026Q1 on2026-02-01"], "140", {2: SAME_TIME}),
    Case("March is in the first quarter", ["referrals 50 2026-03", "referrals 150 2026Q1"], "150", {1: SAME_TIME}),
    # happened_on is June 30 for the half-year, so it stands, and both quarters are in it
    Case("two quarters in a half-year", ["referrals 140 2026Q1", "referrals 150 2026Q2", "referrals 300 2026H1"], "300", {1: SAME_TIME, 2: SAME_TIME}),
    # the year goes (it happened first); the two quarters do not touch each other
    Case("a chain frees its ends", ["referrals 9 2026 on2026-01-01", "referrals 5 2026Q1", "referrals 6 2026Q2"], "11", {1: SAME_TIME}),
    Case("a practice is the same however typed", ["referrals 30 2026Q1 @Oak", "referrals 31 2026Q1 @oAK"], "31", {1: SAME_TIME}),
    Case("the panel outranks its practices", ["referrals 150 2026Q1", "referrals 30 2026Q1 @oak", "referrals 9 2026-02 @elm"], "150", {2: PANEL, 3: PANEL}),
    Case("the panel outranks also what happened later", ["referrals 150 2026Q1 on2026-01-05", "referrals 30 2026Q1 @oak"], "150", {2: PANEL}),
    Case("a practice's other quarter counts", ["referrals 150 2026Q1", "referrals 30 2026Q2 @oak"], "180"),  # 150 + 30
    # means
    Case("no samples: a plain mean", ["visits_per_week 10 2026-01", "visits_per_week 13 2026-02"], "11.5"),  # 23 / 2
    # (4.0 × 30 + 3.4 × 10) / 40 = (120 + 34) / 40 = 154 / 40
    Case("samples weigh", ["satisfaction_score 4.0 2026H1 @oak n30", "satisfaction_score 3.4 2026H1 @elm n10"], "3.85"),
    Case("without a sample among samples", ["satisfaction_score 4.0 2026H1 n30", "satisfaction_score 1 2026H2"], "4.0", {2: NO_SAMPLE}),
    # (−10 × 20 + 50 × 40) / 60 = (−200 + 2000) / 60 = 30
    Case("points weigh below zero too", ["referrer_nps -10 2026H1 n20", "referrer_nps 50 2026H2 n40"], "30"),
    # 100 × (1 + 1) / (3 + 2) = 40, though 33.3 is written for the third
    Case("shares weigh by what was counted", ["event_conversion 33.3 2026-01-08! n3 p1", "event_conversion 50 2026-02-08! n2 p1"], "40"),
    # 100 × (23 + 30) / (50 + 30) = 5300 / 80 = 66.25
    Case("walk-ins pass the whole", ["event_attendance 46 2026-01-08! n50 p23", "event_attendance 100 2026-02-08! n30 p30"], "66.25"),
    Case("lower is better, a mean is a mean", ["leakage 30 2026Q1 n100", "leakage 20 2026Q2 n300"], "22.5"),  # 9000 / 400
    # latest
    Case("a median: the latest stands", ["issue_resolution_days 9 2026-01", "issue_resolution_days 4 2026-02"], "4", {1: NOT_LATEST}),
    Case("the latest by what it covers", ["issue_resolution_days 4 2026-02", "issue_resolution_days 9 2026-01 on2026-05-01"], "4", {2: NOT_LATEST}),
    Case("a worse latest stands too", ["days_to_appointment 4 2026-01", "days_to_appointment 12 2026-02"], "12", {1: NOT_LATEST}),
    # best
    Case("the best stands", ["teams_using 3 2026Q1", "teams_using 2 2026Q2"], "3", {2: NOT_BEST}),
    Case("of equals the newest", ["teams_using 3 2026Q1", "teams_using 3 2026Q2"], "3", {1: NOT_BEST}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_wins_of_one_metric_come_to(case: Case, content: Content) -> None:
    read = entries(content, *case.wins)
    found = combined(content.metric(read[0].metric), read)
    assert found.value == (None if case.value is None else Decimal(case.value))
    assert dict(found.passed_over) == (case.passed or {})
    own = {entry.id for entry in read if entry.metric == read[0].metric}
    assert set(found.counted) | set(case.passed or {}) == own


def test_nothing_comes_to_nothing(content: Content) -> None:
    assert combined(content.metric("referrals"), []).value is None


def test_spaces_in_a_practice_do_not_make_another(content: Content) -> None:
    one, two = entries(content, "referrals 30 2026Q1", "referrals 31 2026Q1")
    typed = [replace(one, practice="Oak  Street "), replace(two, practice="oak street")]
    assert combined(content.metric("referrals"), typed).value == 31
    blank = [replace(one, practice=" "), two]
    assert combined(content.metric("referrals"), blank).value == 31


class Row(NamedTuple):
    """The columns of a stored win."""

    id: int | None = 7
    metric: str = "referrals"
    outcome: str = "referral_growth"
    baseline: Decimal | None = Decimal(120)
    result: Decimal = Decimal(150)
    sample: int | None = None
    part: int | None = None
    period: str | None = "quarter"
    period_start: date | None = date(2026, 1, 1)
    period_end: date | None = date(2026, 3, 31)
    baseline_period: str | None = None
    annualized: bool = False
    happened_on: date = date(2026, 3, 3)
    practice: str | None = "Oak"
    status: str = "verified"
    deleted_at: datetime | None = None


def test_a_stored_win_is_an_entry() -> None:
    entry = Entry.of(Row())
    assert (entry.start, entry.end) == (date(2026, 1, 1), date(2026, 3, 31))
    assert entry.verified
    assert not entry.private


def test_without_a_period_a_win_covers_its_day() -> None:
    entry = Entry.of(Row(period=None, period_start=None, period_end=None))
    assert (entry.start, entry.end) == (date(2026, 3, 3), date(2026, 3, 3))


@pytest.mark.parametrize("status", ["private", "shared", "needs_info"])
def test_what_is_not_verified_is_claimed(status: str) -> None:
    (entry,) = counting([Row(status=status)])
    assert not entry.verified
    assert entry.private is (status == "private")


@pytest.mark.parametrize(
    "row", [Row(status="declined"), Row(status="withdrawn"), Row(deleted_at=datetime(2026, 4, 1, tzinfo=UTC))]
)
def test_declined_withdrawn_and_deleted_wins_count_for_nothing(row: Row) -> None:
    assert counting([row, Row()]) == counting([Row()])
    with pytest.raises(ValueError, match="counts for nothing"):
        Entry.of(row)


@pytest.mark.parametrize(
    ("row", "baseline"),
    [
        (Row(), "120"),
        (Row(baseline_period="quarter"), "120"),
        (Row(baseline_period="year"), None),  # 120 in a year is not 120 in a quarter
        (Row(baseline=Decimal(480), baseline_period="year", annualized=True), "120"),  # 480 × 1 / 4
        (Row(baseline=Decimal(40), baseline_period="month", annualized=True), "120"),  # 40 × 12 / 4
        (Row(baseline_period="event", annualized=True), None),  # an event has no length
        (Row(baseline=None), None),
        (Row(metric="leakage", outcome="network_growth", baseline_period="year"), "120"),  # a rate is a rate
    ],
)
def test_a_baseline_is_held_against_the_same_length_of_time(
    row: Row, baseline: str | None, content: Content
) -> None:
    comparable = Entry.of(row).comparable(content.metric(row.metric))
    assert comparable == (None if baseline is None else Decimal(baseline))
