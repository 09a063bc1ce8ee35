"""auth.*, apps.connections.open, oauth.v2.access: who asks, and how an app comes by a token."""

from __future__ import annotations

from sandbox.api.registry import Ask, method
from sandbox.refused import RefusedError
from sandbox.words import Json
from sandbox.world import APP_ID, CLIENT_ID, CLIENT_SECRET

CODE_LIFE = 600.0


@method("auth.test", tier=5)
def test(ask: Ask) -> Json:
    installation, team = ask.installation, ask.world.state.teams[ask.team]
    return {
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
    code = ask.tickets.codes.get(str(ask.args.get("code") or ""))
    if code is None or ask.world.seconds() - code.issued > CODE_LIFE:
        raise RefusedError("invalid_code")
    if code.used:
        raise RefusedError("code_already_used")
    if (ask.args.get("redirect_uri") or code.redirect_uri) != code.redirect_uri:
        raise RefusedError("bad_redirect_uri")
    code.used = True
    installation = ask.world.install(code.team, code.scopes, by=code.user)
    return {
        "app_id": APP_ID,
        "authed_user": {"id": code.user},
        "scope": ",".join(installation.scopes),
        "token_type": "bot",
        "access_token": installation.token,
        "bot_user_id": installation.bot_user,
        "team": {"id": code.team, "name": ask.world.state.teams[code.team].name},
        "enterprise": None,
        "is_enterprise_install": False,
    }
