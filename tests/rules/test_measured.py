"""All that a win says in numbers becomes one sentence; what cannot be compared is refused, or brought to a year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content import Content, Direction
from slackbot.rules.outcomes import Measured, above_whole, at_odds, change, ratio, sentence
from slackbot.rules.periods import COMPARISONS, PERIODS, PeriodMismatchError

UNTIL = date(2026, 3, 14)  # day 73: a fifth of the year


class Said(NamedTuple):
    """A win in short: "120 150 quarter", and what is said of it."""

    metric: str
    numbers: str  # "120 150"; "- 46" without a baseline
    sentence: str
    sample: int | None = None
    part: int | None = None
    period: str | None = None
    baseline_period: str | None = None
    compared_with: str | None = None
    annualized: bool = False

    def measured(self, content: Content) -> Measured:
        baseline, result = self.numbers.split()
        return Measured(
            metric=content.metric(self.metric),
            baseline=None if baseline == "-" else Decimal(baseline),
            result=Decimal(result),
            sample=self.sample,
            part=self.part,
            period=self.period,
            baseline_period=self.baseline_period,
            compared_with=self.compared_with,
            annualized=self.annualized,
            until=UNTIL,
        )


SENTENCES = [
    # what it is held against
    Said(
        "referrals",
        "120 150",
        "120 → 150 referrals (+25.0%) vs the same quarter last year",
        period="quarter",
        compared_with="last_year",
    ),
    Said(
        "referrals",
        "90 72",
        "90 → 72 referrals (−20.0%, a decline) vs the quarter before",
        period="quarter",
        compared_with="before",
    ),
    Said("referrals", "7 12", "7 → 12 referrals (+71.4%), monthly figures", period="month"),
    Said(
        "referrals", "7 12", "7 → 12 referrals (+71.4%) vs the same time last year", compared_with="last_year"
    ),
    Said("referrals", "- 12", "12 referrals (no baseline), monthly figure", period="month"),
    Said("referrals", "- 12", "12 referrals (no baseline)", compared_with="before"),
    Said("referrals", "70 90", "70 → 90 referrals (+28.6%), year to date", period="to_date"),
    Said("campaigns", "2 5", "2 → 5 events (+150.0%)", period="event"),
    # what it rests on
    Said("satisfaction_score", "3.6 4.2", "3.6 → 4.2 (+0.6), 12 answers", sample=12),
    Said("satisfaction_score", "3.6 4.2", "3.6 → 4.2 (+0.6), 10 answers", sample=10),
    Said("satisfaction_score", "3.6 4.2", "3.6 → 4.2 (+0.6), only 9 answers", sample=9),
    Said("satisfaction_score", "3.6 4.2", "3.6 → 4.2 (+0.6), only 1 answer", sample=1),
    Said("referrer_nps", "-12 18", "−12 → 18 (+30 points), 1,041 answers", sample=1041),
    Said("issue_resolution_days", "9 3.5", "9 → 3.5 days (61.1% faster), 27 issues", sample=27),
    Said("referrals", "7 12", "7 → 12 referrals (+71.4%), small sample: 6", sample=6),
    Said("referrals", "7 12", "7 → 12 referrals (+71.4%), sample: 60", sample=60),
    Said("referrals", "7 12", "7 → 12 referrals (+71.4%), small sample: 5 of 6", sample=6, part=5),
    Said("event_attendance", "- 46", "46% (23 of 50 invited), no baseline", sample=50, part=23),
    Said(
        "event_attendance",
        "40 46",
        "40% → 46% (+6 percentage points), 23 of 50 invited",
        sample=50,
        part=23,
        period="event",
    ),
    Said("event_attendance", "- 50", "50% (3 of 6 invited, a small sample), no baseline", sample=6, part=3),
    Said("event_attendance", "- 46", "46% (no baseline), 50 invited", sample=50),
    Said("event_conversion", "10 20", "10% → 20% (+10 percentage points), 1 of 5 attendees, a small sample", 5, 1),
    Said(
        "satisfaction_score",
        "3.6 4.2",
        "3.6 → 4.2 (+0.6) vs the half-year before, only 6 answers",
        sample=6,
        period="half_year",
        compared_with="before",
    ),
    # rates and levels are compared whatever the lengths, and never brought to a year
    Said(
        "issue_resolution_days",
        "9 3.5",
        "9 → 3.5 days (61.1% faster), a month vs a quarter",
        period="month",
        baseline_period="quarter",
    ),
    Said(
        "leakage",
        "38 29",
        "38% → 29% (−9 percentage points, better), a month vs the quarter before",
        period="month",
        baseline_period="quarter",
        compared_with="before",
    ),
    Said("leakage", "38 29", "38% → 29% (−9 percentage points, better)", annualized=True),
    Said("visits_per_week", "11 18", "11 → 18 visits (+63.6%), weekly figures", period="week", annualized=True),
    # brought to a year
    Said(
        "referrals",
        "10 36",
        "120 → 144 referrals (+20.0%), a quarter vs a month, as yearly figures",
        period="quarter",
        baseline_period="month",
        annualized=True,
    ),
    Said(
        "referrals",
        "480 100",
        "480 → 500 referrals (+4.2%), the year to date vs the year before, as yearly figures",
        period="to_date",
        baseline_period="year",
        compared_with="before",
        annualized=True,
    ),
    Said(
        "downstream_revenue",
        "100000.10 1300000",
        "$1,200,001.20 → $1,300,000 (+8.3%), a year vs a month, as yearly figures",
        period="year",
        baseline_period="month",
        annualized=True,
    ),
    Said(
        "referrals",
        "120 150",
        "480 → 600 referrals (+25.0%) vs the quarter before, as yearly figures",
        period="quarter",
        compared_with="before",
        annualized=True,
    ),
    Said("referrals", "0 5", "0 → 60 referrals (+60, new), as yearly figures", period="month", annualized=True),
    Said("referrals", "12 3", "12 → 12 referrals (held), a quarter vs a year, as yearly figures", None, None, "quarter", "year", None, True),
    Said("referrals", "- 150", "600 referrals (no baseline), as yearly figures", period="quarter", annualized=True),
]  # fmt: skip

REFUSED = [
    Said(
        "referrals",
        "10 36",
        "The result covers a quarter and the baseline a month. "
        "Use the same length for both, or let me turn both into yearly figures.",
        period="quarter",
        baseline_period="month",
    ),
    Said(
        "downstream_revenue",
        "10 36",
        "The result covers the year to date and the baseline a half-year. "
        "Use the same length for both, or let me turn both into yearly figures.",
        period="to_date",
        baseline_period="half_year",
    ),
    Said(
        "campaigns",
        "1 2",
        "The result covers an event and the baseline a month. Use the same length for both.",
        period="event",
        baseline_period="month",
    ),
    Said(
        "referrals",
        "10 36",
        "The baseline covers a month. Say what the result covers, too.",
        baseline_period="month",
    ),
    Said(
        "campaigns",
        "1 2",
        "An event has no length, so its numbers cannot be turned into yearly ones.",
        period="event",
        baseline_period="month",
        annualized=True,
    ),
    Said(
        "referrals",
        "10 36",
        "Say how long a time the numbers cover. Then I can make yearly ones of them.",
        annualized=True,
    ),
]


@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: said.sentence)
def test_a_win_is_said_in_one_sentence(content: Content, said: Said) -> None:
    assert said.measured(content).sentence() == said.sentence


@pytest.mark.parametrize("said", REFUSED, ids=lambda said: said.sentence[:40])
def test_what_cannot_be_compared_is_refused_with_a_sentence(content: Content, said: Said) -> None:
    with pytest.raises(PeriodMismatchError) as refused:
        said.measured(content).change()
    assert str(refused.value) == said.sentence


def test_a_win_kept_before_its_metric_added_up_is_still_shown(content: Content) -> None:
    kept = REFUSED[0]._replace(sample=6).measured(content)
    assert kept.sentence() == "10 → 36 referrals (a quarter vs a month, so not compared), small sample: 6"
    asked = REFUSED[5].measured(content)
    assert asked.sentence() == "10 → 36 referrals (+260.0%)"


def test_a_year_to_date_is_stretched_by_its_days(content: Content) -> None:
    found = change(
        content.metric("referrals"),
        Decimal(400),
        Decimal(100),
        period="to_date",
        baseline_period="year",
        annualized=True,
        until=UNTIL,
    )
    assert (found.baseline, found.result) == (Decimal(400), Decimal(500))
    assert found.percent == 25


@dataclass
class Row:
    baseline: Decimal | None
    result: Decimal
    sample: int | None
    part: int | None
    period: str | None
    baseline_period: str | None
    compared_with: str | None
    annualized: bool
    period_end: date | None
    happened_on: date


@pytest.mark.parametrize("period_end", [None, UNTIL])
def test_a_stored_win_says_all_it_holds(content: Content, period_end: date | None) -> None:
    row = Row(Decimal(400), Decimal(100), 41, 7, "to_date", "year", "before", True, period_end, UNTIL)
    metric = content.metric("referrals")
    assert Measured.of(metric, row) == Measured(
        metric, Decimal(400), Decimal(100), 41, 7, "to_date", "year", "before", True, UNTIL
    )


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(23, 50, "46.0"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 2000, "0.1"), (0, 50, "0.0"), (60, 50, "120.0")],
)
def test_a_share_is_a_percentage_to_one_decimal(part: int, whole: int, percent: str) -> None:
    assert str(ratio(part, whole)) == percent


@pytest.mark.parametrize(
    ("metric", "value", "part", "sample", "asked"),
    [
        ("event_attendance", "112", None, None, True),
        ("event_attendance", "100", None, None, False),
        ("event_attendance", "46", 23, 50, False),
        ("event_attendance", "46", 50, 23, True),
        ("event_attendance", "46", 50, None, False),
        ("onboarding_ramp", "135", None, None, True),
        ("onboarding_ramp", "80", None, None, False),
        ("event_conversion", "112", 56, 50, False),  # refused when it is read
        ("referrals", "150", None, None, False),
        ("referrer_nps", "100", None, None, False),
    ],
)
def test_more_than_the_whole_is_asked_about_where_it_can_be(
    content: Content, metric: str, value: str, part: int | None, sample: int | None, asked: bool
) -> None:
    assert above_whole(content.metric(metric), Decimal(value), part, sample) is asked


@pytest.mark.parametrize(
    ("value", "part", "sample", "odd"),
    [
        ("46", 23, 50, False),
        ("46.0", 23, 50, False),
        ("33", 1, 3, False),
        ("33.3", 1, 3, False),
        ("33.4", 1, 3, True),
        ("34", 1, 3, True),
        ("46", 20, 50, True),
        ("50", 1, 2, False),
        ("100", 5, 5, False),
        ("0", 0, 5, False),
        ("13", 1, 8, False),  # 12.5 rounds either way
        ("12", 1, 8, False),
    ],
)
def test_a_percentage_is_held_against_its_counts(value: str, part: int, sample: int, odd: bool) -> None:
    assert at_odds(Decimal(value), part, sample) is odd


VALUES = (
    st.decimals(min_value=-(10**12), max_value=10**12, places=6)
    | st.integers(-1000, 1000).map(Decimal)
    | st.sampled_from(["0.000001", "-0.000001", "1000000000000", "0"]).map(Decimal)
)
PERIOD = st.none() | st.sampled_from(PERIODS)
WRONG = (
    "E+",
    "E-",
    "NaN",
    "nan",
    "inf",
    "Inf",
    "None",
    "--",
    "−−",
    "_",
    "  ",
    ",,",
    "+−",
    "-",
    "+0.0%",
    "−0.0%",
)


SAYS = st.fixed_dictionaries(
    {
        "baseline": st.none() | VALUES,
        "result": VALUES,
        "sample": st.none() | st.integers(1, 10**9),
        "part": st.none() | st.integers(0, 10**9),
        "period": PERIOD,
        "baseline_period": PERIOD,
        "compared_with": st.none() | st.sampled_from(COMPARISONS),
        "annualized": st.booleans(),
        "until": st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    }
)


@settings(deadline=None, max_examples=600)
@given(which=st.integers(0, 10**6), says=SAYS)
def test_whatever_a_win_says_there_is_an_honest_sentence(
    content: Content, which: int, says: dict[str, Any]
) -> None:
    measured = Measured(metric=content.metrics[which % len(content.metrics)], **says)
    said = measured.sentence()
    assert [wrong for wrong in WRONG if wrong in said.replace("half-year", "half year")] == [], said
    try:
        found = measured.change()
    except PeriodMismatchError:
        assert measured.metric.adds_up
        return
    if found.baseline is None or found.difference is None:
        assert (measured.baseline, found.better, found.percent) == (None, None, None)
        assert "no baseline" in said
        return
    rising = found.result > found.baseline
    assert found.difference == found.result - found.baseline
    assert found.difference.is_finite()
    assert found.percent is None or (
        found.percent.is_finite() and (not found.percent or (found.percent > 0) is rising)
    )
    assert ("(held)" in said) is (found.better is None) is (found.result == found.baseline)
    assert found.better in (None, rising is (measured.metric.direction is Direction.UP))
    assert ("a decline)" in said) is (found.better is False)


@settings(deadline=None, max_examples=300)
@given(data=st.data(), baseline=VALUES, result=VALUES)
def test_a_year_never_turns_a_change_around(
    content: Content, data: st.DataObject, baseline: Decimal, result: Decimal
) -> None:
    """Over one length of time, the yearly figures move the way the figures do, or round to the same."""
    metric = data.draw(st.sampled_from([metric for metric in content.metrics if metric.adds_up]))
    period = data.draw(st.sampled_from([period for period in PERIODS if period != "event"]))
    plain = change(metric, baseline, result, period=period)
    yearly = change(metric, baseline, result, period=period, annualized=True, until=UNTIL)
    assert yearly.better in (None, plain.better)
    assert sentence(metric, yearly, period=period, annualized=True).endswith(", as yearly figures")
