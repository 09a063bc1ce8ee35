"""Which certifications there are, what they ask for, and how sure we are of each."""

from collections.abc import Sequence
from typing import Final

from content import Content, Credential, CredentialKind, ExpiryRule, Verification
from slackbot.ui.badges import badge, mark
from slackbot.ui.blocks import (
    Block,
    Message,
    actions,
    bullets,
    chooses,
    context,
    header,
    message,
    runs,
    section,
)
from slackbot.ui.pages import fits, leaf
from slackbot.ui.text import escape, joined

NO_STANDARD = (
    "No single credential is the standard in this field, and results count for more than any of them."
)
DO_NOT_KNOW = "I don't know one by that name. These are the ones I know."
ASK_FIRST = "Before you pay for one, ask your manager whether your organization values it."

KINDS: Final = {
    CredentialKind.CERTIFICATION: "Certifications",
    CredentialKind.CERTIFICATE: "Certificates",
    CredentialKind.FELLOWSHIP: "Fellowships",
    CredentialKind.COURSE: "Courses and events",
    CredentialKind.MEMBERSHIP: "Memberships",
}

_EXPIRY = {
    ExpiryRule.ANNIVERSARY: "on the anniversary of the day you earned it",
    ExpiryRule.END_OF_MONTH: "at the end of the month in which you earned it",
    ExpiryRule.FIXED_CYCLE: "at the end of a cycle that all holders share",
    ExpiryRule.END_OF_CALENDAR_YEAR: "at the end of the calendar year",
}


def overview(content: Content, mine: Sequence[Block], opening: str | None = None) -> Message:
    """One's own, then the article's certifications, each with its badge, and the way to all others."""
    seeded = [entry for entry in content.credentials if entry.in_seed and entry.kind == "certification"]
    four = bullets(f"*{escape(entry.name)}*: _{_in_brief(entry)}_" for entry in seeded)
    menu = [chooses("Open one of these", _choices(seeded))] if seeded else []
    said = [
        header("Certifications and courses"),
        *([section(opening)] if opening else []),
        *mine,
        *([section(f"*Named in the article*\n{four}")] if seeded else []),
        actions(*menu, runs("All in the field", "certs all")),
    ]
    feet = ([context(f"{NO_STANDARD} {ASK_FIRST}")], [context(ASK_FIRST)])
    return message(*said, *next((foot for foot in feet if fits([*said, *foot])), []))


def _in_brief(entry: Credential) -> str:
    return mark(entry) if entry.verification is Verification.VERIFIED else "we could not verify it"


def field(content: Content, number: int = 1) -> Message:
    """All there are, kind by kind, on as many pages as they need."""
    every = [(kind, [each for each in content.credentials if each.kind is kind]) for kind in KINDS]
    groups = [_listed(KINDS[kind], entries) for kind, entries in every if entries]
    menu = chooses("Open one", _choices(content.credentials))
    ways = [menu, runs("Yours", "certs")]
    return leaf(
        "certs all",
        number,
        groups,
        top=[header("All in the field")],
        foot=[context(f"{NO_STANDARD} {ASK_FIRST}")],
        ways=ways,
    )


def kind_of(words: str) -> CredentialKind | None:
    """The kind that a word in the plural names: "courses"."""
    return next((kind for kind in KINDS if words.lower() == f"{kind}s"), None)


def of_kind(content: Content, kind: CredentialKind, number: int = 1) -> Message:
    """All of one kind, with what each is."""
    entries = [each for each in content.credentials if each.kind is kind]
    lines = [section(f"*{escape(each.name)}* _({mark(each)})_\n{escape(each.summary)}") for each in entries]
    menu = [chooses("Open one", _choices(entries))] if entries else []
    ways = [*menu, runs("All in the field", "certs all")]
    return leaf(
        f"certs {kind}s", number, lines or [section("None so far.")], top=[header(KINDS[kind])], ways=ways
    )


def _listed(title: str, entries: Sequence[Credential]) -> Block:
    return section(f"*{title}*\n{bullets(f'{escape(each.name)} _({mark(each)})_' for each in entries)}")


def _choices(entries: Sequence[Credential]) -> list[tuple[str, str]]:
    return [(entry.name, f"certs {entry.ref}") for entry in entries]


def credential_message(entry: Credential, number: int = 1) -> Message:
    body = [section(escape(entry.summary))]
    if entry.advice:
        body.append(section(f"*Before you decide*\n{escape(entry.advice)}"))
    body.append(section(bullets(_facts(entry))))
    return leaf(
        f"certs {entry.ref}",
        number,
        body,
        top=[header(entry.name)],
        foot=[context(badge(entry))],
        ways=[
            runs("Track this one", f"certs track {entry.id}"),
            runs("All certifications", "certs"),
            runs("Step 3: training", "roadmap 3"),
        ],
    )


def _facts(entry: Credential) -> list[str]:
    covers = joined([area.value.replace("_", " ") for area in entry.covers])
    lines = [
        f"*Kind:* {entry.kind}",
        f"*Issuer:* {escape(entry.issuer) if entry.issuer else 'none found'}",
        f"*Covers:* {covers}" if covers else "",
        f"*Renewal:* {escape(_renewal(entry))}",
        f"*Fee:* {escape(entry.fee) if entry.fee else 'not known to us; ask the issuer'}",
    ]
    return [line for line in lines if line]


def _renewal(entry: Credential) -> str:
    if entry.expiry_rule is ExpiryRule.NONE:
        return "none; it is training you complete"
    if entry.cycle_months is None:
        return "not known to us; go by the date on your own certificate"
    years = (
        f"every {entry.cycle_months // 12} years"
        if entry.cycle_months % 12 == 0
        else f"every {entry.cycle_months} months"
    )
    needs = [f"{years}, {_EXPIRY[entry.expiry_rule]}" if entry.expiry_rule in _EXPIRY else years]
    if entry.ce_required and not entry.ce_notes:
        needs.append(f"with {entry.ce_required} hours or credits of continuing education")
    if entry.ce_notes:
        needs.append(entry.ce_notes)
    return ", ".join(needs)
