"""Where a person stands on a step follows from what they told and did, and nothing that was left empty decides it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from content import (
    AtRung,
    BackgroundChosen,
    Content,
    CredentialKind,
    Credentials,
    CredentialsBegun,
    Degree,
    Education,
    Experience,
    GatesMet,
    Measure,
    OneOf,
    OutcomeTest,
    Sign,
    SkillKind,
    SkillLevel,
    SkillsAt,
    SkillsRated,
    Source,
    Step,
    StepTest,
    Verification,
    VerifiedShare,
    WinsLogged,
    Years,
)
from slackbot.rules.roadmap import Record, State, is_met, next_action, standing, standings

NOBODY = Record()


def rated(content: Content, level: SkillLevel, kinds: Iterable[SkillKind] = tuple(SkillKind)) -> Record:
    """Somebody who rates all skills of these kinds the same."""
    return Record(skills={skill.id: level for skill in content.skills if skill.kind in kinds})


def decided(cases: list[tuple[StepTest, Record, bool]], content: Content) -> list[bool]:
    return [is_met(test, record, content) for test, record, _ in cases]


def expected(cases: list[tuple[StepTest, Record, bool]]) -> list[bool]:
    return [met for _, _, met in cases]


def test_a_degree_counts_from_the_one_that_is_asked_for(content: Content) -> None:
    cases: list[tuple[StepTest, Record, bool]] = [
        (Education(at_least=least), Record(education=has), met)
        for least, has, met in (
            (Degree.BACHELOR, None, False),
            (Degree.BACHELOR, Degree.BACHELOR, True),
            (Degree.BACHELOR, Degree.MASTER, True),
            (Degree.BACHELOR, Degree.DOCTORATE, True),
            (Degree.MASTER, Degree.BACHELOR, False),
            (Degree.MASTER, Degree.MASTER, True),
            (Degree.DOCTORATE, Degree.MASTER, False),
            (Degree.DOCTORATE, Degree.DOCTORATE, True),
        )
    ]
    assert decided(cases, content) == expected(cases)


def test_years_count_for_the_experience_they_were_spent_in(content: Content) -> None:
    five, one = Years(of=Experience.RELEVANT, at_least=5), Years(of=Experience.LIAISON, at_least=1)
    cases: list[tuple[StepTest, Record, bool]] = [
        (five, NOBODY, False),
        (five, Record(years={Experience.RELEVANT: 4}), False),
        (five, Record(years={Experience.RELEVANT: 5}), True),
        (five, Record(years={Experience.LIAISON: 9}), False),
        (one, Record(years={Experience.LIAISON: 0}), False),
        (one, Record(years={Experience.LIAISON: 1}), True),
    ]
    assert decided(cases, content) == expected(cases)


def test_a_rung_counts_with_all_that_stand_as_high_or_higher(content: Content) -> None:
    liaison = AtRung(at_least="liaison")
    met = {rung.id: is_met(liaison, Record(rung=rung.id), content) for rung in content.rungs}

    assert met == {
        "coordinator": False,
        "marketing_coordinator": False,
        "liaison": True,
        "senior_liaison": True,
        "manager": True,
        "director": True,
    }
    assert not is_met(liaison, NOBODY, content)
    assert is_met(AtRung(at_least="marketing_coordinator"), Record(rung="coordinator"), content)


def test_a_background_counts_once_chosen_and_for_more_once_looked_through(content: Content) -> None:
    chosen, reviewed = BackgroundChosen(), BackgroundChosen(reviewed=True)
    cases: list[tuple[StepTest, Record, bool]] = [
        (chosen, NOBODY, False),
        (chosen, Record(background="sales"), True),
        (reviewed, Record(background="sales"), False),
        (reviewed, Record(background="sales", background_reviewed=True), True),
        (reviewed, Record(background_reviewed=True), False),
    ]
    assert decided(cases, content) == expected(cases)


def test_skills_count_from_their_level_on_and_only_of_their_kind(content: Content) -> None:
    alone, soft = rated(content, SkillLevel.ALONE), rated(content, SkillLevel.TEACHES, [SkillKind.SOFT])
    cases: list[tuple[StepTest, Record, bool]] = [
        (SkillsAt(at_least=8, level=SkillLevel.ALONE), NOBODY, False),
        (SkillsAt(at_least=8, level=SkillLevel.ALONE), rated(content, SkillLevel.HELPED), False),
        (SkillsAt(at_least=8, level=SkillLevel.ALONE), alone, True),
        (SkillsAt(at_least=8, level=SkillLevel.ALONE), rated(content, SkillLevel.TEACHES), True),
        (SkillsAt(at_least=12, level=SkillLevel.TEACHES), alone, False),
        (SkillsAt(at_least=7, level=SkillLevel.ALONE), soft, False),
        (SkillsAt(at_least=6, level=SkillLevel.ALONE, of=SkillKind.SOFT), soft, True),
        (SkillsAt(at_least=1, level=SkillLevel.NEW, of=SkillKind.TECHNICAL), soft, False),
        (SkillsRated(at_least=12), alone, True),
        (SkillsRated(at_least=12), soft, False),
        (SkillsRated(at_least=6), soft, True),
        (SkillsRated(at_least=1), NOBODY, False),
    ]
    assert decided(cases, content) == expected(cases)


def test_a_rating_of_a_skill_that_is_no_longer_offered_counts_for_nothing(content: Content) -> None:
    record = Record(skills={"telepathy": SkillLevel.TEACHES})

    assert not is_met(SkillsRated(at_least=1), record, content)
    assert not is_met(SkillsAt(at_least=1, level=SkillLevel.NEW), record, content)


def test_credentials_count_when_held_and_of_the_kinds_asked_for(content: Content) -> None:
    certification = Credentials(at_least=1, kinds=(CredentialKind.CERTIFICATION,))
    course = Record(held=(CredentialKind.COURSE,))
    cases: list[tuple[StepTest, Record, bool]] = [
        (Credentials(at_least=1), NOBODY, False),
        (Credentials(at_least=1), course, True),
        (Credentials(at_least=2), course, False),
        (certification, course, False),
        (certification, Record(held=(CredentialKind.COURSE, CredentialKind.CERTIFICATION)), True),
        (Credentials(at_least=1), Record(begun=3), False),
        (CredentialsBegun(at_least=1), Record(begun=1), True),
        (CredentialsBegun(at_least=2), Record(begun=1), False),
        (CredentialsBegun(at_least=1), course, False),
    ]
    assert decided(cases, content) == expected(cases)


def test_wins_count_together_and_verified_ones_apart(content: Content) -> None:
    two = Record(wins={"referral_growth": 1, "leadership": 1}, verified_wins=1)
    entries = OutcomeTest(outcome="leadership", at_least=1, by=Measure.ENTRIES)
    growth = OutcomeTest(outcome="referral_growth", at_least=1, by=Measure.PERCENT_CHANGE)
    cases: list[tuple[StepTest, Record, bool]] = [
        (WinsLogged(at_least=1), NOBODY, False),
        (WinsLogged(at_least=2), two, True),
        (WinsLogged(at_least=3), two, False),
        (WinsLogged(at_least=1, verified=True), two, True),
        (WinsLogged(at_least=2, verified=True), two, False),
        (entries, two, True),
        (entries, Record(wins={"referral_growth": 5}), False),
        (growth, two, False),
    ]
    assert decided(cases, content) == expected(cases)


def test_any_one_of_several_is_enough(content: Content) -> None:
    either = OneOf(of=(AtRung(at_least="liaison"), CredentialsBegun(at_least=1)))

    assert not is_met(either, NOBODY, content)
    assert is_met(either, Record(rung="liaison"), content)
    assert is_met(either, Record(begun=1), content)
    assert is_met(OneOf(of=(either, WinsLogged(at_least=9))), Record(begun=1), content)


def test_what_was_not_proven_is_never_taken_for_met(content: Content) -> None:
    best = full(content)

    assert not is_met(GatesMet(), best, content)
    assert not is_met(VerifiedShare(at_least=1), best, content)


def test_what_verified_wins_proved_is_met(content: Content) -> None:
    proven = Record(proven=frozenset({GatesMet(), VerifiedShare(at_least=80)}))

    assert is_met(GatesMet(), proven, content)
    assert is_met(OneOf(of=(AtRung(at_least="liaison"), VerifiedShare(at_least=80))), proven, content)
    assert not is_met(VerifiedShare(at_least=81), proven, content)
    assert not is_met(GatesMet(rung="director"), proven, content)


def step(*signs: Sign) -> Step:
    return Step(
        id="example",
        name="Example",
        number=1,
        summary="An example.",
        what_counts=("Something.",),
        do_next="Go further.",
        completes=signs,
        source=Source.HOUSE_DEFAULT,
        verification=Verification.UNVERIFIED,
        as_of=date(2026, 11, 1),
    )


WIN = Sign(met="You have a win.", do="Log a win.", test=WinsLogged(at_least=1))
BEGUN = Sign(met="You began.", do="Begin.", test=CredentialsBegun(at_least=1), needed=False)
HELD = Sign(met="You hold one.", do="Earn one.", test=Credentials(at_least=1))
COURSE = (CredentialKind.COURSE,)


@pytest.mark.parametrize(
    ("record", "state", "why", "do"),
    [
        (Record(), State.NOT_STARTED, "Nothing here yet.", "Log a win."),
        (Record(begun=1), State.UNDER_WAY, "You began.", "Log a win."),
        (Record(wins={"leadership": 1}), State.UNDER_WAY, "You have a win.", "Earn one."),
        (Record(held=COURSE, begun=1), State.UNDER_WAY, "You hold one.", "Log a win."),
        (Record(held=COURSE, wins={"x": 1}), State.DONE, "You have a win. You hold one.", "Go further."),
        (
            Record(held=COURSE, wins={"x": 1}, begun=1),
            State.DONE,
            "You have a win. You hold one.",
            "Go further.",
        ),
    ],
)
def test_a_step_says_how_far_it_is_why_and_what_is_next(
    record: Record, state: State, why: str, do: str, content: Content
) -> None:
    told = standing(step(WIN, HELD, BEGUN), record, content)

    assert (told.state, told.why, told.do) == (state, why, do)


def test_whoever_told_nothing_stands_at_the_beginning_of_all_five(content: Content) -> None:
    every = standings(NOBODY, content)

    assert [each.step.number for each in every] == [1, 2, 3, 4, 5]
    assert {each.state for each in every} == {State.NOT_STARTED}
    assert next_action(every) is every[0]


def full(content: Content) -> Record:
    """Somebody who has done all that we can tell today."""
    return Record(
        rung="liaison",
        target_rung="manager",
        education=Degree.BACHELOR,
        years={Experience.RELEVANT: 6, Experience.LIAISON: 2},
        background="sales",
        background_reviewed=True,
        skills={skill.id: SkillLevel.ALONE for skill in content.skills},
        held=(CredentialKind.CERTIFICATION,),
        begun=1,
        wins={"referral_growth": 2},
        verified_wins=1,
    )


def test_whoever_has_done_the_first_four_is_led_to_the_fifth(content: Content) -> None:
    every = standings(full(content), content)

    assert [each.state for each in every] == [*[State.DONE] * 4, State.UNDER_WAY]
    assert next_action(every) is every[4]


def test_the_first_step_that_is_not_done_leads_even_when_a_later_one_is_further(content: Content) -> None:
    record = replace(full(content), education=None)
    every = standings(record, content)

    assert every[0].state is State.UNDER_WAY
    assert next_action(every) is every[0]
    assert "education" in next_action(every).do


def test_when_all_are_done_the_last_steps_own_action_leads(content: Content) -> None:
    done = [replace(each, state=State.DONE) for each in standings(full(content), content)]

    assert next_action(done) is done[-1]
