"""Outcomes in short for the tests of the weekly message: a target some way along, wins some days ago."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from content import Content
from slackbot.rules.nudges import Area, Goal, Said, Week
from slackbot.rules.pace import Aim, pace

TODAY = date(2026, 11, 23)  # a Monday
SIX = (
    "referral_growth",
    "provider_satisfaction",
    "outreach_campaigns",
    "contract_wins",
    "network_growth",
    "leadership",
)


def area(
    content: Content,
    outcome: str,
    *,
    won: int | None = None,
    wins: int = 3,
    at: int | None = None,
    gone: int = 50,
    gate: bool = False,
    today: date = TODAY,
) -> Area:
    """`won` days ago; `at` percent of the way to a target of 100 with `gone` percent of its 1,000 days gone."""
    found = content.outcome(outcome)
    goal = None
    if at is not None:
        # A target from nothing to a hundred of whatever adds up: the arithmetic of pace has tests of its own.
        metric = content.metric("campaigns")
        starts = today - timedelta(days=10 * gone)
        aim = Aim(metric, Decimal(0), Decimal(100), starts, starts + timedelta(days=1000))
        actual = None if won is None else Decimal(at)
        goal = Goal(aim, pace(aim, actual, wins if won is not None else 0, today), agreed=True)
    last = None if won is None else today - timedelta(days=won)
    return Area(found, found.default_metric, goal, 0 if won is None else wins, last, gate)


def areas(content: Content, **given: dict[str, object]) -> list[Area]:
    """All six; those not named had a win three days ago."""
    return [area(content, each, **(given.get(each, {"won": 3}))) for each in SIX]  # type: ignore[arg-type]


def said(weeks_ago: int, outcome: str, nudge: str = "elsewhere", answer: str | None = None) -> Said:
    monday = TODAY - timedelta(weeks=weeks_ago)
    return Said(monday, datetime.combine(monday, time(14), UTC), outcome, nudge, answer)


def week(*, logged: int | None = None, new: bool = False) -> Week:
    """`logged`: days since the last win was logged."""
    noon = datetime.combine(TODAY, time(12), UTC)
    return Week(TODAY, TODAY, None if logged is None else noon - timedelta(days=logged), new)
