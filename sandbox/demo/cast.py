"""Who lives the demo's year: eight liaisons, two managers and an admin, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Drift = tuple[float, float]
"""How strongly numbers move for the better, at the start and at the end of the year; below zero they get worse."""
STEADY: Drift = (1.0, 1.0)


@dataclass(frozen=True)
class Weekly:
    """When somebody wants their weekly message; `off` for those who want none."""

    day: str
    time: str
    off: bool = False


@dataclass(frozen=True)
class Move:
    """Somebody moves to another zone when this share of the year has passed."""

    share: float
    zone: str


@dataclass(frozen=True)
class Persona:
    """One person and their year. Shares are of the whole time told: 0.5 is half a year in."""

    name: str
    real_name: str
    title: str
    zone: str
    seeded: bool = False
    """Already in the workspace, before the demo hires anybody."""
    wins_a_year: float = 0
    territory: str = ""
    practices: tuple[str, ...] = ()
    drift: Drift = STEADY
    drifts: Mapping[str, Drift] = field(default_factory=dict)
    """By outcome, where it differs from `drift`."""
    leanings: Mapping[str, float] = field(default_factory=dict)
    """By outcome: how much more (or less) often than once in six they log one."""
    milestones: tuple[tuple[float, str], ...] = ()
    """Metrics that they log for certain, once that share of the year has passed; earliest first."""
    shares: float = 0.85
    """How many of their wins they let their manager see."""
    joins: float = 0
    away: tuple[float, float] | None = None
    """From and until when they are on leave."""
    move: Move | None = None
    weekly: Weekly | None = None


LIAISONS = (
    Persona(
        name="ana",
        real_name="Ana Duarte",
        title="Physician liaison",
        zone="America/New_York",
        seeded=True,
        wins_a_year=38,
        milestones=((0.15, "referrer_nps"), (0.4, "agreements_signed"), (0.65, "referrer_nps")),
        territory="North territory",
        practices=(
            "Maple Street Family Medicine",
            "Harborview Internal Medicine",
            "Oak Ridge Pediatrics",
            "Fairmount Women's Health",
            "Northgate Primary Care",
        ),
    ),
    Persona(
        name="eli",
        real_name="Eli Novak",
        title="Physician liaison",
        zone="America/Chicago",
        seeded=True,
        wins_a_year=34,
        territory="Lakeshore territory",
        practices=(
            "Lakeside Family Practice",
            "Prairie Orthopedic Partners",
            "Fox River Internal Medicine",
            "Elm Avenue Pediatrics",
        ),
        drift=(-0.5, 1.7),
        weekly=Weekly("Tuesday", "08:30"),
    ),
    Persona(
        name="grace",
        real_name="Grace Kealoha",
        title="Senior physician liaison",
        zone="Pacific/Honolulu",
        wins_a_year=50,
        shares=0.95,
        territory="Island territory",
        practices=(
            "Windward Family Medicine",
            "Diamond Head Cardiology",
            "Pearl Bay Internal Medicine",
            "Koolau Women's Clinic",
            "Leeward Community Health",
        ),
        drift=(1.3, 1.6),
        drifts={"provider_satisfaction": (1.6, 1.8)},
        leanings={"leadership": 1.6, "contract_wins": 2.5, "provider_satisfaction": 1.4},
        milestones=(
            (0.12, "referrer_nps"),
            (0.2, "agreements_signed"),
            (0.3, "mentees"),
            (0.45, "projects_led"),
            (0.55, "agreements_signed"),
            (0.62, "referrer_nps"),
            (0.7, "agreements_renewed"),
            (0.8, "presentations"),
            (0.9, "satisfaction_score"),
        ),
        weekly=Weekly("Monday", "07:30"),
    ),
    Persona(
        name="marcus",
        real_name="Marcus Bell",
        title="Physician liaison",
        zone="America/Phoenix",
        wins_a_year=7,
        shares=0.55,
        territory="Valley territory",
        practices=("Saguaro Family Practice", "Camelback Internal Medicine", "Desert Willow Pediatrics"),
        drift=(0.7, 0.7),
        leanings={"leadership": 0.2, "contract_wins": 0.3, "outreach_campaigns": 2.0},
        weekly=Weekly("Thursday", "10:00"),
    ),
    Persona(
        name="naomi",
        real_name="Naomi Weiss",
        title="Physician liaison",
        zone="America/New_York",
        wins_a_year=35,
        territory="Riverfront territory",
        practices=(
            "Mill Pond Family Health",
            "St. Brendan Medical Group",
            "Cedar Hill Rheumatology",
            "Orchard Lane Pediatrics",
        ),
        away=(0.48, 0.65),
        weekly=Weekly("Wednesday", "09:15"),
    ),
    Persona(
        name="priya",
        real_name="Priya Raman",
        title="Physician liaison",
        zone="America/Chicago",
        wins_a_year=34,
        territory="Western accounts",
        practices=(
            "Bluestem Internal Medicine",
            "Canyon View Family Care",
            "Mission Creek Cardiology",
            "Sunset Park Primary Care",
        ),
        drift=(0.9, 1.2),
        leanings={"outreach_campaigns": 1.5},
        move=Move(0.5, "America/Los_Angeles"),
        weekly=Weekly("Monday", "08:00"),
    ),
    Persona(
        name="tomas",
        real_name="Tomás Herrera",
        title="Physician liaison",
        zone="America/Los_Angeles",
        wins_a_year=29,
        territory="Coastal territory",
        practices=(
            "Elm Clinic",
            "Bayside Family Physicians",
            "Mesa Verde Internal Medicine",
            "Pacific Crest Neurology",
        ),
        drifts={"referral_growth": (-1.1, -0.7)},
        leanings={"referral_growth": 1.6},
        weekly=Weekly("Friday", "08:45"),
    ),
    Persona(
        name="devon",
        real_name="Devon Carter",
        title="Physician liaison",
        zone="America/Denver",
        wins_a_year=80,
        shares=0.75,
        territory="Front Range territory",
        practices=("Aspen Grove Family Medicine", "Foothills Pediatrics", "Union Station Internal Medicine"),
        drift=(0.8, 1.0),
        leanings={"contract_wins": 0.4, "leadership": 0.4, "outreach_campaigns": 1.8},
        joins=0.83,
    ),
)

OTHERS = (
    Persona(
        name="ben",
        real_name="Ben Okafor",
        title="Manager, physician relations",
        zone="America/New_York",
        seeded=True,
        weekly=Weekly("Monday", "09:00", off=True),
    ),
    Persona(
        name="rosa",
        real_name="Rosa Whitfield",
        title="Director, physician relations",
        zone="America/Denver",
        weekly=Weekly("Monday", "09:00", off=True),
    ),
    Persona(
        name="dee",
        real_name="Dee Larsen",
        title="IT",
        zone="America/Los_Angeles",
        seeded=True,
        weekly=Weekly("Monday", "09:00", off=True),
    ),
)

CAST = LIAISONS + OTHERS
