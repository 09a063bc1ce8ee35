"""Installing through the app's own pages: who is let in, what is kept, and what is never shown."""

import html
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from copy import deepcopy
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from freezegun import freeze_time
from pydantic import SecretStr
from starlette.applications import Starlette

from sandbox.installing import Browser
from sandbox.server import Sandbox
from slackbot.app import NOT_HERE, App
from slackbot.settings import Settings
from slackbot.web import GUARDED, NOT_NOW, Door
from storage.installations import STATE_SECONDS
from tests.app.doors import NOT_INSTALLED, Answer, Letter, bring
from tests.conftest import Trouble, install, running

pytestmark = pytest.mark.door

COOKIE = "slack-app-oauth-state"


@pytest.fixture
async def bare(slack: Sandbox, settings: Settings, trouble: Trouble) -> AsyncIterator[App]:
    """The app, installed nowhere yet."""
    async with running(slack, settings) as app:
        yield app
    trouble.check()


@pytest.fixture
def pages(bare: App) -> Starlette:
    return Door(bare.bolt, bare.deps).asgi()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "prm.db"


async def _starts(pages: Starlette) -> tuple[Answer, str]:
    """The install page, and the state it gave out."""
    page = await bring(pages, Letter(b"", verb="GET", path="/slack/install"))
    found = re.search(r"[?&;]state=([\w-]+)", page.words)
    assert found is not None, page.words
    return page, found[1]


async def _comes_back(pages: Starlette, *, cookie: str | None, **query: str) -> Answer:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    headers = {} if cookie is None else {"cookie": f"{COOKIE}={cookie}"}
    return await bring(pages, Letter(b"", headers, "GET", f"/slack/oauth_redirect?{asked}"))


async def _allows(slack: Sandbox, page: Answer, decision: str = "allow") -> dict[str, str]:
    """What Slack's own page sends the browser back with."""
    link = re.search(r'<a class="go" href="([^"]+)"', page.words)
    assert link is not None
    async with aiohttp.ClientSession() as session:
        browser = Browser(session)
        _, question, _ = await browser.get(html.unescape(link[1]))
        ticket = re.search(r'name="ticket" value="([^"]+)"', question)
        assert ticket is not None, question
        answers = [("ticket", ticket[1]), ("team", "T0RIVERSIDE"), ("decision", decision)]
        _, _, back = await browser.post(slack.authorize_url, answers)
    return {name: values[0] for name, values in parse_qs(urlsplit(back or "").query).items()}


