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
