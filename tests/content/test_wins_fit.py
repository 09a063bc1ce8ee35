"""Wins people really log find a metric that fits their unit, direction and numbers."""

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from pydantic import ValidationError

from content import Content, ContentError, Direction, Metric, MetricKind, find, load
from content.models import Combine
from content.models import Sample as CountedBehind


class Sample(NamedTuple):
    win: str
    outcome: str
    words: str  # how a person would name the metric
    metric: str
    unit: str
    kind: MetricKind
    direction: Direction
    baseline: str | None
    result: str


UP, DOWN = Direction.UP, Direction.DOWN
COUNT, PERCENTAGE = MetricKind.COUNT, MetricKind.PERCENTAGE

SAMPLES = [
    Sample(
        "cardiology referrals up",
        "referral_growth",
        "referrals",
        "referrals",
        "referrals",
        COUNT,
        UP,
        "120",
        "150",
    ),
    Sample(
        "three new referrers",
        "network_growth",
        "first-time referrers",
        "new_referring_providers",
        "providers",
        COUNT,
        UP,
        "0",
        "3",
    ),
    Sample(
        "ortho capture",
        "network_growth",
        "in-network share",
        "in_network_share",
        "%",
        PERCENTAGE,
        UP,
        "62",
        "71",
    ),
    Sample(
        "imaging leakage cut",
        "network_growth",
        "out of network",
        "leakage",
        "%",
        PERCENTAGE,
        DOWN,
        "38",
        "29",
    ),
    Sample(
        "NPS turned",
        "provider_satisfaction",
        "NPS",
        "referrer_nps",
        "points",
        MetricKind.POINTS,
        UP,
        "-12",
        "18",
    ),
    Sample(
        "satisfaction up",
        "provider_satisfaction",
        "mean score",
        "satisfaction_score",
        "points",
        MetricKind.SCORE,
        UP,
        "3.6",
        "4.2",
    ),
    Sample(
        "faster issue closure",
        "provider_satisfaction",
        "median days to resolve",
        "issue_resolution_days",
        "days",
        MetricKind.DAYS,
        DOWN,
        "9",
        "3.5",
    ),
    Sample(
        "transfer agreement",
        "contract_wins",
        "executed agreements",
        "agreements_signed",
        "agreements",
        COUNT,
        UP,
        "0",
        "1",
    ),
    Sample(
        "dinner attendance",
        "outreach_campaigns",
        "attendance rate",
        "event_attendance",
        "%",
        PERCENTAGE,
        UP,
        None,
        "46",
    ),
    Sample("visits back", "outreach_campaigns", "visits", "visits_per_week", "visits", COUNT, UP, "11", "18"),
    Sample("mentored a liaison", "leadership", "field rides", "ride_alongs", "rides", COUNT, UP, "0", "6"),
    Sample("built a dashboard", "leadership", "dashboard", "teams_using", "teams", COUNT, UP, "0", "4"),
    Sample(
        "lost ground",
        "referral_growth",
        "referrals per quarter",
        "referrals",
        "referrals",
        COUNT,
        UP,
        "90",
        "72",
    ),
    Sample(
        "no change",
        "provider_satisfaction",
        "satisfaction score",
        "satisfaction_score",
        "points",
        MetricKind.SCORE,
        UP,
        "4.1",
        "4.1",
    ),
    Sample(
        "big win", "referral_growth", "referrals per month", "referrals", "referrals", COUNT, UP, "7", "12"
    ),
    Sample("very long story", "outreach_campaigns", "events", "campaigns", "events", COUNT, UP, "2", "5"),
    Sample("symbols in the title", "outreach_campaigns", "event", "campaigns", "events", COUNT, UP, "1", "2"),
]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.win)
def test_a_win_has_a_metric_that_holds_its_numbers(sample: Sample, content: Content) -> None:
    metric = content.metric(sample.metric)

    assert metric.outcome == sample.outcome
    assert (metric.unit, metric.kind, metric.direction) == (sample.unit, sample.kind, sample.direction)
    assert sample.baseline is None or metric.allows(Decimal(sample.baseline))
    assert metric.allows(Decimal(sample.result))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.win)
def test_the_metric_is_found_by_the_words_of_the_person(sample: Sample, content: Content) -> None:
    assert find(sample.words, content.outcome(sample.outcome).metrics)[0].id == sample.metric


@pytest.mark.parametrize(
    ("metric", "reading"),
    [
        ("referrals", "-1"),
        ("referrals", "12.5"),
        ("leakage", "100.1"),
        ("leakage", "-0.1"),
        ("referrer_nps", "-101"),
        ("referrer_nps", "101"),
        ("satisfaction_score", "0.9"),
        ("satisfaction_score", "5.1"),
        ("issue_resolution_days", "-2"),
        ("downstream_revenue", "-0.01"),
        ("agreements_signed", "0.5"),
        ("contribution_margin", "NaN"),
        ("contribution_margin", "Infinity"),
        ("referrals", "NaN"),
    ],
)
def test_a_reading_that_cannot_be_true_is_refused(metric: str, reading: str, content: Content) -> None:
    assert not content.metric(metric).allows(Decimal(reading))


