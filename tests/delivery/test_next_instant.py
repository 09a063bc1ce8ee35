"""When the sender next has something to do: a clock that is moved far stops there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, select

from sandbox.people import Person
from slackbot.app import App
from slackbot.delivery import Sender
from slackbot.feature import ScheduledMessage
from slackbot.features import nudges
from storage import deliveries
from storage.models import Member
from tests.delivery.ledger import ledger_of

MONDAY_NINE = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
(WEEKLY,) = nudges.FEATURE.scheduled


async def test_it_is_the_first_of_all_kinds_and_of_what_is_to_be_tried_again(app: App, ana: Person) -> None:
    await ana.slash("nudges")
    assert await app.sender.next_instant() == MONDAY_NINE

    earlier, later = MONDAY_NINE - timedelta(days=1), MONDAY_NINE + timedelta(days=1)
    for moment, first in ((earlier, earlier), (later, MONDAY_NINE), (None, MONDAY_NINE)):
        assert await Sender(app.deps, [WEEKLY, _due_at(moment)]).next_instant() == first

    await app.deps.transact(_wait_until, earlier)
    assert await app.sender.next_instant() == earlier
    assert len(ledger_of(app, ana)) == 1


async def test_there_is_none_before_anybody_has_come(app: App) -> None:
    assert await app.sender.next_instant() is None


def _due_at(moment: datetime | None) -> ScheduledMessage:
    def next_due(_session: Session) -> datetime | None:
        return moment

    return replace(WEEKLY, kind="other", next_due=next_due)


def _wait_until(session: Session, moment: datetime) -> None:
    member = session.exec(select(Member)).one()
    row = {
        "workspace_id": member.workspace_id,
        "member_id": member.id,
        "kind": "nudge",
        "slot": "2026-W47",
        "due_at": moment,
        "retry_at": moment,
    }
    deliveries.claim(session, [row])
