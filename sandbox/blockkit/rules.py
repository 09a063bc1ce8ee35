"""Rules over several fields of one object: which go together, and which value must lie among or between others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from sandbox.blockkit.faults import Place
from sandbox.blockkit.kinds import Rule


def exactly_one(*keys: str) -> Rule:
    """One of the fields must be there, and not another."""

    def rule(value: Mapping[str, Any], place: Place) -> None:
        found = [key for key in keys if key in value]
        if len(found) != 1:
            message = f"The {place.label} needs exactly one of {' and '.join(keys)}."
            place.refuse(f"needs_one_of_{'_'.join(keys)}", message)

    return rule


def at_least_one(*keys: str) -> Rule:
    def rule(value: Mapping[str, Any], place: Place) -> None:
        if not any(key in value for key in keys):
            place.refuse("has_no_content", f"The {place.label} needs at least one of {', '.join(keys)}.")

    return rule


def at_most_one(*keys: str) -> Rule:
    def rule(value: Mapping[str, Any], place: Place) -> None:
        if sum(key in value for key in keys) > 1:
            place.refuse("has_rivals", f"The {place.label} takes only one of {', '.join(keys)}.")

    return rule


def needs(key: str, other: str) -> Rule:
    """The field, when it is set to something true, asks for the other to be so too."""

    def rule(value: Mapping[str, Any], place: Place) -> None:
        if value.get(key) and not value.get(other):
            place.into(key, f"{place.name}_{key}").refuse(
                f"needs_{other}", f"The {place.label} takes {key} only together with {other}."
            )

    return rule


def ordered(low: str, high: str) -> Rule:
    """Two numbers, or two strings of numbers, in this order."""

    def rule(value: Mapping[str, Any], place: Place) -> None:
        if low in value and high in value and Decimal(value[low]) > Decimal(value[high]):
            place.into(low, f"{place.name}_{low}").refuse(
                f"above_{high}", f"The {low} of the {place.label} must not exceed its {high}."
            )

    return rule


def between(key: str, low: str, high: str) -> Rule:
    """A string of a number that must lie between two others, where these are given."""

    def rule(value: Mapping[str, Any], place: Place) -> None:
        if key not in value:
            return
        number = Decimal(value[key])
        below = low in value and number < Decimal(value[low])
        above = high in value and number > Decimal(value[high])
        if below or above:
            place.into(key, f"{place.name}_{key}").refuse(
                "out_of_range", f"The {key} of the {place.label} must lie between {low} and {high}."
            )

    return rule


def not_longer(key: str, limit: str) -> Rule:
    """A string at most as long as another field says."""

    def rule(value: Mapping[str, Any], place: Place) -> None:
        if key in value and limit in value and len(value[key]) > value[limit]:
            place.into(key, f"{place.name}_{key}").refuse(
                f"above_{limit}", f"The {key} of the {place.label} is longer than its {limit}."
            )

    return rule


def whole_numbers(flag: str, *keys: str) -> Rule:
    """Without the flag, the strings of numbers must be whole."""

    def rule(value: Mapping[str, Any], place: Place) -> None:
        for key in keys:
            if not value.get(flag) and "." in value.get(key, ""):
                place.into(key, f"{place.name}_{key}").refuse(
                    "not_whole", f"The {key} of the {place.label} has decimals, which {flag} rules out."
                )

    return rule


def initially_among_options(key: str) -> Rule:
    """What is chosen at first (one option, or a list of them) must be on offer."""

    def rule(value: Mapping[str, Any], place: Place) -> None:
        if key not in value:
            return
        offered = [_gist(option) for option in _options(value)]
        chosen = value[key] if isinstance(value[key], list) else [value[key]]
        if any(_gist(option) not in offered for option in chosen):
            place.into(key, f"{place.name}_{key}").refuse(
                "not_among_options", f"The {key} of the {place.label} must be among its options."
            )

    return rule


def _options(value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from value.get("options", ())
    for group in value.get("option_groups", ()):
        yield from group["options"]


def _gist(option: Mapping[str, Any]) -> tuple[object, ...]:
    # The emoji and verbatim flags have defaults, so two options may differ in them and be the same.
    description = option.get("description", {})
    return (
        option["value"],
        option["text"]["type"],
        option["text"]["text"],
        description.get("type"),
        description.get("text"),
    )


def unique(key: str, field: str) -> Rule:
    """The objects in the list `key` must differ in `field`."""

    def rule(value: Mapping[str, Any], place: Place) -> None:
        seen: set[Any] = set()
        for index, item in enumerate(value.get(key, ())):
            if item[field] in seen:
                there = place.into(key, "").into(index, "").into(field, f"{place.name}_{key}_{field}")
                there.refuse("twice", f"Two {key} of the {place.label} have the {field} {item[field]}.")
            seen.add(item[field])

    return rule
