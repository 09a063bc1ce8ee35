"""The configuration: each mode, and for everything that is missing or wrong the sentence that mends it."""

from pathlib import Path

import pytest

from slackbot import settings
from slackbot.app import open_app
from slackbot.deps import real_now
from slackbot.settings import Mode, SettingsError

BOT = {"SLACK_BOT_TOKEN": "xoxb-1-secret"}
APP = {"SLACK_APP_TOKEN": "xapp-1-secret"}
SIGNED = {"SLACK_SIGNING_SECRET": "signing-secret"}
CLIENT = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "client-secret"}
HTTP, SOCKET, MANY = BOT | SIGNED, BOT | APP, CLIENT | SIGNED
POSTGRESQL = {"DATABASE_URL": "postgresql://prm:db-secret@db/prm"}
KEY = {"PRM_ENCRYPTION_KEYS": "cmVhbGx5IG5vdCBhIHNlY3JldCwgb25seSBhIHRlc3Q="}

WORKS: list[tuple[dict[str, str], Mode]] = [
    (HTTP, Mode.ONE_OVER_HTTP),
    (SOCKET, Mode.ONE_OVER_SOCKET),
    (SOCKET | SIGNED, Mode.ONE_OVER_SOCKET),
    (MANY, Mode.MANY),
    (MANY | KEY, Mode.MANY),
    (MANY | POSTGRESQL | KEY, Mode.MANY),
    (MANY | POSTGRESQL | {"PRM_ENCRYPTION_KEYS": f"{KEY['PRM_ENCRYPTION_KEYS']}, {KEY['PRM_ENCRYPTION_KEYS']}"}, Mode.MANY),
    (HTTP | POSTGRESQL, Mode.ONE_OVER_HTTP),
    (HTTP | {"DATABASE_URL": "postgres://prm@db/prm"}, Mode.ONE_OVER_HTTP),
    (HTTP | {"SLACK_CLIENT_ID": "", "SLACK_CLIENT_SECRET": "", "SLACK_APP_TOKEN": ""}, Mode.ONE_OVER_HTTP),
    (HTTP | {"PORT": "", "LOG_FORMAT": "", "DATABASE_URL": "", "PRM_ENCRYPTION_KEYS": ""}, Mode.ONE_OVER_HTTP),
    (HTTP | {"PORT": "0", "LOG_FORMAT": "json", "LOG_LEVEL": "DEBUG", "PRM_TICK_SECONDS": "0.5"}, Mode.ONE_OVER_HTTP),
    (HTTP | {"SLACK_SOMETHING_ELSE": "x", "PRM_UNKNOWN": "y"}, Mode.ONE_OVER_HTTP),
]  # fmt: skip

