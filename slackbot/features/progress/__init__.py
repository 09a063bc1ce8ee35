"""`/prm progress`: the outcomes with their bars and pace, and one metric as a line against the straight one."""

import re
from typing import Final

from slackbot.allowances import CHARTS
from slackbot.deps import Deps
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.features.progress import posting, showing
from slackbot.ui.blocks import Message
from slackbot.ui.pages import page_of

MENTION: Final = re.compile(r"(?:\bof\s+)?<@([UW][A-Z0-9]{1,30})(?:\|[^>]*)?>")


async def progress(deps: Deps, asked: Asked) -> Message | None:
    """My outcomes at a glance; a named one as a chart. `of @ana`: the same of somebody who reports to me."""
    mentioned = MENTION.search(asked.words)
    words, page = page_of(MENTION.sub(" ", asked.words).strip())
    user_id = mentioned[1] if mentioned else None
    if words:
        deps.allowances.take(asked.person, CHARTS, deps.now())
    shown = await deps.transact(showing.show, deps, asked.person, user_id, words, page)
    return shown.said if shown.drawing is None else posting.post(deps, asked, shown.drawing, shown.said)


FEATURE: Final = Feature(
    name="progress",
    subcommands=(
        Subcommand(
            name="progress",
            usage="[outcome]",
            summary="how each outcome moves toward your target, and one of them as a chart.",
            run=progress,
            group="Your wins",
            examples=("/prm progress referrals",),
            aliases=("chart", "pace"),
        ),
    ),
)
