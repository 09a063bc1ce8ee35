"""The elements: every field of each, and which block may hold which."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from sandbox.blockkit import limits, objects
from sandbox.blockkit.kinds import (
    Anything,
    Boolean,
    Choice,
    Family,
    Integer,
    Items,
    Kind,
    Parsed,
    Record,
    Rule,
    String,
)
from sandbox.blockkit.objects import ACCESSIBILITY_LABEL, CONFIRM, PLACEHOLDER, STYLE, Text
from sandbox.blockkit.rich_text import RICH_TEXT_BLOCK
from sandbox.blockkit.rules import (
    between,
    exactly_one,
    initially_among_options,
    needs,
    not_longer,
    ordered,
    whole_numbers,
)

_ACTION_ID: Final = String(limits.IDENTIFIER)
_FREE: Final = String(shortest=0)
_IDS: Final = Items(String(), "id")
_BUTTON_TEXT: Final = Text(limits.LABEL, plain=True)
_BUTTON_VALUE: Final = String(limits.BUTTON_VALUE)
_NUMERIC: Final = String(
    limits.NUMBER, shape=re.compile(r"-?[0-9]+(\.[0-9]+)?"), looks_like="a number written as a string"
)
_TIME: Final = String(shape=re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]"), looks_like="HH:MM on 24 hours")


def _calendar_date(value: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError(value)
    return date.fromisoformat(value)


def _element(name: str, required: str = "", rules: tuple[Rule, ...] = (), /, **fields: Kind) -> Record:
    return Record(name, {"type": Anything(), "action_id": _ACTION_ID, **fields}, required.split(), rules)


def _picker(name: str, /, **fields: Kind) -> Record:
    return _element(name, confirm=CONFIRM, focus_on_load=Boolean(), **fields)


def _select(name: str, rules: tuple[Rule, ...] = (), /, **fields: Kind) -> Record:
    """A select, or with `multi_` before its name one that takes several."""
    if name.startswith("multi_"):
        fields["max_selected_items"] = Integer(1)
    common: dict[str, Kind] = {"confirm": CONFIRM, "focus_on_load": Boolean(), "placeholder": PLACEHOLDER}
    return _element(name, "", rules, **common, **fields)


def _typed(name: str, required: str = "", rules: tuple[Rule, ...] = (), /, **fields: Kind) -> Record:
    """An element one types into."""
    common: dict[str, Kind] = {
        "dispatch_action_config": objects.DISPATCH_ACTION_CONFIG,
        "focus_on_load": Boolean(),
        "placeholder": PLACEHOLDER,
    }
    return _element(name, required, rules, **common, **fields)


def _choices(name: str, initial: str, kind: Kind) -> Record:
    return _element(
        name,
        "options",
        (initially_among_options(initial),),
        options=Items(objects.FORMATTED_OPTION, "option", limits.CHOICES),
        confirm=CONFIRM,
        focus_on_load=Boolean(),
        **{initial: kind},
    )


_STATIC: Final[dict[str, Kind]] = {
    "options": Items(objects.OPTION, "option", limits.OPTIONS),
    "option_groups": Items(objects.OPTION_GROUP, "option_group", limits.OPTION_GROUPS),
}
_ONE_SOURCE: Final = exactly_one("options", "option_groups")
_SEVERAL_OPTIONS: Final = Items(objects.OPTION, "option")

BUTTON: Final = _element(
    "button",
    "text",
    (needs("agent_prompt_display", "agent_prompt"),),
    text=_BUTTON_TEXT,
    url=objects.LINK,
    value=_BUTTON_VALUE,
    style=STYLE,
    confirm=CONFIRM,
    accessibility_label=ACCESSIBILITY_LABEL,
    agent_prompt=String(limits.AGENT_PROMPT),
    agent_prompt_display=String(),
)

IMAGE: Final = Record(
    "image",
    {
        "type": Anything(),
        "alt_text": String(limits.ALT_TEXT),
        "image_url": objects.WEB_ADDRESS,
        "slack_file": objects.SLACK_FILE,
    },
    required=("alt_text",),
    rules=(exactly_one("image_url", "slack_file"),),
)

_FEEDBACK: Final = Record(
    "feedback_button",
    {"text": _BUTTON_TEXT, "value": _BUTTON_VALUE, "accessibility_label": ACCESSIBILITY_LABEL},
    required=("text", "value"),
)

_BUTTONS: Final[dict[str, Kind]] = {
    "button": BUTTON,
    "workflow_button": _element(
        "workflow_button",
        "text workflow",
        text=_BUTTON_TEXT,
        workflow=objects.WORKFLOW,
        style=STYLE,
        confirm=CONFIRM,
        accessibility_label=ACCESSIBILITY_LABEL,
    ),
    "overflow": _element(
        "overflow",
        "options",
        options=Items(objects.OVERFLOW_OPTION, "option", limits.OVERFLOW_OPTIONS),
        confirm=CONFIRM,
    ),
}

_PICKERS: Final[dict[str, Kind]] = {
    "checkboxes": _choices("checkboxes", "initial_options", Items(objects.FORMATTED_OPTION, "option")),
    "radio_buttons": _choices("radio_buttons", "initial_option", objects.FORMATTED_OPTION),
    "datepicker": _picker(
        "datepicker",
        initial_date=Parsed(_calendar_date, "a date such as 2026-11-23"),
        placeholder=PLACEHOLDER,
    ),
    "timepicker": _picker("timepicker", initial_time=_TIME, placeholder=PLACEHOLDER, timezone=String()),
}

_SELECTS: Final[dict[str, Kind]] = {
    "static_select": _select(
        "static_select",
        (_ONE_SOURCE, initially_among_options("initial_option")),
        initial_option=objects.OPTION,
        **_STATIC,
    ),
    "multi_static_select": _select(
        "multi_static_select",
        (_ONE_SOURCE, initially_among_options("initial_options")),
        initial_options=_SEVERAL_OPTIONS,
        **_STATIC,
    ),
    "external_select": _select("external_select", initial_option=objects.OPTION, min_query_length=Integer()),
    "multi_external_select": _select(
        "multi_external_select", initial_options=_SEVERAL_OPTIONS, min_query_length=Integer()
    ),
    "users_select": _select("users_select", initial_user=String()),
    "multi_users_select": _select("multi_users_select", initial_users=_IDS),
    "conversations_select": _select(
        "conversations_select",
        initial_conversation=String(),
        default_to_current_conversation=Boolean(),
        response_url_enabled=Boolean(),
        filter=objects.CONVERSATION_FILTER,
    ),
    "multi_conversations_select": _select(
        "multi_conversations_select",
        initial_conversations=_IDS,
        default_to_current_conversation=Boolean(),
        filter=objects.CONVERSATION_FILTER,
    ),
    "channels_select": _select("channels_select", initial_channel=String(), response_url_enabled=Boolean()),
    "multi_channels_select": _select("multi_channels_select", initial_channels=_IDS),
}

_DATETIME: Final = _picker("datetimepicker", initial_date_time=Integer(0, 9_999_999_999))
_RICH_INPUT: Final = _typed(
    "rich_text_input",
    "",
    (ordered("min_lines", "max_lines"),),
    initial_value=RICH_TEXT_BLOCK,
    min_lines=Integer(1, limits.RICH_INPUT_LINES),
    max_lines=Integer(1, limits.RICH_INPUT_LINES),
)

_TYPED: Final[dict[str, Kind]] = {
    "plain_text_input": _typed(
        "plain_text_input",
        "",
        (ordered("min_length", "max_length"), not_longer("initial_value", "max_length")),
        initial_value=String(limits.INPUT_LENGTH, shortest=0),
        multiline=Boolean(),
        min_length=Integer(0, limits.INPUT_LENGTH),
        max_length=Integer(1, limits.INPUT_LENGTH),
    ),
    "email_text_input": _typed("email_text_input", initial_value=_FREE),
    "url_text_input": _typed("url_text_input", initial_value=_FREE),
    "number_input": _typed(
        "number_input",
        "is_decimal_allowed",
        (
            whole_numbers("is_decimal_allowed", "min_value", "max_value", "initial_value"),
            ordered("min_value", "max_value"),
            between("initial_value", "min_value", "max_value"),
        ),
        is_decimal_allowed=Boolean(),
        initial_value=_NUMERIC,
        min_value=_NUMERIC,
        max_value=_NUMERIC,
    ),
    "file_input": _element(
        "file_input", filetypes=Items(String(), "file_input_filetype"), max_files=Integer(1, limits.FILES)
    ),
}

_CONTEXT_ACTIONS: Final[dict[str, Kind]] = {
    "feedback_buttons": _element(
        "feedback_buttons",
        "positive_button negative_button",
        positive_button=_FEEDBACK,
        negative_button=_FEEDBACK,
    ),
    "icon_button": _element(
        "icon_button",
        "icon text",
        icon=Choice(("trash",)),
        text=_BUTTON_TEXT,
        value=_BUTTON_VALUE,
        confirm=CONFIRM,
        accessibility_label=ACCESSIBILITY_LABEL,
        visible_to_user_ids=Items(String(), "id", limits.VISIBLE_TO, fewest=0),
    ),
}

_INTERACTIVE: Final = _BUTTONS | _PICKERS | _SELECTS
ELEMENTS: Final[dict[str, Kind]] = {
    **_INTERACTIVE,
    **_TYPED,
    **_CONTEXT_ACTIONS,
    "datetimepicker": _DATETIME,
    "rich_text_input": _RICH_INPUT,
    "image": IMAGE,
}


def _holding(members: dict[str, Kind]) -> Family:
    return Family("element", members, known=ELEMENTS)


IN_SECTION: Final = _holding(_INTERACTIVE | {"image": IMAGE})
IN_ACTIONS: Final = _holding(_INTERACTIVE | {"datetimepicker": _DATETIME, "rich_text_input": _RICH_INPUT})
IN_INPUT: Final = _holding(
    _PICKERS | _SELECTS | _TYPED | {"datetimepicker": _DATETIME, "rich_text_input": _RICH_INPUT}
)
IN_CONTEXT_ACTIONS: Final = _holding(_CONTEXT_ACTIONS)
IN_CONTEXT: Final = _holding({"plain_text": Text(), "mrkdwn": Text(), "image": IMAGE})
BUTTONS_ONLY: Final = _holding({"button": BUTTON})
IMAGES_ONLY: Final = _holding({"image": IMAGE})
