"""Somebody has everything about them erased: seven days to change their mind, and then nothing of them is left."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import Session, SQLModel, col

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.features.privacy import chores
from storage import criteria_sets, deliveries, forgetting
from storage.models import AuditEvent, Delivery, Installation, Member, Win, WinRevision
from tests.features.dumps import everything_in
from tests.features.progress_scene import Progress, progress_scene
from tests.features.records import last_sent, logs, member_of, post_again
from tests.features.target_acts import agreed, one_engine, targets_of
from tests.features.teams import reports_to, shares

pytestmark = pytest.mark.door


async def asks_to_be_erased(person: Person, app: App, word: str = "erase") -> str:
    """Opens the form, types the word, and sends it; what it says then."""
    if person.modal is not None:
        await person.closes(all=True)
    await person.slash("privacy erase")
    assert person.modal is not None
    person.fills(word=word)
    seen = await person.submits()
    await app.deps.background.drain()
    return person.modal.words if seen.ok and person.modal else str(seen.errors)


def row_ids(app: App, member_id: int) -> set[str]:
    """What the audit trail calls everything that belongs to somebody."""

    def read(session: Session) -> set[str]:
        found = {f"member:{member_id}"}
        for table in forgetting.owned():
            ids = session.execute(select(table.c.id).where(table.c.member_id == member_id)).scalars()
            found |= {f"{table.name}:{each}" for each in ids}
        return found

    return app.deps.database.run(read)


def still_naming(app: App, member_id: int) -> list[str]:
    """Every column in which the member's number still stands."""

    def read(session: Session) -> list[str]:
        found = []
        for table in SQLModel.metadata.sorted_tables:
            for column in table.columns:
                if any(key.column.table.name == "member" for key in column.foreign_keys):
                    here = select(func.count()).select_from(table).where(column == member_id)
                    if session.execute(here).scalar_one():
                        found.append(str(column))
        versions = session.execute(select(WinRevision)).scalars()
        inside = [
            each.row.get(name) for each in versions for name in ("decided_by", "delegate_id", "member_id")
        ]
        return found + ["inside of a version"] * (member_id in inside)

    return app.deps.database.run(read)


async def scene(app: App, slack: Sandbox) -> Progress:
    """Everybody has had a part in something of somebody else's, and of their own."""
    made = await progress_scene(app, slack)
    ids = {name: member_of(app, person).id for name, person in made.people.items()}

    def more(session: Session) -> None:
        ben = session.get_one(Member, ids["ben"])
        criteria_sets.write(
            session,
            workspace_id=ben.workspace_id,
            rung="director",
            items=[],
            by=ids["dee"],
            now=app.deps.now(),
            why="As agreed",
            after=0,
        )
        here = select(Installation).where(col(Installation.workspace_id) == ben.workspace_id)
        for installation in session.execute(here).scalars():
            installation.installed_by = made.people["dee"].id

    app.deps.database.run(more)
    ben, eli = made.people["ben"], made.people["eli"]
    await logs(ben, app, practice="Heronry Lane", note="my own")
    reports_to(app, eli, ben)
    await agreed(eli, app, ben, due="2028-08-08")
    win = await shares(eli, app, practice="Eli's Practice")
    await ben.slash(f"verify confirm {win.id} {win.revision}")
    await ben.slash(f"target for <@{eli.id}>")
    await app.deps.background.drain()
    return made


@pytest.mark.parametrize(
    "who", ["ana", *(pytest.param(each, marks=pytest.mark.slow) for each in ("ben", "dee", "gus"))]
)
async def test_after_seven_days_no_row_is_left_of_who_asked(who: str, app: App, slack: Sandbox) -> None:
    there = await scene(app, slack)
    person = there.people[who]
    member = member_of(app, person)
    assert member.id is not None
    subjects = row_ids(app, member.id)
    assert still_naming(app, member.id) != []
    assert "Until then I keep it" in await asks_to_be_erased(person, app)

    await slack.clock.advance(days=6, hours=23)
    assert member_of(app, person).erase_at is not None
    await slack.clock.advance(hours=1)

    assert still_naming(app, member.id) == []
    held = everything_in(app)
    assert f"'{person.id}'" not in held
    assert f"'{member.name}'" not in held
    assert [one for one in subjects if f"'{one}'" in held] == []
    for mark in {"ana": ("Osprey", "heron", "teal"), "ben": ("Heronry", "my own")}.get(who, ()):
        assert mark not in held, mark
    assert f"'{forgetting.ERASED}'" in held
    # Everybody else goes on as before.
    for name in ("ana", "ben", "eli", "max"):
        if name != who:
            for words in (
                "wins",
                "team",
                "target",
                "target history",
                "verify",
                "progress",
                "criteria director",
            ):
                assert (await there.people[name].slash(words)).ok, words
    if who != "dee":
        await dee_reads_on(there)


