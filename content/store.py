"""All that the product knows, frozen, with the few ways to look something up."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from content.entry import Entry
from content.models import Credential, Criterion, Metric, Nudge, NudgeState, Outcome, Rung, Step

E = TypeVar("E", bound=Entry)


class UnknownEntryError(LookupError):
    """Nothing here has that id: it was mistyped, or an organization's own entry is gone."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """Made by `load`; tuples are in the order of the files, so in the order to show them."""

    steps: tuple[Step, ...]
    rungs: tuple[Rung, ...]
    contrasts: tuple[Rung, ...]  # jobs often confused with ours; not on the ladder
    credentials: tuple[Credential, ...]
    criteria: tuple[Criterion, ...]
    outcomes: tuple[Outcome, ...]
    nudges: tuple[Nudge, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Content":
        every = tuple(entries)

        def only(kind: type[E]) -> tuple[E, ...]:
            return tuple(entry for entry in every if isinstance(entry, kind))

        return cls(
            steps=tuple(sorted(only(Step), key=lambda step: step.number)),
            rungs=tuple(sorted((r for r in only(Rung) if not r.contrast), key=lambda rung: rung.level)),
            contrasts=tuple(r for r in only(Rung) if r.contrast),
            credentials=only(Credential),
            criteria=only(Criterion),
            outcomes=only(Outcome),
            nudges=only(Nudge),
        )

    @property
    def metrics(self) -> tuple[Metric, ...]:
        return tuple(metric for outcome in self.outcomes for metric in outcome.metrics)

    def step(self, number: int) -> Step:
        """Raises `UnknownEntryError`, as all the look-ups do."""
        for step in self.steps:
            if step.number == number:
                return step
        raise UnknownEntryError(f"There is no step {number}.")

    def outcome(self, outcome_id: str) -> Outcome:
        return _by_id(self.outcomes, outcome_id)

    def metric(self, metric_id: str) -> Metric:
        """Metric ids are unique over all outcomes; `metric.outcome` leads back."""
        return _by_id(self.metrics, metric_id)

    def rung(self, rung_id: str) -> Rung:
        return _by_id(self.rungs, rung_id)

    def rungs_after(self, rung_id: str) -> tuple[Rung, ...]:
        """The rungs one level up; empty at the top."""
        higher = [rung.level for rung in self.rungs if rung.level > self.rung(rung_id).level]
        return tuple(rung for rung in self.rungs if higher and rung.level == min(higher))

    def credential(self, credential_id: str) -> Credential:
        return _by_id(self.credentials, credential_id)

    def criteria_for(self, rung_id: str) -> tuple[Criterion, ...]:
        """What the rung asks for; empty for a rung that asks for nothing."""
        rung = self.rung(rung_id)
        return tuple(criterion for criterion in self.criteria if criterion.rung == rung.id)

    def nudges_for(self, outcome_id: str, state: NudgeState | str) -> tuple[Nudge, ...]:
        outcome = self.outcome(outcome_id)
        return tuple(n for n in self.nudges if n.outcome == outcome.id and n.state == state)


def _by_id(entries: Iterable[E], wanted: str) -> E:
    for entry in entries:
        if entry.id == wanted:
            return entry
    raise UnknownEntryError(f"There is no entry called {wanted}.")
