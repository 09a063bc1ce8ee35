"""What tests of the form of a win look at in it, and do with it."""

import json

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from storage.models import Win

one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where it makes no difference which database there is."""


def labels(person: Person) -> list[str]:
    """What the open form asks, from top to bottom."""
    assert person.modal is not None
    return [block["label"]["text"] for block in person.modal.blocks if block["type"] == "input"]


def hint(person: Person, label: str) -> str:
    assert person.modal is not None
    block = next(each for each in person.modal.blocks if each.get("label", {}).get("text") == label)
    return str(block["hint"]["text"])


def complaints(errors: dict[str, str]) -> dict[str, str]:
    """Errors by field; a block is named after its field, and what it means now."""
    plain = ("sample", "part", "period", "cleared", "keep", "above")
    return {
        next((each for each in plain if name.startswith(f"{each}_")), name): said
        for name, said in errors.items()
    }


async def sends(person: Person, app: App) -> dict[str, str]:
    """Sends the open form; what has to be mended, by field."""
    seen = await person.submits()
    await app.deps.background.drain()
    return complaints(seen.errors)


def said_to_slack(slack: Sandbox) -> str:
    """Every word of ours that went out: calls to Slack and what we answered it."""
    return json.dumps([[call.method, call.args] for call in slack.calls], default=str)


async def opens_to_edit(person: Person, app: App, win: Win) -> None:
    assert win.id is not None
    await person.slash(f"wins edit {win.id}")
    assert person.modal is not None
    assert person.modal.title == "Edit a win"
