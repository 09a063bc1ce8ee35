"""The weekly message picks the outcome that wants it most, lets rest what was just named, and may stay silent."""

from dataclasses import replace
from typing import Any

import pytest

from content import Content, NudgeState
from slackbot.rules.nudges import Area, Choice, Kind, Said, Silence, choose, state_of
from slackbot.rules.nudges.choosing import ALL_REST, KEEPS_PACE, TARGETS_KEEP_PACE, UNHEARD, WON
from tests.rules.nudge_areas import SIX, TODAY, area, areas, said, week

REFERRALS, SATISFACTION, CAMPAIGNS, CONTRACTS, NETWORK, LEADERSHIP = SIX


@pytest.mark.parametrize(
    ("how", "targets", "state"),
    [
        ({"won": None}, False, NudgeState.START),
        ({"won": None, "at": 0, "gone": 40}, True, NudgeState.START),
        ({"won": None, "at": 0, "gone": 101}, True, NudgeState.BEHIND),
        ({"won": 21}, False, NudgeState.NO_TARGET),
        ({"won": 21}, True, NudgeState.ON_PACE),
        ({"won": 22}, False, NudgeState.STALE),
        ({"won": 42, "at": 50, "gone": 50}, True, NudgeState.ON_PACE),
        ({"won": 43, "at": 50, "gone": 50}, True, NudgeState.STALE),
        ({"won": 43, "at": 44, "gone": 50}, True, NudgeState.BEHIND),
        ({"won": 1, "at": 44, "gone": 50}, True, NudgeState.BEHIND),
        ({"won": 99, "at": 100, "gone": 50}, True, NudgeState.DONE),
        ({"won": 1, "at": 90, "gone": 101}, True, NudgeState.BEHIND),
        ({"won": -1}, True, NudgeState.ON_PACE),
    ],
)
def test_the_state_of_an_outcome(
    content: Content, how: dict[str, Any], targets: bool, state: NudgeState
) -> None:
    assert state_of(area(content, REFERRALS, **how), TODAY, targets=targets) is state


@pytest.mark.parametrize(("outcome", "limit"), [(REFERRALS, 21), (CONTRACTS, 45), (SATISFACTION, 45)])
def test_an_outcome_is_quiet_on_the_day_after_its_limit_and_not_before(
    content: Content, outcome: str, limit: int
) -> None:
    on, after = (area(content, outcome, won=limit + more) for more in (0, 1))
    assert state_of(on, TODAY, targets=True) is NudgeState.ON_PACE
    assert state_of(after, TODAY, targets=True) is NudgeState.STALE


CHOICES: list[tuple[str, dict[str, Any], list[Said], str]] = [
    # who, the areas that are not as usual, what was named lately, what is named now
    ("the wider gap leads", {CAMPAIGNS: {"won": 9, "at": 20}, NETWORK: {"won": 9, "at": 30}}, [], CAMPAIGNS),
    (
        "what is behind comes before what never began",
        {CAMPAIGNS: {"won": 9, "at": 20}, LEADERSHIP: {"won": None}},
        [],
        CAMPAIGNS,
    ),
    ("the quieter leads", {REFERRALS: {"won": 30}, LEADERSHIP: {"won": 40}}, [], LEADERSHIP),
    (
        "quiet counts beyond each one's own limit",
        {CONTRACTS: {"won": 50}, LEADERSHIP: {"won": 30}},
        [],
        LEADERSHIP,
    ),
    (
        "a gate of the next role weighs more",
        {REFERRALS: {"won": None}, LEADERSHIP: {"won": None, "gate": True}},
        [],
        LEADERSHIP,
    ),
    (
        "a near date weighs more",
        {REFERRALS: {"won": 9, "at": 87, "gone": 95}, NETWORK: {"won": 9, "at": 40, "gone": 50}},
        [],
        REFERRALS,
    ),
    ("alike: in the order of the file", {REFERRALS: {"won": 30}, LEADERSHIP: {"won": 30}}, [], REFERRALS),
    (
        "named last week: the other one",
        {REFERRALS: {"won": 32}, LEADERSHIP: {"won": 30}},
        [said(1, REFERRALS)],
        LEADERSHIP,
    ),
    (
        "named last week, and far ahead of the other: once more",
        {CAMPAIGNS: {"won": 9, "at": 0}, LEADERSHIP: {"won": 22}},
        [said(1, CAMPAIGNS)],
        CAMPAIGNS,
    ),
    (
        "never a third time running, however far",
        {CAMPAIGNS: {"won": 9, "at": 0}, LEADERSHIP: {"won": 22}},
        [said(1, CAMPAIGNS), said(2, CAMPAIGNS)],
        LEADERSHIP,
    ),
    (
        "a week between: it may",
        {CAMPAIGNS: {"won": 9, "at": 0}, LEADERSHIP: {"won": 22}},
        [said(2, CAMPAIGNS), said(3, CAMPAIGNS)],
        CAMPAIGNS,
    ),
    (
        "not useful: the other one",
        {REFERRALS: {"won": 40}, LEADERSHIP: {"won": 30}},
        [said(4, REFERRALS, answer="not_useful")],
        LEADERSHIP,
    ),
    (
        "not useful long ago: forgiven",
        {REFERRALS: {"won": 40}, LEADERSHIP: {"won": 30}},
        [said(9, REFERRALS, answer="not_useful")],
        REFERRALS,
    ),
    (
        "a win this week rests it",
        {CAMPAIGNS: {"won": 2, "at": 20}, NETWORK: {"won": 9, "at": 30}},
        [],
        NETWORK,
    ),
]


