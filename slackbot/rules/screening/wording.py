"""Wording that links something of value to referrals; denials, and ordinary lunches and leases, are left alone."""

import re
from collections.abc import Iterator
from typing import Final

from slackbot.rules.screening.rule import Rule, rule
from slackbot.rules.screening.together import favors_beside_referrals
from slackbot.rules.screening.values import VALUES

_OF_VALUE: Final = {
    kind: re.compile(rf"(?<![\w$])(?:{words})(?!\w)", re.IGNORECASE) for kind, words in VALUES.items()
}
_ANY_VALUE: Final = rf"(?<![\w$])(?:{'|'.join(VALUES.values())})(?!\w)"

_THEIRS: Final = (
    r"(?:cases?|patients?|pts|business|volumes?|surger(?:y|ies)|procedures?|consults?|admissions?|scans?|imaging|mris?|"
    r"orders|work|labs|stuff|joints|hips|knees|scopes|hearts|spines|deliver(?:y|ies)|births|stents|caths|colonoscopies)"
)
_NOT_A_PROCESS: Final = (
    r"(?![- ](?:coordinat\w{1,4}|team|desk|staff|forms?|process|line|specialists?|center|office|department|queue|workflow|"
    r"turnaround|guides?|directory|review|meeting|template|tools?|portal|pathways?|protocol|training|sheets?|pads?|reports?|"
    r"data|tracking|management|patterns?|list|loop|communication|clerks?|nurses?|managers?|stuck|missing|that failed|source|errors?|issues?|types?|orders?|status\w{0,2}|requests?|problems?))"
)
_REFERRALS: Final = (
    rf"(?:referrals{_NOT_A_PROCESS}|referral(?! [a-z]|-)|"
    r"referral(?= (?:they|we|he|she|sent|that|from|to|this|made|received|worked|in|on|over|and|when|at|with)\b))"
)
_REFER: Final = (
    r"(?:refer(?:s|red|ring)?\b(?! back| out)|(?:send|sends|sent|sending|steer\w{0,3}|direct\w{0,3}|bring\w{0,3}|rout(?:es?|ed|ing)|give|giving|mov(?:es?|ed|ing)|shift\w{0,3}|switch\w{0,3}|funnel\w{0,3}|push\w{0,3}|feed(?:s|ing)?) "
    r"(?:us|me|more|all|every|most|their|his|her|its|over|in|patients|pts|cases|new|\d++|imaging|business|volume|referrals|it our way|everyone|everything)\b|"
    r"(?:hits?|reach(?:es)?|makes?|tops?|meets?|gets? (?:to|past)) (?:(?!my\b|our\b)[\w+'-]{1,12}+ ){0,2}?(?:referrals?|volume|target|quota))"
)
_GIVEN: Final = rf"(?:{_REFERRALS}|referrers?|referring|{_REFER}|(?:new |more |their |his |her |each |every |per |of ){_THEIRS}\b|volume)"
_WHO: Final = (
    r"(?:they|he|she|you|the office|offices|(?:that|each|every|any|an?) (?:office|practice|group|doc|clinic|surgeon)|the practice|practices|the group|docs?|doctors?|physicians?|providers?|partners?|"
    r"dr [a-z'-]{1,20}|the (?:docs?|doctors|physicians|providers|practice|office|group|scheduler|clinic|front desk)|it|anyone|whoever|somebody|someone)"
)
_VERB: Final = r"(?:(?:refer|send|rout|steer|direct|bring|funnel)(?:e|s|es|ed|red|ring|ing)?|sent)\b"
_ONCE: Final = r"(?:if|once|when|whenever|as long as|so long as|provided|provided that|since|because|now that|after|as soon as|while)"
_PROVIDE: Final = (
    r"(?:give|gave|giving|keep|kept|pay|paid|paying|cover|buy|bought|fund|funded|waive|bring|brought|host|sponsor|take|took|"
    r"support|provide|offer|feed|fed|treat|rent|lease|hire|put|do|did|get|got|throw|forgive|forgave|write|let|cater|make it|"
    r"the (?:lunch|lunches|dinners|meals)|bringing|buying)\b"
)
_MODAL: Final = r"(?:'(?:ll|d|ve))?(?: (?:will|would|could|can|start|starts|started|keep|keeps|kept|agree|agreed|all|ever|to|only|always|just|now|continue|continued)\b)*+"
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
    r"brings?|yields?|saves?|savings|generat\w{1,3}|income|saved|saving|cut|reduc\w{1,4}|lost|losing|loses?)\b[^\0.;]{0,20}\0"
)


