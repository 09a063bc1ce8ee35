"""A metric as the liaisons of the demo live it: where numbers begin, how far they move at a time, and what is said."""

from __future__ import annotations

from dataclasses import dataclass

EHR = "Electronic health record (EHR)"
CRM = "Physician relationship software"
CLAIMS = "Claims data"
FINANCE = "Finance"
SURVEY = "Survey"
OWN = "My own count"


@dataclass(frozen=True)
class Measure:
    """A metric as it is lived. Numbers are whole steps of 1, or with `places` of 0.1 and so on."""

    outcome: str
    metric: str
    start: tuple[float, float]
    stride: float
    """How far one win usually moves it."""
    sources: tuple[str, ...]
    better: tuple[str, ...]
    worse: tuple[str, ...]
    bounds: tuple[float, float] = (0, 10_000_000)
    places: int = 0
    down: bool = False
    """Lower is better."""
    adds_up: bool = False
    """A running count of things done, which never goes back."""
    where: str = "practice"
    """`practice`, `territory`, or `internal` for what is measured nowhere in particular."""
    often: float = 1
    round_to: int = 1
    period: str = "event"
    """What a number covers: "week", "month", "quarter", "half_year", "event", or "to_date" from January on."""
    sample: tuple[int, int] | None = None
    """How many answers, issues or referrals stand behind a number, at least and at most."""
    is_share: bool = False
    """The form asks for two counts and works the percentage out: 23 attended of 50 invited."""
