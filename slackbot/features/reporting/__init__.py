"""`/prm manager` and `/prm team`: who reports to whom, and so who confirms whose wins."""

from slackbot.feature import Feature, Subcommand
from slackbot.features.reporting import mine, team

FEATURE = Feature(
    name="reporting",
    subcommands=(
        Subcommand(
            name="manager",
            usage="[@name]",
            summary="who your manager is and what they see; ask somebody to be it.",
            run=mine.manager,
            group="Your team",
        ),
        Subcommand(
            name="team",
            usage="[csv, all, add or set]",
            summary="how your people stand; open one of them, export, hand over, add, remove.",
            run=team.team,
            group="Your team",
            examples=("/prm team csv last quarter",),
            aliases=("reports",),
        ),
    ),
    forms=(*mine.FORMS, *team.FORMS),
)
