"""Stretches of time as people ask for them, on Monday, November 23, 2026."""

from datetime import date

import pytest

from slackbot.rules.since import AHEAD, UnreadableWordsError
from slackbot.rules.spans import UNREADABLE, read_span

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("", "2026-01-01", "2026-11-23"),
        ("this year", "2026-01-01", "2026-11-23"),
        ("For this Quarter.", "2026-10-01", "2026-11-23"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("the last year", "2025-01-01", "2025-12-31"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("this week", "2026-11-23", "2026-11-23"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("q3", "2026-07-01", "2026-09-30"),
        ("q4", "2026-10-01", "2026-11-23"),
        ("Q3 of 2025", "2025-07-01", "2025-09-30"),
        ("2025 q4", "2025-10-01", "2025-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("march", "2026-03-01", "2026-03-31"),
        ("in december", "2025-12-01", "2025-12-31"),
        ("february 2024", "2024-02-01", "2024-02-29"),
        ("3/2026", "2026-03-01", "2026-03-31"),
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("since march", "2026-03-01", "2026-11-23"),
        ("from march", "2026-03-01", "2026-11-23"),
        ("since 3/15/2026", "2026-03-15", "2026-11-23"),
        ("since last quarter", "2026-07-01", "2026-11-23"),
        ("last 3 months", "2026-08-23", "2026-11-23"),
        ("6 weeks ago", "2026-10-12", "2026-11-23"),
    ],
)
def test_words_for_a_stretch_of_time_are_read(words: str, first: str, last: str) -> None:
    span = read_span(words, TODAY)

    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)
    assert read_span(span.words, TODAY) == span


@pytest.mark.parametrize(
    "words", ["zzz", "march 3", "today", "since", "last quarter or so", "more", "2025 please", "13/2025"]
)
def test_what_names_no_stretch_is_not_guessed(words: str) -> None:
    with pytest.raises(UnreadableWordsError) as caught:
        read_span(words, TODAY)

    assert str(caught.value) == UNREADABLE


def test_what_has_not_come_yet_is_refused_with_that_reason() -> None:
    with pytest.raises(UnreadableWordsError) as caught:
        read_span("2027", TODAY)

    assert str(caught.value) == AHEAD
