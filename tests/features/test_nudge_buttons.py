"""The buttons of the weekly message: each counts once, and the message says what was said."""

import asyncio
from datetime import timedelta

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.features.nudges import answering
from tests.delivery.ledger import SLOT, only_row, states
from tests.features.nudge_scene import TUESDAY, gets_one, labels, presses
from tests.features.records import assert_said_in_full, last_sent, logs, post_again, type_again

pytestmark = [pytest.mark.door, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.mark.parametrize(
    ("label", "answer", "says"),
    [
        ("Nothing this week", "nothing", "You said: nothing this week. That is fine. The next one comes Monday, Dec 7 at 9:00 AM."),
        ("Not useful", "not_useful", "You said: not useful."),
    ],
)  # fmt: skip
async def test_an_answer_counts_once_and_the_message_says_it(
    ana: Person, app: App, clock: Clock, label: str, answer: str, says: str
) -> None:
    message = await gets_one(ana, app, clock)
    action = only_row(app, ana)
    await presses(ana, app, label, message)

    (changed,) = ana.dms()
    assert says in changed.words
    assert "*This week:*" in changed.words
    assert labels(changed) == ["Log a win"]
    assert_said_in_full(changed.text, changed.blocks)
    row = only_row(app, ana)
    assert (row.answer, row.state, row.said) == (answer, "sent", action.said)


async def test_a_press_that_slack_repeats_changes_nothing_and_is_answered_kindly(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    message = await gets_one(ana, app, clock)
    await presses(ana, app, "Nothing this week", message)
    before = only_row(app, ana)
    status, _ = await post_again(slack, last_sent(slack, "block_actions"))
    await app.deps.background.drain()

    assert status == 200
    assert only_row(app, ana) == before
    assert ana.sees(ana.app_dm)[-1].words == answering.ANSWERED


@pytest.mark.slow
async def test_of_two_presses_at_once_one_counts(ana: Person, app: App, clock: Clock, slack: Sandbox) -> None:
    message = await gets_one(ana, app, clock)
    await presses(ana, app, "Why this?", message)
    await ana.closes()
    press = last_sent(slack, "block_actions")
    row = only_row(app, ana)
    for verb in ("nothing", "unhelpful"):
        press["actions"][0] |= {
            "action_id": f"run:nudges {verb} {row.id} 0",
            "value": f"nudges {verb} {row.id} 0",
        }
        press[verb] = dict(press["actions"][0])
    both = [press | {"actions": [press[verb]]} for verb in ("nothing", "unhelpful")]
    await asyncio.gather(*(post_again(slack, each) for each in both))
    await app.deps.background.drain()

    assert only_row(app, ana).answer in {"nothing", "not_useful"}
    assert ana.sees(ana.app_dm)[-1].words == answering.ANSWERED


async def test_tomorrow_brings_the_same_message_once_more_in_its_own_slot(
    ana: Person, app: App, clock: Clock
) -> None:
    first = await gets_one(ana, app, clock)
    said = only_row(app, ana).said
    await presses(ana, app, "Tomorrow", first)

    (put_off,) = ana.dms()
    assert "Put off until Tuesday, Dec 1 at 9:00 AM." in put_off.words
    row = only_row(app, ana)
    assert (row.slot, row.state, row.retry_at, row.due_at, row.moved) == (SLOT, "retry", TUESDAY, TUESDAY, 1)

    await clock.advance_to(TUESDAY - timedelta(seconds=1))
    assert len(ana.dms()) == 1
    await clock.advance_to(TUESDAY)
    await app.sender.tick()

    old, new = ana.dms()
    assert (old.ts, "Put off" in old.words) == (first.ts, True)
    row = only_row(app, ana)
    assert (row.state, row.ts, row.said, row.moved, row.answer) == ("sent", new.ts, said, 1, None)
    assert row.sent_at == TUESDAY

    await clock.advance(weeks=2)
    assert [state for _, state in states(app, ana)] == ["sent"] * 3
    assert len(ana.dms()) == 4


@pytest.mark.slow
async def test_the_second_posting_can_be_put_off_too_and_then_answered(
    ana: Person, app: App, clock: Clock
) -> None:
    message = await gets_one(ana, app, clock)
    for _ in range(2):
        await presses(ana, app, "Tomorrow", message)
        await clock.advance(days=1)
        message = ana.dms()[-1]
    await presses(ana, app, "Nothing this week", message)

    assert len(ana.dms()) == 3
    row = only_row(app, ana)
    assert (row.moved, row.answer, row.state) == (2, "nothing", "sent")


async def test_the_first_posting_can_no_longer_answer_for_the_second(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    message = await gets_one(ana, app, clock)
    await presses(ana, app, "Tomorrow", message)
    press = last_sent(slack, "block_actions")
    await post_again(slack, press)
    await app.deps.background.drain()
    assert ana.sees(ana.app_dm)[-1].words == answering.PUT_OFF
    assert only_row(app, ana).moved == 1

    await clock.advance_to(TUESDAY)
    await post_again(slack, press)
    await app.deps.background.drain()
    row = only_row(app, ana)
    assert (row.moved, row.state, row.answer) == (1, "sent", None)
    assert len([each for each in ana.dms() if each.ephemeral_to is None]) == 2
    assert "Nothing this week" in labels(ana.dms()[-1]) or "Nothing this week" in labels(ana.dms()[-2])


@pytest.mark.slow
async def test_what_was_put_off_is_not_sent_once_a_win_came_in(ana: Person, app: App, clock: Clock) -> None:
    message = await gets_one(ana, app, clock)
    await presses(ana, app, "Tomorrow", message)
    await clock.advance(hours=1)
    await logs(ana, app, happened_on="2026-11-30")
    seen = len(ana.dms())
    await clock.advance_to(TUESDAY)

    assert len(ana.dms()) == seen
    row = only_row(app, ana)
    assert (row.state, row.reason) == ("skipped", "put off, and a win was logged meanwhile")


@pytest.mark.slow
async def test_typing_what_a_button_runs_counts_once_too(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    await gets_one(ana, app, clock)
    row = only_row(app, ana)
    await ana.slash(f"nudges nothing {row.id} 0")
    assert only_row(app, ana).answer == "nothing"
    again = last_sent(slack, "slash_command")
    _, answer = await type_again(slack, again)
    assert answering.ANSWERED in answer
