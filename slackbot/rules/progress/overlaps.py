"""Of wins on one metric that tell of the same time and place, one counts: nothing is counted twice."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from slackbot.rules.progress.entries import Entry, PassedOver

SAME_TIME: Final = "A later win covers the same time; if both count, name the practice on each."
PANEL: Final = "A win for the whole panel already covers this time."


def without_overlaps(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[PassedOver, ...]]:
    """Those that count, by id, and those passed over. All entries are of one metric.

    A stretch told of for the whole panel outranks single practices' wins that touch it. For the same place, the one
    that happened last (then the one logged last) counts. Two events never overlap each other."""
    places: defaultdict[str | None, _Taken] = defaultdict(_Taken)
    kept, passed = [], []
    for entry in sorted(entries, key=_precedence):
        if entry.place is not None and places[None].covers(entry):
            passed.append((entry.id, PANEL))
        elif places[entry.place].touches(entry):
            passed.append((entry.id, SAME_TIME))
        else:
            places[entry.place].take(entry)
            kept.append(entry)
    return tuple(sorted(kept, key=lambda entry: entry.id)), tuple(sorted(passed))


def _precedence(entry: Entry) -> tuple[bool, int, int]:
    return entry.place is not None, -entry.happened_on.toordinal(), -entry.id


@dataclass
class _Taken:
    """The times that one place has told of. Its stretches never overlap, so neighbors decide: 500 wins stay quick."""

    starts: list[date] = field(default_factory=list)
    ends: list[date] = field(default_factory=list)
    events: list[date] = field(default_factory=list)

    def covers(self, entry: Entry) -> bool:
        return bisect_left(self.ends, entry.start) < bisect_right(self.starts, entry.end)

    def touches(self, entry: Entry) -> bool:
        held = bisect_left(self.events, entry.start) < bisect_right(self.events, entry.end)
        return self.covers(entry) or (held and not entry.is_event)

    def take(self, entry: Entry) -> None:
        if entry.is_event:
            insort(self.events, entry.end)
        else:
            insort(self.starts, entry.start)
            insort(self.ends, entry.end)
