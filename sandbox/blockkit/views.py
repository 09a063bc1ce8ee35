"""The check of a view, modal or home, and of the errors that answer its submission."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sandbox.blockkit import limits
from sandbox.blockkit.adapters import second_opinions
from sandbox.blockkit.faults import Fault, Place
from sandbox.blockkit.kinds import Anything, Boolean, Kind, Record, String
from sandbox.blockkit.messages import size_in_bytes
from sandbox.blockkit.objects import Text
from sandbox.blockkit.payload import check_blocks, check_together
from sandbox.blockkit.surfaces import Surface

_TITLE: Final = Text(limits.VIEW_TITLE, plain=True)
_COMMON: Final[dict[str, Kind]] = {
    "type": Anything(),
    "blocks": Anything(),
    "private_metadata": String(limits.PRIVATE_METADATA, shortest=0),
    "callback_id": String(limits.IDENTIFIER, shortest=0),
    "external_id": String(limits.IDENTIFIER, shortest=0),
}
_MODAL: Final = Record(
    "view",
    {
        **_COMMON,
        "title": _TITLE,
        "submit": _TITLE,
        "close": _TITLE,
        "clear_on_close": Boolean(),
        "notify_on_close": Boolean(),
        "submit_disabled": Boolean(),
    },
    required=("title", "blocks"),
)
_HOME: Final = Record("view", _COMMON, required=("blocks",))


def check_view(view: Mapping[str, Any]) -> list[Fault]:
    """What Slack would refuse in a modal or a home view; an empty list means nothing."""
    faults: list[Fault] = []
    place = Place(faults, "invalid_arguments", name="view")
    kind = view.get("type")
    if kind == "modal":
        _check(view, "modal", _MODAL, place)
    elif kind == "home":
        _check(view, "home", _HOME, place)
    else:
        place.into("type", "view_type").break_rule("view_type_unknown", "A view must be a modal or a home.")
    return faults


def _check(view: Mapping[str, Any], surface: Surface, record: Record, place: Place) -> None:
    # A home is told why it has no buttons, rather than that it knows no such field.
    buttons = () if surface == "modal" else ("submit", "close")
    for key in buttons:
        if key in view:
            there = place.into(key, f"home_{key}")
            there.refuse("not_allowed", f"A home view has no {key}.")
    record.check({key: value for key, value in view.items() if key not in buttons}, place)
    if view.get("blocks") is not None:
        blocks = check_blocks(view["blocks"], surface, place.into("blocks", "blocks"))
        if surface == "modal" and "submit" not in view and any(b.get("type") == "input" for _, b in blocks):
            place.into("submit", "").break_rule("submit_missing", "A modal with inputs needs a submit.")
        check_together(blocks, surface)
        second_opinions(blocks)
    if size_in_bytes(dict(view)) > limits.VIEW_BYTES:
        message = f"The view takes more than {limits.VIEW_BYTES} bytes."
        place.break_rule("view_too_large", message, "view_too_large")


def check_errors(errors: Mapping[str, Any], view: Mapping[str, Any]) -> list[Fault]:
    """What Slack would refuse in the errors of a ``response_action: errors`` to the submission of `view`.

    Slack documents no limit on the length of an error, so there is none.
    """
    faults: list[Fault] = []
    place = Place(faults, "invalid_arguments", name="errors")
    inputs = _input_block_ids(view)
    if not errors:
        place.break_rule("errors_empty", "The errors must name at least one block.")
    for block_id, message in errors.items():
        there = place.into(block_id, "error")
        if block_id not in inputs:
            there.break_rule("errors_unknown_block", f"No input of the view has the block_id {block_id}.")
        if not isinstance(message, str):
            there.break_rule("errors_not_string", "An error must be a string.")
        elif not message:
            there.break_rule("errors_text_empty", "An error must say something.")
    return faults


def _input_block_ids(view: Mapping[str, Any]) -> set[str]:
    blocks = view.get("blocks")
    return {
        block["block_id"]
        for block in (blocks if isinstance(blocks, list) else ())
        if isinstance(block, dict) and block.get("type") == "input" and isinstance(block.get("block_id"), str)
    }
