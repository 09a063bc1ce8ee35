"""Dates of care told in note style, without a verb of care: a ward with its days, since when, a procedure with its day."""

from typing import Final

from slackbot.rules.screening.calendar_words import DATE
from slackbot.rules.screening.care import CARE
from slackbot.rules.screening.rule import rule

_START: Final = r"(?:^|(?<=[.,;:!?(])|(?<=[.,;:!?(] )|(?<=- ))"
_PERSON: Final = (
    r"\b(?:she|he|patient|pt|who|mother|father|mom|dad|wife|husband|man|woman|lady|gentleman|guy|baby|sister|brother|son|"
    r"daughter|aunt|uncle|grandmother|grandfather|child|infant|kid|(?:mrs|mr|ms) [a-z][a-z.'-]{0,19}+|9?\d ?(?:yo|y/o))"
)
_HERS: Final = r"\b(?:her|his|patient's|pt's|pts|mom's|dad's|mother's|father's|wife's|husband's|(?:mrs|mr|ms) [a-z.]{1,20}+'s)"
_WARD: Final = (
    r"(?:ed|er|icu|micu|sicu|ccu|nicu|picu|pacu|emergency room|emergency dept|emergency department|hospital|step-?down|"
    r"tele|med[- ]?surg|obs|observation|inpatient|in-?pt|l&d|or)"
)
_FACILITY: Final = (
    r"(?:(?:acute |inpatient |in-?pt |short-?term |a |the )*+(?:rehab|snf|ltach?|irf|nursing home|nursing facility|hospice|"
    r"skilled nursing|skilled|assisted living|memory care|detox|home health))"
)
_OPERATION: Final = (
    r"(?:surgery|sx|operation|cath|ablation|tavr|cabg|tka|tha|tkr|thr|c-?section|cesarean|lap chole|appy|"
    r"(?:knee|hip|shoulder|valve|acl|hernia|cataract|bypass|spine|open[- ]heart) "
    r"(?:surgery|replacement|repair|operation|fusion|scope)|(?!colostomy|tracheostomy)[a-z]{3,15}(?:ectomy|otomy|oplasty|oscopy|centesis))"
)
_STUDY: Final = (
    r"(?:mri|ct|pet|scan|x-?rays?|ultrasound|us|echo|ekg|ecg|eeg|emg|mammogram|dexa|stress test|biopsy|bx|labs?|lab work|"
    r"blood ?work|cultures?|imaging|cath|colonoscopy|egd|endoscopy|consult|infusion|injection|chemo|radiation|dialysis)"
)
_PART: Final = (
    r"(?:hip|knee|knees|shoulder|ankle|wrist|valve|aorta|hernia|gallbladder|gall bladder|appendix|prostate|cataracts?|"
    r"stents?|pacemaker|pacer|icd|port|picc|feeding tube|peg|trach|rotator cuff|acl|fracture|"
    r"(?:left|right|l|r) (?:eye|hand|foot|leg|arm|elbow|breast|kidney|lung))"
)
_RESULT: Final = (
    r"\b(?:path(?:ology)?|results?|reports? (?:never|still|not|pending)|read|note|pending|never (?:reached|got|came|went|sent)|"
    r"still no|no (?:op )?note|no call|showed|negative|positive|benign|malignant|normal|abnormal|home (?:next|same)|neg|pos)\b"
)
_TREATMENT: Final = (
    r"(?:chemo|chemotherapy|radiation|xrt|dialysis|hd|infusions?|immunotherapy|treatments?|pt|physical therapy|cardiac rehab|"
    r"rehab|hospice|coumadin|warfarin|eliquis|insulin|antibiotics|iv antibiotics|therapy|wound care|o2|oxygen)"
)
_PERIOD: Final = (
    r"\0[^\0]*\b\d{1,2}/0?1(?:/\d{2,4})? ?(?:-|to|through|thru) ?\d{1,2}/(?:28|29|30|31)\b|"
    r"\0[^\0]*\0(?:/\d{2,4})? ?[:,(=]? ?(?:~|about |up |down |n=)?(?:\d{1,6}(?![\d/-])|zero|[a-z]{1,12} )?(?:,\d{3})? ?"
    r"(?:visits|volumes?|closed|renovation|diversion|downtime|patients|pts|admissions|admits|arrivals|cases|days avg|"
    r"average|median|census|data|report|declined|transfers)\b|\0[^\0]*\0(?:/\d{2,4})? ?[:=(] ?[\d.,]{1,9}(?:$|[^\w/])"
)
_WORK: Final = (
    r"\b(?:met|meet|meeting|meetings|visited|toured|tour|tabling|talk|talked|spoke|huddle|rounded|rounds|presented|shadow(?:ed|ing)?|"
    r"training|in-?service|presentation|dropped|stopped|opening|opens|opened|launch(?:ed)?|go-?live|we|i|our|my|new|service|"
    r"team|director|chief|lead|block|clinic|program|unit|covered|covers|general|orthopedic|department of)\b[^\0.;:!?]*\0|"
    r"\0[^\0]*\0[^\0]{0,30}\b(?:met|asked|talked|spoke|dropped|went over|walked|reviewed|team|staff|charge nurse|director|manager|"
    r"discussed|in-?service|huddle|presented|closed|closure|downtime|diversion|opens|opened|meeting|agenda|lunch|slots|openings|"
    r"training|course|class|liaison|block|session|tour|launch|go-?live|renovation)\b"
)
_SERVICE: Final = (
    r"\b(?:coverage|services?|team|programs?|hospitalists?|drs? [a-z'-]{1,20}|np|nps|pharmacy|pharmacist|reads?|billing|scheduling|"
    r"anesthesia|navigators?|imaging|mri|ct|lab|labs|epic|ehr|unit|tower|beds?|liaison|we|i|our|director|manager|coverage|"
    r"interpreters?|lead|chief|surgeons?|physicians?|providers?|dialysis|printing|it|live|desk|support|it's|that's)\b[^\0.;:!?]{0,45}\0"
)
_MANY: Final = r"\b(?:patients|pts|cases|volumes?|all|those|number|count|percent|claims|surgeries|procedures|scans|%)\b[^\0]{0,40}\0"
_SPAN: Final = rf"{DATE} ?(?:-|to|through|thru|until|til|till) ?{DATE}"

