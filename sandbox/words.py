"""The words a person reads in blocks, and the elements they can press or fill, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

# What a person never reads although it is a string.
SILENT = frozenset(
    {
        "type", "action_id", "block_id", "value", "url", "image_url", "style", "callback_id", "private_metadata",
        "external_id", "id", "hash", "initial_value", "initial_date", "initial_time", "timezone", "ts",
        "initial_conversation", "initial_user", "initial_channel", "name", "user_id", "channel_id", "team_id",
        "usergroup_id", "unicode", "color", "width", "align", "response_action",
    }
)  # fmt: skip


def words(part: object) -> str:
    """All human text of blocks (or of any part of them), joined by line ends."""
    return "\n".join(line for line in _lines(part) if line.strip())


def _lines(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        if part.get("type") == "emoji":
            yield f":{part.get('name')}:"
        for key, value in part.items():
            if key not in SILENT:
                yield from _lines(value)
    elif isinstance(part, Sequence):
        for item in part:
            yield from _lines(item)


def plain(text: object) -> str:
    """The string of a text object, or the string itself."""
    if isinstance(text, Mapping):
        return str(text.get("text", ""))
    return "" if text is None else str(text)


@dataclass(frozen=True)
class Place:
    """One interactive element where it stands."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        return str(self.block.get("block_id", ""))

    @property
    def action_id(self) -> str:
        return str(self.element.get("action_id", ""))

    @property
    def kind(self) -> str:
        return str(self.element.get("type", ""))

    @property
    def label(self) -> str:
        """What names the element to the person: its text, its input's label, its placeholder or the text beside it."""
        for text in (self.element.get("text"), self.block.get("label"), self.element.get("placeholder")):
            if text:
                return plain(text)
        return plain(self.block.get("text")) or self.action_id


NESTED = {"container": "child_blocks", "carousel": "elements"}
"""Where blocks hold blocks."""
NO_CONTROLS = frozenset({"image", "mrkdwn", "plain_text"})


def places(blocks: Sequence[Json]) -> list[Place]:
    """Every interactive element of blocks, also those nested in containers and cards."""
    return [place for block in blocks for place in _places_of(block)]


def _places_of(block: Json) -> Iterator[Place]:
    kind = block.get("type")
    found: list[Any] = []
    if kind == "input":
        found = [block.get("element")]
    elif kind == "section":
        found = [block.get("accessory")]
    elif kind in {"actions", "context_actions"}:
        found = list(block.get("elements") or [])
    elif kind == "card":
        found = list(block.get("actions") or [])
    for element in found:
        if isinstance(element, dict) and element.get("type") not in NO_CONTROLS:
            yield Place(block, element)
    for child in block.get(NESTED.get(str(kind), ""), []):
        yield from _places_of(child)
