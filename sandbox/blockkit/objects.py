"""Text objects and the composition objects: options, confirmations, filters, files and workflows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sandbox.blockkit import limits
from sandbox.blockkit.faults import Place
from sandbox.blockkit.kinds import Boolean, Choice, Items, Kind, Record, String, null, unknown_field
from sandbox.blockkit.rules import at_least_one, exactly_one

_FLAGS: Final = {"plain_text": "emoji", "mrkdwn": "verbatim"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text object of at most `longest` characters; only plain_text where `plain`."""

    longest: int = limits.TEXT
    plain: bool = False

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            place.refuse("not_text_object", f"The {place.label} must be a text object.")
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in _FLAGS:
            message = f"The {place.label} must be of type plain_text or mrkdwn."
            place.into("type", place.name).refuse("type_unknown", message)
            return
        if self.plain and kind != "plain_text":
            place.into("type", place.name).refuse("not_plain_text", f"The {place.label} must be plain_text.")
        self._check_fields(value, _FLAGS[kind], place)

    def _check_fields(self, value: Mapping[str, Any], flag: str, place: Place) -> None:
        if "text" not in value:
            place.refuse("missing", f"The {place.label} has no text.")
        for key, item in value.items():
            there = place.into(key, place.name)
            if item is None:
                null(there)
            elif key == "text":
                String(self.longest).check(item, there)
            elif key == flag:
                Boolean().check(item, there.named(f"{place.name}_{flag}"))
            elif key != "type":
                unknown_field(there, key, f"{value['type']} object")


@dataclass(frozen=True, slots=True)
class StringOr:
    """A bare string of the first kind, or an object of the second."""

    string: String
    other: Kind

    def check(self, value: Any, place: Place) -> None:
        (self.string if isinstance(value, str) else self.other).check(value, place)


LINK: Final = String(
    limits.URL, shape=re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+"), looks_like="a URL with its scheme"
)
WEB_ADDRESS: Final = String(
    limits.URL,
    shape=re.compile(r"https?://\S+"),
    looks_like="an address that starts with http:// or https://",
)
SECURE_ADDRESS: Final = String(
    limits.URL, shape=re.compile(r"https://\S+"), looks_like="an address that starts with https://"
)
STYLE: Final = Choice(("primary", "danger"))
PLACEHOLDER: Final = Text(limits.PLACEHOLDER, plain=True)
ACCESSIBILITY_LABEL: Final = String(limits.LABEL)

CONFIRM: Final = Record(
    "confirm",
    {
        "title": Text(limits.CONFIRM_TITLE, plain=True),
        "text": Text(limits.CONFIRM_TEXT),
        "confirm": Text(limits.CONFIRM_BUTTON, plain=True),
        "deny": Text(limits.CONFIRM_BUTTON, plain=True),
        "style": STYLE,
    },
    required=("title", "text", "confirm", "deny"),
)


def _option(*, plain: bool = True, **more: Kind) -> Record:
    text = Text(limits.LABEL, plain=plain)
    fields: dict[str, Kind] = {"text": text, "value": String(limits.OPTION_VALUE), "description": text}
    return Record("option", fields | more, required=("text", "value"))


OPTION: Final = _option()
FORMATTED_OPTION: Final = _option(plain=False)
"""Radio buttons and checkboxes take mrkdwn too."""
OVERFLOW_OPTION: Final = _option(url=LINK)

OPTION_GROUP: Final = Record(
    "option_group",
    {"label": Text(limits.LABEL, plain=True), "options": Items(OPTION, "option", limits.OPTIONS)},
    required=("label", "options"),
)

CONVERSATION_FILTER: Final = Record(
    "filter",
    {
        "include": Items(Choice(("im", "mpim", "private", "public")), "filter_include"),
        "exclude_external_shared_channels": Boolean(),
        "exclude_bot_users": Boolean(),
    },
    rules=(at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)

DISPATCH_ACTION_CONFIG: Final = Record(
    "dispatch_action_config",
    {"trigger_actions_on": Items(Choice(("on_enter_pressed", "on_character_entered")), "trigger", 2)},
    required=("trigger_actions_on",),
)

SLACK_FILE: Final = Record(
    "slack_file", {"id": String(), "url": WEB_ADDRESS}, rules=(exactly_one("id", "url"),)
)

_PARAMETER: Final = Record(
    "parameter", {"name": String(), "value": String(shortest=0)}, required=("name", "value")
)
_TRIGGER: Final = Record(
    "trigger",
    {"url": WEB_ADDRESS, "customizable_input_parameters": Items(_PARAMETER, "parameter")},
    required=("url",),
)
WORKFLOW: Final = Record("workflow", {"trigger": _TRIGGER}, required=("trigger",))
