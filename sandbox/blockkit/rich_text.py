"""The structure of rich text: leaves inside sections, lists, quotes and preformatted parts."""

from __future__ import annotations

import re
from typing import Final

from sandbox.blockkit import limits
from sandbox.blockkit.kinds import Anything, Boolean, Choice, Family, Integer, Items, Kind, Record, String
from sandbox.blockkit.objects import LINK

_STYLE: Final = Record(
    "rich_text_style",
    dict.fromkeys(
        ("bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink"),
        Boolean(),
    ),
)
_ANY_LENGTH: Final = String(shortest=0)


def _leaf(name: str, required: str, /, **fields: Kind) -> Record:
    return Record(f"rich_text_{name}", {"type": Anything(), "style": _STYLE, **fields}, required.split())


LEAVES: Final[dict[str, Kind]] = {
    "text": _leaf("text", "text", text=_ANY_LENGTH),
    "link": _leaf("link", "url", url=LINK, text=_ANY_LENGTH, unsafe=Boolean()),
    "user": _leaf("user", "user_id", user_id=String()),
    "usergroup": _leaf("usergroup", "usergroup_id", usergroup_id=String()),
    "team": _leaf("team", "team_id", team_id=String()),
    "channel": _leaf("channel", "channel_id", channel_id=String()),
    "emoji": _leaf(
        "emoji", "name", name=String(), unicode=String(), skin_tone=Integer(1, limits.SKIN_TONES), url=LINK
    ),
    "broadcast": _leaf("broadcast", "range", range=Choice(("here", "channel", "everyone"))),
    "color": _leaf(
        "color", "value", value=String(shape=re.compile(r"#?[0-9a-fA-F]{6}"), looks_like="a hex colour")
    ),
    "date": _leaf(
        "date", "timestamp format", timestamp=Integer(), format=String(), url=LINK, fallback=_ANY_LENGTH
    ),
}


def _part(name: str, kind: Kind, /, **fields: Kind) -> Record:
    # Slack takes parts without elements.
    elements = Items(kind, f"{name}_element", fewest=0)
    return Record(name, {"type": Anything(), "elements": elements, **fields}, ("elements",))


_LEAF: Final = Family("rich_text_element", LEAVES)
_BORDER: Final = Integer(0, 1)
_SECTION: Final = _part("rich_text_section", _LEAF)

PARTS: Final[dict[str, Kind]] = {
    "rich_text_section": _SECTION,
    "rich_text_list": Record(
        "rich_text_list",
        {
            "type": Anything(),
            "style": Choice(("bullet", "ordered")),
            "elements": Items(
                Family("rich_text_element", {"rich_text_section": _SECTION}, known=LEAVES),
                "rich_text_list_item",
            ),
            "indent": Integer(0, limits.RICH_TEXT_INDENT),
            "offset": Integer(),
            "border": _BORDER,
        },
        required=("style", "elements"),
    ),
    "rich_text_quote": _part("rich_text_quote", _LEAF, border=_BORDER),
    "rich_text_preformatted": _part("rich_text_preformatted", _LEAF, border=_BORDER, language=String()),
}

RICH_TEXT: Final = Record(
    "rich_text",
    {
        "type": Anything(),
        "block_id": String(limits.IDENTIFIER),
        "elements": Items(Family("rich_text_element", PARTS, known=LEAVES), "rich_text_element", fewest=0),
    },
    required=("elements",),
)
RICH_TEXT_BLOCK: Final = Family("block", {"rich_text": RICH_TEXT})
