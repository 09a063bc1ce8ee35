"""Slips somebody may make in each file, and what they must be told."""

from typing import NamedTuple

from tests.content.slips_told import TOLD


class Slip(NamedTuple):
    """In `file`, `before` becomes `after`; the complaint names the line where `at` starts, and says `told`."""

    file: str
    before: str
    after: str
    at: str
    told: str


NPS = "metric: referrer_nps, by: change, at_least: 10, sample: 20"

ROADMAP = {
    "a typo in a field": ("do_next: Pick", "do_nxt: Pick", "do_nxt", "do_nxt: Extra inputs"),
    "a step without its action": (
        "    do_next: Log",
        "    note: Log",
        "id: experience",
        "do_next: Field required",
    ),
    "a step number in words": ("number: 3", "number: three", "number: three", "number: Input should be"),
    "two steps with one number": ("number: 3", "number: 2", "number: 2\n    name: Train", "should be step 3"),
    "a fact that does not exist": (
        "facts: [7, 72,",
        "facts: [88, 72,",
        "facts: [88",
        "less than or equal to 87",
    ),
    "a fact listed twice": ("facts: [7, 72,", "facts: [7, 7,", "id: background", "facts are listed twice"),
    "an empty point": ("- Leading a team and managing its work", "- ''", "- ''", "at least 1 character"),
    "entries that are no list": (
        "entries:\n",
        "entries: none\nothers:\n",
        "# The five steps",
        "a list called entries",
    ),
    "a stray quote": ("name: Train and certify", 'name: "Train and certify', "", "is not YAML"),
    "a tab": ("    number: 4", "\tnumber: 4", "\tnumber: 4", "is not YAML"),
}
LADDER = {
    "an id used twice": (
        "id: liaison\n",
        "id: manager\n",
        "id: manager\n    level: 3",
        "manager is already taken",
    ),
    "an id with a space": (
        "id: senior_liaison",
        "id: senior liaison",
        "id: senior liaison",
        "id: String should match",
    ),
    "a key written twice": ("level: 3\n", "level: 3\n    level: 5\n", "level: 5", "level is written twice"),
    "a name too long": (
        "name: Outreach Coordinator",
        f"name: {'x' * 76}",
        "name: xxx",
        "at most 75 characters",
    ),
    "a padded name": (
        "name: Medical Science Liaison",
        "name: ' MSL'",
        "name: ' MSL'",
        "spaces or line breaks around",
    ),
    "an unknown source": (
        "source: vendor",
        "source: rumor",
        "source: rumor",
        "source: Input should be 'seed'",
    ),
    "a level in quotes": ("level: 4", 'level: "4"', 'level: "4"', "level: Input should be a valid integer"),
    "an entry that is only a word": (
        "  - id: director\n",
        "  - oops\n  - id: director\n",
        "- oops",
        "valid dictionary",
    ),
}
CREDENTIALS = {
    "a cycle nobody verified": (
        "name: PMP (project management)",
        "name: PMP\n    cycle_months: 36",
        "id: pmp",
        "an unverified credential cannot have a cycle",
    ),
    "an unknown kind": (
        "kind: membership",
        "kind: club",
        "kind: club",
        "kind: Input should be 'certification'",
    ),
    "an unknown expiry rule": (
        "expiry_rule: end_of_calendar_year",
        "expiry_rule: soon",
        "expiry_rule: soon",
        "expiry",
    ),
    "hours below zero": ("ce_required: 30", "ce_required: -30", "ce_required: -30", "greater than 0"),
    "a yes for true": (
        "in_seed: true\n    issuer: Healthcare",
        'in_seed: "yes"\n    issuer: Healthcare',
        'in_seed: "yes"',
        "in_seed: Input should be a valid boolean",
    ),
    "an unknown subject": (
        "negotiation, compliance, performance_measurement]\n    expiry_rule: unknown\n    source: seed\n"
        "    verification: unverified\n    facts: [65, 68",
        "cooking]\n    expiry_rule: unknown\n    source: seed\n    verification: unverified\n    facts: [65, 68",
        "covers: [communication, data_analysis, referral_development, cooking]",
        "covers.3: Input should be",
    ),
    "a date that does not exist": (
        "fee: $200",
        "as_of: 2026-02-31\n    fee: $200",
        "as_of: 2026-02-31",
        "as_of:",
    ),
}
CRITERIA = {
    "a number that claims the article": (
        "id: manager_verified\n",
        "id: manager_verified\n    source: seed\n",
        "id: manager_verified",
        "a number for results is always a house_default",
    ),
    "a house default that claims to be verified": (
        "id: director_experience\n",
        "id: director_experience\n    verification: verified\n",
        "id: director_experience",
        "a house default cannot be verified",
    ),
    "a metric of another outcome": (
        NPS,
        NPS.replace("referrer_nps", "leakage"),
        "kind: any\n      of:\n        - {kind: outcome, outcome: provider_satisfaction, metric: satisfaction_score, by: change, at_least: 0.3",
        "has no metric leakage",
    ),
    "an unknown outcome": (
        "outcome: outreach_campaigns, metric: campaigns, by: total, at_least: 2",
        "outcome: luck, by: total, at_least: 2",
        "outcome: luck",
        "no outcome luck",
    ),
    "an unknown rung": ("rung: coordinator\n", "rung: intern\n", "rung: intern", "there is no rung intern"),
    "an unknown test": (
        "test: {kind: education, at_least: master}",
        "test: {kind: charm}",
        "kind: charm",
        "'charm'",
    ),
    "an unknown degree": (
        "at_least: master",
        "at_least: wizard",
        "at_least: wizard",
        "'bachelor', 'master' or",
    ),
    "a sentence that tells another number": (
        "sentence: At least 4 wins",
        "sentence: At least 4.5 wins",
        "id: director_leadership",
        "leaves out the number 4",
    ),
    "a threshold of zero": (
        "at_least: 15\n      periods: 4",
        "at_least: 0\n      periods: 4",
        "at_least: 0\n",
        "greater than 0",
    ),
    "a share over 100": (
        "test: {kind: verified_share, at_least: 80}",
        "test: {kind: verified_share, at_least: 180}",
        "test: {kind: verified_share, at_least: 180}",
        "less than or equal to 100",
    ),
    "a choice of one": (
        "        - {kind: outcome, outcome: contract_wins, metric: agreements_renewed, by: total, at_least: 1}\n",
        "",
        "- {kind: outcome, outcome: contract_wins, metric: agreements_signed, by: total, at_least: 1}",
        "at least 2 items",
    ),
    "an unknown kind of years": (
        "of: relevant, at_least: 7",
        "of: luck, at_least: 7",
        "of: luck",
        "'relevant' or 'liaison'",
    ),
    "a sample in words": (NPS, NPS.replace("20", "many"), "sample: many", "valid integer"),
}
OUTCOMES = {
    "no default metric": (
        "default: true\n        formula: New agreements",
        "formula: New agreements",
        "- id: agreements_signed",
        "contract_wins needs exactly one metric with default: true",
    ),
    "two default metrics": (
        "id: mentees\n",
        "id: mentees\n        default: true\n",
        "- id: ride_alongs",
        "leadership needs exactly one metric",
    ),
    "a metric id taken elsewhere": (
        "id: leakage\n",
        "id: referrals\n",
        "id: referrals\n        label: Leak",
        "taken",
    ),
    "an unknown direction": (
        "direction: down\n        period: quarter",
        "direction: left\n        period: quarter",
        "direction: left",
        "'up' or 'down'",
    ),
    "bounds the wrong way round": (
        "minimum: 1\n",
        "minimum: 6\n",
        "- id: satisfaction_score",
        "minimum must be below",
    ),
    "a bound in words": ("minimum: -100", "minimum: low", "minimum: low", "minimum"),
    "a unit too long": ("unit: rides", f"unit: {'r' * 21}", "unit: rrr", "at most 20 characters"),
    "an outcome nobody is nudged about": (
        "id: leadership\n",
        "id: courage\n",
        "id: courage",
        "no nudge for the state",
    ),
}
NUDGES = {
    "an unknown outcome": (
        "id: leadership_done\n    outcome: leadership",
        "id: leadership_done\n    outcome: luck",
        "outcome: luck",
        "there is no outcome luck",
    ),
    "an unknown state": (
        "id: leadership_stale\n    outcome: leadership\n    state: stale",
        "id: leadership_stale\n    outcome: leadership\n    state: lazy",
        "state: lazy",
        "'start', 'no_target'",
    ),
    "an action without its number": (
        "Present 1 five-minute chart",
        "Present a chart",
        "action: Present a",
        "action",
    ),
    "an id used twice": (
        "id: leadership_done",
        "id: leadership_behind",
        "id: leadership_behind\n    outcome: leadership\n    state: done",
        "already taken",
    ),
    "something to fill in that is not known": (
        "text: You may already have a part in",
        "text: You asked {name} for a part in",
        "id: contract_wins_start",
        "{name} is not known in the state start; there is nothing",
    ),
    "a win where there is none yet": (
        "text: Growth needs a starting point.",
        "text: After {last_win_days} days a starting point.",
        "id: referral_growth_start",
        "{last_win_days} is not known in the state start",
    ),
    "a number in another format": (
        "text: You reached {goal}. Cost beside",
        "text: You reached {goal:.2f}. Cost beside",
        "id: outreach_campaigns_done_2",
        "{goal:.2f} is not known in the state done; there is {due}, {goal}",
    ),
    "a brace left open": (
        "text: You reached {goal}. Others will",
        "text: You reached {goal. Others will",
        "id: contract_wins_done_2",
        "braces are for what is filled in",
    ),
    "something to fill in, in an action": (
        "Call 3 providers who referred once",
        "Call 3 providers out of {wins} who referred",
        "id: network_growth_on_pace_2",
        "{wins} cannot stand there",
    ),
    "an empty text": (
        "text: Your network is growing. New providers stay when they know people.",
        "text: ''",
        "text: ''",
        "at least 1",
    ),
}
SLIPS = {
    f"{file}: {name}": Slip(file, *slip)
    for file, slips in {
        "roadmap.yaml": ROADMAP,
        "ladder.yaml": LADDER,
        "credentials.yaml": CREDENTIALS,
        "criteria.yaml": CRITERIA,
        "outcomes.yaml": OUTCOMES,
        "nudges.yaml": NUDGES,
    }.items()
    for name, slip in slips.items()
}
SLIPS |= {
    f"{file}: {name}": Slip(file, *slip) for file, slips in TOLD.items() for name, slip in slips.items()
}
