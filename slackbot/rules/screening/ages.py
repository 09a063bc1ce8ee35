"""Ages over 89 of persons; buildings, practices, queues and age groups may be as old as they are."""

from typing import Final

from slackbot.rules.screening.calendar_words import MONTH
from slackbot.rules.screening.rule import rule

AGE: Final = "an age over 89"

_OLD: Final = r"(?<![\d.,$:/-])(?:9\d|1[01]\d|12[0-5])"
_THING: Final = (
    r"(?:hospital|building|clinic|practice|cent(?:er|re)|facility|institution|program|tower|wing|campus|church|school|"
    r"system|organi[sz]ation|foundation|tradition|house|record|brand|company|partnership|charter|policy|law|city|town|"
    r"county|bridge|boiler|elevator|roof|tree|wine|chair|college|university|association|society|contract|lease|"
    r"software|equipment|department|site|place|property|offices?|firm|business|chapel|structure|entrance|agreement|"
    r"relationship|statute|history|legacy|fax machine|machine|physician|surgeon|doctor|dr|founder|volunteer|group)"
)
_IS_A_THING: Final = (
    rf"\b(?:{_THING}|it|we|which|that)\b(?:'s|'re)?(?: (?:is|was|are|turned|turns|just|now|almost|nearly|over|about|has|been|"
    rf"at|building|itself|will|be|of|the))*+[ ,]{{0,2}}\0|\0[^\w]{{0,2}}(?:(?!in\b|at\b|from\b|to\b|of\b|who\b|with\b|was\b|is\b|had\b|and\b|on\b|for\b|"
    rf"left\b|got\b|could\b|came\b|waited\b|the\b|our\b|a\b|my\b)[a-z]{{1,15}}+ ){{0,2}}{_THING}\b(?! (?:patient|pt)\b)"
)
_OLD_WORDS: Final = (
    r"[- ]{0,2}(?:y\.?[- ]?/?o\b\.?|y\.o\.|y/o\b|yo\b|(?:years?|yrs?\.?|y)[- ]{0,2}(?:old|of age|young)\b)"
)
_GROUP: Final = (
    r"(?! ?(?:%|percent|\+|plus\b|(?:and|or|&) (?:older|over|up|above|more|greater|beyond|under|younger)|to \d|through \d|"
    r"- ?\d|days?\b|d\b|weeks?\b|wks?\b|months?\b|mos?\b|hours?\b|hrs?\b|minutes?\b|mins?\b)|[.,:/]\d|\d)"
)
_SPAN: Final = (
    r"\b(?:over|under|above|below|beyond|to|from|through|until|by|average|mean|median|minimum|maximum|min|max|limit|past|"
    r"between|than|least|most|ages|adults?|seniors|residents|patients|people|accounts?|claims|invoices|receivables?|"
    r"a/r|ar|balances?|orders?|referrals?|tickets|items|issues|requests|faxes|queue|buckets?|data|cheese|anyone|those|"
    r"everyone|population)(?: (?:the|of|who|were|are|is|that|still|in|for))*+ ?\0"
)
_ENDS: Final = (
    rf"(?=[^\w%$]{{0,2}}(?:$|[.;!?)]| (?:in|on|by) (?:{MONTH}|spring|summer|fall|winter)|"
    r",(?! ?\d)|[ ,]++(?:and|but|with|so|who|now|y|from|has|had|lives?|next|soon|today|this|"
    r"year|years|yrs|when|which|waited|still|-) ?\b(?!\d)))(?!,\d| (?:and|years?|yrs?) (?:\d|in\b|ago|after|since))"
)
_PERSON: Final = (
    r"\b(?:she|he|who|patient|pt|mom|mother|dad|father|grandmother|grandfather|grandma|grandpa|husband|wife|aunt|uncle|"
    r"man|woman|lady|gentleman|widow|widower|resident|neighbor|sister|brother|gal|guy|gma|gpa|granny|grandad|mother-in-law|father-in-law|mil|fil|(?:mrs|mr|ms) [a-z][a-z'-]{0,19}+)"
    r"(?!\w)"
)
_NAMED_PLACE: Final = (
    r"\b(?:st|saint|mount|mt|our lady)\b[^\0.;]{0,30}\0|\b(?:memorial|general|regional|health|medical|university)"
    r"(?: (?:will|just|has|had|recently|is about to|is going to))*+ ?\0"
)

_WILL_TURN: Final = r"(?:will|'ll|about to|going to|set to|gonna|just|recently|would|had|has)(?: (?:soon|just|now))?+ turn(?:s|ed)? "

