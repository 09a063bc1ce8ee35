"""The page on which somebody allows an app into a workspace, and the way back to the app."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sandbox.state import User
from sandbox.tickets import Tickets
from sandbox.world import CLIENT_ID, World

OPTIONAL_SCOPES = frozenset({"im:history", "files:write"})
"""What may be left out; in a manifest these stand under `bot_optional`."""
KNOWN_SCOPES = frozenset(
    {
        "app_mentions:read", "assistant:write", "channels:history", "channels:join", "channels:read", "chat:write",
        "chat:write.customize", "chat:write.public", "commands", "emoji:read", "files:read", "files:write",
        "groups:history", "groups:read", "groups:write", "im:history", "im:read", "im:write", "incoming-webhook",
        "links:read", "links:write", "metadata.message:read", "mpim:history", "mpim:read", "mpim:write", "pins:read",
        "pins:write", "reactions:read", "reactions:write", "reminders:read", "reminders:write", "team:read",
        "usergroups:read", "usergroups:write", "users.profile:read", "users:read", "users:read.email", "users:write",
    }
)  # fmt: skip

PAGE = Environment(autoescape=True).from_string(
    """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Allow PRM Coach · sandbox</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}
button{font:inherit;padding:.5rem 1.25rem;margin-right:.5rem}fieldset{margin:1rem 0}</style></head><body><main>
<h1>PRM Coach asks to join a workspace</h1>
<p>This is the sandbox's stand-in for Slack's own page: nothing leaves this machine.</p>
<form method="post" action="/oauth/v2/authorize">
<fieldset><legend>Workspace</legend>{% for team in teams %}
<label><input type="radio" name="team" value="{{ team.id }}"{% if team.id == chosen %} checked{% endif %}> {{ team.name }}</label><br>{% endfor %}{% for one in organizations %}
<label><input type="radio" name="team" value="{{ one.id }}"{% if one.id == chosen %} checked{% endif %}> {{ one.name }} (the whole organization)</label><br>{% endfor %}
</fieldset>
<fieldset><legend>PRM Coach will be able to use</legend>{% for scope in scopes %}
<label><input type="checkbox" name="scope" value="{{ scope }}" checked{% if scope not in optional %} disabled{% endif %}> {{ scope }}{% if scope in optional %} (optional){% endif %}</label><br>{% endfor %}
</fieldset>
<input type="hidden" name="ticket" value="{{ ticket }}">
<button name="decision" value="allow">Allow</button> <button name="decision" value="cancel">Cancel</button>
</form></main></body></html>"""
)


@dataclass
class Asked:
    """What the app asked for when it sent the browser here."""

    scopes: list[str]
    redirect_uri: str
    state: str | None
    team: str | None


class Consent:
    """Answers `/oauth/v2/authorize`."""

    def __init__(self, world: World, tickets: Tickets) -> None:
        self._world = world
        self._tickets = tickets
        self._asked: dict[str, Asked] = {}

    async def page(self, request: Request) -> Response:
        """The question; whatever is wrong with it is told here, as nothing can safely be sent back."""
        query = request.query_params
        scopes = [scope for scope in query.get("scope", "").replace(" ", ",").split(",") if scope]
        redirect_uri = query.get("redirect_uri") or (f"{self._world.app_url}/slack/oauth_redirect")
        problem = self._problem(query.get("client_id"), scopes, redirect_uri)
        if problem:
            return _sorry(problem)
        ticket = self._tickets.issue("consent", redirect_uri)
        self._asked[ticket] = Asked(scopes, redirect_uri, query.get("state"), query.get("team"))
        teams = list(self._world.state.teams.values())
        chosen = query.get("team") or teams[0].id
        organizations = list(self._world.state.enterprises.values())
        text = PAGE.render(
            teams=teams,
            organizations=organizations,
            chosen=chosen,
            scopes=scopes,
            optional=OPTIONAL_SCOPES,
            ticket=ticket,
        )
        return HTMLResponse(text, headers={"Content-Security-Policy": "frame-ancestors 'none'"})

    def _problem(self, client_id: str | None, scopes: list[str], redirect_uri: str) -> str | None:
        unknown = [scope for scope in scopes if scope not in KNOWN_SCOPES]
        if client_id != CLIENT_ID:
            return "invalid_client_id: no app has this client id"
        if not scopes:
            return "no_scopes: the app asks for no scopes"
        if unknown:
            return f"invalid_scope: there are no scopes {', '.join(unknown)}"
        if urlsplit(redirect_uri).scheme not in {"http", "https"} or not self._is_the_apps(redirect_uri):
            return "bad_redirect_uri: the redirect address does not belong to the app"
        return None

    def _is_the_apps(self, redirect_uri: str) -> bool:
        return not self._world.app_url or _door(redirect_uri) == _door(self._world.app_url)

    async def decide(self, request: Request) -> Response:
        """Back to the app with a code, or with `access_denied`; the state goes back as it came."""
        async with request.form() as form:
            answers = {key: str(value) for key, value in form.items()}
            kept = {str(scope) for scope in form.getlist("scope")}
        ticket = answers.get("ticket", "")
        if self._tickets.redeem("consent", ticket) is None:
            return _sorry("expired_request: this page was already answered")
        asked = self._asked.pop(ticket)
        if answers.get("decision") != "allow":
            return _back(asked, error="access_denied")
        team = answers.get("team", "")
        if team not in self._world.state.teams.keys() | self._world.state.enterprises.keys():
            return _sorry("invalid_team: there is no such workspace")
        scopes = [scope for scope in asked.scopes if scope in kept or scope not in OPTIONAL_SCOPES]
        code = self._tickets.code(team, admin_of(self._world, team).id, scopes, asked.redirect_uri)
        return _back(asked, code=code)


def admin_of(world: World, team: str) -> User:
    """Who presses Allow."""
    return next(
        user for user in world.state.users.values() if world.covers(team, user.team) and user.is_admin
    )


def _door(address: str) -> tuple[str, int | None]:
    parts = urlsplit(address)
    name = "127.0.0.1" if parts.hostname == "localhost" else parts.hostname or ""
    return name, parts.port


def _back(asked: Asked, **answer: str) -> Response:
    if asked.state is not None:
        answer["state"] = asked.state
    joiner = "&" if "?" in asked.redirect_uri else "?"
    return RedirectResponse(f"{asked.redirect_uri}{joiner}{urlencode(answer)}", 302)


def _sorry(problem: str) -> Response:
    page = Environment(autoescape=True).from_string(
        "<!doctype html><html lang=en><title>Sandbox</title><h1>Something is wrong with this link</h1><p>{{ problem }}</p>"
    )
    return HTMLResponse(page.render(problem=problem), 400)