@pytest.mark.parametrize(
    ("metric", "reading"),
    [
        ("referrals", "0"),
        ("leakage", "0"),
        ("leakage", "100"),
        ("referrer_nps", "-100"),
        ("referrer_nps", "100"),
        ("satisfaction_score", "1"),
        ("satisfaction_score", "5.0"),
        ("visits_per_week", "17.25"),
        ("contribution_margin", "-1412.50"),
        ("onboarding_ramp", "130"),
        ("event_attendance", "112"),
    ],
)
def test_a_reading_on_the_edge_is_taken(metric: str, reading: str, content: Content) -> None:
    assert content.metric(metric).allows(Decimal(reading))


SUM, MEAN, LATEST, BEST = Combine.SUM, Combine.MEAN, Combine.LATEST, Combine.BEST
COMBINED = {
    "referrals": SUM,
    "downstream_revenue": SUM,
    "contribution_margin": SUM,
    "satisfaction_score": MEAN,
    "satisfaction_top_box": MEAN,
    "referrer_nps": MEAN,
    "issue_resolution_days": LATEST,  # nobody can take the mean of medians
    "loop_closure": MEAN,
    "days_to_appointment": LATEST,
    "campaigns": SUM,
    "event_attendance": MEAN,
    "event_conversion": MEAN,
    "visits_per_week": MEAN,  # a quarter of them is no larger than a week of them
    "touches_per_week": MEAN,
    "agreements_signed": SUM,
    "agreements_renewed": SUM,
    "new_referring_providers": SUM,
    "reactivated_referrers": SUM,
    "leakage": MEAN,
    "in_network_share": MEAN,
    "share_of_wallet": MEAN,
    "provider_introductions": SUM,
    "onboarding_ramp": MEAN,
    "ride_alongs": SUM,
    "mentees": SUM,
    "projects_led": SUM,
    "teams_using": BEST,  # one tool's teams are not added to another's
    "presentations": SUM,
}


def test_each_metric_says_what_several_results_of_it_come_to(content: Content) -> None:
    assert {metric.id: metric.combine for metric in content.metrics} == COMBINED


def test_only_what_adds_up_over_time_needs_the_same_length(content: Content) -> None:
    adding = {metric.id for metric in content.metrics if metric.adds_up}
    assert {"referrals", "downstream_revenue", "agreements_signed"} <= adding
    assert not adding & {"leakage", "visits_per_week", "referrer_nps", "teams_using", "issue_resolution_days"}


def test_a_survey_asks_for_its_answers_and_an_event_for_its_guests(content: Content) -> None:
    surveys = {metric.id for metric in content.metrics if metric.sample is CountedBehind.ANSWERS}
    assert surveys == {"satisfaction_score", "satisfaction_top_box", "referrer_nps"}
    shares = {metric.id: (metric.sample, metric.part) for metric in content.metrics if metric.part}
    assert shares == {
        "event_attendance": (CountedBehind.INVITED, "attended"),
        "event_conversion": (CountedBehind.ATTENDEES, "took the step"),
    }


def test_only_a_share_that_can_pass_the_whole_is_left_without_a_limit(content: Content) -> None:
    shares = [metric for metric in content.metrics if metric.kind is PERCENTAGE]
    assert {metric.id for metric in shares if metric.maximum is None} == {
        "event_attendance",
        "onboarding_ramp",
    }
    assert {metric.maximum for metric in shares if metric.maximum is not None} == {Decimal(100)}


@pytest.mark.parametrize(
    ("metric", "changed", "told"),
    [
        ("leakage", {"combine": "sum"}, "only a count or a currency adds up"),
        ("referrer_nps", {"combine": "sum"}, "only a count or a currency adds up"),
        ("leakage", {"combine": "add"}, "Input should be 'sum'"),
        ("leakage", {"combine": None}, "combine"),
        ("leakage", {"sample": "patients"}, "Input should be 'none'"),
        ("onboarding_ramp", {"part": "seen"}, "a sample that it is part of"),
        ("satisfaction_score", {"part": "happy"}, "part needs a percentage"),
    ],
)
def test_a_metric_that_cannot_be_reckoned_with_is_refused(
    content: Content, metric: str, changed: dict[str, str | None], told: str
) -> None:
    written = {**content.metric(metric).model_dump(), **changed}
    with pytest.raises(ValidationError, match=told):
        Metric.model_validate(written)


@pytest.mark.parametrize(
    ("sample", "count", "word"),
    [
        (CountedBehind.ANSWERS, 1, "answer"),
        (CountedBehind.ANSWERS, 2, "answers"),
        (CountedBehind.INVITED, 1, "invited"),
    ],
)
def test_a_sample_is_counted_in_its_own_word(sample: CountedBehind, count: int, word: str) -> None:
    assert sample.after(count) == word


def test_a_spoiled_file_is_told_with_its_line(copied: Path) -> None:
    file = copied / "outcomes.yaml"
    file.write_text(file.read_text().replace("combine: mean", "combine: sum", 1))
    with pytest.raises(ContentError, match=r"outcomes\.yaml.*only a count or a currency adds up"):
        load(copied)
