"""Block Kit as plain dicts: slack_sdk's model classes cost a hundred times as much and drop what they don't know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from slackbot.ui.text import cut

Block = dict[str, Any]
Message = dict[str, Any]
View = dict[str, Any]
Style = Literal["primary", "danger"]

RUN: Final = "run"
"""Buttons whose action id begins so run the subcommand in their value, as if it had been typed."""


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(cut(text, 150))}


def section(text: str, *, accessory: Block | None = None) -> Block:
    block: Block = {"type": "section", "text": mrkdwn(cut(text, 3000))}
    return block if accessory is None else {**block, "accessory": accessory}


def context(text: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(cut(text, 3000))]}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def button(label: str, action: str, *, value: str | None = None, primary: bool = False) -> Block:
    element: Block = {"type": "button", "action_id": action, "text": plain(label)}
    if value is not None:
        element["value"] = value
    return {**element, "style": "primary"} if primary else element


@dataclass(frozen=True)
class Confirm:
    """A question that Slack asks before it lets a press through."""

    title: str
    text: str
    confirm_label: str
    deny_label: str = "Cancel"

    def block(self, style: Style | None = None) -> Block:
        asked: Block = {
            "title": plain(cut(self.title, 100)),
            "text": plain(cut(self.text, 300)),
            "confirm": plain(cut(self.confirm_label, 30)),
            "deny": plain(cut(self.deny_label, 30)),
        }
        return asked if style is None else {**asked, "style": style}


def runs(label: str, words: str, *, confirm: Confirm | None = None, style: Style | None = None) -> Block:
    """A button that runs `/prm <words>`. The words are in its id too: ids are unique within their block."""
    element = button(label, f"{RUN}:{words}", value=words)
    if style is not None:
        element["style"] = style
    return element if confirm is None else {**element, "confirm": confirm.block(style)}


def chooses(placeholder: str, choices: Iterable[tuple[str, str]]) -> Block:
    """A menu of (label, words); choosing one runs `/prm <words>`. Shorter than many buttons on a phone."""
    return {
        "type": "static_select",
        "action_id": f"{RUN}:{placeholder}",
        "placeholder": plain(placeholder),
        "options": _choices(choices),
    }


def overflow(name: str, choices: Iterable[tuple[str, str]], *, confirm: Confirm | None = None) -> Block:
    """The three dots beside something: one to five (label, words); choosing one runs `/prm <words>`.

    Slack takes at most 150 characters of words, and asks the question of `confirm` whatever is chosen."""
    element: Block = {"type": "overflow", "action_id": f"{RUN}:{name}", "options": _choices(choices)}
    return element if confirm is None else {**element, "confirm": confirm.block()}


def _choices(choices: Iterable[tuple[str, str]]) -> list[Block]:
    return [{"text": plain(cut(label, 75)), "value": words} for label, words in choices]


def bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"• {line}" for line in lines)


def message(*blocks: Block) -> Message:
    """A message with its whole content as text too: screen readers and notifications read only that."""
    return {"blocks": list(blocks), "text": spoken(blocks)}


def spoken(blocks: Sequence[Block]) -> str:
    """All that the blocks say, in reading order."""
    return "\n".join(filter(None, (_spoken(block) for block in blocks)))


def _spoken(block: Block) -> str:
    if block["type"] == "context":
        return " ".join(element["text"] for element in block["elements"])
    if block["type"] in {"section", "header"}:
        text: str = block["text"]["text"]
        return text
    return ""
