"""Reads the YAML files into one frozen `Content`, or says in which file and line what is wrong."""

from pathlib import Path

from content.entry import Entry
from content.models import Credential, Criterion, Nudge, Outcome, Rung, Step
from content.references import faults
from content.rows import ContentError, Problem, Row, rows
from content.store import Content

FILES: dict[str, type[Entry]] = {
    "roadmap.yaml": Step,
    "ladder.yaml": Rung,
    "credentials.yaml": Credential,
    "criteria.yaml": Criterion,
    "outcomes.yaml": Outcome,
    "nudges.yaml": Nudge,
}
OWN = Path(__file__).parent


def load(directory: Path | None = None, *, over: Path | None = None) -> Content:
    """Read every file of `directory` (the product's own, unless given).

    `over` is a folder with an organization's own files, all optional: an entry with a known id replaces ours,
    a new one is added. Raises `ContentError`, which lists every problem found.
    """
    table, problems = _read([(directory or OWN) / name for name in FILES])
    if over is not None:
        theirs, more = _read(_own_files(over))
        table = {name: _laid_over(ours, theirs.get(name, [])) for name, ours in table.items()}
        problems += more
    if problems:
        raise ContentError(problems)
    every = [row for file in table.values() for row in file]
    content = Content.of(row.entry for row in every)
    if problems := list(faults(content, every)):
        raise ContentError(problems)
    return content


def _read(paths: list[Path]) -> tuple[dict[str, list[Row]], list[Problem]]:
    """All files, so that one start tells all that is wrong."""
    table: dict[str, list[Row]] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            table[path.name] = rows(path, FILES[path.name])
        except ContentError as error:
            table[path.name] = []
            problems += error.problems
    return table, problems


def _own_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise ContentError([Problem(folder, None, "there is no such folder")])
    paths = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])
    if unknown := [path for path in paths if path.name not in FILES]:
        raise ContentError(Problem(path, None, f"is not one of {', '.join(FILES)}") for path in unknown)
    return paths


def _laid_over(ours: list[Row], theirs: list[Row]) -> list[Row]:
    table = {row.entry.id: row for row in ours}
    return list((table | {row.entry.id: row for row in theirs}).values())
