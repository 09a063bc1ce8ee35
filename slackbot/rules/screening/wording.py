"""Wording that links something of value to referrals; denials, and ordinary lunches and leases, are left alone."""

import re
from collections.abc import Iterator
from typing import Final

from slackbot.rules.screening.rule import Rule, rule

_VALUES: Final = {
    "gifts": (
        r"gifts?(?! shop| basket drive)|gift ?cards?|(?:starbucks|amazon|visa|target|dunkin'?|panera|gas|store|coffee|prepaid) "
        r"(?:gift )?cards?|(?:holiday |fruit |gift |goodie |snack |cookie |candy |food )?(?:baskets?|hampers?)|goodie bags?|"
        r"trays?|wine|champagne|bourbon|whiskey|liquor|swag|vouchers?|flowers|chocolates?|cookies|jewelry|merch|laptops?|"
        r"ipads?|tablets?|trips?|vacations?|getaways?|spa day|watches|freebies|presents|perks?|favors?"
    ),
    "meals": (
        r"(?<!over )(?<!at )(?<!during )(?:lunch(?:es)?|luncheons?|dinners?|breakfasts?|brunch(?:es)?)"
        r"(?! (?:and|&|n|'n'?) learn| time| hour| break| meetings?| visits?|-and-learn)|meals?|cater(?:ed|ing)?|steaks?|"
        r"pizzas?|food|drinks|happy hours?|bagels|donuts|doughnuts|coffees?|treats?|sandwiches"
    ),
    "stipends or fees": (
        r"stipends?|honorari(?:um|ums|a)|(?:speak(?:er|ing|ers)|consult(?:ing|ant)|advisory|director(?:'s|ship)?) "
        r"(?:fees?|pay|payments?|stipends?|contracts?|agreements?)|medical direct(?:or)?ships?|medical director "
        r"(?:fees?|pay|stipends?|role|title|contract|agreement|position|deal|job)|advisory board (?:seat|fee|pay)s?|retainers?"
    ),
    "tickets": (
        r"tickets?|the suite|luxury (?:suite|box)|sky ?box(?:es)?|box seats|court-?side|seats|season passes|concerts?|"
        r"golf (?:outing|trip|round|day)s?|ball ?game|playoffs?"
    ),
    "rent or space": (
        r"rents?|rental|lease|leases|sublease|office space|free space|clinic space|below-?market|timeshares?|free parking"
    ),
    "exclusivity or guaranteed referrals": (
        r"exclusiv\w{1,5}|guarantee\w{0,2}(?= (?:[\w'-]{1,15}+ ){0,4}(?:referrals|patients|cases|volume))|only to us|solely|all (?:of )?(?:their|his|her|its) "
        r"(?:cases|referrals|patients|imaging|surgeries|business)|minimum of \d++ referrals"
    ),
    "payment": (
        r"pay|pays|paying|paid|payments?|cash|referral fees?|finder'?s'? fees?|fees?|bonus(?:es)?|kick-?backs?|commissions?|"
        r"\$ ?\d[\d,.]*+k?|\d++ ?% of each|checks?|cover(?:s|ed|ing)? (?:their|his|her|the)|reimburs\w{1,7}|"
        r"sponsor(?:s|ed|ing|ships?)?|donat\w{1,4}|free (?:staff|training|ehr|equipment|software|help|labor|scribe|marketing)|"
        r"marketing (?:support|money|dollars)|discounts?|loans?|incentives?|compensat\w{1,4}|support their|spiffs?|bounty|"
        r"bounties|money|rewards?|subsid\w{1,5}|\d++ (?:dollars|bucks)|royalt(?:y|ies)"
    ),
}
_OF_VALUE: Final = {
    kind: re.compile(rf"(?<![\w$])(?:{words})(?!\w)", re.IGNORECASE) for kind, words in _VALUES.items()
}
_ANY_VALUE: Final = rf"(?<![\w$])(?:{'|'.join(_VALUES.values())})(?!\w)"

