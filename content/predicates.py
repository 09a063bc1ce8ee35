"""What a criterion tests, as data: over a metric, over several tests, or over the person's record."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


def _exact(number: Any) -> Any:
    """YAML's 0.3 is a float; through its shortest text it becomes the 0.3 that was written."""
    if isinstance(number, bool) or not isinstance(number, int | float | str | Decimal):
        raise ValueError("must be a number")  # noqa: TRY004 - pydantic turns ValueError, not TypeError, into its own
    return str(number)


Exact = Annotated[Decimal, BeforeValidator(_exact)]
Positive = Annotated[Exact, Field(gt=0)]
Count = Annotated[StrictInt, Field(ge=1)]


class Measure(StrEnum):
    """How wins on a metric are held against `at_least`. Better always counts upward, also where lower is better."""

    PERCENT_CHANGE = "percent_change"  # improvement from the baseline, in percent of it
    CHANGE = "change"  # improvement in the metric's own unit; percentage points for a percentage
    LEVEL = "level"  # where the latest result stands; "at most" where lower is better
    TOTAL = "total"  # results added up
    ENTRIES = "entries"  # how many wins there are; the only measure that needs no metric


class Period(StrEnum):
    """The stretch of time one result is measured over."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    EVENT = "event"


class Degree(StrEnum):
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"


class Experience(StrEnum):
    RELEVANT = "relevant"  # healthcare, business development, sales or marketing, all together
    LIAISON = "liaison"  # in a liaison role


class CredentialKind(StrEnum):
    """A certification tests what you can do and must be kept up; a certificate says a training was completed."""

    CERTIFICATION = "certification"
    CERTIFICATE = "certificate"
    MEMBERSHIP = "membership"
    FELLOWSHIP = "fellowship"
    COURSE = "course"


class _Test(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OutcomeTest(_Test):
    """Wins of one outcome reach a number.

    `periods` consecutive periods of length `over` must each reach it; `sample` is the smallest n that counts.
    Without a metric, wins on any metric of the outcome count.
    """

    kind: Literal["outcome"] = "outcome"
    outcome: Id
    metric: Id | None = None
    at_least: Positive
    by: Measure
    periods: Count = 1
    over: Period | None = None
    sample: Count | None = None


class VerifiedShare(_Test):
    """At least this percentage of the wins put forward is verified."""

    kind: Literal["verified_share"] = "verified_share"
    at_least: Annotated[Exact, Field(gt=0, le=100)]


class Education(_Test):
    kind: Literal["education"] = "education"
    at_least: Degree


class Years(_Test):
    kind: Literal["years"] = "years"
    of: Experience
    at_least: Positive


class Credentials(_Test):
    """Earned and not lapsed. Without `kinds`, any kind counts."""

    kind: Literal["credentials"] = "credentials"
    at_least: Count
    kinds: tuple[CredentialKind, ...] = ()


class AllOf(_Test):
    kind: Literal["all"] = "all"
    of: tuple["Predicate", ...] = Field(min_length=2)


class AnyOf(_Test):
    kind: Literal["any"] = "any"
    of: tuple["Predicate", ...] = Field(min_length=2)


Predicate = Annotated[
    OutcomeTest | VerifiedShare | Education | Years | Credentials | AllOf | AnyOf, Field(discriminator="kind")
]

AllOf.model_rebuild()
AnyOf.model_rebuild()


def leaves(test: Predicate) -> Iterator[OutcomeTest | VerifiedShare | Education | Years | Credentials]:
    """The simple tests inside a predicate, however deep."""
    if isinstance(test, AllOf | AnyOf):
        for part in test.of:
            yield from leaves(part)
    else:
        yield test


def result_tests(test: Predicate) -> Iterator[OutcomeTest | VerifiedShare]:
    """The parts that put a number on results, as opposed to education, years and credentials."""
    return (leaf for leaf in leaves(test) if isinstance(leaf, OutcomeTest | VerifiedShare))


def numbers(test: Predicate) -> Iterator[Decimal]:
    """Every number a person has to be told: thresholds, samples, and periods where more than one."""
    for leaf in leaves(test):
        if isinstance(leaf, Education):
            continue
        yield Decimal(leaf.at_least)
        if isinstance(leaf, OutcomeTest):
            if leaf.sample is not None:
                yield Decimal(leaf.sample)
            if leaf.periods > 1:
                yield Decimal(leaf.periods)