async def dee_reads_on(there: Progress) -> None:
    """The audit log can be read, and says that it happened."""
    dee = there.people["dee"]
    said = (await dee.slash("admin log")).words
    assert "Somebody was erased" in said


async def test_what_ben_confirmed_stays_confirmed_and_says_by_a_former_member(
    app: App, slack: Sandbox
) -> None:
    there = await scene(app, slack)
    ana, ben, eli = (there.people[name] for name in ("ana", "ben", "eli"))
    await asks_to_be_erased(ben, app)
    await slack.clock.advance(weeks=1)

    def kept(session: Session) -> Win:
        return session.get_one(Win, there.verified)

    win = app.deps.database.run(kept)
    assert (win.status, win.decided_by, win.decider_left) == ("verified", None, True)
    await ana.slash(f"wins history {there.verified}")
    assert "*Confirmed* by a former member" in ana.sees()[-1].words
    (target,) = [each for each in targets_of(app) if each.member_id == member_of(app, eli).id]
    assert (target.state, target.agreed_by) == ("agreed", None)
    shown = await eli.slash(f"target show {target.id}")
    assert "Agreed by you and a former member" in shown.words
    # An edit makes it wait again, for nobody until she has another manager.
    await ana.slash(f"wins edit {there.verified}")
    ana.fills(result="5600")
    assert (await ana.submits()).ok
    changed = app.deps.database.run(kept)
    assert (changed.status, changed.decider_left) == ("shared", False)


@one_engine
async def test_until_then_ana_hears_nothing_and_whatever_she_does_says_the_date(
    app: App, slack: Sandbox, ana: Person, ben: Person
) -> None:
    reports_to(app, ana, ben)
    win = await shares(ana, app)

    def waiting(session: Session) -> None:
        session.add(
            Delivery(
                workspace_id=win.workspace_id,
                member_id=win.member_id,
                kind="nudge",
                slot="2026-W40",
                due_at=app.deps.now(),
                retry_at=app.deps.now() + timedelta(hours=1),
            )
        )

    app.deps.database.run(waiting)
    await asks_to_be_erased(ana, app)
    before = len(ana.dms())
    assert "erase everything about you" in (ana.home.words if ana.home else "")

    await ben.slash(f"verify confirm {win.id} {win.revision}")
    await slack.clock.advance(days=6)
    assert len(ana.dms()) == before
    (row,) = app.deps.database.run(lambda s: s.execute(select(Delivery)).scalars().all())
    assert (row.state, row.reason) == ("skipped", deliveries.LEAVING)
    for words in ("wins", "profile", "target", "nudges", "log", "privacy", "privacy erase", "team csv"):
        seen = await ana.slash(words)
        assert "Monday, Nov 30 at 10:00 AM" in seen.words, words
        assert "Keep my data" in str(seen.blocks), words


@one_engine
async def test_ana_changes_her_mind_and_everything_is_as_it_was(
    app: App, slack: Sandbox, ana: Person
) -> None:
    await logs(ana, app, practice="Maple Street")
    await asks_to_be_erased(ana, app)
    form = last_sent(slack, "view_submission")
    await slack.clock.advance(days=5)
    await ana.closes(all=True)

    assert "Everything is as it was" in (await ana.slash("privacy keep")).words
    assert "Nothing is going to be erased" in (await ana.slash("privacy keep")).words
    member = member_of(app, ana)
    assert member.erase_at is None
    assert member.next_nudge_at is not None
    # The form, recorded and sent once more, is not a second wish.
    _, said = await post_again(slack, form)
    assert "decided to stay since" in said
    await slack.clock.advance(weeks=2)
    assert "Maple Street" in (await ana.slash("wins")).words


