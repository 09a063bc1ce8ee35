"""Who reports to whom in the demo, how that came about, and when managers look at what waits for them."""

from __future__ import annotations

from dataclasses import dataclass

SET_BY_DEE = (
    ("ana", "ben"),
    ("naomi", "ben"),
    ("grace", "ben"),
    ("marcus", "rosa"),
    ("priya", "rosa"),
    ("tomas", "rosa"),
)
"""Liaison and manager, as the admin sets it in the first days."""
ASKS = ("eli", "ben")
"""Who asks for a manager, and who accepts."""
ADDED = ("rosa", "devon")
"""The manager who adds somebody new, once they are there."""


@dataclass(frozen=True)
class HandOver:
    """One manager gives somebody to another, once that share of the time has passed."""

    share: float
    who: str
    liaison: str
    to: str


@dataclass(frozen=True)
class Leave:
    """A manager is away for some weeks; what waits on the Friday before goes to a colleague."""

    begins: float
    ends: float
    who: str
    cover: str


ONE_TEAM = 0.9
"""When the two teams become one: Ben leads all eight, and reports to Rosa, the director."""
DIRECTOR = ("ben", "rosa")
"""Who reports to whom from then on, as the admin sets it."""
HAND_OVERS = (
    HandOver(0.46, "rosa", "marcus", "ben"),
    *(HandOver(ONE_TEAM, "rosa", liaison, "ben") for liaison in ("priya", "tomas", "devon")),
)
LEAVE = Leave(0.71, 0.76, "rosa", "ben")
MANAGERS = ("ben", "rosa")


def manager_at(share: float, liaison: str) -> str:
    """Who leads somebody once that share of the time has passed."""
    for over in HAND_OVERS:
        if liaison == over.liaison and share > over.share:
            return over.to
    return {**dict(SET_BY_DEE), ASKS[0]: ASKS[1], ADDED[1]: ADDED[0]}[liaison]
