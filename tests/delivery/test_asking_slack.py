"""Nobody knows whether a message arrived: where Slack may be asked it is, and only what surely is not there goes again."""

from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import Session, select

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from storage.models import Delivery, Installation
from tests.databases import Databases
from tests.delivery.ledger import DUE, SECOND, begin, keep, ledger_of, row_for, states

pytestmark = pytest.mark.door

POST, LOOK = "chat.postMessage", "conversations.history"
WEEK = timedelta(weeks=1)
SECOND_DUE = DUE + WEEK
MINUTE = timedelta(minutes=1)
UNCLEAR = ["500", *(pytest.param(way, marks=pytest.mark.slow) for way in ("timeout", "drop", "fatal_error"))]


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> str:
    """SQLite alone: what differs between the engines is in `tests/storage`, and in the kill test."""
    return databases.in_turn("sqlite", tmp_path)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app gives Slack ten seconds; a test that waits for that need not."""
    monkeypatch.setattr("slackbot.app.SLACK_TIMEOUT", aiohttp.ClientTimeout(total=0.4, connect=0.4))


@pytest.fixture
async def ana(ana: Person, app: App, clock: Clock) -> Person:
    """Ana had her first message, so that the app knows her conversation with it."""
    await begin(app, ana)
    await clock.advance_to(DUE)
    assert len(ana.dms()) == 1
    return ana


def newest(app: App, person: Person) -> Delivery:
    return ledger_of(app, person)[-1]


def looks(slack: Sandbox) -> int:
    return [call.method for call in slack.calls].count(LOOK)


@pytest.mark.parametrize("failure", UNCLEAR)
async def test_it_had_arrived_and_the_ledger_learns_where(
    ana: Person, app: App, clock: Clock, slack: Sandbox, failure: str
) -> None:
    slack.faults.add(POST, f"{failure}_after_accepting")
    await clock.advance_to(SECOND_DUE)
    row = newest(app, ana)
    assert (row.state, row.retry_at, row.attempted_at) == ("unknown", SECOND_DUE + MINUTE, SECOND_DUE)

    await clock.advance_to(SECOND_DUE + MINUTE)

    row, message = newest(app, ana), ana.dms()[-1]
    assert (row.state, row.channel, row.ts, row.attempts) == ("sent", ana.app_dm, message.ts, 1)
    assert (row.sent_at, row.reason, row.retry_at) == (SECOND_DUE, None, None)
    await clock.advance(days=5)
    assert len(ana.dms()) == 2
    assert looks(slack) == 1


@pytest.mark.parametrize("failure", UNCLEAR)
async def test_it_had_not_arrived_and_goes_again_once(
    ana: Person, app: App, clock: Clock, slack: Sandbox, failure: str
) -> None:
    slack.faults.add(POST, failure)
    await clock.advance_to(SECOND_DUE + MINUTE)

    row = newest(app, ana)
    assert (row.state, row.attempts, row.sent_at) == ("sent", 2, SECOND_DUE + MINUTE)
    await clock.advance(days=5)
    assert len(ana.dms()) == 2


async def test_only_the_same_delivery_counts_as_arrived(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    """The first week's message stands in the same conversation, with another id."""
    slack.faults.add(POST, "500")
    first = ledger_of(app, ana)[0]
    await clock.advance_to(SECOND_DUE + MINUTE)
    assert newest(app, ana).ts != first.ts
    assert len(ana.dms()) == 2


def _take_away_the_right_to_look(session: Session) -> None:
    for installation in session.exec(select(Installation)):
        installation.scopes = "chat:write,commands,users:read"


