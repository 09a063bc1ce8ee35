"""One YAML file into checked entries that remember the line they stand on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import yaml
from pydantic import ValidationError

from content.entry import Entry

# The C loader reads the same language ten times as fast; it is there wherever PyYAML was built with libyaml.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Loader(_Safe):  # type: ignore[misc]  # its base is chosen at run time
    """Leaves dates as text: the models read them, and know on which line a wrong one stands."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
        for first, known in _Safe.yaml_implicit_resolvers.items()
    }


@dataclass(frozen=True)
class Problem:
    path: Path
    line: int | None
    what: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.what}"


class ContentError(Exception):
    """The content cannot be used; the message has one line per problem, each naming its file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Row:
    """An entry and where it was written."""

    entry: Entry
    path: Path
    node: yaml.MappingNode

    def problem(self, what: str, *keys: str | int) -> Problem:
        """A problem at the line of the value that `keys` lead to, as far as they lead."""
        return Problem(self.path, _line(self.node, keys), what)


@dataclass(frozen=True)
class Hidden:
    """An id that an organization takes out, and where it says so."""

    id: str
    path: Path
    line: int

    def problem(self, what: str) -> Problem:
        return Problem(self.path, self.line, what)


@dataclass(frozen=True)
class Sheet:
    """What one file says."""

    rows: list[Row]
    hidden: list[Hidden]


def sheet(path: Path, model: type[Entry], *, hiding: bool = False) -> Sheet:
    """The file's `entries`; what its `defaults` say holds for each entry that does not say otherwise.

    With `hiding`, entries may be taken out: by a list of ids called `hide`, or by `hide: true` beside an id.
    """
    data, node = _read(path)
    if not _is_table(data, hiding=hiding):
        raise ContentError([Problem(path, 1, _SHAPE_OVER if hiding else _SHAPE)])
    found, problems = [], []
    hidden = [
        Hidden(str(name), path, place.start_mark.line + 1)
        for name, place in zip(data.get("hide", ()), _items(node, "hide"), strict=True)
    ]
    for raw, place in zip(data.get("entries", ()), _items(node, "entries"), strict=True):
        if hiding and isinstance(raw, dict) and "hide" in raw:
            if raw["hide"] is not True or raw.keys() != {"id", "hide"}:
                what = "an entry is hidden by its id and hide: true, with nothing else beside them"
                problems.append(Problem(path, _line(place, ("hide",)), what))
            else:
                hidden.append(Hidden(str(raw["id"]), path, _line(place, ("id",))))
            continue
        try:
            merged = {**data.get("defaults", {}), **raw} if isinstance(raw, dict) else raw
            found.append(Row(model.model_validate(merged), path, place))
        except ValidationError as error:
            problems += [Problem(path, _line(place, e["loc"]), _told(e)) for e in error.errors()]
    problems += _duplicates(found)
    if problems:
        raise ContentError(problems)
    return Sheet(found, hidden)


_SHAPE = "must hold a list called entries and, at most, defaults beside it"
_SHAPE_OVER = "must hold a list called entries, a list called hide, or both, and at most defaults beside them"


def _is_table(data: Any, *, hiding: bool) -> bool:
    if not isinstance(data, dict) or not isinstance(data.get("defaults", {}), dict):
        return False
    lists = {"entries", "hide"} if hiding else {"entries"}
    present = data.keys() & lists
    return bool(
        present and not data.keys() - lists - {"defaults"} and all(isinstance(data[k], list) for k in present)
    )


def _items(node: yaml.Node, key: str) -> list[Any]:
    found = _child(node, key)
    return found.value if found else []


def _read(path: Path) -> tuple[Any, Any]:
    """The file's data, and the nodes that know their lines."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Problem(path, None, f"cannot be read: {error}")]) from error
    try:
        loader = Loader(text)
        node = loader.get_single_node()
        repeated = list(_repeated_keys(node))
        data = loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a tag such as !!int x
        raise ContentError([_not_yaml(path, error)]) from error
    if repeated:
        raise ContentError(Problem(path, line, f"{key} is written twice") for key, line in repeated)
    return data, node


def _not_yaml(path: Path, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Problem(path, mark.line + 1 if mark else None, f"is not YAML: {what}")


def _repeated_keys(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """YAML lets the last of two equal keys win in silence; a text would be lost."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(str(key.value))
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated_keys(item)


def _child(node: yaml.Node, key: str | int) -> Any:
    """The node under a key or index, or None: pydantic's paths also name things that stand in no file."""
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == key), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key]
    return None


def _line(node: yaml.Node, keys: Iterable[str | int]) -> int:
    path = tuple(keys)
    for place, key in enumerate(path, start=1):
        child = _child(node, key)
        # A test's kind stands in pydantic's path like a key ("outcome") and may be the name of one, too.
        if child and (place == len(path) or not isinstance(child, yaml.ScalarNode)):
            node = child
    return int(node.start_mark.line) + 1


def _told(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"])
    what = error["msg"].removeprefix("Value error, ")
    return f"{where}: {what}" if where else what


def _duplicates(found: list[Row]) -> list[Problem]:
    seen: dict[str, Row] = {}
    twice = [row for row in found if seen.setdefault(row.entry.id, row) is not row]
    return [row.problem(f"the id {row.entry.id} is already taken", "id") for row in twice]
