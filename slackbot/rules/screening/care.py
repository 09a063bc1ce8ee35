"""Dates of somebody's care, on a cue: admitted, discharged, operated, seen, died; not the dates of a liaison's own work."""

from typing import Final

from slackbot.rules.screening.calendar_words import COMPACT, DATE, DATE_OR_NTH
from slackbot.rules.screening.rule import rule

CARE: Final = "a date of care"

_STOP: Final = (
    r"(?:staff|committee|board|panel|council|faculty|academy|college|society|privileges?|program(?:me)?|reports?|meeting|"
    r"planning|huddle|lounge|summary|summaries|volumes?|team|rates?|data|dashboard|numbers|center|department|dept|rounds|"
    r"block|since|through|until|goals?|target|policy|pilot|project|launch(?:ed)?|opened|opens|started|starts|began|"
    r"begins|live|signed|went|met|meet|visited|lunch|rose|fell|dropped|up|down|median|average|report|records?|referrals?|"
    r"territory|account|accounts|practice|practices|ehr|emr|crm|calls?|line|process|form|template|workflow|agreement|"
    r"contract|lease|files?|fax|patients|pts|we|i|our|leadership|visit|visits|presented|training|review|survey|redesign|its|first|"
    r"renovation|upgrade|audit|update|change|pulled|extract|ownership|role|office|liaison|manager|bar|exam|its|first|merger|downtime)\b"
)
_WORD: Final = (
    rf"(?!{_STOP})(?!as of\b)(?:[a-z][a-z'&/-]{{0,19}}+|\d{{1,2}} (?:east|west|north|south|tower)\b)"
)
_GAP: Final = rf"(?:[ ,(:-]{{1,3}}+{_WORD}){{0,6}}[ ,(:.;#=-]{{0,4}}(?<!\bthe )(?<!\bas of )"
_NEAR: Final = (
    r"[^\w]{0,4}(?:(?:is|was|were|on|of|from|for|set|date|again|today|back|in|at|moved|to|done|late|early|only)"
    r"\b[^\w]{1,3}+){0,3}"
)
_PAPER: Final = (
    r"(?! ?(?:report|meeting|scorecard|dashboard|deck|call|huddle|minutes|extract|data|email|e-mail|memo|list|figures|"
    r"numbers|census|tour|lunch|training))"
)
_DATE: Final = rf"{DATE_OR_NTH}{_PAPER}"

_MANY: Final = (
    r"\b(?:patients|pts|people|cases|admissions|discharges|referrals|surgeries|procedures|members|adults|all|those|"
    r"everyone|anyone|number|count|volumes?|percent|claims|extract|report|data|dashboard|dates|encounters|visits|%)"
    r"[^\0]{0,40}\0[^\0]*\0 ?(?:-|to\b|through\b|thru\b|and\b|until\b)"
)
_DOCTOR: Final = (
    r"\b(?:drs? [a-z.'-]{1,25}+(?: [a-z'-]{1,25}+)?|surgeon|physician|doctor|nurse|np|manager|liaison|director|i|we|they|it|team)"
    r"(?: (?:was|were|is|has|have|been|got|just|also|first))*+ ?\0"
)
_OWN_WORK: Final = (
    r"\b(?:met|meet|meeting|visited|visit|visits|lunch|talk|talked|spoke|huddle|rounded|rounding|rounds|presented|"
    r"shadow(?:ed|ing)?|training|in-?service|presentation|dropped|tour(?:ed)?|stopped|opening|launch|go-live|we|i|our)\b"
    r"(?! with)[^\0]*\0|\0[^\0]*\0[^\w]{0,3}(?:met|asked|talked|spoke|dropped|with (?:dr|the|our)|meeting|lunch)"
)
_SHARE: Final = r"\0[^\0]*\0 ?(?:on time|within \d|=|\(\d+ ?%)"
_ANY_WORK: Final = rf"{_MANY}|{_DOCTOR}|{_SHARE}"

