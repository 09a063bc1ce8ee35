"""Numbers given to one person: Social Security, Medicare, and those that a label says to be a patient's or member's."""

from typing import Final

from slackbot.rules.screening.rule import Rule, rule

SSN: Final = "a Social Security number"
MEDICARE: Final = "a Medicare number"
RECORD: Final = "a medical record number"
MEMBER: Final = "a member or policy number"
ACCOUNT: Final = "an account number"
ENCOUNTER: Final = "an encounter number"
LICENSE: Final = "a personal license number"

_NUMBER: Final = r"(?:numbers?|num|nbr|nr|nos?|ids?|identifier|identification|#)(?![a-z])\.?(?: ?#)?"
_SEP: Final = r"[^\w§%]{0,4}"
_LINK: Final = (
    r"(?:(?!as of\b)(?:is|was|are|were|to|by|of|as|for|on|in|the|an?|her|his|their|this|that|which|it|she|he|they|i|we|"
    r"you|me|us|gave|given|got|have|had|has|reads?|shows?|showed|says|said|listed|entered|typed|written|came|comes|"
    r"back|up|under|file|record|patient|patient's|pt|pt's|pts|ending|ends|with|correct|right|wrong|actual|new|old|"
    r"called|confirmed|card|one|number)\b[^\w§%]{1,4}+)"
)
_GAP: Final = rf"{_SEP}{_LINK}{{0,5}}"
"""Between a label and its number: "MRN: ", "MRN they gave me (", "MRN is "."""
_TURNED: Final = (
    r"(?:\)? ?(?:\(|is|was|=|being|as)(?: (?:the|her|his|their|a|an|my|our|new|old|right|correct|patient's|pt's|pts|"
    r"patient|pt|only)){0,2} ?)"
)
"""Between a number and the label after it: " (", " is the ", " was her "."""
_A_DATE: Final = r"(?!(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?(?!\d)|\d\d?[-.]\d\d?[-.](?:19|20)\d\d(?!\d)|\d\d?/\d\d?|(?:19|20)\d\d(?![-.]?\d)|(?:19|20)\d\d-(?:(?:19|20)\d\d|\d\d)(?!\d|-))"
_NO_COUNT: Final = r"(?![\d%]|[,.]\d| ?(?:%|percent|to\b|and counting|->|→))"


def _value(least: int) -> str:
    """A number with that many digits or more, perhaps with a few letters and separators, that is no date or count."""
    return rf"{_A_DATE}[a-z]{{0,4}}-?\d(?:(?:[-. ]?[a-z]?|-[a-z]{{1,4}}-)\d){{{least - 1},18}}+{_NO_COUNT}"


_SSN_SHAPE: Final = r"(?!000|666|9\d\d)\d{3}([-. ])(?!00)\d{2}\1(?!0000)\d{4}"
_SSN_LABEL: Final = (
    r"(?:\bssns?\b|\bs\.s\.n\b\.?|\bss ?(?:#|no\b\.?|number\b)|\bs\.s\. ?(?:#|no\b\.?|number\b)|"
    r"\bsoc(?:ial)?\.? ?sec(?:urity)?\b\.?|\b(?:itin)\b)"
)
_SOCIAL: Final = rf"(?:{_SSN_LABEL}|\bsocial\b)"
_NINE: Final = r"\d(?:[-./_ ]{0,2}\d){8}(?![\d%]|[-,.]\d)"
_OTHER_THING: Final = (
    r"(?:cost center|cost centre|gl|g/l|gl code|ledger|fund|budget code|po|purchase order|invoice|ticket|contract|part|"
    r"model|catalog|item|version|grant|project|job|req|requisition|zip|code|codes|sku|asset|asset tag|serial|lot|order|"
    r"vendor|charge code|department|dept|form|template|promo|campaign|p\.o\.|bid|rfp|stock|parts|barcode)"
    r"(?: (?:nos?|numbers?|num|id|ids|code|codes|string|tag|#))?\.?(?: (?:is|was|are))?[^\w]{0,3}\0"
)

