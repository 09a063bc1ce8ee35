"""Which certifications there are, what they ask for, and how sure we are of each."""

from collections.abc import Sequence

from content import Content, Credential, ExpiryRule
from slackbot.ui.badges import badge, mark
from slackbot.ui.blocks import (
    Block,
    Message,
    actions,
    bullets,
    chooses,
    context,
    divider,
    header,
    message,
    runs,
    section,
)
from slackbot.ui.text import escape, joined

NO_STANDARD = (
    "No single credential is the standard in this field, and results count for more than any of them."
)
DO_NOT_KNOW = "I don't know one by that name. These are the ones I know."
ASK_FIRST = "Before you pay for one, ask your manager whether your organization values it."

_EXPIRY = {
    ExpiryRule.ANNIVERSARY: "on the anniversary of the day you earned it",
    ExpiryRule.END_OF_MONTH: "at the end of the month in which you earned it",
    ExpiryRule.FIXED_CYCLE: "at the end of a cycle that all holders share",
    ExpiryRule.END_OF_CALENDAR_YEAR: "at the end of the calendar year",
}


def overview(content: Content, mine: Sequence[Block], opening: str | None = None) -> Message:
    """One's own, then the article's certifications, each with its badge, then what else the field offers."""
    seeded = [entry for entry in content.credentials if entry.in_seed and entry.kind == "certification"]
    others = [entry for entry in content.credentials if entry not in seeded]
    blocks: list[Block] = [
        header("Certifications and courses"),
        *([section(opening)] if opening else []),
        *mine,
    ]
    blocks += [divider(), section(NO_STANDARD)]
    for entry in seeded:
        text = f"*{escape(entry.name)}*\n{escape(entry.summary)}\n_{escape(badge(entry))}_"
        blocks.append(section(text, accessory=runs("Open", f"certs {entry.id}")))
    lines = (f"*{escape(entry.name)}*: {entry.kind}, {mark(entry)}" for entry in others)
    blocks.append(section(f"*Also in the field*\n{bullets(lines)}"))
    blocks.append(
        actions(chooses("Open one of these", ((entry.name, f"certs {entry.id}") for entry in others)))
    )
    return message(*blocks, context(ASK_FIRST))


def credential_message(entry: Credential) -> Message:
    blocks: list[Block] = [header(entry.name), section(escape(entry.summary))]
    if entry.advice:
        blocks.append(section(f"*Before you decide*\n{escape(entry.advice)}"))
    blocks.append(section(bullets(_facts(entry))))
    return message(
        *blocks,
        context(badge(entry)),
        actions(
            runs("Track this one", f"certs track {entry.id}"),
            runs("All certifications", "certs"),
            runs("Step 3: training", "roadmap 3"),
        ),
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
