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
            usage="[add or set]",
            summary="who reports to you, and who asks to; hand over, add, remove.",
            run=team.team,
            group="Your team",
            aliases=("reports",),
        ),
    ),
    forms=(*mine.FORMS, *team.FORMS),
)
