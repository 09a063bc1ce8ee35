"""Fewer than eleven patients and what they suffer from: so few that they may be recognized."""

from typing import Final

from slackbot.rules.screening.rule import rule

FEW: Final = "a count of patients under 11 with their condition"

_FEW: Final = (
    r"(?<![\d.,$/:→>-])\b(?:10|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|a single|a couple of|an only)"
    r"(?![\d%]|[.,]\d)"
)
_PATIENTS: Final = (
    r"(?:patients?|pts?|people|person|kids?|child(?:ren)?|adults?|m[ae]n|wom[ae]n|boys?|girls?|infants?|bab(?:y|ies)|"
    r"newborns?|cases?|survivors?|veterans?|individuals?|families|teens?|members?|mothers?|moms)\b"
)
_ILL: Final = (
    r"(?:als|ms|hiv|aids|copd|chf|ckd|esrd|afib|a-fib|hep(?:atitis)? ?[abc]|hepatitis|diabet\w{1,3}|asthma|epilep\w{1,3}|"
    r"dementia|alzheimer\w{0,3}|parkinson\w{0,3}|huntington\w{0,3}|crohn\w{0,3}|lupus|sickle[- ]cell|cystic fibrosis|cf|"
    r"tumou?rs?|cancers?|strokes?|failure|disease|syndrome|disorder|injur(?:y|ies)|fractures?|aneurysms?|hypertension|"
    r"depression|autism|autistic|spina bifida|h(?:a)?emophilia|pulmonary embol\w{1,4}|dvts?|stemis?|covid\w{0,3}|tb|"
    r"tuberculosis|overdoses?|addiction|obesity|hernias?|migraines?|ulcers?|stenosis|defects?|thrombos\w{2}|infections?|"
    r"gravis|porphyria|scleroderma|guillain\W?barr.|tourette\w{0,3}|marfan\w{0,3}|raynaud\w{0,3}|graves|celiac|ibd|ibs|svt|pah|avms?|"
    r"tbi|arrhythmias?|murmurs?|shingles|(?:kidney |gall)stones|apnea|edema|lymphedema|neuropathy|ischemia|arrests?|gout|vertigo|"
    r"an(?:orexia|aphylaxis)|bulimia|glaucoma|cataracts?|blindness|syphilis|gonorrhea|measles|polio|lyme|amputations?|deafness|"
    r"gangrene|hydrocephalus|cleft (?:lip|palate)|pregnanc(?:y|ies)|miscarriages?|impairments?|deficienc(?:y|ies)|malformations?|"
    r"melanomas?|lymphomas?|als|ptsd|adhd|bipolar|schizophreni\w{1,2}|endometriosis|fibroids?|fibrillation|palsy|"
    r"dystrophy|scoliosis|down syndrome|transplants?|burns?|sepsis|seizures?|psoriasis|ovarian|preeclampsia|"
    r"(?!diagnosis|prognosis|diploma|academi|osmosis)[a-z]{3,18}(?:omas?|itis|emia|opathy|plegia|trophy|sclerosis|osis))\b"
)
_OTHER: Final = r"(?!of\b|and\b|per\b|to\b|or\b|a\b|an?\b)[a-z][a-z'-]{0,18}+ "
_WITH: Final = (
    r"(?:with|w/|who (?:have|has|had)|having|diagnosed with|dx'?d with|has|had|have|suffering from|of|for|in)"
)
_MASKED: Final = (
    r"\b(?:fewer than|less than|under|below|top|phase|stage|type|class|level|tier|no|another \d+ of) \0"
)

RULES: Final = (
    rule(
        FEW,
        rf"{_FEW} (?:of (?:the|our|their|my|her|his) )?(?:{_OTHER}){{0,3}}{_PATIENTS},? ?{_WITH} (?:{_OTHER}|an? |the ){{0,4}}{_ILL}",
        _MASKED,
    ),
    rule(
        FEW,
        rf"{_FEW} (?:of (?:the|our|their|my) )?(?:{_OTHER}){{0,3}}{_ILL}[- ](?:positive )?{_PATIENTS}(?! (?:managers?|navigators?|program|class))",
        _MASKED,
    ),
    rule(
        FEW,
        rf"\b{_PATIENTS} (?:with|w/|who have|diagnosed with) (?:{_OTHER}){{0,3}}{_ILL}[^\w]{{0,3}}(?:(?:was|were|is|now|total|count|only) )"
        rf"{{0,2}}(?<![\d.,→>])(?:10|[1-9])(?![\d%/]|[.,:]\d| ?(?:%|of\b|to\b|->|→|-|percent|practices|offices|clinics|providers|days|weeks|months))",
    ),
    rule(
        FEW,
        rf"\b(?:the|our|their|county's|only) (?:one|only|single) {_PATIENTS} (?:with|w/) (?:{_OTHER}){{0,3}}{_ILL}",
    ),
)
