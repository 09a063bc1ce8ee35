"""The app is removed, its tokens are revoked, and it is added again: in any order, late, and more than once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from storage import installations
from storage.models import Installation, Member, Workspace
from storage.removal import KEPT_AFTER_UNINSTALL
from tests.conftest import Trouble
from tests.delivery.ledger import DUE, begin, workspace_of

pytestmark = pytest.mark.door


def _readable(app: App) -> list[str]:
    """Teams of whose tokens anything is kept."""

    def read(session: Session) -> list[str]:
        rows = session.exec(
            select(Installation, Workspace).join(Workspace).order_by(col(Workspace.key))
        ).all()
        return [place.key for row, place in rows if row.token or row.refresh_token]

    return app.deps.database.run(read)


async def test_after_an_uninstall_no_token_is_kept_and_nothing_is_sent(
    slack: Sandbox, app: App, ana: Person, clock: Clock
) -> None:
    await begin(app, ana)
    await slack.uninstall()
    calls = len(slack.calls)
    await clock.advance_to(DUE + timedelta(days=8))

    assert _readable(app) == ["T0LAKEVIEW"]
    assert [call.method for call in list(slack.calls)[calls:]] == []
    assert not (await ana.slash("help")).ok


async def test_the_other_workspace_goes_on(slack: Sandbox, app: App, cy: Person, clock: Clock) -> None:
    await begin(app, cy)
    await slack.uninstall()
    await clock.advance_to(DUE + timedelta(days=1))

    assert any("This week:" in message.words for message in cy.dms())


async def test_when_only_the_tokens_were_revoked_it_is_the_same(
    slack: Sandbox, app: App, ana: Person, clock: Clock
) -> None:
    await begin(app, ana)
    await slack.revoke_tokens()
    await clock.advance_to(DUE + timedelta(days=1))

    assert _readable(app) == ["T0LAKEVIEW"]
    assert ana.dms() == []
    assert workspace_of(app, ana).removed_at is not None


async def test_a_persons_own_token_is_no_matter(slack: Sandbox, app: App) -> None:
    event: dict[str, Any] = {"type": "tokens_revoked", "tokens": {"oauth": ["U0ANADUARTE"], "bot": []}}
    await slack.send_event("riverside", event)

    assert _readable(app) == ["T0LAKEVIEW", "T0RIVERSIDE"]


async def test_added_again_everything_is_as_it_was(
    slack: Sandbox, app: App, ana: Person, clock: Clock
) -> None:
    await begin(app, ana)
    await slack.uninstall()
    await clock.advance(days=3)
    await slack.install()
    app.deps.welcomed.clear()
    seen = await ana.slash("wins")
    await clock.advance_to(DUE)

    assert seen.ok
    assert len(ana.dms()) == 1
    place = workspace_of(app, ana)
    assert (place.removed_at, place.paused_reason) == (None, None)


async def test_news_of_a_removal_that_comes_after_the_app_was_added_again_changes_nothing(
    slack: Sandbox, app: App, clock: Clock
) -> None:
    """Slack repeats for an hour what we did not take, and puts events in no order."""
    url, slack.world.app_url = slack.world.app_url, "http://127.0.0.1:9"
    await slack.uninstall()
    slack.connect(url)
    await clock.advance(minutes=5)
    await slack.install()
    late = await slack.redeliver()

    assert [sent.status for sent in late] == [200, 200]
    assert _readable(app) == ["T0LAKEVIEW", "T0RIVERSIDE"]


async def test_a_clock_of_ours_that_is_ahead_does_not_keep_a_removed_app(slack: Sandbox, app: App) -> None:
    def ahead(session: Session) -> None:
        for row in session.exec(select(Installation)):
            row.installed_at += timedelta(hours=1)

    app.deps.database.run(ahead)
    await slack.uninstall()

    assert _readable(app) == ["T0LAKEVIEW"]


async def test_of_a_workspace_we_do_not_know_nothing_is_ended(slack: Sandbox, app: App) -> None:
    slack.unite()
    for team in ("riverside", "lakeview", "valley"):
        if team == "valley":
            sent = await slack.send_event(team, {"type": "app_uninstalled"})
            assert sent.status == 200

    assert _readable(app) == ["T0LAKEVIEW", "T0RIVERSIDE"]


async def test_a_month_later_the_worker_erases_it(
    slack: Sandbox, app: App, ana: Person, cy: Person, clock: Clock
) -> None:
    for person in (ana, cy):
        await begin(app, person)
    await slack.uninstall()
    await clock.advance(KEPT_AFTER_UNINSTALL - timedelta(minutes=1))
    assert {"T0RIVERSIDE", "T0LAKEVIEW"} == _keys(app)
    await clock.advance(minutes=1)

    assert _keys(app) == {"T0LAKEVIEW"}
    people = app.deps.database.run(lambda session: list(session.exec(select(col(Member.user_id)))))
    assert people == [cy.id]


def _keys(app: App) -> set[str]:
    return app.deps.database.run(lambda session: set(session.exec(select(col(Workspace.key)))))


async def test_a_database_that_does_not_answer_has_slack_say_it_again(
    slack: Sandbox, app: App, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble.expect("failed")
    with monkeypatch.context() as broken:
        broken.setattr(installations, "live_since", _fails)
        await slack.uninstall()
    assert [each.body["event"]["type"] for each in slack.undelivered] == [
        "tokens_revoked",
        "app_uninstalled",
    ]
    await slack.redeliver()

    assert _readable(app) == ["T0LAKEVIEW"]


def _fails(*_: object) -> None:
    raise OSError("the disk is gone")