FAILS: dict[str, tuple[dict[str, str], str]] = {
    "nothing at all": ({}, "Set SLACK_BOT_TOKEN"),
    "all of it empty": (dict.fromkeys(HTTP | CLIENT, ""), "Set SLACK_BOT_TOKEN"),
    "a bot token alone": (BOT, "Set SLACK_APP_TOKEN .* for Socket Mode, or SLACK_SIGNING_SECRET"),
    "a signing secret alone": (SIGNED, "Set SLACK_BOT_TOKEN"),
    "an app token alone": (APP, "Set SLACK_BOT_TOKEN"),
    "a client id alone": ({"SLACK_CLIENT_ID": "1.2"} | SIGNED, "Set both SLACK_CLIENT_ID and"),
    "a client secret alone": ({"SLACK_CLIENT_SECRET": "s"} | SIGNED, "Set both SLACK_CLIENT_ID and"),
    "many without a signing secret": (CLIENT, "Set SLACK_SIGNING_SECRET"),
    "one and many": (MANY | BOT, "Set either SLACK_BOT_TOKEN .* not both"),
    "many over Socket Mode": (MANY | APP, "Set either SLACK_BOT_TOKEN .* not both"),
    "a user's token": (HTTP | {"SLACK_BOT_TOKEN": "xoxp-1-secret"}, "SLACK_BOT_TOKEN must start with xoxb-"),
    "a placeholder": (HTTP | {"SLACK_BOT_TOKEN": "your-token"}, "SLACK_BOT_TOKEN must start with xoxb-"),
    "a bot token for the app's": (
        BOT | {"SLACK_APP_TOKEN": "xoxb-2"},
        "SLACK_APP_TOKEN must start with xapp-",
    ),
    "spaces for a token": (HTTP | {"SLACK_BOT_TOKEN": "  "}, "SLACK_BOT_TOKEN must start with xoxb-"),
    "many on PostgreSQL without keys": (MANY | POSTGRESQL, "Set PRM_ENCRYPTION_KEYS: .* python -c"),
    "a malformed key": (
        MANY | {"PRM_ENCRYPTION_KEYS": "key-secret"},
        "PRM_ENCRYPTION_KEYS: each key must be",
    ),
    "a malformed second key": (
        MANY | {"PRM_ENCRYPTION_KEYS": KEY["PRM_ENCRYPTION_KEYS"] + ",key-secret"},
        "PRM_ENCRYPTION_KEYS: each key must be",
    ),
    "a comma after the last key": (
        MANY | {"PRM_ENCRYPTION_KEYS": KEY["PRM_ENCRYPTION_KEYS"] + ","},
        "PRM_ENCRYPTION_KEYS: each key must be",
    ),
    "a word for a port": (HTTP | {"PORT": "http"}, "PORT: .* integer"),
    "a port too high": (HTTP | {"PORT": "65536"}, "PORT: .* 65535"),
    "a zone that is none": (
        HTTP | {"PRM_DEFAULT_ZONE": "Mars/Base"},
        "PRM_DEFAULT_ZONE: it is not a time zone",
    ),
    "a zone that is a path": (
        HTTP | {"PRM_DEFAULT_ZONE": "../etc"},
        "PRM_DEFAULT_ZONE: it is not a time zone",
    ),
    "an address that is none": (
        HTTP | {"DATABASE_URL": "prm.db"},
        "DATABASE_URL: it is not a database address",
    ),
    "another database": (HTTP | {"DATABASE_URL": "mysql://h/d"}, "DATABASE_URL: mysql is not supported"),
    "a password in the wrong place": (
        HTTP | {"DATABASE_URL": "postgresql://prm@db:db-secret/prm"},
        "DATABASE_URL: it is not a database address; .* %2F",
    ),
    "an API without /api/": (
        HTTP | {"SLACK_API_URL": "https://slack.com"},
        "SLACK_API_URL: .* ends in /api/",
    ),
    "an API without a scheme": (HTTP | {"SLACK_API_URL": "slack.com/api/"}, "SLACK_API_URL: .* web address"),
    "a folder that is not there": (
        HTTP | {"PRM_CONTENT_DIR": "/no/such/folder"},
        "PRM_CONTENT_DIR: .* directory",
    ),
    "a tick of no seconds": (HTTP | {"PRM_TICK_SECONDS": "0"}, "PRM_TICK_SECONDS: .* greater than 0"),
    "a log format of its own": (HTTP | {"LOG_FORMAT": "xml"}, "LOG_FORMAT: .*'console' or 'json'"),
    "a log level of its own": (HTTP | {"LOG_LEVEL": "LOUD"}, "LOG_LEVEL: .*'INFO'"),
}


def _set(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(("environment", "mode"), WORKS)
def test_an_environment_that_works_has_its_mode(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], mode: Mode
) -> None:
    _set(monkeypatch, environment)

    assert settings.load().mode is mode


