"""One pattern and the kind of thing it finds, with the company in which it means something else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

BEFORE: Final = 70
AFTER: Final = 50
_END: Final = "\0"


@dataclass(frozen=True)
class Rule:
    """`unless` is looked for in up to 70 characters before the find, the find, and 50 after it, parted by NULs."""

    kind: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None

    def found_in(self, text: str) -> bool:
        return any(self._meant(text, found) for found in self.pattern.finditer(text))

    def _meant(self, text: str, found: re.Match[str]) -> bool:
        if self.unless is None:
            return True
        before = text[max(0, found.start() - BEFORE) : found.start()]
        after = text[found.end() : found.end() + AFTER]
        return self.unless.search(f"{before}{_END}{found[0]}{_END}{after}") is None


def rule(kind: str, pattern: str, unless: str | None = None) -> Rule:
    """Patterns ignore case. Repeats are bounded, or possessive, so that reading time grows with the text alone."""
    return Rule(kind, _compiled(pattern), _compiled(unless) if unless else None)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def kinds(rules: Iterable[Rule], text: str) -> tuple[str, ...]:
    """The kinds found, each once, in the order of the rules."""
    found: dict[str, None] = {}
    for each in rules:
        if each.kind not in found and each.found_in(text):
            found[each.kind] = None
    return tuple(found)
