"""Block Kit as plain dicts: slack_sdk's model classes cost a hundred times as much and drop what they don't know."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from slackbot.ui.text import cut

Block = dict[str, Any]
Message = dict[str, Any]
View = dict[str, Any]

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


def runs(label: str, words: str) -> Block:
    """A button that runs `/prm <words>`. The words are in its id too: ids are unique within their block."""
    return button(label, f"{RUN}:{words}", value=words)


def chooses(placeholder: str, choices: Iterable[tuple[str, str]]) -> Block:
    """A menu of (label, words); choosing one runs `/prm <words>`. Shorter than many buttons on a phone."""
    options = [{"text": plain(cut(label, 75)), "value": words} for label, words in choices]
    return {
        "type": "static_select",
        "action_id": f"{RUN}:{placeholder}",
        "placeholder": plain(placeholder),
        "options": options,
    }


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
