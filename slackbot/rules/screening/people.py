"""What may lead to a person, patient or not: phone numbers, e-mail and IP addresses, and a name after a patient cue."""

import re
from ipaddress import ip_address
from typing import Final

from slackbot.rules.screening.given_names import GIVEN
from slackbot.rules.screening.rule import rule

PHONE: Final = "a phone number"
EMAIL: Final = "an e-mail address"
IP: Final = "an IP address"
NAME: Final = "a patient's name"

_CALL: Final = (
    r"\b(?:phone|phones|tel|telephone|cell|cellphone|mobile|fax|call|called|text|texted|ph|direct line|back line|line|"
    r"hotline|reach(?:ed)?|dial|ring|contact|pager|landline|callback|voicemail|whatsapp)\b"
)
_TO: Final = r"[^\w$%]{0,3}(?:(?:is|at|her|him|them|us|me|back|on|number|no|#|the|office|home|cell|his|their|via)\b[^\w$%]{1,3}+){0,4}(?:[a-z]{2,12}+ (?:at|on) )?"
_LINE: Final = r"(?:cell|phone|mobile|fax|landline|pager|home line|back line|direct line)"
_AREA: Final = r"(?:\(\d{3}\) ?[-. /]?|[2-9]\d{2} ?[-. /] ?)"

_STOP: Final = (
    r"(?!(?:Satisfaction|Access|Advisory|Portal|Navigat\w*+|Experience|Services?|Safety|Choice|First|Financial|Care|Cent\w++|"
    r"Engagement|Education|Relations?\w*+|Representative|Registration|Transfers?|Transport\w*+|Placement|Flow|Family|Council|"
    r"Line|Volumes?|Panel|Outcomes?|Outreach|Referrals?|Intake|Scheduling|Support|Accounts?|Billing|Rights|Bill|Protection|"
    r"Health\w*+|Information|Records?|Reported|Days?|Visits?|Survey\w*+|Feedback|Recruit\w*+|Retention|Acquisition|Growth|"
    r"Origin|Migration|Leakage|Throughput|Coordinat\w++|Liaisons?|Ambassador|Advoca\w++|Management|Monitoring|Identif\w++|"
    r"Discharge\w*+|Admission\w*+|Assistance|Home|Medical|Data|Demographic\w*+|Communicat\w++|Activation|Team|Office|Department|"
    r"Manager|Director|Programs?|Weeks?|Months?|Stor(?:y|ies)|Names?|Dr|Physicians?|Pleasant|Works|Physical|Therapy|Clinics?|"
    r"Specialty|Hospital|Street|Group|Medicine|Associates|Wait\w*+|Handoffs?|Complaints?|Grievance\w*+|Letters?|Forms?|Lists?|"
    r"Loyalty|Journey|Contact|Call|Calls|Concierge|Guest|Business|Quality|Test\w*+|Screening|Digital|Virtual|Remote|Transition\w*+|"
    r"Mr|Mrs|Ms|The|This|That|They|She|We|It|In|Is|At|For|From|And|Was|Of|To|Also|Please|Phone|Tower|Parking|Self|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|Epic|Excel|Teams|Medicare|Medicaid|Coffee|Clean)\b)"
)
_CAP: Final = (
    rf"(?-i:{_STOP}(?:O'|Mc|Mac|De|Van|St )?[A-Z][a-zà-öø-ÿ]{{1,20}}+(?:-[A-Z][a-zà-öø-ÿ]{{1,20}}+)?)"
)
_INITIAL: Final = r"(?-i:[A-Z]\.)"
_PATIENT: Final = r"(?<!\bSt )\b(?:patient|pateint|patinet|pt|pts)\b(?:'s)?\.?"
_CALLED: Final = r"(?:,? (?:name|named|called|is|was|by the name of))*+[^\w]{1,3}(?:(?:is|was|named|called|mr|mrs|ms|miss) ){0,2}"
_VERB: Final = (
    r"(?:was|is|waited|came|had|got|called|went|said|saw|needed|needs|has|asked|finally|could|couldn't|did|didn't|left|lost|"
    r"wants|wanted|told|seen|never|wrote|thanked|showed|lives|and (?:her|his))"
)
_ROLE: Final = (
    r"(?:managers?|directors?|coordinators?|administrators?|schedulers?|receptionists?|nurses?|supervisors?|assistants?|officers?|"
    r"contacts?|leads?|liaisons?|navigators?|executives?|president|vp|ceo|cfo|coo|chair|secretary|desk|staff|billers?|coders?|"
    r"registrars?|recruiters?|counsel|attorney|teacher|reps?|representatives?|office|practice|compliance|finance|legal|hr|"
    r"scheduling|billing|registration|intake|clerks?|owner|boss|colleague|team|mentor|trainer|analyst|rn|np|pa|ma|referral)"
)
_AT_WORK: Final = (
    rf"\b{_ROLE}\b[^\0.;]{{0,40}}\0|\0[^\0]*\0(?: [A-Z][a-z]{{1,20}})?(?:,| in\b| from\b| at the\b| who runs\b| who manages\b| \()"
    rf"(?:,? [a-z']{{1,15}}+){{0,3}}? ?{_ROLE}\b"
)
_KIN: Final = (
    r"\b(?:her|his|patient's|pt's|the) (?:daughter|son|wife|husband|mother|mom|father|dad|sister|brother|caregiver|spouse|"
    r"granddaughter|grandson|niece|nephew)"
)
_OCTET: Final = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_SIX: Final = re.compile(r"(?<![\w:.])[0-9a-f:]{4,39}(?![\w:])", re.IGNORECASE)

