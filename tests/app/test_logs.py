"""The log: a line an event, and never what people typed, tokens, codes or response addresses."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot import logs
from slackbot.app import App
from slackbot.settings import Settings
from slackbot.web import Door
from tests.app import failing
from tests.app.conftest import WithFeatures
from tests.app.doors import bring, command, signed
from tests.app.failing import Failing

log = structlog.get_logger(__name__)
Configure = Callable[[Settings], None]
SECRET = "Mrs Smith of ward 7"


@pytest.fixture
def configured() -> Iterator[Configure]:
    """Sets logging up as the product does; afterwards it is as it was."""
    root = logging.getLogger()
    names = ("slack_bolt", "slack_sdk", "apscheduler", "alembic", "aiohttp", "uvicorn")
    handlers, level, config = list(root.handlers), root.level, structlog.get_config()
    levels = {name: logging.getLogger(name).level for name in names}
    yield logs.configure
    root.handlers, root.level = handlers, level
    structlog.configure(**config)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def _with(settings: Settings, **changed: Any) -> Settings:
    return settings.model_copy(update=changed)


async def test_json_is_one_object_a_line(
    configured: Configure, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    configured(_with(settings, log_format="json"))

    log.info("started", mode="one\nworkspace", count=3)
    logging.getLogger("another.library").error("something odd", exc_info=_raised())
    log.error("failed", where="command", exc_info=_raised())

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["event"], line["level"]) for line in lines] == [
        ("started", "info"),
        ("something odd", "error"),
        ("failed", "error"),
    ]
    assert (lines[0]["mode"], lines[0]["count"]) == ("one\nworkspace", 3)
    assert all(line["timestamp"].endswith("Z") for line in lines)
    assert "KeyError" in lines[2]["exception"]


def _raised() -> BaseException:
    typed = SECRET
    try:
        try:
            _fail(typed)
        except SecretKeyError as error:
            raise ValueError(f"also {typed}") from error
    except ValueError as error:
        return error
    raise AssertionError("it did fail")


def _fail(words: str) -> None:
    raise SecretKeyError(f"cannot read {words}")


class SecretKeyError(KeyError):
    """Says what was typed."""


@pytest.mark.parametrize("log_format", ["console", "json"])
async def test_a_failure_shows_its_way_but_not_what_was_typed(
    configured: Configure,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    log_format: str,
) -> None:
    configured(_with(settings, log_format=log_format))

    log.error("failed", reference="abc123", exc_info=_raised())

    said = capsys.readouterr().err
    assert SECRET not in said
    for useful in ("abc123", "ValueError", "SecretKeyError", "test_logs.py", "in _fail"):
        assert useful in said


async def test_slacks_own_word_for_a_failure_is_kept(
    configured: Configure, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    configured(settings)
    answer = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="views.open",
        req_args={},
        data={"ok": False, "error": "invalid_blocks", "said": SECRET},
        headers={},
        status_code=200,
    )

    with pytest.raises(SlackApiError) as refused:
        answer.validate()  # type: ignore[no-untyped-call] # slack_sdk leaves it without types

    log.error("failed", exc_info=refused.value)
    log.error("failed", exc_info=FileNotFoundError(2, "No such file or directory"))

    said = capsys.readouterr().err
    assert "SlackApiError: invalid_blocks" in said
    assert "FileNotFoundError: No such file or directory" in said
    assert SECRET not in said


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-1234-5678-AbCd",
        "xoxp-1234-5678",
        "xoxe.xoxb-1-AbCd",
        "xoxe-1-AbCd",
        "xapp-1-A0-1-abcdef",
        "https://hooks.slack.com/commands/T1/2/abc",
        "https://hooks.slack.com/actions/T1/2/abc",
    ],
)
async def test_a_secret_that_some_library_logs_is_blotted_out(
    configured: Configure, settings: Settings, capsys: pytest.CaptureFixture[str], secret: str
) -> None:
    configured(_with(settings, log_format="json"))

    logging.getLogger("another.library").warning("sent %s with it", secret)
    log.warning("sent", token=secret, nested={"url": [secret]})

    said = capsys.readouterr().err
    assert secret not in said
    assert [json.loads(line)["event"] for line in said.splitlines()] == ["sent [secret] with it", "sent"]


async def test_the_level_is_kept_to(
    configured: Configure, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    configured(_with(settings, log_level="WARNING"))

    log.info("not this")
    logging.getLogger("another.library").info("nor this")
    log.warning("but this")

    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.door
class TestAWholeLoop:
    """A person's day with the app, in the log at its most talkative."""

    async def test_leaves_no_texts_tokens_or_addresses(
        self,
        configured: Configure,
        settings: Settings,
        capsys: pytest.CaptureFixture[str],
        ana: Person,
        slack: Sandbox,
        app: App,
        with_features: WithFeatures,
    ) -> None:
        for log_format in ("console", "json"):
            configured(_with(settings, log_format=log_format, log_level="INFO"))
            async with with_features(Failing(failing.by_a_bug).feature) as own:
                await _live(ana, slack)
                door = Door(own.bolt, app.deps).asgi()
                assert (await bring(door, signed(command(SECRET), secret="wrong"))).status == 401
                await app.deps.background.drain()

        said = capsys.readouterr().err
        assert "failed" in said
        for private in (*_private(slack), "Smith", "ward 7", "panel", "Ana Duarte"):
            assert private not in said, private

    async def test_says_of_each_failure_which_request_workspace_and_member_it_was(
        self,
        configured: Configure,
        settings: Settings,
        capsys: pytest.CaptureFixture[str],
        app: App,
        with_features: WithFeatures,
    ) -> None:
        configured(_with(settings, log_format="json"))
        async with with_features(Failing(failing.by_a_bug).feature) as own:
            answer = await bring(Door(own.bolt, app.deps).asgi(), signed(command("fails")))

        said = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
        (failed,) = [one for one in said if one["event"] == "failed"]
        assert failed["request"] == answer.headers["x-request-id"]
        assert failed["reference"] in answer.words
        assert (failed["workspace"], failed["user"]) == (1, "U0ANADUARTE")

    async def test_leaves_no_code_of_a_failed_installation(
        self, configured: Configure, settings: Settings, capsys: pytest.CaptureFixture[str], slack: Sandbox
    ) -> None:
        configured(settings)

        logging.getLogger("slack_bolt.AsyncOAuthFlow").warning(
            "Failed to fetch oauth.v2.access result with code: %s - error: no", "1.2.abc"
        )

        assert "with code: [secret] - error" in capsys.readouterr().err


async def _live(ana: Person, slack: Sandbox) -> None:
    await ana.slash(SECRET)
    await ana.slash(f"fails {SECRET}")
    await ana.slash("log")
    ana.fills(
        metric="Referrals from your panel", baseline="120", result="150", practice=f"Thanks to {SECRET}"
    )
    await ana.submits()
    ana.fills(cleared=["yes"])
    await ana.submits()
    await ana.slash("opens")
    ana.fills(name=SECRET)
    await ana.submits()
    await ana.closes(all=True)
    await ana.shortcut("no_such_shortcut")
    await ana.closes(all=True)
    await ana.opens_home()
    await ana.presses("See the road")
    await ana.says(SECRET)
    await slack.clock.advance(weeks=1)


def _private(slack: Sandbox) -> list[str]:
    tokens = list(slack.state.installations)
    addresses = [str(sent.body["response_url"]) for sent in slack.requests if "response_url" in sent.body]
    assert tokens
    assert addresses
    return [*tokens, *addresses, slack.client_secret, slack.signing_secret, "/response/"]
