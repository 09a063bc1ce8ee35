"""Reads which wins somebody asks for after `/prm wins`, and writes it back for the Older and Newer buttons."""

import re
from collections.abc import Sequence, Set
from datetime import date
from typing import Final

from rapidfuzz import fuzz, process

from content import Content, Metric, Outcome, find
from slackbot.rules.since import UnreadableWordsError, plain, read_since
from storage.wins import Sieve

NOTHING_LIKE_IT: Final = "I can't tell which wins you mean: write an outcome, a day or a status, like `referrals since march verified`."
STATUSES: Final = "`private`, `waiting`, `question`, `confirmed`, `declined` or `withdrawn`"
ONE_STATUS: Final = f"I can list one status at a time: write {STATUSES}."
PAGES: Final = "Pages are counted from 1: write it like `page 2`."
LAST_PAGE: Final = 9999

_SAID: Final = {
    "private": ("private",),
    "shared": ("waiting", "shared", "pending"),
    "needs_info": ("question", "questions", "asked", "needs_info"),
    "verified": ("verified", "confirmed"),
    "declined": ("declined", "refused"),
    "withdrawn": ("withdrawn",),
}
"""Each status in people's words; the first is the one that is written back."""
_STATUS_OF: Final = {word: status for status, words in _SAID.items() for word in words}
_DENIED: Final = frozenset({"not", "no", "without", "except", "unverified", "unconfirmed"})
"""What asks for every status but one."""
_FILLERS: Final = frozenset(
    {"all", "and", "are", "in", "is", "my", "of", "only", "that", "the", "win", "wins"}
)
_SLIP: Final = 85
"""rapidfuzz score (0 to 100) from which a word counts as a status mistyped."""
_NUMBER: Final = re.compile(r"\d+", re.ASCII)
_BARE_PAGE: Final = re.compile(r"\d{1,3}", re.ASCII)
"""A longer number at the end is rather a year: it is not taken for a page unless "page" is said."""


def read_sieve(words: str, today: date, content: Content) -> tuple[Sieve, int]:
    """Which wins were asked for, and which page of them; the parts in any order: "referrals since march verified 2".

    Raises UnreadableWordsError when a part makes no sense: better no list than one of other wins."""
    entries: list[Outcome | Metric] = [*content.outcomes, *content.metrics]
    since, rest = read_since(words, today)
    spoken, page = _page(plain(rest))
    spoken, status = _status(spoken, entries)
    return Sieve(_outcome(spoken, entries), since, status), page


def asked(sieve: Sieve, page: int) -> str:
    """The words that read back to the same wins, on that page."""
    return " ".join(
        [
            *([sieve.outcome] if sieve.outcome else []),
            *([f"since {sieve.since.isoformat()}"] if sieve.since else []),
            *([_SAID[sieve.status][0]] if sieve.status else []),
            *([f"page {page}"] if page > 1 else []),
        ]
    )


def _page(spoken: Sequence[str]) -> tuple[list[str], int]:
    """The number after "page", wherever that is said, or else one at the very end; the first page without."""
    if "page" in spoken:
        at = spoken.index("page")
        number = spoken[at + 1] if at + 1 < len(spoken) else ""
        return [*spoken[:at], *spoken[at + 2 :]], _counted(number)
    if spoken and _BARE_PAGE.fullmatch(spoken[-1]) and spoken[-2:-1] != ["to"]:  # "score, 1 to 5"
        return list(spoken[:-1]), _counted(spoken[-1])
    return list(spoken), 1


def _counted(number: str) -> int:
    if not _NUMBER.fullmatch(number) or len(number) > len(str(LAST_PAGE)) or int(number) == 0:
        raise UnreadableWordsError(PAGES)
    return int(number)


def _status(spoken: Sequence[str], entries: Sequence[Outcome | Metric]) -> tuple[list[str], str | None]:
    names = {word for entry in entries for name in entry.spoken for word in plain(name)}
    read = {word: _status_of(word, names) for word in spoken}
    named = {status for status in read.values() if status}
    if len(named) > 1 or _DENIED.intersection(spoken):
        raise UnreadableWordsError(ONE_STATUS)
    return [word for word in spoken if not read[word]], next(iter(named), None)


def _status_of(word: str, names: Set[str]) -> str | None:
    """The status a word means, also mistyped, unless it is a part of a name: "share" of "share of wallet"."""
    if word in _STATUS_OF or word in names:
        return _STATUS_OF.get(word)
    near = process.extractOne(word, _STATUS_OF.keys(), scorer=fuzz.ratio, score_cutoff=_SLIP)
    return _STATUS_OF[near[0]] if near else None


def _outcome(spoken: Sequence[str], entries: Sequence[Outcome | Metric]) -> str | None:
    """The outcome that words name, by itself or by one of its metrics."""
    telling = [word for word in spoken if word not in _FILLERS]
    if not telling:
        return None
    found = find(" ".join(telling), entries)
    if not found:
        raise UnreadableWordsError(NOTHING_LIKE_IT)
    return found[0].id if isinstance(found[0], Outcome) else found[0].outcome
