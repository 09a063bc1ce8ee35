"""Slack may send what this version does not know: an old button, a new kind of event. Nobody gets an error."""

import json
from typing import Any

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.listeners import OUTDATED_BUTTON
from tests.app.conftest import Bring
from tests.app.doors import interaction
from tests.conftest import Trouble

pytestmark = pytest.mark.door


async def test_another_commands_name_gets_help(ana: Person) -> None:
    seen = await ana.slash("", command="/prm-staging")

    assert seen.ok
    assert "`log`" in seen.words


async def test_an_old_form_says_so(brings: Bring, slack: Sandbox) -> None:
    view = {"type": "modal", "id": "V1", "callback_id": "gone", "blocks": [], "state": {"values": {}}}

    answer = await brings(interaction(_by_ana("view_submission", view=view)))

    assert answer.status == 200
    assert "older version" in json.dumps(answer.json["view"]["blocks"])


async def test_an_old_form_may_be_closed(brings: Bring) -> None:
    view = {"type": "modal", "id": "V1", "callback_id": "gone", "blocks": []}

    answer = await brings(interaction(_by_ana("view_closed", view=view, is_cleared=False)))

    assert (answer.status, answer.body) == (200, b"")


async def test_an_old_shortcut_says_so(ana: Person) -> None:
    seen = await ana.shortcut("gone")

    assert seen.ok
    assert seen.modal is not None
    assert seen.modal.words.count(OUTDATED_BUTTON) == 1


async def test_an_old_shortcut_pressed_too_long_ago_is_quiet(brings: Bring, trouble: Trouble) -> None:
    chosen = _by_ana("shortcut", callback_id="gone", trigger_id="long.ago")

    assert (await brings(interaction(chosen))).status == 200
    assert "failed" not in trouble.events()


async def test_a_new_kind_of_event_is_quietly_taken(slack: Sandbox, ana: Person) -> None:
    sent = await slack.send_event("riverside", {"type": "huddle_moved", "user": ana.id})

    assert (sent.status, sent.response) == (200, "")
    assert slack.undelivered == []


async def test_what_has_no_answer_is_quietly_taken_and_not_quoted(brings: Bring, trouble: Trouble) -> None:
    kinds = ["block_suggestion", "dialog_submission", "interactive_message", "something_new"]
    typed = {
        "value": "Mrs. Smith",
        "submission": {"a": "Mrs. Smith"},
        "actions": [{"value": "Mrs. Smith"}],
    }
    letters = {kind: interaction(_by_ana(kind, callback_id="x", action_id="x", **typed)) for kind in kinds}

    answers = {kind: await brings(letter) for kind, letter in letters.items()}

    assert {kind: (answer.status, answer.words) for kind, answer in answers.items()} == dict.fromkeys(
        kinds, (200, "")
    )
    assert trouble.events().count("unhandled") == len(kinds)
    assert "Mrs. Smith" not in str([vars(record) for record in trouble.records])


def _by_ana(kind: str, **more: Any) -> dict[str, Any]:
    who = {"team": {"id": "T0RIVERSIDE"}, "user": {"id": "U0ANADUARTE", "name": "ana"}}
    return {"type": kind, **who, **more}
