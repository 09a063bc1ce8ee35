"""users.*, team.info: who is who."""

from __future__ import annotations

from sandbox.api.pages import page_of
from sandbox.api.registry import Ask, method
from sandbox.refused import RefusedError
from sandbox.words import Json


@method("users.info", scope="users:read", needs=("user",), tier=4)
def info(ask: Ask) -> Json:
    user = ask.world.user(str(ask.args["user"]), ask.team)
    if user is None:
        raise RefusedError("user_not_found")
    shown = user.as_slack(ask.world.clock.now())
    return {"user": shown | ({"locale": "en-US"} if ask.flag("include_locale") else {})}


@method("users.list", scope="users:read", tier=2)
def list_users(ask: Ask) -> Json:
    members = [user for user in ask.world.state.users.values() if ask.world.covers(ask.team, user.team)]
    shown, metadata = page_of(ask, members, default=100)
    now = ask.world.clock.now()
    return {
        "members": [user.as_slack(now) for user in shown],
        "cache_ts": int(now.timestamp()),
        "response_metadata": metadata,
    }


@method("team.info", scope="team:read")
def team_info(ask: Ask) -> Json:
    team = ask.world.state.teams[ask.team]
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": ""}}
