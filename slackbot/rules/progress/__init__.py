"""How far somebody has come: wins combined, held against criteria, and a rung's checklist made of them."""

from slackbot.rules.progress.checklist import Readiness, readiness
from slackbot.rules.progress.combining import Combined, combined
from slackbot.rules.progress.entries import Entry, PassedOver, counting
from slackbot.rules.progress.judging import judged
from slackbot.rules.progress.judgment import Judged

__all__ = [
    "Combined",
    "Entry",
    "Judged",
    "PassedOver",
    "Readiness",
    "combined",
    "counting",
    "judged",
    "readiness",
]