@pytest.mark.parametrize(("environment", "sentence"), FAILS.values(), ids=FAILS)
def test_an_environment_that_cannot_work_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], sentence: str
) -> None:
    _set(monkeypatch, environment)

    with pytest.raises(SettingsError, match=f"^{sentence}") as refused:
        settings.load()

    said = str(refused.value)
    assert "\n" not in said
    assert "-sec" not in said
    for value in environment.values():
        assert len(value) < 8 or value not in said
    # Nor in a traceback, should somebody print one.
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_two_faults_are_two_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, HTTP | {"PORT": "http", "LOG_LEVEL": "LOUD"})

    with pytest.raises(SettingsError) as refused:
        settings.load()

    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == ["PORT", "LOG_LEVEL"]


def test_what_is_not_set_has_the_documented_default(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, HTTP)
    given = settings.load()

    assert given.database_url == "sqlite:///prm.db"
    assert given.slack_api_url == "https://slack.com/api/"
    assert (given.port, given.host, given.tick_seconds) == (3000, None, 30)
    assert (given.log_format, given.log_level) == ("console", "INFO")
    assert given.keys == []


def test_keys_are_kept_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    older = "b2xkZXIgYW5kIG5vdCBhIHNlY3JldCBlaXRoZXIhISE="
    _set(monkeypatch, MANY | {"PRM_ENCRYPTION_KEYS": f"{KEY['PRM_ENCRYPTION_KEYS']} , {older}"})

    assert settings.load().keys == [KEY["PRM_ENCRYPTION_KEYS"], older]


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, MANY | POSTGRESQL | KEY)
    many = settings.load()
    for name in MANY:
        monkeypatch.delenv(name)
    _set(monkeypatch, SOCKET | SIGNED)

    for given in (many, settings.load()):
        for secret in ("-secret", KEY["PRM_ENCRYPTION_KEYS"]):
            assert secret not in repr(given)
            assert secret not in str(given)


@pytest.mark.parametrize("address", ["nothing", "postgresql://prm@db:db-secret/prm"])
def test_migrating_tells_a_wrong_address_in_a_sentence_too(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)

    with pytest.raises(SettingsError, match=r"^DATABASE_URL: it is not a database address") as refused:
        settings.load_database_address()

    assert address not in str(refused.value)


def test_migrating_asks_for_nothing_of_slack() -> None:
    assert settings.load_database_address() == "sqlite:///prm.db"


async def test_broken_content_is_told_with_its_file_and_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "credentials.yaml").write_text("- id: ours\n  question: [broken\n")
    _set(monkeypatch, MANY | {"DATABASE_URL": database_url, "PRM_CONTENT_DIR": str(folder)})

    with pytest.raises(SettingsError, match=r"^PRM_CONTENT_DIR: .*credentials\.yaml.*\b[23]\b"):
        async with open_app(settings.load(), real_now):
            raise AssertionError("it opened")


PLACEHOLDERS = {
    "SLACK_BOT_TOKEN": ("xoxb-your-token", "xoxb-...", "xoxb-token", "xoxb-xxxxxxxxxxxx", "xoxb-"),
    "SLACK_SIGNING_SECRET": (
        "changeme",
        "<signing secret>",
        "your-signing-secret",
        "secret",
        "CHANGE_ME",
        "00000000",
    ),
    "SLACK_CLIENT_SECRET": ("replace-me", "todo", "put-it-here", "placeholder", "xxxxxxxx"),
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in PLACEHOLDERS.items() for value in values]
)
def test_a_secret_that_was_never_filled_in_stops_the_start(name: str, value: str) -> None:
    given = {"SLACK_CLIENT_ID": "1.2", **CLIENT} if name == "SLACK_CLIENT_SECRET" else BOT
    with pytest.raises(SettingsError) as refused:
        settings.load(**{**given, **SIGNED, name: value})
    assert str(refused.value) == (
        f"{name} still holds a placeholder. Copy the real one from your app's settings in Slack."
    )


@pytest.mark.parametrize("secret", ["8f742231b10e8888abcd99yyyzzz85a5", "0123456789abcdef0123456789abcdef"])
def test_what_slack_gives_is_no_placeholder(secret: str) -> None:
    assert settings.load(**BOT, SLACK_SIGNING_SECRET=secret)
