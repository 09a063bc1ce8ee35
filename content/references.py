"""What must hold between entries: ids that are pointed at exist, and every nudge somebody may need is there."""

from collections.abc import Iterable, Iterator, Sequence

from content.entry import Entry
from content.models import Criterion, Metric, Nudge, NudgeState, Outcome, Step
from content.predicates import OutcomeTest, leaves
from content.rows import Problem, Row
from content.store import Content


def faults(content: Content, rows: Sequence[Row]) -> Iterator[Problem]:
    """Every broken promise, at the line of the entry that breaks it."""
    yield from _steps(row for row in rows if isinstance(row.entry, Step))
    yield from _metrics(row for row in rows if isinstance(row.entry, Outcome))
    for row in rows:
        yield from _pointers(row, content)
        yield from _unnudged(row, content)


def _steps(rows: Iterable[Row]) -> Iterator[Problem]:
    in_order = sorted(rows, key=lambda row: getattr(row.entry, "number", 0))
    for expected, row in enumerate(in_order, start=1):
        if getattr(row.entry, "number", 0) != expected:
            yield row.problem(f"steps are counted 1, 2, 3 …: this should be step {expected}", "number")
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


def _pointers(row: Row, content: Content) -> Iterator[Problem]:
    entry = row.entry
    if isinstance(entry, Nudge) and not _has(content.outcomes, entry.outcome):
        yield row.problem(f"there is no outcome {entry.outcome}", "outcome")
    if isinstance(entry, Criterion):
        if not _has(content.rungs, entry.rung):
            yield row.problem(f"there is no rung {entry.rung}", "rung")
        for leaf in leaves(entry.test):
            if isinstance(leaf, OutcomeTest) and (what := _wrong(leaf, content)):
                yield row.problem(what, "test")


def _wrong(test: OutcomeTest, content: Content) -> str | None:
    if not _has(content.outcomes, test.outcome):
        return f"there is no outcome {test.outcome}"
    if test.metric is not None and not _has(content.outcome(test.outcome).metrics, test.metric):
        return f"{test.outcome} has no metric {test.metric}"
    return None


def _unnudged(row: Row, content: Content) -> Iterator[Problem]:
    if isinstance(row.entry, Outcome):
        for state in NudgeState:
            if not content.nudges_for(row.entry.id, state):
                yield row.problem(f"{row.entry.id} has no nudge for the state {state}", "id")


def _has(entries: Iterable[Entry], wanted: str) -> bool:
    return any(entry.id == wanted for entry in entries)
