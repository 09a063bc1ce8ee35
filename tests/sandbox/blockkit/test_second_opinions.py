"""The two libraries are asked, are heard, and do not cry wolf."""

from __future__ import annotations

import pytest

from sandbox.blockkit import adapters, check_message
from sandbox.blockkit.adapters import by_blockkit, by_slackblocks
from tests.sandbox.blockkit.samples import (
    Json,
    actions,
    button,
    context,
    option,
    picture,
    plain,
    plot,
    section,
)

SEEN_BY_BOTH: list[Json] = [
    section(text=plain("x" * 3_001)),
    {"type": "header", "text": plain("x" * 151)},
    {"type": "markdown", "text": "x" * 12_001},
    actions(*(button(str(number)) for number in range(26))),
    actions(button(value="x" * 2_001)),
    actions({"type": "overflow", "options": [option(str(number)) for number in range(6)]}),
    context(*(plain() for _ in range(11))),
    picture(image_url="https://example.com/" + "x" * 3_000),
    {
        "type": "input",
        "label": plain(),
        "element": {"type": "number_input", "is_decimal_allowed": False, "min_value": "9", "max_value": "x"},
    },
]


@pytest.mark.parametrize("block", SEEN_BY_BOTH[:-1], ids=lambda block: block["type"])
def test_both_libraries_see_what_breaks_their_limits(block: Json) -> None:
    assert by_blockkit.objection(block)
    assert by_slackblocks.objection(block)


def test_slackblocks_sees_what_only_it_knows() -> None:
    assert by_slackblocks.objection(SEEN_BY_BOTH[-1])
    assert by_slackblocks.objection(section(fields=[plain("x" * 2_001)]))
    assert by_slackblocks.objection(plot(axis_config={"categories": ["Jan"]}))


def test_a_library_has_no_opinion_on_what_it_cannot_express() -> None:
    assert by_blockkit.objection(plot(axis_config={})) is None
    assert by_slackblocks.objection({"type": "table", "rows": []}) is None
    assert by_slackblocks.objection({"type": "banner"}) is None


def test_an_objection_of_a_library_is_a_fault_of_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_slackblocks, "objection", lambda block: "too blue.")
    adapters._judges.cache_clear()
    adapters._opinions.cache_clear()
    try:
        faults = check_message({"blocks": [section(text=plain("blue")), {"type": "banner"}]})
    finally:
        adapters._judges.cache_clear()
        adapters._opinions.cache_clear()

    assert [(fault.rule, fault.pointer) for fault in faults] == [
        ("unknown_block", "/blocks/1/type"),
        ("slackblocks", "/blocks/0"),
    ], "the second block has a fault of its own and needs no second opinion"