_THEIRS: Final = (
    r"(?:cases?|patients?|pts|business|volumes?|surger(?:y|ies)|procedures?|consults?|admissions?|scans?|imaging|mris?|"
    r"orders|work|labs|stuff)"
)
_NOT_A_PROCESS: Final = (
    r"(?![- ](?:coordinat\w{1,4}|team|desk|staff|forms?|process|line|specialists?|center|office|department|queue|workflow|"
    r"turnaround|guides?|directory|review|meeting|template|tools?|portal|pathways?|protocol|training|sheets?|pads?|reports?|"
    r"data|tracking|management|patterns?|list|loop|communication|clerks?|nurses?|managers?|stuck|missing|that failed|source))"
)
_REFERRALS: Final = (
    rf"(?:referrals{_NOT_A_PROCESS}|referral(?! [a-z]|-)|"
    r"referral(?= (?:they|we|he|she|sent|that|from|to|this|made|received|worked|in|on|over|and|when|at|with)\b))"
)
_REFER: Final = (
    r"(?:refer(?:s|red|ring)?\b(?! back| out)|(?:send|sends|sent|sending|steer\w{0,3}|direct\w{0,3}|bring\w{0,3}|route[sd]?|give|giving|move|moving) "
    r"(?:us|me|more|all|their|his|her|over|in|patients|pts|cases|new|\d++|imaging|business|volume|referrals|it our way|everyone|everything)\b|"
    r"hits? (?:the|their|a|his|her) (?:referral|volume|target))"
)
_GIVEN: Final = rf"(?:{_REFERRALS}|referrers?|referring|{_REFER}|(?:new |more |their |his |her |each |every |per |of ){_THEIRS}\b|volume)"
_WHO: Final = (
    r"(?:they|he|she|you|the office|offices|the practice|practices|the group|docs?|doctors?|physicians?|providers?|partners?|"
    r"dr [a-z'-]{1,20}|the (?:docs?|doctors|physicians|providers|practice|office|group|scheduler|clinic|front desk)|it|anyone|whoever|somebody|someone)"
)
_MODAL: Final = r"(?: (?:will|would|could|can|start|starts|started|keep|keeps|kept|agree|agreed|all|ever|to|only|always|just|now|continue|continued))*+"
_NO: Final = (
    r"(?:no|not|never|without|none|nor|neither|cannot|can't|don't|doesn't|didn't|won't|wasn't|isn't|aren't|weren't|declin\w{1,3}|"
    r"refus\w{1,3}|unrelated|prohibit\w{0,3}|forbid\w{0,3}|turned down|illegal|unlawful|regardless|independent|stopp?\w{0,3}|"
    r"ended|avoid\w{0,3}|reject\w{0,3}|anti|against|instead of|reminded|explain\w{0,3}|ban\w{0,4}|rather than|nothing|any)"
)
_UNLESS: Final = (
    rf"\b{_NO}\b(?:[ ,'-]{{1,2}}+[\w$-]{{1,20}}+){{0,3}}[ ,'(-]{{0,2}}\0|\0[^\0]*\b(?:not|unrelated|never|regardless|independent)\b[^\0]*\0|"
    r"\0[^\0]*\0[^\0]*\b(?:unrelated|said no|declined|refused|turned (?:it|them|that) down|not allowed|against (?:the )?(?:policy|law)|"
    r"is illegal|are illegal|would be illegal|is not|are not|isn't|aren't|not permitted|statute)\b"
)
_SPENT: Final = (
    r"\b(?:cost|costs|costing|spend|spent|spending|margin|revenue|worth|value|valued|average|averaging|downstream|contribution|"
    r"brings?|yields?|saves?|savings|generat\w{1,3}|income)\b[^\0.;]{0,20}\0"
)


def _ties(pattern: str, unless: str = _UNLESS) -> Rule:
    return rule("", pattern, unless)


