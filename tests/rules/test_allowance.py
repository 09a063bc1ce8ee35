"""Who asks too often waits, never longer than it takes for one token to come back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackbot.allowances import MOST, Allowances
from slackbot.errors import UserError
from slackbot.rules.allowance import Allowance, Bucket, is_full, take
from storage.members import Person

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
THREE = Allowance(burst=3, every=timedelta(seconds=10))
SECOND = timedelta(seconds=1)
ANA = Person(1, "U0ANA")

CASES = [
    ([0, 0, 0], [0, 0, 0]),
    ([0, 0, 0, 0], [0, 0, 0, 10]),
    ([0, 0, 0, 4], [0, 0, 0, 6]),
    ([0, 0, 0, 10, 10], [0, 0, 0, 0, 10]),
    ([0, 0, 0, 9, 10], [0, 0, 0, 1, 0]),
    ([0, 0, 0, 300, 300, 300, 300], [0, 0, 0, 0, 0, 0, 10]),
    ([100, 0, 0, 0], [0, 0, 0, 10]),  # the clock was set back
]


@pytest.mark.parametrize(("moments", "waits"), CASES)
def test_a_burst_is_free_and_then_it_is_one_for_each_while(moments: list[int], waits: list[int]) -> None:
    bucket: Bucket | None = None
    found = []
    for second in moments:
        bucket, wait = take(bucket, THREE, NOW + second * SECOND)
        found.append(round(wait.total_seconds(), 6))
    assert found == waits


@given(st.lists(st.integers(0, 30), max_size=60), st.integers(1, 5), st.integers(1, 20))
def test_nobody_gets_more_than_burst_and_time_allow_nor_waits_in_vain(
    pauses: list[int], burst: int, every: int
) -> None:
    allowance = Allowance(burst, every * SECOND)
    bucket: Bucket | None = None
    at, granted = NOW, 0
    for pause in pauses:
        at += pause * SECOND
        bucket, wait = take(bucket, allowance, at)
        granted += not wait
        assert wait <= allowance.every
        if wait:
            assert not take(bucket, allowance, at + wait + timedelta(milliseconds=1))[1]
    assert granted <= burst + (at - NOW) / allowance.every


def test_what_is_said_names_when_to_try_again() -> None:
    allowances = Allowances()
    for _ in range(3):
        allowances.take(ANA, THREE, NOW)
    with pytest.raises(UserError, match=r"again in 10 seconds; everything else works"):
        allowances.take(ANA, THREE, NOW)
    with pytest.raises(UserError, match=r"again in 1 second;"):
        allowances.take(ANA, THREE, NOW + timedelta(seconds=9.2))
    allowances.take(Person(2, "U0ANA"), THREE, NOW)


def test_full_buckets_are_forgotten() -> None:
    allowances = Allowances()
    for number in range(MOST + 5):
        allowances.take(Person(1, f"U{number}"), THREE, NOW + number * SECOND)
    assert len(allowances._buckets) < 20
    assert is_full(Bucket(3, NOW), THREE, NOW)
