"""`/prm criteria`: what a promotion asks for, rung by rung."""

from collections.abc import Sequence

from content import Content, Criterion, Need, Rung
from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.ui.badges import HOUSE, mark
from slackbot.ui.blocks import Message, bullets, chooses, context, header, section
from slackbot.ui.entries import pick, without_all
from slackbot.ui.pages import leaf, page_of
from slackbot.ui.text import escape

GOAL = "manager"
STRONGER = "What makes the case stronger"
DO_NOT_KNOW = "I don't know a role by that name, so here is the manager's."
NO_PROMISE = "A checklist of readiness, never a promise: the decision is your organization's."
LEGEND = f"_{HOUSE}_: our own starting point, since the article gives no thresholds. The rest is stated by the MDliaison article."


async def criteria(deps: Deps, asked: Asked) -> Message:
    """What the rung asks for; without a name, Physician Relations Manager."""
    content = deps.content
    words, page = page_of(without_all(asked.words))
    if not words:
        return rung_message(content, content.rung(GOAL), page)
    criterion = pick(words, content.criteria) if words.startswith("criterion/") else None
    if criterion is not None:
        # It is shown where it stands, be that on the second page.
        return rung_message(content, content.rung(criterion.rung), 1 if criterion.need is Need.GATE else 2)
    found = pick(words, content.rungs)
    if found is None:
        return rung_message(content, content.rung(GOAL), 1, DO_NOT_KNOW)
    return rung_message(content, found, page)


def rung_message(content: Content, rung: Rung, number: int = 1, opening: str | None = None) -> Message:
    """What is needed, and then what makes the case stronger."""
    asked_for = content.criteria_for(rung.id)
    named = ((Need.GATE, "Needed"), (Need.SUPPORTING, STRONGER))
    parts = ([each for each in asked_for if each.need is need] for need, _ in named)
    chapters = [
        [section(f"*{title}*\n{_lines(part)}")] for (_, title), part in zip(named, parts, strict=True) if part
    ]
    others = ((other.name, f"criteria {other.id}") for other in content.rungs if other.id != rung.id)
    return leaf(
        f"criteria {rung.id}",
        number,
        *(chapters or [[section("No criteria are set for this rung.")]]),
        top=[header(rung.name), section(opening or "What a promotion to this role asks for.")],
        foot=[context(f"{LEGEND}\n{NO_PROMISE}")],
        ways=[chooses("Another role", others)],
        more=STRONGER,
    )


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
