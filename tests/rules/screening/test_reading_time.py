"""No text, however hostile, holds the screening up: the structure of each pattern says so."""

import re
from re import _constants as codes  # type: ignore[attr-defined]  # typeshed leaves the parser of patterns out
from re import _parser as parser  # type: ignore[attr-defined]  # the same
from typing import Any

import pytest

from slackbot.rules.screening import (
    ages,
    births,
    care,
    counts,
    numbers,
    people,
    screen,
    stays,
    together,
    wording,
)

ALL_RULES = (
    *numbers.RULES,
    *births.RULES,
    *care.RULES,
    *stays.RULES,
    *ages.RULES,
    *people.RULES,
    *counts.RULES,
    *wording.TIES,
    together.FLOW,
    together.FINE,
    *(favor for _, favor in together.RULES),
)


def hangs(tree: Any) -> bool:
    """Whether a pattern has a repeat without a bound that gives back: then a hostile text could hold it up.

    Without one, each place in a text costs at most a constant, and the whole text grows no faster than its length."""
    return any(_hangs(code, value) for code, value in tree)


def _hangs(code: Any, value: Any) -> bool:
    match code:
        case codes.MAX_REPEAT | codes.MIN_REPEAT:
            return value[1] is codes.MAXREPEAT or hangs(value[2])
        case codes.BRANCH:
            return any(hangs(branch) for branch in value[1])
        case codes.SUBPATTERN:
            return hangs(value[3])
        case codes.ASSERT | codes.ASSERT_NOT:
            return hangs(value[1])
    return False


@pytest.mark.parametrize("pattern", sorted({rule.pattern.pattern for rule in ALL_RULES}))
def test_reading_time_grows_with_the_length_of_a_text_alone(pattern: str) -> None:
    assert not hangs(parser.parse(pattern, re.IGNORECASE))


@pytest.mark.parametrize("pattern", ["(a+)+b", "a*b", "(?:[a-z]+ ?){0,9}b"])
def test_a_pattern_that_a_hostile_text_could_hang_is_noticed(pattern: str) -> None:
    assert hangs(parser.parse(pattern, re.IGNORECASE))


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "a@",
        "1/2/",
        "had a b c ",
        "they send us ",
        "12-",
        "aa:",
        "Patient Aa ",
        "ninety ",
        "3/2-3/9 ICU ",
        "wine us ",
        "\n",
    ],
)
def test_a_note_filled_to_the_brim_is_read(piece: str) -> None:
    screen(piece * (3_000 // len(piece)))
