"""`make bench`: all measurements, one after the other."""

from bench import claims, commands
from slackbot.serving import run

run(commands.measure())
claims.measure()
