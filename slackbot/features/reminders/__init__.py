"""Reminders: of credentials that end, target dates, wins that wait, and of what people asked to be reminded of."""

from slackbot.feature import Feature, Form, ScheduledMessage, Subcommand, one_by_one
from slackbot.features.reminders import asking, credentials, own, targets, waiting
from slackbot.features.reminders.listing import remind
from slackbot.scheduled import ASKED_FOR, CREDENTIAL, LABELS, REMINDER, TARGET, WAITING
from storage import reminding

FEATURE = Feature(
    name="reminders",
    subcommands=(
        Subcommand(
            name="remind",
            usage="[step or credential]",
            summary="be reminded of a step or a credential, on a day you choose.",
            run=remind,
            group="Your weekly message",
            examples=("/prm remind step 2",),
            aliases=("reminder",),
        ),
    ),
    forms=(Form(asking.CALLBACK, asking.submitted),),
    scheduled=(
        ScheduledMessage(
            CREDENTIAL,
            credentials.claim,
            one_by_one(credentials.compose),
            LABELS[CREDENTIAL],
            reminding.next_credential,
        ),
        ScheduledMessage(
            TARGET, targets.claim, one_by_one(targets.compose), LABELS[TARGET], reminding.next_target
        ),
        ScheduledMessage(
            WAITING, waiting.claim, one_by_one(waiting.compose), LABELS[WAITING], reminding.next_win
        ),
        # Each one was asked for by itself, and is taken back by itself.
        ScheduledMessage(
            ASKED_FOR, own.claim, one_by_one(own.compose), REMINDER, reminding.next_reminder, optional=False
        ),
    ),
)
