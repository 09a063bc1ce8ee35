"""Guests, people of other companies, bots, deactivated and missing people, and people in two workspaces."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.strangers import FOR_ITS_OWN
from storage.models import Member
from tests.app.conftest import Bring
from tests.app.doors import interaction
from tests.delivery.ledger import DUE, begin
from tests.features.records import logs, member_of

pytestmark = pytest.mark.door


def _members(app: App) -> list[str]:
    def read(session: Session) -> list[str]:
        return list(session.exec(select(col(Member.user_id)).order_by(col(Member.id))))

    return app.deps.database.run(read)


def _weekly(person: Person) -> int:
    return sum("This week:" in message.words for message in person.dms())


@pytest.mark.parametrize("single_channel", [False, True])
async def test_a_guest_uses_it_like_everybody(
    app: App, slack: Sandbox, clock: Clock, single_channel: bool
) -> None:
    gwen = slack.hires("gwen", is_restricted=True)
    gwen.user.is_ultra_restricted = single_channel
    await begin(app, gwen)
    seen = await gwen.slash("log")
    await clock.advance_to(DUE)

    assert seen.modal is not None
    assert _weekly(gwen) == 1
    assert not member_of(app, gwen).is_admin


def _press(user: dict[str, Any], team: str, response_url: str) -> dict[str, Any]:
    """A button of ours, under a message in a shared channel."""
    return {
        "type": "block_actions",
        "team": {"id": team, "domain": "riverside"},
        "user": {"name": "sam", **user},
        "api_app_id": Sandbox.app_id,
        "trigger_id": "1.2.3",
        "response_url": response_url,
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C0LIAISONSRIVE"},
        "actions": [{"type": "button", "action_id": "run:wins", "block_id": "b", "value": "wins"}],
    }


async def test_somebody_of_another_company_is_told_kindly_and_nothing_is_kept(
    app: App, slack: Sandbox, ana: Person, brings: Bring
) -> None:
    channel = slack.state.channels[ana.channel]
    url = slack._lines.response_urls.issue(channel, ana.id)
    stranger = {"id": "U0STRANGER", "team_id": "T0ELSEWHERE"}
    answer = await brings(interaction(_press(stranger, ana.team, url)))
    await app.deps.background.drain()

    assert answer.status == 200
    assert _members(app) == []
    assert any(FOR_ITS_OWN in message.words for message in ana.sees(channel.id))


async def test_a_stranger_whose_own_workspace_has_the_app_sees_only_their_own(
    app: App, slack: Sandbox, ana: Person, cy: Person
) -> None:
    await logs(ana, app)
    seen = await cy.slash("wins show 1")
    assert "150" not in seen.words
    assert (await cy.slash("wins")).ok
    await app.deps.background.drain()
    assert member_of(app, ana).workspace_id != member_of(app, cy).workspace_id


async def test_nothing_is_sent_to_somebody_whom_slack_calls_a_stranger(
    app: App, slack: Sandbox, clock: Clock
) -> None:
    """They came by a way that named no team of theirs: Home, say."""
    sam = slack.hires("sam")
    sam.user.is_stranger = True
    await sam.opens_home()
    await app.deps.background.drain()
    assert member_of(app, sam).unreachable == "of another company"
    assert sam.home is None
    await clock.advance_to(DUE + timedelta(days=1))

    assert _weekly(sam) == 0


async def test_somebody_deactivated_hears_nothing_and_goes_on_when_they_are_back(
    app: App, slack: Sandbox, ana: Person, clock: Clock
) -> None:
    await begin(app, ana)
    ana.deactivate()
    await clock.advance_to(DUE + timedelta(days=1))
    assert (_weekly(ana), member_of(app, ana).unreachable) == (0, "user_disabled")

    ana.reactivate()
    await ana.slash("roadmap")
    await app.deps.background.drain()
    await clock.advance(weeks=1)
    assert (_weekly(ana), member_of(app, ana).unreachable) == (1, None)


@pytest.mark.parametrize("error", ["user_not_found", "user_not_visible"])
async def test_somebody_whom_slack_no_longer_knows_is_let_be(
    app: App, slack: Sandbox, ana: Person, clock: Clock, error: str
) -> None:
    await begin(app, ana)
    slack.faults.add("users.info", error, times=-1, team="riverside")
    slack.faults.add("chat.postMessage", error, times=-1, team="riverside")
    await clock.advance_to(DUE + timedelta(weeks=2))

    assert _weekly(ana) == 0
    assert member_of(app, ana).unreachable == error
    tried = [call for call in slack.calls if call.method == "chat.postMessage"]
    assert len(tried) == 1


async def test_one_person_in_two_workspaces_is_two_members_who_know_nothing_of_each_other(
    app: App, slack: Sandbox, ana: Person
) -> None:
    await logs(ana, app)
    there = slack.hires("anna", team="lakeview", real_name="Ana Duarte")
    seen = await there.slash("wins")
    await app.deps.background.drain()

    assert "150" not in seen.words
    here, elsewhere = member_of(app, ana), member_of(app, there)
    assert here.workspace_id != elsewhere.workspace_id


async def test_the_apps_own_and_other_bots_words_make_no_member(
    app: App, slack: Sandbox, ana: Person
) -> None:
    event = {"type": "message", "channel_type": "im", "channel": ana.app_dm, "text": "hello", "ts": "1.1"}
    await slack.send_event("riverside", event | {"bot_id": "B0OTHER", "user": "U0OTHERBOT"})
    await slack.send_event("riverside", event | {"bot_id": "B0PRMRIVER", "user": "U0PRMRIVER"})
    await app.deps.background.drain()

    assert _members(app) == []
