"""A rehearsal: every weekly message of somebody's next weeks, by the product's own schedule and choice, in a copy."""

from slackbot.simulating.copying import NobodyError, copied
from slackbot.simulating.living import Change, live
from slackbot.simulating.personas import PERSONAS
from slackbot.simulating.printing import lines
from slackbot.simulating.stage import Stage, empty

__all__ = ["PERSONAS", "Change", "NobodyError", "Stage", "copied", "empty", "lines", "live"]
