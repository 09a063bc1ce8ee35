"""How fast Slack is asked: bursts, turns in order, and clocks that leap."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackbot.delivery.pacing import Pace, Pacer, Seconds


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_burst_goes_at_once_and_then_one_at_a_time() -> None:
    pacer = Pacer(Pace(per_second=5, burst=3), Time())
    assert [pacer.wait("riverside") for _ in range(5)] == pytest.approx([0, 0, 0, 0.2, 0.4])


def test_one_that_is_paced_keeps_nobody_else_waiting() -> None:
    pacer = Pacer(Pace(5, 3), Time())
    for _ in range(100):
        pacer.wait("riverside")
    assert pacer.wait("lakeview") == 0


def test_a_quiet_while_fills_it_up_again_and_no_further() -> None:
    time = Time()
    pacer = Pacer(Pace(5, 3), time)
    for _ in range(3):
        pacer.wait("riverside")
    time.at += 60
    assert [pacer.wait("riverside") for _ in range(4)] == pytest.approx([0, 0, 0, 0.2])


def test_asking_when_it_is_free_takes_no_turn() -> None:
    time = Time()
    pacer = Pacer(Pace(1 / 60, 1), time)
    assert [pacer.until_free("riverside"), pacer.until_free("riverside")] == [0, 0]
    pacer.wait("riverside")
    assert pacer.until_free("riverside") == pytest.approx(60)
    time.at += 59
    assert pacer.until_free("riverside") == pytest.approx(1)


@pytest.mark.parametrize(("idle", "at_once"), [(0, 1), (0.2, 2), (1, 6), (60, 10)])
def test_who_takes_over_from_another_worker_gets_no_second_burst(idle: float, at_once: int) -> None:
    pacer = Pacer(Pace(5, 10), Time())
    pacer.begin_after("riverside", idle)
    assert [pacer.wait("riverside") for _ in range(20)].count(0) == at_once


@given(
    pauses=st.lists(st.floats(0, 3), min_size=1, max_size=60),
    rate=st.floats(0.1, 50),
    burst=st.integers(1, 20),
)
def test_in_no_stretch_of_time_does_it_go_faster_than_it_may(
    pauses: list[float], rate: float, burst: int
) -> None:
    time = Time()
    pacer = Pacer(Pace(rate, burst), time)
    moments = []
    for pause in pauses:
        time.at += pause
        moments.append(time.at + pacer.wait("riverside"))
    assert moments == sorted(moments)
    for first, begun in enumerate(moments):
        for count, ended in enumerate(moments[first:], start=1):
            assert count <= burst + (ended - begun) * rate + 1.001


def test_full_buckets_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slackbot.delivery.pacing.TIDY", 10)
    time = Time()
    pacer = Pacer(Pace(5, 1), time)
    for number in range(11):
        pacer.wait(number)
        time.at += 1
    assert len(pacer._buckets) == 1


def test_seconds_pass_on_whichever_clock_goes_further() -> None:
    real = Time()
    product = [datetime(2026, 11, 30, tzinfo=UTC)]
    seconds = Seconds(lambda: product[0], real)
    real.at += 2
    assert seconds() == pytest.approx(2)
    product[0] += timedelta(weeks=1)
    real.at += 3
    assert seconds() == pytest.approx(2 + 7 * 86_400)
    product[0] -= timedelta(hours=1)
    assert seconds() == pytest.approx(2 + 7 * 86_400)
