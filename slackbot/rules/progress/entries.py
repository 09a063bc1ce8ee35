"""A win as far as progress is computed from it: its figures, the time and the practice they tell of, and its word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Protocol, Self

from content import Metric, Period
from slackbot.rules import periods

PassedOver = tuple[int, str]
"""The id of an entry that does not count here, and a sentence for its owner that says why."""

_COUNTS_FOR_NOTHING: Final = frozenset({"declined", "withdrawn"})


class Logged(Protocol):
    """The columns of a stored win that progress is computed from."""

    @property
    def id(self) -> int | None: ...
    @property
    def metric(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def baseline(self) -> Decimal | None: ...
    @property
    def result(self) -> Decimal: ...
    @property
    def sample(self) -> int | None: ...
    @property
    def part(self) -> int | None: ...
    @property
    def period(self) -> str | None: ...
    @property
    def period_start(self) -> date | None: ...
    @property
    def period_end(self) -> date | None: ...
    @property
    def baseline_period(self) -> str | None: ...
    @property
    def annualized(self) -> bool: ...
    @property
    def happened_on(self) -> date: ...
    @property
    def practice(self) -> str | None: ...
    @property
    def status(self) -> str: ...
    @property
    def deleted_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Entry:
    """One win's figures. What is not `verified` is claimed; `practice` None is the whole panel.

    `start` and `end` are the first and last day the result covers, both `happened_on` where that is not known."""

    id: int
    metric: str
    outcome: str
    baseline: Decimal | None
    result: Decimal
    sample: int | None
    part: int | None
    start: date
    end: date
    happened_on: date
    practice: str | None
    verified: bool
    period: str | None = None
    baseline_period: str | None = None
    annualized: bool = False
    private: bool = False

    @classmethod
    def of(cls, win: Logged) -> Self:
        """Raises ValueError for a win that counts for nothing: `counting` leaves those out."""
        if not counts(win) or win.id is None:
            raise ValueError("a win that is declined, withdrawn, deleted or not stored counts for nothing")
        return cls(
            id=win.id,
            metric=win.metric,
            outcome=win.outcome,
            baseline=win.baseline,
            result=win.result,
            sample=win.sample,
            part=win.part,
            start=win.period_start or win.happened_on,
            end=win.period_end or win.happened_on,
            happened_on=win.happened_on,
            practice=win.practice,
            verified=win.status == "verified",
            period=win.period,
            baseline_period=win.baseline_period,
            annualized=win.annualized,
            private=win.status == "private",
        )

    @property
    def place(self) -> str | None:
        """The practice however it was typed: "Oak Street" is "oak  street"; None is the whole panel."""
        return "".join(self.practice.split()).casefold() or None if self.practice else None

    @property
    def is_event(self) -> bool:
        """Events stand side by side, even on one day; whatever covers a time stands for all of it."""
        return self.period == Period.EVENT

    @property
    def newness(self) -> tuple[date, date, int]:
        """Sorts by the time a result tells of; of the same time, the one that happened last is the newest."""
        return self.end, self.happened_on, self.id

    def comparable(self, metric: Metric) -> Decimal | None:
        """The baseline as the result can be held against it: over the same length of time, where numbers add up.

        None without one, and where the lengths differ and yearly figures were not asked for, or cannot be made."""
        earlier = self.baseline_period
        if self.baseline is None or earlier in (None, self.period) or not metric.adds_up:
            return self.baseline
        if not self.annualized:
            return None
        try:
            yearly = periods.in_a_year(self.baseline, earlier, self.end)
            return yearly / periods.in_a_year(Decimal(1), self.period, self.end)
        except periods.PeriodMismatchError:
            return None


def counts(win: Logged) -> bool:
    """Whether a win counts at all, as verified or as claimed."""
    return win.deleted_at is None and win.status not in _COUNTS_FOR_NOTHING


def counting(wins: Iterable[Logged]) -> tuple[Entry, ...]:
    """The entries of the wins that count. Private ones are claims here: leave them out for any eyes but the owner's."""
    return tuple(Entry.of(win) for win in wins if counts(win))
