"""Rules over all blocks of a payload: identifiers that must differ, sums and counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from sandbox.blockkit import limits
from sandbox.blockkit.blocks import BLOCK
from sandbox.blockkit.faults import Place
from sandbox.blockkit.surfaces import MOST_BLOCKS, Surface, check_response_url, check_surface

_NESTED: Final = {"container": "child_blocks", "carousel": "elements"}
_HOLDING: Final = {
    "actions": "elements",
    "context_actions": "elements",
    "card": "actions",
    "section": "accessory",
    "input": "element",
}
_MOST: Final = {
    "table": (limits.TABLES, "too_many_tables"),
    "data_visualization": (limits.CHARTS, "too_many_charts"),
}

Blocks: TypeAlias = list[tuple[Place, dict[str, Any]]]


def check_blocks(value: object, surface: Surface, place: Place) -> Blocks:
    """Check each block by itself and the number of them; return all there are, nested ones too."""
    if not isinstance(value, list):
        place.break_rule("blocks_not_list", "The blocks must be a list.")
        return []
    if len(value) > MOST_BLOCKS[surface]:
        message = f"A {surface} takes at most {MOST_BLOCKS[surface]} blocks, not {len(value)}."
        place.break_rule("too_many_blocks", message)
    found: Blocks = []
    for index, block in enumerate(value):
        here = place.into(index, "block")
        BLOCK.check(block, here)
        found += walk(block, here)
    for here, block in found:
        check_surface(block, surface, here)
    return found


def walk(block: object, place: Place) -> Iterator[tuple[Place, dict[str, Any]]]:
    """A block and the blocks inside it, whatever else may be wrong with them."""
    if not isinstance(block, dict):
        return
    yield place, block
    key = _field(_NESTED, block)
    inner = block.get(key) if key else None
    # One level: what could nest deeper was refused already.
    for index, child in enumerate(inner if isinstance(inner, list) else ()):
        if isinstance(child, dict):
            yield place.into(key, "").into(index, "block"), child


def check_together(blocks: Blocks, surface: Surface) -> None:
    """Check what no block can know alone."""
    _unique_block_ids(blocks)
    _counts(blocks)
    _sums(blocks)
    focused = False
    for place, block in blocks:
        seen: set[str] = set()
        for there, element in _elements(block, place):
            _unique_action_id(element, there, seen)
            check_response_url(block, element, surface, there)
            if element.get("focus_on_load") is True:
                if focused:
                    message = "Only one element of a payload can have the focus on load."
                    there.into("focus_on_load", "").break_rule("focus_on_load_twice", message)
                focused = True


def _field(table: dict[str, str], block: dict[str, Any]) -> str:
    kind = block.get("type")
    return table.get(kind, "") if isinstance(kind, str) else ""


def _elements(block: dict[str, Any], place: Place) -> Iterator[tuple[Place, dict[str, Any]]]:
    key = _field(_HOLDING, block)
    held = block.get(key) if key else None
    if isinstance(held, dict):
        yield place.into(key, "element"), held
    elif isinstance(held, list):
        for index, element in enumerate(held):
            if isinstance(element, dict):
                yield place.into(key, "").into(index, "element"), element


def _unique_block_ids(blocks: Blocks) -> None:
    seen: set[str] = set()
    for place, block in blocks:
        block_id = block.get("block_id")
        if not isinstance(block_id, str):
            continue
        if block_id in seen:
            message = f"Two blocks have the block_id {block_id}."
            place.into("block_id", "").break_rule("duplicate_block_id", message)
        seen.add(block_id)


def _unique_action_id(element: dict[str, Any], place: Place, seen: set[str]) -> None:
    action_id = element.get("action_id")
    if not isinstance(action_id, str):
        return
    if action_id in seen:
        message = f"Two elements of one block have the action_id {action_id}."
        place.into("action_id", "").break_rule("duplicate_action_id", message)
    seen.add(action_id)


def _counts(blocks: Blocks) -> None:
    count = dict.fromkeys(_MOST, 0)
    for place, block in blocks:
        kind = block.get("type")
        if not isinstance(kind, str) or kind not in _MOST:
            continue
        count[kind] += 1
        most, rule = _MOST[kind]
        if count[kind] > most:
            place.break_rule(rule, f"Slack takes at most {most} of the block {kind} at once.")


def _sums(blocks: Blocks) -> None:
    markdown = cells = 0
    for place, block in blocks:
        text, rows = block.get("text"), block.get("rows")
        if block.get("type") == "markdown" and isinstance(text, str):
            alone, before = len(text), markdown
            markdown += alone
            # A block too long by itself has its own fault.
            if alone <= limits.MARKDOWN < markdown and before <= limits.MARKDOWN:
                message = f"Slack takes at most {limits.MARKDOWN} characters in all markdown blocks together."
                place.into("text", "").break_rule("markdown_total_too_long", message)
        elif block.get("type") == "data_table" and isinstance(rows, list):
            before, cells = cells, cells + sum(_characters(row) for row in rows)
            if before <= limits.DATA_TABLE_CHARACTERS < cells:
                message = f"Slack takes at most {limits.DATA_TABLE_CHARACTERS} characters in all data tables together."
                place.into("rows", "").break_rule("data_tables_too_long", message)


def _characters(row: object) -> int:
    """The length of all texts in a row of cells, however they are nested."""
    total = 0
    waiting = [row]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            text = value.get("text")
            total += len(text) if isinstance(text, str) else 0
            waiting.append(value.get("elements"))
    return total
