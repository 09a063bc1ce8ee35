"""The kinds of value a Block Kit field can hold; the tables of objects, elements and blocks are written in them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sandbox.blockkit.faults import Place


class Kind(Protocol):
    """Looks at one value that is neither missing nor null, and leaves its faults at the place."""

    def check(self, value: Any, place: Place) -> None: ...


Rule = Callable[[Mapping[str, Any], Place], None]
"""Looks at several fields of one well-formed object."""


@dataclass(frozen=True, slots=True)
class Anything:
    """A value that was already looked at, or that Slack doesn't look at."""

    def check(self, value: Any, place: Place) -> None:
        pass


@dataclass(frozen=True, slots=True)
class String:
    """A string of `shortest` to `longest` characters that matches `shape`, described by `looks_like`."""

    longest: int = 0
    shortest: int = 1
    shape: re.Pattern[str] | None = None
    looks_like: str = ""

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, str):
            place.refuse("not_string", f"The {place.label} must be a string.")
            return
        if len(value) < self.shortest:
            place.refuse("empty", f"The {place.label} must not be empty.")
        elif self.longest and len(value) > self.longest:
            place.refuse(
                "too_long", f"The {place.label} has {len(value)} characters; Slack takes {self.longest}."
            )
        elif self.shape is not None and not self.shape.fullmatch(value):
            place.refuse("malformed", f"The {place.label} must be {self.looks_like}.")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A string that `parse` understands (it raises ValueError when it doesn't)."""

    parse: Callable[[str], object]
    looks_like: str

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, str):
            place.refuse("not_string", f"The {place.label} must be a string.")
            return
        try:
            self.parse(value)
        except ValueError:
            place.refuse("malformed", f"The {place.label} must be {self.looks_like}.")


@dataclass(frozen=True, slots=True)
class Boolean:
    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, bool):
            place.refuse("not_boolean", f"The {place.label} must be true or false.")


@dataclass(frozen=True, slots=True)
class Integer:
    lowest: int = 0
    highest: int = 9_999_999_999  # the largest timestamp Slack takes

    def check(self, value: Any, place: Place) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            place.refuse("not_integer", f"The {place.label} must be a whole number.")
        elif not self.lowest <= value <= self.highest:
            message = f"The {place.label} must be at least {self.lowest} and at most {self.highest}."
            place.refuse("out_of_range", message)


@dataclass(frozen=True, slots=True)
class Number:
    positive: bool = False

    def check(self, value: Any, place: Place) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
            place.refuse("not_number", f"The {place.label} must be a number.")
        elif self.positive and value <= 0:
            place.refuse("not_positive", f"The {place.label} must be greater than zero.")


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an int too large for any chart
        return False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few strings."""

    values: Collection[str]

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, str) or value not in self.values:
            place.refuse("not_allowed", f"The {place.label} must be one of {', '.join(self.values)}.")


@dataclass(frozen=True, slots=True)
class Items:
    """A list of `fewest` to `most` items, all of one kind and called `each`."""

    kind: Kind
    each: str
    most: int = 0
    fewest: int = 1
    nulls: bool = False

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, list):
            place.refuse("not_list", f"The {place.label} must be a list.")
            return
        if not value and self.fewest:
            place.refuse("empty", f"The {place.label} must not be empty.")
        elif len(value) < self.fewest:
            place.refuse("too_few", f"Slack wants at least {self.fewest} {place.label}, not {len(value)}.")
        elif self.most and len(value) > self.most:
            place.refuse("too_many", f"Slack takes at most {self.most} {place.label}, not {len(value)}.")
        for index, item in enumerate(value):
            here = place.into(index, self.each)
            if item is not None:
                self.kind.check(item, here)
            elif not self.nulls:
                null(here)


@dataclass(frozen=True, slots=True)
class Record:
    """An object with known fields; `rules` see it only once each field by itself is well-formed."""

    name: str
    fields: Mapping[str, Kind]
    required: Collection[str] = ()
    rules: Collection[Rule] = ()

    def check(self, value: Any, place: Place) -> None:
        here = place.named(self.name)
        if not isinstance(value, dict):
            here.refuse("not_object", f"The {here.label} must be an object.")
            return
        before = len(here.faults)
        self._check_fields(value, here)
        if len(here.faults) == before:
            for rule in self.rules:
                rule(value, here)

    def _check_fields(self, value: Mapping[str, Any], here: Place) -> None:
        for key, item in value.items():
            kind = self.fields.get(key)
            there = here.into(key, f"{self.name}_{key}")
            if kind is None:
                unknown_field(there, key, here.label)
            elif item is None:
                null(there)
            else:
                kind.check(item, there)
        for key in self.required:
            if key not in value:
                here.refuse(f"{key}_missing", f"The {here.label} needs the field {key}.")


@dataclass(frozen=True, slots=True)
class Family:
    """An object whose `type` tells which of the members it is; `known` are the types that exist elsewhere."""

    label: str
    members: Mapping[str, Kind]
    known: Collection[str] = field(default=())

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            place.break_rule(f"{self.label}_not_object", f"Each {self.label} must be an object.")
            return
        kind = value.get("type")
        if not isinstance(kind, str):
            place.break_rule(f"{self.label}_type_missing", f"Each {self.label} needs a type.")
        elif kind in self.members:
            self.members[kind].check(value, place)
        elif kind in self.known:
            message = f"The {self.label.replace('_', ' ')} {kind} cannot stand here ({place.label})."
            place.into("type", "").break_rule(f"{self.label}_not_allowed", message)
        else:
            message = f"There is no {self.label.replace('_', ' ')} of type {kind}."
            place.into("type", "").break_rule(f"unknown_{self.label}", message)


def null(place: Place) -> None:
    place.break_rule("null_value", f"The {place.label} is null; leave the field out instead.")


def unknown_field(place: Place, key: str, owner: str) -> None:
    place.break_rule("unknown_field", f"The {owner} has no field {key}.")
