"""Criteria do not move under anybody's feet: admins write versions, and whoever is half-way keeps the one they have."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

import content
from sandbox.people import Person, Seen
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.ui.pages import fits
from storage import targets
from storage.models import AuditEvent, CriteriaSet, Member
from tests.databases import Databases
from tests.features.pages import reads
from tests.features.records import last_sent, logs, member_of, post_again, typed
from tests.features.teams import press, reports_to, shares
from tests.features.verdicts import decides, newest

pytestmark = pytest.mark.door
KNOWN = content.load()
MANAGER = "Physician Relations Manager"
HOUSE = "up by at least 15% on the year before, in 2 consecutive quarters"
OURS = "Referrals from your panel: up by at least 12% from the baseline, in 2 quarters in a row."
WHY = "Two practices closed, so 15% is out of reach for everybody."


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> str:
    """SQLite only: how versions are kept on either engine is tested where they are stored."""
    return databases.in_turn("sqlite", tmp_path)


async def edits(
    admin: Person, app: App, *, why: str | None = WHY, role: str = "manager", **fields: str | None
) -> Seen:
    """Opens the form of a role, changes some of it, and sends it; all that follows is done when this returns."""
    await admin.slash(f"criteria edit {role}")
    admin.fills({_field(name): value for name, value in fields.items()} | {"why": why})
    seen = await admin.submits()
    await app.deps.background.drain()
    return seen


def _field(name: str) -> str:
    """ "manager_referrals__0_least" is the field "manager_referrals-0-least"."""
    criterion, _, part = name.partition("__")
    return f"{criterion}-{part.replace('_', '-')}"


async def eased(admin: Person, app: App, least: str = "12", why: str = WHY) -> None:
    """The admin asks for another growth of referrals than the house does."""
    seen = await edits(admin, app, why=why, manager_referrals__0_least=least)
    assert seen.ok, seen.words
    await admin.closes(all=True)


async def works_toward(person: Person, app: App, rung: str = MANAGER) -> None:
    """Names a role in the profile, as people do who begin."""
    await person.slash("profile")
    person.fills(rung="liaison", target_rung=rung)
    assert (await person.submits()).ok
    await app.deps.background.drain()
    await person.closes(all=True)


def versions(app: App) -> list[tuple[str, int, str | None]]:
    """Every version in any workspace: rung, number, why."""

    def read(session: Session) -> Iterator[CriteriaSet]:
        return iter(session.exec(select(CriteriaSet).order_by(col(CriteriaSet.id))).all())

    return [(each.rung, each.version, each.why) for each in app.deps.database.run(read)]


def under(app: App, person: Person) -> tuple[str, int] | None:
    """The rung and the version that somebody works under."""

    def read(session: Session, member: Member) -> CriteriaSet | None:
        return session.get(CriteriaSet, member.criteria_set_id) if member.criteria_set_id else None

    found = app.deps.database.run(read, member_of(app, person))
    return None if found is None else (found.rung, found.version)


def deeds(app: App) -> list[tuple[str, str | None]]:
    """What the trail says was done about criteria, and by whom."""

    def read(session: Session) -> list[tuple[str, str | None]]:
        rows = session.exec(
            select(AuditEvent.action, Member.user_id)
            .join(Member, col(Member.id) == col(AuditEvent.actor_id))
            .where(col(AuditEvent.action).startswith("criteria."))
            .order_by(col(AuditEvent.id))
        )
        return [(action, who) for action, who in rows]

    return app.deps.database.run(read)


# Three people half-way


async def test_criteria_change_while_three_are_half_way_and_each_keeps_theirs(
    ana: Person, eli: Person, ben: Person, dee: Person, app: App
) -> None:
    half_way = (ana, eli, ben)
    for person in half_way:
        await works_toward(person, app)
    before = {person.name: await reads(person, "criteria") for person in half_way}
    assert all(HOUSE in read for read in before.values())

    await eased(dee, app)

    for person in half_way:
        read = await reads(person, "criteria")
        assert HOUSE in read
        assert OURS not in read
        assert "A newer version of these criteria is there" in read
        assert under(app, person) == ("manager", 1)

    # Ana looks at what differs and takes it up; Eli looks and leaves it; Ben does not look at all.
    offer = await ana.slash("criteria changes")
    assert f"*Now:* {OURS}" in offer.words
    assert f"*Before:* Referrals from your panel {HOUSE}" in offer.words
    assert WHY in offer.words
    assert f"<@{dee.id}>" in offer.words
    assert "You work under version 1" in offer.words
    await press(ana, "Take up version 2", offer, app)
    assert OURS in await reads(ana, "criteria")
    assert "newer version" not in await reads(ana, "criteria")
    await eli.slash("criteria changes")

    # Whoever begins now begins with the new one, and the next version finds everybody where they are.
    await works_toward(dee, app)
    await eased(dee, app, least="10", why="Two more practices closed.")

    assert {person.name: under(app, person) for person in (*half_way, dee)} == {
        ana.name: ("manager", 2),
        eli.name: ("manager", 1),
        ben.name: ("manager", 1),
        dee.name: ("manager", 2),
    }
    assert HOUSE in await reads(eli, "criteria")
    assert OURS in await reads(ana, "criteria")
    late = await reads(ben, "criteria changes")
    assert WHY in late
    assert "Two more practices closed." in late
    assert "at least 10% from the baseline" in late
    assert OURS not in late
    assert deeds(app) == [
        *[("criteria.taken_up", person.id) for person in half_way],
        ("criteria.written", dee.id),
        ("criteria.taken_up", ana.id),
        ("criteria.taken_up", dee.id),
        ("criteria.written", dee.id),
    ]


async def test_the_profile_saved_again_takes_nothing_up_and_another_role_begins_with_its_newest(
    ana: Person, dee: Person, app: App
) -> None:
    await works_toward(ana, app)
    await eased(dee, app)

    await works_toward(ana, app)
    assert under(app, ana) == ("manager", 1)

    await works_toward(ana, app, "Senior Physician Liaison")
    assert under(app, ana) == ("senior_liaison", 1)
    await ana.slash("profile")
    ana.fills(target_rung=None)
    await ana.submits()
    assert under(app, ana) is None


async def test_a_version_that_is_no_longer_the_newest_is_not_taken_up_unseen(
    ana: Person, dee: Person, app: App
) -> None:
    await works_toward(ana, app)
    await eased(dee, app)
    offer = await ana.slash("criteria changes")
    await eased(dee, app, least="20")

    seen = await press(ana, "Take up version 2", offer, app)

    assert "The newest version is 3" in seen.words
    assert under(app, ana) == ("manager", 1)
    assert "newest version is 3" in (await ana.slash("criteria take up")).words


async def test_with_the_newest_version_there_is_nothing_to_take_up(ana: Person, app: App) -> None:
    assert "You have not said which role you want next" in (await ana.slash("criteria changes")).words
    assert "You have not said which role you want next" in (await ana.slash("criteria take up 1")).words
    await works_toward(ana, app)

    for words in ("criteria changes", "criteria take up", "criteria take up 9"):
        assert "You work under the newest version" in (await ana.slash(words)).words


# Mine


async def test_ana_sees_what_is_verified_claimed_needed_and_missing(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await works_toward(ana, app)
    await shares(ana, app, metric="campaigns", result="2", happened_on="2026-10-05")
    await decides(app, ben, newest(app, ana), "confirmed")
    await shares(ana, app, metric="campaigns", result="1", happened_on="2026-11-05")

    first = await ana.slash("criteria")
    read = await reads(ana, "criteria")

    assert first.words.startswith(MANAGER)
    assert "0 of 5 gates met" in first.words
    assert "5 gates to go. Nearest: " in first.words
    assert "never a promise" in first.words
    assert "2 of 4 events confirmed, 1 more claimed" in read
    assert "1 of 2 wins confirmed (50.0%), 80% needed" in read
    assert "Log a first win in Leadership." in read
    for criterion in KNOWN.criteria_for("manager"):
        assert criterion.sentence in read


async def test_a_target_shows_its_pace_under_the_criterion_it_leads_to(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await works_toward(ana, app)
    member, manager = member_of(app, ana), member_of(app, ben)

    def propose(session: Session) -> None:
        assert member.id is not None
        assert manager.id is not None
        where = {"workspace_id": member.workspace_id}
        target = targets.propose(
            session,
            **where,
            member_id=member.id,
            outcome="outreach_campaigns",
            metric="campaigns",
            from_value=None,
            to_value=Decimal(8),
            starts=date(2026, 7, 1),
            due=date(2027, 6, 30),
            by=member.id,
            now=app.deps.now(),
        )
        assert target.id is not None
        targets.agree(session, **where, target_id=target.id, by=manager.id, now=app.deps.now())

    app.deps.database.run(propose)

    read = await reads(ana, "criteria")

    assert read.count("Your target: ") == 1
    after = read.split("At least 4 campaigns or events", maxsplit=1)[1]
    assert "8 events" in after.split("Your target: ")[1].split("\n")[0]


async def test_ana_asks_for_her_own_role_by_name_and_gets_her_checklist(ana: Person, app: App) -> None:
    await works_toward(ana, app)

    assert "gates met" in (await ana.slash("criteria PRM")).words
    assert "gates met" in (await ana.slash("criteria mine")).words
    assert "gates met" not in (await ana.slash("criteria director")).words


async def test_without_a_role_the_managers_criteria_stand_there_and_a_way_to_begin(
    ana: Person, app: App
) -> None:
    seen = await ana.slash("criteria")
    assert seen.words.startswith(MANAGER)
    assert under(app, ana) is None

    done = await press(ana, "Work toward this role", seen, app)

    assert "You work toward Physician Relations Manager, under version 1" in done.words
    assert under(app, ana) == ("manager", 1)
    assert "gates met" in (await ana.slash("criteria")).words
    assert "Say which role" in (await ana.slash("criteria take")).words


async def test_every_page_fits_a_phone(ana: Person, dee: Person, app: App) -> None:
    await works_toward(ana, app)
    await logs(ana, app)
    changes = {f"{each.id}-need": "Left out" for each in KNOWN.criteria_for("manager")[3:]}
    await dee.slash("criteria edit manager")
    dee.fills(changes | {"manager_referrals-0-least": "12", "why": "n & <m> " * 37})
    assert (await dee.submits()).ok

    for words in (
        "criteria",
        "criteria changes",
        "criteria history",
        "criteria manager",
        "criteria director",
    ):
        for page in ("", *(f" more {number}" for number in range(2, 6))):
            for person in (ana, dee):
                assert fits((await person.slash(f"{words}{page}")).blocks), (words, page)


# The form of the admins


async def test_dee_edits_numbers_how_they_count_and_what_is_left_out(
    dee: Person, ana: Person, app: App
) -> None:
    seen = await edits(
        dee,
        app,
        manager_referrals__0_least="12%",
        manager_referrals__0_periods="3",
        manager_satisfaction__1_least=None,
        manager_leadership__need="Makes the case stronger",
        manager_education__0_least="A master's or higher",
        manager_verified__need="Left out",
        manager_credential__0_least=None,
    )

    assert seen.ok, seen.words
    assert dee.modal is not None
    assert "Version 2 is what Physician Relations Manager asks for now" in dee.modal.words
    read = await reads(ana, "criteria manager")
    assert "up by at least 12% from the baseline, in 3 quarters in a row. (set here)" in _plain(read)
    assert "Satisfaction score, 1 to 5: up by at least 0.3 points" in read
    assert "NPS" not in read
    assert "A master's degree or higher." in read
    assert "80%" not in read
    assert "certification" not in read
    stronger = read.split("What makes the case stronger")[-1]
    assert "At least 2 wins that show leadership" in stronger
    assert "version 2" in read
    assert HOUSE in await reads(ana, "criteria history manager")


async def test_what_was_left_out_can_be_taken_in_again(dee: Person, ana: Person, app: App) -> None:
    await edits(dee, app, manager_verified__need="Left out", manager_satisfaction__1_least=None)
    await dee.closes(all=True)
    await dee.slash("criteria edit manager")
    assert (typed(dee, "manager_verified-need"), typed(dee, "manager_verified-0-least")) == ("out", "80")
    assert typed(dee, "manager_satisfaction-1-least") is None

    dee.fills({"manager_verified-need": "Needed", "manager_satisfaction-1-least": "10", "why": "As it was."})
    assert (await dee.submits()).ok

    read = await reads(ana, "criteria manager")
    for criterion in KNOWN.criteria_for("manager"):
        assert criterion.sentence in read
    assert "set here" not in read


async def test_the_form_follows_the_role_that_is_chosen_in_it(dee: Person, app: App) -> None:
    await dee.slash("criteria edit")
    dee.fills(rung=MANAGER)
    await dee.submits()
    assert typed(dee, "manager_contracts-need") == "supporting"

    for name, criterion in (
        ("Director of Physician Relations", "director_contracts"),
        (MANAGER, "manager_contracts"),
    ):
        await dee.selects("rung", name)
        await app.deps.background.drain()
        assert typed(dee, f"{criterion}-need") == "supporting"

    dee.fills({"manager_contracts-0-least": "2", "why": "We sign more of them."})
    assert (await dee.submits()).ok
    assert versions(app)[-1] == ("manager", 2, "We sign more of them.")


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"manager_referrals-0-least": "0"}, "manager_referrals-0-least", "above zero"),
        ({"manager_referrals-0-least": "lots"}, "manager_referrals-0-least", "Write a number"),
        ({"manager_verified-0-least": "120"}, "manager_verified-0-least", "up to 100"),
        ({"manager_referrals-0-periods": "0"}, "manager_referrals-0-periods", "at least 1"),
        ({}, "why", "Nothing above differs"),
        (
            {f"{each.id}-need": "Left out" for each in KNOWN.criteria_for("manager")},
            "why",
            "Keep at least one",
        ),
        ({"manager_referrals-0-least": "12", "why": "MRN 00482913 could not wait"}, "why", "take it out"),
    ],
)
async def test_what_cannot_be_saved_is_said_beside_its_field(
    dee: Person, app: App, changes: dict[str, str], field: str, why: str
) -> None:
    await dee.slash("criteria edit manager")
    dee.fills({"why": WHY} | changes)

    seen = await dee.submits()

    assert not seen.ok
    assert set(seen.errors) == {field}
    assert why in seen.errors[field]
    assert [version for version in versions(app) if version[1] > 1] == []


async def test_a_reason_is_asked_for_by_the_form_and_by_the_app(
    dee: Person, app: App, slack: Sandbox
) -> None:
    assert set((await edits(dee, app, why=None, manager_referrals__0_least="12")).errors) == {"why"}
    dee.fills(why=WHY)
    await dee.submits()
    body = last_sent(slack, "view_submission")
    body["view"]["state"]["values"]["why"]["why"]["value"] = "  "

    _, answer = await post_again(slack, body)

    assert "Say why" in answer
    assert len(versions(app)) == 2


async def test_two_admins_at_once_and_the_one_who_saves_later_is_told(
    dee: Person, ben: Person, app: App
) -> None:
    ben.user.is_admin = True
    await dee.slash("criteria edit manager")
    await ben.slash("criteria edit manager")
    dee.fills({"manager_referrals-0-least": "12", "why": "Dee's reason."})
    ben.fills({"manager_referrals-0-least": "20", "why": "Ben's reason."})
    assert (await dee.submits()).ok

    late = await ben.submits()

    assert not late.ok
    assert "Dee" in late.errors["why"]
    assert "saved version 2 while you had this open" in late.errors["why"]
    assert typed(ben, "manager_referrals-0-least") == "20"
    assert versions(app) == [("manager", 1, None), ("manager", 2, "Dee's reason.")]
    await ben.closes(all=True)
    assert (await edits(ben, app, why="Ben's reason.", manager_referrals__0_least="20")).ok
    assert versions(app)[-1] == ("manager", 3, "Ben's reason.")


async def test_a_form_that_slack_sends_twice_is_one_version(dee: Person, app: App, slack: Sandbox) -> None:
    await eased(dee, app)

    status, answer = await post_again(slack, last_sent(slack, "view_submission"))

    assert status == 200
    assert "Version 2 is what" in answer
    assert versions(app) == [("manager", 1, None), ("manager", 2, WHY)]


async def test_only_admins_and_whom_they_name_may_edit(
    ana: Person, eli: Person, dee: Person, app: App, slack: Sandbox
) -> None:
    for words in ("criteria edit", "criteria edit manager"):
        assert "set by the admins" in (await ana.slash(words)).words
        assert ana.modal is None
    await eased(dee, app)
    body = last_sent(slack, "view_submission")
    body["user"]["id"] = ana.id
    body["view"]["private_metadata"] = "manager:2"

    _, answer = await post_again(slack, body)

    assert "set by the admins" in answer
    assert len(versions(app)) == 2

    await eli.slash("criteria")

    def name(session: Session) -> None:
        session.get_one(Member, member_of(app, eli).id).named_admin = True

    app.deps.database.run(name)
    assert (await edits(eli, app, why="Named to do it.", manager_referrals__0_least="14")).ok


async def test_an_admin_finds_the_way_from_the_admins_page(dee: Person, app: App) -> None:
    seen = await dee.slash("admin criteria")

    await press(dee, "Edit criteria", seen, app)

    assert dee.modal is not None
    assert "Choose a role" in dee.modal.words


async def test_everybody_can_read_all_versions_newest_first(ana: Person, dee: Person, app: App) -> None:
    assert "house's defaults" in (await ana.slash("criteria history")).words
    await eased(dee, app)
    await eased(dee, app, least="10", why="Closer to <what> we see & know.")

    read = await reads(ana, "criteria history manager")

    assert read.index("Version 3") < read.index("Version 2") < read.index("Version 1")
    assert "Closer to &lt;what&gt; we see &amp; know." in read
    assert f"<@{dee.id}>" in read
    assert read.count("*Now:*") == 2
    assert "Earlier versions" in str((await ana.slash("criteria manager")).blocks)


async def test_cy_in_another_workspace_keeps_the_houses(
    ana: Person, cy: Person, dee: Person, app: App
) -> None:
    await works_toward(cy, app)
    await works_toward(ana, app)
    await eased(dee, app)

    for words in ("criteria", "criteria manager", "criteria history", "criteria changes"):
        read = await reads(cy, words)
        assert "12%" not in read
        assert WHY not in read
        assert dee.id not in read
    assert under(app, cy) == ("manager", 1)
    await eased_in_lakeview(cy, app)
    assert "30%" not in await reads(ana, "criteria changes")


async def eased_in_lakeview(cy: Person, app: App) -> None:
    cy.user.is_admin = True
    await app.deps.background.drain()

    def name(session: Session) -> None:
        session.get_one(Member, member_of(app, cy).id).named_admin = True

    app.deps.database.run(name)
    await eased(cy, app, least="30")


def _plain(text: str) -> str:
    return text.replace("_", "")