@one_engine
async def test_another_word_erases_nothing(app: App, ana: Person) -> None:
    assert "Type the word erase" in await asks_to_be_erased(ana, app, "yes")
    assert member_of(app, ana).erase_at is None


@one_engine
async def test_asking_twice_keeps_the_first_date(app: App, slack: Sandbox, ana: Person) -> None:
    await asks_to_be_erased(ana, app)
    first = member_of(app, ana).erase_at
    form = last_sent(slack, "view_submission")
    await slack.clock.advance(hours=3)
    await post_again(slack, form)
    assert member_of(app, ana).erase_at == first


@one_engine
async def test_who_comes_back_after_it_begins_as_somebody_new(app: App, slack: Sandbox, ana: Person) -> None:
    await logs(ana, app)
    await asks_to_be_erased(ana, app)
    await ana.closes(all=True)
    await slack.clock.advance(weeks=1)
    assert "No wins yet" in (await ana.slash("wins")).words
    assert "Nothing is going to be erased" in (await ana.slash("privacy keep")).words


def test_every_column_that_names_a_member_says_what_becomes_of_it() -> None:
    """A new one that can be neither emptied nor deleted with its owner has to be decided by whoever adds it."""
    fate = {
        str(column): "goes with them" if column.name == forgetting.OWNER or not column.nullable else "emptied"
        for column in forgetting.references()
    }
    gone = {
        name for name, what in fate.items() if what == "goes with them" and not name.endswith(".member_id")
    }
    assert gone == {"reporting.manager_id"}
    # Where an empty reference meant something before, a column says that somebody was there.
    for table, column in forgetting._LEFT:
        assert fate[f"{table}.{column}"] == "emptied"


@one_engine
async def test_who_left_slack_goes_when_their_workspace_says_so(
    app: App, slack: Sandbox, ana: Person, eli: Person, dee: Person, cy: Person
) -> None:
    for person in (ana, eli, cy):
        await logs(person, app)
    for person in (ana, cy):
        member_id = member_of(app, person).id
        assert member_id is not None

        def gone(session: Session, number: int = member_id) -> None:
            session.get_one(Member, number).unreachable = "user_disabled"

        app.deps.database.run(gone)
    await dee.slash("admin retention change")
    dee.fills(leavers="3", trail="12")
    assert (await dee.submits()).ok
    assert dee.modal is not None
    assert "3 months after" in dee.modal.words
    await dee.closes(all=True)
    await slack.clock.advance(days=85)
    assert member_of(app, ana).unreachable is not None
    await slack.clock.advance(days=10)

    held = everything_in(app)
    assert f"'{ana.id}'" not in held.replace(_row_of(app, cy), "")
    assert member_of(app, cy).unreachable is not None
    assert member_of(app, eli).unreachable is None


def _row_of(app: App, person: Person) -> str:
    return next(
        row
        for row in everything_in(app).splitlines()
        if row.startswith(f"({member_of(app, person).id}, ") and person.id in row
    )


@one_engine
async def test_the_audit_log_is_kept_for_two_years_unless_an_admin_sets_another_end(
    app: App, slack: Sandbox, ana: Person, dee: Person, cy: Person
) -> None:
    await logs(ana, app)
    await logs(cy, app)
    await dee.slash("admin retention change")
    dee.fills(leavers="never", trail="6")
    assert (await dee.submits()).ok

    def actions_of(person: Person) -> list[str]:
        workspace = member_of(app, person).workspace_id
        mine = select(col(AuditEvent.action)).where(col(AuditEvent.workspace_id) == workspace)
        return app.deps.database.run(lambda s: [each for each in s.execute(mine).scalars() if "win." in each])

    later = slack.clock.now()
    chore = chores.shorten_trail
    assert app.deps.database.run(chore, later + timedelta(days=150)) == 0
    assert app.deps.database.run(chore, later + timedelta(days=190)) >= 1
    assert (actions_of(ana), actions_of(cy)) == ([], ["win.logged"])
    assert app.deps.database.run(chore, later + timedelta(days=725)) == 0
    assert app.deps.database.run(chore, later + timedelta(days=735)) >= 1
    assert actions_of(cy) == []
