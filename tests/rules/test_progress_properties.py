"""What holds for progress whatever the wins are: their order, their splitting, and another good result."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from content import Content, OutcomeTest, Predicate, leaves
from slackbot.rules.progress import Entry, Judged, combined, judged, readiness
from slackbot.rules.roadmap import Record
from tests.rules.progress_wins import entry, time

TODAY = date(2026, 11, 23)
METRICS = (
    "referrals",
    "downstream_revenue",
    "contribution_margin",
    "satisfaction_score",
    "referrer_nps",
    "issue_resolution_days",
    "campaigns",
    "event_conversion",
    "agreements_signed",
    "leakage",
    "teams_using",
    "mentees",
)
TIMES = (
    "2025Q3",
    "2025Q4",
    "2026Q1",
    "2026Q2",
    "2026-02",
    "2026-05",
    "2026H1",
    "2026",
    "2026-03-04",
    "2026-03-04!",
)
MEASURES = ("percent_change", "change", "level", "total", "entries")

small = st.integers(0, 400)


@st.composite
def wins(draw: st.DrawFn, content: Content, metrics: Sequence[str] = METRICS) -> list[Entry]:
    """Any wins: improvements and declines, with and without baselines and samples, some of them overlapping."""
    found = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        metric = content.metric(draw(st.sampled_from(metrics)))
        scale = 1 if metric.maximum is None else 100
        result, baseline = (Decimal(draw(small)) / scale + 1 for _ in range(2))
        sample = draw(st.sampled_from([None, 5, 20, 40]))
        read = entry(content, number, f"{metric.id} {result} {draw(st.sampled_from(TIMES))}")
        found.append(
            replace(
                read,
                baseline=draw(st.sampled_from([None, baseline, baseline, baseline])),
                sample=sample,
                practice=draw(st.sampled_from([None, "oak", "elm"])),
                verified=draw(st.booleans()),
            )
        )
    return found


def any_test(content: Content, data: st.DataObject) -> Predicate:
    """One of the product's own tests, or an outcome test of any shape."""
    if data.draw(st.booleans()):
        return data.draw(st.sampled_from([criterion.test for criterion in content.criteria]))
    metric = content.metric(data.draw(st.sampled_from(METRICS)))
    return OutcomeTest.model_validate(
        {
            "outcome": metric.outcome,
            "metric": data.draw(st.sampled_from([metric.id, metric.id, None])),
            "by": data.draw(st.sampled_from(MEASURES)),
            "at_least": data.draw(st.sampled_from(["0.5", 2, 15])),
            "over": data.draw(st.sampled_from([None, "month", "quarter", "half_year", "event"])),
            "periods": data.draw(st.sampled_from([1, 1, 2, 3])),
            "sample": data.draw(st.sampled_from([None, None, 10])),
        }
    )


def judge(test: Predicate, own: Sequence[Entry], content: Content) -> Judged:
    return judged(test, own, Record(), content, TODAY)


@given(data=st.data())
def test_the_order_of_the_wins_does_not_matter(data: st.DataObject, content: Content) -> None:
    own = data.draw(wins(content))
    shuffled = data.draw(st.permutations(own))
    test = any_test(content, data)
    assert judge(test, own, content) == judge(test, shuffled, content)
    for metric in {each.metric for each in own}:
        assert combined(content.metric(metric), own) == combined(content.metric(metric), shuffled)


@given(data=st.data())
def test_a_judgment_agrees_with_itself(data: st.DataObject, content: Content) -> None:
    found = judge(any_test(content, data), data.draw(wins(content)), content)
    assert 0 <= found.share <= 1
    assert (found.share == 1) is found.met
    assert bool(found.missing) is not found.met
    assert not set(found.counted) & {number for number, _ in found.passed_over}
    assert "  " not in found.sentence
    assert not found.sentence.endswith(".")
    if not found.met:
        assert found.missing.endswith(".")


