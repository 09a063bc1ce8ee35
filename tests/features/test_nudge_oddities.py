"""Buttons of the weekly message where something is odd: somebody else's, an old one, one that is lost or gone."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from slackbot.app import App
from slackbot.features.nudges import answering
from storage.models import Delivery
from tests.delivery.ledger import DUE, begin, ledger_of, only_row
from tests.features.nudge_scene import change_row, gets_one, labels, presses

pytestmark = [pytest.mark.door, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


VERBS = ("nothing", "tomorrow", "unhelpful", "hold", "why", "on")


@pytest.mark.slow
@pytest.mark.parametrize("verb", VERBS)
async def test_cy_from_elsewhere_and_eli_beside_her_touch_nothing_of_anas(
    ana: Person, eli: Person, cy: Person, app: App, clock: Clock, verb: str
) -> None:
    await begin(app, eli, cy)
    await gets_one(ana, app, clock)
    row, message = only_row(app, ana), ana.dms()[-1].words
    for stranger in (cy, eli):
        seen = await stranger.slash(f"nudges {verb} {row.id} 0")
        await app.deps.background.drain()
        assert seen.words == answering.NOT_HERE
        assert stranger.modal is None

    assert only_row(app, ana) == row
    assert ana.dms()[-1].words == message


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ["", "x", "0", "zzzzzzzzzzzz 0", "zzzzzzzzzzzz -1", "../../etc 0", "zzzzzzzz ٣"]
)
async def test_words_that_name_no_message_are_answered_kindly(ana: Person, app: App, words: str) -> None:
    await begin(app, ana)
    for verb in ("nothing", "tomorrow", "unhelpful", "hold"):
        assert (await ana.slash(f"nudges {verb} {words}")).words == answering.NOT_HERE


@pytest.mark.slow
async def test_a_press_proves_that_a_message_of_unknown_fate_arrived(
    ana: Person, app: App, clock: Clock
) -> None:
    message = await gets_one(ana, app, clock)

    def lose(row: Delivery) -> None:
        row.state, row.channel, row.ts = "unknown", None, None

    change_row(app, ana, lose)
    await presses(ana, app, "Nothing this week", message)

    assert only_row(app, ana).answer == "nothing"
    assert "nothing this week" in ana.dms()[-1].words


@pytest.mark.slow
async def test_a_message_whose_text_is_gone_from_the_content_can_still_be_answered(
    ana: Person, app: App, clock: Clock
) -> None:
    message = await gets_one(ana, app, clock)

    def forget(row: Delivery) -> None:
        row.said = {"outcome": "gone", "nudge": "gone"}

    change_row(app, ana, forget)
    await presses(ana, app, "Nothing this week", message)

    assert ana.dms()[-1].words.startswith("*Your weekly message*")
    assert labels(ana.dms()[-1]) == []


@pytest.mark.parametrize("label", ["Nothing this week", "Tomorrow"])
async def test_a_message_of_an_earlier_week_is_answered_kindly(
    ana: Person, app: App, clock: Clock, label: str
) -> None:
    message = await gets_one(ana, app, clock)
    await clock.advance(weeks=1)
    before = ledger_of(app, ana)
    told = await presses(ana, app, label, message)

    assert told == answering.EARLIER
    assert ledger_of(app, ana) == before
    assert labels(ana.dms()[0]) == []
    assert "That was for an earlier week." in ana.dms()[0].words


@pytest.mark.slow
async def test_tomorrow_never_comes_on_the_day_of_the_next_message(
    ana: Person, app: App, clock: Clock
) -> None:
    message = await gets_one(ana, app, clock)
    await clock.advance_to(DUE + timedelta(days=4))
    before = only_row(app, ana)
    told = await presses(ana, app, "Tomorrow", message)

    assert told == answering.ANYWAY.format(when="Monday, Dec 7 at 9:00 AM")
    assert only_row(app, ana) == before
    assert "Tomorrow" in labels(message)


@pytest.mark.slow
async def test_on_a_friday_tomorrow_is_monday(ana: Person, app: App, clock: Clock) -> None:
    await ana.slash("nudges change")
    ana.fills({"Day": "Friday", "Time": "14:30"})
    await ana.submits()
    await ana.closes(all=True)
    await app.deps.background.drain()
    await clock.advance_to(datetime(2026, 11, 27, 19, 30, tzinfo=UTC))
    await presses(ana, app, "Tomorrow", ana.dms()[-1])

    assert "Put off until Monday, Nov 30 at 2:30 PM." in ana.dms()[-1].words
