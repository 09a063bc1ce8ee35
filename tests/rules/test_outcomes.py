"""A win's arithmetic is computed, says whether it is better, and reads like a sentence in every case."""

from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content import Content, Direction, MetricKind
from slackbot.rules.outcomes import change, number, reading, sentence


class Win(NamedTuple):
    id: str
    metric: str
    baseline: str | None
    result: str
    change: str | None
    percent: str | None
    better: bool | None
    sentence: str


SAMPLES = [
    Win("W01", "referrals", "120", "150", "30", "25.0", True, "120 → 150 referrals (+25.0%)"),
    Win("W02", "new_referring_providers", "0", "3", "3", None, True, "0 → 3 providers (+3, new)"),
    Win("W03", "in_network_share", "62", "71", "9", "14.5", True, "62% → 71% (+9 percentage points)"),
    Win("W04", "leakage", "38", "29", "-9", "-23.7", True, "38% → 29% (−9 percentage points, better)"),
    Win("W05", "referrer_nps", "-12", "18", "30", None, True, "−12 → 18 (+30 points)"),
    Win("W06", "satisfaction_score", "3.6", "4.2", "0.6", "16.7", True, "3.6 → 4.2 (+0.6)"),
    Win("W07", "issue_resolution_days", "9", "3.5", "-5.5", "-61.1", True, "9 → 3.5 days (61.1% faster)"),
    Win("W08", "agreements_signed", "0", "1", "1", None, True, "0 → 1 agreement (+1, new)"),
    Win("W10", "event_attendance", None, "46", None, None, None, "46% (no baseline)"),
    Win("W12", "visits_per_week", "11", "18", "7", "63.6", True, "11 → 18 visits (+63.6%)"),
    Win("W14", "ride_alongs", "0", "6", "6", None, True, "0 → 6 rides (+6, new)"),
    Win("W15", "teams_using", "0", "4", "4", None, True, "0 → 4 teams (+4, new)"),
    Win("W16", "referrals", "90", "72", "-18", "-20.0", False, "90 → 72 referrals (−20.0%, a decline)"),
    Win("W18", "satisfaction_score", "4.1", "4.1", "0", "0.0", None, "4.1 → 4.1 (held)"),
    Win("W19", "referrals", "7", "12", "5", "71.4", True, "7 → 12 referrals (+71.4%)"),
    Win("W20", "campaigns", "2", "5", "3", "150.0", True, "2 → 5 events (+150.0%)"),
    Win("W21", "campaigns", "1", "2", "1", "100.0", True, "1 → 2 events (+100.0%)"),
]

EDGES = [
    # without a baseline, or from nothing
    Win("none", "referrals", None, "150", None, None, None, "150 referrals (no baseline)"),
    Win("none, money", "downstream_revenue", None, "5000", None, None, None, "$5,000 (no baseline)"),
    Win("nothing yet", "referrals", "0", "0", "0", None, None, "0 → 0 referrals (held)"),
    Win("new money", "downstream_revenue", "0", "100", "100", None, True, "$0 → $100 (+$100, new)"),
    Win("new days", "days_to_appointment", "0", "3", "3", None, False, "0 → 3 days (+3, a decline)"),
    Win("below none", "days_to_appointment", "0", "-3", "-3", None, True, "0 → −3 days (−3, better)"),
    Win("share from 0", "leakage", "0", "2", "2", None, False, "0% → 2% (+2 percentage points, a decline)"),
    # points are never a percentage
    Win("NPS up", "referrer_nps", "18", "42", "24", None, True, "18 → 42 (+24 points)"),
    Win("NPS by one", "referrer_nps", "18", "19", "1", None, True, "18 → 19 (+1 point)"),
    Win("NPS below zero", "referrer_nps", "-40", "-12", "28", None, True, "−40 → −12 (+28 points)"),
    Win("NPS falls", "referrer_nps", "10", "-5", "-15", None, False, "10 → −5 (−15 points, a decline)"),
    Win("NPS held", "referrer_nps", "-5", "-5", "0", None, None, "−5 → −5 (held)"),
    # shares
    Win("one point", "in_network_share", "62", "63", "1", "1.6", True, "62% → 63% (+1 percentage point)"),
    Win(
        "half a point",
        "loop_closure",
        "35",
        "35.5",
        "0.5",
        "1.4",
        True,
        "35% → 35.5% (+0.5 percentage points)",
    ),
    Win(
        "more leakage",
        "leakage",
        "29",
        "38",
        "9",
        "31.0",
        False,
        "29% → 38% (+9 percentage points, a decline)",
    ),
    Win(
        "over plan", "onboarding_ramp", "80", "135", "55", "68.8", True, "80% → 135% (+55 percentage points)"
    ),
    # lower is better
    Win("slower", "issue_resolution_days", "4", "6", "2", "50.0", False, "4 → 6 days (+50.0%, a decline)"),
    Win("at once", "issue_resolution_days", "4", "0", "-4", "-100.0", True, "4 → 0 days (100.0% faster)"),
    # a score
    Win("lower score", "satisfaction_score", "4.2", "4", "-0.2", "-4.8", False, "4.2 → 4 (−0.2, a decline)"),
    # money
    Win(
        "revenue",
        "downstream_revenue",
        "1250000",
        "1412500.50",
        "162500.50",
        "13.0",
        True,
        "$1,250,000 → $1,412,500.50 (+13.0%)",
    ),
    Win("margin up", "contribution_margin", "-500", "250", "750", None, True, "−$500 → $250 (+$750)"),
    Win("less of a loss", "contribution_margin", "-500", "-200", "300", None, True, "−$500 → −$200 (+$300)"),
    Win(
        "more of a loss",
        "contribution_margin",
        "-200",
        "-500",
        "-300",
        None,
        False,
        "−$200 → −$500 (−$300, a decline)",
    ),
    # large, small and rounded
    Win("tenfold", "referrals", "120", "1200", "1080", "900.0", True, "120 → 1,200 referrals (+900.0%)"),
    Win(
        "from one to a million",
        "referrals",
        "1",
        "1000000",
        "999999",
        "99999900.0",
        True,
        "1 → 1,000,000 referrals (+99,999,900.0%)",
    ),
    Win("gone", "referrals", "5", "0", "-5", "-100.0", False, "5 → 0 referrals (−100.0%, a decline)"),
    Win(
        "a half declines",
        "referrals",
        "2000",
        "1999",
        "-1",
        "-0.1",
        False,
        "2,000 → 1,999 referrals (−0.1%, a decline)",
    ),
    Win("half rounds away", "referrals", "2000", "2001", "1", "0.1", True, "2,000 → 2,001 referrals (+0.1%)"),
    Win(
        "too small for a percentage",
        "referrals",
        "10000",
        "10001",
        "1",
        "0.0",
        True,
        "10,000 → 10,001 referrals (+1)",
    ),
    Win(
        "a decline too small for one",
        "referrals",
        "10001",
        "10000",
        "-1",
        "0.0",
        False,
        "10,001 → 10,000 referrals (−1, a decline)",
    ),
    Win(
        "days too few for one",
        "issue_resolution_days",
        "10000",
        "9999",
        "-1",
        "0.0",
        True,
        "10,000 → 9,999 days (−1, better)",
    ),
]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("win", [*SAMPLES, *EDGES], ids=lambda win: win.id)
def test_a_win_comes_to_what_a_person_would_work_out(content: Content, win: Win) -> None:
    metric = content.metric(win.metric)
    found = change(metric, _decimal(win.baseline), Decimal(win.result))
    assert (found.difference, found.percent, found.better) == (
        _decimal(win.change),
        _decimal(win.percent),
        win.better,
    )
    assert sentence(metric, found) == win.sentence


