"""What the library slackblocks objects to in a block."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from slackblocks import blocks, elements, objects
from slackblocks.errors import InvalidUsageError
from slackblocks.rich_text import elements as leaves
from slackblocks.rich_text import objects as parts

from sandbox.blockkit.adapters import NoOpinionError

_TYPES: Final[Mapping[str, Callable[..., Any]]] = {
    "actions": blocks.ActionsBlock,
    "alert": blocks.AlertBlock,
    "card": blocks.CardBlock,
    "carousel": blocks.CarouselBlock,
    "container": blocks.ContainerBlock,
    "context": blocks.ContextBlock,
    "context_actions": blocks.ContextActionsBlock,
    "data_table": blocks.DataTableBlock,
    "data_visualization": blocks.DataVisualizationBlock,
    "divider": blocks.DividerBlock,
    "header": blocks.HeaderBlock,
    "image": blocks.ImageBlock,
    "input": blocks.InputBlock,
    "markdown": blocks.MarkdownBlock,
    "rich_text": blocks.RichTextBlock,
    "section": blocks.SectionBlock,
    "video": blocks.VideoBlock,
    "button": elements.Button,
    "checkboxes": elements.CheckboxGroup,
    "datepicker": elements.DatePicker,
    "datetimepicker": elements.DateTimePicker,
    "email_text_input": elements.EmailInput,
    "feedback_buttons": elements.FeedbackButtons,
    "file_input": elements.FileInput,
    "icon_button": elements.IconButton,
    "multi_static_select": elements.StaticMultiSelectMenu,
    "multi_external_select": elements.ExternalMultiSelectMenu,
    "multi_users_select": elements.UserMultiSelectMenu,
    "multi_conversations_select": elements.ConversationMultiSelectMenu,
    "multi_channels_select": elements.ChannelMultiSelectMenu,
    "number_input": elements.NumberInput,
    "overflow": elements.OverflowMenu,
    "plain_text_input": elements.PlainTextInput,
    "radio_buttons": elements.RadioButtonGroup,
    "rich_text_input": elements.RichTextInput,
    "static_select": elements.StaticSelectMenu,
    "external_select": elements.ExternalSelectMenu,
    "users_select": elements.UserSelectMenu,
    "conversations_select": elements.ConversationSelectMenu,
    "channels_select": elements.ChannelSelectMenu,
    "timepicker": elements.TimePicker,
    "url_text_input": elements.URLInput,
    "raw_text": objects.RawText,
    "raw_number": objects.RawNumber,
    "pie": objects.PieChart,
    "bar": objects.BarChart,
    "area": objects.AreaChart,
    "line": objects.LineChart,
    "rich_text_section": parts.RichTextSection,
    "rich_text_list": parts.RichTextList,
    "rich_text_preformatted": parts.RichTextCodeBlock,
    "rich_text_quote": parts.RichTextQuote,
    "channel": leaves.RichTextChannel,
    "emoji": leaves.RichTextEmoji,
    "link": leaves.RichTextLink,
    "text": leaves.RichText,
    "user": leaves.RichTextUser,
}

_UNTYPED: Final[Mapping[str, Callable[..., Any]]] = {
    "axis_config": objects.AxisConfig,
    "confirm": objects.ConfirmationDialogue,
    "data": objects.DataPoint,
    "dispatch_action_config": objects.DispatchActionConfiguration,
    "filter": objects.ConversationFilter,
    "initial_option": objects.Option,
    "initial_options": objects.Option,
    "negative_button": elements.FeedbackButton,
    "option_groups": objects.OptionGroup,
    "options": objects.Option,
    "positive_button": elements.FeedbackButton,
    "segments": objects.ChartSegment,
    "series": objects.DataSeries,
}

_LEFT_OUT: Final = {
    # It stumbles over an option without description when it looks for the initial one. Ours looks.
    ("radio_buttons", "initial_option"),
    # It wants a whole group as the initial option where there are groups; Slack wants the option.
    ("static_select", "initial_option"),
    ("multi_static_select", "initial_options"),
    # It knows no focus on this one select; Slack has it on all.
    ("multi_external_select", "focus_on_load"),
    # It refuses a divider under the header of a collapsible container; Slack ignores it.
    ("container", "has_header_divider"),
    # Its list of icons is of one day.
    ("card", "slack_icon"),
}


def objection(block: dict[str, Any]) -> str | None:
    """The library's complaint about a well-formed block, or None."""
    try:
        _built(block, "blocks")
    except NoOpinionError:
        return None
    except InvalidUsageError as complaint:
        return str(complaint)
    return None


def _built(value: dict[str, Any], key: str) -> Any:
    kind = value.get("type")
    if kind in ("plain_text", "mrkdwn"):
        return objects.Text(value["text"], objects.TextType(kind))
    if kind is None:
        return _made(_UNTYPED.get(key), value, key)
    if "slack_file" in value:
        raise NoOpinionError  # It asks for longer ids than Slack's own examples have.
    if kind == "image" and key not in ("blocks", "child_blocks"):
        return _made(elements.Image, value, kind)
    if kind.startswith("rich_text") and value.get("elements") == []:
        raise NoOpinionError  # It refuses rich text without elements; Slack takes it.
    return _made(_TYPES.get(kind), value, kind)


def _made(make: Callable[..., Any] | None, value: dict[str, Any], owner: str) -> Any:
    if make is None:
        raise NoOpinionError
    known, required = _parameters(make)
    given = {
        key: _converted(item, key)
        for key, item in value.items()
        if key in known and key != "type" and (owner, key) not in _LEFT_OUT
    }
    if "action_id" in known:
        # It asks for one now and then; Slack makes one up.
        given.setdefault("action_id", "made-up")
    return make(**dict.fromkeys(required) | given)


@cache
def _parameters(make: Callable[..., Any]) -> tuple[frozenset[str], tuple[str, ...]]:
    parameters = inspect.signature(make).parameters
    required = [name for name, parameter in parameters.items() if parameter.default is parameter.empty]
    return frozenset(parameters), tuple(required)


def _converted(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return _built(value, key)
    if isinstance(value, list):
        return [_converted(item, key) for item in value]
    return value
