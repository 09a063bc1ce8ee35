"""Everybody sees what came to them, and what comes next; nobody else does."""

from datetime import timedelta

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.features.nudges.log import STATES, became
from slackbot.ui.pages import fits
from storage.models import DELIVERY_STATES, Delivery
from tests.delivery.ledger import DUE, begin, keep, row_for
from tests.features.nudge_scene import gets_one, presses
from tests.features.records import assert_said_in_full

pytestmark = pytest.mark.door
ONE_ENGINE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_ana_sees_what_came_and_nobody_else_does(
    ana: Person, ben: Person, cy: Person, dee: Person, app: App, slack: Sandbox
) -> None:
    await begin(app, ana)
    assert "Nothing has come by itself yet." in (await ana.slash("nudges log")).words
    await slack.clock.advance(weeks=2)

    seen = await ana.slash("nudges log")

    assert "_Nov 30, 2026, 9:00 AM_ Weekly message, week of Nov 30: sent" in seen.words
    assert_said_in_full(seen.text, seen.blocks)
    for person in (ben, cy, dee):
        words = (await person.slash("nudges log")).words
        assert "Nothing has come by itself yet." in words
        assert "week of" not in words


@ONE_ENGINE
async def test_a_message_that_ana_put_off_says_until_when(ana: Person, app: App, slack: Sandbox) -> None:
    message = await gets_one(ana, app, slack.clock)
    await presses(ana, app, "Tomorrow", message)

    assert "week of Nov 30: put off until Dec 1, 2026, 9:00 AM" in (await ana.slash("nudges log")).words
    bullets = (await ana.slash("nudges next")).words.splitlines()[1:3]
    assert bullets == [
        "• *Tuesday, Dec 1 at 9:00 AM*, once more what you put off",
        "• *Monday, Dec 7 at 9:00 AM*",
    ]
    again = "What you put off comes once more: Tuesday, Dec 1 at 9:00 AM."
    assert again in (await ana.slash("nudges")).words
    await ana.opens_home()
    await app.deps.background.drain()
    assert ana.home is not None
    assert again in ana.home.words

    await slack.clock.advance(days=1)
    assert "week of Nov 30: sent" in (await ana.slash("nudges log")).words
    assert "put off" not in (await ana.slash("nudges next")).words


@ONE_ENGINE
async def test_a_long_log_is_turned_page_by_page(ana: Person, app: App, slack: Sandbox) -> None:
    await begin(app, ana)
    for number in range(20):
        keep(app, row_for(app, ana, slot=f"2025-W{number + 10}", state="skipped", reason="paused"))
    await ana.slash("nudges log")
    found = 0
    for label in ("Older", "Older", ""):
        shown = ana.sees()[-1]
        found += shown.words.count("because you had paused it")
        assert fits(shown.blocks)
        if label:
            await ana.presses(label, on=shown)
            await app.deps.background.drain()
    assert found == 20
    assert "Nothing" in (await ana.slash("nudges log 99")).words


@ONE_ENGINE
@pytest.mark.parametrize(
    "words", ["nudges log 0", "nudges log -1", "nudges log ²", "nudges log 99999999999", "nudges log x"]
)
async def test_a_page_that_makes_no_sense_is_the_first(ana: Person, app: App, words: str) -> None:
    await begin(app, ana)
    assert (await ana.slash(words)).words == (await ana.slash("nudges log")).words


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        ("sent", None, "sent"),
        ("skipped", "paused", "not sent, because you had paused it"),
        ("skipped", "every outcome has a recent win", "not sent: every outcome has a recent win"),
        ("expired", "not sent within 48 hours", "not sent, because it was more than 48 hours late"),
        ("failed", "channel_not_found", "could not be sent (Slack said `channel_not_found`)"),
        ("retry", "ratelimited", "waiting to be tried again"),
        ("unknown", "ServerDisconnectedError", STATES["unknown"]),
    ],
)
def test_what_became_of_it_in_words(state: str, reason: str | None, words: str) -> None:
    row = Delivery(
        workspace_id=1, member_id=1, kind="nudge", slot="2026-W49", due_at=DUE, state=state, reason=reason
    )
    assert became(row) == words


def test_every_state_has_its_words() -> None:
    assert set(STATES) == set(DELIVERY_STATES)


@ONE_ENGINE
async def test_ana_sees_the_four_weeks_to_come(ana: Person, app: App, slack: Sandbox) -> None:
    await begin(app, ana)
    seen = await ana.slash("nudges next")
    for day in ("Nov 30", "Dec 7", "Dec 14", "Dec 21"):
        assert f"*Monday, {day} at 9:00 AM*" in seen.words
    await slack.clock.advance(timedelta(days=7, hours=1))
    assert "Nov 30" not in (await ana.slash("nudges next")).words


@ONE_ENGINE
async def test_who_paused_it_sees_when_it_goes_on(ana: Person, app: App) -> None:
    await ana.slash("nudges change")
    ana.fills(paused_until="2027-03-01")
    assert (await ana.submits()).ok
    await ana.closes(all=True)
    seen = await ana.slash("nudges next")
    assert seen.words.count("nothing, you have paused it") == 4
    assert "*Monday, Mar 1 at 9:00 AM*" in seen.words


@ONE_ENGINE
async def test_who_switched_it_off_is_told_so(ana: Person) -> None:
    await ana.slash("nudges change")
    ana.fills(switch="Off")
    assert (await ana.submits()).ok
    await ana.closes(all=True)
    assert "is off, so nothing comes" in (await ana.slash("nudges next")).words
