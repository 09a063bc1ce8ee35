"""The weekly message picks the outcome that wants it most, rests the ones just named, and may stay silent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content import Content, NudgeState
from slackbot.rules.nudges import Choice, Said, Silence, choose
from storage.wins import Latest

TODAY = date(2026, 11, 23)
ALL = (
    "referral_growth",
    "provider_satisfaction",
    "outreach_campaigns",
    "contract_wins",
    "network_growth",
    "leadership",
)
RECENT = dict.fromkeys(ALL, 1)

CHOICES: list[tuple[str, dict[str, int], list[str], str]] = [
    # who, days since the last win by outcome, outcomes named lately (newest first), what is named now
    ("nobody has any win: the first outcome", {}, [], "referral_growth"),
    ("a first win elsewhere: the first without any", {"referral_growth": 3}, [], "provider_satisfaction"),
    ("a stale one comes before those never begun", {"leadership": 22}, [], "leadership"),
    ("the longest overdue leads", {"leadership": 30, "referral_growth": 25}, [], "leadership"),
    (
        "overdue counts beyond each outcome's own limit",
        {"contract_wins": 50, "leadership": 28},
        [],
        "leadership",
    ),
    ("a slow outcome is given longer", RECENT | {"contract_wins": 45, "leadership": 22}, [], "leadership"),
    ("a slow outcome gets its turn", RECENT | {"contract_wins": 46}, [], "contract_wins"),
    (
        "equally overdue: in the order of the file",
        {"leadership": 25, "referral_growth": 25},
        [],
        "referral_growth",
    ),
    ("just named, another wants it", {}, ["referral_growth"], "provider_satisfaction"),
    ("two just named", {}, ["provider_satisfaction", "referral_growth"], "outreach_campaigns"),
    (
        "named three weeks ago: it may come again",
        {},
        ["outreach_campaigns", "provider_satisfaction", "referral_growth"],
        "referral_growth",
    ),
    ("the only one that wants it comes again", RECENT | {"leadership": 40}, ["leadership"], "leadership"),
    (
        "two want it: they take turns",
        RECENT | {"leadership": 90, "referral_growth": 30},
        ["leadership", "referral_growth"],
        "referral_growth",
    ),
    (
        "stale but resting: one never begun comes first",
        {"leadership": 40},
        ["leadership"],
        "referral_growth",
    ),
]


def _latest(days: Mapping[str, int]) -> dict[str, Latest]:
    return {outcome: Latest(outcome, TODAY - timedelta(days=ago), 1) for outcome, ago in days.items()}


def _said(*outcomes: str, nudge: str = "elsewhere") -> list[Said]:
    return [Said(outcome, nudge) for outcome in outcomes]


def _chosen(content: Content, days: Mapping[str, int], said: list[Said]) -> Choice:
    choice = choose(content, _latest(days), said, TODAY)
    assert isinstance(choice, Choice)
    return choice


@pytest.mark.parametrize(
    ("days", "named", "expected"), [row[1:] for row in CHOICES], ids=[row[0] for row in CHOICES]
)
def test_the_outcome_that_wants_it_most_is_named(
    content: Content, days: dict[str, int], named: list[str], expected: str
) -> None:
    assert _chosen(content, days, _said(*named)).standing.outcome.id == expected


@pytest.mark.parametrize(("outcome", "limit"), [("referral_growth", 21), ("contract_wins", 45)])
def test_a_win_is_stale_on_the_day_after_its_limit_and_not_before(
    content: Content, outcome: str, limit: int
) -> None:
    assert isinstance(choose(content, _latest(RECENT | {outcome: limit}), [], TODAY), Silence)
    standing = _chosen(content, RECENT | {outcome: limit + 1}, []).standing
    assert (standing.outcome.id, standing.state, standing.overdue) == (outcome, NudgeState.STALE, 1)


def test_with_a_recent_win_everywhere_there_is_nothing_to_say(content: Content) -> None:
    assert choose(content, _latest(RECENT), [], TODAY) == Silence("every outcome has a recent win")


def test_a_win_dated_tomorrow_is_recent(content: Content) -> None:
    assert isinstance(choose(content, _latest(RECENT | {"leadership": -1}), [], TODAY), Silence)


def test_it_shows_the_days_it_counted(content: Content) -> None:
    why = _chosen(content, {"leadership": 40}, []).why
    assert "40 days ago" in why
    assert "21" in why
    assert content.outcome("leadership").label in why


def test_somebody_without_any_win_is_told_so_and_somebody_with_one_is_not(content: Content) -> None:
    assert "no wins yet" in _chosen(content, {}, []).why
    assert "no wins yet" not in _chosen(content, {"referral_growth": 2}, []).why


def test_the_text_is_of_the_outcome_and_its_state(content: Content) -> None:
    assert _chosen(content, {}, []).nudge.state is NudgeState.START
    stale = _chosen(content, {"leadership": 40}, []).nudge
    assert (stale.outcome, stale.state) == ("leadership", NudgeState.STALE)


def _with_three_texts(content: Content) -> Content:
    first = content.nudges_for("leadership", NudgeState.STALE)[0]
    more = [first.model_copy(update={"id": f"leadership_stale_{number}"}) for number in (2, 3)]
    return replace(content, nudges=(*content.nudges, *more))


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        ([], "leadership_stale"),
        (["leadership_stale"], "leadership_stale_2"),
        (["leadership_stale_2", "leadership_stale"], "leadership_stale_3"),
        (["leadership_stale_3", "leadership_stale_2", "leadership_stale"], "leadership_stale"),
        (["leadership_stale", "leadership_stale_3", "leadership_stale_2"], "leadership_stale_2"),
        (["leadership_stale", "leadership_stale", "leadership_stale_2"], "leadership_stale_3"),
    ],
)
def test_texts_take_turns(content: Content, used: list[str], expected: str) -> None:
    said = [Said("leadership", nudge) for nudge in used]
    choice = _chosen(_with_three_texts(content), RECENT | {"leadership": 40}, said)
    assert choice.nudge.id == expected


OUTCOMES = st.sampled_from(ALL)


@settings(deadline=None)
@given(
    days=st.dictionaries(OUTCOMES, st.integers(-3, 400)),
    named=st.lists(st.builds(Said, OUTCOMES, st.text(max_size=3)), max_size=6),
)
def test_the_same_facts_always_choose_the_same_and_something_that_wants_it(
    content: Content, days: dict[str, int], named: list[Said]
) -> None:
    latest = _latest(days)
    choice = choose(content, latest, named, TODAY)
    assert choose(content, dict(reversed(latest.items())), named, TODAY) == choice
    wanting = {
        o
        for o in ALL
        if o not in days or days[o] > (45 if o in {"contract_wins", "provider_satisfaction"} else 21)
    }
    if isinstance(choice, Silence):
        assert not wanting
        return
    assert choice.standing.outcome.id in wanting
    rested = wanting - {said.outcome for said in named[:2]}
    assert not rested or choice.standing.outcome.id in rested
    assert choice.nudge.outcome == choice.standing.outcome.id
