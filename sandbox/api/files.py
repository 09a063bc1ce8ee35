"""files.*: the three steps by which a file gets into a conversation."""

from __future__ import annotations

import json
from typing import Any

from sandbox import posting
from sandbox.api.registry import Ask, method
from sandbox.refused import RefusedError, missing
from sandbox.state import Channel, File
from sandbox.words import Json


@method("files.getUploadURLExternal", scope="files:write", needs=("filename", "length"), tier=4)
def get_upload_url(ask: Ask) -> Json:
    length = ask.number("length", 0)
    if length < 1:
        raise RefusedError("invalid_arguments", ["[ERROR] must be 1 or more [json-pointer:/length]"])
    world = ask.world
    file = File(
        world.new_id("F"), ask.team, str(ask.args["filename"]), length, user=ask.installation.bot_user
    )
    world.state.files[file.id] = file
    return {"upload_url": f"{world.url}/upload/{ask.tickets.issue('upload', file.id)}", "file_id": file.id}


@method("files.completeUploadExternal", scope="files:write", needs=("files",), tier=4)
def complete_upload(ask: Ask) -> Json:
    files = [_uploaded(ask, entry) for entry in _entries(ask.args["files"])]
    channels = [_writable(ask, name) for name in _channel_names(ask)]
    for file, entry in zip(files, _entries(ask.args["files"]), strict=True):
        file.title = str(entry.get("title") or file.name)
        file.complete = True
        file.channels = [channel.id for channel in channels]
    for channel in channels:
        said = {"text": ask.args.get("initial_comment") or "", "thread_ts": ask.args.get("thread_ts")}
        posting.post(ask.world, ask.installation, channel, said).files = [file.id for file in files]
    ask.world.changed()
    return {
        "files": [
            {"id": file.id, "title": file.title, "name": file.name, "size": file.length} for file in files
        ]
    }


def _entries(given: Any) -> list[Json]:
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            given = None
    if not isinstance(given, list) or not given or not all(isinstance(entry, dict) for entry in given):
        raise RefusedError("invalid_arguments", ["[ERROR] must be a list of files [json-pointer:/files]"])
    return given


def _uploaded(ask: Ask, entry: Json) -> File:
    if not entry.get("id"):
        raise missing("files/id")
    file = ask.world.state.files.get(str(entry["id"]))
    if file is None or file.team != ask.team or file.complete or not file.content:
        raise RefusedError("file_not_found")
    return file


def _channel_names(ask: Ask) -> list[str]:
    given = ask.args.get("channel_id") or ask.args.get("channels") or ""
    return [name for name in str(given).split(",") if name]


def _writable(ask: Ask, name: str) -> Channel:
    channel = posting.channel_named(ask.world, ask.team, name)
    posting.require_writable(ask.world, ask.installation, channel)
    return channel
