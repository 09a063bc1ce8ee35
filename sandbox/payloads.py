"""The bodies Slack sends for what people do."""

from __future__ import annotations

import html
import re

from sandbox import posting, views
from sandbox.lines import Lines
from sandbox.state import Channel, Message, Team, User, View
from sandbox.words import Json, Place
from sandbox.world import APP_ID, VERIFICATION_TOKEN, World

Holder = Message | View


def command(lines: Lines, user: User, channel: Channel, name: str, text: str) -> dict[str, str]:
    """The form of a slash command."""
    team = lines.world.state.teams[user.team]
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.is_im else channel.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": escaped(lines.world, team, text.strip()) if lines.world.should_escape else text.strip(),
        "api_app_id": APP_ID,
        **_of_organization(lines.world, team),
        "response_url": lines.response_urls.issue(channel, user.id),
        "trigger_id": lines.triggers.issue(team.id, user.id, channel.id),
    }


def _of_organization(world: World, team: Team) -> dict[str, str]:
    """What a form says of the workspace's organization."""
    organization, installation = world.organization(team.id), world.installation(team.id)
    org_wide = installation is not None and installation.team != team.id
    fields = {"is_enterprise_install": str(org_wide).lower()}
    if organization is not None:
        fields |= {"enterprise_id": organization.id, "enterprise_name": organization.name}
    return fields


def escaped(world: World, team: Team, text: str) -> str:
    """Text as `should_escape` sends it: entities escaped, people and channels by id."""
    names = {
        f"@{user.name}": f"<@{user.id}|{user.name}>"
        for user in world.state.users.values()
        if user.team == team.id
    }
    names |= {
        f"#{channel.name}": f"<#{channel.id}|{channel.name}>"
        for channel in world.state.channels.values()
        if channel.team == team.id and not channel.is_im
    }
    return re.sub(r"[@#][\w.-]+", lambda found: names.get(found[0], found[0]), html.escape(text, quote=False))


def interaction(
    lines: Lines, user: User, kind: str, *, trigger: bool = True, looking_at: str | None = None
) -> Json:
    """What all interaction payloads share."""
    team = lines.world.state.teams[user.team]
    payload: Json = {
        "type": kind,
        "token": VERIFICATION_TOKEN,
        "api_app_id": APP_ID,
        "team": {"id": team.id, "domain": team.domain},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": team.id},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    organization, installation = lines.world.organization(team.id), lines.world.installation(team.id)
    if organization is not None:
        payload["enterprise"] = {"id": organization.id, "name": organization.name}
    if installation is not None and installation.team != team.id:
        # Slack leaves the team out: it is only to be found in the person.
        payload |= {"is_enterprise_install": True, "team": None}
    if trigger:
        payload["trigger_id"] = lines.triggers.issue(team.id, user.id, looking_at)
    return payload


def shortcut(lines: Lines, user: User, callback_id: str) -> Json:
    payload = interaction(lines, user, "shortcut")
    return payload | {"callback_id": callback_id, "action_ts": lines.world.new_ts()}


def message_action(lines: Lines, user: User, callback_id: str, message: Message) -> Json:
    channel = lines.world.state.channels[message.channel]
    return interaction(lines, user, "message_action", looking_at=channel.id) | {
        "callback_id": callback_id,
        "action_ts": lines.world.new_ts(),
        "message_ts": message.ts,
        "message": posting.as_slack(lines.world, message),
        "channel": _channel(channel),
        "response_url": lines.response_urls.issue(channel, user.id, message),
    }


def action(lines: Lines, user: User, holder: Holder, place: Place, done: Json) -> Json:
    """A `block_actions` payload; `done` is what the action says beyond its ids and type."""
    act = {"type": place.kind, "block_id": place.block_id, "action_id": place.action_id, **done}
    act["action_ts"] = lines.world.new_ts()
    where = holder.channel if isinstance(holder, Message) else None
    payload = interaction(lines, user, "block_actions", looking_at=where)
    payload |= {"actions": [act]} | _container(lines, user, holder)
    if isinstance(holder, Message):
        channel = lines.world.state.channels[holder.channel]
        typed = lines.world.typed.get((holder.ts, user.id))
        payload["state"] = {"values": typed if typed is not None else views.start_values(holder.blocks)}
        payload["response_url"] = lines.response_urls.issue(channel, user.id, holder)
    return payload


def suggestion(lines: Lines, user: User, holder: Holder, place: Place, query: str) -> Json:
    """A `block_suggestion` payload: what somebody typed into an external select."""
    asked = {"block_id": place.block_id, "action_id": place.action_id, "value": query}
    return (
        interaction(lines, user, "block_suggestion", trigger=False) | asked | _container(lines, user, holder)
    )


def submission(lines: Lines, user: User, view: View) -> Json:
    urls = [_response_url(lines, user, view, block) for block in view.blocks if _wants_response_url(block)]
    return interaction(lines, user, "view_submission") | {
        "view": views.as_slack(lines.world, view),
        "response_urls": [url for url in urls if url is not None],
    }


def closing(lines: Lines, user: User, view: View, *, cleared: bool) -> Json:
    payload = interaction(lines, user, "view_closed", trigger=False)
    return payload | {"view": views.as_slack(lines.world, view), "is_cleared": cleared}


def _container(lines: Lines, user: User, holder: Holder) -> Json:
    if isinstance(holder, View):
        container = {"type": "view", "view_id": holder.id}
        return {"container": container, "view": views.as_slack(lines.world, holder)}
    container_of_message = {
        "type": "message",
        "message_ts": holder.ts,
        "channel_id": holder.channel,
        "is_ephemeral": holder.ephemeral,
    }
    shared: Json = {
        "container": container_of_message,
        "channel": _channel(lines.world.state.channels[holder.channel]),
    }
    # Slack keeps no copy of an ephemeral message, so it cannot send it along.
    return shared if holder.ephemeral else shared | {"message": posting.as_slack(lines.world, holder)}


def _channel(channel: Channel) -> Json:
    return {"id": channel.id, "name": "directmessage" if channel.is_im else channel.name}


def _wants_response_url(block: Json) -> bool:
    return block.get("type") == "input" and bool(block["element"].get("response_url_enabled"))


def _response_url(lines: Lines, user: User, view: View, block: Json) -> Json | None:
    block_id, action_id = block["block_id"], block["element"]["action_id"]
    state = view.values[block_id][action_id]
    channel_id = state.get("selected_conversation") or state.get("selected_channel")
    channel = lines.world.state.channels.get(str(channel_id))
    if channel is None:
        return None
    url = lines.response_urls.issue(channel, user.id)
    return {"block_id": block_id, "action_id": action_id, "channel_id": channel.id, "response_url": url}
