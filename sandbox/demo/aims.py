"""What the demo's liaisons and managers agree to reach, how far each gets, and what the admin asks of a role, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """A number on the way, logged as a win once that share of the time has passed."""

    share: float
    value: str
    sample: str | None = None
    part: str | None = None


@dataclass(frozen=True)
class Change:
    """Another number to reach, proposed in place of one that is agreed."""

    share: float
    by: str
    to: str


@dataclass(frozen=True)
class Target:
    """What somebody is to reach, from the day it is proposed on. Shares above 1 lie after today."""

    share: float
    by: str
    owner: str
    metric: str
    to: str
    start: str | None = None
    due: float | None = None
    """None where the year that the form offers stays."""
    countered: str | None = None
    """The number that the side which is asked proposes instead."""
    change: Change | None = None
    reached: float | None = None
    """When its owner closes it as reached."""
    answered: bool = True
    results: tuple[Result, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.owner} {self.metric}"


TARGETS = (
    Target(
        share=0.06,
        by="ben",
        owner="ana",
        metric="campaigns",
        to="12",
        results=(Result(0.17, "2"), Result(0.41, "3"), Result(0.66, "3"), Result(0.88, "3")),
    ),
    Target(
        share=0.08,
        by="ana",
        owner="ana",
        metric="event_conversion",
        start="15",
        to="25",
        due=0.75,
        reached=0.5,
        results=(Result(0.21, "19.5", "41", "8"), Result(0.45, "26.1", "46", "12")),
    ),
    Target(
        share=0.985,
        by="ben",
        owner="ana",
        metric="loop_closure",
        start="58",
        to="80",
        due=1.5,
        answered=False,
    ),
    Target(
        share=0.22,
        by="eli",
        owner="eli",
        metric="issue_resolution_days",
        start="9",
        to="5",
        due=1.25,
        change=Change(0.56, "ben", "3.5"),
        results=(Result(0.32, "8.2", "19"), Result(0.5, "6.8", "22"), Result(0.72, "5.6", "17")),
    ),
    Target(
        share=0.09,
        by="ben",
        owner="grace",
        metric="satisfaction_top_box",
        start="52",
        to="72",
        due=1.2,
        results=(Result(0.3, "58", "31"), Result(0.8, "70", "40")),
    ),
    Target(
        share=0.15,
        by="ben",
        owner="naomi",
        metric="in_network_share",
        start="58",
        to="74",
        countered="70",
        due=1.1,
        results=(Result(0.27, "60", "180"), Result(0.43, "62", "205")),
    ),
    Target(
        share=0.51,
        by="ben",
        owner="marcus",
        metric="visits_per_week",
        start="9",
        to="14",
        due=0.95,
        results=(Result(0.62, "10.2"), Result(0.83, "11")),
    ),
    Target(
        share=0.13,
        by="priya",
        owner="priya",
        metric="touches_per_week",
        start="30",
        to="48",
        due=1.3,
        results=(Result(0.31, "34"), Result(0.58, "39"), Result(0.86, "43.5")),
    ),
    Target(
        share=0.16,
        by="rosa",
        owner="tomas",
        metric="leakage",
        start="38",
        to="30",
        due=1.2,
        results=(Result(0.36, "36.5", "240"), Result(0.68, "37.5", "310"), Result(0.87, "37", "285")),
    ),
    Target(
        share=0.87,
        by="rosa",
        owner="devon",
        metric="new_referring_providers",
        to="10",
        results=(Result(0.94, "2"),),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Quarters:
    """The whole panel's number for each quarter that ends in the time told, beside that of the year before."""

    who: str
    metric: str
    numbers: tuple[tuple[str, str], ...]
    """Before and after, the latest quarter last."""


PANEL = Quarters(
    "grace", "referrals", (("362", "421"), ("374", "437"), ("391", "455"), ("402", "473"))
)  # fmt: skip


@dataclass(frozen=True)
class Revision:
    """An admin writes the next version of what a role asks for."""

    share: float
    who: str
    rung: str
    fields: Mapping[str, str]
    why: str


REVISION = Revision(
    0.55,
    "dee",
    "manager",
    {"manager_leadership-0-least": "3", "manager_contracts-need": "Needed"},
    "Ben and Rosa asked for it: both openings of this year were about contracts, and about leading more than two projects.",
)
TAKEN_UP = ((0.57, "grace"), (0.58, "eli"), (0.6, "priya"), (0.63, "tomas"), (0.67, "naomi"))
"""Who works under it afterwards. Ana has not decided."""


def told_apart(who: str) -> frozenset[str]:
    """The metrics of somebody whose numbers are those told here, and no others."""
    pursued = {each.metric for each in TARGETS if each.owner == who and each.results}
    return frozenset(pursued | ({PANEL.metric} if who == PANEL.who else set()))
