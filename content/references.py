"""What must hold between entries: ids that are pointed at exist, and every nudge somebody may need is there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from content.entry import Entry
from content.knowledge import Background, PacketPart, Training
from content.models import Criterion, Metric, Outcome, Step
from content.nudges import Nudge, NudgeState
from content.predicates import OutcomeTest, leaves
from content.rows import Problem, Row
from content.signs import AtRung, GatesMet, named_in
from content.store import Content

ALWAYS_NEEDED: Final = tuple(state for state in NudgeState if state is not NudgeState.NO_TARGET)
"""Of whoever has wins and no target, some other outcome can be spoken of."""


def without_hidden(rows: Sequence[Row], hidden: set[str]) -> Iterator[Row]:
    """The rows that stay. A hidden rung takes its criteria along, a hidden outcome its nudges; where other entries
    only lead on to something hidden, they no longer do."""
    gone = hidden | {
        f"metric/{metric.id}"
        for row in rows
        if isinstance(row.entry, Outcome) and row.entry.ref in hidden
        for metric in row.entry.metrics
    }
    gone |= {row.entry.ref for row in rows if _hangs_on(row.entry) in hidden}
    for row in rows:
        entry = row.entry
        if entry.ref in gone:
            continue
        if gone.intersection(entry.see):
            kept = tuple(ref for ref in entry.see if ref not in gone)
            yield replace(row, entry=entry.model_copy(update={"see": kept}))
        else:
            yield row


def _hangs_on(entry: Entry) -> str | None:
    if isinstance(entry, Criterion):
        return f"rung/{entry.rung}"
    return f"outcome/{entry.outcome}" if isinstance(entry, Nudge) else None


def faults(content: Content, rows: Sequence[Row]) -> Iterator[Problem]:
    """Every broken promise, at the line of the entry that breaks it."""
    yield from _counted([row for row in rows if isinstance(row.entry, Step)], "step")
    yield from _counted([row for row in rows if isinstance(row.entry, PacketPart)], "part")
    yield from _metrics(row for row in rows if isinstance(row.entry, Outcome))
    for row in rows:
        yield from _leads(row, content)
        yield from _pointers(row, content)
        yield from _unnudged(row, content)


def _counted(rows: Iterable[Row], noun: str) -> Iterator[Problem]:
    in_order = sorted(rows, key=lambda row: getattr(row.entry, "number", 0))
    for expected, row in enumerate(in_order, start=1):
        if getattr(row.entry, "number", 0) != expected:
            what = f"{noun}s are counted 1, 2, 3 …: this should be {noun} {expected}"
            yield row.problem(what, "number")
            return


def _metrics(rows: Iterable[Row]) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for row in rows:
        metrics: tuple[Metric, ...] = getattr(row.entry, "metrics", ())
        if sum(metric.default for metric in metrics) != 1:
            yield row.problem(f"{row.entry.id} needs exactly one metric with default: true", "metrics")
        for index, metric in enumerate(metrics):
            if metric.outcome != row.entry.id:
                yield row.problem(
                    f"the metric {metric.id} names another outcome", "metrics", index, "outcome"
                )
            if metric.id in taken:
                what = f"the metric id {metric.id} is already taken in {taken[metric.id]}"
                yield row.problem(what, "metrics", index, "id")
            taken[metric.id] = row.entry.id


def _leads(row: Row, content: Content) -> Iterator[Problem]:
    for index, ref in enumerate(row.entry.see):
        if ref == row.entry.ref:
            yield row.problem(f"{ref} leads back to itself", "see", index)
        elif not content.has(ref):
            yield row.problem(f"there is no entry {ref} to see", "see", index)


def _pointers(row: Row, content: Content) -> Iterator[Problem]:
    for ref, keys in _pointed(row.entry):
        if not content.has(ref) or ref in {f"rung/{contrast.id}" for contrast in content.contrasts}:
            yield row.problem(f"there is no {ref.replace('/', ' ')}", *keys)
    entry = row.entry
    if isinstance(entry, Criterion):
        for leaf in leaves(entry.test):
            if isinstance(leaf, OutcomeTest) and (what := _wrong(leaf, content)):
                yield row.problem(what, "test")
    if isinstance(entry, Step):
        for index, sign in enumerate(entry.completes):
            for test in named_in(sign.test):
                if isinstance(test, OutcomeTest) and (what := _wrong(test, content)):
                    yield row.problem(what, "completes", index, "test")


def _pointed(entry: Entry) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """What an entry cannot do without, and the keys that lead to the place where it says so."""
    if isinstance(entry, Nudge):
        yield f"outcome/{entry.outcome}", ("outcome",)
    elif isinstance(entry, Criterion):
        yield f"rung/{entry.rung}", ("rung",)
    elif isinstance(entry, Training) and entry.credential:
        yield f"credential/{entry.credential}", ("credential",)
    elif isinstance(entry, Background):
        yield from _skills_of(entry)
    elif isinstance(entry, Step):
        yield from _rungs_of(entry)


def _skills_of(background: Background) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for name in ("brings", "build"):
        for index, part in enumerate(getattr(background, name)):
            if part.skill:
                yield f"skill/{part.skill}", (name, index, "skill")


def _rungs_of(step: Step) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for index, sign in enumerate(step.completes):
        for test in named_in(sign.test):
            if isinstance(test, AtRung):
                yield f"rung/{test.at_least}", ("completes", index, "test")
            elif isinstance(test, GatesMet) and test.rung:
                yield f"rung/{test.rung}", ("completes", index, "test")


def _wrong(test: OutcomeTest, content: Content) -> str | None:
    if not content.has(f"outcome/{test.outcome}"):
        return f"there is no outcome {test.outcome}"
    metrics = {metric.id for metric in content.outcome(test.outcome).metrics}
    if test.metric is not None and test.metric not in metrics:
        return f"{test.outcome} has no metric {test.metric}"
    return None


def _unnudged(row: Row, content: Content) -> Iterator[Problem]:
    if isinstance(row.entry, Outcome):
        for state in ALWAYS_NEEDED:
            if not content.nudges_for(row.entry.id, state):
                yield row.problem(f"{row.entry.id} has no nudge for the state {state}", "id")
