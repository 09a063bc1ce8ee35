"""Everything one tab shows, as JSON: the page draws this and keeps nothing of its own."""

from __future__ import annotations

import itertools
import json
import secrets
from typing import TYPE_CHECKING

from sandbox.page.manifest import Offers
from sandbox.page.place import APP_NAME, Place
from sandbox.people import Person
from sandbox.state import Message, View
from sandbox.views import start_values
from sandbox.words import Json

if TYPE_CHECKING:
    from sandbox.server import Sandbox

NEWEST = 200
"""How many messages of a conversation are shown."""
REFUSALS = 20
_boot = secrets.token_hex(4)
_versions = itertools.count(1)


def snapshot(sandbox: Sandbox, place: Place, offered: Offers) -> Json:
    """The whole picture; `boot` and `version` let the page drop a picture older than the one it shows."""
    return {
        "boot": _boot,
        "version": next(_versions),
        "clock": {
            "now": sandbox.clock.now().timestamp(),
            "frozen": sandbox.clock.frozen,
            "knows_next": sandbox.clock.next_due is not None,
        },
        **_lasting(sandbox, place, offered),
    }


def fingerprint(sandbox: Sandbox, place: Place, offered: Offers) -> str:
    """What differs only when a tab has something new to show; a running clock alone is nothing new."""
    clock = sandbox.clock
    time = clock.now().timestamp() if clock.frozen else clock.offset.total_seconds()
    return json.dumps([round(time, 3), clock.next_due is not None, _lasting(sandbox, place, offered)])


def _lasting(sandbox: Sandbox, place: Place, offered: Offers) -> Json:
    person = place.person
    return {
        "installed": sandbox.world.installation(person.team) is not None,
        "workspace": {"name": sandbox.state.teams[person.team].name},
        "app": {"name": APP_NAME},
        "me": _me(person),
        "people": [_in_the_switcher(sandbox, one) for one in sandbox.people],
        "channels": _channels(sandbox, person),
        "place": _place(place) | {"read_only": place.is_app and offered.read_only},
        "directory": _directory(sandbox, person),
        "messages": [_message(sandbox, person, one) for one in person.sees(place.channel)[-NEWEST:]],
        "home": _view(person.home) if person.home is not None else None,
        "modals": [_view(view) for view in person.modals],
        "commands": offered.commands,
        "shortcuts": {"global": offered.everywhere, "message": offered.on_messages},
        "refusals": _refusals(sandbox),
        "journal": _journal_mark(sandbox),
    }


def _me(person: Person) -> Json:
    user = person.user
    return {
        "id": person.id,
        "name": person.name,
        "real_name": user.real_name,
        "title": user.title,
        "zone": person.zone or "UTC",
    }


def _in_the_switcher(sandbox: Sandbox, person: Person) -> Json:
    from_app = person.dms()
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.user.real_name,
        "title": person.user.title,
        "team_name": sandbox.state.teams[person.team].name,
        "latest": from_app[-1].ts if from_app else "0",
    }


def _channels(sandbox: Sandbox, person: Person) -> list[Json]:
    mine = (one for one in sandbox.state.channels.values() if person.id in one.members and not one.is_im)
    return [{"id": one.id, "name": one.name} for one in mine]


def _place(place: Place) -> Json:
    empty = (
        "No messages from the app yet."
        if place.is_app
        else f"Nothing has been said in {place.label} yet. A command starts with a slash."
    )
    return {
        "key": place.key,
        "id": place.channel,
        "label": place.label,
        "app": place.is_app,
        "empty": empty,
    }


def _directory(sandbox: Sandbox, person: Person) -> Json:
    """Names for mentions and for the selects that list people and channels."""
    everybody = [user for user in sandbox.state.users.values() if user.team == person.team]
    people = [{"value": user.id, "label": user.real_name} for user in everybody if not user.is_bot]
    channels = [{"value": one["id"], "label": one["name"]} for one in _channels(sandbox, person)]
    return {
        "everybody": [{"value": user.id, "label": user.real_name} for user in everybody],
        "users": people,
        "channels": channels,
        "conversations": [{"value": one["value"], "label": f"#{one['label']}"} for one in channels] + people,
    }


def _message(sandbox: Sandbox, person: Person, message: Message) -> Json:
    return {
        "ts": message.ts,
        "user": message.user,
        "bot": message.bot_id is not None,
        "text": message.text if message.bot_id is not None else _escaped(message.text),
        "blocks": message.blocks,
        "attachments": message.attachments,
        "ephemeral": message.ephemeral,
        "thread_ts": message.thread_ts,
        "edited": message.edited,
        "files": [{"id": id_, "title": _title(sandbox, id_)} for id_ in message.files],
        "values": sandbox.world.typed.get((message.ts, person.id)) or start_values(message.blocks),
    }


def _escaped(text: str) -> str:
    """What people type is kept as typed, but mrkdwn is what the page draws."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _title(sandbox: Sandbox, file_id: str) -> str:
    file = sandbox.state.files[file_id]
    return file.title or file.name


def _view(view: View) -> Json:
    return {
        "id": view.id,
        "hash": view.hash,
        "title": view.title,
        "submit": view.submit,
        "close": view.close,
        "blocks": view.blocks,
        "values": view.values,
        "errors": view.errors,
    }


def _refusals(sandbox: Sandbox) -> list[Json]:
    """The newest first."""
    return [
        {
            "method": call.method,
            "error": call.response.get("error", call.error),
            "messages": call.response.get("response_metadata", {}).get("messages", []),
            "args": call.args,
        }
        for call in list(reversed(sandbox.refusals))[:REFUSALS]
    ]


def _journal_mark(sandbox: Sandbox) -> list[Json]:
    """Differs once something more has gone over the wire, also when the journal is full."""
    newest = [journal[-1] if journal else None for journal in (sandbox.requests, sandbox.calls)]
    return [{"at": one.at.isoformat(), "ms": one.ms} if one is not None else {} for one in newest]
