"""The time zones somebody can choose from, by part of the world, as Slack's menus take them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from slackbot.ui.forms import Option

AUTOMATIC: Final = "automatic"
LONGEST: Final = 100
"""Options that Slack takes in one group."""
HOME: Final = {
    "America/New_York": "Eastern (New York)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Phoenix": "Arizona (Phoenix)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
    "America/Puerto_Rico": "Atlantic (Puerto Rico)",
    "UTC": "UTC",
}
"""What most choose, before all others."""
PARTS: Final = (
    "America",
    "Europe",
    "Africa",
    "Asia",
    "Australia",
    "Pacific",
    "Atlantic",
    "Indian",
    "Antarctica",
)


@cache
def zones() -> Mapping[str, Sequence[Option]]:
    """Every place there is, in groups that Slack takes."""
    places: dict[str, list[Option]] = defaultdict(list)
    for key in sorted(available_timezones() - set(HOME)):
        part, _, town = key.partition("/")
        if part in PARTS:
            places[part].append(Option(_label(town), key))
    groups: dict[str, Sequence[Option]] = {"Most chosen": [Option(label, key) for key, label in HOME.items()]}
    for part in PARTS:
        groups |= _parted(part, sorted(places[part], key=lambda option: option.label))
    return groups


def _label(town: str) -> str:
    return ", ".join(reversed(town.replace("_", " ").split("/")))


def _parted(part: str, options: Sequence[Option]) -> dict[str, Sequence[Option]]:
    if len(options) <= LONGEST:
        return {part: options}
    pieces = [options[start : start + LONGEST - 10] for start in range(0, len(options), LONGEST - 10)]
    return {f"{part}, {piece[0].label[0]} to {piece[-1].label[0]}": piece for piece in pieces}


def choices(profile: str, chosen: str | None) -> Mapping[str, Sequence[Option]]:
    """The menu: going by their Slack profile comes first, and what they chose earlier is in it."""
    first = [Option(f"Automatic, from Slack ({profile})", AUTOMATIC)]
    if chosen is not None and not is_known(chosen):
        first.append(Option(chosen, chosen))
    return {"Automatic": first, **zones()}


@cache
def _known() -> frozenset[str]:
    return frozenset(option.value for options in zones().values() for option in options)


def is_known(zone: str) -> bool:
    """Whether a zone is among the choices."""
    return zone in _known()