def _choose(content: Content, given: dict[str, Any], lately: list[Said], **how: Any) -> Choice | Silence:
    return choose(content, areas(content, **given), lately, week(**how))


def _chosen(content: Content, given: dict[str, Any], lately: list[Said], **how: Any) -> Choice:
    choice = _choose(content, given, lately, **how)
    assert isinstance(choice, Choice), choice
    return choice


@pytest.mark.parametrize(
    ("given", "lately", "expected"), [row[1:] for row in CHOICES], ids=[row[0] for row in CHOICES]
)
def test_the_outcome_that_wants_it_most_is_named(
    content: Content, given: dict[str, Any], lately: list[Said], expected: str
) -> None:
    choice = _chosen(content, given, lately)
    assert choice.chosen.area.outcome.id == expected
    assert choice.nudge.outcome == expected
    assert choice.nudge.state is choice.chosen.state


ON_ITS_WAY = {CAMPAIGNS: {"won": 3, "at": 50}}


def test_a_win_since_the_last_message_with_nothing_behind_is_answered_with_silence(content: Content) -> None:
    quiet = ON_ITS_WAY | {LEADERSHIP: {"won": 30}}
    assert _choose(content, quiet, [said(1, LEADERSHIP)], logged=3) == Silence(WON)
    assert isinstance(_choose(content, quiet, [said(3, REFERRALS)], logged=22), Choice)


def test_a_win_since_then_is_no_reason_for_silence_while_something_is_behind(content: Content) -> None:
    choice = _chosen(content, {CAMPAIGNS: {"won": 3, "at": 20}}, [said(1, LEADERSHIP)], logged=3)
    assert choice.chosen.area.outcome.id == CAMPAIGNS


def test_good_news_comes_once_in_a_calendar_month_at_most(content: Content) -> None:
    on_pace = _chosen(content, ON_ITS_WAY, [said(4, LEADERSHIP)], logged=3)
    assert (on_pace.kind, on_pace.chosen.state) == (Kind.GOOD_NEWS, NudgeState.ON_PACE)
    assert on_pace.chosen.area.outcome.id == CAMPAIGNS
    assert _choose(content, ON_ITS_WAY, [said(3, LEADERSHIP)], logged=3) == Silence(WON)
    assert _choose(content, ON_ITS_WAY, [said(3, LEADERSHIP)]) == Silence(KEEPS_PACE)


def test_what_is_reached_is_the_better_news(content: Content) -> None:
    given = ON_ITS_WAY | {LEADERSHIP: {"won": 3, "at": 100}}
    assert _chosen(content, given, [said(5, REFERRALS)], logged=3).chosen.state is NudgeState.DONE


def test_who_has_wins_and_no_target_is_helped_to_set_one(content: Content) -> None:
    assert _chosen(content, {}, [said(1, LEADERSHIP)]).chosen.state is NudgeState.NO_TARGET
    assert _choose(content, {}, [said(1, LEADERSHIP)], logged=3) == Silence(WON)
    assert _chosen(content, {}, [said(5, LEADERSHIP)], logged=3).chosen.state is NudgeState.NO_TARGET


def test_while_targets_keep_pace_the_rest_is_spoken_of_every_third_week(content: Content) -> None:
    given = ON_ITS_WAY | {LEADERSHIP: {"won": None}}
    for ago in (1, 2):
        assert _choose(content, given, [said(ago, REFERRALS)]) == Silence(TARGETS_KEEP_PACE)
    assert _chosen(content, given, [said(3, REFERRALS)]).chosen.area.outcome.id == LEADERSHIP


NOBODY_ANSWERS = [said(ago, SIX[ago % 6]) for ago in range(1, 13)]


def test_twelve_messages_without_an_answer_and_it_comes_every_other_week(content: Content) -> None:
    given = {LEADERSHIP: {"won": None}}
    assert _choose(content, given, NOBODY_ANSWERS) == Silence(UNHEARD)
    assert isinstance(_choose(content, given, [said(ago + 1, SIX[ago]) for ago in range(1, 6)]), Choice)
    later = [said(ago, SIX[ago % 6]) for ago in range(2, 26, 2)]
    assert isinstance(_choose(content, given, later), Choice)


@pytest.mark.parametrize("which", [0, 5, 11])
def test_one_answer_among_them_keeps_it_weekly(content: Content, which: int) -> None:
    lately = list(NOBODY_ANSWERS)
    lately[which] = said(which + 1, lately[which].outcome, answer="nothing")
    assert isinstance(_choose(content, {LEADERSHIP: {"won": None}}, lately), Choice)


