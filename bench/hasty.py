"""`prm worker` with every limit and wait a hundredth of its own, started from a process that has it loaded already."""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import aiohttp

import slackbot.app
import slackbot.delivery
from slackbot.__main__ import main
from slackbot.delivery import recovery
from slackbot.delivery.pacing import Limits, Pace
from slackbot.rules import verdicts

PER_SECOND: Final = 100.0
BURST: Final = 10.0
HISTORY: Final = 10.0
"""Looks a second into the conversations of a workspace."""
TIMEOUT: Final = 0.5
"""Seconds that Slack gets for an answer; shorter than the lease, as it is in earnest."""
HASTY: Final = Limits(
    workspace=Pace(PER_SECOND * 0.9, BURST),
    channel=Pace(100, 3),
    profiles=Pace(100, 20),
    history=Pace(HISTORY * 0.9, 1),
    own_history=Pace(HISTORY * 0.9, 1),
    lease=timedelta(seconds=1.5),
    turn=timedelta(seconds=0.6),
    ask_after=timedelta(seconds=0.6),
)
PATIENT: Final = replace(
    HASTY, lease=timedelta(seconds=30), turn=timedelta(seconds=15), ask_after=timedelta(seconds=15)
)
"""Where nobody is killed, a busy machine is to be no finding."""

# Read once, before anybody is forked off.
slackbot.app._knowledge(None)


def worker(
    environment: Mapping[str, str], log: Path, *, limits: Limits = HASTY, timeout: float = TIMEOUT
) -> None:
    """Runs it in this process until it is killed."""
    with log.open("a") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    os.environ.update(environment)
    slackbot.delivery.LIMITS = limits  # type: ignore[misc] # the one thing that is not as in earnest
    setattr(slackbot.app, "SLACK_TIMEOUT", aiohttp.ClientTimeout(total=timeout, connect=timeout))  # noqa: B010 - mypy sees that it is another module's
    verdicts.FIRST_PAUSE = timedelta(seconds=0.3)  # type: ignore[misc]
    recovery.NOT_NOW = timedelta(seconds=1)  # type: ignore[misc]
    sys.argv = ["prm", "worker"]
    main()