_LETTER: Final = "[ac-hjkmnp-rt-y]"
_EITHER: Final = "[0-9ac-hjkmnp-rt-y]"
_MBI: Final = rf"(?<![a-z0-9])[1-9]{_LETTER}{_EITHER}\d[-. ]?{_LETTER}{_EITHER}\d[-. ]?{_LETTER}{{2}}\d{{2}}(?![a-z0-9])"
_MBI_LOOSE: Final = r"\d[a-z][a-z0-9]\d[-. ]?[a-z][a-z0-9]\d[-. ]?[a-z]{2}\d{2}(?![a-z0-9])"

_MRN: Final = (
    r"(?:\b[ep]?-?mrns?\b|\bm\.r\.n\b\.?|\bmr ?(?:#|no\b\.?|number\b)|\bempi\b|"
    rf"\bmed(?:ical)?\.? ?rec(?:ord)?s?\b\.?[: ]{{0,2}}{_NUMBER}|\bhealth record ?{_NUMBER}|"
    rf"\b(?:patient|pateint|pt|pts)\b(?:'s|\.)? ?{_NUMBER}|\bunit record ?{_NUMBER})"
)
_CHART: Final = rf"\bcharts? ?{_NUMBER}"
_PLAN: Final = (
    r"\b(?:member|mbr|subscriber|policy|policy ?holder|beneficiary|health ?plan|plan member|medicaid|insurance|"
    r"medicare|medi-?cal|hicn|insured|enrollee|claim|authori[sz]ation|auth|pre-?cert(?:ification)?|rx|prescription|humana|aetna|cigna|uhc|united(?:healthcare)?|bcbs|bc/bs|blue cross|"
    r"anthem|kaiser|tricare|champva|molina|centene|wellcare|plan|ins)(?:'s)?"
)
_MEMBER: Final = rf"{_PLAN} ?(?:id )?{_NUMBER}"
_ACCOUNT: Final = rf"\b(?:acct|acc't|account|guarantor)s?\b\.? ?{_NUMBER}"
_STAY: Final = rf"\b(?:encounter|csn|har|fin|visit|accession|specimen|hospital account)\b ?{_NUMBER}"
_DRIVER: Final = r"\b(?:driver'?s?'? licen[cs]e|passport|license plate|dl ?#)"

_OWN_MEMBERSHIP: Final = (
    r"\b(?:aapl|ache|achc|ama|acp|aafp|mgma|hfma|shsmd|aha|acc|acs|association|society|chamber|committee|board|team|"
    r"faculty|college|academy|rewards|airline|costco|gym|newsletter)(?:'s)?[ (,]{1,3}\0"
)
_BUSINESS: Final = (
    r"\b(?:gl|g/l|ledger|vendor|crm|salesforce|hubspot|budget|expense|supplier|practice|client|business|utility|zoom|"
    r"webex|mailchimp|fedex|ups|courier|cost|key|corporate|group|deposit|revenue|dashboard|pie|bar|run|org|"
    r"tableau|flow|hr|travel|hospital|department|departmental|system|compliance|lease|liability|malpractice) \0"
)
_NO_PATIENT: Final = rf"{_OWN_MEMBERSHIP}|{_BUSINESS}"


def _labelled(kind: str, label: str, least: int, unless: str | None = _NO_PATIENT) -> tuple[Rule, ...]:
    turned = rf"(?<![\w.$-])(?:[a-z]{{0,3}}\d(?:[-. ]?\d){{4,18}}+){_TURNED}{label}(?! ?(?:field|number of))"
    return (
        rule(kind, rf"{label}(?: ?{_NUMBER})?{_GAP}{_value(least)}", unless),
        rule(kind, rf"{turned}(?=\W{{0,3}}(?:$|\b))", unless),
        rule(kind, rf"(?<![\w.$-])\d{{6,}}+ ?{label}(?=[^\w ]|$)", unless),
    )


