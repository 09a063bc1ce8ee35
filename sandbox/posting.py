"""How what an app says becomes a message in a conversation, and how messages look on the wire."""

from __future__ import annotations

import json
from typing import Any

from sandbox.refused import RefusedError
from sandbox.seeds import SLACKBOT
from sandbox.state import Channel, Installation, Message
from sandbox.views import carried_over, with_ids
from sandbox.words import Json
from sandbox.world import APP_ID, World


def as_list(value: Any) -> list[Json]:
    """Blocks as an app sent them: parsed, or as a JSON string; raises RefusedError."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise RefusedError("invalid_blocks_format") from None
    return value if isinstance(value, list) else []


def post(
    world: World,
    installation: Installation,
    channel: Channel,
    payload: Json,
    *,
    ephemeral_to: str | None = None,
) -> Message:
    """Put a checked payload into a conversation as the app's message."""
    message = Message(
        ts=world.new_ts(),
        channel=channel.id,
        team=channel.team,
        user=installation.bot_user,
        text=str(payload.get("text") or payload.get("markdown_text") or ""),
        blocks=with_ids(world, as_list(payload.get("blocks") or [])),
        attachments=as_list(payload.get("attachments") or []),
        metadata=payload.get("metadata"),
        bot_id=installation.bot_id,
        ephemeral_to=ephemeral_to,
        thread_ts=payload.get("thread_ts"),
    )
    world.state.messages.append(message)
    world.note_said(message)
    return message


def rewrite(world: World, message: Message, payload: Json) -> None:
    """Give a message new content; what the payload does not mention is gone with the old, but for metadata."""
    text_only = "text" in payload and "blocks" not in payload and "attachments" not in payload
    message.text = str(
        payload.get("text") or ("" if "text" in payload or "blocks" in payload else message.text)
    )
    if text_only or "blocks" in payload:
        message.blocks = with_ids(world, as_list(payload.get("blocks") or []))
    if text_only or "attachments" in payload:
        message.attachments = as_list(payload.get("attachments") or [])
    message.metadata = payload.get("metadata") or message.metadata
    message.edited = True
    for key, typed in world.typed.items():
        if key[0] == message.ts:
            world.typed[key] = carried_over(typed, message.blocks)
    world.note_said(message)


def delete(world: World, message: Message) -> None:
    world.state.messages.remove(message)
    world.changed()


def as_slack(world: World, message: Message, *, all_metadata: bool = True) -> Json:
    """The message object of answers, histories and payloads."""
    shown: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": message.team,
    }
    if message.bot_id is not None:
        shown |= {"bot_id": message.bot_id, "app_id": APP_ID}
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.attachments:
        shown["attachments"] = message.attachments
    if message.metadata is not None:
        shown["metadata"] = (
            message.metadata if all_metadata else {"event_type": message.metadata.get("event_type")}
        )
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if message.edited:
        shown["edited"] = {"user": message.user, "ts": message.ts}
    if message.files:
        shown["files"] = [{"id": id_, "name": world.state.files[id_].name} for id_ in message.files]
    return shown


def channel_named(world: World, team: str, name: object) -> Channel:
    """The conversation that a `channel` argument means: an id, "#name", or a user id for the app's DM."""
    given = str(name)
    user = world.user(given, team)
    if user is not None:
        if user.is_bot or user.id == SLACKBOT:
            raise RefusedError("cannot_dm_bot")
        return world.app_dm(user)
    for channel in world.state.channels.values():
        if world.covers(team, channel.team) and (channel.id == given or f"#{channel.name}" == given):
            return channel
    raise RefusedError("channel_not_found")


def require_writable(world: World, installation: Installation, channel: Channel) -> None:
    """Refuse to write where the app is not, where nobody is any more, and where nothing can be written."""
    if channel.team != installation.team and channel.team not in installation.teams:
        raise RefusedError("team_access_not_granted")
    if channel.is_archived:
        raise RefusedError("is_archived")
    if channel.user is not None:
        if world.state.users[channel.user].deleted:
            raise RefusedError("user_disabled")
        return
    if installation.bot_user in channel.members:
        return
    if channel.is_private:
        raise RefusedError("channel_not_found")
    if "chat:write.public" not in installation.scopes:
        raise RefusedError("not_in_channel")
