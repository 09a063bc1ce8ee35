"""The shapes that the rules compute with: steps, rungs, credentials, outcomes with their metrics, criteria, nudges."""

import re
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints, model_validator

from content.entry import Entry, Labelled, Name, Named, Source, Text, Verification
from content.predicates import CredentialKind, Exact, Id, Period, Predicate, numbers, result_tests
from content.signs import Sign


class Topic(BaseModel):
    """A short list inside a step: "Soft skills", "What medical sales brings"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Name
    points: tuple[Text, ...] = Field(min_length=1)


class Step(Named):
    """One of the five steps, and how to tell where a person stands on it.

    `completes` makes it personal. Of the signs that apply to a person: none met and nothing begun is "not started",
    some met is "under way", all that are `needed` met is "done". The first needed sign that is not met gives the
    next action (`do`); with all met, `do_next` does.
    """

    noun: ClassVar[str] = "step"

    number: Annotated[StrictInt, Field(ge=1, le=5)]
    summary: Text
    what_counts: tuple[Text, ...] = Field(min_length=1)  # any of these moves the step forward
    do_next: Text
    topics: tuple[Topic, ...] = ()
    completes: tuple[Sign, ...] = Field(
        min_length=1
    )  # what a personal roadmap computes the step's state from

    @property
    def spoken(self) -> tuple[str, ...]:
        return (f"step {self.number}", str(self.number), *super().spoken)


class Rung(Named):
    """A place on the ladder; with `contrast`, a neighboring job that is not on it."""

    noun: ClassVar[str] = "rung"

    level: Annotated[StrictInt, Field(ge=0)]  # two rungs may share one: both lead to the next level
    typical_years: Name
    years_source: Source
    summary: Text
    work: tuple[Text, ...] = Field(min_length=1)
    assessed: tuple[Text, ...] = ()
    backgrounds: tuple[Text, ...] = ()
    contrast: StrictBool = False


class ExpiryRule(StrEnum):
    ANNIVERSARY = "anniversary"
    END_OF_MONTH = "end_of_month"
    FIXED_CYCLE = "fixed_cycle"  # one cycle shared by all holders, whenever they earned it
    END_OF_CALENDAR_YEAR = "end_of_calendar_year"
    NONE = "none"
    UNKNOWN = "unknown"


class Area(StrEnum):
    """The six subjects the article says certifications in this field tend to teach."""

    COMMUNICATION = "communication"
    DATA_ANALYSIS = "data_analysis"
    REFERRAL_DEVELOPMENT = "referral_development"
    NEGOTIATION = "negotiation"
    COMPLIANCE = "compliance"
    PERFORMANCE_MEASUREMENT = "performance_measurement"


class Credential(Named):
    """Something to earn. Where `cycle_months` is null, ask the person for the expiry date; never compute one."""

    noun: ClassVar[str] = "credential"

    kind: CredentialKind
    in_seed: StrictBool
    issuer: Name | None
    summary: Text
    advice: Text | None = None  # what to do before paying for it
    covers: tuple[Area, ...] = ()  # empty: not known
    cycle_months: Annotated[StrictInt, Field(gt=0)] | None
    ce_required: Annotated[StrictInt, Field(gt=0)] | None  # hours or credits per cycle
    ce_notes: Text | None = None
    expiry_rule: ExpiryRule
    fee: Name | None

    @property
    def spoken(self) -> tuple[str, ...]:
        return (*super().spoken, self.kind)

    @model_validator(mode="after")
    def _computes_only_what_was_verified(self) -> Self:
        if self.verification is not Verification.VERIFIED and (self.cycle_months or self.ce_required):
            raise ValueError("an unverified credential cannot have a cycle or required hours")
        if self.expiry_rule is ExpiryRule.NONE and self.cycle_months:
            raise ValueError("a credential that never expires has no cycle")
        return self


class MetricKind(StrEnum):
    """Decides the arithmetic: what a change is called and whether a percent change makes sense."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    POINTS = "points"
    SCORE = "score"
    DAYS = "days"
    CURRENCY = "currency"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"  # lower is better


class Combine(StrEnum):
    """What several results of one metric come to together, over practices or over time."""

    SUM = "sum"  # adds up over time, so a quarter's number cannot be held against a month's
    MEAN = "mean"  # a rate, a score, an average: weighted by the samples, where they are known
    LATEST = "latest"  # a level, or a median, of which no mean may be taken
    BEST = "best"  # the furthest of several that stand side by side


