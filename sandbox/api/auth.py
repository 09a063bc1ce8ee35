"""auth.*, apps.connections.open, oauth.v2.access: who asks, and how an app comes by a token."""

from __future__ import annotations

from sandbox.api.registry import Ask, method
from sandbox.refused import RefusedError
from sandbox.state import Installation
from sandbox.words import Json
from sandbox.world import APP_ID, CLIENT_ID, CLIENT_SECRET

CODE_LIFE = 600.0


@method("auth.test", tier=5)
def test(ask: Ask) -> Json:
    installation, team = ask.installation, ask.world.state.teams.get(ask.team)
    organization = ask.world.organization(ask.team)
    whose: Json = {"enterprise_id": organization.id, "enterprise": organization.name} if organization else {}
    if team is None:
        return whose | {
            "url": f"{ask.world.url}/",
            "user": ask.world.state.users[installation.bot_user].name,
            "user_id": installation.bot_user,
            "bot_id": installation.bot_id,
            "is_enterprise_install": True,
        }
    return whose | {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": ask.world.state.users[installation.bot_user].name,
        "team_id": team.id,
        "user_id": installation.bot_user,
        "bot_id": installation.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke")
def revoke(ask: Ask) -> Json:
    if ask.flag("test"):
        return {"revoked": False}
    ask.installation.status = "revoked"
    ask.world.changed()
    return {"revoked": True}


@method("apps.connections.open", token="app")
def open_connection(ask: Ask) -> Json:
    address = ask.world.url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link?ticket={ask.tickets.issue('link', APP_ID)}&app_id={APP_ID}"}


@method("oauth.v2.access", token="none", tier=5)
def access(ask: Ask) -> Json:
    client_id, secret = ask.basic or (ask.args.get("client_id"), ask.args.get("client_secret"))
    if client_id != CLIENT_ID:
        raise RefusedError("invalid_client_id")
    if secret != CLIENT_SECRET:
        raise RefusedError("bad_client_secret")
    if ask.args.get("grant_type") == "refresh_token":
        fresh = ask.world.refresh(str(ask.args.get("refresh_token") or ""))
        if fresh is None:
            raise RefusedError("invalid_refresh_token")
        return _granted(ask, fresh)
    code = ask.tickets.codes.get(str(ask.args.get("code") or ""))
    if code is None or ask.world.seconds() - code.issued > CODE_LIFE:
        raise RefusedError("invalid_code")
    if code.used:
        raise RefusedError("code_already_used")
    if (ask.args.get("redirect_uri") or code.redirect_uri) != code.redirect_uri:
        raise RefusedError("bad_redirect_uri")
    code.used = True
    installation = ask.world.install(code.team, code.scopes, by=code.user)
    return _granted(ask, installation) | {"authed_user": {"id": code.user}}


def _granted(ask: Ask, installation: Installation) -> Json:
    """What an installation is, and for how long its token is good."""
    team = ask.world.state.teams.get(installation.team)
    organization = ask.world.organization(installation.team)
    lasting: Json = {}
    if installation.expires_at is not None:
        left = installation.expires_at - ask.world.clock.now().timestamp()
        lasting = {"refresh_token": installation.refresh_token, "expires_in": int(left)}
    return lasting | {
        "app_id": APP_ID,
        "scope": ",".join(installation.scopes),
        "token_type": "bot",
        "access_token": installation.token,
        "bot_user_id": installation.bot_user,
        "team": {"id": team.id, "name": team.name} if team is not None else None,
        "enterprise": {"id": organization.id, "name": organization.name}
        if organization is not None
        else None,
        "is_enterprise_install": team is None,
    }
