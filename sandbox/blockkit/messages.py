"""The check of a message: its text, blocks, attachments and metadata."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any, Final

from sandbox.blockkit import limits
from sandbox.blockkit.adapters import second_opinions
from sandbox.blockkit.faults import Fault, Place
from sandbox.blockkit.payload import Blocks, check_blocks, check_together

_BROKEN_JSON: Final = object()


def check_message(payload: Mapping[str, Any]) -> list[Fault]:
    """What Slack would refuse in a message; an empty list means nothing.

    The payload is that of chat.postMessage, chat.postEphemeral or chat.update, a response_url body, or a
    slash command's reply. `blocks`, `attachments` and `metadata` may be JSON strings, as in a form, or
    parsed. Fields that are no part of the message (channel, token…) are not looked at.
    """
    faults: list[Fault] = []
    place = Place(faults, "invalid_blocks", name="message")
    _check_text(payload, place)
    _check_content(payload, place)
    blocks = _check_own_blocks(payload, place) + _check_attachments(payload, place)
    check_together(blocks, "message")
    _check_metadata(payload, place)
    second_opinions(blocks)
    return faults


def _check_text(payload: Mapping[str, Any], place: Place) -> None:
    # chat.update is the one with a ts, and takes less.
    most = limits.UPDATED_TEXT if payload.get("ts") else limits.MESSAGE_TEXT
    for key, longest in (("text", most), ("markdown_text", limits.MARKDOWN_TEXT)):
        text = payload.get(key)
        there = place.into(key, key)
        if text is None:
            continue
        if not isinstance(text, str):
            there.break_rule(f"{key}_not_string", f"The {there.label} must be a string.", "invalid_arguments")
        elif len(text) > longest:
            message = f"The {there.label} has {len(text)} characters; Slack takes {longest}."
            there.break_rule(f"{key}_too_long", message, "msg_too_long")


def _check_content(payload: Mapping[str, Any], place: Place) -> None:
    if payload.get("delete_original") is True:
        return
    if not any(payload.get(key) for key in ("text", "markdown_text", "blocks", "attachments")):
        place.break_rule("no_text", "A message needs a text, blocks or attachments.", "no_text")
    if payload.get("markdown_text") and (payload.get("text") or payload.get("blocks")):
        there = place.into("markdown_text", "")
        message = "A message with markdown_text can have neither text nor blocks."
        there.break_rule("markdown_text_conflict", message, "markdown_text_conflict")


def _check_own_blocks(payload: Mapping[str, Any], place: Place) -> Blocks:
    here = place.into("blocks", "blocks")
    value = _parsed(payload.get("blocks"))
    if value is None:
        return []
    if value is _BROKEN_JSON or not isinstance(value, list):
        here.break_rule("blocks_not_list", "The blocks must be a JSON list.", "invalid_blocks_format")
        return []
    return check_blocks(value, "message", here)


def _check_attachments(payload: Mapping[str, Any], place: Place) -> Blocks:
    here = place.into("attachments", "attachments")
    value = _parsed(payload.get("attachments"))
    if value is None:
        return []
    if not isinstance(value, list):
        here.break_rule("attachments_not_list", "The attachments must be a JSON list.", "invalid_attachments")
        return []
    if len(value) > limits.ATTACHMENTS:
        message = f"A message takes at most {limits.ATTACHMENTS} attachments, not {len(value)}."
        here.break_rule("too_many_attachments", message, "too_many_attachments")
    found: Blocks = []
    for index, attachment in enumerate(value):
        there = here.into(index, "attachment")
        if not isinstance(attachment, dict):
            there.break_rule(
                "attachment_not_object", "An attachment must be an object.", "invalid_attachments"
            )
        elif attachment.get("blocks") is not None:
            found += check_blocks(attachment["blocks"], "message", there.into("blocks", "blocks"))
    return found


def _check_metadata(payload: Mapping[str, Any], place: Place) -> None:
    here = place.into("metadata", "metadata")
    value = _parsed(payload.get("metadata"))
    if value is None:
        return
    if not isinstance(value, dict):
        here.break_rule("metadata_not_object", "The metadata must be an object.", "invalid_metadata_format")
        return
    event_type = value.get("event_type")
    if not isinstance(event_type, str) or not 0 < len(event_type) <= limits.EVENT_TYPE:
        message = f"The metadata need an event_type of at most {limits.EVENT_TYPE} characters."
        here.into("event_type", "").break_rule("metadata_event_type", message, "invalid_metadata_schema")
    if not isinstance(value.get("event_payload"), dict):
        message = "The metadata need an event_payload that is an object."
        here.into("event_payload", "").break_rule(
            "metadata_event_payload", message, "invalid_metadata_schema"
        )
    elif size_in_bytes(value) > limits.METADATA_BYTES:
        message = f"The metadata take more than {limits.METADATA_BYTES} bytes."
        here.break_rule("metadata_too_large", message, "metadata_too_large")


def _parsed(value: Any) -> Any:
    """A value of a form is JSON in a string; an empty one is none."""
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return _BROKEN_JSON


def size_in_bytes(value: object) -> int:
    """The size as compact JSON; what is nested too deep for JSON is endlessly large."""
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), skipkeys=True, default=str)
    except (RecursionError, ValueError):
        return sys.maxsize
    # A lone surrogate is valid in JSON, and is no UTF-8.
    return len(text.encode("utf-8", "surrogatepass"))
