"""Whoever adds the app reads what it asks for and why, what comes next, or what to do when it did not work."""

import re

import pytest
from slack_sdk.oauth.installation_store import Installation

from slackbot.installing import OPTIONAL_SCOPES, REASONS, SCOPES, asked, done, failed

TEAM = Installation(app_id="A1", team_id="T1", team_name="Riverside <b>Health</b>", user_id="U1")
WHOLE = Installation(
    app_id="A1",
    enterprise_id="E1",
    enterprise_name="Valley Health",
    enterprise_url="https://valley.example.com/",
    is_enterprise_install=True,
    user_id="U1",
)
NAMELESS = Installation(app_id="A1", team_id="T1", user_id="U1")


def test_every_scope_has_its_reason_and_only_the_optional_ones_may_be_left_out() -> None:
    rows = re.findall(r"<dt><code>(.*?)</code></dt><dd>(.*?)</dd>", asked("https://slack.example.com"))

    assert [scope for scope, _ in rows] == [*SCOPES, *OPTIONAL_SCOPES] == list(REASONS)
    assert [scope for scope, why in rows if "leave this out" in why] == list(OPTIONAL_SCOPES)


def test_the_way_to_slack_cannot_break_out_of_its_link() -> None:
    page = asked('https://slack.example.com/?a=1&b="><script>alert(1)</script>')

    assert "<script>" not in page
    assert "a=1&amp;b=&quot;&gt;" in page


def test_a_workspace_is_named_and_led_into_slack() -> None:
    page = done(TEAM)

    assert "Riverside &lt;b&gt;Health&lt;/b&gt; has it now." in page
    assert 'href="slack://app?team=T1&amp;id=A1"' in page
    assert 'href="https://app.slack.com/client/T1"' in page
    assert "Choose which of your workspaces" not in page


def test_an_organization_chooses_its_workspaces_next() -> None:
    page = done(WHOLE)

    assert "Valley Health has it now." in page
    assert "<li>Choose which of your workspaces get it.</li>" in page
    assert 'href="https://valley.example.com/manage/organization/apps/profile/A1/workspaces/add"' in page
    assert "slack://" not in page


def test_what_slack_did_not_name_is_not_named() -> None:
    assert "<p>Your Slack has it now." in done(NAMELESS)


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("access_denied", "You chose not to add PRM Coach, and that is fine."),
        ("invalid_browser", "ends in the browser that it began in"),
        ("invalid_state", "within ten minutes"),
        ("missing_code", "Slack did not confirm the installation."),
        ("invalid_code", "Slack did not confirm the installation."),
        ("storage_error", "we could not keep it"),
        ("team_not_on_plan", "Slack gave a reason"),
        ("<script>alert(1)</script>" * 9, "Slack gave a reason"),
    ],
)
def test_each_way_of_not_working_says_what_to_do(reason: str, says: str) -> None:
    page = failed(reason, "/slack/install")

    assert says in page
    assert '<a class="go" href="/slack/install">Start again</a>' in page
    assert "<script" not in page
    assert len(page) < len(failed("", "/slack/install")) + 700
