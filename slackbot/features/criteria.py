"""`/prm criteria`: what a promotion asks for, rung by rung."""

from collections.abc import Sequence

from content import Content, Criterion, Need, Rung
from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.ui.badges import HOUSE, mark
from slackbot.ui.blocks import Block, Message, actions, bullets, context, header, message, runs, section
from slackbot.ui.entries import pick
from slackbot.ui.text import escape

GOAL = "manager"
NO_PROMISE = "A checklist of readiness, never a promise: the decision is your organization's."
LEGEND = f"_{HOUSE}_: our own starting point, since the article gives no thresholds. The rest is stated by the MDliaison article."


async def criteria(deps: Deps, asked: Asked) -> Message:
    """What the rung asks for; without a name, Physician Relations Manager."""
    if not asked.words:
        return rung_message(deps.content, deps.content.rung(GOAL))
    criterion = pick(asked.words, deps.content.criteria) if asked.words.startswith("criterion/") else None
    found = deps.content.rung(criterion.rung) if criterion else pick(asked.words, deps.content.rungs)
    if found is not None:
        return rung_message(deps.content, found)
    return rung_message(
        deps.content, deps.content.rung(GOAL), "I don't know a role by that name, so here is the manager's."
    )


def rung_message(content: Content, rung: Rung, opening: str | None = None) -> Message:
    asked_for = content.criteria_for(rung.id)
    blocks: list[Block] = [
        header(rung.name),
        section(opening or f"What a promotion to {escape(rung.name)} asks for."),
    ]
    for title, need in (("Needed", Need.GATE), ("Makes the case stronger", Need.SUPPORTING)):
        lines = _lines([criterion for criterion in asked_for if criterion.need is need])
        if lines:
            blocks.append(section(f"*{title}*\n{lines}"))
    if not asked_for:
        blocks.append(section("No criteria are set for this rung."))
    others = [runs(other.name, f"criteria {other.id}") for other in content.rungs if other.id != rung.id]
    return message(*blocks, context(f"{LEGEND}\n{NO_PROMISE}"), actions(*others))


def _lines(asked_for: Sequence[Criterion]) -> str:
    return bullets(f"{escape(criterion.sentence)} _({mark(criterion)})_" for criterion in asked_for)


FEATURE = Feature(
    name="criteria",
    subcommands=(
        Subcommand(
            name="criteria",
            usage="[role]",
            summary="what a promotion asks for.",
            run=criteria,
            group="Ask",
            examples=("/prm criteria senior liaison",),
            aliases=("criterion", "promotion", "advancement"),
            nouns=("criterion",),
        ),
    ),
)
