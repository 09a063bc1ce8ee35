"""The shapes of what is told rather than computed with: skills, training, questions, rules, words, and so on."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, StrictInt, model_validator

from content.entry import Entry, Name, Named, Sentence, Source, Text, Told, Verification
from content.predicates import Degree, Exact, Id
from content.signs import SkillKind

Year = Annotated[StrictInt, Field(ge=2000, le=2100)]


class Study(Told):
    """What the road asks for in education; `degree` where the entry is about one."""

    noun: ClassVar[str] = "education"

    degree: Degree | None = None


class Accreditor(Told):
    """Who vouches for a school or a program, and for what; `full` spells out its letters."""

    noun: ClassVar[str] = "accreditation"

    full: Name | None = None
    accredits: Name


class Skill(Named):
    """One of the twelve skills of the self-assessment."""

    noun: ClassVar[str] = "skill"

    kind: SkillKind
    meaning: Sentence
    show: Sentence  # how to prove it, in a résumé or to a manager


class ExperienceFact(Told):
    noun: ClassVar[str] = "experience"


class Provider(StrEnum):
    EMPLOYER = "employer"
    ASSOCIATION = "association"


class Training(Told):
    """A kind of training; `credential` where it can be tracked as one of ours."""

    noun: ClassVar[str] = "training"

    by: Provider
    credential: Id | None = None


class Brought(BaseModel):
    """Something a background brings along, the skill it proves, and how to say it to a liaison team."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    skill: Id | None = None  # null where none of the twelve is meant
    say: Sentence


class Build(BaseModel):
    """Something a background usually lacks, and a first thing to do about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    skill: Id | None = None
    how: Sentence


class Background(Named):
    """Where a person comes from: what transfers, and what is still to build."""

    noun: ClassVar[str] = "background"

    text: Text
    points: tuple[Text, ...] = ()
    brings: tuple[Brought, ...] = Field(min_length=1)
    build: tuple[Build, ...] = Field(min_length=1)
    first_step: Sentence


class ResumeAdvice(Told):
    """Advice for the résumé; the people and places of `examples` are made up."""

    noun: ClassVar[str] = "resume"

    examples: tuple[Sentence, ...] = ()


class PacketPart(Told):
    """A part of the promotion packet, in the order it is read."""

    noun: ClassVar[str] = "packet"

    number: Annotated[StrictInt, Field(ge=1)]


class Subject(StrEnum):
    """How the questions are sorted where a person leafs through them."""

    THE_JOB = "the_job"
    GETTING_IN = "getting_in"
    CERTIFICATIONS = "certifications"
    MOVING_UP = "moving_up"
    NUMBERS = "numbers"
    FIELD_WORK = "field_work"
    COMPLIANCE = "compliance"
    THIS_APP = "this_app"


class Question(Told):
    """A question liaisons ask. The title is the question; aliases are other ways to ask it."""

    noun: ClassVar[str] = "faq"

    subject: Subject


class Law(StrEnum):
    PHI = "phi"
    STARK = "stark"
    ANTI_KICKBACK = "anti_kickback"
    WORDING = "wording"


class YearlyLimit(BaseModel):
    """The Stark limits of one calendar year, in US dollars; null where we do not know the figure: ask CMS.

    `derived` names the figures that follow from an earlier year's and the price index, and were not seen published.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: Year
    non_monetary: Exact | None  # all gifts and meals to one physician in the year
    incidental: Exact | None  # per occurrence on campus; must stay below it
    remuneration: Exact | None  # limited remuneration to a physician in the year
    derived: tuple[Annotated[str, Field(pattern="^(non_monetary|incidental|remuneration)$")], ...] = ()
    source: Source
    verification: Verification
    as_of: date
    note: Sentence


class Wording(BaseModel):
    """A phrase that reads like paying for referrals, and an honest one for the same work."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    avoid: Sentence
    instead: Sentence


class Rule(Told):
    """What to watch in one corner of the law. Information, never legal advice."""

    noun: ClassVar[str] = "compliance"

    law: Law
    limits: tuple[YearlyLimit, ...] = ()
    wording: tuple[Wording, ...] = ()
    verbs: tuple[Name, ...] = ()  # to be preferred

    @model_validator(mode="after")
    def _each_year_once(self) -> Self:
        years = [limit.year for limit in self.limits]
        if years != sorted(set(years)):
            raise ValueError("the years of the limits must rise, each once")
        return self


class Term(Named):
    """A word of the trade; `full` spells out letters."""

    noun: ClassVar[str] = "term"

    full: Name | None = None
    meaning: Sentence

    @property
    def spoken(self) -> tuple[str, ...]:
        return (*super().spoken, *([self.full] if self.full else []))


class Synonym(Entry):
    """Words that mean the same to whoever asks; each stands in for all others when questions are searched."""

    noun: ClassVar[str] = "synonym"

    words: tuple[Name, ...] = Field(min_length=2)


class SourceNote(Told):
    """What a badge means, or what we could not find out."""

    noun: ClassVar[str] = "source"


class LeftOut(Entry):
    """Facts of the article that no entry carries, and why."""

    noun: ClassVar[str] = "left_out"

    reason: Sentence
