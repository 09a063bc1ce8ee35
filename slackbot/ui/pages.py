"""Lays a long answer out in pages that each fit the screen of a phone, and tells which page was asked for."""

import re
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Final

from slackbot.ui.blocks import Block, Message, actions, message, runs

SCREEN: Final = 686
"""Pixels of a phone's 844 that the blocks of one answer may take; the rest is Slack's own frame and a margin."""
MORE: Final = re.compile(r"^(?P<words>.*?)\s*\bmore(?: (?P<number>\d{1,3}))?$", re.IGNORECASE)
_MARKUP: Final = re.compile(r"[*_`]")
_LINE, _BUTTON, _WIDE, _INDENT = 22, 44, 320, 3


def page_of(words: str) -> tuple[str, int]:
    """What "3 more 2" asks for: the words before it, and the page. "more" is the second one."""
    asked = MORE.match(words.strip())
    if asked is None:
        return words, 1
    return asked["words"], max(int(asked["number"] or 2), 1)


def leaf(
    words: str,
    number: int,
    *chapters: Sequence[Block],
    top: Sequence[Block] = (),
    foot: Sequence[Block] = (),
    ways: Sequence[Block] = (),
    later: Sequence[Block] | None = None,
    more: str = "More",
) -> Message:
    """One page of the answer to `/prm <words>`: `top`, its part of the chapters, `foot`, and the ways on.

    Chapters that do not fit together begin a page each; `more` says what the later ones bring, and `later` are the
    ways on from there. A page after the last is the last."""
    frame = [*top, *foot]
    whole = [block for chapter in chapters for block in chapter]
    if fits([*frame, *whole, *_row(ways)]):
        return message(*top, *whole, *foot, *_row(ways))
    turning = [runs(more, words), runs("Back", words)]
    frames = [
        [*frame, actions(*turning[:1], *ways)],
        [*frame, actions(*turning, *(ways if later is None else later))],
    ]
    pages = [
        (place, page) for place, chapter in enumerate(chapters) for page in parted(chapter, frames[place > 0])
    ]
    here = min(number, len(pages))
    turns = []
    if here < len(pages):
        is_next_chapter = pages[here][0] > pages[here - 1][0]
        turns.append(runs(more if is_next_chapter else "More", _words(words, here + 1)))
    if here > 1:
        turns.append(runs("Back", _words(words, here - 1)))
    on = ways if later is None or here == 1 else later
    return message(*top, *pages[here - 1][1], *foot, *_row([*turns, *on]))


def _row(ways: Sequence[Block]) -> list[Block]:
    return [actions(*ways)] if ways else []


def _words(words: str, number: int) -> str:
    return words if number == 1 else f"{words} more {number}" if number > 2 else f"{words} more"


def parted(body: Sequence[Block], every_page: Sequence[Block] = ()) -> list[list[Block]]:
    """The body in as few pages as it takes, in its order; a block is never torn apart."""
    room = SCREEN - sum(height(block) for block in every_page)
    pages: list[list[Block]] = [[]]
    left = room
    for block in body:
        tall = height(block)
        if tall > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(block)
        left -= tall
    return pages


def fits(blocks: Iterable[Block]) -> bool:
    return sum(height(block) for block in blocks) <= SCREEN


def height(block: Block) -> int:
    """About how many pixels a block takes on a screen 390 wide; rather too many than too few."""
    match block["type"]:
        case "header":
            return 20 + 24 * _lines(block["text"]["text"], 35)
        case "section":
            if "accessory" in block:
                return 12 + max(_LINE * _lines(block["text"]["text"], 33), 36)
            return 12 + _LINE * _lines(block["text"]["text"], 45)
        case "context":
            return 12 + 20 * sum(_lines(each["text"], 52) for each in block["elements"])
        case "actions":
            return 12 + _BUTTON * _rows(block["elements"])
    return 26


def _lines(text: str, width: int) -> int:
    return sum(_wrapped(_MARKUP.sub("", line), width) for line in text.split("\n"))


def _wrapped(line: str, width: int) -> int:
    room = width - _INDENT if line.startswith("•") else width
    # Most are short, and to wrap one takes a hundred times as long as to see that.
    return 1 if len(line.expandtabs()) <= room else max(len(wrap(line, room)), 1)


def _rows(elements: Sequence[Block]) -> int:
    """Buttons stand beside each other as long as there is room; a menu takes most of a row."""
    rows, left = 1, _WIDE
    for element in elements:
        label = element.get("text", {}).get("text")
        width = min(len(label) * 8 + 34, _WIDE) if label else 240
        if width > left:
            rows, left = rows + 1, _WIDE
        left -= width
    return rows
