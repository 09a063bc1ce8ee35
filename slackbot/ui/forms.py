"""Forms: the inputs of a modal, and what came back. A field's name is its block id and its action id."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slackbot.ui.blocks import Block, View, plain
from slackbot.ui.text import cut, storable

LABEL_LIMIT = 75


@dataclass(frozen=True)
class Option:
    """A choice: what is shown, and the value that comes back."""

    label: str
    value: str

    def block(self) -> Block:
        return {"text": plain(cut(self.label, LABEL_LIMIT)), "value": self.value}


def modal(
    callback: str, title: str, *blocks: Block, submit: str | None = None, private_metadata: str = ""
) -> View:
    view: View = {"type": "modal", "callback_id": callback, "title": plain(title), "blocks": list(blocks)}
    if submit is not None:
        view |= {"submit": plain(submit), "close": plain("Cancel")}
    else:
        view |= {"close": plain("Close")}
    return {**view, "private_metadata": private_metadata} if private_metadata else view


def text_input(
    *, placeholder: str | None = None, initial: str | None = None, longest: int, multiline: bool = False
) -> Block:
    """`initial` must fit into `longest`, which Slack refuses otherwise: `ui.text.cut` it first."""
    element: Block = {"type": "plain_text_input", "max_length": longest, "multiline": multiline}
    if placeholder is not None:
        element["placeholder"] = plain(placeholder)
    return {**element, "initial_value": initial} if initial else element


def url_input(*, placeholder: str | None = None, initial: str | None = None) -> Block:
    """A web address. Slack's own app checks that it is one, and knows no longest length."""
    element: Block = {"type": "url_text_input"}
    if placeholder is not None:
        element["placeholder"] = plain(placeholder)
    return {**element, "initial_value": initial} if initial else element


def date_input(initial: str | None = None) -> Block:
    element: Block = {"type": "datepicker"}
    return {**element, "initial_date": initial} if initial else element


def time_input(initial: str) -> Block:
    return {"type": "timepicker", "initial_time": initial}


def select(options: Sequence[Option], initial: str | None = None) -> Block:
    element: Block = {"type": "static_select", "options": [option.block() for option in options]}
    return _with_initial(element, options, initial)


def grouped_select(groups: Mapping[str, Sequence[Option]], initial: str | None = None) -> Block:
    listed = [
        {"label": plain(cut(label, LABEL_LIMIT)), "options": [option.block() for option in options]}
        for label, options in groups.items()
    ]
    element: Block = {"type": "static_select", "option_groups": listed}
    return _with_initial(element, [option for options in groups.values() for option in options], initial)


def radio(options: Sequence[Option], initial: str | None = None) -> Block:
    element: Block = {"type": "radio_buttons", "options": [option.block() for option in options]}
    return _with_initial(element, options, initial)


def checkboxes(options: Sequence[Option], initial: Collection[str] = ()) -> Block:
    """Boxes to tick, at most ten; `initial` are the values ticked already. Values hold no comma: see `read`."""
    element: Block = {"type": "checkboxes", "options": [option.block() for option in options]}
    ticked = [option.block() for option in options if option.value in initial]
    return {**element, "initial_options": ticked} if ticked else element


def users_select(initial: str | None = None, *, placeholder: str | None = None) -> Block:
    """One person of the workspace, by their Slack id."""
    element: Block = {"type": "users_select"}
    if placeholder is not None:
        element["placeholder"] = plain(placeholder)
    return {**element, "initial_user": initial} if initial else element


def conversations_select() -> Block:
    """One conversation that the person may write in, but no direct message; Slack gives an address for posting there.

    The app need not be in it. It begins with the one they were looking at."""
    return {
        "type": "conversations_select",
        "response_url_enabled": True,
        "default_to_current_conversation": True,
        "filter": {
            "include": ["public", "private"],
            "exclude_external_shared_channels": True,
            "exclude_bot_users": True,
        },
    }


def _with_initial(element: Block, options: Sequence[Option], initial: str | None) -> Block:
    chosen = next((option for option in options if option.value == initial), None)
    return element if chosen is None else {**element, "initial_option": chosen.block()}


def field(
    name: str,
    label: str,
    element: Block,
    *,
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """An input. With `dispatch` the form's `changed` hears of a choice made in it (or Enter pressed) at once."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    if dispatch:
        block["dispatch_action"] = True
    return block if hint is None else {**block, "hint": plain(hint)}


def read(view: Mapping[str, Any]) -> dict[str, str | None]:
    """What was filled in, by field name; None where it was left empty. Signed by Slack, but still from a person.

    Ticked boxes come as their values joined with commas, people as their ids."""
    blocks: Mapping[str, Mapping[str, Mapping[str, Any]]] = view.get("state", {}).get("values", {})
    return {name: value_of(element) for block in blocks.values() for name, element in block.items()}


def value_of(element: Mapping[str, Any]) -> str | None:
    """What one element holds, whether it comes with a form or as the action of a press."""
    option = element.get("selected_option")
    found = option["value"] if option else None
    if ticked := element.get("selected_options"):
        found = ",".join(str(each["value"]) for each in ticked)
    for key in ("value", "selected_date", "selected_time", "selected_user", "selected_conversation"):
        found = found if found is not None else element.get(key)
    text = storable(str(found)).strip() if found is not None else ""
    return text or None


def inputs(view: Mapping[str, Any]) -> list[str]:
    """The names of what can be filled in, in their order."""
    return [str(block["block_id"]) for block in view["blocks"] if block["type"] == "input"]
