"""`make bench`: all measurements, one after the other."""

import asyncio

from bench import claims, commands, home, knowing, page, sender
from slackbot.serving import run
from tests.browser import chromium

run(commands.measure())
claims.measure()
run(sender.measure())
print()
home.measure()
knowing.measure()
if chromium() is None:
    print("\nThe page is not measured: there is no chromium on this machine.")
else:
    print()
    asyncio.run(page.measure())
