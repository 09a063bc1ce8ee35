"""Where a person stands on each of the five steps, and the one thing to do next."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

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
    Measure,
    OneOf,
    OutcomeTest,
    Sign,
    Skill,
    SkillLevel,
    SkillsAt,
    SkillsRated,
    Step,
    StepTest,
    WinsLogged,
    Years,
)

_DEGREES: Final = (Degree.BACHELOR, Degree.MASTER, Degree.DOCTORATE)


class State(StrEnum):
    NOT_STARTED = "not started"
    UNDER_WAY = "under way"
    DONE = "done"


@dataclass(frozen=True)
class Record:
    """What a member told us and did; whatever they left empty is None, and decides nothing."""

    rung: str | None = None
    target_rung: str | None = None
    education: Degree | None = None
    years: Mapping[Experience, int] = field(default_factory=dict)
    background: str | None = None
    background_reviewed: bool = False
    skills: Mapping[str, SkillLevel] = field(default_factory=dict)
    held: Sequence[CredentialKind] = ()
    begun: int = 0
    wins: Mapping[str, int] = field(default_factory=dict)
    verified_wins: int = 0
    proven: Set[StepTest] = frozenset()
    """The tests over results that verified wins meet: whoever makes the record worked them out."""


@dataclass(frozen=True)
class Standing:
    """A step's state, the sentence that says why, and the next action."""

    step: Step
    state: State
    why: str
    do: str


def standing(step: Step, record: Record, content: Content) -> Standing:
    """None of the step's signs: not started; some: under way; all that are needed: done."""
    met = [sign for sign in step.completes if is_met(sign.test, record, content)]
    missing = [sign for sign in step.completes if sign.needed and sign not in met]
    if not missing:
        return Standing(step, State.DONE, _why(met), step.do_next)
    if met:
        return Standing(step, State.UNDER_WAY, _why(met), missing[0].do)
    return Standing(step, State.NOT_STARTED, "Nothing here yet.", missing[0].do)


def standings(record: Record, content: Content) -> list[Standing]:
    return [standing(step, record, content) for step in content.steps]


def next_action(standings: Sequence[Standing]) -> Standing:
    """The first step that is not done leads; when all are, the last one's own next action does."""
    return next((each for each in standings if each.state is not State.DONE), standings[-1])


def _why(met: Sequence[Sign]) -> str:
    """What is needed speaks for a step; what only begins it speaks where nothing else does."""
    return " ".join(sign.met for sign in [sign for sign in met if sign.needed] or met)


def is_met(test: StepTest, record: Record, content: Content) -> bool:
    """Whether a sign shows. Of results, a number of wins shows by being logged; the rest has to be proven."""
    if test in record.proven:
        return True
    match test:
        case OneOf():
            return any(is_met(part, record, content) for part in test.of)
        case Education() | Years() | AtRung() | BackgroundChosen():
            return _in_profile(test, record, content)
        case SkillsAt() | SkillsRated():
            return _in_skills(test, record, content.skills)
        case Credentials():
            return sum(not test.kinds or kind in test.kinds for kind in record.held) >= test.at_least
        case CredentialsBegun():
            return record.begun >= test.at_least
        case WinsLogged():
            return (record.verified_wins if test.verified else sum(record.wins.values())) >= test.at_least
        case OutcomeTest():
            counted = test.by is Measure.ENTRIES and test.metric is None
            return counted and record.wins.get(test.outcome, 0) >= test.at_least
    return False


def _in_profile(
    test: Education | Years | AtRung | BackgroundChosen, record: Record, content: Content
) -> bool:
    match test:
        case Education():
            degree = record.education
            return degree is not None and _DEGREES.index(degree) >= _DEGREES.index(test.at_least)
        case Years():
            return record.years.get(test.of, 0) >= test.at_least
        case AtRung():
            rung = record.rung
            return rung is not None and content.rung(rung).level >= content.rung(test.at_least).level
        case BackgroundChosen():
            return record.background is not None and (record.background_reviewed or not test.reviewed)


def _in_skills(test: SkillsAt | SkillsRated, record: Record, skills: Sequence[Skill]) -> bool:
    rated = [(skill, record.skills[skill.id]) for skill in skills if skill.id in record.skills]
    if isinstance(test, SkillsRated):
        return len(rated) >= test.at_least
    good = [
        skill for skill, level in rated if level.rank >= test.level.rank and test.of in {None, skill.kind}
    ]
    return len(good) >= test.at_least
