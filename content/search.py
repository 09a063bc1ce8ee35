"""Finds entries by the words a person types: "cphims", "aplac cert", "step two", and their typos."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol, TypeVar

from rapidfuzz import fuzz

NEAR = 78  # of 100: below this it is no longer the same word mistyped
MARGIN = 12  # how far behind the best another entry may be and still be meant
PREFIX = 92  # "cert" for "certification": sure, but an exact word goes first
SILENT = frozenset({"a", "an", "and", "for", "in", "my", "of", "on", "or", "the", "to", "with"})
ASKING = frozenset({"is", "me", "show", "tell", "what"})
DIGITS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}


class Findable(Protocol):
    @property
    def spoken(self) -> tuple[str, ...]: ...


F = TypeVar("F", bound=Findable)


def find(words: str, entries: Iterable[F]) -> list[F]:
    """The entries that may be meant, best first; empty if nothing is near. Equals keep their order."""
    asked = _tokens(words)
    if not asked:
        return []
    scored = [(max(_score(asked, _tokens(name)) for name in entry.spoken), entry) for entry in entries]
    best = max((score for score, _ in scored), default=0.0)
    floor = max(float(NEAR), best - MARGIN)
    near = [pair for pair in scored if pair[0] >= floor]
    return [entry for _, entry in sorted(near, key=lambda pair: -pair[0])]


@lru_cache(maxsize=2048)
def _tokens(text: str) -> tuple[str, ...]:
    """Lower case, no accents or signs, number words as digits, and without the words that say nothing."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = [DIGITS.get(w) or ORDINALS.get(w) or w for w in re.findall(r"[^\W_]+", plain)]
    return tuple(w for w in words if w not in SILENT | ASKING) or tuple(words)


def _score(asked: tuple[str, ...], name: tuple[str, ...]) -> float:
    """How well each asked word is found in the name, by length of word; a name said whole wins a tie."""
    if not name:
        return 0.0
    found = [max(_alike(word, part) for part in name) for word in asked]
    if min(found) < NEAR / 2:  # one strange word in the question means that something else was asked
        return 0.0
    weight = sum(len(word) for word in asked)
    covered = sum(score * len(word) for score, word in zip(found, asked, strict=True)) / weight
    joined = fuzz.ratio("".join(asked), "".join(name))
    return max(covered * 0.95 + joined * 0.05, joined)


def _alike(word: str, part: str) -> float:
    if word == part:
        return 100.0
    if min(len(word), len(part)) < 3:  # "2" is never a mistyped "3"
        return 0.0
    if part.startswith(word) or (len(word) > 3 and part.startswith(word.removesuffix("s"))):  # "certs"
        return float(PREFIX)
    return fuzz.ratio(word, part)
