"""Which block may stand on which surface, and how many of them."""

from __future__ import annotations

from typing import Final, Literal

from sandbox.blockkit import limits
from sandbox.blockkit.blocks import BLOCKS
from sandbox.blockkit.faults import Place

Surface = Literal["message", "modal", "home"]

_EVERYWHERE: Final = frozenset(
    ("actions", "card", "context", "divider", "header", "image", "input", "rich_text", "section", "video")
)
ALLOWED: Final[dict[Surface, frozenset[str]]] = {
    "message": _EVERYWHERE
    | frozenset(
        (
            "carousel",
            "container",
            "context_actions",
            "data_table",
            "data_visualization",
            "markdown",
            "plan",
            "table",
            "task_card",
        )
    ),
    "modal": _EVERYWHERE | {"alert"},
    "home": _EVERYWHERE | {"carousel", "data_table", "table"},
}
"""A file block is on none of them: an app only ever receives it."""

MOST_BLOCKS: Final[dict[Surface, int]] = {
    "message": limits.MESSAGE_BLOCKS,
    "modal": limits.VIEW_BLOCKS,
    "home": limits.VIEW_BLOCKS,
}


def check_surface(block: dict[str, object], surface: Surface, place: Place) -> None:
    """Refuse a known block where Slack would not show it, and elements that need a modal."""
    kind = block.get("type")
    if isinstance(kind, str) and kind in BLOCKS and kind not in ALLOWED[surface]:
        message = f"A block of type {kind} cannot be in a {surface}."
        place.into("type", "").break_rule("block_not_allowed_here", message)
    element = block.get("element")
    if surface != "modal" and isinstance(element, dict) and element.get("type") == "file_input":
        message = "A file_input can only be in a modal."
        place.into("element", "").into("type", "").break_rule("file_input_outside_modal", message)


def check_response_url(
    holder: dict[str, object], element: dict[str, object], surface: Surface, place: Place
) -> None:
    """Only an input of a modal can ask for a response URL."""
    if element.get("response_url_enabled") is True and not (
        surface == "modal" and holder.get("type") == "input"
    ):
        message = "Only an input of a modal can set response_url_enabled."
        place.into("response_url_enabled", "").break_rule("response_url_outside_modal_input", message)
