"""Whatever happens over weeks: never an outcome three weeks running, no text twice in eight weeks, always an answer."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content import Content, NudgeState
from slackbot.rules.nudges import Area, Choice, Said, Silence, Week, arithmetic, choose, values, why
from slackbot.rules.nudges.areas import WANTING
from tests.rules.nudge_areas import SIX, TODAY, area

ANSWERS = st.sampled_from([None, None, None, "nothing", "not_useful", "tomorrow"])


@dataclass(frozen=True)
class Happens:
    """One week of somebody's life: how each outcome stands, when a win was logged, whether a message is answered."""

    stands: tuple[dict[str, Any], ...]
    logged: int | None
    answer: str | None


STANDS = st.fixed_dictionaries(
    {
        "won": st.one_of(st.none(), st.integers(0, 120)),
        "wins": st.integers(1, 5),
        "at": st.one_of(st.none(), st.integers(0, 110)),
        "gone": st.integers(1, 104),
        "gate": st.booleans(),
    }
)
WEEKS = st.lists(
    st.builds(Happens, st.tuples(*[STANDS] * 6), st.one_of(st.none(), st.integers(0, 40)), ANSWERS),
    min_size=9,
    max_size=12,
)


def _lives(content: Content, weeks: list[Happens], new: bool) -> list[Choice | Silence]:
    """A week after the other, each remembering those before it."""
    said: list[Said] = []
    found: list[Choice | Silence] = []
    for number, happens in enumerate(weeks):
        monday = TODAY + timedelta(weeks=number)
        at = datetime.combine(monday, time(14), UTC)
        areas = [
            area(content, outcome, today=monday, **stands)
            for outcome, stands in zip(SIX, happens.stands, strict=True)
        ]
        logged = None if happens.logged is None else at - timedelta(days=happens.logged)
        choice = choose(content, areas, said, Week(monday, monday, logged, new))
        found.append(choice)
        if isinstance(choice, Choice):
            said.insert(0, Said(monday, at, choice.nudge.outcome, choice.nudge.id, happens.answer))
    return found


@settings(deadline=None, max_examples=15)
@given(weeks=WEEKS, new=st.booleans())
def test_over_any_weeks_the_promises_hold(content: Content, weeks: list[Happens], new: bool) -> None:
    _hold(content, weeks, new)


@pytest.mark.slow
@settings(deadline=None, max_examples=500)
@given(weeks=WEEKS, new=st.booleans())
def test_they_hold_over_many_more(content: Content, weeks: list[Happens], new: bool) -> None:
    _hold(content, weeks, new)


def _hold(content: Content, weeks: list[Happens], new: bool) -> None:
    found = _lives(content, weeks, new)
    named = [each.nudge.outcome if isinstance(each, Choice) else None for each in found]
    texts = [each.nudge.id if isinstance(each, Choice) else None for each in found]
    for number in range(len(found)):
        three = named[number : number + 3]
        assert None in three or len(set(three)) > 1 or len(three) < 3
        eight = [text for text in texts[number : number + 8] if text is not None]
        assert len(eight) == len(set(eight))
    for each in found:
        if isinstance(each, Silence):
            assert each.reason
        else:
            assert each.nudge.state is each.chosen.state
            assert each.nudge.outcome == each.chosen.area.outcome.id


@settings(deadline=None, max_examples=8)
@given(weeks=WEEKS)
def test_every_choice_can_be_told_with_its_arithmetic(content: Content, weeks: list[Happens]) -> None:
    for number, each in enumerate(_lives(content, weeks, new=False)):
        today = TODAY + timedelta(weeks=number)
        if isinstance(each, Silence):
            continue
        sentence = why(each.chosen, today, 2)
        assert sentence.endswith(".")
        assert sentence.count("  ") == 0
        assert "{" not in each.nudge.said(values(each.chosen.area, today))
        for one in each.all:
            stands, total = arithmetic(one, today)
            assert stands.endswith(".")
            assert str(abs(one.points)) in total


@settings(deadline=None, max_examples=20)
@given(happens=st.builds(Happens, st.tuples(*[STANDS] * 6), st.none(), st.none()))
def test_what_is_named_wants_it_and_nothing_rested_wants_it_more(content: Content, happens: Happens) -> None:
    areas: list[Area] = [
        area(content, outcome, **stands) for outcome, stands in zip(SIX, happens.stands, strict=True)
    ]
    choice = choose(content, areas, [], Week(TODAY, TODAY, None))
    assert choose(content, areas, [], Week(TODAY, TODAY, None)) == choice
    if isinstance(choice, Silence) or choice.chosen.state not in WANTING:
        return
    assert choice.chosen.points == max(each.points for each in choice.all if each.state in WANTING)


@pytest.mark.parametrize("state", NudgeState)
@pytest.mark.parametrize("outcome", SIX)
def test_texts_are_enough_for_as_often_as_a_state_may_be_named(
    content: Content, outcome: str, state: NudgeState
) -> None:
    """Good news comes once a month; what wants something has to last with others beside it."""
    least = {NudgeState.ON_PACE: 2, NudgeState.DONE: 2, NudgeState.NO_TARGET: 2}
    assert len(content.nudges_for(outcome, state)) >= least.get(state, 3)


def test_when_the_content_has_one_text_it_is_said_once_in_eight_weeks(content: Content) -> None:
    first = {(each.outcome, each.state): each for each in reversed(content.nudges)}
    bare = replace(content, nudges=tuple(first.values()))
    quiet: dict[str, Any] = {"won": None}
    fresh: dict[str, Any] = {"won": 0, "at": 100, "gone": 10}
    weeks = [Happens((quiet, fresh, fresh, fresh, fresh, fresh), None, "nothing")] * 10
    found = _lives(bare, weeks, new=False)
    spoken = [number for number, each in enumerate(found) if isinstance(each, Choice)]
    about = [found[number].nudge.outcome for number in spoken if isinstance(found[number], Choice)]  # type: ignore[union-attr]
    assert [number for number, outcome in zip(spoken, about, strict=True) if outcome == SIX[0]] == [0, 8]
