"""The blocks: every field of each, and what each may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sandbox.blockkit import limits, objects
from sandbox.blockkit.charts import DATA_TABLE, DATA_VISUALIZATION, TABLE
from sandbox.blockkit.elements import (
    BUTTONS_ONLY,
    IMAGES_ONLY,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from sandbox.blockkit.faults import Place
from sandbox.blockkit.kinds import (
    Anything,
    Boolean,
    Choice,
    Family,
    Integer,
    Items,
    Kind,
    Record,
    Rule,
    String,
)
from sandbox.blockkit.objects import StringOr, Text
from sandbox.blockkit.rich_text import RICH_TEXT, RICH_TEXT_BLOCK
from sandbox.blockkit.rules import at_least_one, at_most_one, exactly_one, needs, unique


def _block(name: str, required: str = "", rules: tuple[Rule, ...] = (), /, **fields: Kind) -> Record:
    common: dict[str, Kind] = {"type": Anything(), "block_id": String(limits.IDENTIFIER)}
    return Record(name, common | fields, required.split(), rules)


def _files_do_not_dispatch(value: Mapping[str, Any], place: Place) -> None:
    if value["element"]["type"] == "file_input" and value.get("dispatch_action"):
        there = place.into("dispatch_action", "file_input_dispatch_action")
        there.refuse("not_allowed", "An input with a file_input cannot dispatch actions.")


_CARD: Final = _block(
    "card",
    "",
    (at_least_one("hero_image", "title", "actions", "body"), at_most_one("icon", "slack_icon")),
    hero_image=IMAGES_ONLY,
    icon=IMAGES_ONLY,
    slack_icon=Record("slack_icon", {"type": Choice(("icon",)), "name": String()}, required=("type", "name")),
    title=Text(limits.CARD_TITLE),
    subtitle=Text(limits.CARD_TITLE),
    body=Text(limits.CARD_BODY),
    subtext=Text(limits.CARD_BODY),
    actions=Items(BUTTONS_ONLY, "card_action", limits.CARD_ACTIONS),
)

_TASK: Final[dict[str, Kind]] = {
    "task_id": String(),
    "title": String(),
    "details": RICH_TEXT_BLOCK,
    "output": RICH_TEXT_BLOCK,
    "sources": Items(
        Family(
            "source",
            {
                "url": Record(
                    "source", {"type": Anything(), "url": objects.LINK, "text": String()}, ("url", "text")
                )
            },
        ),
        "source",
        fewest=0,
    ),
}
_RUNNING: Final = ("in_progress", "complete", "error")
_TASK_CARD: Final = _block("task_card", "task_id title", status=Choice(_RUNNING), **_TASK)
_PLANNED: Final = _block("task_card", "task_id title", status=Choice(("pending", *_RUNNING)), **_TASK)

_SIMPLE: Final[dict[str, Kind]] = {
    "actions": _block("actions", "elements", elements=Items(IN_ACTIONS, "actions_block", limits.ACTIONS)),
    "context": _block(
        "context", "elements", elements=Items(IN_CONTEXT, "context_element", limits.CONTEXT_ELEMENTS)
    ),
    "divider": _block("divider"),
    "file": _block("file", "external_id source", external_id=String(), source=Choice(("remote",))),
    "header": _block(
        "header", "text", text=Text(limits.HEADER, plain=True), level=Integer(1, limits.HEADER_LEVELS)
    ),
    "image": _block(
        "image",
        "alt_text",
        (exactly_one("image_url", "slack_file"),),
        alt_text=String(limits.ALT_TEXT),
        image_url=objects.WEB_ADDRESS,
        slack_file=objects.SLACK_FILE,
        title=Text(limits.IMAGE_TITLE, plain=True),
    ),
    "input": _block(
        "input",
        "label element",
        (_files_do_not_dispatch,),
        label=Text(limits.INPUT_LABEL, plain=True),
        element=IN_INPUT,
        hint=Text(limits.INPUT_LABEL, plain=True),
        optional=Boolean(),
        dispatch_action=Boolean(),
    ),
    "rich_text": RICH_TEXT,
    "section": _block(
        "section",
        "",
        (at_least_one("text", "fields"),),
        text=Text(),
        fields=Items(Text(limits.SECTION_FIELD), "section_field", limits.SECTION_FIELDS),
        accessory=IN_SECTION,
        expand=Boolean(),
    ),
    "table": TABLE,
    "video": _block(
        "video",
        "alt_text title thumbnail_url video_url",
        alt_text=String(limits.ALT_TEXT),
        title=Text(limits.VIDEO_TITLE, plain=True),
        title_url=objects.SECURE_ADDRESS,
        description=Text(limits.VIDEO_TITLE, plain=True),
        video_url=objects.SECURE_ADDRESS,
        thumbnail_url=objects.WEB_ADDRESS,
        author_name=String(limits.VIDEO_NAME),
        provider_name=String(),
        provider_icon_url=objects.WEB_ADDRESS,
    ),
}
"""What stands by itself, and inside a container."""

_OTHERS: Final[dict[str, Kind]] = {
    "alert": _block(
        "alert",
        "text",
        text=Text(limits.ALERT),
        level=Choice(("default", "info", "warning", "error", "success")),
    ),
    "card": _CARD,
    "carousel": _block(
        "carousel",
        "elements",
        elements=Items(Family("block", {"card": _CARD}, known=_SIMPLE), "carousel", limits.CAROUSEL_CARDS),
    ),
    "context_actions": _block(
        "context_actions",
        "elements",
        elements=Items(IN_CONTEXT_ACTIONS, "context_actions_block", limits.CONTEXT_ACTIONS),
    ),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "markdown": _block("markdown", "text", text=String(limits.MARKDOWN)),
    "plan": _block(
        "plan",
        "title",
        (unique("tasks", "task_id"),),
        title=StringOr(String(), Text(plain=True)),
        tasks=Items(_PLANNED, "task_card", limits.PLAN_TASKS, fewest=0),
    ),
    "task_card": _TASK_CARD,
}

_CONTAINER: Final = _block(
    "container",
    "child_blocks",
    (at_least_one("title", "rich_text_title"), needs("default_collapsed", "is_collapsible")),
    title=Text(limits.CONTAINER_TITLE, plain=True),
    rich_text_title=RICH_TEXT_BLOCK,
    subtitle=Text(limits.CONTAINER_TITLE),
    icon=IMAGES_ONLY,
    width=Choice(("narrow", "standard", "wide", "full")),
    is_collapsible=Boolean(),
    default_collapsed=Boolean(),
    has_header_divider=Boolean(),
    child_blocks=Items(
        Family("block", _SIMPLE, known=(*_OTHERS, "container")), "container", limits.CONTAINER_BLOCKS
    ),
)

BLOCKS: Final[dict[str, Kind]] = {**_SIMPLE, **_OTHERS, "container": _CONTAINER}
BLOCK: Final = Family("block", BLOCKS)
