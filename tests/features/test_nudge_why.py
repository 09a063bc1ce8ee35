"""What the weekly message leads to: the arithmetic, the forms, and a preview of the next."""

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.words import places
from slackbot.app import App
from tests.delivery.ledger import begin, ledger_of
from tests.features.nudge_scene import gets_one, presses
from tests.features.records import logs, member_of, typed

pytestmark = [pytest.mark.door, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.mark.slow
async def test_not_useful_still_counts_a_week_later_and_weighs_in_the_choice(
    ana: Person, app: App, clock: Clock
) -> None:
    message = await gets_one(ana, app, clock)
    await clock.advance(weeks=1)
    await presses(ana, app, "Not useful", message)

    assert ledger_of(app, ana)[0].answer == "not_useful"
    await ana.slash("nudges why")
    assert ana.modal is not None
    assert "− 20 you said “not useful”" in ana.modal.words


@pytest.mark.slow
async def test_log_a_win_opens_the_form_on_that_outcome(ana: Person, app: App, clock: Clock) -> None:
    message = await gets_one(ana, app, clock)
    await ana.presses("Log a win", on=message)

    assert typed(ana, "metric") == app.deps.content.outcome("referral_growth").default_metric.id


@pytest.mark.slow
async def test_set_a_target_opens_its_form_there(ana: Person, app: App, clock: Clock) -> None:
    message = await gets_one(ana, app, clock)
    await ana.presses("Set a target", on=message)

    assert typed(ana, "metric") == app.deps.content.outcome("referral_growth").default_metric.id


async def test_why_this_shows_the_arithmetic_of_every_outcome(ana: Person, app: App, clock: Clock) -> None:
    await logs(ana, app, happened_on="2026-09-01")
    message = await gets_one(ana, app, clock)
    await ana.presses("Why this?", on=message)

    assert ana.modal is not None
    words = ana.modal.words
    for outcome in app.deps.content.outcomes:
        assert outcome.label in words
    # 90 days, 21 of them usual, and no more than 15 points for them without a target
    assert "*1. Referral growth:* quiet (named in this message)" in words
    assert "15 points: quiet" in words
    assert "15 points: no win yet" in words


async def test_a_preview_shows_what_would_come_and_keeps_nothing(ana: Person, app: App) -> None:
    await begin(app, ana)
    before = member_of(app, ana)
    seen = await ana.slash("nudges preview")

    assert "Nothing was sent, and nothing was kept." in seen.words
    assert "*This week:*" in seen.words
    assert [place.label for place in places(seen.blocks)] == ["Log a win", "Set a target", "Why this?"]
    assert ledger_of(app, ana) == []
    assert member_of(app, ana) == before
    assert ana.dms() == []

    await ana.presses("Why this?", on=seen.message)
    assert ana.modal is not None
    assert "*1. Referral growth:* no win yet" in ana.modal.words


@pytest.mark.slow
async def test_a_preview_of_silence_says_why(ana: Person, app: App, clock: Clock) -> None:
    await gets_one(ana, app, clock)
    await clock.advance(hours=1)
    await logs(ana, app, happened_on="2026-11-30")
    assert "a win was logged since the last message" in (await ana.slash("nudges preview")).words

    await ana.slash("nudges change")
    ana.fills({"Weekly message": "Off"})
    await ana.submits()
    await ana.closes(all=True)
    assert (await ana.slash("nudges preview")).words.startswith("I would send nothing now: switched off.")