_ADMITTED: Final = (
    r"\b(?:re-?)?(?:admitted|admited|admittd|hospitali[sz]ed|discharged|dischared|dischrged|dc'?ed|dc'd|d/c'?d|d/c|"
    r"institutionali[sz]ed|intubated|extubated)\b"
)
_ADMISSION: Final = r"\b(?:re-?)?(?:admit|adm|admission|discharge|hospitali[sz]ation)\b\.?"
_DATE_OF: Final = (
    r"(?:admission|admit|discharge|surgery|service|procedure|death|operation|injury|onset|diagnosis|dx|transfer|consult|"
    r"treatment|hospitali[sz]ation|delivery of care|visit to the ed|implant|transplant|accident|appointment|exam|encounter|"
    r"(?:her |his |the )?stay|arrival|imaging|scan|biopsy)"
)
_LABEL: Final = (
    rf"(?:\bdates? of (?:the |her |his )?{_DATE_OF}\b|\b(?:admission|admit|adm|discharge|d/?c|surgery|sx|service|procedure|op|"
    r"surgical|death|injury|onset|dx|diagnosis|transfer|appointment|appt|treatment|consult) date\b|\bdos\b|"
    r"\bd\.o\.s\b\.?|\bdod\b|\bdoi\b|\blmp\b|\bdoa\b|\bed[dc]\b)"
)
_DONE: Final = (
    r"(?:surgery|surgeries|sx|operation|procedure|cath|catheteri[sz]ation|scope|biopsy|mri|ct|pet|scan|x-?ray|ultrasound|"
    r"echo|stress test|ablation|stents?|bypass|cabg|tavr|tka|tha|tkr|thr|acl|replacement|fusion|chole|appy|c-?section|"
    r"cesarean|chemo|chemotherapy|radiation|infusion|dialysis|transplant|transfusion|implant|pacemaker|repair|amputation|"
    r"injection|epidural|mammogram|stroke|heart attack|seizure|fall|fracture|workup|post-?op|follow-?up|"
    r"[a-z]{2,15}(?:ectomy|otomy|ostomy|oplasty|oscopy|centesis|plasty))"
)
_HERS: Final = (
    r"\b(?:her|his|their|the patient's|patient's|pt's|pts|patient|pt|had|has|having|underwent|undergoing|scheduled for|"
    r"booked for|set for|in for|cleared for|went for|came for|came in for|here for|gets|got|needed|needs|status post|s/p|post|delivered by|delivered via|"
    r"mom's|dad's|mother's|father's|wife's|husband's)"
)
_BODY: Final = (
    r"(?:(?:knee|hip|open[- ]heart|cataract|hernia|gallbladder|gall bladder|shoulder|back|bypass|emergency|elective) "
    r"(?:surgery|replacement|repair|operation)|lap chole|appendectomy|stents? placed|c-?section|cabg|"
    r"[a-z]{3,15}(?:ectomy|oplasty))"
)
_COMPLAINT: Final = (
    r",? (?:with|w/|for) (?:an? |the |new |worsening |her |his )?(?:[a-z]{1,15} )?(?:pain|fever|stroke|fall|chest|bleed\w{0,3}|"
    r"fracture|sepsis|sob|cough|infection|seizures?|hip|knee|shortness)\b"
)
_CAME: Final = (
    r"\b(?:came in|came back|came to|presented|presents|showed up|arrived|walked in|went to|brought to|taken to|sent to|"
    r"returned to|seen in|seen at|was in|left)"
)
_WARD: Final = r"(?:ed|er|emergency|emergency room|emergency department|emergency dept|icu|nicu|pacu|hospital|urgent care)"
_PERSON: Final = (
    r"(?:she|he|patient|pt|who|mother|father|mom|dad|wife|husband|man|woman|baby|lady|gentleman|sister|brother|son|"
    r"daughter|aunt|uncle|grandmother|grandfather|grandma|grandpa|child|infant|newborn|kid|(?:mrs|mr|ms) [a-z][a-z.'-]{0,19}+|"
    r"\d{1,3} ?(?:yo|y/o))"
)

