"""The elements that hold a value: how each is kept in `state.values`, begun, changed and checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.words import Json, Place, plain

STATE_KEY = {
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "file_input": "files",
}
INITIAL_KEY = {
    key: "initial_value" if key in {"value", "rich_text_value"} else key.replace("selected", "initial")
    for key in STATE_KEY.values()
}
LISTS = frozenset(
    {"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"}
)
REQUIRED_TEXT = "Please fill this in."


def initial(element: Json) -> Json:
    """The state an element starts with."""
    key = STATE_KEY[element["type"]]
    value = element.get(INITIAL_KEY[key])
    if value is None and key in LISTS:
        value = []
    return {"type": element["type"], key: value}


def option_text(option: Json) -> str:
    return plain(option.get("text"))


def options_of(element: Json) -> list[Json]:
    """All options of a select, radio group, checkbox group or overflow menu, those in groups included."""
    grouped = [
        option for group in element.get("option_groups") or [] for option in group.get("options") or []
    ]
    return [*(element.get("options") or []), *grouped]


def chosen(element: Json, value: object, known: list[Json] | None = None) -> Json:
    """The option that `value` means by its text or its value; AssertionError lists those there are."""
    options = options_of(element) if known is None else known
    if isinstance(value, dict):
        value = value.get("value")
    for option in options:
        if value in {option_text(option), option.get("value")}:
            return option
    there = ", ".join(repr(option_text(option)) for option in options) or "none"
    raise AssertionError(f"There is no option {value!r}; there are: {there}.")


def filled(place: Place, value: Any, known: list[Json] | None = None) -> Json:
    """The state of an element after a person put `value` into it; `None` and "" clear it."""
    element = place.element
    key = STATE_KEY.get(place.kind)
    if key is None:
        raise AssertionError(f"“{place.label}” is a {place.kind}, which holds no value.")
    if value is None or value == "":
        return {"type": place.kind, key: [] if key in LISTS else None}
    if key == "selected_option":
        value = chosen(element, value, known)
    elif key == "selected_options":
        value = [chosen(element, one, known) for one in _as_list(value)]
    elif key in LISTS:
        value = [_id_of(one) for one in _as_list(value)]
    else:
        value = AS_TYPED.get(key, _id_of)(value)
    return {"type": place.kind, key: value}


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def _id_of(value: Any) -> Any:
    return value if isinstance(value, str) else value.id


def _date(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()[:10]
    date.fromisoformat(value)
    return str(value)


def _time(value: Any) -> str:
    return value.strftime("%H:%M") if isinstance(value, time) else time.fromisoformat(value).strftime("%H:%M")


def _instant(value: Any) -> int:
    return int(value.timestamp()) if isinstance(value, datetime) else int(value)


def _rich(value: Any) -> Json:
    if isinstance(value, dict):
        return value
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(value)}]}
    return {"type": "rich_text", "elements": [section]}


AS_TYPED: dict[str, Callable[[Any], Any]] = {
    "value": str,
    "selected_date": _date,
    "selected_time": _time,
    "selected_date_time": _instant,
    "rich_text_value": _rich,
}


def complaint(place: Place, state: Json) -> str | None:
    """What Slack's client itself says about an input before anything is sent; None if it is content."""
    value = state.get(STATE_KEY[place.kind])
    if value is None or value == []:
        return None if place.block.get("optional") else REQUIRED_TEXT
    check = CHECKS.get(place.kind)
    return check(place.element, value) if check is not None else None


def _text_complaint(element: Json, value: str) -> str | None:
    if len(value) < element.get("min_length", 0):
        return f"Please write at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"Please write at most {element.get('max_length', 3000)} characters."
    return None


def _number_complaint(element: Json, value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Please enter a number."
    if not number.is_finite():
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Please enter a whole number."
    if element.get("min_value") is not None and number < Decimal(element["min_value"]):
        return f"Please enter {element['min_value']} or more."
    if element.get("max_value") is not None and number > Decimal(element["max_value"]):
        return f"Please enter {element['max_value']} or less."
    return None


def _email_complaint(element: Json, value: str) -> str | None:
    return None if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) else "Please enter an email address."


def _url_complaint(element: Json, value: str) -> str | None:
    return None if re.fullmatch(r"https?://[^\s/]+\S*", value) else "Please enter a link."


def _count_complaint(element: Json, value: list[Any]) -> str | None:
    most = element.get("max_selected_items")
    return f"Please choose at most {most}." if most is not None and len(value) > most else None


CHECKS: dict[str, Callable[[Json, Any], str | None]] = {
    "plain_text_input": _text_complaint,
    "number_input": _number_complaint,
    "email_text_input": _email_complaint,
    "url_text_input": _url_complaint,
    "multi_static_select": _count_complaint,
    "multi_external_select": _count_complaint,
    "multi_users_select": _count_complaint,
    "multi_conversations_select": _count_complaint,
    "multi_channels_select": _count_complaint,
}
