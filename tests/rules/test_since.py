"""The day after "since" is read as people say it, around year ends and leap days too; never guessed."""

from datetime import date

import pytest

from slackbot.rules.since import UnreadableWordsError, read_since

MONDAY = "2026-11-30"

DAYS = [
    # dates
    (MONDAY, "2026-03-01", "2026-03-01"),
    (MONDAY, "2026-3-1", "2026-03-01"),
    (MONDAY, "2026-11-30", "2026-11-30"),
    (MONDAY, "2026-03", "2026-03-01"),
    (MONDAY, "3/15/2026", "2026-03-15"),
    (MONDAY, "03/05/26", "2026-03-05"),
    (MONDAY, "3/15", "2026-03-15"),
    (MONDAY, "12/15", "2025-12-15"),
    (MONDAY, "3/2026", "2026-03-01"),
    # months and their days
    (MONDAY, "march", "2026-03-01"),
    (MONDAY, "MARCH", "2026-03-01"),
    (MONDAY, "Mar.", "2026-03-01"),
    (MONDAY, "sept", "2026-09-01"),
    (MONDAY, "november", "2026-11-01"),
    (MONDAY, "december", "2025-12-01"),
    (MONDAY, "march 2025", "2025-03-01"),
    (MONDAY, "march '25", "2025-03-01"),
    (MONDAY, "march ’25", "2025-03-01"),
    (MONDAY, "mar 5", "2026-03-05"),
    (MONDAY, "march 5th", "2026-03-05"),
    (MONDAY, "March 5, 2025", "2025-03-05"),
    (MONDAY, "5 march", "2026-03-05"),
    (MONDAY, "the 1st of march", "2026-03-01"),
    (MONDAY, "1 march 2024", "2024-03-01"),
    (MONDAY, "dec 1", "2025-12-01"),
    (MONDAY, "nov 30", "2026-11-30"),
    ("2026-01-01", "jan 1", "2026-01-01"),
    ("2026-01-01", "january", "2026-01-01"),
    ("2026-01-01", "jan 2", "2025-01-02"),
    ("2026-01-01", "december", "2025-12-01"),
    ("2026-12-31", "december", "2026-12-01"),
    ("2026-12-31", "dec 31", "2026-12-31"),
    # leap days
    ("2028-02-29", "feb 29", "2028-02-29"),
    ("2028-02-28", "feb 29", "2024-02-29"),
    ("2027-06-01", "2/29", "2024-02-29"),
    ("2104-02-28", "feb 29", "2096-02-29"),
    ("2028-02-29", "feb 29 2024", "2024-02-29"),
    ("2028-02-29", "a year ago", "2027-02-28"),
    ("2028-02-29", "4 years ago", "2024-02-29"),
    ("2028-03-30", "1 month ago", "2028-02-29"),
    ("2028-03-01", "yesterday", "2028-02-29"),
    # years and quarters
    (MONDAY, "2025", "2025-01-01"),
    (MONDAY, "2026", "2026-01-01"),
    (MONDAY, "'24", "2024-01-01"),
    (MONDAY, "q1", "2026-01-01"),
    (MONDAY, "Q4", "2026-10-01"),
    (MONDAY, "q3 2025", "2025-07-01"),
    (MONDAY, "q2 of 2024", "2024-04-01"),
    (MONDAY, "2025 q3", "2025-07-01"),
    ("2026-03-31", "q1", "2026-01-01"),
    ("2026-03-31", "q2", "2025-04-01"),
    ("2026-04-01", "q2", "2026-04-01"),
    # around today
    (MONDAY, "today", "2026-11-30"),
    (MONDAY, "yesterday", "2026-11-29"),
    ("2026-01-01", "yesterday", "2025-12-31"),
    (MONDAY, "this week", "2026-11-30"),
    ("2026-11-29", "this week", "2026-11-23"),
    (MONDAY, "last week", "2026-11-23"),
    ("2026-01-01", "this week", "2025-12-29"),
    ("2026-01-01", "last week", "2025-12-22"),
    (MONDAY, "this month", "2026-11-01"),
    (MONDAY, "last month", "2026-10-01"),
    ("2026-01-31", "last month", "2025-12-01"),
    ("2026-03-31", "last month", "2026-02-01"),
    (MONDAY, "this quarter", "2026-10-01"),
    (MONDAY, "last quarter", "2026-07-01"),
    (MONDAY, "the last quarter", "2026-07-01"),
    ("2026-01-15", "last quarter", "2025-10-01"),
    (MONDAY, "this year", "2026-01-01"),
    (MONDAY, "the start of this year", "2026-01-01"),
    (MONDAY, "the beginning of last year", "2025-01-01"),
    ("2026-12-31", "last year", "2025-01-01"),
    ("2026-01-01", "last year", "2025-01-01"),
    (MONDAY, "6 weeks ago", "2026-10-19"),
    (MONDAY, "six weeks ago", "2026-10-19"),
    (MONDAY, "a week ago", "2026-11-23"),
    (MONDAY, "30 days", "2026-10-31"),
    (MONDAY, "the last 30 days", "2026-10-31"),
    (MONDAY, "1 day ago", "2026-11-29"),
    (MONDAY, "2 months ago", "2026-09-30"),
    (MONDAY, "2 quarters ago", "2026-05-30"),
    ("2026-12-31", "6 months ago", "2026-06-30"),
]


