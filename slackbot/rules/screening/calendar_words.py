"""How people write a day: in figures, with a month's name, with an ordinal; pieces of patterns, no patterns."""

from typing import Final

MONTH: Final = (
    r"(?:jan(?:uary|ury)?|feb(?:ruary|uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH: Final = rf"{_DAY}(?:st|nd|rd|th)?(?![\d%])"
_UNITS: Final = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_ORDINAL: Final = (
    rf"(?:(?:twenty|thirty)[- ])?(?:{_UNITS})|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|"
    r"seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_YEAR: Final = r"(?:(?:18|19|20)\d\d|'?\d\d)(?![\d%])"
_WEEKDAY: Final = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?"
_UNIT: Final = (
    r"(?: ?(?:days?|weeks?|wks?|months?|mos?|hours?|hrs?|minutes?|times?|years?|yrs?|of\b|to\b|visits?))"
)

ISO: Final = r"(?:18|19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?!\d)"
FIGURES: Final = rf"{_DAY} ?[-/.\\] ?{_DAY} ?[-/.\\] ?(?:(?:18|19|20)\d\d|'?\d\d)(?![\d%])"
_MONTH_FIRST: Final = rf"{MONTH}[- ,]{{0,2}}(?:the )?(?:{_NTH}|(?:{_ORDINAL})\b)(?:[- ,]{{0,2}}{_YEAR})?"
_DAY_FIRST: Final = (
    rf"(?:the )?(?:{_NTH}|(?:{_ORDINAL})\b)[- ]?(?:day )?(?:of )?{MONTH}(?:[- ,]{{0,2}}{_YEAR})?"
)
WRITTEN: Final = rf"(?:{_MONTH_FIRST}|{_DAY_FIRST})"
MONTH_AND_YEAR: Final = rf"{MONTH}[- ,]{{0,2}}(?:of )?(?:(?:18|19|20)\d\d|'\d\d)(?!\d)"
_SHORT: Final = (
    rf"(?:(?:0?[1-9]|1[0-2]) ?/ ?(?:0?[1-9]|[12]\d|3[01])(?![\d/%]|\.\d|-\d{{1,2}}(?![\d/])| of\b)|"
    rf"(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])(?![\d/%]|[-.]\d|{_UNIT}))"
)
_NTH_ALONE: Final = (
    r"the (?:[12]?\d|3[01])(?:st|nd|rd|th)\b(?! (?:floor|street|st|ave|avenue|time|visit|attempt|practice|office|quarter|"
    r"floors|patient|case|one|year|annual|percentile))"
)

DAY_AND_YEAR: Final = rf"(?:{ISO}|{FIGURES})"
DATE: Final = rf"(?:(?:{_WEEKDAY},? )?(?:{ISO}|{FIGURES}|{WRITTEN}|{_SHORT}))"
"""A day, with or without its year."""
DATE_OR_NTH: Final = rf"(?:{DATE}|(?:{_WEEKDAY},? )?{_NTH_ALONE})"
COMPACT: Final = r"(?:\d{8}|\d{6})(?!\d)"