def _ties(pattern: str, unless: str = _UNLESS) -> Rule:
    return rule("", pattern, unless)


_LOOSE: Final = (
    _ties(rf"\bin (?:exchange|return|trade)(?: for|,)?(?: [\w$%'&-]{{1,20}}+){{0,6}}? {_GIVEN}"),
    _ties(
        rf"\bin (?:exchange|return|trade)(?: for|,)? (?:(?:they|he|she)(?:'ll|'d| will| would)? \w{{1,10}}+ )?(?:their|his|her|its|all|more|the)(?: [\w'-]{{1,15}}+){{0,2}}? {_THEIRS}\b"
    ),
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
    _ties(
        rf"\b(?:with|under|on) (?:the|an|a|our)(?: clear| tacit| unspoken| quiet)? (?:understanding|expectation|assumption|agreement|premise|condition|promise|idea|hope)(?: is| was)?(?: that| of)? (?:{_WHO}{_MODAL} )?(?:{_GIVEN}|{_VERB})"
    ),
    _ties(
        rf"\b(?:expect\w{{0,3}}|hop(?:e|es|ed|ing)|assum\w{{1,3}}|knowing|understood|agreed|promis\w{{1,3}}|deal is|idea is|provided|wants?|counting on)(?: that)? (?:{_WHO}|them|him)(?:'s)?{_MODAL} {_REFER}"
    ),
    _ties(
        r"\b(?:referrals|cases|patients|volume)(?: \w{1,12}+){0,2} (?:should|will|would|ought to|must|better|are going to|are sure to) (?:follow|come|flow|go up|increase|pick up|rise|start|pay)\b",
        rf"{_UNLESS}|\b(?:said|says|say|told|thinks?|reports?|asked|expects?)\b[^\0]{{0,20}}\0",
    ),
    _ties(
        rf"\b(?:goes up|go up|rises?|grows?|increases?|scales?|var(?:y|ies)|bumped up|more|higher|bigger|larger)(?: \w{{1,12}}+){{0,2}}? (?:with|by|the more|based on|for)(?: [\w'-]{{1,15}}+){{0,3}}? (?:{_REFERRALS}|{_WHO}{_MODAL} {_VERB})"
    ),
    _ties(
        rf"\b{_WHO}{_MODAL}(?: (?:promised|agreed|pledged|committed|said (?:they|he|she)(?:'ll|'d| will| would)|offered))?(?: to)? (?:{_REFER}|stop (?:referring|sending)\b|refer\b)(?: [\w'-]{{1,15}}+){{0,6}},? {_ONCE} (?:we|i)(?:'ll|'d| will| would| can)?(?: (?:just|only|also|keep|kept|start|started)){{0,2}} {_PROVIDE}"
    ),
    _ties(
        rf"\b(?:whoever|anyone who|everyone who|anybody who|(?:the |any |each |every )?(?:offices?|practices?|docs?|doctors?|providers?|clinics?|groups?|schedulers?) (?:that|who|which)|the (?:one|ones) (?:that|who)|those who) (?:{_REFER})(?: [\w'-]{{1,12}}+){{0,6}},? (?:gets?|got|wins?|won|earns?|receives?|will get|takes? home|is treated|are treated)\b"
    ),
    _ties(
        r"\b(?:so|so that|to make sure|making sure|to get them to|until|if|as long as|because|and|to)(?: (?:they|he|she|the (?:office|practice|schedulers?|front desk|staff|docs?)))?(?:'ll|'d)?(?: (?:will|would|can))?(?: (?:always|only))? (?:keep|keeps|put|puts|pick|choose|prefer|favor|write|move|list|rank)s? "
        r"(?:us|our name|our docs|our doctors|our surgeons|our clinic)(?: \w{1,12}+){0,2}? (?:first|top|on the (?:referral|list|order)|as (?:their|the) (?:default|first|preferred)|ahead|over|number one|above|on (?:every|all|their) (?:referral|order))"
    ),
    _ties(
        rf"\bper (?:patient|case|head|scan|mri|surgery|body|pt)(?: (?:that|which))? {_WHO}{_MODAL} {_VERB}",
        rf"{_UNLESS}|{_SPENT}",
    ),
    _ties(
        rf"\b(?:on|from|of|for) (?:each|every|all|any|the) (?:\w{{1,12}}+ )?(?:referred|steered|routed) (?:\w{{1,12}}+ )?{_THEIRS}\b",
        rf"{_UNLESS}|{_SPENT}",
    ),
    _ties(
        r"\b(?:promis\w{1,3}|pledg\w{1,3}|agreed|committed|swore)(?: [\w'-]{1,15}+){0,6} in (?:return|exchange|trade)\b"
    ),
    _ties(
        rf"\b(?:(?:return\w{{0,3}}|repa(?:y|id)) the favor|scratch (?:our|my) back|loyal\w{{0,3}}|steady flow|owe us)(?: [\w'-]{{1,15}}+){{0,6}}? (?:{_GIVEN}|{_VERB})"
    ),
    _ties(r"\bof each (?:case|patient|referral)(?: [\w]{1,12}+){0,2} (?:send|refer)\w{0,4}"),
)
"""What ties by itself: something of value anywhere in the sentence is enough."""
_FOR: Final = (
    r"(?: [\w$%'&-]{1,20}+){0,6} (?:for|to get|to win|to boost|to drive|to increase|to secure|to keep|to reward)(?: (?:the|their|his|her|every|each|more|all|new|our|us|\d++|extra|"
    r"additional|those|cardiology|ortho|imaging|surgical|steady|continued|future)\b)*+"
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
        for kind, words in VALUES.items()
    ),
    *(
        (
            kind,
            _ties(
                rf"(?<![\w$])(?:{VALUES[kind]})(?!\w)(?: [\w'-]{{1,15}}+){{0,4}} (?:for|to) (?:\w{{1,12}}+ ){{0,2}}referring (?:practices|offices|docs|doctors|physicians|providers|groups)"
            ),
        )
        for kind in ("gifts", "stipends or fees", "tickets", "rent or space", "payment")
    ),
    *(
        (kind, _ties(rf"(?<![\w$])(?:{VALUES[kind]})(?!\w)(?: [\w'-]{{1,15}}+){{1,5}} to {_REFER}"))
        for kind in ("gifts", "payment")
    ),
)
"""What ties only when the thing of value stands right before "for referrals"."""
_BARE: Final = (
    (
        "payment",
        _ties(
            r"\b(?:referral fees?|finder'?s'? fees?|kick-?backs?|brib(?:e|es|ed|ing|ery)|quid pro quo|pay[- ]to[- ]play|under the table|"
            r"sweeten(?:s|ed|er|ers)?(?: (?:the|a) (?:deal|pot))|(?:make|made) it worth (?:their|his|her) while)\b",
            rf"{_UNLESS}|\0[^\0]*\0 (?:statute|law|laws|training|policy|rules?|module|course)|\b(?:anti-?|about |on )\0",
        ),
    ),
    (
        "exclusivity or guaranteed referrals",
        _ties(
            r"\brefer\w{0,4}(?: [\w'-]{1,15}+){0,3} exclusively|\bexclusively refer\w{0,4}|\bexclusive (?:referrals|referral (?:agreement|arrangement|partner|relationship|deal|contract))|\bexclusivity (?:for|in exchange|in return)|\bguarantee\w{0,2}(?: [\w'-]{1,15}+){0,4} (?:referrals|patients|cases|volume)\b|\b(?:send|refer)\w{0,4} (?:all|every|everything)(?: [\w'-]{1,15}+){0,3} (?:only|exclusively) to us\b|"
            r"\b(?:send|refer)\w{0,4}(?: [\w'-]{1,15}+){0,4} (?:to us (?:only|exclusively|alone)|to only us|nowhere else|(?:to )?(?:no one|nobody) else)\b",
            rf"{_UNLESS}|\0guarantee[^\0]*\b(?:appointments?|slots?|access|callbacks?|turnaround|responses?|scheduling|answers?)\b[^\0]*\0",
        ),
    ),
    (
        "exclusivity or guaranteed referrals",
        _ties(
            r"\b(?:promis\w{1,3}|pledg\w{1,3}|commit\w{0,4} to|agreed to|owes? us)(?: (?:us|me|send|sending|at least|about|a minimum of|minimum|up to)){0,3} \d++\+?(?: \w{1,12}+){0,2} (?:referrals|patients|cases|surgeries|scans)\b",
            rf"{_UNLESS}|\b(?:i|we|i've|we've|i have|we have|liaison|team) \0",
        ),
    ),
    (
        "exclusivity or guaranteed referrals",
        _ties(
            rf"\b(?:stop|quit|drop|end)(?:s|ped|ping|ting)? (?:referring|sending)(?: [\w'-]{{1,15}}+){{0,5}},? (?:{_ONCE}|in exchange|in return)(?: for)? (?:we (?:give|pay|fund|cover|buy|waive|offer|provide|let|hire)|block|money|space|a )"
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
    return tuple(kind for kind in VALUES if kind in found)


def _tied(sentence: str) -> Iterator[str]:
    yield from favors_beside_referrals(sentence)
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
