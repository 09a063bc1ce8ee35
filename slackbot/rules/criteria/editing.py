"""The numbers of a criterion as fields to fill in, and the criterion that comes of what was filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from content import (
    AllOf,
    AnyOf,
    Content,
    Credentials,
    Criterion,
    Degree,
    Education,
    Measure,
    Metric,
    MetricKind,
    Need,
    OutcomeTest,
    Predicate,
    Source,
    Verification,
    VerifiedShare,
    Years,
    leaves,
)
from content.models import Combine, Direction
from content.predicates import Period
from slackbot.rules import periods
from slackbot.rules.criteria.wording import Leaf, ask_of, asked, label, sample_of
from slackbot.rules.numbers import UnreadableNumberError, read_count, read_number

OURS: Final = "Set by the admins of this workspace."
"""The note on a criterion that an admin changed: it is no house default, and nobody's fact."""
MOST_PERIODS: Final = 12
ABOVE_ZERO: Final = "Write a number above zero, or leave it empty to leave this out."


class Part(StrEnum):
    """Which number of a test."""

    LEAST = "least"
    PERIODS = "periods"
    SAMPLE = "sample"


@dataclass(frozen=True)
class Field:
    """One number to fill in; an `Education` has a degree in its place. `now` is what stands there, None for nothing."""

    key: str
    part: Part
    leaf: Leaf
    label: str
    now: str | None


Given = Mapping[str, str | None]
"""What was filled in, by `Field.key`."""


def template(criterion: Criterion, content: Content) -> Predicate:
    """The fullest test there is to edit: the house's, where it holds all that the criterion still asks for."""
    house = house_of(criterion, content)
    if house is None:
        return criterion.test
    known = [_identity(leaf) for leaf in leaves(house.test)]
    own = {_identity(leaf) for leaf in leaves(criterion.test)}
    return house.test if len(set(known)) == len(known) and own <= set(known) else criterion.test


def _identity(leaf: Leaf) -> Leaf:
    """What a test looks at, whatever number it asks for."""
    if isinstance(leaf, Education):
        return Education(at_least=Degree.BACHELOR)
    alike: dict[str, object] = {"at_least": type(leaf.at_least)(1)}
    if isinstance(leaf, OutcomeTest):
        alike |= {"periods": 1, "sample": None}
    return leaf.model_copy(update=alike)


def fields_of(shape: Predicate, criterion: Criterion | None, content: Content) -> list[Field]:
    """The fields of a test's shape, holding what `criterion` asks for now; all empty where it asks for nothing."""
    now = {_identity(leaf): leaf for leaf in leaves(criterion.test)} if criterion else {}
    return [
        field
        for number, leaf in enumerate(leaves(shape))
        for field in _fields(str(number), leaf, now.get(_identity(leaf)), content)
    ]


def _fields(key: str, leaf: Leaf, now: Leaf | None, content: Content) -> Iterator[Field]:
    least = None if now is None else _text(now.at_least)
    yield Field(f"{key}-{Part.LEAST}", Part.LEAST, leaf, label(leaf, content), least)
    if not isinstance(leaf, OutcomeTest):
        return
    ask, kept = ask_of(leaf, content), now if isinstance(now, OutcomeTest) else leaf
    if leaf.periods > 1 or kept.periods > 1:
        noun = periods.noun(ask.length).capitalize()
        yield Field(f"{key}-{Part.PERIODS}", Part.PERIODS, leaf, f"{noun}s in a row", str(kept.periods))
    if leaf.sample is not None or kept.sample is not None:
        what = sample_of(ask.metric).capitalize()
        sample = None if kept.sample is None else str(kept.sample)
        yield Field(f"{key}-{Part.SAMPLE}", Part.SAMPLE, leaf, f"{what}: at least", sample)


def _text(least: Decimal | int | Degree) -> str:
    return least.value if isinstance(least, Degree) else f"{Decimal(least):f}"


def read_field(field: Field, text: str | None, content: Content) -> str | None:
    """What was filled in, as the test can take it. Raises UnreadableNumberError with a sentence for the person."""
    if not text:
        return None
    match field.part:
        case Part.PERIODS:
            return str(_at_most(read_count(text, "periods"), MOST_PERIODS))
        case Part.SAMPLE:
            return str(read_count(text))
    if isinstance(field.leaf, Education):
        return Degree(text).value if text in set(Degree) else None
    return f"{_least(field.leaf, text, content):f}"


def _at_most(count: int, most: int) -> int:
    if count > most:
        raise UnreadableNumberError(f"More than {most} in a row are more than anybody could show.")
    return count


