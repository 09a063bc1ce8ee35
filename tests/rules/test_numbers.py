"""Numbers are read as people write them, or refused with a sentence; never guessed."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content import Content, MetricKind
from slackbot.rules.numbers import (
    LARGEST,
    UnreadableNumberError,
    read_baseline,
    read_count,
    read_number,
    read_share,
)
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
    (NPS, "18 pts", "18"),
    (DAYS, "3.5 business days", "3.5"),
    (DAYS, "4 calendar days", "4"),
    # out of the scale's own best
    (SCORE, "4.2/5", "4.2"),
    (SCORE, "4.2 / 5", "4.2"),
    (SCORE, "4.2 out of 5", "4.2"),
    # spelled out
    (PERCENT, "46 percent", "46"),
    (PERCENT, "46 per cent", "46"),
    (PERCENT, "46.5pct", "46.5"),
    (COUNT, "2 thousand", "2000"),
    (COUNT, "2 thousand referrals", "2000"),
    (COUNT, "3 million referrals", "3000000"),
    (MONEY, "$1.4 million", "1400000"),
    (MONEY, "1.4 mil", "1400000"),
    (MONEY, "$1.4MM", "1400000"),
    (MONEY, "1.2B", "1200000000"),
    (MONEY, "1.2 billion", "1200000000"),
    (MONEY, "USD 5,000", "5000"),
    (MONEY, "US$5,000", "5000"),
    (MONEY, "5,000 dollars", "5000"),
    (MONEY, "$1.4M USD", "1400000"),
    (MONEY, "500$", "500"),
    (MONEY, "1 dollar", "1"),
    (MARGIN, "$-5,000", "-5000"),
    (MARGIN, "-5,000 USD", "-5000"),
    (MARGIN, "USD -5,000", "-5000"),
    # more than the whole, where that can be: asked about later
    ("event_attendance", "112%", "112"),
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
    (MONEY, "1.250,00", "a point before cents: 1,250.00."),
    (MONEY, "1.250.000,5", "a point before cents: 1,250,000.5."),
    (PERCENT, "1,5 %", "That could be 1.5 or 15."),
    (MONEY, "$1,5M", "That could be 1.5 or 15."),
    # counts where their share is asked for, and another scale
    ("event_attendance", "23 of 50", "23 of 50 is 46%. Write 46 here."),
    ("event_attendance", "23/50", "23 of 50 is 46%. Write 46 here."),
    (PERCENT, "1 out of 3", "1 of 3 is 33.3%. Write 33.3 here."),
    (SCORE, "8/10", "This score goes up to 5."),
    # guesses
    (COUNT, "~120", "I need the number itself"),
    (COUNT, "about 120", "I need the number itself"),
    (COUNT, "More than 120", "I need the number itself"),
    (COUNT, "120+", "I need the number itself"),
    (COUNT, "<5", "I need the number itself"),
    (MONEY, "$1.4M+", "I need the number itself"),
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
    (COUNT, "5 dollars", "measured in referrals, so leave out the $ sign"),
    (COUNT, "46 percent", "measured in referrals, so leave out the % sign"),
    (DAYS, "2 weeks", AMOUNT),
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


LOOKS_LIKE_A_NUMBER = st.text(alphabet="0123456789.,+-\N{MINUS SIGN}$%kmb e/~usdollarthndipc", max_size=40)


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


@pytest.mark.parametrize(
    "typed",
    [None, "", "  ", "none", "None", "N/A", "n/a", "-", "\N{EM DASH}", "\N{MINUS SIGN}", "no baseline", "?"],
)
def test_a_baseline_that_was_not_there_is_none_and_no_zero(content: Content, typed: str | None) -> None:
    assert read_baseline(typed, content.metric(COUNT)) is None


def test_a_baseline_of_zero_is_a_zero(content: Content) -> None:
    assert read_baseline("0", content.metric(COUNT)) == 0


@pytest.mark.parametrize("typed", ["nothing", "zero", "nonee", "3,5"])
def test_a_baseline_that_could_mean_two_things_is_asked_about(content: Content, typed: str) -> None:
    with pytest.raises(UnreadableNumberError):
        read_baseline(typed, content.metric(COUNT))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("41", 41),
        (" 41 ", 41),
        ("n=41", 41),
        ("N = 41", 41),
        ("41 answers", 41),
        ("1,250", 1250),
        ("1 250 invited", 1250),
        ("1", 1),
        ("1000000000", 1_000_000_000),
    ],
)
def test_a_count_of_people_is_read_as_it_is_written(typed: str, meant: int) -> None:
    assert read_count(typed) == meant


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Write how many answers as a whole number"),
        ("many", "whole number"),
        ("3.5", "whole number"),
        ("-3", "whole number"),
        ("3,5", "whole number"),
        ("1e3", "whole number"),
        ("46%", "whole number"),
        ("\N{ARABIC-INDIC DIGIT ONE}", "whole number"),
        ("1" * 100_000, "whole number"),
        ("0", "at least 1"),
        ("1000000001", "more than I can keep"),
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_what_is_no_count_of_people_is_refused_with_a_sentence(typed: str, told: str) -> None:
    with pytest.raises(UnreadableNumberError) as refused:
        read_count(typed, "answers")
    assert told in str(refused.value)
    assert str(refused.value).endswith((".", "?"))


def test_nobody_may_have_come_where_nobody_is_a_possible_count() -> None:
    assert read_count("0", "came", least=0) == 0


def test_a_share_is_made_of_its_two_counts(content: Content) -> None:
    assert read_share(content.metric("event_attendance"), 23, 50) == 46
    assert read_share(content.metric("event_attendance"), 60, 50) == 120
    assert read_share(content.metric("event_conversion"), 50, 50) == 100


def test_more_than_all_is_refused_where_it_cannot_be(content: Content) -> None:
    with pytest.raises(UnreadableNumberError, match="51 of 50 is more than all of them"):
        read_share(content.metric("event_conversion"), 51, 50)
    with pytest.raises(UnreadableNumberError, match="10,001 of 10,000 is more"):
        read_share(content.metric("event_conversion"), 10_001, 10_000)


@settings(deadline=None, max_examples=300)
@given(typed=st.text(max_size=40) | st.from_regex(r"(n ?= ?)?[0-9]{1,12}( [a-z]+)?", fullmatch=True))
def test_whatever_is_typed_for_a_count_is_one_that_can_be_kept_or_a_refusal(typed: str) -> None:
    try:
        value = read_count(typed)
    except UnreadableNumberError:
        return
    assert 1 <= value <= 2**31 - 1