RULES: Final = (
    rule(
        CARE,
        rf"{_LABEL}{_NEAR}(?<!\bthe )(?:{DATE}{_PAPER}|{COMPACT})",
        rf"\bdates of[^\0]*\0 ?(?:-|to\b|through\b|thru\b)|\0dos\b[^\0]*\0 ?(?:-|to\b)[^\0]*\b(?:claims|extract|report|data)\b|"
        rf"\b(?:ehr|epic|my|our|start|contract|employment)\b[^\0]{{0,3}}\0|{_MANY}",
    ),
    rule(CARE, rf"{_ADMITTED}{_GAP}{_DATE}", rf"{_ANY_WORK}|\bstaff\b"),
    rule(
        CARE, rf"{_ADMISSION}{_NEAR}(?<!\bthe ){DATE}{_PAPER}", rf"{_MANY}|{_OWN_WORK}|\b(?:direct|easy) \0"
    ),
    rule(
        CARE,
        rf"\b(?:operated on|underwent|went under the knife|s/p|status post|post-?op(?: from)?|(?:post-?op|post op|hospital) day \d{{1,2}}|pod ?#?\d{{1,2}}){_GAP}{_DATE}",
        _ANY_WORK,
    ),
    rule(
        CARE, rf"{_HERS} (?:[a-z'-]{{1,20}}+ ){{0,4}}{_DONE}{_NEAR}(?<!\bthe ){_DATE}", rf"{_MANY}|\bgo-?live"
    ),
    rule(
        CARE,
        rf"(?:^|[.;!?:] |\bthe |\bsince |\bafter |\bbefore )(?!follow|fall|repair|ct|pet|mri|scan|echo|workup|infusion|radiation|post|scope){_DONE} (?:on|was|is|date|set for|scheduled for)\b{_NEAR}{DATE}{_PAPER}",
        rf"{_MANY}|\0[^\0]*moved on[^\0]*\0",
    ),
    rule(
        CARE,
        rf"{_HERS} (?:appt|appointment|consult|admission|discharge|stay|delivery)\b{_NEAR}{_DATE}",
        _DOCTOR,
    ),
    rule(
        CARE,
        r"(?<!\bas )\b(?:first |last )?seen(?: (?:again|there|here|back))?(?: (?:in|at|by|for)(?: (?:the|our|dr|a|an))?"
        rf"(?: [a-z'-]{{1,20}}+){{1,3}}?)?(?: on)?[ ,:]{{1,2}}{_DATE}",
        rf"{_ANY_WORK}|\bfirst patients? (?:was |is )?\0|\b(?:have|i've|we've) \0|\0seen (?:in|by|at) (?:the )?(?:report|data|dashboard|meeting)",
    ),
    rule(
        CARE,
        rf"\b(?:in|to|through|into|at|from|left) (?:the |our |your |an? )?{_WARD}(?: (?:again|twice|by ambulance|by ems))?"
        rf"(?: on| overnight| late| (?:the )?(?:night|morning|evening|afternoon|day|weekend) of)?[ ,:]{{1,2}}{DATE}{_PAPER}",
        rf"{_MANY}|{_OWN_WORK}|{_DOCTOR}",
    ),
    rule(
        CARE,
        rf"\b(?:ed|er|emergency|emergency room|icu|hospital) (?:visit|stay|admission|encounter|arrival)\b{_NEAR}{DATE}{_PAPER}",
        rf"{_MANY}|\0[^\0]*\0[^\w]{{0,3}}(?:met|asked|talked|spoke|dropped|with (?:dr|the|our))|\b(?:my|our) \0",
    ),
    rule(CARE, rf"{_CAME}{_GAP}{DATE}{_COMPLAINT}"),
    rule(CARE, rf"\b(?:{_WARD}|surgery|admitted|transfer){_NEAR}{DATE}{_COMPLAINT}"),
    rule(CARE, rf"\b{_BODY}{_NEAR}{_DATE}", rf"{_MANY}|{_OWN_WORK}"),
    rule(
        CARE,
        rf"(?:^|[.;!?:] |\b(?:her|his|the) )(?:surgery|operation|procedure) (?:was |is )?(?:scheduled|rescheduled|moved from|postponed from){_NEAR}{_DATE}",
    ),
    rule(CARE, rf"\bin (?:the )?hospital from {DATE}", _MANY),
    rule(
        CARE,
        rf"(?:^|[.;!?] |\b{_PERSON} (?:was |is |got |being )?|\bwas |\bgot |\bbeing )transfer(?:r)?ed{_GAP}{_DATE}",
        rf"{_ANY_WORK}|\b(?:account|territory|ownership|practice|lines?|calls?|records?|numbers?|license|contract|lease|"
        r"responsibility|clinic|office|group|domain|schedule|tina|dana)\b[^\0]{0,15}\0",
    ),
    rule(
        CARE,
        rf"\b{_PERSON} (?:has |had |sadly |then ){{0,2}}(?:died|passed|passed away|expired|deceased|delivered|coded){_GAP}{_DATE}",
        _MANY,
    ),
    rule(
        CARE,
        rf"(?:^|(?<=[.,;:!?] )|\b(?:and|but|sadly|then|unfortunately) )(?:died|passed|passed away|deceased|pronounced) (?:dead )?(?:on )?{_DATE}",
        r"\b(?:laws?|bills?|policy|act|rules?|motion|budget|survey|resolution|amendment|vote|audit|it|we|i|proposal|plan)\b[^\0.;:!?]{0,40}\0|"
        r"\0[^\0]*\0[^\0]{0,25}\b(?:survey|audit|inspection|exam|boards?|certif\w{2,9}|joint commission|accredit\w{2,8}|bill|test|vote)\b|"
        r"\0[^\0]*\0,? (?:to|by|along)\b",
    ),
    rule(
        CARE,
        r"\b(?:diagnosed|dx'?d|biopsied|cathed|scoped|dialyzed|vaccinated|immunized|tested positive|transfused|stented)"
        rf"{_GAP}{_DATE}",
        rf"{_ANY_WORK}|\b(?:issue|problem|bug|error|outage|cause)\b[^\0]{{0,15}}\0",
    ),
    rule(
        CARE,
        r"\b(?:the |this |our |one |a )?(?:patient|pt) (?:was |is |has |had |been |got |gets ){0,3}(?:seen|saw|visited|came in|came|"
        rf"arrived|presented|scheduled|booked|admitted|referred for|had|rescheduled|consulted|operated|treated){_GAP}{_DATE}",
        rf"{_MANY}|\bpatient(?:s| (?:advisory|access|experience|family))|\b(?:first|1st|\d{1, 5}(?:th|st|nd|rd)) \0",
    ),
)
