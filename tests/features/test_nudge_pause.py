"""*Pause…* in the weekly message: until a day, or for good, and the way back."""

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.delivery.ledger import DUE, begin, ledger_of, only_row
from tests.features.nudge_scene import gets_one, labels, presses
from tests.features.records import last_sent, member_of, post_again, trail_of

pytestmark = [pytest.mark.door, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


async def test_pause_until_a_day_pauses_and_can_be_ended_from_the_message(
    ana: Person, app: App, clock: Clock
) -> None:
    message = await gets_one(ana, app, clock)
    await ana.presses("Pause…", on=message)
    ana.fills({"No weekly message before": "2026-12-16"})
    await ana.submits()
    assert ana.modal is not None
    assert "Paused until Dec 16, 2026. The next weekly message comes Monday, Dec 21" in ana.modal.words
    await ana.closes(all=True)
    await app.deps.background.drain()

    (changed,) = ana.dms()
    assert "Paused until Dec 16, 2026." in changed.words
    assert labels(changed) == ["Log a win", "Start again"]
    assert only_row(app, ana).answer == "paused"

    told = await presses(ana, app, "Start again", changed)
    assert told == "The next weekly message comes Monday, Dec 7 at 9:00 AM."
    assert member_of(app, ana).paused_until is None
    assert "You started them again." in ana.dms()[0].words
    assert [event.action for event in trail_of(app, ana)].count("nudges.changed") == 2


@pytest.mark.slow
async def test_stopping_for_good_and_coming_back_by_typing(ana: Person, app: App, clock: Clock) -> None:
    message = await gets_one(ana, app, clock)
    await ana.presses("Pause…", on=message)
    ana.fills({"Or for good": ["Stop weekly messages"]})
    await ana.submits()
    await ana.closes(all=True)
    await app.deps.background.drain()

    assert "Your weekly messages are off." in ana.dms()[0].words
    assert member_of(app, ana).nudges_off
    await clock.advance(weeks=3)
    assert len(ana.dms()) == 1

    assert "comes Monday, Dec 28" in (await ana.slash("nudges on")).words
    await clock.advance(weeks=1)
    assert len(ana.dms()) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("until", "says"),
    [
        (None, "Choose the day"),
        ("2026-11-30", "Choose a day after today."),
        ("2026-02-01", "Choose a day after today."),
        ("2027-12-02", "A year is the longest pause."),
    ],
)
async def test_a_day_that_cannot_be_is_asked_for_again(
    ana: Person, app: App, clock: Clock, until: str | None, says: str
) -> None:
    message = await gets_one(ana, app, clock)
    await ana.presses("Pause…", on=message)
    ana.fills({"No weekly message before": until})
    seen = await ana.submits()

    assert says in seen.errors["until"]
    assert member_of(app, ana).paused_until is None
    assert only_row(app, ana).answer is None


@pytest.mark.slow
async def test_a_day_that_is_no_day_is_asked_for_again(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    message = await gets_one(ana, app, clock)
    await ana.presses("Pause…", on=message)
    ana.fills({"No weekly message before": "2026-12-16"})
    await ana.submits()
    sent = last_sent(slack, "view_submission")
    sent["view"]["state"]["values"]["until"]["until"]["selected_date"] = "soon"
    _, answer = await post_again(slack, sent)

    assert "Choose the day" in answer


@pytest.mark.slow
async def test_pausing_from_an_answered_message_still_pauses(ana: Person, app: App, clock: Clock) -> None:
    message = await gets_one(ana, app, clock)
    await ana.presses("Pause…", on=message)
    row = only_row(app, ana)
    await ana.closes()
    await presses(ana, app, "Nothing this week", message)
    await ana.slash(f"nudges hold {row.id} 0")
    await ana.submits()

    assert member_of(app, ana).paused_until is not None
    assert only_row(app, ana).answer == "nothing"


async def test_cy_cannot_send_anas_pause_form(
    ana: Person, cy: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    await begin(app, cy)
    message = await gets_one(ana, app, clock)
    await cy.presses("Pause…")
    await ana.presses("Pause…", on=message)
    await cy.submits()
    forged = last_sent(slack, "view_submission")
    forged["view"]["private_metadata"] = f"{only_row(app, ana).id} 0"
    await post_again(slack, forged)

    assert only_row(app, ana).answer is None
    assert member_of(app, ana).paused_until is None


@pytest.mark.parametrize("why", ["put off", "slack was away"])
async def test_what_comes_late_does_not_come_into_a_pause_that_was_set_meanwhile(
    ana: Person, app: App, slack: Sandbox, why: str
) -> None:
    await begin(app, ana)
    if why == "slack was away":
        slack.faults.add("chat.postMessage", "request_timeout", times=3)
    await slack.clock.advance_to(DUE)
    if why == "put off":
        await presses(ana, app, "Tomorrow", ana.dms()[-1])
    said = len(ana.dms())
    await ana.slash("nudges change")
    ana.fills(paused_until="2026-12-07")
    await ana.submits()
    await ana.closes(all=True)
    await app.deps.background.drain()
    assert only_row(app, ana).state == "retry"

    await slack.clock.advance(days=3)

    (row,) = ledger_of(app, ana)
    assert (row.state, row.reason) == ("skipped", "paused")
    assert len(ana.dms()) == said