@given(data=st.data())
def test_claims_never_count_as_verified(data: st.DataObject, content: Content) -> None:
    own = data.draw(wins(content))
    test = any_test(content, data)
    if any(leaf.kind == "verified_share" for leaf in leaves(test)):
        return  # this one looks at the claims on purpose
    alone = judge(test, [each for each in own if each.verified], content)
    among = judge(test, own, content)
    assert (alone.met, alone.share) == (among.met, among.share)
    everything = judge(test, [replace(each, verified=True) for each in own], content)
    assert everything.met is among.met_claimed


@given(data=st.data())
def test_of_events_held_claims_only_add(data: st.DataObject, content: Content) -> None:
    days = data.draw(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 5), st.booleans()), max_size=8))
    own = [
        replace(
            entry(content, number, f"campaigns {held} {date(2026, 1, 1) + timedelta(days=day)}!"), verified=ok
        )
        for number, (day, held, ok) in enumerate(days, start=1)
    ]
    test = OutcomeTest.model_validate(
        {"outcome": "outreach_campaigns", "metric": "campaigns", "by": "total", "at_least": 6}
    )
    found = judge(test, own, content)
    assert found.verified == sum(held for _, held, ok in days if ok)
    assert found.claimed == sum(held for _, held, _ in days)
    assert found.met_claimed or not found.met


QUARTERS = [["2026-01", "2026-02", "2026-03"], ["2026-04", "2026-05", "2026-06"]]


@given(
    parts=st.lists(st.tuples(small, small), min_size=12, max_size=12),
    metric=st.sampled_from(["referrals", "downstream_revenue", "agreements_signed"]),
    by=st.sampled_from(["percent_change", "change", "level", "total"]),
    over=st.sampled_from([None, "quarter"]),
    periods=st.sampled_from([1, 2]),
)
def test_splitting_a_count_changes_nothing(
    parts: list[tuple[int, int]], metric: str, by: str, over: str | None, periods: int, content: Content
) -> None:
    """Two quarters told of at once are what they are told of by month, by practice, or by both."""
    test = OutcomeTest.model_validate(
        {
            "outcome": content.metric(metric).outcome,
            "metric": metric,
            "by": by,
            "over": "quarter" if periods > 1 else over,
            "periods": periods,
            "at_least": 10,
        }
    )
    places = ["@oak", "@elm"]
    cells = [(months, month, place) for months in QUARTERS for month, place in product(months, places)]
    told = list(zip(cells, parts, strict=True))

    def logged(groups: dict[tuple[str, str], list[tuple[int, int]]]) -> list[Entry]:
        return [
            entry(
                content,
                number,
                f"{metric} {sum(b for b, _ in held)}>{sum(r for _, r in held)} {when} {place}",
            )
            for number, ((when, place), held) in enumerate(groups.items(), start=1)
        ]

    def grouped(by_month: bool, by_place: bool) -> list[Entry]:
        groups: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for (months, month, place), part in told:
            quarter = f"2026Q{QUARTERS.index(months) + 1}"
            groups.setdefault((month if by_month else quarter, place if by_place else ""), []).append(part)
        return logged(groups)

    whole = grouped(False, False)
    one = judge(test, whole, content)
    for by_month, by_place in [(True, False), (False, True), (True, True)]:
        split = grouped(by_month, by_place)
        other = judge(test, split, content)
        assert (one.verified, one.met, one.share) == (other.verified, other.met, other.share)
        assert one.sentence == other.sentence
        assert combined(content.metric(metric), whole).value == combined(content.metric(metric), split).value


GAINS = (
    # At least as much as the manager's criteria and the director's ask for.
    "referrals 100>115",
    "referrals 0>14",
    "referrals 80>400",
    "satisfaction_score 3.6>3.9 n20",
    "referrer_nps 10>20 n20",
    "campaigns 1",
    "event_conversion 10",
    "agreements_signed 1",
    "agreements_renewed 1",
    "mentees 1",
    "leakage 30>20",
)
FRESH = ("2027Q1", "2027Q2", "2024Q4", "2026Q1 @fresh", "2025Q4 @fresh")


