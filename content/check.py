"""Looks over loaded content and says what `prm content check` tells: coverage, references, age, and what Slack cuts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Final

from content.entry import LAST_FACT, TEXT_LIMIT, TITLE_LIMIT, Entry
from content.knowledge import LeftOut, Rule
from content.loader import FILES
from content.models import Metric
from content.store import Content
from content.wording import texts

FACTS: Final = range(1, LAST_FACT + 1)


@dataclass(frozen=True)
class Report:
    """What was found. `failures` should stop a release; `warnings` ask for a look."""

    directory: Path
    over: Path | None
    entries: int
    carried: dict[int, tuple[str, ...]]  # fact: references of the entries that carry it
    left_out: dict[int, str]  # fact: why
    missing: tuple[int, ...]
    failures: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def passes(self) -> bool:
        return not self.failures


def report(content: Content, directory: Path, over: Path | None, today: date) -> Report:
    """Looks over `content`, as it was loaded from `directory` with `over` laid on it. Reads no file and no clock.

    A fact that nobody carries fails only our own content: an organization may hide what it likes.
    """
    entries = list(content.entries())
    carried = _carried(entries)
    reasons = {fact: left.reason for left in content.left_out for fact in left.facts}
    missing = tuple(fact for fact in FACTS if fact not in carried and fact not in reasons)
    gaps = [f"fact {fact} of the article is carried by no entry" for fact in missing]
    failures = [*_strange_facts(entries, reasons, carried), *_broken(entries, content), *_too_long(entries)]
    warnings = list(_old(entries, today))
    (warnings if over else failures).extend(gaps)
    return Report(
        directory=directory,
        over=over,
        entries=len(entries),
        carried=carried,
        left_out=dict(sorted(reasons.items())),
        missing=missing,
        failures=tuple(failures),
        warnings=tuple(warnings),
    )


def lines(report: Report) -> list[str]:
    """The report as a person reads it in a terminal."""
    laid_over = f", with {report.over} laid over" if report.over else ""
    facts = f"{len(report.carried)} carried, {len(report.left_out)} left out, {len(report.missing)} missing"
    told = [
        f"{report.entries} entries in {len(FILES)} files of {report.directory}{laid_over}",
        f"Facts of the article: {facts}, of {LAST_FACT}",
        *(f"  {fact}: {_some(refs)}" for fact, refs in sorted(report.carried.items())),
        *(f"  left out {_numbers(facts)}: {reason}" for reason, facts in _by_reason(report.left_out)),
    ]
    told += [f"Look at this: {warning}" for warning in report.warnings]
    told += [f"Wrong: {failure}" for failure in report.failures]
    ending = "All in order." if report.passes else f"{len(report.failures)} to mend."
    return [*told, ending]


def _some(refs: tuple[str, ...]) -> str:
    """The first three entries that carry a fact, and how many more there are."""
    more = len(refs) - 3
    return ", ".join(refs[:3]) + (f" and {more} more" if more > 0 else "")


def place(entry: Entry) -> str:
    """The file an entry belongs in, and its id there."""
    noun = "outcome" if isinstance(entry, Metric) else entry.noun
    file = next(name for name, kind in FILES.items() if kind.noun == noun)
    return f"{file}, {entry.id}"


def _carried(entries: list[Entry]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for entry in entries:
        if not isinstance(entry, LeftOut):
            for fact in entry.facts:
                found.setdefault(fact, []).append(entry.ref)
    return {fact: tuple(refs) for fact, refs in sorted(found.items())}


def _strange_facts(
    entries: list[Entry], reasons: dict[int, str], carried: dict[int, tuple[str, ...]]
) -> Iterator[str]:
    for entry in entries:
        for fact in entry.facts:
            if fact not in FACTS:
                yield f"{place(entry)}: the article has no fact {fact}"
    for fact in sorted(reasons.keys() & carried.keys()):
        yield f"fact {fact} is listed as left out, and {carried[fact][0]} carries it"


def _broken(entries: list[Entry], content: Content) -> Iterator[str]:
    for entry in entries:
        for ref in entry.see:
            if not content.has(ref):
                yield f"{place(entry)}: there is no entry {ref} to see"
    for ref, times in Counter(entry.ref for entry in entries).items():
        if times > 1:
            yield f"{ref} is there {times} times"


def _too_long(entries: list[Entry]) -> Iterator[str]:
    """Slack counts what is sent, where & < > are written longer."""
    for entry in entries:
        if len(escape(entry.heading, quote=False)) > TITLE_LIMIT:
            yield f"{place(entry)}: the heading is longer than {TITLE_LIMIT} characters"
        whole = sum(len(escape(text, quote=False)) + len("\n• ") for text in texts(entry))
        if whole > TEXT_LIMIT:
            yield f"{place(entry)}: its texts are longer than {TEXT_LIMIT} characters"


def _old(entries: list[Entry], today: date) -> Iterator[str]:
    for entry in entries:
        if _year_after(entry.as_of) < today:
            yield f"{place(entry)}: last looked at on {entry.as_of}, more than a year ago"
        if isinstance(entry, Rule) and entry.limits and not _limited(entry, today.year):
            yield f"{place(entry)}: has no limit for {today.year} yet"


def _limited(rule: Rule, year: int) -> bool:
    return any(limit.year == year and limit.non_monetary is not None for limit in rule.limits)


def _year_after(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 3, 1)
    return day.replace(year=day.year + 1)


def _by_reason(left_out: dict[int, str]) -> list[tuple[str, list[int]]]:
    grouped: dict[str, list[int]] = {}
    for fact, reason in left_out.items():
        grouped.setdefault(reason, []).append(fact)
    return list(grouped.items())


def _numbers(facts: list[int]) -> str:
    """1, 2, 3 and 5 as "1–3, 5"."""
    spans: list[list[int]] = []
    for fact in facts:
        if spans and fact == spans[-1][1] + 1:
            spans[-1][1] = fact
        else:
            spans.append([fact, fact])
    return ", ".join(f"{first}–{last}" if last > first else f"{first}" for first, last in spans)