RULES: Final = (
    rule(CARE, rf"\b{_WARD} (?:stay )?(?:from )?[(:]?{_SPAN}", rf"{_PERIOD}|{_WORK}|{_MANY}"),
    rule(
        CARE,
        rf"{_SPAN},? (?:in |at |on )?(?:the )?(?:{_WARD}|{_FACILITY}) ?(?:$|[.,;)]|stay\b)",
        rf"{_WORK}|{_MANY}",
    ),
    rule(CARE, rf"(?-i:\bLOS)[ :(]{{1,2}}(?:from |was )?(?:{_SPAN}|{DATE})", rf"{_PERIOD}|{_MANY}|{_WORK}"),
    rule(
        CARE,
        rf"(?:{_START}|{_PERSON} )(?:(?:is|was|has|been|still|she's|he's|now) ){{0,4}}(?:(?:in|on|at) (?:the |our |a )?)?"
        rf"(?:in[- ]?house|in ?patient|in ?pt|hospitali[sz]ed|{_WARD}|{_FACILITY}|vent|ventilator|bed ?rest|intubated|npo|boarding)"
        rf" (?:since|from|until|as of) {DATE}",
        rf"{_SERVICE}|{_PERIOD}|\0(?:or|inpatient|tele) as of",
    ),
    rule(
        CARE, rf"{_PERSON} (?:has |have )?(?:been )?(?:on|in|getting|under) {_TREATMENT} since {DATE}", _MANY
    ),
    rule(
        CARE,
        rf"(?:{_START}|\band |\bpt |\bpatient )(?:was |went )?(?:in |to )?{_WARD} (?:on|the (?:night|morning|evening|day) of) {DATE}",
        rf"{_WORK}|{_MANY}|{_PERIOD}|\0[^\0]*\0:|\0[^\w]{{0,2}}(?:and )?or ",
    ),
    rule(
        CARE,
        rf"{_PERSON} (?:[a-z'-]{{1,15}}+ ){{0,2}}?(?:went|moved|transferred|sent|discharged|placed|going|goes|returned|back|released|"
        rf"headed) (?:on )?(?:to |in |into |from )?(?:{_FACILITY}|home)(?: on)? {DATE}",
        _MANY,
    ),
    rule(
        CARE,
        rf"\b(?:went|moved|sent|placed|off|discharged|returned) (?:in|into|to|from) (?:{_FACILITY}|{_WARD})(?: on)? {DATE}"
        r" (?:after|following|from|for|because of) (?:her|his|a|an|the (?:stay|surgery|fall|stroke|procedure|hospital))\b",
        r"\b(?:i|we) \0",
    ),
    rule(
        CARE,
        rf"{_HERS} (?:[a-z'-]{{1,15}}+ ){{0,2}}{_TREATMENT} (?:was |is |has |had |got |will )?(?:started|start|starts|began|begins?|ended|"
        rf"ends|finished|finishes|stopped|resumed|resumes|due|set|moved|cancell?ed|completed|done|complete)(?: (?:on|for|to|again))?"
        rf" {DATE}",
        _MANY,
    ),
    rule(
        CARE,
        rf"{_PERSON} (?:has |had |just |will |finally )?(?:started|starts?|began|begins?|finished|completed|resumed) (?:on |her |his )?"
        rf"{_TREATMENT}(?: on)? {DATE}",
        _MANY,
    ),
    rule(
        CARE,
        rf"(?:{_HERS} |\bthe |{_START})(?:[a-z]{{1,15}}+ )?(?:{_PART}|{_OPERATION}) (?:was |were |got |is |had |being )?(?:done|fixed|replaced|"
        rf"repaired|removed|placed|inserted|implanted|scoped|pinned|put in|went in|came out|taken out|performed|operated(?: on)?)(?: on)? {DATE}",
        _MANY,
    ),
    rule(
        CARE,
        rf"{_PERSON} (?:[a-z'-]{{1,15}}+ ){{1,7}}?(?:on )?{DATE} (?:by|via) (?:ambulance|ems|squad|helicopter|air|life ?flight|medevac)\b",
    ),
    rule(
        CARE,
        rf"\b(?:{_STUDY}|{_OPERATION}|appt|appointment|visit|follow-?up|slot) for (?:her|him|this patient|the patient|the pt|pt)"
        rf"(?: (?:was|is|set for|on|got|moved|to|booked|scheduled|for)){{0,4}} {DATE}",
        _MANY,
    ),
    rule(
        CARE,
        rf"(?:^|(?<=[.;:!?] ))(?:ed|er|icu|nicu|picu|micu|sicu) {DATE}(?=[,;]|$|\.(?!\w))",
        rf"{_WORK}|{_MANY}|{_PERIOD}",
    ),
    rule(
        CARE,
        rf"\b{_STUDY} (?:was |were |got |is |had been )?(?:done|performed|drawn|taken|completed|collected|read|resulted)(?: on)? {DATE}",
        rf"{_MANY}|\b(?:training|new|upgrade|project|first) (?:\w{{1,12}} )?\0|\0consult [^\0]*training",
    ),
    rule(CARE, rf"\b{_OPERATION} (?:on )?{DATE},? (?:with|by|w/) (?:drs?|her|his|the surgeon)\b", _WORK),
    rule(
        CARE,
        rf"{_START}{_OPERATION} {DATE}(?=[,;.)]|$| (?:and|but|w/|with|went|no|still)\b)",
        rf"{_WORK}|{_MANY}|{_PERIOD}",
    ),
    rule(
        CARE,
        rf"\b(?:{_STUDY}|{_OPERATION}|{_PART}) (?:on |from |of )?{DATE}[,;:.(-]{{0,2}} (?:[a-z]{{1,12}}+ ){{0,3}}?{_RESULT}",
        rf"{_MANY}|{_WORK}|\b(?:report|data|dashboard) \0",
    ),
    rule(
        CARE,
        rf"{_PERSON} (?:has |had |again |then )?(?:fell|collapsed|coded|crashed|relapsed|miscarried|stroked|seized|overdosed|"
        rf"gave birth|broke (?:her|his) [a-z]{{2,10}}+|had (?:a|an|another) (?:[a-z]{{2,12}}+ )?(?:fall|stroke|mi|seizure|heart attack|wreck|"
        rf"accident|miscarriage|baby))(?: again| at home)?(?: on)? {DATE}",
        _MANY,
    ),
    rule(
        CARE,
        rf"{DATE},? (?:[a-z]{{1,10}}+ )?{_PERSON} (?:was |got |is |had |has |been |then ){{0,3}}(?:re-?)?(?:admitted|discharged|dc'?d|d/c'?d|"
        rf"hospitali[sz]ed|intubated|operated on|passed away|died|expired|transferred (?:to|from)|{_OPERATION}|(?:an? |her |his )"
        rf"(?:{_OPERATION}|{_STUDY}|stroke|fall|mi|heart attack))\b(?! (?:to the medical )?staff)",
        rf"{_MANY}|\0[^\0]*\bdrs? [^\0]*\0|\0[^\0]*\badmitted\0 (?:that|to (?:having|not))",
    ),
    rule(
        CARE,
        rf"{DATE} (?:admission|admit|discharge|dc|ed visit|er visit|hospital stay|hospitali[sz]ation|inpatient stay|icu stay|"
        rf"{_OPERATION})(?=$|[,;)]|\.(?!\w)| (?:for|w/|with (?:dr|no|a)|and no|but no|note|never|still|at)\b)",
        rf"{_WORK}|{_MANY}|\0[^\0]*\0,? (?:volumes?|[\d.])|\b(?:as of|since|by|until|effective|through|-|to) ?\0",
    ),
    rule(
        CARE,
        rf"\bdates? of (?:her |his |the )?(?:visit|appointment)[:,(-]?(?: ?(?:was|is|=|on))? ?{DATE}(?! ?(?:-|to\b|through\b))",
        r"\b(?:practice|office|clinic|drs?|met|liaison|site|lunch|drop|outreach|sales|crm|group|medicine|associates)\b|"
        r"\b(?:i|we|my|our)\b[^\0.;:!?]*\0|\0[^\0]*\b(?:we|i|my|our)\b",
    ),
)
