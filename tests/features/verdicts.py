"""Puts wins where a manager's word would put them, for tests about what their owner does then."""

from sqlmodel import Session

from sandbox.people import Person
from slackbot import win_news
from slackbot.app import App
from storage import win_changes
from storage.models import Win
from tests.features.records import member_of, wins_of

STATUS_AFTER = {"asked": "needs_info", "confirmed": "verified", "declined": "declined"}


async def decides(app: App, manager: Person, win: Win, deed: str, said: str | None = None) -> Win:
    """The manager asks about a win, confirms or declines it; those whom it concerns have heard of it after."""
    by = member_of(app, manager)

    def change(session: Session) -> Win:
        seen = session.get_one(Win, win.id)
        assert by.id is not None
        status = STATUS_AFTER[deed]
        fresh = win_changes.change(
            session, seen, by=by.id, now=app.deps.now(), deed=deed, said=said, status=status
        )
        assert fresh is not None
        return fresh

    fresh = app.deps.database.run(change)
    win_news.changed(app.deps, win_news.person_of(by), fresh)
    await app.deps.background.drain()
    return fresh


def newest(app: App, person: Person) -> Win:
    return wins_of(app, person)[-1]
