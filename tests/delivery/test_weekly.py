"""The weekly message: once a week at nine on everybody's own clock, to whoever uses the app, and in the ledger."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.words import places
from slackbot.app import App
from tests.delivery.ledger import DUE, SLOT, arrivals, begin, ledger_of, only_row, states
from tests.features.records import assert_said_in_full, logs, member_of

pytestmark = pytest.mark.door


async def test_ana_gets_one_message_with_one_outcome_one_action_and_why(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await clock.advance_to(DUE)

    (message,) = ana.dms()
    assert "*This week:*" in message.words
    assert message.words.startswith("*Your first weekly message.*")
    assert "You have no wins yet. Referral growth is a good place to begin." in message.words
    assert [place.label for place in places(message.blocks)] == [
        "Log a win",
        "Set a target",
        "Nothing this week",
        "Tomorrow",
        "Pause…",
        "Why this?",
        "Not useful",
    ]
    assert_said_in_full(message.text, message.blocks)


async def test_the_ledger_remembers_what_was_sent_when_and_where(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    await begin(app, ana)
    await clock.advance_to(DUE)

    row, (message,) = only_row(app, ana), ana.dms()
    assert (row.kind, row.slot, row.state, row.attempts) == ("nudge", SLOT, "sent", 1)
    assert (row.due_at, row.sent_at) == (DUE, DUE)
    assert (row.channel, row.ts) == (ana.app_dm, message.ts)
    assert (row.reason, row.lease_until, row.retry_at) == (None, None, None)
    assert row.said is not None
    outcome = next(each for each in app.deps.content.outcomes if each.id == row.said["outcome"])
    assert f"*{outcome.label}: " in message.words
    assert member_of(app, ana).dm_channel == ana.app_dm


async def test_the_message_carries_only_an_opaque_id_that_others_may_read(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await clock.advance_to(DUE)

    assert ana.dms()[0].metadata == {
        "event_type": "prm_delivery",
        "event_payload": {"id": only_row(app, ana).id},
    }


async def test_not_a_second_earlier_and_not_a_second_time(ana: Person, app: App, clock: Clock) -> None:
    await begin(app, ana)
    await clock.advance_to(DUE - timedelta(seconds=1))
    assert ana.dms() == []

    await clock.advance_to(DUE)
    for _ in range(3):
        await app.sender.tick()
    await clock.advance(days=6, hours=23)

    assert len(ana.dms()) == 1
    assert states(app, ana) == [(SLOT, "sent")]


async def test_the_message_speaks_of_what_ana_left_alone_the_longest(
    ana: Person, app: App, clock: Clock
) -> None:
    await logs(ana, app, happened_on="2026-09-01")
    await logs(ana, app, metric="campaigns", happened_on="2026-11-20")
    await clock.advance_to(DUE)

    # 90 days from the first of September to the thirtieth of November.
    said = "Your last win in Referral growth was 90 days ago, longer than the usual 21 days."
    assert said in ana.dms()[-1].words


async def test_ana_who_has_just_won_is_left_in_peace_and_the_ledger_says_why(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await clock.advance_to(DUE)
    await clock.advance(hours=1)
    for outcome in app.deps.content.outcomes:
        await logs(ana, app, metric=outcome.default_metric.id, result="3", happened_on="2026-11-29")
    copies = len(ana.dms())
    await clock.advance(days=7)

    assert len(ana.dms()) == copies
    row = ledger_of(app, ana)[-1]
    assert (row.state, row.said) == ("skipped", None)
    assert row.reason == "a win was logged since the last message, and nothing is behind"

    await clock.advance(weeks=3)
    assert len(ana.dms()) == copies + 1


async def test_nobody_who_never_used_the_app_hears_from_it(
    ana: Person, eli: Person, cy: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await clock.advance(weeks=3)

    assert len(ana.dms()) == 3
    assert eli.dms() == []
    assert cy.dms() == []


async def test_people_in_two_workspaces_each_hear_at_their_own_nine(
    ana: Person, eli: Person, cy: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana, eli, cy)
    await clock.advance(weeks=1)
    await clock.advance(hours=2)

    zones = {"America/New_York": (ana, 1), "America/Chicago": (eli, 1), "America/Denver": (cy, 2)}
    for zone, (person, count) in zones.items():
        came = arrivals(person, zone)
        # In Denver it was not yet nine on the day they began.
        assert len(came) == count, zone
        assert {(moment.weekday(), moment.hour, moment.minute) for moment in came} == {(0, 9, 0)}, zone
        whose = {row.workspace_id for row in ledger_of(app, person)}
        assert whose == {member_of(app, person).workspace_id}


async def test_eli_whose_account_ended_gets_nothing_and_the_ledger_says_why(
    ana: Person, eli: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana, eli)
    eli.deactivate()
    await clock.advance(weeks=3)

    assert eli.dms() == []
    row = only_row(app, eli)
    assert (row.state, row.reason) == ("skipped", "user_disabled")
    assert member_of(app, eli).unreachable == "user_disabled"
    assert len(ana.dms()) == 3


async def test_eli_comes_back_and_hears_again_without_what_he_missed(
    eli: Person, app: App, clock: Clock
) -> None:
    await begin(app, eli)
    eli.deactivate()
    await clock.advance(weeks=3)
    eli.reactivate()

    await begin(app, eli)
    await app.deps.background.drain()
    await clock.advance(weeks=2)

    assert [state for _, state in states(app, eli)] == ["skipped", "sent", "sent"]
    assert len(eli.dms()) == 2


async def test_the_year_ends_and_every_week_still_has_its_own_message(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await clock.advance_to(datetime(2027, 1, 12, tzinfo=UTC))

    weeks = [slot for slot, _ in states(app, ana)]
    assert weeks == [f"2026-W{week}" for week in range(49, 54)] + ["2027-W01", "2027-W02"]
    assert len(ana.dms()) == len(weeks)
    assert [row.state for row in ledger_of(app, ana)] == ["sent"] * len(weeks)
