"""Who reports to whom, and wins that wait for them: what tests about managers begin with."""

from sqlmodel import Session, col, select

from sandbox.people import Person, Seen
from slackbot.app import App
from storage import members, reporting
from storage.models import Member, Win, WinRevision, Workspace
from tests.features.records import logs, wins_of


def reports_to(app: App, person: Person, manager: Person) -> None:
    """From now on; whoever was their manager is theirs no longer."""

    def work(session: Session) -> None:
        member, boss = (_met(session, app, each) for each in (person, manager))
        assert member.id is not None
        assert boss.id is not None
        reporting.assign(
            session,
            workspace_id=member.workspace_id,
            member_id=member.id,
            manager_id=boss.id,
            set_by=boss.id,
            now=app.deps.now(),
        )

    app.deps.database.run(work)


def _met(session: Session, app: App, person: Person) -> Member:
    workspace = session.exec(select(Workspace).where(Workspace.key == person.team)).one()
    assert workspace.id is not None
    who = members.Person(workspace.id, person.id, person.team, person.name)
    member, _ = members.meet(session, who, app.deps.now())
    return member


async def shares(person: Person, app: App, **fields: str) -> Win:
    """Logs a win for the manager to see; all that follows is done when this returns."""
    seen = await logs(person, app, **({"visibility": "manager"} | fields))
    assert seen.ok, seen.words
    return wins_of(app, person)[-1]


async def press(person: Person, label: str, seen: Seen, app: App) -> Seen:
    """Presses what an answer shows, and waits for all that follows; the answer is what stands there then."""
    assert seen.message is not None
    await person.presses(label, on=seen.message)
    await app.deps.background.drain()
    newest = person.sees()[-1]
    return Seen(ok=True, text=newest.text, blocks=newest.blocks, message=newest, modal=person.modal)


def deeds_of(app: App, win: Win) -> list[tuple[str, str | None]]:
    """What was done to a win, and what was said with it, oldest first."""

    def read(session: Session) -> list[tuple[str, str | None]]:
        mine = select(WinRevision).where(WinRevision.win_id == win.id).order_by(col(WinRevision.number))
        return [(version.deed, version.said) for version in session.exec(mine)]

    return app.deps.database.run(read)
