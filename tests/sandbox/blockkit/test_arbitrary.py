"""Whatever is thrown at the checker, it answers with faults and never with an exception."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.blockkit import check_errors, check_message, check_view
from sandbox.blockkit.blocks import BLOCKS
from sandbox.blockkit.elements import ELEMENTS
from sandbox.blockkit.surfaces import ALLOWED
from tests.sandbox.blockkit.everything import EVERY_BLOCK, EVERY_ELEMENT, IN_ACTIONS, IN_INPUT
from tests.sandbox.blockkit.samples import Json, actions, home, message, modal, question

WORDS = sorted(
    {*BLOCKS, *ELEMENTS, "modal", "home", "plain_text", "mrkdwn", "pie", "line", "raw_text", "1.5"}
)
KEYS = sorted(
    {
        "type",
        "text",
        "blocks",
        "elements",
        "element",
        "accessory",
        "actions",
        "block_id",
        "action_id",
        "options",
    }
    | {
        "child_blocks",
        "rows",
        "chart",
        "series",
        "data",
        "segments",
        "axis_config",
        "categories",
        "attachments",
    }
    | {
        "initial_option",
        "option_groups",
        "min_value",
        "max_value",
        "title",
        "tasks",
        "metadata",
        "event_payload",
    }
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(WORDS),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner),
    max_leaves=30,
)


@pytest.mark.slow
@settings(deadline=None)  # the first example imports both libraries
@given(st.dictionaries(st.sampled_from(KEYS) | st.text(), ANYTHING))
def test_whatever_comes_is_judged_and_never_raises(payload: dict[str, Any]) -> None:
    assert isinstance(check_message(payload), list)
    assert isinstance(check_view(payload), list)
    assert isinstance(check_view({**payload, "type": "modal"}), list)
    assert isinstance(check_errors(payload, payload), list)


GOOD = [
    *(message(block) for kind in sorted(ALLOWED["message"]) for block in EVERY_BLOCK[kind]),
    *(modal(question(sample)) for kind in sorted(IN_INPUT) for sample in EVERY_ELEMENT[kind]),
    *(home(actions(sample)) for kind in sorted(IN_ACTIONS) for sample in EVERY_ELEMENT[kind]),
]


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in parts:
        yield from places(item, (*path, key))


@settings(deadline=None)  # the first example imports both libraries
@given(st.sampled_from(GOOD), st.data())
def test_a_good_payload_with_anything_inside_is_judged_and_never_raises(
    payload: Json, data: st.DataObject
) -> None:
    changed = json.loads(json.dumps(payload))
    *path, last = data.draw(st.sampled_from([place for place in places(changed) if place]))
    inner = changed
    for step in path:
        inner = inner[step]
    inner[last] = data.draw(ANYTHING)

    assert isinstance((check_view if "type" in changed else check_message)(changed), list)


def test_what_is_nested_too_deep_is_refused() -> None:
    deep: Any = []
    for _ in range(5_000):
        deep = [deep]

    assert check_message(message(metadata={"event_type": "x", "event_payload": {"x": deep}}))
    assert check_view(home({"type": "section", "text": deep}))
    assert check_message(message(blocks="[" * 100_000))