RULES: Final = (
    rule(SSN, rf"(?<![\d.$-])(?<!\d ){_SSN_SHAPE}(?!\d| \d|[-.]\d)", _OTHER_THING),
    rule(SSN, r"(?<![a-z0-9])xxx-xx-\d{4}(?!\d)"),
    rule(SSN, rf"{_SOCIAL} ?(?:{_NUMBER})?{_GAP}{_NINE}"),
    rule(SSN, rf"(?<![\w.$-])\d{{3}}[-./ ]?\d{{2}}[-./ ]?\d{{4}}{_TURNED}{_SOCIAL}"),
    rule(
        SSN,
        rf"{_SSN_LABEL} ?(?:{_NUMBER})?(?: (?:last|final|4|four|digits|only|just)){{0,3}}[^\w%]{{1,3}}(?!(?:19|20)\d\d)\d{{4}}(?=$|[^\w\s%,.-]|[,.](?!\d))",
    ),
    rule(
        SSN,
        rf"{_SOCIAL}(?:[^\w%]{{1,3}}+[a-z]{{1,9}}+){{0,3}}[^\w%]{{1,3}}(?:last|final|end(?:s|ing|ed)?)\b"
        r"(?: (?:four|4|digits|in|with|are|is)\b){0,4}[^\w%]{0,3}\d{4}(?!\d)",
    ),
    rule(
        SSN,
        r"\b(?:last|final) (?:four|4)\b(?: digits| numbers)?(?: (?:of|on|from|for))?(?: (?:the|her|his|their|patient's|"
        rf"pt's))?[^\w%]{{0,3}}(?:{_SOCIAL}|card)(?: ?{_NUMBER})?{_GAP}\d{{4}}(?!\d)",
    ),
    rule(SSN, r"\blast (?:four|4) digits(?: (?:are|is|were))?[^\w%]{1,3}\d{4}(?!\d)"),
    rule(MEDICARE, _MBI),
    rule(
        MEDICARE,
        rf"\b(?:mbi|hicn|medicare|beneficiary)\b(?: (?:beneficiary|card|claim|id|identifier|number|no|#))"
        rf"{{0,3}}\.?{_GAP}{_MBI_LOOSE}",
    ),
    *_labelled(RECORD, _MRN, 4),
    *_labelled(RECORD, _CHART, 4),
    rule(
        RECORD, rf"\bcharts?[^\w§/%]{{1,3}}{_value(5)}(?! (?:referrals|visits|patients|calls))", _NO_PATIENT
    ),
    rule(RECORD, rf"\b(?:patient|pt)\b[^\w§/%]{{1,3}}{_value(6)}"),
    rule(RECORD, rf"\bmed(?:ical)?\.? ?rec(?:ord)?\b\.?[^\w§/%]{{1,3}}{_value(6)}", _NO_PATIENT),
    *_labelled(MEMBER, _MEMBER, 5),
    *_labelled(MEMBER, rf"\b(?:member|mbr|subscriber)(?:'s)? ?(?:id )?{_NUMBER}", 4),
    rule(MEMBER, rf"\b(?:medicaid|subscriber|member|policy)[^\w§%]{{1,3}}{_value(7)}", _NO_PATIENT),
    *_labelled(ACCOUNT, _ACCOUNT, 4),
    rule(ACCOUNT, rf"\b(?:acct|account|guarantor)\b[^\w§%]{{1,3}}{_value(6)}", _NO_PATIENT),
    *_labelled(ENCOUNTER, _STAY, 5),
    rule(ENCOUNTER, rf"\b(?:encounter|csn|har|fin|accession)\b[^\w§%]{{1,3}}(?:is |was )?{_value(6)}"),
    rule(LICENSE, rf"{_DRIVER}(?: ?{_NUMBER})?{_GAP}{_value(5)}"),
)
