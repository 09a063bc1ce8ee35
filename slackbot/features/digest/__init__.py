"""A manager's digest: what their team did in a week, on Mondays and whenever they ask."""

from slackbot.feature import Feature, ScheduledMessage, Subcommand, one_by_one
from slackbot.features.digest.asking import digest
from slackbot.features.digest.claiming import claim
from slackbot.features.digest.message import compose
from slackbot.scheduled import DIGEST, LABELS
from storage import reminding

FEATURE = Feature(
    name="digest",
    subcommands=(
        Subcommand(
            name="digest",
            usage="[text]",
            summary="your team's week, as it comes to you on Mondays.",
            run=digest,
            group="Your team",
        ),
    ),
    scheduled=(ScheduledMessage(DIGEST, claim, one_by_one(compose), LABELS[DIGEST], reminding.next_digest),),
)
