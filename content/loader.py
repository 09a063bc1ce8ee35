"""Reads the YAML files into one frozen `Content`, or says in which file and line what is wrong."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from content.entry import Entry
from content.knowledge import (
    Accreditor,
    Background,
    ExperienceFact,
    LeftOut,
    PacketPart,
    Question,
    ResumeAdvice,
    Rule,
    Skill,
    SourceNote,
    Study,
    Synonym,
    Term,
    Training,
)
from content.models import Credential, Criterion, Outcome, Rung, Step
from content.nudges import Nudge
from content.references import faults, without_hidden
from content.rows import ContentError, Hidden, Problem, Sheet, sheet
from content.store import Content

FILES: dict[str, type[Entry]] = {
    "roadmap.yaml": Step,
    "ladder.yaml": Rung,
    "education.yaml": Study,
    "accreditation.yaml": Accreditor,
    "skills.yaml": Skill,
    "experience.yaml": ExperienceFact,
    "training.yaml": Training,
    "credentials.yaml": Credential,
    "backgrounds.yaml": Background,
    "outcomes.yaml": Outcome,
    "criteria.yaml": Criterion,
    "nudges.yaml": Nudge,
    "resume.yaml": ResumeAdvice,
    "packet.yaml": PacketPart,
    "faq.yaml": Question,
    "compliance.yaml": Rule,
    "glossary.yaml": Term,
    "synonyms.yaml": Synonym,
    "sources.yaml": SourceNote,
    "left_out.yaml": LeftOut,
}
OWN = Path(__file__).parent


def load(directory: Path | None = None, *, over: Path | None = None) -> Content:
    """Read every file of `directory` (the product's own, unless given).

    `over` is a folder with an organization's own files, all optional: an entry with a known id replaces ours,
    a new one is added, and one that is hidden is gone, with whatever hangs on it alone. Raises `ContentError`,
    which lists every problem found.
    """
    table, problems = _read([(directory or OWN) / name for name in FILES], hiding=False)
    if over is not None:
        theirs, more = _read(_own_files(over), hiding=True)
        problems += more
        table = {
            name: _laid_over(ours, theirs[name]) if name in theirs else ours for name, ours in table.items()
        }
        problems += [problem for own in table.values() for problem in _hidden_in_vain(own)]
    if problems:
        raise ContentError(problems)
    every = list(without_hidden([row for own in table.values() for row in own.rows], _taken_out(table)))
    content = Content.of(row.entry for row in every)
    if problems := list(faults(content, every)):
        raise ContentError(problems)
    return content


def _read(paths: list[Path], *, hiding: bool) -> tuple[dict[str, Sheet], list[Problem]]:
    """All files, so that one start tells all that is wrong."""
    table: dict[str, Sheet] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            table[_plain_name(path)] = sheet(path, FILES[_plain_name(path)], hiding=hiding)
        except ContentError as error:
            table[_plain_name(path)] = Sheet([], [])
            problems += error.problems
    return table, problems


def _own_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise ContentError([Problem(folder, None, "there is no such folder")])
    paths = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])
    if unknown := [path for path in paths if _plain_name(path) not in FILES]:
        raise ContentError(Problem(path, None, f"is not one of {', '.join(FILES)}") for path in unknown)
    if twice := [path for path in paths if path.suffix == ".yml" and path.with_suffix(".yaml") in paths]:
        raise ContentError(Problem(path, None, f"is there as {_plain_name(path)}, too") for path in twice)
    return paths


def _plain_name(path: Path) -> str:
    return f"{path.stem}.yaml"


def _laid_over(ours: Sheet, theirs: Sheet) -> Sheet:
    table = {row.entry.id: row for row in ours.rows} | {row.entry.id: row for row in theirs.rows}
    return replace(theirs, rows=list(table.values()))


def _hidden_in_vain(own: Sheet) -> Iterator[Problem]:
    known = {row.entry.id for row in own.rows}
    for hidden in own.hidden:
        if hidden.id not in known:
            yield hidden.problem(f"there is no entry {hidden.id} here to hide")


def _taken_out(table: dict[str, Sheet]) -> set[str]:
    """The references of all that is hidden."""
    return {ref for name, own in table.items() for ref in _refs(FILES[name], own.hidden)}


def _refs(kind: type[Entry], hidden: Iterable[Hidden]) -> Iterator[str]:
    for gone in hidden:
        yield f"{kind.noun}/{gone.id}"
