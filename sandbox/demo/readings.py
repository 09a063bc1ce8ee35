"""A liaison's numbers through the year: every win begins where the last one at that place ended."""

from __future__ import annotations

import random
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sandbox.demo.cast import Persona
from sandbox.demo.courses import Filled
from sandbox.demo.measures import MEASURES, USUAL, Measure
from sandbox.demo.periods import first_day, is_next, last_full

SLIP = 0.1
"""How often a number moves the other way."""
WORDLESS = 0.3
"""How often somebody saves themselves the note."""
UNMEASURED = 0.12
"""How often there was no number before the first one at a place."""
LATEST = 5
"""Days that people wait before they log something."""
APART = timedelta(weeks=4)
"""Between two numbers of the same kind and place."""
CLOSED = ("month", "quarter")
"""Periods whose numbers are there only once they are over."""
REPORTED = timedelta(days=45)
"""How long after its end people speak of a period."""
PATIENCE = 0.6
"""How often somebody does not wait for the next one to be over."""
COUNTED = 0.8
"""How often somebody says how many answers or referrals a number rests on."""


@dataclass(frozen=True)
class When:
    """The day a number is of, and the period that it covers, if that is told."""

    day: date
    period: str | None


@dataclass(frozen=True)
class Reading:
    """A number in its smallest steps, and when it was."""

    level: int
    when: When


class Ledger:
    """One persona's numbers by metric and place."""

    def __init__(self, persona: Persona, rng: random.Random, without: Set[str] = frozenset()) -> None:
        """`without`: metrics that come only where they are asked for by name."""
        self._persona = persona
        self._rng = rng
        self._readings: dict[tuple[str, str | None], Reading] = {}
        self._weights = _weights(persona, without)

    def next_win(self, share: float, today: date, *, earliest: date, metric: str | None = None) -> Filled:
        """One more win, at a share of the year, of a given metric or of any.

        It happened within the last days or in the period that ended last, not before `earliest`."""
        rng = self._rng
        measure, place, when = self._next(today, earliest, metric)
        known = self._readings.get((measure.metric, place))
        measured = known is not None or measure.adds_up or rng.random() >= UNMEASURED
        before = self._before(measure, known, when)
        after, part, sample = self._counted(measure, self._moved(measure, before, share))
        self._readings[measure.metric, place] = Reading(after, when)
        note = self._note(measure, before, after) if measured else None
        told = note is not None or measure.adds_up
        return Filled(
            metric=measure.metric,
            baseline=typed(measure, before) if measured else None,
            result=typed(measure, after),
            happened_on=when.day,
            practice=place,
            source=rng.choice(measure.sources),
            note=note,
            part=part,
            sample=sample,
            period=when.period if told else None,
            compared_with=self._compared(measure, known, when) if told and measured else None,
        )

    def _next(self, today: date, earliest: date, metric: str | None) -> tuple[Measure, str | None, When]:
        """What is measured next, where, and for when: nothing just measured, nor what cannot get any better."""
        while True:
            measure = self._rng.choices(MEASURES, self._weights)[0]
            if metric is not None:
                measure = next(one for one in MEASURES if one.metric == metric)
            place, when = self._place(measure), self._when(measure, today, earliest)
            known = self._readings.get((measure.metric, place))
            if known is None or self._is_new(measure, known, when):
                return measure, place, when
            if metric is not None:
                # It has to be this one: then the number stands for its day alone.
                return measure, place, When(max(today, known.when.day + timedelta(days=1)), None)

    def _when(self, measure: Measure, today: date, earliest: date) -> When:
        recent = max(today - timedelta(days=self._rng.randint(0, LATEST)), earliest)
        if measure.period in CLOSED:
            end = last_full(measure.period, today)
            late = today - end > REPORTED and self._rng.random() < PATIENCE
            return When(recent, None) if late or end < earliest else When(end, measure.period)
        return When(recent, measure.period)

    def _is_new(self, measure: Measure, known: Reading, when: When) -> bool:
        best = _rounded(measure, measure.bounds[0 if measure.down else 1])
        begins = first_day(when.period or "event", when.day)
        if measure.adds_up:
            begins = when.day
        return known.level != best and begins > known.when.day and when.day - known.when.day >= APART

    def _place(self, measure: Measure) -> str | None:
        if measure.where == "practice":
            return self._rng.choice(self._persona.practices)
        return self._persona.territory if measure.where == "territory" else None

    def _before(self, measure: Measure, known: Reading | None, when: When) -> int:
        """What a counting up begins with is nothing, every January."""
        if known is None:
            level = _rounded(measure, self._rng.uniform(*measure.start))
            return self._counted(measure, level)[0]
        return 0 if measure.adds_up and known.when.day.year < when.day.year else known.level

    def _moved(self, measure: Measure, before: int, share: float) -> int:
        first, last = self._persona.drifts.get(measure.outcome, self._persona.drift)
        pull = first + (last - first) * share
        if self._rng.random() < SLIP:
            pull = -abs(pull)
        step = measure.stride * self._rng.uniform(0.5, 1.5) * pull * (-1 if measure.down else 1)
        step = max(step, 1) if measure.adds_up else step
        least, most = measure.bounds
        return _rounded(measure, min(max(before / 10**measure.places + step, least), most))

    def _counted(self, measure: Measure, level: int) -> tuple[int, str | None, str | None]:
        """The level, and the two counts that make it or the one it rests on, where there are any."""
        if measure.sample is None:
            return level, None, None
        sample = self._rng.randint(*measure.sample)
        if not measure.is_share:
            return level, None, str(sample) if self._rng.random() < COUNTED else None
        part = max(round(level / 10**measure.places / 100 * sample), 1)
        percent = (Decimal(part) / sample * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return int(percent * 10), str(part), str(sample)

    def _compared(self, measure: Measure, known: Reading | None, when: When) -> str | None:
        """What the baseline is of, where that can be said in one word."""
        if when.period not in CLOSED and when.period != "half_year":
            return None
        if known is None:
            return self._rng.choice(("last_year", "before"))
        follows = known.when.period == when.period and is_next(when.period, known.when.day, when.day)
        return "before" if follows else None

    def _note(self, measure: Measure, before: int, after: int) -> str | None:
        if after == before or self._rng.random() < WORDLESS:
            return None
        improved = (after < before) is measure.down
        texts = measure.better if improved else measure.worse
        return self._rng.choice(texts) if texts else None


def _weights(persona: Persona, without: Set[str]) -> list[float]:
    """First each outcome as often as the persona leans to it, then its measures by how common they are."""
    often = [0 if one.metric in without else one.often for one in MEASURES]
    common = dict.fromkeys((one.outcome for one in MEASURES), 0.0)
    for one, share in zip(MEASURES, often, strict=True):
        common[one.outcome] += share
    leaning = {outcome: USUAL.get(outcome, 1) * persona.leanings.get(outcome, 1) for outcome in common}
    return [
        share / common[one.outcome] * leaning[one.outcome] for one, share in zip(MEASURES, often, strict=True)
    ]


def _rounded(measure: Measure, value: float) -> int:
    """In the measure's smallest steps, so that nothing is lost between two wins."""
    steps = round(value * float(10**measure.places) / measure.round_to)
    return steps * measure.round_to


def typed(measure: Measure, level: int) -> str:
    return f"{level / 10**measure.places:,.{measure.places}f}"
