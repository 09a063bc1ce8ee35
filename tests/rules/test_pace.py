"""A target against the straight line to it: where one would be, where one is, and when it is too early to say."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import Content
from slackbot.rules.pace import Aim, Pace, State, bar, expected, line, pace, reached
from tests.rules.progress_wins import entries

STARTS, DUE = date(2026, 1, 1), date(2027, 1, 1)  # 365 days


def aim(content: Content, metric: str, start: str | None, goal: str) -> Aim:
    return Aim(content.metric(metric), None if start is None else Decimal(start), Decimal(goal), STARTS, DUE)


def after(days: int) -> date:
    return STARTS + timedelta(days=days)


class Case(NamedTuple):
    """A target "from goal", the days gone, the actual and the number of wins; then what is said of it."""

    says: str
    metric: str
    way: str
    days: int
    actual: str | None
    wins: int
    state: State
    projection: str | None
    sentence: str


CASES = [
    # 40 % of 365 days are 146; on the line: 15 × 0.4 = 6; at the end: 6 / 0.4 = 15
    Case("on the line", "leakage", "0 15", 146, "6", 3, State.ON_PACE, "15", "At 6% of 15% with 40% of the year gone; on a straight line you would be at 6%."),
    # line 8 × 0.4 = 3.2; way 5/8 = 0.625, 0.225 ahead; 5 / 0.4 = 12.5, and half an event rounds up
    Case("ahead", "campaigns", "0 8", 146, "5", 3, State.AHEAD, "13", "At 5 of 8 events with 40% of the year gone; on a straight line you would be at 3.2 events."),
    # way 2/8 = 0.25, 0.15 behind; 2 / 0.4 = 5
    Case("behind", "campaigns", "0 8", 146, "2", 2, State.BEHIND, "5", "At 2 of 8 events with 40% of the year gone; on a straight line you would be at 3.2 events."),
    Case("from nothing", "campaigns", "- 8", 146, "2", 2, State.BEHIND, "5", "At 2 of 8 events with 40% of the year gone; on a straight line you would be at 3.2 events."),
    # from 3.5 to 4.0: line 3.7; way 0.15/0.5 = 0.3, 0.1 behind; 3.5 + 0.15 / 0.4 = 3.875 → 3.88
    Case("a score on its way", "satisfaction_score", "3.5 4", 146, "3.65", 2, State.BEHIND, "3.88", "At 3.65 on the way from 3.5 to 4 with 40% of the year gone; on a straight line you would be at 3.7."),
    # 4.5 + 0.4 / 0.4 = 5.5, and the scale ends at 5
    Case("no further than the scale", "satisfaction_score", "4.5 5", 146, "4.9", 2, State.AHEAD, "5", "At 4.9 on the way from 4.5 to 5 with 40% of the year gone; on a straight line you would be at 4.7."),
    # lower is better, 9 to 5: line 9 − 1.6 = 7.4; way 2/4 = 0.5, 0.1 ahead; 9 − 2 / 0.4 = 4
    Case("fewer days, ahead", "issue_resolution_days", "9 5", 146, "7", 2, State.AHEAD, "4", "At 7 days on the way from 9 to 5 days with 40% of the year gone; on a straight line you would be at 7.4 days."),
    # way −1/4, far behind; 9 + 1 / 0.4 = 11.5
    Case("more days, behind", "issue_resolution_days", "9 5", 146, "10", 2, State.BEHIND, "11.5", "At 10 days on the way from 9 to 5 days with 40% of the year gone; on a straight line you would be at 7.4 days."),
    # 5 % off the line is on pace still: 8 × 0.4 = 3.2; way of 2.8 is 0.35
    Case("the edge of the band", "downstream_revenue", "0 8", 146, "2.80", 2, State.ON_PACE, "7", "At $2.80 of $8 with 40% of the year gone; on a straight line you would be at $3.20."),
    Case("just outside it", "downstream_revenue", "0 8", 146, "2.79", 2, State.BEHIND, "6.98", "At $2.79 of $8 with 40% of the year gone; on a straight line you would be at $3.20."),  # 2.79 / 0.4 = 6.975
    # 73 days are a fifth
    Case("a day too early", "campaigns", "0 8", 72, "2", 2, State.TOO_EARLY, None, "At 2 of 8 events with 19% of the year gone; too early to say where this leads."),
    Case("a fifth of the time", "campaigns", "0 8", 73, "2", 2, State.ON_PACE, "10", "At 2 of 8 events with 20% of the year gone; on a straight line you would be at 1.6 events."),  # 0.25 − 0.2; 2 / 0.2
    Case("one win says little", "campaigns", "0 8", 146, "2", 1, State.TOO_EARLY, None, "At 2 of 8 events with 40% of the year gone; too early to say where this leads."),
    Case("nothing yet", "campaigns", "0 8", 146, None, 0, State.TOO_EARLY, None, "Nothing logged yet toward 8 events with 40% of the year gone; too early to say where this leads."),
    Case("the third day", "campaigns", "0 8", 3, None, 0, State.TOO_EARLY, None, "Nothing logged yet toward 8 events with the year just begun; too early to say where this leads."),
    Case("before it begins", "campaigns", "0 8", -9, None, 0, State.TOO_EARLY, None, "Nothing logged yet toward 8 events with the year still ahead; too early to say where this leads."),
    Case("a start that is not known", "leakage", "- 15", 146, "20", 4, State.TOO_EARLY, None, "At 20% on the way to 15%; without a known start there is no line to hold it against."),
    Case("reached early", "campaigns", "0 8", 10, "8", 1, State.REACHED, None, "Reached: the goal of 8 events."),
    Case("reached late", "campaigns", "0 8", 400, "9", 5, State.REACHED, None, "Reached: 9 events; the goal was 8 events."),
    Case("reached downward", "leakage", "30 15", 146, "14.5", 1, State.REACHED, None, "Reached: 14.5%; the goal was 15%."),
    Case("held where it was", "leakage", "15 15", 146, "15", 1, State.REACHED, None, "Reached: the goal of 15%."),
    Case("the last day", "campaigns", "0 8", 365, "6", 3, State.BEHIND, "6", "At 6 of 8 events with 100% of the year gone; on a straight line you would be at 8 events."),
    Case("overdue", "campaigns", "0 8", 366, "6", 3, State.OVERDUE, None, "At 6 of 8 events; the date for it was January 1, 2027, and a new one can be agreed."),
    Case("overdue with nothing", "leakage", "30 15", 366, None, 0, State.OVERDUE, None, "Nothing logged yet toward 15%; the date for it was January 1, 2027, and a new one can be agreed."),
]  # fmt: skip


def on(content: Content, case: Case) -> Pace:
    start, goal = case.way.split()
    target = aim(content, case.metric, None if start == "-" else start, goal)
    return pace(target, None if case.actual is None else Decimal(case.actual), case.wins, after(case.days))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_the_pace_worked_out_by_hand(case: Case, content: Content) -> None:
    found = on(content, case)
    assert found.state is case.state
    assert found.projection == (None if case.projection is None else Decimal(case.projection))
    assert found.sentence == case.sentence


def test_a_shorter_target_speaks_of_time_not_of_a_year(content: Content) -> None:
    target = Aim(content.metric("campaigns"), Decimal(0), Decimal(4), STARTS, after(100))
    assert "50% of the time gone" in pace(target, Decimal(2), 2, after(50)).sentence


@pytest.mark.parametrize(
    ("days", "there"),
    [(-1, "120"), (0, "120"), (73, "126"), (146, "132"), (365, "150"), (400, "150")],  # 30 × 0.2 = 6
)
def test_the_line_is_straight_and_ends_where_it_should(days: int, there: str) -> None:
    assert expected(Decimal(120), Decimal(150), STARTS, DUE, after(days)) == Decimal(there)


def test_a_chart_gets_the_line_for_its_days(content: Content) -> None:
    days = [after(0), after(73), after(365)]
    assert line(aim(content, "issue_resolution_days", "9", "4"), days) == [9, 8, 4]
    assert line(aim(content, "leakage", None, "4"), days) == []


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("0", "▱▱▱▱▱▱▱▱▱▱"),
        ("0.3", "▰▰▰▱▱▱▱▱▱▱"),
        ("0.39", "▰▰▰▱▱▱▱▱▱▱"),
        ("0.999", "▰▰▰▰▰▰▰▰▰▱"),
        ("1", "▰▰▰▰▰▰▰▰▰▰"),
        ("1.7", "▰▰▰▰▰▰▰▰▰▰"),
        ("-0.4", "▱▱▱▱▱▱▱▱▱▱"),
    ],
)
def test_a_bar_is_full_only_at_the_end(share: str, said: str) -> None:
    assert bar(Decimal(share)) == said


def test_a_bar_has_the_width_asked_for() -> None:
    assert bar(Decimal("0.5"), 4) == "▰▰▱▱"


@pytest.mark.parametrize(
    ("metric", "start", "wins", "actual"),
    [
        ("campaigns", "0", ["campaigns 2 2026Q1", "campaigns 3 2026Q2"], "5"),  # 2 + 3
        ("campaigns", None, ["campaigns 2 2026Q1", "campaigns 3 2025Q2"], "2"),  # the other was before it began
        ("referrals", "120", ["referrals 125 2026Q1", "referrals 130 2026Q2"], "130"),  # a quarter's number, not their sum
        ("referrals", "120", ["referrals 125 2026Q1", "referrals 40 2026-04"], "125"),  # April alone is no quarter
        ("referrals", "120", ["referrals 60 2026Q2 @oak", "referrals 70 2026Q2 @elm"], "130"),  # 60 + 70
        ("referrals", "120", ["referrals 128 2026-05-05"], "128"),
        ("referrals", "120", ["referrals 40 2026-04"], None),
        ("leakage", "30", ["leakage 28 2026Q1 n10", "leakage 25 2026Q2 n10"], "25"),
        ("campaigns", "0", ["referrals 40 2026-04"], None),
        ("campaigns", "0", ["campaigns 40 2026Q4"], None),  # it has not happened yet
    ],
)  # fmt: skip
def test_the_actual_follows_from_the_wins_since_the_target_began(
    metric: str, start: str | None, wins: list[str], actual: str | None, content: Content
) -> None:
    found, count = reached(aim(content, metric, start, "99"), entries(content, *wins), after(200))
    assert found == (None if actual is None else Decimal(actual))
    assert count == sum(win.startswith(metric) and "2025" not in win and "Q4" not in win for win in wins)


amounts = st.decimals(0, 1000, places=1)


@given(start=amounts, goal=amounts, actual=amounts, days=st.integers(0, 365), wins=st.integers(0, 5))
def test_a_pace_never_contradicts_itself(
    start: Decimal, goal: Decimal, actual: Decimal, days: int, wins: int, content: Content
) -> None:
    target = Aim(content.metric("downstream_revenue"), start, goal, STARTS, DUE)
    found = pace(target, actual, wins, after(days))
    assert 0 <= found.elapsed <= 1
    assert 0 <= found.share <= 1
    assert (found.share == 1) is (found.state is State.REACHED)
    assert found.expected is not None
    assert min(start, goal) <= found.expected <= max(start, goal)
    assert (found.projection is None) is (found.state in {State.REACHED, State.OVERDUE, State.TOO_EARLY})


@given(actual=amounts, more=amounts, days=st.integers(73, 365))
def test_doing_better_never_looks_worse(actual: Decimal, more: Decimal, days: int, content: Content) -> None:
    ranks = [State.BEHIND, State.ON_PACE, State.AHEAD, State.REACHED]
    target = aim(content, "downstream_revenue", "0", "900")
    one = pace(target, actual, 2, after(days)).state
    two = pace(target, actual + more, 2, after(days)).state
    assert ranks.index(two) >= ranks.index(one)
