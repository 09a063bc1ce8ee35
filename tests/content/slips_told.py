"""Slips somebody may make in the files that are told rather than computed with, and what they must be told."""

BACKGROUNDS = {
    "a skill that does not exist": (
        "{name: Presenting, skill: presenting,",
        "{name: Presenting, skill: charm,",
        "charm",
        "there is no skill charm",
    ),
    "a saying forgotten": (
        "{name: Managing a territory, say:",
        "{name: Managing a territory, sag:",
        "sag:",
        "sag: Extra",
    ),
}
TOLD = {
    "education.yaml": {
        "an unknown degree": (
            "degree: bachelor",
            "degree: diploma",
            "degree: diploma",
            "degree: Input should be",
        ),
        "a title over two lines": (
            "title: A master's helps once you lead",
            'title: "A master\'s\\nhelps"',
            "title: \"A master's\\nhelps",
            "title: String should match",
        ),
        "a reference to nothing": (
            "see: [step/education, faq/degree_needed]",
            "see: [step/education, faq/degre]",
            "see: [step/education, faq/degre]",
            "there is no entry faq/degre to see",
        ),
    },
    "accreditation.yaml": {
        "nothing accredited": (
            "    accredits: Business schools\n",
            "",
            "id: aacsb",
            "accredits: Field required",
        ),
    },
    "skills.yaml": {
        "an unknown kind of skill": ("kind: soft", "kind: fluffy", "kind: fluffy", "'soft' or 'technical'"),
        "a meaning too long": (
            "meaning: Two sides that",
            f"meaning: {'Long ' * 61}that",
            "meaning: Long",
            "at most 300 characters",
        ),
    },
    "experience.yaml": {
        "a reference without its kind": (
            "see: [skill/industry, compliance/basics]",
            "see: [skill/industry, basics]",
            "see: [skill/industry, basics]",
            "see.1: String should match",
        ),
        "an entry that leads to itself": (
            "see: [faq/years_needed, criterion/manager_experience]",
            "see: [experience/five_years]",
            "see: [experience/five_years]",
            "leads back to itself",
        ),
    },
    "training.yaml": {
        "an unknown provider": (
            "by: association",
            "by: internet",
            "by: internet",
            "'employer' or 'association'",
        ),
        "a credential that does not exist": (
            "credential: himss_courses",
            "credential: himms_courses",
            "credential: himms_courses",
            "there is no credential himms_courses",
        ),
    },
    "backgrounds.yaml": BACKGROUNDS,
    "resume.yaml": {
        "examples that are no list": (
            "    examples:\n",
            "    examples: one\n    more:\n",
            "examples: one",
            "valid tuple",
        ),
        "a house default that claims to be verified": (
            "id: pattern\n",
            "id: pattern\n    verification: verified\n",
            "id: pattern",
            "a house default cannot be verified",
        ),
    },
    "packet.yaml": {
        "a part counted twice": (
            "number: 4",
            "number: 3",
            "number: 3\n    title: Evidence",
            "should be part 4",
        ),
        "a part without its number": ("    number: 8\n", "", "id: sources", "number: Field required"),
    },
    "faq.yaml": {
        "an unknown subject": (
            "subject: this_app",
            "subject: gossip",
            "subject: gossip",
            "subject: Input should be",
        ),
        "an answer too long for Slack": (
            "text: Learn the house,",
            f"text: {'So ' * 950}Learn the house,",
            "id: first_90_days",
            "text and points together are longer than 3000",
        ),
        "a title too long for a header": (
            "title: Which CRM should I learn?",
            f"title: {'x' * 151}",
            "title: xxx",
            "at most 150 characters",
        ),
        "a question asked twice": (
            "id: gift_cards",
            "id: salary",
            "id: salary\n    subject: comp",
            "already taken",
        ),
        "an answer forgotten": (
            "    text: Learn the house,",
            "    test: Learn the house,",
            "test: Learn",
            "test: Extra",
        ),
    },
    "compliance.yaml": {
        "an unknown law": ("law: stark", "law: jungle", "law: jungle", "law: Input should be"),
        "a year told twice": ("year: 2024", "year: 2023", "id: stark", "the years of the limits must rise"),
        "a limit in words": (
            "non_monetary: 535",
            "non_monetary: plenty",
            "non_monetary: plenty",
            "limits.3.non_monetary",
        ),
        "a year in the wrong century": (
            "year: 2027",
            "year: 20277",
            "year: 20277",
            "less than or equal to 2100",
        ),
        "a wording without its better half": (
            "        instead: Visited our 5 largest",
            "        inst: Visited our 5 largest",
            "inst: Visited",
            "Extra inputs",
        ),
    },
    "glossary.yaml": {
        "a word without a meaning": (
            'name: Territory, meaning: "',
            'name: Territory, means: "',
            'means: "',
            "means: Extra",
        ),
        "a word told twice": ("id: keepage", "id: leakage", "{id: leakage, name: Keepage", "already taken"),
        "a fact that does not exist": (
            "id: npi,",
            "id: npi, facts: [0],",
            "[0]",
            "greater than or equal to 1",
        ),
    },
    "synonyms.yaml": {
        "a word alone": (
            "words: [free, reimburse, tuition]",
            "words: [free]",
            "words: [free]",
            "at least 2 items",
        ),
        "words that are no list": (
            "words: [free, reimburse, tuition]",
            "words: free",
            "words: free",
            "valid tuple",
        ),
    },
    "sources.yaml": {
        "a text forgotten": (
            "    text: >-\n      Ours alone.",
            "    note: >-\n      Ours alone.",
            "id: house_default",
            "text",
        ),
        "a date that does not exist": (
            "id: vendor\n",
            "id: vendor\n    as_of: 2026-13-01\n",
            "as_of: 2026-13-01",
            "as_of",
        ),
    },
    "left_out.yaml": {
        "no reason given": (
            "    reason: The article speaks",
            "    note: The article speaks",
            "id: about_itself",
            "reason",
        ),
        "a fact that does not exist": (
            "facts: [84,",
            "facts: [840,",
            "facts: [840",
            "less than or equal to 87",
        ),
    },
    "roadmap.yaml": {
        "a sign over a rung that does not exist": (
            "{kind: rung, at_least: liaison}",
            "{kind: rung, at_least: captain}",
            "kind: one_of",
            "there is no rung captain",
        ),
        "a sign with an unknown test": (
            "test: {kind: gates}",
            "test: {kind: luck}",
            "test: {kind: luck}",
            "'luck'",
        ),
        "a sign with an unknown level": ("level: alone", "level: wizard", "level: wizard", "'new', 'helped'"),
        "a step without signs": (
            "    completes:\n      - met: You hold",
            "    completes: []\n    others:\n      - met: You hold",
            "completes: []",
            "at least 1 item",
        ),
    },
}