def gain(content: Content, figures: str, when: str) -> Entry:
    metric, numbers, *marks = figures.split()
    period, *place = when.split()
    return entry(content, 99, " ".join([metric, numbers, period, *place, *marks]))


@given(data=st.data())
def test_another_verified_gain_never_lowers_readiness(data: st.DataObject, content: Content) -> None:
    """It tells of a time or a practice not told of before, and is at least as large as what is asked."""
    own = data.draw(wins(content))
    more = gain(content, data.draw(st.sampled_from(GAINS)), data.draw(st.sampled_from(FRESH)))
    if more.practice:
        own = [each for each in own if each.practice]  # the panel's figure would already contain it
    rung = data.draw(st.sampled_from(["liaison", "senior_liaison", "manager", "director"]))
    criteria = content.criteria_for(rung)
    before = readiness(criteria, own, Record(), content, TODAY)
    after = readiness(criteria, [*own, more], Record(), content, TODAY)
    assert after.gates_met >= before.gates_met
    assert after.supporting_met >= before.supporting_met
    for (criterion, one), (_, two) in zip(before.standings, after.standings, strict=True):
        assert two.share >= one.share, criterion.id
        assert two.met or not one.met, criterion.id


@given(data=st.data())
def test_of_what_is_counted_any_confirmed_gain_however_small_never_lowers_anything(
    data: st.DataObject, content: Content
) -> None:
    own = data.draw(wins(content, ["campaigns", "agreements_signed", "mentees"]))
    metric = content.metric(data.draw(st.sampled_from(["campaigns", "agreements_signed", "mentees"])))
    more = gain(content, f"{metric.id} {data.draw(st.integers(0, 3))}", data.draw(st.sampled_from(FRESH[:3])))
    test = OutcomeTest.model_validate(
        {
            "outcome": metric.outcome,
            "metric": metric.id,
            "by": data.draw(st.sampled_from(["total", "entries"])),
            "over": data.draw(st.sampled_from([None, "quarter", "year"])),
            "at_least": data.draw(st.integers(1, 12)),
        }
    )
    before, after = judge(test, own, content), judge(test, [*own, more], content)
    assert (after.verified or 0) >= (before.verified or 0)
    assert after.share >= before.share
    assert after.met or not before.met


def test_a_gain_smaller_than_what_is_asked_may_lower_an_average_and_does_so_openly(content: Content) -> None:
    """Why the property above speaks of gains as large as what is asked: two practices are one panel."""
    test = next(each for each in content.criteria if each.id == "senior_liaison_referrals").test
    oak = entry(content, 1, "referrals 100>120 2026Q1 @oak")
    elm = entry(content, 2, "referrals 100>101 2026Q1 @elm")
    alone, both = judge(test, [oak], content), judge(test, [oak, elm], content)

    assert (alone.verified, alone.met) == (Decimal(20), True)
    assert (both.verified, both.met) == (Decimal("10.5"), True)
    larger = replace(elm, baseline=Decimal(400), result=Decimal(404))
    assert judge(test, [oak, larger], content).met is False  # 24 of 500
    assert "500 → 524 referrals (+4.8%)" in judge(test, [oak, larger], content).sentence


@given(data=st.data())
def test_a_larger_result_never_counts_less(data: st.DataObject, content: Content) -> None:
    own = data.draw(wins(content, ["referrals"]))
    test = OutcomeTest.model_validate(
        {"outcome": "referral_growth", "metric": "referrals", "by": "percent_change", "at_least": 15}
    )
    raised = [replace(each, result=each.result + 10) for each in own]
    assert judge(test, raised, content).share >= judge(test, own, content).share


def test_the_times_of_these_tests_are_the_calendars() -> None:
    assert time("2026H1") == (date(2026, 1, 1), date(2026, 6, 30), "half_year")
    assert time("2026-02") == (date(2026, 2, 1), date(2026, 2, 28), "month")
