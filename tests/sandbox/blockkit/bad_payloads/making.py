"""How a line of the table is made: a payload with one fault, and the same repaired."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.sandbox.blockkit.samples import Json, actions, home, message, modal, question

Surface = Literal["message", "modal", "home"]


@dataclass(frozen=True)
class Bad:
    """A payload with exactly one fault, and the same without it."""

    says: str
    rule: str
    surface: Surface
    payload: Json
    error: str
    pointer: str
    repaired: Json


_WHOLE: dict[Surface, Callable[..., Json]] = {"message": message, "modal": modal, "home": home}
_ERROR: dict[Surface, str] = {
    "message": "invalid_blocks",
    "modal": "invalid_arguments",
    "home": "invalid_arguments",
}


def block(says: str, rule: str, at: str, bad: Json, good: Json, surface: Surface = "message") -> Bad:
    """One block that is at fault; `at` is the pointer below it."""
    whole = _WHOLE[surface]
    return Bad(says, rule, surface, whole(bad), _ERROR[surface], f"/blocks/0{at}", whole(good))


def held(says: str, rule: str, at: str, bad: Json, good: Json) -> Bad:
    """The element of an input in a modal that is at fault."""
    return block(says, rule, f"/element{at}", question(bad), question(good), "modal")


def acting(says: str, rule: str, at: str, bad: Json, good: Json) -> Bad:
    """The element of an actions block that is at fault."""
    return block(says, rule, f"/elements/0{at}", actions(bad), actions(good))


def view(says: str, rule: str, at: str, bad: Json, good: Json, error: str = "invalid_arguments") -> Bad:
    surface: Surface = "home" if bad.get("type") == "home" else "modal"
    return Bad(says, rule, surface, bad, error, at, good)


def sent(says: str, rule: str, at: str, bad: Json, good: Json, error: str = "invalid_blocks") -> Bad:
    return Bad(says, rule, "message", bad, error, at, good)


def without(key: str, value: Json) -> Json:
    return {name: item for name, item in value.items() if name != key}


def points(*labels: str) -> list[Json]:
    return [{"label": label, "value": 1} for label in labels]


def several(block: Json, count: int) -> list[Json]:
    return [dict(block) for _ in range(count)]
