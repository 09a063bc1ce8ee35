"""The app is added to a whole organization: one workspace of ours, whose people are in several of Slack's."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from sandbox.clock import Clock
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.settings import Settings
from storage.models import Installation, Member, Workspace
from tests.conftest import Trouble, running
from tests.delivery.ledger import DUE, begin

pytestmark = pytest.mark.door


@pytest.fixture
async def valley(slack: Sandbox, settings: Settings, trouble: Trouble) -> AsyncIterator[App]:
    """The app, added to the organization and then to its first workspace."""
    slack.unite()
    async with running(slack, settings) as app:
        await slack.install("valley")
        await slack.give_access("riverside")
        access = await app.deps.slack.workspaces.by_key("E0VALLEY")
        assert access is not None
        app.deps.welcomed.update((access.workspace_id, person.id) for person in slack.people)
        yield app
        await app.deps.background.drain()
    trouble.check()


def _people(app: App) -> list[tuple[str, str | None, str | None]]:
    def read(session: Session) -> list[tuple[str, str | None, str | None]]:
        rows = session.exec(select(Member).order_by(col(Member.id))).all()
        return [(row.user_id, row.team_id, row.unreachable) for row in rows]

    return app.deps.database.run(read)


def _places(app: App) -> list[tuple[str, str | None, str | None, str]]:
    def read(session: Session) -> list[tuple[str, str | None, str | None, str]]:
        rows = session.exec(select(Workspace)).all()
        return [(row.key, row.enterprise_id, row.team_id, row.name) for row in rows]

    return app.deps.database.run(read)


async def test_it_is_kept_under_the_organizations_id(slack: Sandbox, valley: App) -> None:
    assert _places(valley) == [("E0VALLEY", "E0VALLEY", None, "Valley Health System")]


async def test_people_of_a_workspace_that_has_it_are_answered_in_all_ways(
    slack: Sandbox, valley: App, clock: Clock
) -> None:
    ana = slack.person("ana")
    await begin(valley, ana)
    seen = await ana.slash("log")
    assert seen.modal is not None
    home = await ana.opens_home()
    await valley.deps.background.drain()
    home = ana.home
    await clock.advance_to(DUE)

    assert home is not None
    assert [message.channel for message in ana.dms() if "This week:" in message.words] == [ana.app_dm]


async def test_one_person_in_two_workspaces_of_it_is_one_member(slack: Sandbox, valley: App) -> None:
    await slack.give_access("lakeview")
    await slack.person("ana").slash("roadmap")
    await valley.deps.background.drain()
    assert _people(valley) == [("U0ANADUARTE", "T0RIVERSIDE", None)]

    await slack.moves("ana", "lakeview").slash("roadmap")
    await valley.deps.background.drain()
    assert _people(valley) == [("U0ANADUARTE", "T0LAKEVIEW", None)]


async def test_a_colleague_from_another_workspace_of_it_may_be_the_manager(
    slack: Sandbox, valley: App
) -> None:
    await slack.give_access("lakeview")
    ana, cy = slack.person("ana"), slack.person("cy")
    await ana.slash("manager")
    await ana.slash(f"manager <@{cy.id}>")
    assert ana.modal is not None
    seen = await ana.submits()
    await valley.deps.background.drain()

    assert ana.errors == {}, seen
    assert cy.id in [user_id for user_id, _, _ in _people(valley)]


async def test_a_workspace_that_gives_it_up_gets_nothing_and_may_have_it_back(
    slack: Sandbox, valley: App, clock: Clock
) -> None:
    await slack.give_access("lakeview")
    ana, cy = slack.person("ana"), slack.person("cy")
    for person in (ana, cy):
        await begin(valley, person)
    await slack.take_access("riverside")
    await clock.advance_to(DUE + timedelta(days=1))

    assert [message for message in ana.dms() if "This week:" in message.words] == []
    # At nine where Cy is: an hour after they began, and a week later.
    assert len([message for message in cy.dms() if "This week:" in message.words]) == 2
    assert ("U0ANADUARTE", "T0RIVERSIDE", "team without the app") in _people(valley)

    await slack.give_access("riverside")
    await clock.advance(weeks=1)
    # Once, for the week that began since; not for the week without the app.
    assert len([message for message in ana.dms() if "This week:" in message.words]) == 1


async def test_access_is_told_of_again_without_harm(slack: Sandbox, valley: App) -> None:
    await slack.person("ana").slash("roadmap")
    await valley.deps.background.drain()
    for _ in range(2):
        await slack.take_access("riverside")
    assert [gone for _, _, gone in _people(valley)] == ["team without the app"]
    for _ in range(2):
        await slack.give_access("riverside")
    assert [gone for _, _, gone in _people(valley)] == [None]


async def test_removed_from_the_organization_it_is_gone_from_all(
    slack: Sandbox, valley: App, clock: Clock
) -> None:
    ana = slack.person("ana")
    await begin(valley, ana)
    await slack.uninstall("valley")
    await clock.advance_to(DUE + timedelta(days=1))

    assert [message for message in ana.dms() if "This week:" in message.words] == []
    tokens = valley.deps.database.run(lambda session: list(session.exec(select(col(Installation.token)))))
    assert tokens == [""]


async def test_a_workspace_with_its_own_installation_stays_apart(
    slack: Sandbox, settings: Settings, trouble: Trouble
) -> None:
    slack.unite()
    async with running(slack, settings) as app:
        await slack.install("lakeview")
        await slack.install("valley")
        await slack.uninstall("valley")
        assert await app.deps.slack.workspaces.by_key("T0LAKEVIEW") is not None
        assert await app.deps.slack.workspaces.by_key("E0VALLEY") is None
    trouble.check()
