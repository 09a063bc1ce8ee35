"""Each of Slack's answers means one thing: try again, stop writing to a person or a workspace, or nobody knows."""

from datetime import timedelta

import pytest

from slackbot.rules.verdicts import Answer, Verdict, pause_before_retry, verdict

MEANT = {
    Verdict.RETRY: [
        "ratelimited",
        "rate_limited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "accesslimited",
    ],
    Verdict.PERSON_GONE: [
        "user_disabled",
        "user_not_found",
        "channel_not_found",
        "is_archived",
        "user_not_visible",
        "messages_tab_disabled",
    ],
    Verdict.WORKSPACE_GONE: [
        "token_revoked",
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "org_login_required",
    ],
    Verdict.UNKNOWN: ["fatal_error", "internal_error"],
    Verdict.FAILED: ["invalid_blocks", "msg_too_long", "no_text", "missing_scope", "a_code_of_tomorrow", ""],
}


@pytest.mark.parametrize(
    ("error", "meant"), [(code, kind) for kind, codes in MEANT.items() for code in codes]
)
def test_a_code_of_slacks_has_its_meaning(error: str, meant: Verdict) -> None:
    assert verdict(Answer(error)) is meant


@pytest.mark.parametrize("error", ["", "ratelimited", "token_revoked", "invalid_blocks"])
def test_too_many_requests_is_tried_again_whatever_the_body_says(error: str) -> None:
    assert verdict(Answer(error, status=429)) is Verdict.RETRY


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599])
def test_of_a_failing_server_nobody_knows_what_it_did(status: int) -> None:
    assert verdict(Answer("", status=status)) is Verdict.UNKNOWN


def test_a_failing_server_that_says_it_did_nothing_is_believed() -> None:
    assert verdict(Answer("service_unavailable", status=503)) is Verdict.RETRY


def test_a_failing_server_does_not_pause_anybody() -> None:
    assert verdict(Answer("user_not_found", status=500)) is Verdict.UNKNOWN


@pytest.mark.parametrize(("asked", "waited"), [(1, 1), (30, 30), (7200, 7200), (0, 1), (-5, 1)])
def test_what_slack_asks_for_is_waited_whatever_was_tried_before(asked: int, waited: int) -> None:
    assert pause_before_retry(9, asked) == timedelta(seconds=waited)


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(0, 30), (1, 30), (2, 60), (3, 120), (4, 240), (7, 1920), (8, 3600), (9, 3600), (10_000, 3600)],
)
def test_otherwise_the_pause_doubles_up_to_an_hour(attempts: int, seconds: int) -> None:
    assert pause_before_retry(attempts, None) == timedelta(seconds=seconds)
