"""The HTTP door: whatever comes, the right person gets an answer and nobody gets a 500."""

import time
from dataclasses import replace
from typing import Any

import pytest
from freezegun import freeze_time

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.web import LARGEST_BODY
from tests.app.conftest import Bring
from tests.app.doors import FORM, NOT_INSTALLED, Letter, as_json, command, interaction, signature, signed
from tests.conftest import Trouble

pytestmark = pytest.mark.door

NOON = 1_795_000_000
"""A moment in seconds, for signatures that are made and checked at a known time."""


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "help payload"},
        {"channel_name": "payload-team"},
        {"team_domain": "payload-clinics"},
        {"user_name": "pat.payload"},
    ],
    ids=["what was typed", "the channel", "the workspace", "the person"],
)
async def test_a_command_is_answered_though_the_word_payload_is_in(
    brings: Bring, fields: dict[str, str]
) -> None:
    answer = await brings(signed(command(**fields)))

    assert answer.status == 200
    assert "PRM Coach" in answer.json["text"]


async def test_ana_may_type_the_word_payload_herself(ana: Person) -> None:
    seen = await ana.slash("roadmap payload")

    assert seen.ok
    assert seen.words


async def test_a_press_is_not_taken_for_a_command(brings: Bring) -> None:
    pressed = {
        "type": "block_actions",
        "team": {"id": "T0RIVERSIDE"},
        "user": {"id": "U0ANADUARTE"},
        "actions": [{"type": "overflow", "action_id": "none", "block_id": "none"}],
    }

    answer = await brings(interaction(pressed))

    assert (answer.status, answer.body) == (200, b"")


UNSIGNED: dict[str, dict[str, str | None]] = {
    "no time": {"x_slack_request_timestamp": None},
    "no signature": {"x_slack_signature": None},
    "neither": {"x_slack_request_timestamp": None, "x_slack_signature": None},
    "a word for a time": {"x_slack_request_timestamp": "yesterday"},
    "a time with an exponent": {"x_slack_request_timestamp": "1e9"},
    "a negative time": {"x_slack_request_timestamp": "-5"},
    "an endless time": {"x_slack_request_timestamp": "9" * 40},
    "a digit of another kind": {"x_slack_request_timestamp": "²"},
    "a signature that is not ASCII": {"x_slack_signature": "v0=é" + "0" * 63},
    "a wrong signature": {"x_slack_signature": "v0=" + "0" * 64},
    "another version": {"x_slack_signature": "v1=" + "0" * 64},
    "an empty signature": {"x_slack_signature": ""},
}


async def test_who_cannot_show_slacks_signature_is_turned_away(brings: Bring) -> None:
    letters = {name: signed(command()).saying(**headers) for name, headers in UNSIGNED.items()}

    statuses = {name: (await brings(letter)).status for name, letter in letters.items()}

    assert statuses == dict.fromkeys(UNSIGNED, 401)


async def test_a_signature_made_with_another_secret_is_turned_away(brings: Bring) -> None:
    assert (await brings(signed(command(), secret="somebody else's"))).status == 401


async def test_a_body_changed_on_its_way_is_turned_away(brings: Bring) -> None:
    letter = signed(command("help"))

    assert (await brings(Letter(command("wins"), letter.headers))).status == 401


AGES = {0: 200, 299: 200, 300: 200, 301: 401, -299: 200, -301: 401}
"""Seconds that a signature is old, and what becomes of it."""


async def test_a_signature_is_good_for_five_minutes(brings: Bring) -> None:
    with freeze_time(_utc(NOON), real_asyncio=True):
        statuses = {age: (await brings(signed(command(), at=NOON - age))).status for age in AGES}

    assert statuses == AGES


