"""Nobody ends up above themselves, however long the chain; and a loop that is there already hangs nothing."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackbot.rules.reporting import would_loop

LIAISON, SENIOR, MANAGER, DIRECTOR, OTHER = 1, 2, 3, 4, 5
CHAIN = {LIAISON: SENIOR, SENIOR: MANAGER, MANAGER: DIRECTOR}


@pytest.mark.parametrize(
    ("member", "manager", "loops"),
    [
        (LIAISON, LIAISON, True),
        (SENIOR, LIAISON, True),
        (DIRECTOR, LIAISON, True),
        (DIRECTOR, MANAGER, True),
        (DIRECTOR, OTHER, False),
        (LIAISON, DIRECTOR, False),
        (OTHER, LIAISON, False),
        (MANAGER, DIRECTOR, False),
        (MANAGER, OTHER, False),
    ],
)
def test_a_loop_is_seen_at_any_distance(member: int, manager: int, loops: bool) -> None:
    assert would_loop(CHAIN, member, manager) is loops


@st.composite
def forests(draw: st.DrawFn) -> tuple[dict[int, int], int]:
    """Managers without any loop, under shuffled ids, and how many people there are."""
    size = draw(st.integers(1, 30))
    names = draw(st.permutations(range(size)))
    above = [draw(st.none() | st.integers(0, place - 1)) if place else None for place in range(size)]
    return {names[i]: names[boss] for i, boss in enumerate(above) if boss is not None}, size


def climbs_home(managers: Mapping[int, int], start: int) -> bool:
    """Whether somebody meets themselves above, looked at in another way: step by step, as often as there are people."""
    at: int | None = start
    for _ in range(len(managers) + 1):
        at = managers.get(at) if at is not None else None
        if at == start:
            return True
    return False


@given(forests(), st.data())
def test_whoever_may_be_assigned_leaves_everybody_without_a_loop(
    forest: tuple[dict[int, int], int], data: st.DataObject
) -> None:
    managers, size = forest
    member, manager = data.draw(st.integers(0, size)), data.draw(st.integers(0, size))
    after = {**managers, member: manager}
    assert would_loop(managers, member, manager) is any(climbs_home(after, each) for each in after)


@given(forests(), st.data())
def test_assigning_one_after_the_other_never_makes_a_loop(
    forest: tuple[dict[int, int], int], data: st.DataObject
) -> None:
    managers, size = forest
    wishes = data.draw(st.lists(st.tuples(st.integers(0, size), st.integers(0, size)), max_size=20))
    for member, manager in wishes:
        if not would_loop(managers, member, manager):
            managers[member] = manager
    assert not any(climbs_home(managers, each) for each in managers)


@given(st.dictionaries(st.integers(0, 8), st.integers(0, 8)), st.integers(0, 8), st.integers(0, 8))
def test_a_loop_that_is_there_already_hangs_nothing(
    managers: dict[int, int], member: int, manager: int
) -> None:
    assert would_loop(managers, member, manager) is climbs_home({**managers, member: manager}, member)
