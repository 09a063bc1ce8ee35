"""What shows that a person has done a step of the roadmap, as data over profile, skills, credentials and wins.

The tests reuse those of the criteria where they say the same (education, years, credentials, an outcome's wins); the
others are here. All are pure data: the rules decide them, from what the member entered. What a member left empty
decides nothing: the sign is not met, and its `do` asks for it kindly.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from content.entry import Sentence, Title
from content.predicates import Count, Credentials, Education, Id, OutcomeTest, VerifiedShare, Years


class SkillKind(StrEnum):
    SOFT = "soft"
    TECHNICAL = "technical"


class SkillLevel(StrEnum):
    """The four levels of the self-assessment, lowest first; compare with `rank`."""

    NEW = "new"
    HELPED = "helped"
    ALONE = "alone"
    TEACHES = "teaches"

    @property
    def rank(self) -> int:
        return list(SkillLevel).index(self)

    @property
    def said(self) -> str:
        """How a form offers it."""
        return _SAID[self]


_SAID = {
    SkillLevel.NEW: "New to me",
    SkillLevel.HELPED: "I have done it with help",
    SkillLevel.ALONE: "I do it on my own",
    SkillLevel.TEACHES: "I teach it to others",
}


class _Test(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SkillsAt(_Test):
    """At least so many skills (of one kind, or of both) rated at the level or above by the person."""

    kind: Literal["skills"] = "skills"
    at_least: Count
    level: SkillLevel
    of: SkillKind | None = None


class SkillsRated(_Test):
    """At least so many skills rated at all, at whatever level: the self-assessment was filled in."""

    kind: Literal["skills_rated"] = "skills_rated"
    at_least: Count


class AtRung(_Test):
    """The person's current rung stands at this rung's level or above."""

    kind: Literal["rung"] = "rung"
    at_least: Id


class BackgroundChosen(_Test):
    """The profile names a background; with `reviewed`, what transfers from it was also looked through."""

    kind: Literal["background"] = "background"
    reviewed: StrictBool = False


class CredentialsBegun(_Test):
    """At least so many credentials planned or under way."""

    kind: Literal["credentials_begun"] = "credentials_begun"
    at_least: Count


class WinsLogged(_Test):
    """At least so many wins on any outcome; with `verified`, only those a manager verified."""

    kind: Literal["wins"] = "wins"
    at_least: Count
    verified: StrictBool = False


class GatesMet(_Test):
    """Every criterion with `need: gate` of this rung is met; without a rung, of the person's target rung."""

    kind: Literal["gates"] = "gates"
    rung: Id | None = None


class OneOf(_Test):
    """Any one of these is enough."""

    kind: Literal["one_of"] = "one_of"
    of: tuple["StepTest", ...] = Field(min_length=2)


StepTest = Annotated[
    Education
    | Years
    | Credentials
    | CredentialsBegun
    | OutcomeTest
    | VerifiedShare
    | SkillsAt
    | SkillsRated
    | AtRung
    | BackgroundChosen
    | WinsLogged
    | GatesMet
    | OneOf,
    Field(discriminator="kind"),
]

OneOf.model_rebuild()


class Sign(BaseModel):
    """One thing that shows the step is done: `met` says why it counts, `do` is the one action where it is not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    met: Title
    do: Sentence
    test: StepTest
    needed: StrictBool = True  # without it, the sign puts the step under way and is not asked for


def named_in(test: StepTest) -> tuple[OutcomeTest | AtRung | GatesMet, ...]:
    """The parts that point at other entries, however deep."""
    if isinstance(test, OneOf):
        return tuple(found for part in test.of for found in named_in(part))
    return (test,) if isinstance(test, OutcomeTest | AtRung | GatesMet) else ()
