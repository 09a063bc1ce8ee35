"""When nobody knows whether Slack posted it, it is written down as unknown and never sent a second time."""

from datetime import timedelta

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.conftest import Trouble
from tests.delivery.ledger import DUE, SECOND, begin, keep, only_row, row_for, states

pytestmark = pytest.mark.door

POST = "chat.postMessage"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app gives Slack ten seconds; a test that waits for that need not."""
    monkeypatch.setattr("slackbot.app.SLACK_TIMEOUT", aiohttp.ClientTimeout(total=0.4, connect=0.4))


@pytest.mark.parametrize("failure", ["500", "timeout", "drop", "fatal_error", "internal_error"])
async def test_ana_never_gets_a_message_twice_although_slack_may_have_lost_it(
    ana: Person, app: App, clock: Clock, slack: Sandbox, failure: str
) -> None:
    await begin(app, ana)
    slack.faults.add(POST, failure)
    await clock.advance_to(DUE + timedelta(days=3))

    row = only_row(app, ana)
    assert (row.state, row.attempts) == ("unknown", 1)
    assert row.reason
    assert ana.dms() == []
    await clock.advance(weeks=1)
    assert [state for _, state in states(app, ana)] == ["unknown", "sent"]
    assert len(ana.dms()) == 1


@pytest.mark.parametrize(
    "failure",
    [f"{way}_after_accepting" for way in ("500", "timeout", "drop", "fatal_error", "internal_error")],
)
async def test_ana_got_the_message_although_slack_said_nothing_of_it_and_gets_no_other(
    ana: Person, app: App, clock: Clock, slack: Sandbox, failure: str
) -> None:
    await begin(app, ana)
    slack.faults.add(POST, failure)
    await clock.advance_to(DUE + timedelta(days=3))

    assert len(ana.dms()) == 1
    row = only_row(app, ana)
    assert (row.state, row.attempts) == ("unknown", 1)
    assert row.said is not None
    await clock.advance(weeks=1)
    first, second = ana.dms()
    # What may have been read counts as said: next week's is about something else.
    assert first.words.splitlines()[0] != second.words.splitlines()[0]


UNREADABLE = {
    "half a word of JSON": ('{"ok": tr', "application/json"),
    "nothing": ("", "application/json"),
    "a page of a proxy": ("<html>Welcome to the guest network</html>", "text/html"),
    "plain text": ("ok", "text/plain"),
    "a list": ("[1]", "application/json"),
    "null": ("null", "application/json"),
}


def _garbles(slack: Sandbox, method: str, body: str, kind: str) -> None:
    async def garbled(_request: Request) -> Response:
        return Response(body, media_type=kind)

    slack.asgi.routes.insert(0, Route(f"/api/{method}", garbled, methods=["GET", "POST"]))


@pytest.mark.parametrize("what", UNREADABLE)
async def test_an_answer_that_cannot_be_read_may_have_been_a_yes(
    ana: Person, app: App, clock: Clock, slack: Sandbox, what: str
) -> None:
    await begin(app, ana)
    _garbles(slack, POST, *UNREADABLE[what])
    await clock.advance_to(DUE + timedelta(days=1))

    row = only_row(app, ana)
    assert (row.state, row.attempts) == ("unknown", 1)

    slack.asgi.routes.pop(0)
    await clock.advance(weeks=1)
    assert len(ana.dms()) == 1


@pytest.mark.parametrize(
    "what",
    [
        "half a word of JSON",
        "nothing",
        "a page of a proxy",
        "plain text",
        "a list",
        "null",
    ],
)
async def test_a_profile_that_cannot_be_read_costs_ana_no_message(
    ana: Person, app: App, clock: Clock, slack: Sandbox, trouble: Trouble, what: str
) -> None:
    trouble.expect("delivery_failed")
    await begin(app, ana)
    _garbles(slack, "users.info", *UNREADABLE[what])
    await clock.advance_to(DUE)

    assert only_row(app, ana).state == "sent"
    assert len(ana.dms()) == 1
    assert "delivery_failed" not in trouble.events()


async def test_the_process_died_while_sending_and_the_next_one_does_not_repeat_it(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    lease = DUE + timedelta(minutes=2)
    keep(app, row_for(app, ana, state="sending", worker="gone", lease_until=lease, attempts=1))

    # Until the lease is over, another worker may still be at it.
    await clock.advance_to(lease)
    assert only_row(app, ana).state == "sending"
    await clock.advance_to(lease + SECOND)

    row = only_row(app, ana)
    assert (row.state, row.reason) == ("unknown", "the worker stopped while sending")
    await clock.advance(days=5)
    assert ana.dms() == []
