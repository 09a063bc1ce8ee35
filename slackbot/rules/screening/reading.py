"""Evens out how a text was typed, so that each pattern needs to know one spelling: on a copy, which is never shown."""

import re
from typing import Final
from unicodedata import category, decimal, normalize

_ALIKE: Final = {ord(sign): "'" for sign in "’‘‛`´ʼ"} | {ord(sign): '"' for sign in "“”„"}
_MINUS: Final = "−⁃"
_MASKED: Final = re.compile(r"(?:\*{3}|x{3})[- ]?(?:\*{2}|x{2})[- ]?(?=\d{4})", re.IGNORECASE)
_MENTION: Final = re.compile(r"<[@#!][^<>]{0,80}>")
_ADDRESS: Final = re.compile(r"https?://[^\s?#]{1,2000}", re.IGNORECASE)
_MARKS: Final = re.compile(r"[*`~]|(?<![^\W_])_|_(?![^\W_])")
_AT: Final = re.compile(r" ?[(\[] ?at ?[)\]] ?", re.IGNORECASE)
_TITLES: Final = re.compile(r"\b(Drs?|Mrs?|Ms|St|vs)\.(?= )", re.IGNORECASE)

_UNITS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_UNIT: Final = "|".join(_UNITS)
_GREAT: Final = re.compile(
    rf"\b(?:(ninety)(?:[- ]({_UNIT})\b)?|(?:an?|one)[- ]hundred(?:[- ](?:and[- ])?({_UNIT})\b)?)",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """The text with one kind of space, dash, quote and digit, and without what nobody sees or what only formats."""
    folded = normalize("NFKC", text)
    evened = "".join(_sign(sign) for sign in folded).translate(_ALIKE)
    unmasked = _MASKED.sub("xxx-xx-", _MENTION.sub("@", evened))
    without_paths = _ADDRESS.sub(lambda found: found[0].replace("/", "§"), unmasked)
    bare = _AT.sub("@", _MARKS.sub("", without_paths))
    return _TITLES.sub(r"\1", re.sub(r"\s{1,4000}", " ", bare)).strip()


def _sign(sign: str) -> str:
    if sign.isascii():
        return sign
    match category(sign):
        case "Cf":
            return ""
        case "Pd":
            return "-"
        case "Nd":
            return str(decimal(sign))
        case "Zs" | "Zl" | "Zp":
            return " "
    return "-" if sign in _MINUS else sign


def in_figures(text: str) -> str:
    """ "ninety-four" as 94 and "one hundred and two" as 102: great ages, and nothing else, are read from words."""
    return _GREAT.sub(_figure, text)


def _figure(found: re.Match[str]) -> str:
    tens, unit, over = found.groups()
    base, rest = (90, unit) if tens else (100, over)
    return str(base + (_UNITS.index(rest.lower()) + 1 if rest else 0))
