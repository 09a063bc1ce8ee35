"""Finds the entry that answers a question asked in a person's own words, or says honestly that there is none.

In process, no network, no model: an SQLite full-text index in memory ranks by bm25; how much of the question an entry
speaks of, and how near one of its names comes to the whole question, decide the order and whether anything answers.
"""

import math
import sqlite3
import threading
import weakref
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from rapidfuzz import fuzz

from content.entry import Entry
from content.knowledge import LeftOut, Synonym
from content.spelling import STOP, Speller, Word, tokens
from content.store import Content
from content.wording import names, texts

SURE: Final = 0.52  # below this an entry is a topic to offer and no answer
SURE_OF_ONE_WORD: Final = 0.62  # the same where a single word is all that we know of the question
WEIGHTS: Final = (6.0, 5.0, 1.0)  # of a word in the title, in the aliases, in the text
SAID_OTHERWISE: Final = 0.75  # what a synonym counts beside the word itself
IN_TEXT: Final = 0.6  # what a word counts that stands only in the text
TOLD: Final = 4  # a long story counts as answered with so many of its words
UNHEARD: Final = 1.25  # what a word counts that stands nowhere here, beside the rarest that does
OTHERS: Final = 2
NEAREST: Final = 3
LONGEST: Final = 300  # of a question more than this is not read

# Where two entries answer alike: whole answers before words of the trade, and what the rules use last.
_FAVOR: Final = {"faq": 0.05, "criterion": -0.08, "nudge": -0.12, "source": -0.02, "step": -0.02}


@dataclass(frozen=True)
class Found:
    """`best` answers (None: "I don't have that"), `others` may be meant, `nearest` are topics where nothing answers.

    `score` runs from 0 to about 1: how well the best, or the nearest, fits what was asked.
    """

    best: Entry | None
    others: tuple[Entry, ...]
    nearest: tuple[Entry, ...]
    score: float


@dataclass(frozen=True)
class _Known:
    """An entry and its words as stems: each name's, and all of its texts'."""

    entry: Entry
    names: tuple[frozenset[str], ...]
    literally: tuple[str, ...]  # the names word by word, small words too
    in_names: frozenset[str]
    in_text: frozenset[str]


@dataclass(frozen=True)
class _Group:
    """One word of the question as stems: as it was meant, and its synonyms. No stems at all: never heard of."""

    rarity: float
    meant: frozenset[str]
    others: tuple[frozenset[str], ...]

    def in_(self, stems: frozenset[str]) -> float:
        if self.meant and self.meant <= stems:
            return 1.0
        return SAID_OTHERWISE if any(other <= stems for other in self.others) else 0.0


class _Said(NamedTuple):
    """The words of an entry as they stand there, the heading's first."""

    names: list[list[str]]
    text: list[str]

    @classmethod
    def by(cls, entry: Entry) -> "_Said":
        return cls([tokens(name) for name in names(entry)], tokens("\n".join(texts(entry))))


