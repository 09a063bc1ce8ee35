"""Dates of birth: a date beside a word for birth, in whichever order, unless it is a thing that was born."""

from typing import Final

from slackbot.rules.screening.calendar_words import COMPACT, DATE, DAY_AND_YEAR, MONTH_AND_YEAR, WRITTEN
from slackbot.rules.screening.rule import rule

BIRTH: Final = "a date of birth"

_CUE: Final = (
    r"(?:\bd[./]? ?o[./]? ?b\b\.?|\bdate[- ]of[- ]b(?:irth|rith|ith|irht)\b|\bdate birth\b|(?<!\w )\bbirth(?=:)|\bdate born\b|\bb(?:irth|rith)[- ]?dates?\b|"
    r"\bdate de nacimiento\b|\by\.? ?o\.? ?b\b\.?|\byear of birth\b)"
)
_BIRTHDAY: Final = r"\b(?:birth ?day|b-?day)(?:\'s)?\b"
_FILL: Final = (
    r"(?:(?!as of\b)(?:is|was|of|as|on|in|the|her|his|their|it|they|she|he|i|we|gave|given|got|have|had|has|reads?|"
    r"shows?|showed|said|says|listed|entered|typed|written|wrong|right|correct|actual|real|new|old|for|patient|pt|being|me|"
    r"us|confirmed|verified|referral|order|form|fax|chart|card|file|record|label|sheet|portal|system|registration|came|"
    r"through|across|instead|per|from|according|should|be|to|mine|hers)\b[^\w]{1,4}+)"
)
_GAP: Final = rf"[^\w]{{0,4}}{_FILL}{{0,5}}(?<!\bas of )"
_THING: Final = (
    r"\b(?:idea|program|programme|clinic|pilot|partnership|project|initiative|concept|service|line|team|committee|"
    r"practice|hospital|center|group|plan|network|it|this|that|which|campaign|tool|dashboard|collaboration|"
    r"relationship|council|company|brand|unit|office|process|workflow|register|coalition|list|system|hub|podcast|event|we)\b"
    r"(?:'s)?(?: (?:was|were|is|got|first|really|officially|itself|\d{1,3}(?:st|nd|rd|th)))*+ ?\0|"
    r"\0[^\0]*\0 ?(?::|-|=) ?(?:the|our|an?|this) (?!lady|woman|man|gentleman|patient|pt|kid|child|boy|girl|guy|widow)"
)
_GIVEN: Final = rf"(?:{DATE}|{COMPACT}|{MONTH_AND_YEAR})"

_COLLEAGUE: Final = (
    r"\b(?:drs?|managers?|schedulers?|coordinators?|front desk|nurses?|staff|office|team)\b[^\0]{0,40}\0"
)

RULES: Final = (
    rule(BIRTH, rf"{_CUE}{_GAP}(?:{_GIVEN}|19\d\d(?!\d))", r"\b(?:new|added|since|field)\0"),
    rule(BIRTH, rf"\bborn\b[^\w]{{0,4}}{_FILL}{{0,3}}(?:{DATE}|{MONTH_AND_YEAR})", _THING),
    rule(
        BIRTH,
        r"\b(?:she|he|patient|pt|who|man|woman|lady|gentleman|mother|father|mom|dad|wife|husband)(?: (?:was|is))?,? born "
        r"(?:in )?19\d\d\b(?! ?s\b)",
        r"\b(?:drs?|doctor|surgeon|physician|founder|founders)\b[^\0]{0,30}\0",
    ),
    rule(BIRTH, rf"{_BIRTHDAY}{_GAP}(?:{DAY_AND_YEAR}|{WRITTEN}[ ,]{{0,2}}\d{{4}})", _THING),
    rule(
        BIRTH,
        rf"(?:\b(?:her|his|patient's|pt's|pts) |^|[.,;:!?(/] ?|\bw/ ){_BIRTHDAY}{_GAP}{DATE}",
        _COLLEAGUE,
    ),
    rule(
        BIRTH,
        rf"(?<![\d/.-])(?:{DAY_AND_YEAR}|{WRITTEN})\)? ?(?:\(|,? ?(?:is|was|=|as|for) )(?:(?:the|her|his|their|patient's|pt's|a|"
        rf"listed|correct|right) ){{0,3}}(?:{_CUE}|{_BIRTHDAY})",
        r"\b(?:as of|since|by|until) ?\0",
    ),
    rule(
        BIRTH,
        rf"(?<![\d/.-])(?:{DAY_AND_YEAR}|{WRITTEN})\)? {_CUE}(?=[^\w ]|$)",
        r"\b(?:as of|since|by|until) ?\0",
    ),
    rule(BIRTH, rf"(?<![\w.])b\. ?{DAY_AND_YEAR}", r"\ba\.|\b20[2-9]\d\0"),
)