RULES: Final = (
    rule(
        PHONE,
        rf"(?<![\d.,$-])(?:\+?1[-. /]{{0,2}})?{_AREA}[2-9]\d{{2}} ?[-. ] ?\d{{4}}(?![\d%]|[-,.]\d)",
        r"(?:\$|\b(?:cost center|po|invoice|npi|cpt)[^\w]{0,3})\0",
    ),
    rule(
        PHONE,
        rf"{_CALL}{_TO}(?:\+?1[-. ]?)?(?:\d{{10}}|(?:\d{{3}}[-. ]{{1,2}})?\d{{3}}[-. ]{{1,2}}\d{{4}})(?![\d%])",
        r"\bnpi[^\0]*\0|\0[^\0]*npi",
    ),
    rule(
        PHONE,
        rf"(?<![\d.,$-])(?:\d{{10}}|\d{{3}}-\d{{4}})[^\w]{{0,3}}(?:(?:is|was|the|her|his|their|a|an|daughter's|son's|my|office|home) ){{0,3}}{_LINE}\b",
    ),
    rule(
        PHONE,
        r"(?<![\w+])\+[1-9]\d{0,2}(?:[ .()-]{1,2}\d{1,5}){2,6}+(?<=\d)(?!%)",
        r"\0\+\d{1,3}[ .-]\d{1,3}(?!\d|[ .-])[^\0]*\0",
    ),
    rule(
        EMAIL,
        r"(?<![\w.+-])[\w.+'-]{1,64} ?@ ?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|org|net|edu|gov|us|io|health|example)\b",
    ),
    rule(EMAIL, r"(?<![\w.+-])[\w.+'-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}\b"),
    rule(EMAIL, r"\b[\w.+-]{2,40} at [\w-]{2,40} dot (?:com|org|net|edu|gov)\b"),
    rule(NAME, rf"{_PATIENT}{_CALLED}{_CAP},? (?:{_INITIAL} )?(?:{_CAP}|{_INITIAL}|(?-i:[A-Z])\b(?!\w))"),
    rule(NAME, rf"{_PATIENT}{_CALLED}{_CAP}(?:'s)? {_VERB}\b"),
    rule(
        NAME,
        rf"(?:{_PATIENT}(?: full)? name(?: is|:| =|,| was)++ ?|{_PATIENT} (?:named) )[a-z][\w'-]{{1,20}}+",
    ),
    rule(NAME, rf"{_PATIENT} {_INITIAL} ?{_INITIAL}"),
    rule(
        NAME,
        rf"{_CAP} {_CAP},? ?(?:\(|, )?(?:an? |our |the |dr [a-z]{{1,20}}+'s )?(?-i:patient|pt)(?=\)|,|\.|$| of (?:dr|ours|mine)\b| who\b| was\b)",
        r"\b(?:dr|navigator|manager|street|clinic) \0",
    ),
    rule(NAME, rf"\b(?-i:Mr|Mrs|Ms|Miss|Mister|Mx|MRS|MR\.)\.? (?:{_INITIAL} )?{_CAP}", _AT_WORK),
    rule(
        NAME,
        r"\b(?-i:MRS|MR|MS)\.? (?-i:[A-Z]{3,20}+) (?-i:[A-Z]{2,}+)",
        rf"{_AT_WORK}|\0(?:MS|MR) (?:TEAMS|EXCEL|CLINIC|PATIENTS|CENTER|IMAGING)",
    ),
    rule(NAME, rf"{_KIN},?(?: is| named)? {_CAP}(?= {_CAP}| {_VERB}\b|,|\.|$)"),
    rule(NAME, rf"\bbaby (?:boy|girl) {_CAP}"),
    rule(NAME, rf"{_KIN},? (?-i:Mr|Mrs|Ms|Miss)\.? {_CAP}"),
    rule(
        NAME,
        r"\b(?-i:mrs|mr)\.? (?!coffee|clean|imaging|scans?|machine|angio|slots?|order|wrong|right)[a-z][a-z'-]{2,20}+",
        _AT_WORK,
    ),
    rule(NAME, rf"(?:{_PATIENT}(?:,? (?:name|named|called|is|was))*+[^\w]{{1,3}}|{_KIN},? ){GIVEN}\b(?!-)"),
    rule(
        IP,
        rf"(?<![\w.]){_OCTET}(?:\.{_OCTET}){{3}}(?![\w]|\.\d)",
        r"\b(?:version|versions|ver|v|release|build|upgraded|update|updated|firmware|patch|section|policy|chapter|app)\b[^\0]{0,25}\0",
    ),
)


def holds_ipv6(text: str) -> bool:
    """An address of the longer kind, in any of its spellings; times of day and ratios are none."""
    return any(
        _is_ipv6(found[0].strip(".:") if "::" not in found[0] else found[0]) for found in _SIX.finditer(text)
    )


def _is_ipv6(word: str) -> bool:
    if word.count(":") < 3:
        return False
    try:
        ip_address(word)
    except ValueError:
        return False
    return True
