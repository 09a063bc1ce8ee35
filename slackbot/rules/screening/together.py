"""A plain favor and a flow of patients named in one sentence: however they are joined, that is worth a question."""

from typing import Final

from slackbot.rules.screening.rule import Rule, rule

_THEIR: Final = r"(?:their|his|her|its|the (?:office|practice|group|front desk|scheduler|docs?|staff)'?s?|dr [a-z'-]{1,20}+'s)"
_THEM: Final = r"(?:them|him|her|the (?:office|practice|group|front desk|schedulers?|docs?|mas?|staff|surgeons?|team)|their|his|dr [a-z'-]{1,20}+)"
_PLAIN: Final = {
    "gifts": (
        r"gifts?(?! shop)|gift ?cards?|(?:starbucks|amazon|visa|target|dunkin'?|panera|gas|costco|walmart) cards?|"
        r"(?:fruit|gift|wine|snack|cookie|holiday|goodie|cheese|candy) (?:baskets?|trays?|bags?|boxes|box)|wine|champagne|bourbon|"
        r"whiskey|ipads?|airpods|raffles?|prizes?|sweepstakes|(?:referral )?contests?|cruises?|(?:free|paid|ski|golf|a) vacations?|getaways?|spa(?: day)?|"
        r"massages|massage (?:gift|certificate)s?|jewelry|perks?(?! of)|flowers"
    ),
    "meals": (
        r"steaks?|steakhouse|brunch(?:es)?|catered|catering|happy hours?|pizzas?|"
        rf"(?:treat(?:ed|ing)?|t(?:ook|ake|aking)|b(?:ought|uy|uying)|wined and dined|fed|feed(?:ing)?) {_THEM}(?: \w{{1,12}}+){{0,3}}? "
        r"(?:out(?= for (?:a |an )?(?:\w{1,12}+ )?(?:steaks?|dinner|drinks|lunch|food|golf|sushi|meal)|,|$)|lunch|dinner|breakfast|drinks|coffee)|"
        r"(?:free|nice|fancy|team|celebration) (?:lunch(?:es)?|dinners?|breakfasts?|meals?)(?! (?:hours?|break|time))"
    ),
    "stipends or fees": (
        r"stipends?|honorari(?:um|ums|a)|directorships?|retainers?|(?:paid|speaking|consulting|advisory|speaker) "
        r"(?:fees?|advis[eo]rs?|consultants?|gigs?|contracts?|agreements?|boards?|seats?|roles?)"
    ),
    "tickets": (
        r"(?:season|box|playoff|court-?side|concert|game|theater|floor|suite) (?:tickets?|seats?|pass(?:es)?|box(?:es)?)|"
        r"golf (?:outing|trip|round|day|weekend)s?|(?:fishing|hunting|ski) trips?|(?:luxury|stadium) (?:suite|box)|sky ?box(?:es)?"
    ),
    "rent or space": (
        r"rent-?free|rent (?:break|relief|discount|holiday|cut)s?|(?:free|cheap|discounted|reduced|below-?market|half) "
        r"(?:rent|space|office space|lease|sublease|suite)|(?:lease|rent)(?: (?:is|at|was|for)){1,2} \$ ?\d{1,3}(?![\d,])|"
        rf"(?:lower|drop|cut|waive)(?:s|ed|ing|ped|d)? {_THEIR} (?:rent|lease)"
    ),
    "exclusivity or guaranteed referrals": (
        r"(?:use|uses|using|refer|refers|send|sends)(?: [\w'-]{1,12}+){0,4} (?:nobody|no one|nowhere) else|"
        r"\d++ (?:\w{1,12}+ ){0,2}(?:a|per|each) (?:month|quarter|year|week)(?: is| are)? guaranteed"
    ),
    "payment": (
        r"kick-?backs?|bounty|bounties|finder'?s'? fees?|royalt(?:y|ies)|subsid(?:y|ies|ized?|izes|izing)|"
        rf"(?:pay|paid|pays|paying|chip(?:ped)? in|kick(?:ed|ing)? in|pitch(?:ed)? in)(?: for)? {_THEIR} [a-z]{{2,15}}|"
        rf"(?:cut|gave|give|hand(?:ed)?|wrote|slip(?:ped)?|send|sent) {_THEM} (?:an? )?(?:checks?(?! ?-?lists?)|cash|money|\$ ?\d[\d,]*+)|"
        rf"(?:bonus(?:es)?|cash|checks?|money) (?:to|for) {_THEM}|"
        rf"\$ ?\d[\d,.]*+k? (?:for|per) (?:each|every|a) (?:patient|case|scan|referral|head)|"
        rf"(?:loan|lend|lent|donat|sponsor|fund|bought|buy|staff)(?:s|ed|ing|e|es)? (?:{_THEM}|{_THEIR}) (?:an? |the |new )?(?:[a-z-]{{2,15}}+ )?"
        r"(?:ultrasound|machine|equipment|laptops?|scanner|ehr|emr|software|nurse|scribe|desk|party|picnic|event|printer|team|staff|cme|"
        r"conference|tuition|website|ads?|marketing)|(?:we|i)(?:'ll|'d)? buy (?:the|an?) [a-z]{2,15}|"
        rf"discount(?:s|ed)?(?! parking)(?: [\w'-]{{1,12}}+){{0,4}} (?:for|to) {_THEM}|"
        rf"(?:do|did|does|handle|run|staff|cover)(?:s|ed|ing)? {_THEIR} (?:[a-z-]{{2,15}}+ ){{1,4}}?(?:free|for free|at no (?:cost|charge))|"
        rf"(?:staff|fund|sponsor|subsidize) {_THEIR} (?!referral)[a-z]{{2,15}}"
    ),
}
_FLOWING: Final = (
    r"(?:cases?|patients?|pts|business|volumes?|surger(?:y|ies)|procedures?|consults?|admissions?|scans?|imaging|mris?|cts?|"
    r"referrals?|labs|joints|hips|knees|scopes|hearts|spines?|deliver(?:y|ies)|births|stents|caths|colonoscopies|ortho|cardiology)"
)
_PAPER: Final = (
    r"(?![- ](?:coordinat\w{1,4} (?:meeting|team)|forms?|process|line|desk (?:line|hours)|queue|workflow|turnaround|guides?|"
    r"directory|review|meetings?|template|tools?|portal|pathways?|protocol|training|sheets?|pads?|reports?|data|tracking|patterns?|"
    r"list|loop|errors?|issues?|orders?|status\w{0,2}|problems?|packets?|communication|experience|safety|satisfaction|education|"
    r"access|navigators?|stuck|room|time|notes?|fair))"
)
_SENDS: Final = (
    r"refer(?:s|red)?(?! (?:back|out|to (?:the |our )?(?:page|section|slide|guide|policy)))|(?:send|sends|sent|sending|steer\w{0,3}|bring\w{0,3}|rout(?:es?|ed|ing)|"
    r"funnel\w{0,3}|mov(?:es?|ed|ing)|give|gives|shift\w{0,3}) (?:us |me |all |more |most |every |"
    rf"over |{_THEIR} |\d++ |ten |so |many |plenty|enough |new |the ){{0,4}}(?:[a-z]{{2,12}}+ )??(?:{_FLOWING}|us|plenty|enough)"
)
_FLOW: Final = (
    rf"\b(?:{_SENDS}|referrals{_PAPER}|{_THEIR} (?:[a-z-]{{2,15}}+ ){{0,2}}?{_FLOWING}{_PAPER}|"
    rf"(?:the )?(?:most|many|more|enough|every|each|all|tenth|\d++(?:th)?|ten|per|top|gi|spine|ortho|neuro|cardiology|imaging|medicare|surgical) "
    rf"(?:[a-z-]{{2,15}}+ )?{_FLOWING}{_PAPER}|volumes? (?:stays?|holds?|goes|keeps|grows|is up|up)|"
    r"(?:us(?:e|es|ing)|think of|choose|pick|prefer|put|puts|remember) us|referral (?:contests?|raffles?|prizes?|rewards?|challenges?)|us (?:first|on the (?:order|list|referral))|"
    r"book(?:s|ed)? (?:[a-z]{1,12}+ ){0,4}?(?:with|at|to|for) us)\b"
)
_FINE: Final = (
    r"\b(?:no|not|never|none|nor|without|declin\w{1,3}|refus\w{1,3}|unrelated|regardless|prohibit\w{0,3}|forbid\w{0,3}|illegal|"
    r"polic(?:y|ies)|compliance|compliant|legal|counsel|fmv|fair market|stark|statute|limit|training|trained|remind\w{0,3}|"
    r"can't|cannot|don't|doesn't|didn't|won't|isn't|aren't|wasn't|turned down|said no|instead of|hourly|stopp?ed|ended|grand rounds|"
    r"nurses? week|gala|foundation|liaisons?|our (?:own )?team|my own|unaffected|symposium|cme (?:dinner|lunch|talk|event|series|credit)|patients? (?:gifts?|education)|residents?)\b"
)

RULES: Final[tuple[tuple[str, Rule], ...]] = tuple(
    (kind, rule(kind, rf"(?<![\w$-])(?:{words})(?!\w)")) for kind, words in _PLAIN.items()
)
FLOW: Final = rule("", _FLOW)
FINE: Final = rule("", _FINE)


def favors_beside_referrals(sentence: str) -> tuple[str, ...]:
    """The kinds of favor in a sentence that also tells of patients coming; none where it speaks of rules or refusal."""
    if FINE.found_in(sentence) or not FLOW.found_in(sentence):
        return ()
    return tuple(kind for kind, favor in RULES if favor.found_in(sentence))