RULES: Final = (
    rule(
        AGE,
        r"\bin (?:her|his) (?:(?:early|mid|late|high|very late)[- ]){0,1}(?:nineties|90'?s|hundreds|100'?s)(?!\w)",
    ),
    rule(
        AGE,
        r"\b(?:an?|the|this|our|one) (?:[a-z-]{2,15}+ ){0,2}?(?:nonagenarian|centenarian|supercentenarian)\b(?! [a-z]{2,12}s\b)",
    ),
    rule(
        AGE,
        rf"(?<!\w){_WILL_TURN}{_OLD}{_GROUP}(?!(?: [a-z-]{{1,15}}){{1,4}} (?:into|around|over|to|green|off)\b)",
        rf"{_IS_A_THING}|{_NAMED_PLACE}|\b(?:we|i|they|team)\b[^\0.;:!?]{{0,20}}\0",
    ),
    rule(
        AGE,
        rf"\bat {_OLD},? (?:she|he)(?:'s)? (?:still|lives|walks|drives|needs|needed|fell|could not|couldn't|cannot|can't)\b",
    ),
    rule(
        AGE,
        r"\b(?:90|ninety)[- ]?something(?:[- ]year)?[- ](?:old|lady|woman|man|patient|pt|gentleman|widow|yo)\b",
    ),
    rule(AGE, rf"\b(?:elderly|frail|old)\W{{1,3}}{_OLD}(?=[,;.)])"),
    rule(AGE, rf"{_OLD}(?-i:y)(?=[,;.)]|$)"),
    rule(
        AGE,
        rf"{_OLD}{_OLD_WORDS}{_GROUP}",
        rf"{_IS_A_THING}|\b(?:over|under|above|below|than|to|average|mean|median) \0",
    ),
    rule(
        AGE,
        rf"\bage[ds]?\b(?:[^\w]{{1,3}}+(?:is|was|of|at|now|about|around))*+[^\w%$]{{1,3}}(?:9\d|1[01]\d|12[0-5]){_GROUP}",
        rf"{_SPAN}|{_IS_A_THING}",
    ),
    rule(
        AGE,
        rf"{_PERSON}(?:'s| is| was| just turned| turned| turns| will be|'ll be| will turn|'ll turn| is almost| is now| had turned| is turning|"
        rf" turning)(?: (?:now|already|about|almost|only|nearly))?(?: age)? {_OLD}{_ENDS}",
        r"\b(?:new|per|each) \0",
    ),
    rule(
        AGE,
        rf"{_PERSON}(?: (?:just|has|had|have|will|recently|also|finally|then|is)){{0,2}} (?:turned|turns|turning|turn) {_OLD}"
        r"(?=[^\w%$]{0,2}(?:$|[.;!?)]|,(?! ?\d))| (?:the|on|last|this|in|and|but|while|before|when|yesterday|today|that)\b)",
    ),
    rule(
        AGE,
        r"\b(?:her|his|patient's|pt's|pts|mother's|father's|mom's|dad's) (?:9\d|1[01]\d)(?:st|nd|rd|th) birthday",
    ),
    rule(AGE, rf"{_OLD} ?(?:yr|year|y)s?[ -]?(?-i:[MF]|male|female|man|woman|lady)\b"),
    rule(
        AGE,
        rf"{_OLD}[ /-]?(?-i:[MF])(?= (?:with|w/|who|pt|patient|admitted|c/o|s/p|hx|h/o|presenting|presents|from|needs?|"
        r"waited|referred|in the (?:ed|er|icu)|sent|seen|lives)\b|,| w/)",
        r"(?:\$|°)\0|\b(?:at|was|of|to|degrees|above|below|reached|hit|temp|temperature|is|budget|revenue|about) \0",
    ),
    rule(
        AGE,
        r"(?-i:\b[MF]) ?[/,-]? ?(?:9\d|1[01]\d)(?=[,;.)]| (?:with\b|w/|from\b|who\b))",
        r"\b(?:section|floor|bed|room|tower) \0",
    ),
    rule(AGE, rf"{_OLD}[ -]?(?:female|male|woman|man|lady|gentleman)\b(?! [a-z]{{1,15}}s\b)", r"[$]\0"),
    rule(
        AGE,
        rf"\b(?:woman|man|lady|gentleman|female|male|widow|grandma|grandpa|mother|father|mom|dad|(?:mrs|mr|ms) [a-z'-]{{1,20}}+)"
        rf"(?:, | \(){_OLD}(?=[,).;]|$)",
    ),
    rule(AGE, rf"\b(?:woman|man|lady|gentleman) of {_OLD}(?=[ ,.;]|$)"),
)
