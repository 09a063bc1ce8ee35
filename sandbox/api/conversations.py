"""conversations.*: channels, the app's direct conversations, and what was said in them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from sandbox import posting
from sandbox.api.pages import page_of
from sandbox.api.registry import Ask, method, require_scope
from sandbox.refused import RefusedError
from sandbox.state import Channel
from sandbox.words import Json


def as_slack(channel: Channel, bot_user: str) -> Json:
    shown: Json = {
        "id": channel.id,
        "is_im": channel.is_im,
        "is_channel": not channel.is_im,
        "is_private": channel.is_private or channel.is_im,
        "is_archived": channel.is_archived,
        "context_team_id": channel.team,
    }
    if channel.is_im:
        return shown | {"user": channel.user}
    return shown | {
        "name": channel.name,
        "is_member": bot_user in channel.members,
        "num_members": len(channel.members),
    }


def _family(channel: Channel) -> str:
    if channel.is_im:
        return "im"
    return "groups" if channel.is_private else "channels"


def _channel(ask: Ask) -> Channel:
    channel = ask.world.state.channels.get(str(ask.args["channel"]))
    if channel is None or not ask.world.covers(ask.team, channel.team):
        raise RefusedError("channel_not_found")
    return channel


@method("conversations.open", scope="im:write")
def open_conversation(ask: Ask) -> Json:
    users = [user for user in str(ask.args.get("users") or "").split(",") if user]
    if not users:
        raise RefusedError("users_list_not_supplied")
    if len(users) > 1:
        require_scope(ask.installation, "mpim:write")
        raise RefusedError("method_not_supported_for_channel_type")
    user = ask.world.user(users[0], ask.team)
    if user is None:
        raise RefusedError("user_not_found")
    if user.deleted:
        raise RefusedError("user_disabled")
    channel = posting.channel_named(ask.world, ask.team, user.id)
    return {"channel": {"id": channel.id}}


@method("conversations.info", needs=("channel",))
def info(ask: Ask) -> Json:
    channel = _channel(ask)
    require_scope(ask.installation, f"{_family(channel)}:read")
    return {"channel": as_slack(channel, ask.installation.bot_user)}


@method("conversations.list", tier=2)
def list_conversations(ask: Ask) -> Json:
    kinds = str(ask.args.get("types") or "public_channel").split(",")
    families = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
    unknown = [kind for kind in kinds if kind not in families]
    if unknown:
        raise RefusedError("invalid_types")
    for kind in kinds:
        require_scope(ask.installation, f"{families[kind]}:read")
    wanted = {families[kind] for kind in kinds}
    rows = [
        channel
        for channel in ask.world.state.channels.values()
        if ask.world.covers(ask.team, channel.team)
        and _family(channel) in wanted
        and not (channel.is_archived and ask.flag("exclude_archived"))
    ]
    shown, metadata = page_of(ask, rows, default=100)
    bot_user = ask.installation.bot_user
    return {"channels": [as_slack(channel, bot_user) for channel in shown], "response_metadata": metadata}


@method("conversations.history", needs=("channel",))
def history(ask: Ask) -> Json:
    channel = _channel(ask)
    require_scope(ask.installation, f"{_family(channel)}:history")
    if ask.installation.bot_user not in channel.members:
        raise RefusedError("not_in_channel")
    oldest, latest = _instant(ask, "oldest"), _instant(ask, "latest")
    inclusive = ask.flag("inclusive")
    rows = [
        message
        for message in reversed(ask.world.state.messages)
        if message.channel == channel.id
        and not message.ephemeral
        and _within(Decimal(message.ts), oldest, latest, inclusive=inclusive)
    ]
    shown, metadata = page_of(ask, rows, default=100)
    everything = ask.flag("include_all_metadata")
    answer: Json = {
        "messages": [posting.as_slack(ask.world, message, all_metadata=everything) for message in shown],
        "has_more": bool(metadata["next_cursor"]),
        "pin_count": 0,
    }
    return answer | ({"response_metadata": metadata} if metadata["next_cursor"] else {})


def _instant(ask: Ask, name: str) -> Decimal | None:
    given = ask.args.get(name)
    if not given or given == "0":
        return None
    try:
        return Decimal(str(given))
    except InvalidOperation:
        raise RefusedError(f"invalid_ts_{name}") from None


def _within(ts: Decimal, oldest: Decimal | None, latest: Decimal | None, *, inclusive: bool) -> bool:
    if oldest is not None and (ts < oldest or (ts == oldest and not inclusive)):
        return False
    return latest is None or ts < latest or (ts == latest and inclusive)
