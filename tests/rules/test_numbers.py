"""Numbers are read as people write them, or refused with a sentence; never guessed."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content import Content, MetricKind
from slackbot.rules.numbers import LARGEST, UnreadableNumberError, read_number
from slackbot.rules.outcomes import number

COUNT, DAYS, SCORE = "referrals", "issue_resolution_days", "satisfaction_score"
VISITS, PERCENT, NPS = "visits_per_week", "leakage", "referrer_nps"
MONEY, MARGIN, RAMP = "downstream_revenue", "contribution_margin", "onboarding_ramp"

READ = [
    # plain and grouped
    (COUNT, "120", "120"),
    (COUNT, "  120  ", "120"),
    (COUNT, "+120", "120"),
    (COUNT, "0", "0"),
    (COUNT, "-0", "0"),
    (COUNT, "007", "7"),
    (COUNT, "1,250", "1250"),
    (COUNT, "1,250,000", "1250000"),
    (COUNT, "1 250 000", "1250000"),
    (COUNT, "1\N{NO-BREAK SPACE}250", "1250"),
    (COUNT, "150.0", "150"),
    (MONEY, "1,412,500.50", "1412500.50"),
    (COUNT, "999,999,999,999", "999999999999"),
    (COUNT, "1000000000000", "1000000000000"),
    # decimals
    (DAYS, "3.5", "3.5"),
    (DAYS, ".5", "0.5"),
    (DAYS, "0.250", "0.25"),
    (DAYS, "0.000001", "0.000001"),
    (DAYS, "3.5000000000", "3.5"),
    (VISITS, "12.25", "12.25"),
    (SCORE, "4.2", "4.2"),
    # sizes
    (COUNT, "12k", "12000"),
    (COUNT, "12 K", "12000"),
    (COUNT, "1.2k", "1200"),
    (MONEY, "$1.4M", "1400000"),
    (MONEY, "1.4m", "1400000"),
    (MONEY, "$1,250", "1250"),
    (MONEY, "$ 1,250", "1250"),
    (MONEY, "1250", "1250"),
    # signs
    (NPS, "-12", "-12"),
    (NPS, "\N{MINUS SIGN}12", "-12"),
    (NPS, "- 12", "-12"),
    (NPS, "+18", "18"),
    (NPS, "-100", "-100"),
    (NPS, "100", "100"),
    (MARGIN, "-$5,000", "-5000"),
    # units
    (PERCENT, "46%", "46"),
    (PERCENT, "46 %", "46"),
    (PERCENT, "46", "46"),
    (PERCENT, "0%", "0"),
    (PERCENT, "100%", "100"),
    (RAMP, "135%", "135"),
    (COUNT, "150 referrals", "150"),
    (COUNT, "1 referral", "1"),
    (COUNT, "150 Referrals", "150"),
    (COUNT, "150referrals", "150"),
    (COUNT, "1,250 referrals", "1250"),
    (COUNT, "12k referrals", "12000"),
    (DAYS, "3.5 days", "3.5"),
    (DAYS, "1 day", "1"),
    (NPS, "18 points", "18"),
    ("touches_per_week", "1 touch", "1"),
    ("ride_alongs", "1 ride", "1"),
]

AMOUNT = "Write a number, like 120"
REFUSED = [
    # could mean two things: both are named
    (DAYS, "3,5", "That could be 3.5 or 35."),
    (MONEY, "3,50", "That could be 3.50 or 350."),
    (MONEY, "1.250", "That could be 1.25 or 1,250."),
    (DAYS, "12.345", "That could be 12.345 or 12,345."),
    (MONEY, "$1.250", "That could be 1.25 or 1,250."),
    (MONEY, "1.250.000", "Use commas between thousands: 1,250,000."),
    (VISITS, "1 2", "more than one number"),
    (DAYS, "9 3.5", "more than one number"),
    (DAYS, "1.5 000", "more than one number"),
    # no numbers
    (COUNT, "", AMOUNT),
    (COUNT, "   ", AMOUNT),
    (COUNT, "many", AMOUNT),
    (COUNT, "NaN", AMOUNT),
    (COUNT, "inf", AMOUNT),
    (COUNT, "-Infinity", AMOUNT),
    (COUNT, "1e5", AMOUNT),
    (COUNT, "0x1f", AMOUNT),
    (COUNT, "1_000", AMOUNT),
    (COUNT, "\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}", AMOUNT),
    (COUNT, "\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT TWO}", AMOUNT),
    (COUNT, "\N{RIGHT-TO-LEFT MARK}12", AMOUNT),
    (COUNT, "1\N{ZERO WIDTH SPACE}2", AMOUNT),
    (COUNT, "\N{PARTY POPPER}", AMOUNT),
    (COUNT, "12\N{PARTY POPPER}", AMOUNT),
    (COUNT, "1\N{VULGAR FRACTION ONE HALF}", AMOUNT),
    (COUNT, "1/2", AMOUNT),
    (COUNT, "--5", AMOUNT),
    (COUNT, "5-", AMOUNT),
    (COUNT, "10-20", AMOUNT),
    (COUNT, "(5)", AMOUNT),
    (COUNT, "=1+1", AMOUNT),
    (COUNT, "12mk", AMOUNT),
    (COUNT, ".", AMOUNT),
    (COUNT, ",", AMOUNT),
    (COUNT, "5.", AMOUNT),
    (COUNT, "1,25,000", AMOUNT),
    (COUNT, "1,2500", AMOUNT),
    (COUNT, "1.2.3", AMOUNT),
    (COUNT, ",500", AMOUNT),
    (PERCENT, "46%%", AMOUNT),
    # not this metric's unit
    (COUNT, "150 visits", AMOUNT),
    (COUNT, "46%", "measured in referrals, so leave out the % sign"),
    (NPS, "18%", "measured in points, so leave out the % sign"),
    (DAYS, "$5", "measured in days, so leave out the $ sign"),
    # cannot be true of it
    (COUNT, "-1", "cannot be below 0"),
    (COUNT, "3.5", "Count whole referrals"),
    (COUNT, "0.5k referrals and more", AMOUNT),
    (NPS, "101", "Referrer NPS goes from -100 to 100."),
    (NPS, "-101", "Referrer NPS goes from -100 to 100."),
    (SCORE, "0", "goes from 1 to 5"),
    (SCORE, "5.1", "goes from 1 to 5"),
    (PERCENT, "100.01%", "goes from 0 to 100"),
    (MONEY, "-$1", "cannot be below 0"),
    # more than can be kept
    (COUNT, "1000000000001", "more than I can keep"),
    (MONEY, "1000001M", "more than I can keep"),
    (DAYS, "0.0000001", "Six decimals"),
    (DAYS, "1.0000000000000000000000000000000000001", "more digits than I can keep"),
    (VISITS, f"0.{'9' * 40}m", "more digits than I can keep"),
    (COUNT, "1" * 100_000, "more digits than I can keep"),
    (COUNT, "1" + ".000" * 2_000, "more digits than I can keep"),
]


@pytest.mark.parametrize(("metric", "typed", "meant"), READ)
def test_what_people_type_is_read_as_they_mean_it(
    content: Content, metric: str, typed: str, meant: str
) -> None:
    assert read_number(typed, content.metric(metric)) == Decimal(meant)


@pytest.mark.parametrize(("metric", "typed", "told"), REFUSED, ids=[f"{m}-{t[:24]!a}" for m, t, _ in REFUSED])
def test_what_is_unclear_or_impossible_is_refused_with_a_sentence(
    content: Content, metric: str, typed: str, told: str
) -> None:
    with pytest.raises(UnreadableNumberError) as refused:
        read_number(typed, content.metric(metric))
    assert told in str(refused.value)
    assert str(refused.value).endswith((".", "?"))
    assert len(str(refused.value)) < 150


def test_a_metric_bounded_only_above_says_so(content: Content) -> None:
    capped = content.metric(MARGIN).model_copy(update={"maximum": Decimal(10)})
    with pytest.raises(UnreadableNumberError, match="cannot be above 10"):
        read_number("11", capped)


LOOKS_LIKE_A_NUMBER = st.text(alphabet="0123456789.,+-\N{MINUS SIGN}$%km e", max_size=40)


@settings(deadline=None, max_examples=300)
@given(typed=st.text(max_size=60) | LOOKS_LIKE_A_NUMBER, data=st.data())
def test_whatever_is_typed_is_a_number_that_can_be_kept_or_a_refusal(
    content: Content, typed: str, data: st.DataObject
) -> None:
    metric = data.draw(st.sampled_from(content.metrics))
    try:
        value = read_number(typed, metric)
    except UnreadableNumberError:
        return
    assert type(value) is Decimal
    assert metric.allows(value)
    assert abs(value) <= LARGEST
    assert value == round(value, 6)


@settings(deadline=None, max_examples=200)
@given(
    value=st.decimals(min_value=-LARGEST, max_value=LARGEST, places=6)
    | st.integers(min_value=-int(LARGEST), max_value=int(LARGEST)).map(Decimal)
)
def test_a_number_written_with_commas_reads_back(content: Content, value: Decimal) -> None:
    """Three decimals after one to three digits are the one exception: those are asked about."""
    shown = number(value)
    metric = content.metric(MARGIN)
    if re.fullmatch(r"\N{MINUS SIGN}?[1-9]\d{0,2}\.\d{3}", shown):
        with pytest.raises(UnreadableNumberError, match="That could be"):
            read_number(shown, metric)
    else:
        assert read_number(shown, metric) == value


def test_every_metric_reads_its_own_unit(content: Content) -> None:
    assert len(content.metrics) > 20
    for metric in content.metrics:
        shown = "$5" if metric.kind is MetricKind.CURRENCY else f"5 {metric.unit}"
        assert read_number(shown, metric) == 5
