"""What follows `/prm wins` is read in any order, or refused without repeating it; buttons say what reads back."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content import Content
from slackbot.rules.since import UnreadableWordsError
from slackbot.rules.wins_asked import LAST_PAGE, asked, read_sieve
from storage.models import WIN_STATUSES
from storage.wins import Sieve

TODAY = date(2026, 11, 30)

ASKED = [
    ("", Sieve(), 1),
    ("2", Sieve(), 2),
    ("page 2", Sieve(), 2),
    ("my wins", Sieve(), 1),
    ("all", Sieve(), 1),
    ("referrals", Sieve("referral_growth"), 1),
    ("Referal growth", Sieve("referral_growth"), 1),
    ("nps", Sieve("provider_satisfaction"), 1),
    ("provider_satisfaction", Sieve("provider_satisfaction"), 1),
    ("contract wins", Sieve("contract_wins"), 1),
    ("leakge", Sieve("network_growth"), 1),
    ("network wins 3", Sieve("network_growth"), 3),
    ("private", Sieve(status="private"), 1),
    ("shared", Sieve(status="shared"), 1),
    ("waiting", Sieve(status="shared"), 1),
    ("question", Sieve(status="needs_info"), 1),
    ("asked", Sieve(status="needs_info"), 1),
    ("verified", Sieve(status="verified"), 1),
    ("confirmed", Sieve(status="verified"), 1),
    ("declined", Sieve(status="declined"), 1),
    ("withdrawn", Sieve(status="withdrawn"), 1),
    ("verified confirmed", Sieve(status="verified"), 1),
    ("verifed wins", Sieve(status="verified"), 1),
    ("share of wallet", Sieve("network_growth"), 1),
    ("share of wallet shared", Sieve("network_growth", status="shared"), 1),
    (
        "referrals since march verified 2",
        Sieve("referral_growth", date(2026, 3, 1), "verified"),
        2,
    ),
    (
        "verified since march 2025 referrals page 2",
        Sieve("referral_growth", date(2025, 3, 1), "verified"),
        2,
    ),
    ("page 2, verified, referrals, since march", Sieve("referral_growth", date(2026, 3, 1), "verified"), 2),
    ("verified 2 since last quarter", Sieve(None, date(2026, 7, 1), "verified"), 2),
    ("[referrals] [since march] [verified]", Sieve("referral_growth", date(2026, 3, 1), "verified"), 1),
    ("my referrals that are waiting", Sieve("referral_growth", status="shared"), 1),
]


@pytest.mark.parametrize(("words", "sieve", "page"), ASKED)
def test_wins_are_asked_for_in_any_order(content: Content, words: str, sieve: Sieve, page: int) -> None:
    assert read_sieve(words, TODAY, content) == (sieve, page)


def test_every_name_of_an_outcome_or_metric_asks_for_its_wins_and_nothing_more(content: Content) -> None:
    for outcome in content.outcomes:
        for name in (*outcome.spoken, *(name for metric in outcome.metrics for name in metric.spoken)):
            assert read_sieve(name, TODAY, content) == (Sieve(outcome.id), 1), name


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("John Smith hip replacement", "I can't tell which wins you mean: write an outcome"),
        ("2025", "I can't tell which wins you mean: write an outcome"),
        ("verified declined", "I can list one status at a time"),
        ("unverified", "I can list one status at a time"),
        ("not verified", "I can list one status at a time"),
        ("0", "Pages are counted from 1"),
        ("page 0", "Pages are counted from 1"),
        ("page", "Pages are counted from 1"),
        ("page two", "Pages are counted from 1"),
        ("page 10000", "Pages are counted from 1"),
        ("page ２", "Pages are counted from 1"),
        ("since whenever", "I can't read that day"),
    ],
)
def test_what_makes_no_sense_is_answered_with_what_to_write(
    content: Content, words: str, answer: str
) -> None:
    with pytest.raises(UnreadableWordsError, match=answer):
        read_sieve(words, TODAY, content)


TODAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
DATES = [
    "since",
    "last",
    "this",
    "the",
    "march",
    "feb",
    "29",
    "2025",
    "q3",
    "'25",
    "3/15",
    "2/29/2023",
    "2026-02-30",
]
OTHERS = [
    "weeks",
    "ago",
    "year",
    "verified",
    "asked",
    "page",
    "2",
    "0",
    "99999",
    "nps",
    "not",
    "smith",
    "²",
    "٣",
    "”",
]
PHRASES = st.lists(st.sampled_from(DATES + OTHERS), max_size=8).map(" ".join)
SINCE = (st.text() | PHRASES).map("since {}".format)


def answer(words: str, today: date, content: Content) -> tuple[Sieve, int] | UnreadableWordsError:
    try:
        return read_sieve(words, today, content)
    except UnreadableWordsError as error:
        return error


@given(words=st.text() | PHRASES | SINCE, today=st.dates())
@example(words="since ４ weeks", today=date(2026, 1, 1))
@example(words="since last week", today=date.min)
@example(words="since feb 29", today=date.min)
def test_no_text_raises_anything_but_a_sentence(content: Content, words: str, today: date) -> None:
    read = answer(words, today, content)
    if isinstance(read, UnreadableWordsError):
        assert str(read).endswith(".")
        assert read.__suppress_context__ or read.__context__ is None  # so that no log quotes the words
    else:
        sieve, page = read
        assert sieve.since is None or sieve.since <= today
        assert 1 <= page <= LAST_PAGE


@given(
    name=st.text("bcdfghjklmnpqrtvwxz", min_size=6, max_size=12),
    before=st.sampled_from(["", "since ", "page "]),
)
def test_a_refusal_never_says_back_what_was_typed(content: Content, name: str, before: str) -> None:
    with pytest.raises(UnreadableWordsError) as refused:
        read_sieve(f"{before}{name} 4711", TODAY, content)
    assert name not in str(refused.value)
    assert "4711" not in str(refused.value)


@given(data=st.data(), today=TODAYS, later=st.integers(0, 400), page=st.integers(1, LAST_PAGE))
def test_the_words_of_a_button_read_back_to_the_same_wins(
    content: Content, data: st.DataObject, today: date, later: int, page: int
) -> None:
    sieve = Sieve(
        outcome=data.draw(st.none() | st.sampled_from([outcome.id for outcome in content.outcomes])),
        since=data.draw(st.none() | st.dates(max_value=today)),
        status=data.draw(st.none() | st.sampled_from(WIN_STATUSES)),
    )
    assert read_sieve(asked(sieve, page), today + timedelta(days=later), content) == (sieve, page)


def test_the_first_page_of_all_wins_needs_no_words() -> None:
    assert asked(Sieve(), 1) == ""


def test_a_button_says_its_words_as_a_person_would() -> None:
    sieve = Sieve("referral_growth", date(2026, 3, 1), "needs_info")
    assert asked(sieve, 2) == "referral_growth since 2026-03-01 question page 2"
