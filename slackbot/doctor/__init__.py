"""`prm doctor`: looks at everything that PRM Coach needs, and says of each that it is well, or what to do."""

from collections.abc import Iterable

import aiohttp

from slackbot import settings
from slackbot.deps import SLACK_TIMEOUT, Now
from slackbot.doctor import asking, ground
from slackbot.doctor.finding import Finding, State
from slackbot.settings import Settings, SettingsError

__all__ = ["Finding", "State", "examine", "line", "width_of"]


async def examine(now: Now, url: str | None = None) -> list[Finding]:
    """What was found, in the order in which it is mended. Nothing is changed, and nothing is made.

    `url`: where Slack reaches the app, to be asked as Slack does."""
    given, configuration = _configuration()
    database, about_database = ground.database(now())
    findings = [*configuration, *about_database, *ground.knowledge(given)]
    if given is not None:
        findings += ground.keys(given, database)
        async with aiohttp.ClientSession(timeout=SLACK_TIMEOUT) as session:
            findings += await asking.slack(given, session, now)
            findings += await asking.request_url(given, session, url)
    if database is not None:
        database.engine.dispose()
    return findings


def _configuration() -> tuple[Settings | None, list[Finding]]:
    try:
        given = settings.load()
    except SettingsError as error:
        return None, [Finding.fault("configuration", sentence) for sentence in str(error).splitlines()]
    return given, [Finding.well("configuration", f"{given.mode.value}.")]


def line(finding: Finding, width: int) -> str:
    """One finding as a line."""
    return f"{finding.state.value:5}  {finding.about:{width}}  {finding.said}"


def width_of(findings: Iterable[Finding]) -> int:
    return max((len(finding.about) for finding in findings), default=0)