def _utc(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


async def test_a_command_recorded_and_played_again_after_five_minutes_does_nothing(
    brings: Bring, slack: Sandbox
) -> None:
    recorded = signed(command("log"), at=time.time() - 301)
    before = len(slack.calls)

    assert (await brings(recorded)).status == 401
    assert len(slack.calls) == before


UNREADABLE = {
    "half an object": (b"{", "application/json"),
    "nothing": (b"", "application/json"),
    "a list": (b"[]", "application/json"),
    "null": (b"null", "application/json; charset=utf-8"),
    "a text": (b'"text"', "application/json"),
    "half an object as a form": (b"{broken", FORM),
    "half a payload": (b"payload=%7B", FORM),
    "a payload that is a list": (b"payload=%5B1%5D", FORM),
    "an empty payload": (b"payload=", FORM),
    "not UTF-8": (b"\xff\xfe\x00", FORM),
    "Latin-1": (b'{"type": "\xe9"}', "application/json"),
    "deep lists": (b"[" * 200_000, "application/json"),
    "deep objects": (b'{"a":' * 100_000, "application/json"),
    "deep, and closed": (b'{"type":' + b"[" * 20_000 + b"]" * 20_000 + b"}", "application/json"),
    "a deep payload": (b"payload=" + b"[" * 100_000, FORM),
}


async def test_what_cannot_be_read_is_a_bad_request(brings: Bring) -> None:
    letters = {name: signed(raw, kind) for name, (raw, kind) in UNREADABLE.items()}

    statuses = {name: (await brings(letter)).status for name, letter in letters.items()}

    assert statuses == dict.fromkeys(UNREADABLE, 400)


SHAPES: list[Any] = [
    {"authorizations": 5},
    {"authorizations": [5]},
    {"authorizations": {"a": 1}},
    {"team": []},
    {"team": 5},
    {"team": {"id": []}},
    {"team_id": {"id": "T1"}},
    {"enterprise": 5},
    {"enterprise": {"id": 5}, "is_enterprise_install": True},
    {"user": 5},
    {"user": {"id": {}}},
    {"channel": 7},
    {"view": 5, "type": "view_submission"},
    {"view": [], "type": "view_submission", "team": {"id": "T0RIVERSIDE"}},
    {"event": 5, "type": "event_callback"},
    {"event": [], "type": "event_callback", "team_id": "T0RIVERSIDE"},
    {"event": {"type": 5}, "type": "event_callback", "team_id": "T0RIVERSIDE"},
    {"type": "block_actions", "actions": 5, "team": {"id": "T0RIVERSIDE"}},
    {"type": "block_actions", "actions": [], "team": {"id": "T0RIVERSIDE"}},
    {"type": "block_actions", "actions": [5], "team": {"id": "T0RIVERSIDE"}},
    {"type": ["view_submission"], "team": {"id": "T0RIVERSIDE"}},
    {"response_urls": 5},
    {"is_ext_shared_channel": True, "type": "event_callback", "event": 5},
    {"message": 5},
    {},
]


async def test_a_stranger_with_an_odd_shape_is_turned_away(brings: Bring) -> None:
    letters = [as_json(shape).saying(x_slack_signature="v0=" + "0" * 64) for shape in SHAPES]

    statuses = {letter.body: (await brings(letter)).status for letter in letters}

    assert set(statuses.values()) <= {400, 401}, statuses


async def test_an_odd_shape_is_no_failure_of_ours_even_when_signed(brings: Bring, trouble: Trouble) -> None:
    trouble.expect(NOT_INSTALLED)
    letters = [way(shape) for shape in SHAPES for way in (as_json, interaction)]

    statuses = {letter.body: (await brings(letter)).status for letter in letters}

    assert {body: status for body, status in statuses.items() if status >= 500} == {}


@pytest.mark.parametrize("declared", [True, False], ids=["with Content-Length", "in chunks"])
async def test_a_body_of_more_than_a_mebibyte_is_too_large(brings: Bring, declared: bool) -> None:
    raw = command("x" * (LARGEST_BODY + 1))
    letter = signed(raw).saying(content_length=str(len(raw)) if declared else None)

    assert (await brings(Letter(raw, letter.headers, chunks=1 if declared else 100))).status == 413


async def test_a_body_of_just_a_mebibyte_is_read(brings: Bring) -> None:
    start = b'{"type":"url_verification","challenge":"c","x":"'
    raw = start + b"x" * (LARGEST_BODY - len(start) - 2) + b'"}'
    letter = signed(raw, "application/json")

    assert len(raw) == LARGEST_BODY
    assert (await brings(Letter(raw, letter.headers, chunks=100))).status == 200


async def test_a_request_that_breaks_off_is_no_failure_of_ours(brings: Bring, trouble: Trouble) -> None:
    whole = signed(command())
    cut_off = replace(whole, cut_off=True)

    assert (await brings(cut_off)).status == 400


async def test_nobody_can_look_at_the_door_with_a_browser(brings: Bring) -> None:
    assert (await brings(Letter(b"", verb="GET"))).status == 405


async def test_slacks_own_checks_pass(brings: Bring, slack: Sandbox) -> None:
    assert await slack.verify_url()

    probe = b"ssl_check=1&token=legacy"
    assert (await brings(signed(probe))).status == 200


async def test_the_address_is_not_verified_for_a_stranger(brings: Bring) -> None:
    asked = as_json({"type": "url_verification", "challenge": "secret"})

    answer = await brings(asked.saying(x_slack_signature=signature(b"other", "1")))

    assert answer.status == 401
    assert b"secret" not in answer.body