def test_a_percentage_keeps_its_one_decimal(content: Content) -> None:
    found = change(content.metric("referrals"), Decimal(120), Decimal(150))
    assert str(found.percent) == "25.0"
    declined = change(content.metric("referrals"), Decimal(10001), Decimal(10000))
    assert str(declined.percent) == "0.0"


@pytest.mark.parametrize(
    ("metric", "value", "shown"),
    [
        ("referrals", "1250", "1,250 referrals"),
        ("in_network_share", "71.50", "71.5%"),
        ("downstream_revenue", "1412500.50", "$1,412,500.50"),
        ("contribution_margin", "-5000", "−$5,000"),
        ("contribution_margin", "-0.5", "−$0.50"),
        ("contribution_margin", "0.000001", "$0.000001"),
        ("referrer_nps", "-12", "−12"),
        ("satisfaction_score", "4.20", "4.2"),
        ("issue_resolution_days", "3.5", "3.5 days"),
        ("referrals", "0", "0 referrals"),
    ],
)
def test_a_reading_carries_its_unit_the_way_it_is_spoken(
    content: Content, metric: str, value: str, shown: str
) -> None:
    assert reading(content.metric(metric), Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1E+6", "1,000,000"),
        ("100", "100"),
        ("100.00", "100"),
        ("-0", "0"),
        ("-0.50", "−0.5"),
        ("1E-6", "0.000001"),
    ],
)
def test_a_number_never_shows_an_exponent_or_idle_zeros(value: str, shown: str) -> None:
    assert number(Decimal(value)) == shown


VALUES = st.decimals(min_value=-(10**12), max_value=10**12, places=6) | st.integers(-1000, 1000).map(Decimal)


@settings(deadline=None, max_examples=300)
@given(baseline=st.none() | VALUES, result=VALUES, data=st.data())
def test_any_two_numbers_make_an_honest_sentence(
    content: Content, baseline: Decimal | None, result: Decimal, data: st.DataObject
) -> None:
    metric = data.draw(st.sampled_from(content.metrics))
    found = change(metric, baseline, result)
    said = sentence(metric, found)
    assert not any(wrong in said for wrong in ("E+", "E-", "NaN", "nan", "inf", "Inf", "None", "--", "−−"))
    if baseline is None:
        assert (found.difference, found.percent, found.better) == (None, None, None)
        return
    assert found.difference == result - baseline
    if found.percent is not None:
        assert found.percent.is_finite()
        assert baseline > 0
        assert metric.kind is not MetricKind.POINTS
        assert found.percent == 0 or (found.percent > 0) is (result > baseline)
    if result == baseline:
        assert found.better is None
        assert said.endswith("(held)")
    else:
        assert found.better is ((result > baseline) is (metric.direction is Direction.UP))
        assert said.endswith("decline)") is not found.better


@settings(deadline=None, max_examples=200)
@given(start=VALUES, end=VALUES)
def test_the_sign_in_a_sentence_is_the_way_it_went(content: Content, start: Decimal, end: Decimal) -> None:
    metric = content.metric("referrals")
    said = sentence(metric, change(metric, start, end)).rpartition("(")[2]
    expected = "h" if start == end else "+" if end > start else "−"
    assert said[0] == expected
