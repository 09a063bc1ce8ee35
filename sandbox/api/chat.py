"""chat.*: saying, saying to one person only, changing and taking back."""

from __future__ import annotations

import contextlib
import json

from sandbox import posting
from sandbox.api.registry import Ask, method
from sandbox.refused import RefusedError, require_message
from sandbox.state import Message
from sandbox.words import Json

SAID = ("text", "markdown_text", "blocks", "attachments", "metadata", "thread_ts")


def _said(ask: Ask) -> Json:
    """The part of the arguments that is the message, with JSON strings parsed, checked."""
    said = {name: ask.args[name] for name in SAID if ask.args.get(name) is not None}
    for name in ("blocks", "attachments", "metadata"):
        if isinstance(said.get(name), str):
            with contextlib.suppress(ValueError):  # what is no JSON is refused by the check
                said[name] = json.loads(said[name])
    # A message that has its time already is an update, for which the checker knows tighter limits.
    require_message(said | ({"ts": ask.args["ts"]} if "ts" in ask.args else {}))
    return said


@method("chat.postMessage", scope="chat:write", needs=("channel",), tier=5)
def post_message(ask: Ask) -> Json:
    channel = posting.channel_named(ask.world, ask.team, ask.args["channel"])
    posting.require_writable(ask.world, ask.installation, channel)
    said = _said(ask)
    message = posting.post(ask.world, ask.installation, channel, said)
    return {"channel": channel.id, "ts": message.ts, "message": posting.as_slack(ask.world, message)}


@method("chat.postEphemeral", scope="chat:write", needs=("channel", "user"), tier=4)
def post_ephemeral(ask: Ask) -> Json:
    channel = posting.channel_named(ask.world, ask.team, ask.args["channel"])
    posting.require_writable(ask.world, ask.installation, channel)
    user = ask.world.user(str(ask.args["user"]), ask.team)
    if user is None or user.id not in channel.members:
        raise RefusedError("user_not_in_channel")
    if user.deleted:
        raise RefusedError("user_disabled")
    message = posting.post(ask.world, ask.installation, channel, _said(ask), ephemeral_to=user.id)
    return {"message_ts": message.ts}


def _own_message(ask: Ask, refusal: str) -> Message:
    channel = posting.channel_named(ask.world, ask.team, ask.args["channel"])
    message = ask.world.message(channel.id, str(ask.args["ts"]))
    if message is None or message.ephemeral:
        raise RefusedError("message_not_found")
    if message.bot_id != ask.installation.bot_id:
        raise RefusedError(refusal)
    return message


@method("chat.update", scope="chat:write", needs=("channel", "ts"))
def update(ask: Ask) -> Json:
    message = _own_message(ask, "cant_update_message")
    said = _said(ask)
    posting.rewrite(ask.world, message, said)
    shown = posting.as_slack(ask.world, message)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


@method("chat.delete", scope="chat:write", needs=("channel", "ts"))
def delete(ask: Ask) -> Json:
    message = _own_message(ask, "cant_delete_message")
    posting.delete(ask.world, message)
    return {"channel": message.channel, "ts": message.ts}
