"""What becomes of a win after it was thought of: typed right or wrong, shared or not, asked about, mended, taken back."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sandbox.demo.measures.measure import CLAIMS, CRM, EHR, FINANCE, OWN, SURVEY


@dataclass(frozen=True)
class Filled:
    """What somebody writes into the form, as they would type it; None is left empty or as it is."""

    metric: str
    baseline: str | None
    result: str
    happened_on: date
    practice: str | None
    source: str | None
    note: str | None
    sample: str | None = None
    part: str | None = None
    """Where it is there, the form works the result out of it and the sample."""
    period: str | None = None
    compared_with: str | None = None
    title: str | None = None
    link: str | None = None

    @property
    def has_details(self) -> bool:
        """Whether it says what only the longer form asks for."""
        return any((self.note, self.period, self.compared_with, self.title, self.link))


@dataclass(frozen=True)
class Doubt:
    """What a manager says when they see it: a question with its reply, or why not, with what the win becomes then."""

    says: str
    reply: str = ""
    mended: Filled | None = None


@dataclass(frozen=True)
class Course:
    """What becomes of one win, but for what follows from that."""

    shared: bool = True
    first: Filled | None = None
    """As it was typed at first, where that was not right."""
    doubt: Doubt | None = None
    left: bool = False
    """The manager wants to think about it, and leaves it in the queue."""
    ticks: bool = False
    """The form warns of something in a text, and they say that it is no patient's."""
    later: str | None = None
    """What its owner does on their own some time later: "mend" (the same day), "edit", "withdraw" or "share"."""


PLAIN = Course()
"""Shared, and confirmed on the next Monday."""

QUESTIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    EHR: (
        (
            "Which report is this from, and does it count by referring provider?",
            "The referral queue report, by referring NPI, pulled on the second working day of the month.",
        ),
        (
            "Are orders that were cancelled later still in here?",
            "No, cancelled ones are out, in the baseline as well. I checked both pulls.",
        ),
    ),
    CRM: (
        (
            "Does this leave out the offices that you share with a colleague?",
            "Yes. Only offices where I am the named contact, before and after.",
        ),
    ),
    CLAIMS: (
        (
            "How final is this? Claims usually come in late.",
            "Two months of run-out are in. If it still moves, I will change it here and say so.",
        ),
    ),
    FINANCE: (
        (
            "Is that what Finance has signed off, or the preview?",
            "Signed off. It is the figure in their closing file, and they have a copy of how I split it by panel.",
        ),
    ),
    SURVEY: (
        (
            "Who was asked, and was it the same list as last time?",
            "Every office on my panel, the same list and the same four questions, with one reminder.",
        ),
    ),
    OWN: (
        (
            "Do you keep a list of these that I could look at?",
            "Yes, with dates and names of the teams, in our shared folder under my territory.",
        ),
        (
            "How much of this was yours, and how much Grace's?",
            "We split it: hers are in her own list. These are only the ones I led.",
        ),
    ),
}
"""By where the numbers come from: what a manager asks, and what the liaison answers."""

WITHOUT_SOURCE = (
    "I believe it, but I can't see where the number comes from. Add the source and a line on how you counted.",
    "Please say which report this is from. Without it nobody can check it next year.",
)
OTHER_NUMBER = (
    "The report I have shows another number for this. Would you look at it once more?",
    "I think two digits changed places in the result. Please compare it with the report.",
)
BY_HAND = "Counted from the report for the same dates."
ODDS: Mapping[str, float] = {
    "question": 0.07,
    "source": 0.04,
    "number": 0.03,
    "mend": 0.04,
    "edit": 0.04,
    "withdraw": 0.025,
}
"""How often each happens to a win that is shared."""
SHARED_LATER = 0.25
"""How often one that was private first is shared after all."""


def drawn(rng: random.Random, win: Filled, shares: float) -> Course:
    """What becomes of a win of somebody who shares this share of theirs."""
    if rng.random() >= shares:
        return Course(shared=False, later="share" if rng.random() < SHARED_LATER else None)
    at = rng.random()
    for what, odds in ODDS.items():
        if at < odds:
            return _course(rng, what, win)
        at -= odds
    return PLAIN


def _course(rng: random.Random, what: str, win: Filled) -> Course:
    slip = _slipped(win)
    if what == "question" and win.source is not None:
        question, answer = rng.choice(QUESTIONS[win.source])
        return Course(doubt=Doubt(question, answer))
    if what == "source":
        bare = replace(win, source=None, note=None, period=None, compared_with=None)
        mended = win if win.note else replace(win, note=BY_HAND)
        return Course(first=bare, doubt=Doubt(rng.choice(WITHOUT_SOURCE), mended=mended))
    if what == "number" and slip is not None:
        return Course(first=slip, doubt=Doubt(rng.choice(OTHER_NUMBER), mended=win))
    if what == "mend" and slip is not None:
        return Course(first=slip, later="mend")
    return Course(later=what) if what in {"edit", "withdraw"} else PLAIN


def _slipped(win: Filled) -> Filled | None:
    """The win with the last two digits of its result in each other's place, where that makes a number of the kind."""
    digits = win.result
    if win.part is not None or not digits.isdigit() or len(digits) < 2 or digits[-1] in ("0", digits[-2]):
        return None
    return replace(win, result=f"{digits[:-2]}{digits[-1]}{digits[-2]}")
