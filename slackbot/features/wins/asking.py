"""Reads what is to be done to which win: "share 12", or from a list's menu "share 12 of referrals page 2"."""

import re
from typing import Final

from slackbot.features.wins.changing import One
from slackbot.features.wins.listing import WORDS
from slackbot.rules.win_states import Deed
from slackbot.ui.pages import page_of

_DEEDS: Final = {word: deed for deed, word in WORDS.items()}
_ONE: Final = re.compile(r"(?P<verb>\w+)(?: (?P<which>\S+)(?: of (?P<tail>.+))?)?")
_NUMBER: Final = re.compile(r"#?([0-9]{1,18})", re.ASCII)


def read_one(words: str) -> One | None:
    """None where the words ask for a list: "share of wallet" names a metric."""
    asked, page = page_of(words) if words.lower().startswith(WORDS[Deed.HISTORY]) else (words, 1)
    found = _ONE.fullmatch(" ".join(asked.split()))
    deed = _DEEDS.get(found["verb"].lower()) if found else None
    if found is None or deed is None:
        return None
    number = _NUMBER.fullmatch((found["which"] or "").strip(".,"))
    return One(deed, int(number[1]) if number else 0, found["tail"] or "", page)
