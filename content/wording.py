"""The words of an entry, for whoever searches or measures them: names and texts, without ids, dates and badges."""

from collections.abc import Iterator

from pydantic import BaseModel

from content.entry import Entry, Provenance

_NAMES = frozenset({"heading", "title", "name", "full", "label", "aliases"})  # `names` has them
_FOR_THE_RULES = frozenset({"id", "see", "completes", "test", "metrics", "outcome", "rung", "credential"})
_POINTERS = frozenset({"skill", "derived"})  # inside a part of an entry
_BESIDE_THE_TEXT = frozenset(Provenance.model_fields) | _NAMES | _FOR_THE_RULES


def names(entry: Entry) -> tuple[str, ...]:
    """The heading first, then all other ways to say it; an id only where nothing else names the entry."""
    said = [name for name in entry.spoken if name != entry.id]
    return tuple(dict.fromkeys([entry.heading, *said]))


def texts(entry: Entry) -> Iterator[str]:
    """Every text of an entry that a person may read, but for its names."""
    for key, value in entry:
        if key not in _BESIDE_THE_TEXT:
            yield from _inside(value)


def _inside(value: object) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for key, inner in value:
            if key not in _POINTERS:
                yield from _inside(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _inside(inner)
    elif type(value) is str:  # an enum's value is a str, too, and says nothing to a person
        yield value
