"""Where somebody stands on a test: a table worked out by hand, with the arithmetic beside each case."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from content import (
    AllOf,
    AnyOf,
    Content,
    CredentialKind,
    Credentials,
    Degree,
    Education,
    Experience,
    OutcomeTest,
    Predicate,
    VerifiedShare,
    Years,
)
from slackbot.rules.progress import Judged, judged
from slackbot.rules.roadmap import Record
from tests.rules.progress_wins import entries

TODAY = date(2026, 11, 23)
NOBODY = Record()


def ask(metric: str, at_least: object, by: str, **more: Any) -> OutcomeTest:
    outcomes = {
        "campaigns": "outreach_campaigns",
        "event_conversion": "outreach_campaigns",
        "visits_per_week": "outreach_campaigns",
        "agreements_signed": "contract_wins",
        "leakage": "network_growth",
        "teams_using": "leadership",
        "satisfaction_score": "provider_satisfaction",
        "referrer_nps": "provider_satisfaction",
        "issue_resolution_days": "provider_satisfaction",
        "loop_closure": "provider_satisfaction",
    }
    outcome = outcomes.get(metric, "referral_growth")
    return OutcomeTest.model_validate(
        {"outcome": outcome, "metric": metric, "at_least": at_least, "by": by, **more}
    )


TWO_EVENTS = ask("campaigns", 2, "total")
TEN_PERCENT = ask("referrals", 10, "percent_change", over="quarter")
TWO_QUARTERS = ask("referrals", 15, "percent_change", over="quarter", periods=2)
SCORE = ask("satisfaction_score", "0.3", "change", sample=20)
NPS = ask("referrer_nps", 10, "change", sample=20)
LEADERSHIP = OutcomeTest.model_validate({"outcome": "leadership", "at_least": 2, "by": "entries"})
FASTER = ask("issue_resolution_days", 25, "percent_change")
SHARE = VerifiedShare(at_least=Decimal(80))


class Case(NamedTuple):
    """Verified / claimed / needed, shortly; met by what is verified and with the claims, as "yes no"; the sentence."""

    says: str
    test: Predicate
    wins: list[str]
    numbers: str
    met: str
    sentence: str
    record: Record = NOBODY


CASES = [
    # totals
    Case("nothing yet", TWO_EVENTS, [], "0 0 2", "no no", "0 of 2 events confirmed"),
    Case("one of two", TWO_EVENTS, ["campaigns 1 2026Q1"], "1 1 2", "no no", "1 of 2 events confirmed"),
    Case("the other is claimed", TWO_EVENTS, ["campaigns 1 2026Q1", "campaigns 1 2026Q2 ?"], "1 2 2", "no yes", "1 of 2 events confirmed, 1 more claimed"),
    Case("exactly enough", TWO_EVENTS, ["campaigns 2 2026Q1"], "2 2 2", "yes yes", "2 of 2 events confirmed"),
    Case("more than enough", TWO_EVENTS, ["campaigns 2 2026Q1", "campaigns 1 2026Q2"], "3 3 2", "yes yes", "3 events confirmed, 2 needed"),
    Case("a claim corrects downward", TWO_EVENTS, ["campaigns 2 2026Q1", "campaigns 1 2026Q1 ?"], "2 1 2", "yes no", "2 of 2 events confirmed, 1 less with what is claimed"),
    Case("a decline is a result too", ask("referrals", 200, "total"), ["referrals 120>90 2026Q1", "referrals 90>110 2026Q2"], "200 200 200", "yes yes", "200 of 200 referrals confirmed"),  # 90 + 110
    Case("money", ask("downstream_revenue", 50000, "total"), ["downstream_revenue 12500.5 2026Q1", "downstream_revenue 12500 2026Q2 ?"], "12500.5 25000.5 50000", "no no", "$12,500.50 of $50,000 confirmed, $12,500 more claimed"),
    Case("money enough", ask("downstream_revenue", 50000, "total"), ["downstream_revenue 60000 2026Q1"], "60000 60000 50000", "yes yes", "$60,000 confirmed, $50,000 needed"),
    Case("the best of a period is no sum", ask("teams_using", 5, "total"), ["teams_using 3 2026Q1", "teams_using 4 2026Q2"], "4 4 5", "no no", "4 of 5 teams confirmed"),
    Case("in one quarter", ask("campaigns", 3, "total", over="quarter"), ["campaigns 2 2026-01", "campaigns 1 2026-02-03!", "campaigns 1 2026-07"], "3 3 3", "yes yes", "Q1 2026: 3 of 3 events confirmed"),  # 2 + 1, and 1 in Q3
    Case("a year is no quarter", ask("campaigns", 3, "total", over="quarter"), ["campaigns 8 2026"], "0 0 3", "no no", "0 of 3 events confirmed"),
    Case("two good quarters in a row", ask("campaigns", 3, "total", over="quarter", periods=2), ["campaigns 3 2026Q1", "campaigns 4 2026Q2"], "2 2 2", "yes yes", "2 of 2 quarters in a row confirmed at 3 events or more; newest, Q2 2026: 4 events"),
    Case("a total of rates is none", ask("visits_per_week", 20, "total"), ["visits_per_week 12 2026-01"], "- - 20", "no no", "0 of 20 visits confirmed"),
    # entries
    Case("wins are counted, whatever they say", LEADERSHIP, ["projects_led 1 2026", "mentees 3 2026"], "2 2 2", "yes yes", "2 of 2 wins confirmed"),
    Case("two projects in one year are two wins", LEADERSHIP, ["projects_led 1 2026", "projects_led 1 2026"], "2 2 2", "yes yes", "2 of 2 wins confirmed"),
    Case("one of them claimed", LEADERSHIP, ["projects_led 1 2026", "mentees 3 2026 ?"], "1 2 2", "no yes", "1 of 2 wins confirmed, 1 more claimed"),
    Case("wins of other outcomes are not", LEADERSHIP, ["campaigns 1 2026Q1"], "0 0 2", "no no", "0 of 2 wins confirmed"),
    Case("on one metric only", ask("event_conversion", 1, "entries"), ["event_conversion 30 2026-03-01! n10 p3", "campaigns 9 2026Q1"], "1 1 1", "yes yes", "1 of 1 win confirmed"),
    Case("of a size", ask("event_conversion", 2, "entries", sample=10), ["event_conversion 30 2026-03-01! n10 p3", "event_conversion 50 2026-04-01! n4 p2"], "1 1 2", "no no", "1 of 2 wins confirmed"),
    # percent change over quarters
    Case("+17.5%", TEN_PERCENT, ["referrals 120>141 2026Q1"], "17.5 17.5 10", "yes yes", "Q1 2026: 120 → 141 referrals (+17.5%) confirmed, +10% needed"),  # 21 / 120
    Case("exactly ten", TEN_PERCENT, ["referrals 120>132 2026Q1"], "10 10 10", "yes yes", "Q1 2026: 120 → 132 referrals (+10.0%) confirmed, +10% needed"),  # 12 / 120
    Case("almost ten does not look like ten", TEN_PERCENT, ["referrals 2500>2749 2026Q1"], "9.96 9.96 10", "no no", "Q1 2026: 2,500 → 2,749 referrals (+9.96%) confirmed, +10% needed"),  # 249 / 2500
    Case("practices together", TEN_PERCENT, ["referrals 50>60 2026Q1 @oak", "referrals 150>156 2026Q1 @elm"], "8 8 10", "no no", "Q1 2026: 200 → 216 referrals (+8.0%) confirmed, +10% needed"),  # (10 + 6) / 200
    Case("a decline counts", TEN_PERCENT, ["referrals 100>130 2026Q1 @oak", "referrals 100>80 2026Q1 @elm"], "5 5 10", "no no", "Q1 2026: 200 → 210 referrals (+5.0%) confirmed, +10% needed"),  # (30 − 20) / 200
    Case("the panel outranks", TEN_PERCENT, ["referrals 200>230 2026Q1", "referrals 100>101 2026Q1 @elm"], "15 15 10", "yes yes", "Q1 2026: 200 → 230 referrals (+15.0%) confirmed, +10% needed"),  # 30 / 200
    Case("months make a quarter", TEN_PERCENT, ["referrals 40>44 2026-01", "referrals 40>48 2026-02", "referrals 40>46 2026-03"], "15 15 10", "yes yes", "Q1 2026: 120 → 138 referrals (+15.0%) confirmed, +10% needed"),  # (4 + 8 + 6) / 120
    Case("two months are no quarter", TEN_PERCENT, ["referrals 40>44 2026-01", "referrals 40>48 2026-02"], "- - 10", "no no", "No confirmed change yet, +10% needed"),
    Case("the best quarter counts, the newest is shown", TEN_PERCENT, ["referrals 100>120 2026Q1", "referrals 100>97 2026Q2"], "20 20 10", "yes yes", "Q1 2026: 100 → 120 referrals (+20.0%) confirmed, +10% needed; newest, Q2 2026: 100 → 97 referrals (−3.0%)"),
    Case("the present quarter is not over", TEN_PERCENT, ["referrals 100>120 2026Q1", "referrals 100>101 2026Q4"], "20 20 10", "yes yes", "Q1 2026: 100 → 120 referrals (+20.0%) confirmed, +10% needed; newest, Q4 2026: 100 → 101 referrals (+1.0%) so far"),
    Case("a claim alone", TEN_PERCENT, ["referrals 100>112 2026Q1 ?"], "- 12 10", "no yes", "No confirmed change yet, +10% needed; Q1 2026: 100 → 112 referrals (+12.0%) with what is claimed"),
    Case("a claim pulls down", TEN_PERCENT, ["referrals 100>112 2026Q1 @oak", "referrals 100>100 2026Q1 @elm ?"], "12 6 10", "yes no", "Q1 2026: 100 → 112 referrals (+12.0%) confirmed, +10% needed; Q1 2026: 200 → 212 referrals (+6.0%) with what is claimed"),  # 12 / 200
    Case("from nothing there is no percentage", TEN_PERCENT, ["referrals 0>14 2026Q1"], "- - 10", "no no", "No confirmed change yet, +10% needed"),
    Case("a new practice adds to the panel", TEN_PERCENT, ["referrals 100>100 2026Q1 @oak", "referrals 0>14 2026Q1 @elm"], "14 14 10", "yes yes", "Q1 2026: 100 → 114 referrals (+14.0%) confirmed, +10% needed"),  # 14 / 100
    Case("no baseline, no change", TEN_PERCENT, ["referrals 140 2026Q1"], "- - 10", "no no", "No confirmed change yet, +10% needed"),
    Case("no stretch, no quarter", TEN_PERCENT, ["referrals 100>140 2026-03-01"], "- - 10", "no no", "No confirmed change yet, +10% needed"),
    Case("all of it where no stretch is asked", ask("referrals", 10, "percent_change"), ["referrals 100>105 2026Q1", "referrals 100>125 2026Q3"], "15 15 10", "yes yes", "200 → 230 referrals (+15.0%) confirmed, +10% needed"),  # (5 + 25) / 200
    Case("whole numbers as they are", ask("referrals", 20, "change", over="quarter"), ["referrals 100>115 2026Q1"], "15 15 20", "no no", "Q1 2026: 100 → 115 referrals (+15 referrals) confirmed, +20 referrals needed"),
    # several periods
    Case("one of two quarters", TWO_QUARTERS, ["referrals 100>116 2026Q1", "referrals 100>101 2026Q2"], "1 1 2", "no no", "1 of 2 quarters in a row confirmed at +15% or more; newest, Q2 2026: 100 → 101 referrals (+1.0%)"),
    Case("two in a row", TWO_QUARTERS, ["referrals 100>116 2026Q1", "referrals 100>115 2026Q2"], "2 2 2", "yes yes", "2 of 2 quarters in a row confirmed at +15% or more; newest, Q2 2026: 100 → 115 referrals (+15.0%)"),
    Case("two with a gap", TWO_QUARTERS, ["referrals 100>116 2026Q1", "referrals 100>117 2026Q3"], "1 1 2", "no no", "1 of 2 quarters in a row confirmed at +15% or more; newest, Q3 2026: 100 → 117 referrals (+17.0%)"),
    Case("over the turn of the year", TWO_QUARTERS, ["referrals 100>116 2025Q4", "referrals 100>117 2026Q1"], "2 2 2", "yes yes", "2 of 2 quarters in a row confirmed at +15% or more; newest, Q1 2026: 100 → 117 referrals (+17.0%)"),
    Case("an old row counts", TWO_QUARTERS, ["referrals 100>116 2025Q1", "referrals 100>117 2025Q2", "referrals 100>90 2026Q1"], "2 2 2", "yes yes", "2 of 2 quarters in a row confirmed at +15% or more; newest, Q1 2026: 100 → 90 referrals (−10.0%)"),
    Case("a claim closes the row", TWO_QUARTERS, ["referrals 100>116 2026Q1", "referrals 100>117 2026Q2 ?"], "1 2 2", "no yes", "1 of 2 quarters in a row confirmed at +15% or more; 2 with what is claimed; newest, Q1 2026: 100 → 116 referrals (+16.0%)"),
    Case("more than enough in a row", TWO_QUARTERS, ["referrals 100>116 2025Q4", "referrals 100>117 2026Q1", "referrals 100>118 2026Q2"], "3 3 2", "yes yes", "3 quarters in a row confirmed at +15% or more, 2 needed; newest, Q2 2026: 100 → 118 referrals (+18.0%)"),
    Case("nothing in a row", TWO_QUARTERS, [], "0 0 2", "no no", "0 of 2 quarters in a row confirmed at +15% or more"),
    Case("events in a row", ask("event_conversion", 30, "level", over="event", periods=2), ["event_conversion 30 2026-01-05! n10 p3", "event_conversion 20 2026-02-05! n10 p2", "event_conversion 40 2026-03-05! n10 p4"], "1 1 2", "no no", "1 of 2 events in a row confirmed at 30% or more; newest, March 5, 2026: 40%"),
    # changes of rates
    Case("+0.3 on the scale", SCORE, ["satisfaction_score 3.6>3.9 2026H1 n20"], "0.3 0.3 0.3", "yes yes", "First half of 2026: 3.6 → 3.9 (+0.3) confirmed, +0.3 needed"),
    Case("too few answers", SCORE, ["satisfaction_score 3.6>3.9 2026H1 n19"], "- - 0.3", "no no", "No confirmed change yet, +0.3 needed"),
    # before (3.5 × 30 + 4.1 × 20) / 50 = 187 / 50 = 3.74; after (3.9 × 30 + 4.2 × 20) / 50 = 201 / 50 = 4.02
    Case("practices weigh by answers", SCORE, ["satisfaction_score 3.5>3.9 2026H1 @oak n30", "satisfaction_score 4.1>4.2 2026H1 @elm n20"], "0.28 0.28 0.3", "no no", "First half of 2026: 3.74 → 4.02 (+0.28) confirmed, +0.3 needed"),
    Case("an early small step does not weigh on a later large one", SCORE, ["satisfaction_score 3.6>3.7 2025H1 n20", "satisfaction_score 3.7>4.1 2025H2 n20"], "0.4 0.4 0.3", "yes yes", "Second half of 2025: 3.7 → 4.1 (+0.4) confirmed, +0.3 needed"),
    Case("NPS in points", NPS, ["referrer_nps -12>-4 2026H1 n25"], "8 8 10", "no no", "First half of 2026: −12 → −4 (+8 points) confirmed, +10 points needed"),
    Case("never a percentage of points", ask("referrer_nps", 10, "percent_change"), ["referrer_nps 10>20 2026H1 n25"], "- - 10", "no no", "No confirmed change yet, +10% needed"),
    Case("percentage points, lower is better", ask("leakage", 5, "change"), ["leakage 30>27 2026Q1 n100"], "3 3 5", "no no", "Q1 2026: 30% → 27% (3 percentage points lower) confirmed, 5 percentage points lower needed"),
    Case("faster", FASTER, ["issue_resolution_days 8>6 2026-03"], "25 25 25", "yes yes", "8 → 6 days (25.0% lower) confirmed, 25% lower needed"),  # 2 / 8
    Case("slower", FASTER, ["issue_resolution_days 8>10 2026-03"], "-25 -25 25", "no no", "8 → 10 days (25.0% higher) confirmed, 25% lower needed"),
    Case("of medians the latest", FASTER, ["issue_resolution_days 8>4 2026-03", "issue_resolution_days 8>7 2026-04"], "12.5 12.5 25", "no no", "8 → 7 days (12.5% lower) confirmed, 25% lower needed"),  # 1 / 8
    # levels
    Case("at least", ask("loop_closure", 80, "level"), ["loop_closure 71.5 2026-01 n10"], "71.5 71.5 80", "no no", "January 2026: 71.5% confirmed, at least 80% needed"),
    Case("the newest level stands", ask("loop_closure", 80, "level"), ["loop_closure 85 2026-01 n10", "loop_closure 78 2026-02 n10"], "78 78 80", "no no", "February 2026: 78% confirmed, at least 80% needed"),
    Case("at most", ask("issue_resolution_days", 5, "level"), ["issue_resolution_days 4.5 2026-03"], "4.5 4.5 5", "yes yes", "March 2026: 4.5 days confirmed, at most 5 days needed"),
    Case("above the most", ask("issue_resolution_days", 5, "level"), ["issue_resolution_days 8 2026-03"], "8 8 5", "no no", "March 2026: 8 days confirmed, at most 5 days needed"),
    Case("no level yet", ask("issue_resolution_days", 5, "level"), [], "- - 5", "no no", "No confirmed level yet, at most 5 days needed"),
    # the share verified
    Case("nothing put forward", SHARE, [], "- - 80", "no no", "No wins put forward yet, 80% needed"),
    Case("three of four", SHARE, ["campaigns 1 2026Q1", "referrals 9 2026Q1", "mentees 1 2026", "campaigns 1 2026Q2 ?"], "75 100 80", "no yes", "3 of 4 wins confirmed (75.0%), 80% needed"),  # 300 / 4
    Case("four of five", SHARE, ["campaigns 1 2026Q1", "referrals 9 2026Q1", "mentees 1 2026", "campaigns 1 2026Q3", "campaigns 1 2026Q2 ?"], "80 100 80", "yes yes", "4 of 5 wins confirmed (80.0%), 80% needed"),  # 400 / 5
    Case("a private one is not put forward", SHARE, ["campaigns 1 2026Q1", "campaigns 1 2026Q2 ??"], "100 100 80", "yes yes", "1 of 1 win confirmed (100.0%), 80% needed"),
    # the person
    Case("no degree told", Education(at_least=Degree.BACHELOR), [], "0 0 1", "no no", "No degree on the profile, bachelor's degree needed"),
    Case("a lower one", Education(at_least=Degree.MASTER), [], "0 0 1", "no no", "Bachelor's degree on the profile, master's degree needed", Record(education=Degree.BACHELOR)),
    Case("a higher one", Education(at_least=Degree.MASTER), [], "1 1 1", "yes yes", "Doctorate on the profile", Record(education=Degree.DOCTORATE)),
    Case("no years told", Years(of=Experience.RELEVANT, at_least=Decimal(5)), [], "0 0 5", "no no", "No years of relevant work on the profile, 5 needed"),
    Case("three of five years", Years(of=Experience.RELEVANT, at_least=Decimal(5)), [], "3 3 5", "no no", "3 of 5 years of relevant work", Record(years={Experience.RELEVANT: 3})),
    Case("years of another kind", Years(of=Experience.LIAISON, at_least=Decimal(2)), [], "0 0 2", "no no", "No years as a liaison on the profile, 2 needed", Record(years={Experience.RELEVANT: 3})),
    Case("years enough", Years(of=Experience.LIAISON, at_least=Decimal(2)), [], "2 2 2", "yes yes", "2 years as a liaison, 2 needed", Record(years={Experience.LIAISON: 2})),
    Case("a credential of any kind", Credentials(at_least=1), [], "1 1 1", "yes yes", "1 of 1 credential", Record(held=[CredentialKind.COURSE])),
    Case("a credential of another kind", Credentials(at_least=1, kinds=(CredentialKind.CERTIFICATION,)), [], "0 0 1", "no no", "0 of 1 certification", Record(held=[CredentialKind.COURSE])),
    # several tests
    Case("all: one of two", AllOf(of=(TWO_EVENTS, LEADERSHIP)), ["campaigns 2 2026Q1", "mentees 1 2026"], "1 1 2", "no no", "2 of 2 events confirmed; 1 of 2 wins confirmed"),
    Case("all: the rest is claimed", AllOf(of=(TWO_EVENTS, LEADERSHIP)), ["campaigns 2 2026Q1", "mentees 1 2026", "mentees 1 2025 ?"], "1 2 2", "no yes", "2 of 2 events confirmed; 1 of 2 wins confirmed, 1 more claimed"),
    Case("any: the other one", AnyOf(of=(SCORE, NPS)), ["satisfaction_score 3.6>3.7 2026H1 n20", "referrer_nps 10>20 2026H1 n20"], "10 10 10", "yes yes", "First half of 2026: 10 → 20 (+10 points) confirmed, +10 points needed"),
    Case("any: the furthest along", AnyOf(of=(SCORE, NPS)), ["satisfaction_score 3.6>3.7 2026H1 n20", "referrer_nps 10>19 2026H1 n20"], "9 9 10", "no no", "First half of 2026: 10 → 19 (+9 points) confirmed, +10 points needed"),
    Case("any: a claim elsewhere would do", AnyOf(of=(SCORE, NPS)), ["satisfaction_score 3.6>3.7 2026H1 n20", "referrer_nps 10>21 2026H1 n20 ?"], "0.1 0.1 0.3", "no yes", "First half of 2026: 3.6 → 3.7 (+0.1) confirmed, +0.3 needed"),
]  # fmt: skip


def judge(content: Content, test: Predicate, *wins: str, record: Record = NOBODY) -> Judged:
    return judged(test, entries(content, *wins), record, content, TODAY)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_the_answer_worked_out_by_hand(case: Case, content: Content) -> None:
    found = judge(content, case.test, *case.wins, record=case.record)
    verified, claimed, needed = (None if text == "-" else Decimal(text) for text in case.numbers.split())
    assert (found.verified, found.claimed, found.needed) == (verified, claimed, needed)
    assert (found.met, found.met_claimed) == tuple(word == "yes" for word in case.met.split())
    assert found.sentence == case.sentence
    assert (found.share == 1) is found.met
    assert bool(found.missing) is not found.met


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 60
    assert len({case.says for case in CASES}) == len(CASES)


@pytest.mark.parametrize(
    ("test", "wins", "share"),
    [
        (TWO_EVENTS, ["campaigns 1 2026Q1"], "0.5"),  # 1 / 2
        (TWO_EVENTS, ["campaigns 9 2026Q1"], "1"),
        (TWO_EVENTS, ["campaigns 9 2026Q1 ?"], "0"),  # nothing is verified
        (TEN_PERCENT, ["referrals 100>106 2026Q1"], "0.6"),  # 6 / 10
        (TEN_PERCENT, ["referrals 100>94 2026Q1"], "0"),  # a decline is not less than nothing
        (TWO_QUARTERS, ["referrals 100>115 2026Q1", "referrals 100>106 2026Q2"], "0.7"),  # (1 + 6/15) / 2
        (TWO_QUARTERS, ["referrals 100>115 2026Q1", "referrals 100>106 2026Q3"], "0.5"),  # the gap: 1 / 2
        (ask("issue_resolution_days", 5, "level"), ["issue_resolution_days 8 2026-03"], "0.625"),  # 5 / 8
        (ask("issue_resolution_days", 5, "level"), ["issue_resolution_days 0 2026-03"], "1"),
        (SHARE, ["campaigns 1 2026Q1", "campaigns 1 2026Q2 ?"], "0.625"),  # 50 / 80
        (
            AllOf(of=(TWO_EVENTS, LEADERSHIP)),
            ["campaigns 2 2026Q1", "mentees 1 2026"],
            "0.75",
        ),  # (1 + 0.5) / 2
        (AnyOf(of=(TWO_EVENTS, LEADERSHIP)), ["campaigns 1 2026Q1"], "0.5"),
    ],
)
def test_a_bar_shows_how_much_of_it_is_verified(
    test: Predicate, wins: list[str], share: str, content: Content
) -> None:
    assert judge(content, test, *wins).share == Decimal(share)


@pytest.mark.parametrize(
    ("test", "wins", "missing"),
    [
        (TWO_EVENTS, [], "Log a first win in “Campaigns and events held”."),
        (LEADERSHIP, [], "Log a first win in Leadership."),
        (TWO_EVENTS, ["campaigns 1 2026Q1"], "1 more event to go."),
        (TWO_EVENTS, ["campaigns 1 2026Q1", "campaigns 1 2026Q2 ?"], "What is claimed is enough, once it is confirmed."),
        (ask("campaigns", 4, "total"), ["campaigns 1 2026Q1", "campaigns 1 2026Q2 ?"], "2 more events to go, besides what is claimed."),
        (ask("campaigns", 4, "total", over="quarter"), ["campaigns 1 2026Q1"], "3 more events to go in one quarter."),
        (ask("downstream_revenue", 50000, "total"), ["downstream_revenue 12500.5 2026Q1"], "$37,499.50 more to go."),
        (LEADERSHIP, ["mentees 1 2026"], "1 more win to go."),
        (TEN_PERCENT, ["referrals 125>130 2026Q1"], "Referrals from your panel: from 125 to 138 referrals or more (+10%)."),  # 137.5, and there are no halves
        (TEN_PERCENT, ["referrals 40>44 2026-01"], "Q1 2026 is covered only in part so far: log the rest of it."),
        (TEN_PERCENT, ["referrals 140 2026Q1"], "The one win there does not count yet: it has no baseline, so there is no change to count."),
        (TEN_PERCENT, ["referrals 140 2026Q1", "referrals 150 2026Q2"], "None of the 2 wins there counts yet, for one reason: it has no baseline, so there is no change to count."),
        (TEN_PERCENT, ["referrals 100>140 2026-03-01"], "The one win there does not count yet: it does not say whether it covers a quarter: edit it, and say so under More details."),
        (TEN_PERCENT, ["referrals 100>140 2026"], "The one win there does not count yet: it covers more than one quarter, and a quarter is what is looked at here."),
        (TEN_PERCENT, ["referrals 0>14 2026Q1"], "Nothing came before, and a percentage needs a baseline above zero: log the next period too."),
        (TWO_QUARTERS, ["referrals 100>116 2026Q1"], "It takes 1 more quarter in a row at +15% or more."),
        (TWO_QUARTERS, ["referrals 100>106 2026Q1"], "It takes 2 quarters in a row at +15% or more."),
        (SCORE, ["satisfaction_score 3.6>3.7 2026H1 n20"], "Satisfaction score, 1 to 5: from 3.6 to 3.9 or more (+0.3)."),
        (SCORE, ["satisfaction_score 4.8>4.9 2026H1 n20"], "Satisfaction score, 1 to 5: +0.3 from 4.8 would leave the scale. Agree on another measure."),  # 5.1 of 5
        (SCORE, ["satisfaction_score 3.6>3.9 2026H1 n6"], "The one win there does not count yet: it rests on 6 answers, and at least 20 are asked for."),
        (SCORE, ["satisfaction_score 3.6>3.9 2026H1"], "The one win there does not count yet: it does not say how many it rests on, and at least 20 are asked for."),
        (FASTER, ["issue_resolution_days 9>8 2026-03"], "Days to resolve an issue (median): from 9 to 6.75 days or less (25% lower)."),  # 9 − 2.25
        (ask("loop_closure", 80, "level"), ["loop_closure 71.5 2026-01 n10"], "It stands at 71.5%; the ask is at least 80%."),
        (ask("visits_per_week", 20, "total"), ["visits_per_week 12 2026-01"], "These results cannot be added up, so ask for a level or a change."),
        (ask("referrer_nps", 10, "percent_change"), ["referrer_nps 10>20 2026H1"], "No percentage can be made of points, so ask for a change in points."),
        (SHARE, [], "Share a win with your manager."),
        (SHARE, ["campaigns 1 2026Q1", "campaigns 1 2026Q2 ?", "campaigns 1 2026Q3 ?"], "2 more of them confirmed would be enough."),  # 0.8 × 3 = 2.4, so 3
        (AnyOf(of=(SCORE, NPS)), ["satisfaction_score 3.6>3.7 2026H1 n20", "referrer_nps 10>21 2026H1 n20 ?"], "What is claimed is enough, once it is confirmed."),
        (AllOf(of=(TWO_EVENTS, LEADERSHIP)), ["campaigns 2 2026Q1"], "Log a first win in Leadership."),
        (Education(at_least=Degree.BACHELOR), [], "Add the degree to the profile."),
        (Years(of=Experience.LIAISON, at_least=Decimal(2)), [], "Add the years as a liaison to the profile."),
        (Credentials(at_least=2, kinds=(CredentialKind.CERTIFICATE,)), [], "2 more certificates, earned and not lapsed."),
    ],
)  # fmt: skip
def test_one_sentence_says_what_is_missing(
    test: Predicate, wins: list[str], missing: str, content: Content
) -> None:
    assert judge(content, test, *wins).missing == missing


def test_what_does_not_count_is_named(content: Content) -> None:
    found = judge(
        content,
        SCORE,
        "satisfaction_score 3.6>3.9 2026H1 n20",
        "satisfaction_score 3.6>3.9 2025H1 n1",
        "satisfaction_score 3.9 2025H2 n44",
    )
    assert found.counted == (1,)
    assert found.passed_over == (
        (2, "It rests on 1 answer, and at least 20 are asked for."),
        (3, "It has no baseline, so there is no change to count."),
    )


def test_of_any_metric_the_one_furthest_along_speaks(content: Content) -> None:
    test = OutcomeTest.model_validate({"outcome": "referral_growth", "at_least": 10, "by": "percent_change"})
    found = judge(content, test, "referrals 100>103 2026Q1", "downstream_revenue 1000>1080 2026Q1")
    assert found.verified == 8  # 80 / 1000
    assert found.sentence == "$1,000 → $1,080 (+8.0%) confirmed, +10% needed"


@pytest.mark.parametrize("name", ["outcome", "metric"])
def test_what_is_no_longer_measured_is_said_so(name: str, content: Content) -> None:
    found = judge(content, TEN_PERCENT.model_copy(update={name: "forgotten"}), "referrals 100>140 2026Q1")
    assert not found.met
    assert found.missing == "This is no longer measured here: ask for the criterion to be changed."
