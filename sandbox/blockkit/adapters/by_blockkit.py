"""What the library blockkit objects to in a block."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import date, time
from functools import cache
from typing import Any, Final

from blockkit import core

from sandbox.blockkit.adapters import NoOpinionError

_TYPES: Final[Mapping[str, type[core.Component]]] = {
    "actions": core.Actions,
    "context": core.Context,
    "divider": core.Divider,
    "header": core.Header,
    "image": core.Image,
    "input": core.Input,
    "markdown": core.Markdown,
    "rich_text": core.RichText,
    "section": core.Section,
    "table": core.Table,
    "video": core.Video,
    "button": core.Button,
    "checkboxes": core.Checkboxes,
    "datepicker": core.DatePicker,
    "datetimepicker": core.DatetimePicker,
    "email_text_input": core.EmailInput,
    "file_input": core.FileInput,
    "multi_static_select": core.MultiStaticSelect,
    "multi_external_select": core.MultiExternalSelect,
    "multi_users_select": core.MultiUsersSelect,
    "multi_conversations_select": core.MultiConversationsSelect,
    "multi_channels_select": core.MultiChannelsSelect,
    "number_input": core.NumberInput,
    "overflow": core.Overflow,
    "plain_text_input": core.PlainTextInput,
    "radio_buttons": core.RadioButtons,
    "rich_text_input": core.RichTextInput,
    "static_select": core.StaticSelect,
    "external_select": core.ExternalSelect,
    "users_select": core.UsersSelect,
    "conversations_select": core.ConversationsSelect,
    "channels_select": core.ChannelsSelect,
    "timepicker": core.TimePicker,
    "url_text_input": core.UrlInput,
    "raw_text": core.RawText,
    "rich_text_section": core.RichTextSection,
    "rich_text_list": core.RichTextList,
    "rich_text_preformatted": core.RichTextPreformatted,
    "rich_text_quote": core.RichTextQuote,
    "broadcast": core.RichBroadcastEl,
    "channel": core.RichChannelEl,
    "color": core.RichColorEl,
    "date": core.RichDateEl,
    "emoji": core.RichEmojiEl,
    "link": core.RichLinkEl,
    "text": core.RichTextEl,
    "user": core.RichUserEl,
    "usergroup": core.RichUserGroupEl,
}

_UNTYPED: Final[Mapping[str, type[core.Component]]] = {
    "confirm": core.Confirm,
    "filter": core.ConversationFilter,
    "dispatch_action_config": core.DispatchActionConfig,
    "slack_file": core.SlackFile,
    "options": core.Option,
    "option_groups": core.OptionGroup,
    "initial_option": core.Option,
    "initial_options": core.Option,
}

_LEFT_OUT: Final = {
    # It would have the address in at most 74 characters.
    ("email_text_input", "initial_value"),
    ("url_text_input", "initial_value"),
    # It refuses a draft shorter than min_length; Slack only minds when it is submitted. The draft itself
    # may be empty, and ours compare it with max_length.
    ("plain_text_input", "initial_value"),
    # It allows the addresses of a video 2,000 characters, of 3,000.
    ("video", "video_url"),
    ("video", "thumbnail_url"),
    ("video", "title_url"),
    # It knows no query of length zero, which asks for options as soon as the menu opens.
    ("external_select", "min_query_length"),
    ("multi_external_select", "min_query_length"),
    # It wants a zone that this machine knows.
    ("timepicker", "timezone"),
    # A null skips a column.
    ("table", "column_settings"),
    # It compares an option with whole groups. Ours looks into them.
    ("static_select", "initial_option"),
    ("multi_static_select", "initial_options"),
    # It keeps different styles from different leaves, where Slack's own pages disagree.
    *((leaf, "style") for leaf in ("text", "link", "user", "usergroup", "channel")),
}
_IMAGE_ELSEWHERE: Final = ("accessory", "elements")


def objection(block: dict[str, Any]) -> str | None:
    """The library's complaint about a well-formed block, or None."""
    try:
        # Building is what validates the parts too.
        component: Any = _built(block, "blocks")
        component.build()
    except NoOpinionError:
        return None
    except (core.FieldValidationError, core.ComponentValidationError) as complaint:
        return str(complaint)
    return None


def _built(value: dict[str, Any], key: str) -> core.Component:
    kind = value.get("type")
    if kind in ("plain_text", "mrkdwn"):
        return _text(value, key)
    if kind is None:
        return _made(_UNTYPED.get(key), value, key)
    if kind == "image" and key in _IMAGE_ELSEWHERE:
        return _made(core.ImageEl, value, kind)
    if kind == "datetimepicker" and key == "elements":
        raise NoOpinionError  # It doesn't take one in an actions block; Slack does.
    return _made(_TYPES.get(kind), value, kind)


def _text(value: dict[str, Any], key: str) -> core.Component:
    # Its options and the text of its confirmations are plain; Slack shows mrkdwn in them, and ours
    # knows where. Without the flags two equal options are equal.
    return core.Text(value["text"]).type(core.Text.PLAIN if key in ("text", "description") else value["type"])


def _made(make: Callable[..., core.Component] | None, value: dict[str, Any], owner: str) -> core.Component:
    if make is None:
        raise NoOpinionError
    known = _fields(make)
    return make(
        **{
            key: _converted(item, key, owner)
            for key, item in value.items()
            if key in known and key != "type" and (owner, key) not in _LEFT_OUT
        }
    )


@cache
def _fields(make: Callable[..., core.Component]) -> frozenset[str]:
    return frozenset(inspect.signature(make).parameters)


def _converted(value: Any, key: str, owner: str) -> Any:
    if isinstance(value, dict):
        return _built(value, key)
    if isinstance(value, list):
        return [_converted(item, key, owner) for item in value]
    if key == "alt_text":
        return value[:255]  # It stops here; Slack goes on to 2,000.
    if key == "initial_date":
        return date.fromisoformat(value)
    if key == "initial_time":
        return time.fromisoformat(value)
    if (
        owner == "number_input"
        and isinstance(value, str)
        and key in ("initial_value", "min_value", "max_value")
    ):
        return float(value) if "." in value else int(value)
    return value