def _least(leaf: Leaf, text: str, content: Content) -> Decimal:
    value = read_number(text, _yardstick(leaf, content)).normalize()
    if value <= 0:
        raise UnreadableNumberError(ABOVE_ZERO)
    if isinstance(leaf, VerifiedShare) and value > 100:
        raise UnreadableNumberError("A share goes up to 100.")
    if isinstance(leaf, OutcomeTest) and (room := _room(leaf, content)) is not None and value > room:
        raise UnreadableNumberError(f"The scale leaves room for {room:f} at most.")
    return value


def _room(leaf: OutcomeTest, content: Content) -> Decimal | None:
    """How far a change can go on a scale that has two ends."""
    metric = ask_of(leaf, content).metric
    if leaf.by is not Measure.CHANGE or metric is None or metric.minimum is None or metric.maximum is None:
        return None
    return metric.maximum - metric.minimum


_BARE: Final = Metric(
    id="number",
    outcome="any",
    label="The number",
    unit="wins",
    kind=MetricKind.COUNT,
    direction=Direction.UP,
    period=Period.YEAR,
    combine=Combine.SUM,
    formula="A plain number.",
    cadence="Once.",
    verified_by="Nobody.",
    whole=True,
    source=Source.HOUSE_DEFAULT,
    verification=Verification.UNVERIFIED,
    as_of=date(2026, 11, 23),
)
_SHARE: Final = _BARE.model_copy(update={"unit": "%", "kind": MetricKind.PERCENTAGE, "whole": False})


def _yardstick(leaf: Leaf, content: Content) -> Metric:
    """The metric that a number is read like: in its unit, whole where only whole makes sense, inside its bounds."""
    match leaf:
        case VerifiedShare():
            return _SHARE
        case Years():
            return _BARE.model_copy(update={"unit": "years"})
        case OutcomeTest() if leaf.by is not Measure.ENTRIES:
            metric = ask_of(leaf, content).metric
            if leaf.by is Measure.PERCENT_CHANGE:
                return _SHARE
            if metric is None:
                return _BARE.model_copy(update={"whole": False})
            return metric if leaf.by is not Measure.CHANGE else _unbounded(metric)
    return _BARE


def _unbounded(metric: Metric) -> Metric:
    return metric.model_copy(update={"minimum": None, "maximum": None})


def edited(
    shape: Predicate, given: Given, known: Criterion, need: Need, content: Content, today: date
) -> Criterion | None:
    """The criterion that comes of the fields of `shape`; None where none of them asks for anything.

    Whatever was not changed keeps its sentence and its source. Anything else is told by its own numbers, and as the
    admins' own; with the house's numbers again, it is the house's again. `given` went through `read_field`."""
    test = _filled(shape, given, iter(range(len(list(leaves(shape))))))
    if test is None:
        return None
    for same in (known, house_of(known, content)):
        if same is not None and same.test == test:
            return same.model_copy(update={"need": need})
    return Criterion(
        id=known.id,
        aliases=known.aliases,
        rung=known.rung,
        need=need,
        sentence=asked(test, content),
        test=test,
        source=Source.HOUSE_DEFAULT,
        verification=Verification.UNVERIFIED,
        as_of=today,
        note=OURS,
    )


def house_of(criterion: Criterion, content: Content) -> Criterion | None:
    """The same criterion as the content has it, if it does."""
    return next((each for each in content.criteria_for(criterion.rung) if each.id == criterion.id), None)


def is_ours(criterion: Criterion) -> bool:
    """Whether the admins of the workspace set its numbers."""
    return criterion.note == OURS


def _filled(shape: Predicate, given: Given, numbers: Iterator[int]) -> Predicate | None:
    if isinstance(shape, AllOf | AnyOf):
        filled = [_filled(part, given, numbers) for part in shape.of]
        parts = tuple(part for part in filled if part is not None)
        return type(shape)(of=parts) if len(parts) > 1 else parts[0] if parts else None
    return _with_numbers(shape, given, next(numbers))


def _with_numbers(leaf: Leaf, given: Given, number: int) -> Leaf | None:
    least = given.get(f"{number}-{Part.LEAST}")
    if least is None:
        return None
    # Credentials are counted, so that their number is no decimal one.
    data = leaf.model_dump() | {"at_least": int(least) if isinstance(leaf, Credentials) else least}
    if isinstance(leaf, OutcomeTest):
        for name in (Part.PERIODS, Part.SAMPLE):
            if (key := f"{number}-{name}") in given:
                value = given[key]
                data[name.value] = (1 if name is Part.PERIODS else None) if value is None else int(value)
    return type(leaf).model_validate(data)
