"""A liaison's numbers through the year: every win begins where the last one at that place ended."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from sandbox.demo.cast import Persona
from sandbox.demo.measures import MEASURES, USUAL, Measure

SLIP = 0.1
"""How often a number moves the other way."""
WORDLESS = 0.2
"""How often somebody saves themselves the note."""
UNMEASURED = 0.12
"""How often there was no number before the first one at a place."""
LATEST = 5
"""Days that people wait before they log something."""
APART = timedelta(weeks=4)
"""Between two numbers of the same kind and place."""


@dataclass(frozen=True)
class Filled:
    """What somebody writes into the form, as they would type it."""

    metric: str
    baseline: str | None
    result: str
    happened_on: date
    practice: str | None
    source: str
    note: str | None


@dataclass(frozen=True)
class Reading:
    """A number in its smallest steps, and its day."""

    level: int
    day: date


class Ledger:
    """One persona's numbers by metric and place."""

    def __init__(self, persona: Persona, rng: random.Random) -> None:
        self._persona = persona
        self._rng = rng
        self._readings: dict[tuple[str, str | None], Reading] = {}
        self._weights = _weights(persona)

    def next_win(self, share: float, today: date, *, earliest: date, metric: str | None = None) -> Filled:
        """One more win, at a share of the year, of a given metric or of any.

        It happened within the last days, not before `earliest`."""
        rng = self._rng
        measure, place = self._next(today, metric)
        known = self._readings.get((measure.metric, place))
        measured = known is not None or measure.adds_up or rng.random() >= UNMEASURED
        before = self._start(measure) if known is None else known.level
        after = self._moved(measure, before, share)
        happened_on = max(today - timedelta(days=rng.randint(0, LATEST)), earliest)
        self._readings[measure.metric, place] = Reading(after, happened_on)
        return Filled(
            metric=measure.metric,
            baseline=_typed(measure, before) if measured else None,
            result=_typed(measure, after),
            happened_on=happened_on,
            practice=place,
            source=rng.choice(measure.sources),
            note=self._note(measure, before, after) if measured else None,
        )

    def _next(self, today: date, metric: str | None) -> tuple[Measure, str | None]:
        """What is measured next, and where: nothing just measured, nor what cannot get any better."""
        if metric is not None:
            wanted = next(one for one in MEASURES if one.metric == metric)
            return wanted, self._place(wanted)
        while True:
            measure = self._rng.choices(MEASURES, self._weights)[0]
            place = self._place(measure)
            known = self._readings.get((measure.metric, place))
            best = _rounded(measure, measure.bounds[0 if measure.down else 1])
            if known is None or (known.level != best and today - known.day >= APART):
                return measure, place

    def _place(self, measure: Measure) -> str | None:
        if measure.where == "practice":
            return self._rng.choice(self._persona.practices)
        return self._persona.territory if measure.where == "territory" else None

    def _start(self, measure: Measure) -> int:
        return _rounded(measure, self._rng.uniform(*measure.start))

    def _moved(self, measure: Measure, before: int, share: float) -> int:
        first, last = self._persona.drifts.get(measure.outcome, self._persona.drift)
        pull = first + (last - first) * share
        if self._rng.random() < SLIP:
            pull = -abs(pull)
        step = measure.stride * self._rng.uniform(0.5, 1.5) * pull * (-1 if measure.down else 1)
        step = max(step, 1) if measure.adds_up else step
        least, most = measure.bounds
        return _rounded(measure, min(max(before / 10**measure.places + step, least), most))

    def _note(self, measure: Measure, before: int, after: int) -> str | None:
        if after == before or self._rng.random() < WORDLESS:
            return None
        improved = (after < before) is measure.down
        return self._rng.choice(measure.better if improved else measure.worse)


def _weights(persona: Persona) -> list[float]:
    """First each outcome as often as the persona leans to it, then its measures by how common they are."""
    common = dict.fromkeys((one.outcome for one in MEASURES), 0.0)
    for one in MEASURES:
        common[one.outcome] += one.often
    leaning = {outcome: USUAL.get(outcome, 1) * persona.leanings.get(outcome, 1) for outcome in common}
    return [one.often / common[one.outcome] * leaning[one.outcome] for one in MEASURES]


def _rounded(measure: Measure, value: float) -> int:
    """In the measure's smallest steps, so that nothing is lost between two wins."""
    steps = round(value * float(10**measure.places) / measure.round_to)
    return steps * measure.round_to


def _typed(measure: Measure, level: int) -> str:
    return f"{level / 10**measure.places:,.{measure.places}f}"
