"""Takes a question apart into the words that say something, with typos mended and synonyms beside them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SMALL: Final = """
a about actually all also am an and another any anybody anyone are as at be because been being both but by
came can cannot cant come could couldnt did didnt do does doesnt doing dont else even ever every everybody
everyone everything for from gave get gets getting give go goes going gonna got gotta had has have having
he hello help her here hey hi him his how i id if ill im in into is isnt it its ive just keep keeps kind
kinda know lets like look looking lot make makes making many may maybe me might more most much must my
myself need needs no not now of off ok okay on once one only oops or other our out over own please pls
possible put really right said say saying see shall she should so some somebody someone something still
stuff such sure take tell tells than thank thanks that thats the their them then there theres these they
thing things think this those tip tips to told too try trying tryna um up us use very wait wanna want
wanted was wat way we well were what whats when where wheres whether which while who whos why will with
wont would ya yeah yep yes yet you your youre
"""
STOP: Final = frozenset(_SMALL.split())
_WORD: Final = re.compile(r"[a-z0-9]+")
_JOINING: Final = re.compile("['’‘\u0300-\u036f]+")  # apostrophes, and accents taken off their letters
_DEFINING: Final = frozenset(
    {"define", "definition", "mean", "means", "meaning", "explain", "stand", "stands"}
)


@dataclass(frozen=True)
class Word:
    """One thing asked about: what was typed, what it was taken for, and what else people call it."""

    typed: str
    meant: str | None  # None: nothing here is called anything like it
    others: tuple[str, ...] = ()


def tokens(text: str) -> list[str]:
    """Lower case without accents; an apostrophe joins ("what's" is "whats"), all other signs divide."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
    return _WORD.findall(_JOINING.sub("", plain))


class Speller:
    """Knows every word of the content and the groups of synonyms."""

    def __init__(self, vocabulary: Iterable[str], groups: Iterable[Iterable[str]]) -> None:
        self._groups = [[tuple(tokens(name)) for name in group] for group in groups]
        self._known = frozenset(vocabulary) | {
            word for group in self._groups for name in group for word in name
        }
        self._mendable = sorted(word for word in self._known - STOP if len(word) > 3)
        self._meaning: dict[tuple[str, ...], tuple[str, ...]] = {}
        for group in self._groups:
            for name in group:
                others = [" ".join(other) for other in group if other != name]
                self._meaning[name] = tuple(dict.fromkeys([*self._meaning.get(name, ()), *others]))
        self._longest = max((len(name) for name in self._meaning), default=1)

    def words(self, question: Iterable[str]) -> list[Word]:
        """What the tokens of a question ask about, in order; empty if nothing but small words was said."""
        asked = [self._mended(word) for word in question]
        found, place = [], 0
        while place < len(asked):
            length = self._phrase_at(asked, place)
            typed = asked[place : place + length]
            if length > 1 or not self._says_nothing(typed[0][0]):
                found.append(self._word(typed))
            place += length
        return list(dict.fromkeys(found))

    def _says_nothing(self, word: str) -> bool:
        """A small word, or a number that stands nowhere here: "up 20%" asks about the up, not about the 20."""
        return word in STOP | _DEFINING or (word.isdigit() and word not in self._known)

    def _word(self, typed: list[tuple[str, str | None]]) -> Word:
        meant = [right for _, right in typed if right is not None]
        name = " ".join(meant) if len(meant) == len(typed) else None
        others = self._meaning.get(tuple(meant), ()) if name else ()
        return Word(" ".join(word for word, _ in typed), name, others)

    def _phrase_at(self, asked: list[tuple[str, str | None]], place: int) -> int:
        """How many words from here make one known phrase, such as "how long"; 1 where none does."""
        for length in range(min(self._longest, len(asked) - place), 1, -1):
            if tuple(right for _, right in asked[place : place + length]) in self._meaning:
                return length
        return 1

    def _mended(self, word: str) -> tuple[str, str | None]:
        if word in self._known or word in STOP | _DEFINING or word.isdigit():
            return word, word
        return word, self._near(word)

    def _near(self, word: str) -> str | None:
        """The known word it is a typo of: the first letter is right, and few of the others are wrong."""
        if len(word) < 5:
            return None
        allowed = 1 if len(word) < 8 else 2
        close = process.extract(
            word, self._mendable, scorer=OSA.distance, score_cutoff=allowed, limit=8, processor=None
        )
        likely = [
            (distance, abs(len(known) - len(word)), known)
            for known, distance, _ in close
            if known[0] == word[0] and (len(word) > 5 or len(known) == len(word))
        ]
        return min(likely)[2] if likely else None
