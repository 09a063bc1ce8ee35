"""The two manifests ask Slack for exactly what the code answers."""

import json
from pathlib import Path
from typing import Any

import pytest

from slackbot.app import FEATURES, SCOPES

ROOT = Path(__file__).parents[1]
FILES = ("manifest.json", "manifest.oauth.json")


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


def test_it_asks_for_the_scopes_the_app_asks_for_and_two_optional_ones(manifest: dict[str, Any]) -> None:
    scopes = manifest["oauth_config"]["scopes"]

    assert set(scopes["bot"]) - set(scopes["bot_optional"]) == set(SCOPES)
    assert set(scopes["bot_optional"]) == {"im:history", "files:write"}


def test_it_hears_of_what_is_written_to_it_and_so_takes_messages(manifest: dict[str, Any]) -> None:
    """Slack sends these only where `im:history` was allowed; Home says what becomes of a message."""
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == ["app_home_opened", "message.im"]
    tab = manifest["features"]["app_home"]
    assert (tab["messages_tab_enabled"], tab["messages_tab_read_only_enabled"]) == (True, False)


def test_it_keeps_slacks_limits(manifest: dict[str, Any]) -> None:
    assert len(manifest["display_information"]["name"]) <= 35
    assert len(manifest["display_information"]["description"]) <= 140
    assert all(len(shortcut["name"]) <= 24 for shortcut in manifest["features"]["shortcuts"])
    assert manifest["settings"]["token_rotation_enabled"] is False


def test_they_differ_only_in_the_way_slack_reaches_us() -> None:
    socket, oauth = (json.loads((ROOT / name).read_text()) for name in FILES)

    assert socket["settings"]["socket_mode_enabled"] is True
    assert oauth["settings"]["socket_mode_enabled"] is False
    assert oauth["features"]["slash_commands"][0].pop("url").endswith("/slack/events")
    assert oauth["oauth_config"].pop("redirect_urls")[0].endswith("/slack/oauth_redirect")
    assert socket["features"] == oauth["features"]
    assert socket["oauth_config"] == oauth["oauth_config"]