class Sample(StrEnum):
    """What the number behind a result counts; the word is said after it."""

    NONE = "none"
    ANSWERS = "answers"
    INVITED = "invited"
    ATTENDEES = "attendees"
    ISSUES = "issues"
    REFERRALS = "referrals"

    def after(self, count: int) -> str:
        """The word as it follows a number: "1 answer", "12 answers", "1 invited"."""
        return self.value.removesuffix("s") if count == 1 else self.value


class Metric(Labelled):
    """One way to measure an outcome. `unit` is the word after a number ("$" goes before it).

    With `part`, the result is a share of the sample, and a form asks for both counts: 23 attended of 50 invited.
    """

    noun: ClassVar[str] = "metric"

    outcome: Id
    unit: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    unit_one: Annotated[str, StringConstraints(min_length=1, max_length=20)] | None = (
        None  # after 1; else no "s"
    )
    kind: MetricKind
    direction: Direction
    period: Period  # what a form offers first
    combine: Combine
    sample: Sample = Sample.NONE
    part: Name | None = None  # those of the sample who count: "attended"
    formula: Text
    cadence: Text
    verified_by: Text
    minimum: Exact | None = None
    maximum: Exact | None = None
    whole: StrictBool = False
    activity: StrictBool = False  # effort, not yet a result: worth logging, weaker as proof
    default: StrictBool = False

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.minimum is not None and self.maximum is not None and self.minimum >= self.maximum:
            raise ValueError("minimum must be below maximum")
        return self

    @model_validator(mode="after")
    def _combines_what_can_be(self) -> Self:
        if self.adds_up and self.kind not in (MetricKind.COUNT, MetricKind.CURRENCY):
            raise ValueError("only a count or a currency adds up: combine cannot be sum")
        if self.part is not None and (self.kind is not MetricKind.PERCENTAGE or self.sample is Sample.NONE):
            raise ValueError("part needs a percentage, and a sample that it is part of")
        return self

    @property
    def adds_up(self) -> bool:
        """Whether a longer time makes a larger number, as it does for counts and money, not for rates."""
        return self.combine is Combine.SUM

    def unit_after(self, value: Decimal) -> str:
        """The unit as it is said after a number: "1 agreement", "0 agreements"."""
        return (self.unit_one or self.unit.removesuffix("s")) if abs(value) == 1 else self.unit

    def allows(self, value: Decimal) -> bool:
        """Whether a reading can be true at all: inside the bounds, and whole where only whole makes sense."""
        if not value.is_finite() or (self.whole and value != value.to_integral_value()):
            return False
        return (self.minimum is None or value >= self.minimum) and (
            self.maximum is None or value <= self.maximum
        )


class Outcome(Labelled):
    noun: ClassVar[str] = "outcome"

    description: Text
    metrics: tuple[Metric, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _hand_down(cls, data: Any) -> Any:
        """Metrics stand under their outcome in the file: tell each its outcome and, unless it says, the date."""
        if not isinstance(data, dict) or not isinstance(data.get("metrics"), list | tuple):
            return data
        given = {"outcome": data.get("id"), "as_of": data.get("as_of")}
        metrics = [{**given, **metric} if isinstance(metric, dict) else metric for metric in data["metrics"]]
        return {**data, "metrics": metrics}

    @cached_property
    def default_metric(self) -> Metric:
        """The one a form starts with; the loader has made sure that there is exactly one."""
        return next(metric for metric in self.metrics if metric.default)


class Need(StrEnum):
    GATE = "gate"
    SUPPORTING = "supporting"


class Criterion(Entry):
    """What a rung asks for: `sentence` for people, `test` for the rules, `basis` for where the ask comes from."""

    noun: ClassVar[str] = "criterion"

    rung: Id
    need: Need
    sentence: Text
    basis: Text | None = None
    test: Predicate

    @property
    def heading(self) -> str:
        return self.sentence

    @model_validator(mode="after")
    def _numbers_are_ours(self) -> Self:
        if any(result_tests(self.test)) and self.source is not Source.HOUSE_DEFAULT:
            raise ValueError("a number for results is always a house_default")
        missing = [
            n for n in numbers(self.test) if not re.search(rf"(?<![\d.]){n:f}(?![\d.]*\d)", self.sentence)
        ]
        if missing:
            raise ValueError(f"the sentence leaves out the number {missing[0]:f} that is tested")
        return self