class Index:
    """Built once from the content; any thread may ask it."""

    def __init__(self, content: Content) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        weakref.finalize(self, self._db.close)
        self._db.executescript(_TABLES)
        entries = [entry for entry in content.entries() if not isinstance(entry, Synonym | LeftOut)]
        groups = [synonym.words for synonym in content.synonyms]
        said = [_Said.by(entry) for entry in entries]
        rows = [
            (" ".join(title), " / ".join(map(" ".join, rest)), " ".join(text))
            for (title, *rest), text in said
        ]
        self._insert("INSERT INTO entry (title, aliases, text) VALUES (?, ?, ?)", rows)
        spoken = {word for names, text in said for words in (*names, text) for word in words}
        spoken |= {word for group in groups for name in group for word in tokens(name)}
        self._stems = self._stemmed(sorted(spoken))
        self._word_of = {stem: word for word, stem in self._stems.items()}
        self._known = [self._knowledge(entry, *words) for entry, words in zip(entries, said, strict=True)]
        self._where: dict[str, set[int]] = defaultdict(set)
        for place, known in enumerate(self._known):
            for stem in known.in_names | known.in_text:
                self._where[stem].add(place)
        self._rarity = {stem: self._rare(len(places)) for stem, places in self._where.items()}
        self._speller = Speller(self._stems, groups)

    def answer(self, words: str, *, among: Collection[str] | None = None) -> Found:
        """The entry that answers, and others that may; the same words always find the same.

        `among` keeps to entries of these nouns ("faq", "term"); without it every kind is looked through.
        """
        with self._lock:
            asked = self._speller.words(self._familiar(tokens(words[:LONGEST])))
            ranks = self._ranks(asked)
        groups = [self._group(word) for word in asked]
        literally = " ".join(tokens(words[:LONGEST]))
        scored = sorted(
            (-self._score(groups, literally, known, rank), place)
            for place, rank in ranks.items()
            if (known := self._known[place]) and (among is None or known.entry.noun in among)
        )
        ordered = [self._known[place].entry for _, place in scored]
        score = max(0.0, -scored[0][0]) if scored else 0.0
        if score < (SURE_OF_ONE_WORD if _one_word(groups) else SURE):
            return Found(None, (), tuple(ordered[:NEAREST]), score)
        return Found(ordered[0], tuple(ordered[1 : 1 + OTHERS]), (), score)

    def _familiar(self, asked: list[str]) -> list[str]:
        """Other forms of words we know ("promoting") become a form that we know."""
        strange = sorted({word for word in asked if word not in self._stems and word not in STOP})
        stems = self._stemmed(strange) if strange else {}
        return [self._word_of.get(stems.get(word, ""), word) for word in asked]

    def _stemmed(self, words: list[str]) -> dict[str, str]:
        """Each word as the tokenizer of the index cuts it."""
        self._insert("INSERT INTO loose (rowid, word) VALUES (?, ?)", enumerate(words))
        found = self._db.execute("SELECT doc, term FROM loose_stem").fetchall()
        self._db.execute("DELETE FROM loose")
        return {words[place]: stem for place, stem in found}

    def _insert(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """All in one transaction: by itself each row would be written into the index on its own."""
        self._db.execute("BEGIN")
        self._db.executemany(statement, rows)
        self._db.execute("COMMIT")

    def _set(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset([self._stems[word] for word in words if word not in STOP])

    def _knowledge(self, entry: Entry, names: list[list[str]], text: list[str]) -> _Known:
        sets = tuple(dict.fromkeys(filter(None, map(self._set, names))))
        literally = tuple(map(" ".join, names))
        return _Known(entry, sets, literally, frozenset[str]().union(*sets), self._set(text))

    def _rare(self, entries: int) -> float:
        """How much a word tells that so many entries use: bm25's own measure."""
        return math.log(1 + (len(self._known) - entries + 0.5) / (entries + 0.5))

    def _ranks(self, asked: list[Word]) -> dict[int, float]:
        """Entries by place, with their bm25 as a share of the best one's; what was said outweighs its synonyms."""
        total: dict[int, float] = defaultdict(float)
        said = [word.meant for word in asked if word.meant]
        otherwise = [other for word in asked for other in word.others]
        for phrases, share in ((said, 1.0), (otherwise, SAID_OTHERWISE / 2)):
            if phrases:
                query = " OR ".join(f'"{phrase}"' for phrase in dict.fromkeys(phrases))
                for rowid, rank in self._db.execute(_RANKED, (*WEIGHTS, query)):
                    total[rowid - 1] -= share * rank
        best = max(total.values(), default=1.0)
        return {place: value / best for place, value in total.items()}

    def _group(self, word: Word) -> _Group:
        meant = self._set(word.meant.split()) if word.meant else frozenset()
        others = tuple(filter(None, (self._set(other.split()) for other in word.others)))
        if not meant and not others:
            return _Group(UNHEARD * self._rare(0), meant, others)
        told = max((self._rarity.get(stem, self._rare(0)) for stem in meant), default=self._rare(0))
        return _Group((told + self._rare(len(self._speaking((meant, *others))))) / 2, meant, others)

    def _speaking(self, forms: Iterable[frozenset[str]]) -> set[int]:
        """The entries that have any of these forms: what is common under another name tells little."""
        places: set[int] = set()
        for stems in filter(None, forms):
            places |= set.intersection(*(self._where.get(stem, set()) for stem in stems))
        return places

    def _score(self, groups: list[_Group], literally: str, known: _Known, rank: float) -> float:
        asked = sum(sorted((group.rarity for group in groups), reverse=True)[:TOLD])
        covered = sum(
            group.rarity * max(group.in_(known.in_names), IN_TEXT * group.in_(known.in_text))
            for group in groups
        )
        near = max((self._nearness(groups, asked, name) for name in known.names), default=0.0)
        alike = max(fuzz.token_sort_ratio(literally, name) for name in known.literally) / 100
        favor = _FAVOR.get(known.entry.noun, 0.0)
        return 0.15 * rank + 0.4 * min(1.0, covered / asked) + 0.25 * near + 0.2 * alike + favor

    def _nearness(self, groups: list[_Group], asked: float, name: frozenset[str]) -> float:
        """How far the question and a name say the same: 1 if each has all that the other has."""
        shared = sum(group.rarity * group.in_(name) for group in groups)
        if not shared:
            return 0.0
        whole = sum(self._rarity[stem] for stem in name)
        return min(1.0, 2 * shared / (asked + whole))


def _one_word(groups: list[_Group]) -> bool:
    return len(groups) > 1 and sum(bool(group.meant) for group in groups) == 1


_TABLES: Final = """
CREATE VIRTUAL TABLE entry USING fts5(title, aliases, text, tokenize = "porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE loose USING fts5(word, tokenize = "porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE loose_stem USING fts5vocab(loose, instance);
"""
_RANKED: Final = "SELECT rowid, bm25(entry, ?, ?, ?) FROM entry WHERE entry MATCH ? ORDER BY rowid"