def test_a_win_meanwhile_keeps_it_weekly(content: Content) -> None:
    given = {CAMPAIGNS: {"won": 30, "at": 20}}
    assert _choose(content, given, NOBODY_ANSWERS, logged=85) == Silence(UNHEARD)
    assert isinstance(_choose(content, given, NOBODY_ANSWERS, logged=83), Choice)


def test_the_first_message_is_for_who_is_new(content: Content) -> None:
    nothing = {outcome: {"won": None} for outcome in SIX}
    assert _chosen(content, nothing, [], new=True).kind is Kind.FIRST
    assert _chosen(content, {}, [], new=True, logged=1).chosen.state is NudgeState.NO_TARGET
    assert _chosen(content, nothing, [], new=False).kind is Kind.WEEKLY
    assert _chosen(content, nothing, [said(1, REFERRALS)], new=True).kind is Kind.WEEKLY


def _texts(content: Content, outcome: str, state: NudgeState) -> list[str]:
    return [each.id for each in content.nudges_for(outcome, state)]


def test_texts_take_turns_and_rest_for_eight_weeks(content: Content) -> None:
    first, second, third = _texts(content, LEADERSHIP, NudgeState.STALE)
    given = {LEADERSHIP: {"won": 40}}

    def text(*lately: Said) -> str:
        return _chosen(content, given, list(lately)).nudge.id

    assert text() == first
    assert text(said(9, LEADERSHIP, first)) == second
    assert text(said(3, LEADERSHIP, second), said(9, LEADERSHIP, first)) == third
    used = said(3, LEADERSHIP, third), said(8, LEADERSHIP, second), said(20, LEADERSHIP, first)
    assert text(*used) == first
    assert text(said(3, LEADERSHIP, third), said(8, LEADERSHIP, second), said(9, LEADERSHIP, first)) == first
    assert text(said(3, LEADERSHIP, third), said(8, LEADERSHIP, second), said(7, LEADERSHIP, first)) == second


def test_a_text_that_was_not_useful_rests_for_half_a_year(content: Content) -> None:
    first, second, _ = _texts(content, LEADERSHIP, NudgeState.STALE)
    given = {LEADERSHIP: {"won": 40}}
    for ago, expected in ((25, second), (26, second), (27, second)):
        lately = [said(3, LEADERSHIP, _), said(ago, LEADERSHIP, first, "not_useful")]
        assert _chosen(content, given, lately).nudge.id == expected
    used = [said(3, LEADERSHIP, _), said(10, LEADERSHIP, second)]
    assert _chosen(content, given, [*used, said(25, LEADERSHIP, first, "not_useful")]).nudge.id == second
    assert _chosen(content, given, [*used, said(26, LEADERSHIP, first, "not_useful")]).nudge.id == first


def test_a_text_that_came_twice_in_half_a_year_does_not_come_a_third_time(content: Content) -> None:
    first, second, third = _texts(content, LEADERSHIP, NudgeState.STALE)
    given = {LEADERSHIP: {"won": 40}}
    others = [said(9, LEADERSHIP, second), said(10, LEADERSHIP, third)]
    for ago, expected in ((24, third), (25, third), (26, first)):
        lately = [*others, said(12, LEADERSHIP, first), said(ago, LEADERSHIP, first)]
        assert _chosen(content, given, lately).nudge.id == expected


def test_when_all_texts_rest_another_outcome_speaks_and_then_nobody(content: Content) -> None:
    texts = _texts(content, LEADERSHIP, NudgeState.STALE)
    used = [said(ago, LEADERSHIP, text) for ago, text in zip((3, 5, 7), texts, strict=True)]
    two = _chosen(
        content, {LEADERSHIP: {"won": 99}, NETWORK: {"won": 22}, CAMPAIGNS: {"won": 9, "at": 50}}, used
    )
    assert two.chosen.area.outcome.id == NETWORK
    alone = {LEADERSHIP: {"won": 99}, CAMPAIGNS: {"won": 9, "at": 50}}
    assert _choose(content, alone, used) == Silence(ALL_REST)


def test_an_organization_without_texts_for_a_state_stays_silent(content: Content) -> None:
    bare = replace(content, nudges=tuple(n for n in content.nudges if n.state is not NudgeState.NO_TARGET))
    assert _choose(bare, {}, [said(1, LEADERSHIP)]) == Silence(ALL_REST)


def test_every_reason_fits_into_the_ledger() -> None:
    for reason in (ALL_REST, KEEPS_PACE, TARGETS_KEEP_PACE, UNHEARD, WON):
        assert len(reason) <= 200


def test_the_order_of_what_is_shown_is_by_points(content: Content) -> None:
    choice = _chosen(content, {CAMPAIGNS: {"won": 9, "at": 20}, LEADERSHIP: {"won": 30}}, [])
    shown: list[Area] = [each.area for each in choice.all]
    assert [each.outcome.id for each in shown[:2]] == [CAMPAIGNS, LEADERSHIP]
    assert len(shown) == 6
