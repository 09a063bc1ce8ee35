"""Everything one tab shows, as JSON: the page draws this and keeps nothing of its own."""

from __future__ import annotations

import itertools
import json
import secrets
from typing import TYPE_CHECKING

from sandbox.page import journal
from sandbox.page.manifest import Offers
from sandbox.page.place import APP_NAME, AT_FIRST, Place
from sandbox.page.refusals import refusals
from sandbox.people import Person
from sandbox.state import Message, View
from sandbox.views import start_values
from sandbox.words import Json

if TYPE_CHECKING:
    from sandbox.server import Sandbox

LIGHT = 120_000
"""Characters that the messages of a first picture weigh at most; long messages mean fewer of them."""
FEWEST = 5
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
    messages, earlier = _newest(sandbox, place)
    return {
        "installed": sandbox.world.installation(person.team) is not None,
        "workspace": {"name": sandbox.state.teams[person.team].name},
        "app": {"name": APP_NAME},
        "me": _me(person),
        "people": _switcher(sandbox),
        "channels": _channels(sandbox, person),
        "place": _place(place) | {"read_only": place.is_app and offered.read_only},
        "directory": _directory(sandbox, person),
        "messages": messages,
        "earlier": earlier,
        "home": _view(person.home) if person.home is not None else None,
        "modals": [_view(view) for view in person.modals],
        "commands": offered.commands,
        "shortcuts": {"global": offered.everywhere, "message": offered.on_messages},
        "refusals": refusals(sandbox),
        "journal": journal.mark(sandbox),
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


def _switcher(sandbox: Sandbox) -> list[Json]:
    """Everybody one can act as, with the time of the app's latest message to them."""
    latest = {one.channel: one.ts for one in sandbox.state.messages if one.bot_id is not None}
    return [
        {
            "id": person.id,
            "name": person.name,
            "real_name": person.user.real_name,
            "title": person.user.title,
            "team_name": sandbox.state.teams[person.team].name,
            "latest": latest.get(person.app_dm, "0"),
        }
        for person in sandbox.people
    ]


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


def _newest(sandbox: Sandbox, place: Place) -> tuple[list[Json], bool]:
    """The newest messages that fit, oldest first, and whether there are earlier ones."""
    everything = place.person.sees(place.channel)
    wanted = everything[-place.newest :]
    room = LIGHT * place.newest // AT_FIRST
    shown: list[Json] = []
    for message in reversed(wanted):
        drawn = _message(sandbox, place.person, message)
        room -= len(json.dumps(drawn))
        if room < 0 and len(shown) >= FEWEST:
            break
        shown.append(drawn)
    return shown[::-1], len(shown) < len(everything)


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
        "files": [{"id": id_, **_file(sandbox, id_)} for id_ in message.files],
        "values": sandbox.world.typed.get((message.ts, person.id)) or start_values(message.blocks),
    }


def _escaped(text: str) -> str:
    """What people type is kept as typed, but mrkdwn is what the page draws."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _file(sandbox: Sandbox, file_id: str) -> Json:
    file = sandbox.state.files[file_id]
    return {"title": file.title or file.name, "name": file.name, "length": file.length}


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
