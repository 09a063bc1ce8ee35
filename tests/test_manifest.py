"""The two manifests ask Slack for exactly what the code answers."""

import ast
import inspect
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.api import METHODS
from sandbox.oauth import OPTIONAL_SCOPES as SLACKS_OPTIONAL
from slackbot.app import FEATURES
from slackbot.installing import OPTIONAL_SCOPES, SCOPES

ROOT = Path(__file__).parents[1]
FILES = ("manifest.json", "manifest.oauth.json")
NO_METHODS = {"api_call", "close"}
"""Of the client's own, that ask Slack for nothing by themselves."""


@pytest.fixture(params=FILES)
def manifest(request: pytest.FixtureRequest) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / request.param).read_text())
    return loaded


def test_it_offers_the_one_command_with_all_subcommands(manifest: dict[str, Any]) -> None:
    [command] = manifest["features"]["slash_commands"]

    assert command["command"] == "/prm"
    assert command["should_escape"] is True
    hinted = command["usage_hint"].strip("[]").split(", ")
    assert hinted == ["help", *(sub.name for feature in FEATURES for sub in feature.subcommands)]


def test_it_offers_the_shortcuts_that_somebody_answers(manifest: dict[str, Any]) -> None:
    offered = {shortcut["callback_id"] for shortcut in manifest["features"]["shortcuts"]}

    assert offered == {shortcut.callback for feature in FEATURES for shortcut in feature.shortcuts}


def _calls(*names: str) -> set[str]:
    """What the first argument of every call of these methods is, in all of the app, where it is written out."""
    return {
        node.args[0].value
        for tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names
        if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }


@cache
def _trees() -> list[ast.Module]:
    return [ast.parse(path.read_text()) for path in sorted((ROOT / "slackbot").rglob("*.py"))]


def _methods() -> set[str]:
    """The Web API methods that the app calls, by their names in slack_sdk's client."""
    named = {node.attr for tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    known = {name.replace(".", "_"): name for name in METHODS}
    used = {known[name] for name in named if name in known}
    unknown = {
        name
        for name in named - known.keys()
        if not name.startswith("_")
        if inspect.iscoroutinefunction(getattr(AsyncWebClient, name, None))
    }
    # The second of the sandbox's names is what the SDK makes of one call for a file.
    assert unknown - NO_METHODS == {"files_upload_v2"}, (
        "the sandbox has no such method, so no test can have used it"
    )
    return used | {"files.getUploadURLExternal", "files.completeUploadExternal"}


def _needed_scopes() -> set[str]:
    by_methods = {METHODS[name].scope for name in _methods()} - {None}
    by_methods |= {"im:history"} if "conversations.history" in _methods() else set()
    by_events = {"im:history"} if "message" in _calls("event") else set()
    return {str(scope) for scope in by_methods} | by_events | {"commands"}


def test_every_scope_is_needed_by_something_the_app_does_and_none_is_missing(
    manifest: dict[str, Any],
) -> None:
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == _needed_scopes()


def test_the_install_page_asks_for_the_same(manifest: dict[str, Any]) -> None:
    scopes = manifest["oauth_config"]["scopes"]

    assert set(scopes["bot"]) - set(scopes["bot_optional"]) == set(SCOPES)
    assert set(scopes["bot_optional"]) == set(OPTIONAL_SCOPES) == SLACKS_OPTIONAL


def test_it_hears_of_every_event_that_somebody_answers_and_of_no_other(manifest: dict[str, Any]) -> None:
    """Slack sends messages only where `im:history` was allowed, and the last two only to an organization's app."""
    answered = {"message.im" if name == "message" else name for name in _calls("event")}
    if not manifest["settings"]["org_deploy_enabled"]:
        answered -= {"team_access_granted", "team_access_revoked"}

    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert events == sorted(answered)


def test_home_says_what_becomes_of_a_message_so_it_takes_them(manifest: dict[str, Any]) -> None:
    tab = manifest["features"]["app_home"]
    assert tab["home_tab_enabled"]
    assert (tab["messages_tab_enabled"], tab["messages_tab_read_only_enabled"]) == (True, False)


def test_tokens_are_rotated_where_we_can_fetch_the_next_one() -> None:
    """One workspace's token stands in the settings, which nobody rewrites every twelve hours."""
    socket, oauth = (json.loads((ROOT / name).read_text())["settings"] for name in FILES)

    assert (socket["token_rotation_enabled"], oauth["token_rotation_enabled"]) == (False, True)
    assert (socket["org_deploy_enabled"], oauth["org_deploy_enabled"]) == (False, True)


LIMITS: list[tuple[str, int]] = [
    ("display_information.name", 35),
    ("display_information.description", 140),
    ("features.bot_user.display_name", 80),
    ("features.slash_commands.*.command", 32),
    ("features.slash_commands.*.description", 2000),
    ("features.slash_commands.*.usage_hint", 1000),
    ("features.slash_commands.*.url", 3500),
    ("features.shortcuts.*.name", 24),
    ("features.shortcuts.*.description", 150),
    ("features.shortcuts.*.callback_id", 255),
    ("settings.event_subscriptions.request_url", 3500),
    ("settings.interactivity.request_url", 3500),
]
MOST: list[tuple[str, int]] = [
    ("features.slash_commands", 50),
    ("features.shortcuts", 10),
    ("oauth_config.redirect_urls", 1000),
    ("oauth_config.scopes.bot", 255),
    ("oauth_config.scopes.bot_optional", 255),
    ("settings.event_subscriptions.bot_events", 100),
]


def _at(value: Any, path: str) -> list[Any]:
    """Everything that a path leads to; `*` is each of a list."""
    found = [value]
    for step in path.split("."):
        found = [
            inner for one in found for inner in (one if step == "*" else [one[step]] if step in one else [])
        ]
    return found


@pytest.mark.parametrize(("path", "longest"), LIMITS)
def test_no_text_is_longer_than_slack_takes(manifest: dict[str, Any], path: str, longest: int) -> None:
    assert all(0 < len(text) <= longest for text in _at(manifest, path))


@pytest.mark.parametrize(("path", "most"), MOST)
def test_no_list_is_longer_than_slack_takes(manifest: dict[str, Any], path: str, most: int) -> None:
    assert all(
        len(entries) <= most and len(set(map(str, entries))) == len(entries)
        for entries in _at(manifest, path)
    )


def test_of_each_kind_of_shortcut_there_are_five_at_most(manifest: dict[str, Any]) -> None:
    kinds = Counter(shortcut["type"] for shortcut in manifest["features"]["shortcuts"])
    assert set(kinds) <= {"global", "message"}
    assert max(kinds.values()) <= 5


def test_a_color_is_one(manifest: dict[str, Any]) -> None:
    assert re.fullmatch(r"#[0-9a-f]{6}", manifest["display_information"]["background_color"])


def test_they_differ_only_in_the_way_slack_reaches_us_and_where_the_app_may_be() -> None:
    socket, oauth = (json.loads((ROOT / name).read_text()) for name in FILES)

    assert socket["settings"]["socket_mode_enabled"] is True
    assert oauth["settings"]["socket_mode_enabled"] is False
    assert oauth["features"]["slash_commands"][0].pop("url").endswith("/slack/events")
    assert oauth["oauth_config"].pop("redirect_urls")[0].endswith("/slack/oauth_redirect")
    assert socket["features"] == oauth["features"]
    assert socket["oauth_config"] == oauth["oauth_config"]