_LOOSE: Final = (
    _ties(rf"\bin (?:exchange|return|trade)(?: for|,)?(?: [\w$%'&-]{{1,20}}+){{0,6}}? {_GIVEN}"),
    _ties(rf"\b{_GIVEN}(?:[ ,]{{1,2}}+[\w$%'&-]{{1,20}}+){{0,6}}?[ ,]{{1,2}}in (?:exchange|return|trade)\b"),
    _ties(
        rf"\b(?:if|as long as|so|so that|when|whenever|each time|every time|once|provided|provided that|until|because|since|after|for as long as|in case|on condition|on the condition that|unless) {_WHO}{_MODAL} {_REFER}"
    ),
    _ties(
        rf"\b(?:tied|linked|pegged|based|depend\w{{0,3}}|conditional|contingent|according|proportional|scaled|matched|keyed)(?: (?:to|on|upon|with|by))(?: [\w'-]{{1,20}}+){{0,4}}? (?:{_GIVEN}|how many|how much)"
    ),
    _ties(
        rf"\b(?:to thank|thank(?:ing|s|ed)?|thank-?you|thank you|as a reward|reward\w{{0,3}}|in appreciation|appreciation|to show (?:our )?gratitude|to recognize)(?: [\w'-]{{1,20}}+){{0,3}}?(?: for| our| your| the| their)(?: [\w'-]{{1,20}}+){{0,4}}? {_GIVEN}"
    ),
    _ties(
        r"\b(?:top|best|biggest|highest|leading|most loyal)(?: \w{1,12}+){0,2} (?:referrers?|referring|referral sources?)"
    ),
    _ties(
        rf"\b(?:for|to) (?:\w{{1,12}}+ ){{0,2}}(?:practices?|offices?|docs?|doctors?|physicians?|providers?|groups?|schedulers?|clinics?|anyone|those|partners?|staff|surgeons?)(?: \w{{1,12}}+)? (?:that|who|which) {_REFER}"
    ),
    _ties(
        rf"\b(?:they|he|she|offices?|practices?|docs?) {_REFER}(?: [\w'+%-]{{1,15}}+){{0,4}},? (?:and |then |so )?(?:they|he|she|we)(?: (?:get|gets|got|receive|earn|pay|give|cover|buy|send))\b"
    ),
    _ties(
        rf"\bwe (?:cover|pay|give|buy|provide|handle|fund|offer)(?: [\w'$%-]{{1,15}}+){{1,6}},? (?:and |then |so )?(?:they|he|she) {_REFER}"
    ),
    _ties(
        rf"\bper (?:referral|new patient|patient (?:sent|referred)|case|referred patient|admission|head sent)\b{_NOT_A_PROCESS}",
        rf"{_UNLESS}|{_SPENT}|cost \0",
    ),
    _ties(
        rf"\b(?:for|per|with) (?:each|every|any) (?:\w{{1,15}}+ ){{0,2}}(?:referrals?|patients?|case|admission|consult)\b{_NOT_A_PROCESS}",
        rf"{_UNLESS}|{_SPENT}",
    ),
    _ties(r"\bof each (?:case|patient|referral)(?: [\w]{1,12}+){0,2} (?:send|refer)\w{0,4}"),
)
"""What ties by itself: something of value anywhere in the sentence is enough."""
_FOR: Final = (
    r"(?: [\w$%'&-]{1,20}+){0,6} (?:for|to get|to win|to boost|to drive|to increase|to secure|to keep|to reward)(?: (?:the|their|his|her|every|each|more|all|new|our|us|\d++|extra|"
    r"additional|those|cardiology|ortho|imaging|surgical|steady|continued|future))*+"
)
_TIGHT: Final = (
    *(
        (
            kind,
            _ties(
                rf"(?<![\w$])(?:{words})(?!\w){_FOR} (?:{_REFERRALS}|{_REFER}|(?:sending|referring|steering) |to {_REFER})",
                rf"{_UNLESS}|{_SPENT}|\b(?:it|help ?desk|support|open|opened|submitted|filed|logged|closed|\d++) \0tickets|\0[^\0]*\b(?:form|search|ads?)\b",
            ),
        )
        for kind, words in _VALUES.items()
    ),
    *(
        (
            kind,
            _ties(
                rf"(?<![\w$])(?:{_VALUES[kind]})(?!\w)(?: [\w'-]{{1,15}}+){{0,4}} (?:for|to) (?:\w{{1,12}}+ ){{0,2}}referring (?:practices|offices|docs|doctors|physicians|providers|groups)"
            ),
        )
        for kind in ("gifts", "stipends or fees", "tickets", "rent or space", "payment")
    ),
    *(
        (kind, _ties(rf"(?<![\w$])(?:{_VALUES[kind]})(?!\w)(?: [\w'-]{{1,15}}+){{1,5}} to {_REFER}"))
        for kind in ("gifts", "payment")
    ),
)
"""What ties only when the thing of value stands right before "for referrals"."""
_BARE: Final = (
    (
        "payment",
        _ties(
            r"\b(?:referral fees?|finder'?s'? fees?|kick-?backs?)\b",
            rf"{_UNLESS}|\0[^\0]*\0 (?:statute|law|laws|training|policy|rules?|module|course)|\b(?:anti-?|about |on )\0",
        ),
    ),
    (
        "exclusivity or guaranteed referrals",
        _ties(
            r"\brefer\w{0,4}(?: [\w'-]{1,15}+){0,3} exclusively|\bexclusively refer\w{0,4}|\bexclusive (?:referrals|referral (?:agreement|arrangement|partner|relationship|deal|contract))|\bexclusivity (?:for|in exchange|in return)|\bguarantee\w{0,2}(?: [\w'-]{1,15}+){0,4} (?:referrals|patients|cases|volume)\b|\b(?:send|refer)\w{0,4} (?:all|every|everything)(?: [\w'-]{1,15}+){0,3} (?:only|exclusively) to us\b"
        ),
    ),
)
"""What is a tie in itself."""
TIES: Final = (*_LOOSE, *(tie for _, tie in (*_TIGHT, *_BARE)))
"""All rules of this module."""
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s")


def inducements(text: str) -> tuple[str, ...]:
    """What of value is tied to referrals: "gifts", "meals"."""
    found = dict.fromkeys(kind for sentence in _SENTENCE.split(text) for kind in _tied(sentence))
    return tuple(kind for kind in _VALUES if kind in found)


def _tied(sentence: str) -> Iterator[str]:
    yield from (kind for kind, tie in (*_TIGHT, *_BARE) if tie.found_in(sentence))
    if any(tie.found_in(sentence) for tie in _LOOSE):
        yield from (kind for kind, value in _OF_VALUE.items() if _offered(sentence, value))


_DENIED: Final = re.compile(
    rf"\b{_NO}\b(?:[ ,'-]{{1,2}}+[\w$-]{{1,20}}+){{0,3}}[ ,'(-]{{0,2}}$", re.IGNORECASE
)


def _offered(sentence: str, value: re.Pattern[str]) -> bool:
    return any(
        _DENIED.search(sentence[max(0, found.start() - 60) : found.start()]) is None
        for found in value.finditer(sentence)
    )
