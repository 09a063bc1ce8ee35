"""Public holidays by country and state, from the library that keeps them, as plain dates with their names."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

import holidays
from holidays.registry import COUNTRIES

NONE: Final = ""
"""The choice of no public holidays at all."""
AMERICAN: Final = "US"
_AMERICAN_ZONES: Final = (
    "US/",
    "America/Indiana/",
    "America/Kentucky/",
    "America/North_Dakota/",
    "America/New_York",
    "America/Detroit",
    "America/Chicago",
    "America/Menominee",
    "America/Denver",
    "America/Boise",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Juneau",
    "America/Sitka",
    "America/Metlakatla",
    "America/Yakutat",
    "America/Nome",
    "America/Adak",
    "Pacific/Honolulu",
)


def country_in_force(country: str | None, zone: str) -> str:
    """The chosen country; where nobody chose, the United States for whoever is on an American clock, else none."""
    if country is not None:
        return country
    return AMERICAN if zone.startswith(_AMERICAN_ZONES) else NONE


@cache
def countries() -> Mapping[str, str]:
    """The name of every country whose holidays are known, by its code, in the order of the names."""
    named = {codes[1]: _name(module) for module, codes in COUNTRIES.items()}
    return dict(sorted(named.items(), key=lambda each: each[1]))


def _name(module: str) -> str:
    words = module.replace("_", " ").title()
    return words.replace(" And ", " and ").replace(" Of ", " of ").replace(" The ", " the ")


@cache
def subdivisions(country: str) -> Mapping[str, str]:
    """The states or regions of a country that the library tells apart: names by code, in the order of the names."""
    if country not in countries():
        return {}
    known = holidays.country_holidays(country)
    names = {code: code for code in known.subdivisions}
    # Some have a name in each of the country's languages: the first one is kept.
    names |= {code: name for name, code in reversed(known.subdivisions_aliases.items())}
    return dict(sorted(names.items(), key=lambda each: each[1]))


@cache
def _in_year(country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
    languages = holidays.country_holidays(country).supported_languages
    english = "en_US" if "en_US" in languages else None
    return dict(holidays.country_holidays(country, subdiv=subdivision, years=year, language=english).items())


def named(country: str, subdivision: str | None, years: range) -> Mapping[date, str]:
    """The holidays of those years with their names; none for a country or state that the library does not know (any more)."""
    if country not in countries():
        return {}
    state = subdivision if subdivision in subdivisions(country) else None
    return {day: name for year in years for day, name in _in_year(country, state, year).items()}


@cache
def days(country: str, subdivision: str | None, first: int, last: int) -> frozenset[date]:
    """The dates alone, from one year to another."""
    return frozenset(named(country, subdivision, range(first, last + 1)))