async def test_where_slack_may_not_be_asked_it_stays_unknown_and_is_never_repeated(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    await app.deps.transact(_take_away_the_right_to_look)
    slack.faults.add(POST, "500")
    await clock.advance_to(SECOND_DUE + timedelta(days=3))

    row = newest(app, ana)
    assert (row.state, row.retry_at, row.attempts) == ("unknown", None, 1)
    assert looks(slack) == 0
    assert len(ana.dms()) == 1


@pytest.mark.parametrize("arrived", [True, False])
async def test_the_worker_died_while_sending_and_the_next_one_asks(
    ana: Person, app: App, clock: Clock, slack: Sandbox, arrived: bool
) -> None:
    slack.faults.add(POST, "500_after_accepting" if arrived else "500")
    await clock.advance_to(SECOND_DUE)
    lease = SECOND_DUE + 2 * MINUTE

    def died(session: Session) -> None:
        row = session.get_one(Delivery, newest(app, ana).id)
        row.state, row.worker, row.lease_until, row.retry_at = "sending", "gone", lease, None

    await app.deps.transact(died)
    await clock.advance_to(lease)
    # Another worker may still be at it.
    assert newest(app, ana).state == "sending"
    assert looks(slack) == 0
    await clock.advance_to(lease + SECOND)

    row = newest(app, ana)
    assert (row.state, row.attempts) == ("sent", 1 if arrived else 2)
    assert len(ana.dms()) == 2


async def test_slack_surely_has_it_not_and_it_is_too_late_to_send_it(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    slack.faults.add(POST, "500")
    slack.faults.add(LOOK, "429", times=-1, retry_after=6 * 3600)
    await clock.advance_to(SECOND_DUE + timedelta(hours=49))
    assert newest(app, ana).state == "unknown"

    slack.faults.clear()
    await clock.advance(hours=6)

    row = newest(app, ana)
    assert (row.state, row.reason, row.retry_at) == ("expired", "not sent within 48 hours", None)
    assert len(ana.dms()) == 1


@pytest.mark.parametrize(
    "failure", ["429", "500", pytest.param("timeout", marks=pytest.mark.slow), "service_unavailable"]
)
async def test_slack_cannot_say_just_now_and_is_asked_later(
    ana: Person, app: App, clock: Clock, slack: Sandbox, failure: str
) -> None:
    slack.faults.add(POST, "500_after_accepting")
    slack.faults.add(LOOK, failure, retry_after=77)
    await clock.advance_to(SECOND_DUE + MINUTE)
    assert newest(app, ana).state == "unknown"

    await clock.advance(minutes=5)

    assert newest(app, ana).state == "sent"
    assert looks(slack) == 2
    assert len(ana.dms()) == 2


@pytest.mark.parametrize("failure", ["missing_scope", "channel_not_found"])
async def test_slack_never_will_say_and_it_stays_unknown(
    ana: Person, app: App, clock: Clock, slack: Sandbox, failure: str
) -> None:
    slack.faults.add(POST, "500_after_accepting")
    slack.faults.add(LOOK, failure)
    await clock.advance_to(SECOND_DUE + timedelta(days=1))

    assert (newest(app, ana).state, newest(app, ana).retry_at) == ("unknown", None)
    assert looks(slack) == 1
    assert len(ana.dms()) == 2


async def test_slack_that_cannot_say_for_three_days_is_asked_no_more(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    slack.faults.add(POST, "500_after_accepting")
    slack.faults.add(LOOK, "429", times=-1, retry_after=6 * 3600)
    await clock.advance_to(SECOND_DUE + timedelta(days=4))

    assert (newest(app, ana).state, newest(app, ana).retry_at) == ("unknown", None)
    asked = looks(slack)
    assert 11 <= asked <= 13
    await clock.advance(days=2)
    assert looks(slack) == asked


async def test_an_app_of_many_workspaces_looks_once_a_minute_in_each(
    ana: Person, eli: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    eli.zone = "America/New_York"
    await begin(app, eli)
    await clock.advance_to(SECOND_DUE)
    slack.faults.add(POST, "500_after_accepting", times=2)
    third = SECOND_DUE + WEEK
    await clock.advance_to(third + MINUTE)
    assert looks(slack) == 1
    assert sorted(newest(app, person).state for person in (ana, eli)) == ["sent", "unknown"]

    await clock.advance_to(third + 2 * MINUTE)

    assert looks(slack) == 2
    assert [newest(app, person).state for person in (ana, eli)] == ["sent", "sent"]
    assert len(ana.dms()) == 3


async def test_a_row_from_before_attempts_were_written_down_stays_unknown(
    ana: Person, app: App, clock: Clock, slack: Sandbox
) -> None:
    keep(app, row_for(app, ana, slot="2026-W48", state="sending", lease_until=DUE, due_at=DUE))
    await clock.advance(minutes=5)
    assert ("2026-W48", "unknown") in states(app, ana)
    assert looks(slack) == 0
