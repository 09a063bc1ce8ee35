"""The calendar stretches that results are judged over: which one an entry belongs to, and what it is called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from content import Period
from slackbot.rules import periods
from slackbot.rules.progress.entries import Entry, PassedOver

_ORDINALS: Final = ("First", "Second")


@dataclass(frozen=True, order=True)
class Stretch:
    """One calendar week, month, quarter, half-year or year, or the day of an event."""

    start: date
    end: date
    period: Period

    @classmethod
    def around(cls, period: Period, day: date) -> "Stretch":
        return cls(*periods.span(period, day), period)

    def holds(self, entry: Entry) -> bool:
        return self.start <= entry.start and entry.end <= self.end

    def precedes(self, other: "Stretch") -> bool:
        """Whether the other is the very next; of events, any later one is, since only those that were held are known."""
        return self.period is Period.EVENT or other.start - self.end == timedelta(days=1)

    def is_covered(self, entries: Iterable[Entry]) -> bool:
        """Whether results that add up tell of every day of it."""
        told = self.start.toordinal() - 1
        for entry in sorted(entries, key=lambda entry: entry.start):
            if entry.start.toordinal() > told + 1:
                break
            told = max(told, entry.end.toordinal())
        return told >= self.end.toordinal()

    @property
    def before(self) -> "Stretch":
        """The one that ended the day before this began."""
        return Stretch.around(self.period, self.start - timedelta(days=1))

    def is_young(self, day: date) -> bool:
        """Whether on that day no more than a fifth of it is told of: numbers of then may well be of the one before."""
        return 5 * ((day - self.start).days + 1) <= (self.end - self.start).days + 1

    @property
    def name(self) -> str:
        """How a sentence calls it: "Q3 2026", "March 2026", "First half of 2026", "Week of March 2, 2026"."""
        day, year = f"{self.start:%B} {self.start.day}, {self.start.year}", self.start.year
        match self.period:
            case Period.WEEK:
                return f"Week of {day}"
            case Period.MONTH:
                return f"{self.start:%B} {year}"
            case Period.QUARTER:
                return f"Q{(self.start.month + 2) // 3} {year}"
            case Period.HALF_YEAR:
                return f"{_ORDINALS[self.start.month // 7]} half of {year}"
            case Period.YEAR:
                return f"{year}"
            case Period.EVENT:
                return day


def named(period: str | None, start: date | None) -> str | None:
    """The stretch that a result covers, within a sentence: "Q3 2026", "the first half of 2026", "the year 2026".

    None of an event, of a year to date, and where it is not known: the date says it, or nothing does."""
    if start is None or period in (None, Period.EVENT, periods.TO_DATE):
        return None
    stretch = Stretch.around(Period(period), start)
    if stretch.period in (Period.WEEK, Period.HALF_YEAR):
        return f"the {stretch.name[:1].lower()}{stretch.name[1:]}"
    return f"the year {stretch.name}" if stretch.period is Period.YEAR else stretch.name


@dataclass(frozen=True)
class Filed:
    """Entries by their stretch, in calendar order; a stretch of None holds whatever is judged as a whole."""

    drawers: tuple[tuple[Stretch | None, tuple[Entry, ...]], ...]
    passed_over: tuple[PassedOver, ...] = ()


def whole(entries: Sequence[Entry]) -> Filed:
    """All of it as one stretch."""
    return Filed(((None, tuple(entries)),) if entries else ())


def by_end(period: Period, entries: Iterable[Entry]) -> Filed:
    """Every entry in the stretch that its last day is in."""
    return _in_order((Stretch.around(period, entry.end), entry) for entry in entries)


def inside(period: Period, entries: Iterable[Entry], *, lengths: bool) -> Filed:
    """Only entries that lie in one stretch from first day to last. With `lengths`, they must say what they cover."""
    fitting, passed = [], []
    for entry in entries:
        stretch = Stretch.around(period, entry.start)
        if not stretch.holds(entry):
            passed.append((entry.id, _too_long(period)))
        elif lengths and entry.period is None and entry.start == entry.end and period is not Period.EVENT:
            passed.append((entry.id, unknown(period)))
        else:
            fitting.append((stretch, entry))
    filed = _in_order(fitting)
    return Filed(filed.drawers, tuple(passed))


def unknown(period: Period) -> str:
    """Why figures that do not say what they cover cannot be judged by the period, and the way out."""
    one = periods.one(period)
    return f"It does not say whether it covers {one}: edit it, and say so under More details."


def _too_long(period: Period) -> str:
    return f"It covers more than one {periods.noun(period)}, and {periods.one(period)} is what is looked at here."


def _in_order(pairs: Iterable[tuple[Stretch, Entry]]) -> Filed:
    drawers: dict[Stretch, list[Entry]] = {}
    for stretch, entry in pairs:
        drawers.setdefault(stretch, []).append(entry)
    return Filed(tuple((stretch, tuple(drawers[stretch])) for stretch in sorted(drawers)))