def _rows(file: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


LIVE = "SELECT w.team_id FROM installation i JOIN workspace w ON w.id = i.workspace_id WHERE i.state = 'live'"


async def test_both_workspaces_can_install_it_and_are_answered(slack: Sandbox, bare: App, file: Path) -> None:
    for team in ("riverside", "lakeview"):
        await slack.install(team)

    assert sorted(_rows(file, LIVE)) == [("T0LAKEVIEW",), ("T0RIVERSIDE",)]
    assert (await slack.person("ana").slash("help")).ok
    assert (await slack.person("cy").slash("help")).ok


KEPT = """SELECT w.key, w.name, w.team_id, w.enterprise_id, i.scopes, i.app_id, i.bot_id, i.bot_user_id, i.installed_by
FROM installation i JOIN workspace w ON w.id = i.workspace_id WHERE i.state = 'live'"""


async def test_the_shorter_way_of_all_other_tests_leaves_what_the_pages_leave(
    slack: Sandbox, bare: App, file: Path
) -> None:
    left = []
    for way in (slack.install("riverside"), install(slack, bare, "riverside")):
        await way
        access = await bare.deps.slack.workspaces.by_key("T0RIVERSIDE")
        left.append((_rows(file, KEPT), access, deepcopy(slack.state.installations)))

    by_pages, by_the_shorter_way = left
    assert by_the_shorter_way == by_pages
    assert len(by_pages[0]) == len(by_pages[2]) == 1


async def test_installing_again_leaves_one_live_row(slack: Sandbox, bare: App, file: Path) -> None:
    await slack.install("riverside")
    second = await slack.install("riverside")

    access = await bare.deps.slack.workspaces.by_key("T0RIVERSIDE")
    assert access is not None
    assert access.token == second
    assert _rows(file, LIVE) == [("T0RIVERSIDE",)]
    # What was replaced is not kept.
    assert _rows(file, "SELECT token FROM installation WHERE state <> 'live'") == [("",)]


async def test_only_the_scopes_that_were_allowed_are_remembered(slack: Sandbox, bare: App) -> None:
    await slack.install("riverside")

    access = await bare.deps.slack.workspaces.by_key("T0RIVERSIDE")
    assert access is not None
    assert {"commands", "chat:write", "users:read"} <= access.scopes


class TestTurnedAway:
    """Nothing is stored, and the page says so without a stack trace."""

    @pytest.fixture(autouse=True)
    def _nothing_stored(self, bare: App, file: Path) -> Iterator[None]:
        yield
        assert _rows(file, "SELECT * FROM installation") == []

    async def test_when_the_admin_declines(self, slack: Sandbox, pages: Starlette) -> None:
        page, state = await _starts(pages)
        back = await _allows(slack, page, "cancel")

        answer = await _comes_back(pages, cookie=state, **back)

        assert back["error"] == "access_denied"
        assert answer.status == 200
        assert "access_denied" in answer.words

    async def test_what_the_address_says_is_never_run_as_html(self, pages: Starlette) -> None:
        answer = await _comes_back(pages, cookie=None, error="<script>alert(1)</script>")

        assert "<script>alert" not in answer.words

    async def test_with_a_state_we_never_gave_out(self, slack: Sandbox, pages: Starlette) -> None:
        page, _ = await _starts(pages)
        back = await _allows(slack, page) | {"state": "made-up"}

        assert (await _comes_back(pages, cookie="made-up", **back)).status == 401

    async def test_without_any_state_or_code(self, pages: Starlette) -> None:
        _, state = await _starts(pages)

        assert (await _comes_back(pages, cookie=None)).status == 400
        assert (await _comes_back(pages, cookie=state, state=state)).status == 401

    async def test_in_another_browser(self, slack: Sandbox, pages: Starlette) -> None:
        """Somebody sent the link on, to have their workspace joined to another's session."""
        page, _ = await _starts(pages)
        _, other = await _starts(pages)
        back = await _allows(slack, page)

        assert (await _comes_back(pages, cookie=None, **back)).status == 400
        assert (await _comes_back(pages, cookie=other, **back)).status == 400

    async def test_after_ten_minutes(self, slack: Sandbox, pages: Starlette) -> None:
        with freeze_time("2026-11-23T15:00:00Z", real_asyncio=True) as frozen:
            page, state = await _starts(pages)
            back = await _allows(slack, page)
            frozen.tick(STATE_SECONDS + 1)
            answer = await _comes_back(pages, cookie=state, **back)

        assert answer.status == 401

    async def test_with_a_code_that_slack_does_not_know(self, pages: Starlette) -> None:
        _, state = await _starts(pages)

        answer = await _comes_back(pages, cookie=state, state=state, code="made-up-code")

        assert answer.status == 401
        assert "invalid_code" in answer.words

    async def test_when_slack_does_not_answer(
        self, slack: Sandbox, pages: Starlette, trouble: Trouble
    ) -> None:
        page, state = await _starts(pages)
        back = await _allows(slack, page)
        slack.faults.add("oauth.v2.access", "drop")

        answer = await _comes_back(pages, cookie=state, **back)

        assert (answer.status, answer.words) == (503, NOT_NOW)
        assert "install_failed" in trouble.events()


async def test_just_within_ten_minutes_is_in_time(slack: Sandbox, bare: App, pages: Starlette) -> None:
    with freeze_time("2026-11-23T15:00:00Z", real_asyncio=True) as frozen:
        page, state = await _starts(pages)
        frozen.tick(STATE_SECONDS - 1)
        back = await _allows(slack, page)
        answer = await _comes_back(pages, cookie=state, **back)

    assert answer.status == 200


async def test_a_state_is_good_once(slack: Sandbox, bare: App, pages: Starlette, file: Path) -> None:
    page, state = await _starts(pages)
    back = await _allows(slack, page)

    first = await _comes_back(pages, cookie=state, **back)
    again = await _comes_back(pages, cookie=state, **back)

    assert (first.status, again.status) == (200, 401)
    assert _rows(file, LIVE) == [("T0RIVERSIDE",)]


async def test_with_a_wrong_client_secret_nothing_is_stored(
    slack: Sandbox, settings: Settings, file: Path, trouble: Trouble
) -> None:
    wrong = settings.model_copy(update={"slack_client_secret": SecretStr("wrong")})
    async with running(slack, wrong) as app:
        pages = Door(app.bolt, app.deps).asgi()
        page, state = await _starts(pages)
        back = await _allows(slack, page)
        answer = await _comes_back(pages, cookie=state, **back)

    assert answer.status == 401
    assert back["code"] not in answer.words
    assert _rows(file, "SELECT * FROM installation") == []


async def test_a_token_is_nowhere_in_clear(
    slack: Sandbox, bare: App, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    token = await slack.install("riverside")
    await slack.person("ana").slash("log")

    assert token.startswith("xoxb-")
    for stored in file.parent.iterdir():
        assert token.encode() not in stored.read_bytes(), stored.name
    ours = [
        record for record in caplog.records if record.name.startswith(("slackbot", "storage", "sqlalchemy"))
    ]
    assert token not in str([vars(record) for record in ours])


async def test_the_pages_are_neither_framed_nor_kept(slack: Sandbox, pages: Starlette) -> None:
    page, state = await _starts(pages)
    answers = [page, await _comes_back(pages, cookie=state, **await _allows(slack, page))]
    answers.append(await _comes_back(pages, cookie=None, error="access_denied"))

    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert {"default-src 'none'", "frame-ancestors 'none'", "form-action 'none'"} <= set(
            policy.split("; ")
        )
        assert "script" not in policy + answer.words
        assert {name: answer.headers[name] for name in GUARDED} == GUARDED
        assert answer.headers["cache-control"] == "no-store"
    assert {"Secure", "HttpOnly"} <= set(page.headers["set-cookie"].split("; "))


async def test_where_it_is_not_installed_the_person_is_told(
    slack: Sandbox, bare: App, trouble: Trouble, file: Path
) -> None:
    trouble.expect(NOT_INSTALLED)
    await slack.install("riverside")
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("UPDATE installation SET state = 'revoked', token = ''")
    connection.close()

    seen = await slack.person("ana").slash("help")

    assert seen.ok
    assert seen.words == NOT_HERE


async def test_without_oauth_there_are_no_pages(slack: Sandbox, database_url: str) -> None:
    from slackbot import settings as reading

    one = reading.load(
        SLACK_BOT_TOKEN=slack.grant(),
        SLACK_SIGNING_SECRET=slack.signing_secret,
        SLACK_API_URL=slack.api_url,
        DATABASE_URL=database_url,
    )
    async with running(slack, one) as app:
        pages = Door(app.bolt, app.deps).asgi()
        for path in ("/slack/install", "/slack/oauth_redirect"):
            assert (await bring(pages, Letter(b"", verb="GET", path=path))).status == 404
