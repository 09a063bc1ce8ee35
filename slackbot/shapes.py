"""What Slack's requests look like, as far as Bolt and we look into them: whatever looks otherwise is not let in.

Slack signs what it sends, so that this stops no attack; it keeps a request of a shape that nobody expected from
failing half-way, with a traceback, after something was done."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, NotRequired

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

Text = Annotated[str, Field(max_length=100_000)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
"""Of a person, a team, a conversation, a view: they are kept, and looked up by."""
Address = Annotated[str, Field(pattern=r"^https?://[^\s/]+/", max_length=2000)]
Empty = Annotated[str, Field(max_length=0)]
_FREE: Final = ConfigDict(extra="allow", strict=True)


class _Some(TypedDict):
    """A part with an id."""

    __pydantic_config__ = _FREE  # type: ignore[misc] # how pydantic configures a TypedDict
    id: Id


class _Option(TypedDict):
    __pydantic_config__ = _FREE  # type: ignore[misc] # as above
    value: Text


class _Chosen(TypedDict):
    """What an element holds."""

    __pydantic_config__ = _FREE  # type: ignore[misc] # as above
    value: NotRequired[Text | None]
    selected_option: NotRequired[_Option | None]
    selected_options: NotRequired[list[_Option] | None]
    selected_date: NotRequired[Text | None]
    selected_time: NotRequired[Text | None]
    selected_user: NotRequired[Text | None]
    selected_conversation: NotRequired[Text | None]


class _Action(_Chosen):
    action_id: Text
    type: Text
    block_id: NotRequired[Text | None]
    url: NotRequired[Text | None]


class _State(TypedDict):
    __pydantic_config__ = _FREE  # type: ignore[misc] # as above
    values: dict[str, dict[str, _Chosen]]


class _Block(TypedDict):
    __pydantic_config__ = _FREE  # type: ignore[misc] # as above
    type: Text
    block_id: NotRequired[Text]


class _View(TypedDict):
    __pydantic_config__ = _FREE  # type: ignore[misc] # as above
    id: Id
    type: Text
    blocks: list[_Block]
    callback_id: NotRequired[Text]
    hash: NotRequired[Text]
    private_metadata: NotRequired[Text]
    state: NotRequired[_State]


class _User(_Some):
    name: NotRequired[Text]


class _Container(TypedDict):
    __pydantic_config__ = _FREE  # type: ignore[misc] # as above
    is_ephemeral: NotRequired[bool]


class _Answered(TypedDict):
    __pydantic_config__ = _FREE  # type: ignore[misc] # as above
    response_url: NotRequired[Address | None]


class _Interaction(_Answered):
    user: _User
    team: NotRequired[_Some | None]
    container: NotRequired[_Container]


class _WithTrigger(_Interaction):
    trigger_id: NotRequired[Text | None]


class _Press(_WithTrigger):
    actions: Annotated[list[_Action], Field(min_length=1)]
    view: NotRequired[_View | None]


class _Place(TypedDict):
    __pydantic_config__ = _FREE  # type: ignore[misc] # as above
    block_id: Text
    response_url: Address


class _Form(_WithTrigger):
    view: _View
    response_urls: NotRequired[list[_Place] | None]


class _Shortcut(_Interaction):
    callback_id: Text
    trigger_id: Text


class _Message(TypedDict):
    __pydantic_config__ = _FREE  # type: ignore[misc] # as above
    text: NotRequired[Text | None]


class _MessageAction(_Shortcut):
    message: _Message


class _AnyEvent(TypedDict):
    __pydantic_config__ = _FREE  # type: ignore[misc] # as above
    type: Text
    text: NotRequired[Text | None]
    tab: NotRequired[Text | None]
    subtype: NotRequired[Text | None]
    channel_type: NotRequired[Text | None]


class _Event(_AnyEvent):
    user: NotRequired[Id | _Some | None]
    channel: NotRequired[Id | _Some | None]
    ts: NotRequired[Text]


class _Spoken(_AnyEvent):
    """A message: what its answer is for, and where it goes."""

    channel: Id
    ts: Id
    thread_ts: NotRequired[Id | None]
    user: NotRequired[Id | None]


class _Callback(TypedDict):
    __pydantic_config__ = _FREE  # type: ignore[misc] # as above
    event: _Event


class _SpokenCallback(TypedDict):
    __pydantic_config__ = _FREE  # type: ignore[misc] # as above
    event: _Spoken


class _Command(TypedDict):
    __pydantic_config__ = _FREE  # type: ignore[misc] # as above
    command: Text
    text: NotRequired[Text]
    user_id: Id
    team_id: NotRequired[Id | Empty]
    user_name: NotRequired[Text]
    response_url: NotRequired[Address]
    trigger_id: NotRequired[Text]


_BY_TYPE: Final[Mapping[str, TypeAdapter[Any]]] = {
    "block_actions": TypeAdapter(_Press),
    "view_submission": TypeAdapter(_Form),
    "view_closed": TypeAdapter(_Form),
    "shortcut": TypeAdapter(_Shortcut),
    "message_action": TypeAdapter(_MessageAction),
    "event_callback": TypeAdapter(_Callback),
}
_ANSWERED: Final[TypeAdapter[Any]] = TypeAdapter(_Answered)
"""Where Bolt itself says, whatever the kind, that the app is not installed."""
_MATCHED: Final = ("type", "command", "callback_id", "action_id", "block_id")
"""What Bolt matches with patterns wherever it stands."""
_COMMAND: Final[TypeAdapter[Any]] = TypeAdapter(_Command)
_SPOKEN: Final[TypeAdapter[Any]] = TypeAdapter(_SpokenCallback)


def is_slacks(body: Mapping[str, Any]) -> bool:
    """Whether it looks like what Slack sends of its kind; of kinds that we do not know, anything does."""
    if not _suits_bolt(body):
        return False
    kind = body.get("type")
    shapes = [_ANSWERED, _BY_TYPE.get(kind or ""), _COMMAND if "command" in body else None]
    try:
        for shape in filter(None, shapes):
            shape.validate_python(body)
        if kind == "event_callback" and body["event"]["type"] == "message":
            _SPOKEN.validate_python(body)
    except (ValidationError, RecursionError):
        return False
    return True


def _suits_bolt(body: Mapping[str, Any]) -> bool:
    """Whether the parts into which Bolt reaches, whatever the kind, are what it takes them for."""
    if not all(isinstance(body.get(name, ""), str) for name in _MATCHED):
        return False
    if not isinstance(body.get("event", {}), dict):
        return False
    view, actions = body.get("view"), body.get("actions")
    if actions is not None and not (isinstance(actions, list) and actions and isinstance(actions[0], dict)):
        return False
    return view is None or isinstance(view, dict)
