"""The page on which admins look after the apps of their workspaces: what is installed where, revoked and removed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.errors import SandboxError
from sandbox.state import Enterprise, Team

if TYPE_CHECKING:
    from sandbox.server import Sandbox

PAGE = Environment(autoescape=True).from_string(
    """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Manage apps · sandbox</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}
section{border:1px solid #ccc;border-radius:.5rem;padding:0 1rem 1rem;margin:1rem 0}form{display:inline-block;margin:0 .5rem .5rem 0}
button{font:inherit;padding:.35rem .9rem}</style></head><body><main>
<h1>Manage apps</h1>
<p>This is the sandbox's stand-in for Slack's own page. <a href="{{ app_url }}/slack/install">Add PRM Coach</a></p>
{% for place in places %}<section aria-label="{{ place.name }}"><h2>{{ place.name }}</h2>
{% if place.token %}<p>PRM Coach is installed{% if place.rotates %}; its token ends after twelve hours{% endif %}.</p>
<form method="post" action="/apps"><input type="hidden" name="team" value="{{ place.id }}">
<button name="deed" value="revoke">Revoke tokens</button> <button name="deed" value="remove">Remove app</button></form>
{% for part in place.parts %}<form method="post" action="/apps"><input type="hidden" name="team" value="{{ part.id }}">
{% if part.given %}<button name="deed" value="take">Take from {{ part.name }}</button>{% else %}<button name="deed" value="give">Give to {{ part.name }}</button>{% endif %}</form>
{% endfor %}{% else %}<p>No apps.</p>{% endif %}</section>
{% endfor %}</main></body></html>"""
)


def routes(sandbox: Sandbox) -> list[Route]:
    """Shows the page, and does what is pressed on it."""
    deeds: dict[str, Callable[[str], Awaitable[None]]] = {
        "revoke": sandbox.revoke_tokens,
        "remove": sandbox.uninstall,
        "give": sandbox.give_access,
        "take": sandbox.take_access,
    }

    async def show(_request: Request) -> Response:
        return HTMLResponse(PAGE.render(app_url=sandbox.world.app_url, places=_places(sandbox)))

    async def do(request: Request) -> Response:
        async with request.form() as form:
            deed, team = deeds.get(str(form.get("deed"))), str(form.get("team"))
        if deed is None:
            return PlainTextResponse("There is no such button.", 400)
        try:
            await deed(team)
        except SandboxError as error:
            return PlainTextResponse(str(error), 400)
        return RedirectResponse("/apps", 303)

    async def choose(_request: Request) -> Response:
        """Where Slack has an organization's admin choose the workspaces that get the app."""
        return RedirectResponse("/apps", 302)

    return [
        Route("/manage/{rest:path}", choose),
        Route("/apps", show, methods=["GET"]),
        Route("/apps", do, methods=["POST"]),
    ]


def _places(sandbox: Sandbox) -> list[dict[str, object]]:
    state = sandbox.state
    places = []
    everywhere: list[Team | Enterprise] = [*state.teams.values(), *state.enterprises.values()]
    for place in everywhere:
        live = [one for one in state.installations.values() if one.team == place.id and one.status == "live"]
        org_wide = place.id in state.enterprises
        parts = [
            {"id": team.id, "name": team.name, "given": bool(live) and team.id in live[-1].teams}
            for team in state.teams.values()
            if org_wide
        ]
        places.append(
            {
                "id": place.id,
                "name": place.name,
                "token": bool(live),
                "rotates": bool(live) and live[-1].expires_at is not None,
                "parts": parts,
            }
        )
    return places
