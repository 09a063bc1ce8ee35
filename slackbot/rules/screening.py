"""Recognizes what may identify a patient, so that it is refused before anything is stored or logged.

It lowers the risk; it does not make a text free of patient data. Patterns: 45 CFR 164.514(b)(2), as far as a pattern
can tell (numbers with a label, dates of birth, ages over 89, phone numbers, e-mail and IP addresses)."""

import re
from typing import Final

_DATE: Final = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|[a-z]{3,9}\.? \d{1,2},? \d{4})"
_IS: Final = r"\W{0,4}(?:(?:is|was)\b\W{0,4})?"
_PATTERNS: Final = {
    "a Social Security number": r"(?<!\d)(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?!\d)",
    "a Medicare number": (
        r"(?<![A-Z0-9])[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?"
        r"[AC-HJKMNP-RT-Y]{2}\d{2}(?![A-Z0-9])"
    ),
    "a medical record number": (
        r"\b(?:mrn|medical record(?: no\.?| number)?|chart (?:no\.?|number|#)|member (?:id|no\.?|number)|"
        r"account (?:no\.?|number|#))"
        rf"{_IS}(?=[A-Z0-9-]*\d)[A-Z0-9-]{{4,}}"
    ),
    "a date of birth": rf"\b(?:dob|d\.o\.b\.?|date of birth|birth ?date|born(?: on)?){_IS}{_DATE}",
    "an age over 89": (
        r"\b(?:9\d|1[01]\d)[- ]?(?:y/?o|yrs?[- ]old|years?[- ]old|years of age)\b|"
        r"\baged? (?:9\d|1[01]\d)\b(?! ?(?:%|percent|d\b|days?|weeks?|months?))"
    ),
    "a phone number": (
        r"(?<!\d)(?:\+?1[-. ]?)?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}(?!\d)"
    ),
    "an e-mail address": r"\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b",
    "an IP address": r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])",
}
_COMPILED: Final = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _PATTERNS.items()}


def identifier_in(text: str) -> str | None:
    """The kind of the first thing that may identify a person ("a date of birth"); None when nothing does.

    Only the kind: the value itself is never said back."""
    return next((kind for kind, pattern in _COMPILED.items() if pattern.search(text)), None)
