"""Reads what the app has kept, and repeats requests as Slack may, for tests that go through the door."""

import copy
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import aiohttp
from sqlmodel import Session, col, select

from sandbox.journal import Sent
from sandbox.outbound import signed
from sandbox.people import Person, Seen
from sandbox.server import Sandbox
from slackbot.app import App
from storage.models import AuditEvent, Member, Win, Workspace

Payload = dict[str, Any]


def member_of(app: App, person: Person, *, team: str | None = None) -> Member:
    """The row of this user id in the person's own workspace, or in another one."""
    return app.deps.database.run(_member, person, team)


def _member(session: Session, person: Person, team: str | None = None) -> Member:
    statement = (
        select(Member)
        .join(Workspace, col(Workspace.id) == col(Member.workspace_id))
        .where(Member.user_id == person.id, Workspace.key == (team or person.team))
    )
    return session.exec(statement).one()


def wins_of(app: App, person: Person) -> Sequence[Win]:
    """The person's wins in the order in which they were saved."""

    def read(session: Session) -> Sequence[Win]:
        whose = _member(session, person).id
        return session.exec(select(Win).where(Win.member_id == whose).order_by(col(Win.id))).all()

    return app.deps.database.run(read)


def trail_of(app: App, person: Person) -> Sequence[AuditEvent]:
    """What the audit trail says the person did, oldest first."""

    def read(session: Session) -> Sequence[AuditEvent]:
        whose = _member(session, person).id
        statement = select(AuditEvent).where(AuditEvent.actor_id == whose).order_by(col(AuditEvent.id))
        return session.exec(statement).all()

    return app.deps.database.run(read)


MORE_DETAILS = frozenset({"title", "period", "compared_with", "baseline_period", "source", "link", "note"})
"""Fields of the win's form that come with a button."""


async def logs(person: Person, app: App, **fields: str) -> Seen:
    """Opens the form, fills it in and sends it; all that follows the answer is done when this returns."""
    await person.slash("log")
    if MORE_DETAILS & fields.keys():
        await asks_for_more(person, app)
    person.fills(**({"metric": "referrals", "result": "150"} | fields))
    seen = await person.submits()
    await app.deps.background.drain()
    return seen


async def asks_for_more(person: Person, app: App) -> None:
    """Makes the open form of a win longer."""
    await person.presses("More details")
    await app.deps.background.drain()


async def chooses(person: Person, app: App, metric: str) -> None:
    """Chooses what is measured in the open form, which then asks for what goes with it."""
    await person.selects("metric", metric)
    await app.deps.background.drain()


def typed(person: Person, name: str) -> str | None:
    """What stands in a field of the open form."""
    assert person.modal is not None, f"{person.name} has no form open"
    state = next(block[name] for block in person.modal.values.values() if name in block)
    option = state.get("selected_option")
    if option:
        return str(option["value"])
    return state.get("value") or state.get("selected_date") or state.get("selected_time")


def last_sent(slack: Sandbox, kind: str) -> Payload:
    """The body of the newest request of a kind, to be sent again or changed first."""
    sent: Sent = next(request for request in reversed(slack.requests) if request.kind == kind)
    body: Payload = copy.deepcopy(sent.body)
    return body


async def post_again(slack: Sandbox, payload: Payload) -> tuple[int, str]:
    """An interaction sent by hand: Slack repeats what it believes was lost. The status and the answer."""
    return await _post(slack, {"payload": json.dumps(payload)})


async def type_again(slack: Sandbox, fields: Payload) -> tuple[int, str]:
    """A slash command sent by hand. The status and the answer."""
    return await _post(slack, fields)


async def _post(slack: Sandbox, form: Payload) -> tuple[int, str]:
    raw = urlencode(form).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"} | signed(raw)
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.world.app_url}/slack/events", data=raw, headers=headers) as response,
    ):
        return response.status, await response.text()


def assert_said_in_full(text: str, blocks: Sequence[Payload]) -> None:
    """Whoever hears only the top-level text misses nothing that the blocks say."""
    for block in blocks:
        spoken = [block["text"]] if block["type"] in {"section", "header"} else []
        spoken += block["elements"] if block["type"] == "context" else []
        for part in spoken:
            assert part["text"] in text
