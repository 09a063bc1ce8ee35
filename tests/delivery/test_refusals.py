"""What Slack surely did not post: tried again while it is fresh, or given up for the person or the workspace."""

from datetime import timedelta

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.conftest import Trouble
from tests.delivery.ledger import (
    DUE,
    SECOND,
    SLOT,
    begin,
    keep,
    ledger_of,
    only_row,
    row_for,
    states,
    workspace_of,
)
from tests.features.records import member_of

pytestmark = pytest.mark.door

POST = "chat.postMessage"


def _posts(slack: Sandbox, person: Person) -> int:
    """How often the app tried to write to somebody."""
    return len([call for call in slack.calls if call.method == POST and call.args["channel"] == person.id])


async def test_slack_asks_to_wait_and_the_app_waits_exactly_that_long(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    await begin(app, ana)
    slack.faults.add(POST, "429", retry_after=137)
    await clock.advance_to(DUE)
    row = only_row(app, ana)
    assert (row.state, row.reason, row.retry_at) == ("retry", "ratelimited", DUE + 137 * SECOND)

    await clock.advance_to(DUE + 136 * SECOND)
    assert _posts(slack, ana) == 1
    await clock.advance_to(DUE + 137 * SECOND)

    assert _posts(slack, ana) == 2
    assert len(ana.dms()) == 1
    row = only_row(app, ana)
    assert (row.state, row.attempts, row.reason) == ("sent", 2, None)


@pytest.mark.parametrize("error", ["ratelimited", "request_timeout", "service_unavailable"])
async def test_slack_is_busy_for_a_moment_and_the_message_comes_once_a_little_later(
    ana: Person, app: App, clock: Clock, slack: Sandbox, error: str
) -> None:
    await begin(app, ana)
    slack.faults.add(POST, error, times=3)

    await clock.advance_to(DUE)
    assert (only_row(app, ana).state, only_row(app, ana).reason) == ("retry", error)
    assert ana.dms() == []

    await clock.advance(minutes=10)
    row = only_row(app, ana)
    assert (row.state, row.attempts) == ("sent", 4)
    # Half a minute, then one, then two.
    assert row.sent_at == DUE + timedelta(seconds=30 + 60 + 120)
    await clock.advance(days=6)
    assert len(ana.dms()) == 1


async def test_slack_is_away_for_days_and_the_message_expires_instead_of_coming_late(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    await begin(app, ana)
    outage = slack.faults.add(POST, "service_unavailable", times=-1)
    await clock.advance_to(DUE + timedelta(hours=49))

    row = only_row(app, ana)
    assert (row.state, row.reason) == ("expired", "not sent within 48 hours")
    tried = _posts(slack, ana)
    assert 48 <= tried < 70

    slack.faults.planned.remove(outage)
    await clock.advance(days=2)
    assert _posts(slack, ana) == tried
    assert ana.dms() == []
    await clock.advance_to(DUE + timedelta(weeks=1))
    assert [state for _, state in states(app, ana)] == ["expired", "sent"]
    assert len(ana.dms()) == 1


@pytest.mark.parametrize(
    "error", ["user_disabled", "channel_not_found", "is_archived", "messages_tab_disabled"]
)
async def test_ana_cannot_be_written_to_and_is_left_alone_until_she_uses_the_app_again(
    ana: Person, eli: Person, app: App, clock: Clock, slack: Sandbox, error: str
) -> None:
    await begin(app, ana, eli)
    slack.faults.add(POST, error, channel=ana.id)
    await clock.advance_to(DUE + timedelta(hours=2))

    row = only_row(app, ana)
    assert (row.state, row.reason) == ("failed", error)
    assert (member_of(app, ana).unreachable, member_of(app, ana).next_nudge_at) == (error, None)
    assert len(eli.dms()) == 1
    await clock.advance(weeks=2)
    assert _posts(slack, ana) == 1
    assert len(eli.dms()) == 3

    await begin(app, ana)
    assert member_of(app, ana).unreachable is None
    await clock.advance(weeks=1)
    assert len(ana.dms()) == 1


@pytest.mark.parametrize("error", ["token_revoked", "invalid_auth", "account_inactive"])
async def test_a_dead_token_stops_one_workspace_until_the_app_is_added_again(
    ana: Person, cy: Person, app: App, clock: Clock, slack: Sandbox, trouble: Trouble, error: str
) -> None:
    trouble.expect("workspace_paused")
    await begin(app, ana, cy)
    slack.faults.add(POST, error, team="riverside")
    await clock.advance_to(DUE + timedelta(hours=3))

    assert (only_row(app, ana).state, only_row(app, ana).reason) == ("failed", error)
    assert workspace_of(app, ana).paused_reason == error
    assert workspace_of(app, cy).paused_reason is None
    cys = len(cy.dms())
    assert cys > 0
    assert trouble.events().count("workspace_paused") == 1

    await clock.advance(weeks=2)
    assert ana.dms() == []
    assert len(cy.dms()) == cys + 2
    await slack.install("riverside")
    assert workspace_of(app, ana).paused_reason is None
    await clock.advance(minutes=1)

    # The one that fell due three hours ago is still fresh; what fell due before is not made up for.
    assert [state for _, state in states(app, ana)] == ["failed", "expired", "sent"]
    assert len(ana.dms()) == 1


async def test_a_token_that_slack_took_back_is_replaced_by_the_new_one(
    ana: Person, app: App, clock: Clock, slack: Sandbox, trouble: Trouble
) -> None:
    trouble.expect("workspace_paused")
    await begin(app, ana)
    installation = slack.world.installation(ana.team)
    assert installation is not None
    slack.revoke(installation.token)
    await clock.advance_to(DUE + timedelta(hours=1))
    assert only_row(app, ana).reason == "token_revoked"

    await slack.install("riverside")
    await clock.advance(weeks=1)

    assert len(ana.dms()) == 1


async def test_a_dead_token_is_asked_once_and_the_others_wait_for_the_new_one(
    ana: Person, ben: Person, dee: Person, app: App, clock: Clock, slack: Sandbox, trouble: Trouble
) -> None:
    trouble.expect("workspace_paused")
    people = (ana, ben, dee)
    for person in people:
        person.zone = "America/New_York"
    await begin(app, *people)
    slack.faults.add(POST, "token_revoked", team="riverside", times=-1)
    await clock.advance_to(DUE)

    assert [call.method for call in slack.calls].count(POST) == 1
    assert sorted(only_row(app, person).state for person in people) == ["claimed", "claimed", "failed"]

    slack.faults.clear()
    await slack.install("riverside")
    await clock.advance(hours=1)
    assert sorted(only_row(app, person).state for person in people) == ["failed", "sent", "sent"]


async def test_an_app_that_was_removed_is_not_tried_at_all(
    ana: Person, cy: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    await begin(app, ana, cy)
    await slack.uninstall("riverside")
    await clock.advance_to(DUE + timedelta(hours=3))

    assert ana.dms() == []
    assert ledger_of(app, ana) == []
    assert workspace_of(app, ana).paused_reason is not None
    assert len(cy.dms()) == 2


async def test_a_refusal_that_nobody_foresaw_is_told_to_the_operator_and_not_repeated(
    ana: Person, app: App, clock: Clock, slack: Sandbox, trouble: Trouble
) -> None:
    trouble.expect("refused_by_slack")
    await begin(app, ana)
    slack.faults.add(POST, "restricted_action")
    await clock.advance_to(DUE + timedelta(days=1))

    assert (only_row(app, ana).state, only_row(app, ana).reason) == ("failed", "restricted_action")
    assert trouble.events().count("refused_by_slack") == 1
    assert _posts(slack, ana) == 1
    await clock.advance(weeks=1)
    assert len(ana.dms()) == 1


async def test_slack_cannot_be_reached_and_the_message_comes_when_it_can(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    await begin(app, ana)
    await app.deps.background.drain()
    port = int(slack.url.rsplit(":", 1)[1])
    await slack.stop()
    await clock.advance_to(DUE + timedelta(minutes=1))
    row = only_row(app, ana)
    assert (row.state, row.reason) == ("retry", "request_timeout")

    await slack.start(port)
    await clock.advance(hours=1)

    assert only_row(app, ana).state == "sent"
    assert len(ana.dms()) == 1


async def test_one_row_that_cannot_be_composed_does_not_keep_the_others_from_being_sent(
    ana: Person, eli: Person, app: App, clock: Clock, trouble: Trouble
) -> None:
    trouble.expect("delivery_failed")
    eli.zone = "America/New_York"
    await begin(app, ana, eli)
    unreadable = {"what": "an older version of the app wrote"}
    keep(
        app,
        row_for(app, ana, slot="2026-W40", due_at=DUE - timedelta(weeks=9), state="sent", said=unreadable),
    )
    await clock.advance_to(DUE)

    assert states(app, ana)[-1] == (SLOT, "failed")
    assert states(app, eli) == [(SLOT, "sent")]
    assert len(eli.dms()) == 1
    assert trouble.events().count("delivery_failed") == 1


async def test_a_profile_that_slack_will_not_show_does_not_hold_the_message_back(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    await begin(app, ana)
    slack.faults.add("users.info", "internal_error", times=-1)
    await clock.advance_to(DUE)

    assert len(ana.dms()) == 1