@pytest.mark.parametrize(("today", "words", "day"), DAYS)
def test_a_day_is_read_as_people_say_it(today: str, words: str, day: str) -> None:
    assert read_since(f"since {words}", date.fromisoformat(today)) == (date.fromisoformat(day), "")


@pytest.mark.parametrize(
    ("words", "day", "rest"),
    [
        ("", None, ""),
        ("referrals verified", None, "referrals verified"),
        ("since march 2", "2026-03-02", ""),
        ("since march page 2", "2026-03-01", "page 2"),
        ("since march 2025 2", "2025-03-01", "2"),
        ("since march 5 2", "2026-03-05", "2"),
        ("since q3 2", "2026-07-01", "2"),
        ("since 2025 2", "2025-01-01", "2"),
        ("since last week 2", "2026-11-23", "2"),
        ("since 6 weeks verified", "2026-10-19", "verified"),
        ("referrals since 6 weeks ago verified 2", "2026-10-19", "referrals verified 2"),
    ],
)
def test_what_does_not_belong_to_the_day_is_left(words: str, day: str | None, rest: str) -> None:
    assert read_since(words, date.fromisoformat(MONDAY)) == (day and date.fromisoformat(day), rest)


@pytest.mark.parametrize(
    "words",
    [
        "since",
        "since then",
        "since the",
        "since march 32",
        "since feb 30",
        "since feb 29 2026",
        "since 2/30",
        "since 15/3/2026",
        "since 2026-13-01",
        "since 2026-02-29",
        "since 0000-01-01",
        "since 13/2025",
        "since 99999 years ago",
        "since 99999 months ago",
        "since q5",
        "since a few weeks ago",
        "since 20000",
    ],
)
def test_what_is_no_day_is_answered_with_how_to_write_one(words: str) -> None:
    with pytest.raises(UnreadableWordsError, match="I can't read that day: write it like `since march`"):
        read_since(words, date.fromisoformat(MONDAY))


@pytest.mark.parametrize(
    "words", ["since 2027", "since 2026-12-01", "since 12/1/2026", "since dec 2026", "since q1 '27"]
)
def test_a_day_to_come_is_said_to_be_one(words: str) -> None:
    with pytest.raises(UnreadableWordsError, match="That day has not come yet"):
        read_since(words, date.fromisoformat(MONDAY))


def test_two_days_to_start_from_are_one_too_many() -> None:
    with pytest.raises(UnreadableWordsError, match="one day only"):
        read_since("since march since may", date.fromisoformat(MONDAY))


def test_long_before_there_were_calendars_is_no_day() -> None:
    with pytest.raises(UnreadableWordsError, match="I can't read that day"):
        read_since("since last year", date.min)
