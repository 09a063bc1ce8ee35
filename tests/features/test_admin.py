"""Admins, and whom they name, look after the app: what found no answer, who may, newcomers, the audit log; nobody else."""

import re
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.features.admin.deeds import BY_ITSELF, DEEDS
from storage import audit, win_changes
from storage.models import WIN_DEEDS
from tests.conftest import MONDAY
from tests.delivery.ledger import sleep_until
from tests.features.pages import reads
from tests.features.records import last_sent, member_of, post_again, trail_of
from tests.features.reporting import opens, presses, told
from tests.features.target_acts import one_engine
from tests.features.teams import reports_to, shares

pytestmark = pytest.mark.door

PAGES = (
    "questions",
    "managers",
    "people",
    "name",
    "remove <@U0BEN>",
    "newcomers",
    "newcomers change",
    "holidays",
    "holidays change",
    "holidays add",
    "holidays remove 2026-12-24",
    "criteria",
    "log",
    "log all",
    "content",
)
ROOT = Path(__file__).parents[2]
NOT_YOU = "That is for the admins of this Slack workspace"


async def test_dee_sees_what_was_asked_and_how_often(ana: Person, eli: Person, dee: Person) -> None:
    for person in (ana, eli, ana):
        await person.slash("blorft the <grommet> & co")
    await ana.slash("zzyzx ahoy blorft")

    seen = await dee.slash("admin questions")

    assert "blorft the &lt;grommet&gt; &amp; co (3 times)" in seen.words
    assert "zzyzx ahoy blorft (1 time)" in seen.words
    assert seen.words.index("3 times") < seen.words.index("1 time)")
    assert not any(name in seen.text.lower() for name in ("ana", "eli", "duarte", "novak", "u0"))


async def test_dee_opens_the_admins_page_and_goes_on_to_the_questions(dee: Person, app: App) -> None:
    seen = await dee.slash("admin")
    assert "For admins" in seen.words

    await dee.presses("Questions", on=seen.message)
    await app.deps.background.drain()

    assert "None so far" in dee.sees()[-1].words


async def test_twenty_of_the_longest_questions_are_shown_whole(ana: Person, dee: Person) -> None:
    for number in range(22):
        await ana.slash(f"blorft{number:02} " + "&<z" * 70)

    seen = await dee.slash("admin questions")

    assert seen.ok
    assert (await reads(dee, "admin questions")).count("(1 time)") == 20


async def test_ana_is_told_kindly_that_it_is_not_for_her(ana: Person, ben: Person) -> None:
    for person in (ana, ben):
        for words in ("admin", "Admin Questions", "admin qzxwvq", *(f"admin {page}" for page in PAGES)):
            seen = await person.slash(words)
            assert NOT_YOU in seen.words, words
            assert "/prm profile" in seen.words
            assert person.modal is None


@pytest.mark.parametrize(("admin", "owner"), [(True, False), (False, True)])
async def test_an_admin_and_an_owner_may_both_look(ana: Person, admin: bool, owner: bool) -> None:
    ana.user.is_admin, ana.user.is_owner = admin, owner

    assert "For admins" in (await ana.slash("admin")).words


async def test_dee_is_no_longer_an_admin_and_a_day_later_sees_it_no_more(
    dee: Person, app: App, slack: Sandbox
) -> None:
    assert "For admins" in (await dee.slash("admin")).words
    dee.user.is_admin = dee.user.is_owner = False
    await slack.clock.advance(hours=24)

    assert NOT_YOU in (await dee.slash("admin")).words
    assert member_of(app, dee).is_admin is False


async def test_ana_becomes_an_admin_and_a_day_later_sees_it(ana: Person, slack: Sandbox) -> None:
    assert NOT_YOU in (await ana.slash("admin")).words
    ana.user.is_admin = True
    await slack.clock.advance(hours=24)

    assert "For admins" in (await ana.slash("admin")).words


async def test_when_slack_cannot_say_who_is_an_admin_nobody_is_let_in(dee: Person, slack: Sandbox) -> None:
    slack.faults.add("users.info", "internal_error", times=-1)

    assert NOT_YOU in (await dee.slash("admin")).words

    slack.faults.clear()
    assert "For admins" in (await dee.slash("admin")).words


async def names(dee: Person, app: App, person: Person) -> None:
    """Dee names somebody to look after the app too."""
    assert (await opens(dee, app, "admin name", colleague=person.id)).ok
    await dee.closes(all=True)


@one_engine
class TestWhoElseMay:
    async def test_whom_dee_names_sees_and_sets_it_too(self, ana: Person, dee: Person, app: App) -> None:
        await ana.slash("help")
        await names(dee, app, ana)

        assert "named you to look after" in told(ana)
        assert "For admins" in (await ana.slash("admin")).words
        assert f"<@{ana.id}>" in (await dee.slash("admin people")).words
        assert trail_of(app, dee)[-1].action == "admin.named"

    async def test_whom_she_removes_no_longer_does(self, ana: Person, dee: Person, app: App) -> None:
        await names(dee, app, ana)
        listed = await dee.slash("admin people")
        assert listed.message is not None

        assert "Nobody is named yet" in await presses(dee, app, "Remove", listed.message)
        assert NOT_YOU in (await ana.slash("admin")).words

    async def test_who_never_used_the_app_gets_no_message(self, ana: Person, dee: Person, app: App) -> None:
        await names(dee, app, ana)

        assert ana.dms() == []

    async def test_who_was_named_names_nobody_and_may_step_back(
        self, ana: Person, ben: Person, dee: Person, app: App
    ) -> None:
        await names(dee, app, ana)
        await names(dee, app, ben)

        assert "up to the admins of this Slack workspace" in (await ana.slash("admin name")).words
        assert "up to the admins" in (await ana.slash(f"admin remove <@{ben.id}>")).words
        assert "no longer look after" in (await ana.slash(f"admin remove <@{ana.id}>")).words
        assert (member_of(app, ana).named_admin, member_of(app, ben).named_admin) == (False, True)

    async def test_somebody_elses_form_sent_by_hand_names_nobody(
        self, ana: Person, eli: Person, cy: Person, dee: Person, app: App, slack: Sandbox
    ) -> None:
        await names(dee, app, eli)
        for person, answered in (
            (ana, '"response_action":"errors"'),
            (eli, '"response_action":"errors"'),
            (cy, ""),
        ):
            body = last_sent(slack, "view_submission")
            body["user"] |= {"id": person.id, "team_id": person.team}
            body["team"] |= {"id": person.team}
            chosen = {"type": "users_select", "selected_user": ana.id}
            body["view"] |= {
                "id": slack.world.new_id("V"),
                "state": {"values": {"colleague": {"colleague": chosen}}},
            }
            _, answer = await post_again(slack, body)
            # Cy, of another workspace, is not let in at all.
            assert (answered in answer.replace(" ", "")) if answered else (answer == ""), person.name

        await ana.slash("help")
        assert member_of(app, ana).named_admin is False

    async def test_an_app_or_an_admin_is_not_named(self, dee: Person, app: App) -> None:
        for who in ("USLACKBOT", dee.id):
            await dee.slash("admin name")
            dee.fills(colleague=who)
            assert (await dee.submits()).errors
            await dee.closes(all=True)


class TestNewcomers:
    async def test_get_their_message_when_the_workspace_says(
        self, ana: Person, eli: Person, dee: Person, cy: Person, app: App
    ) -> None:
        await eli.slash("nudges")
        assert (await opens(dee, app, "admin newcomers change", weekday="3", time="14:30")).ok
        await dee.closes(all=True)
        for person in (ana, cy):
            await person.slash("nudges")

        def when(person: Person) -> tuple[int, time]:
            member = member_of(app, person)
            return member.nudge_weekday, member.nudge_time

        assert when(ana) == (3, time(14, 30))
        assert when(eli) == when(cy) == (0, time(9))
        assert "Thursdays at 2:30 PM" in (await dee.slash("admin newcomers")).words
        assert "Thursdays at 2:30 PM" in (await ana.slash("nudges")).words


@one_engine
class TestTheAuditLog:
    async def test_says_in_words_who_did_what_newest_first(
        self, ana: Person, ben: Person, dee: Person, app: App
    ) -> None:
        reports_to(app, ana, ben)
        win = await shares(ana, app, note="Elm Clinic came twice")
        await ben.slash(f"verify confirm {win.id} {win.revision}")
        await app.deps.background.drain()

        said = (await dee.slash("admin log")).words

        assert f"<@{ben.id}> confirmed a win of <@{ana.id}>" in said
        assert f"<@{ana.id}> logged a win" in said
        assert said.index("confirmed") < said.index("logged")
        assert "Elm Clinic" not in said
        assert "Nov 23, 2026, 7:00 AM" in said

    async def test_leaves_out_what_only_its_owner_sees(self, ana: Person, dee: Person, app: App) -> None:
        win = await shares(ana, app, visibility="me")
        await opens(ana, app, "certs track cphims", state="planned")
        await ana.closes(all=True)
        await ana.slash(f"wins delete {win.id}")
        assert {row.action for row in trail_of(app, ana)} >= {
            "win.logged",
            "win.deleted",
            "credential.tracked",
        }

        assert f"<@{ana.id}>" not in (await dee.slash("admin log all")).words

        await app.deps.background.drain()
        app.deps.database.run(win_changes.purge, MONDAY + timedelta(days=9))
        assert f"<@{ana.id}>" not in (await dee.slash("admin log all")).words

    async def test_is_on_itself(self, dee: Person) -> None:
        await dee.slash("admin log")

        assert f"<@{dee.id}> read this log" in (await dee.slash("admin log")).words

    async def test_has_what_came_by_itself_only_where_asked_for(
        self, ana: Person, ben: Person, dee: Person, app: App
    ) -> None:
        reports_to(app, ana, ben)
        await ben.slash("help")
        await shares(ana, app)

        assert "Home showed" not in (await dee.slash("admin log")).words
        assert f"Home showed <@{ben.id}>" in (await dee.slash("admin log all")).words

    async def test_shows_an_unknown_action_as_it_is(self, dee: Person, app: App) -> None:
        await dee.slash("help")
        member = member_of(app, dee)
        assert member.id is not None
        row = {"workspace_id": member.workspace_id, "actor_id": member.id, "now": MONDAY}
        app.deps.database.run(_records, row)

        assert (
            f"<@{dee.id}>: heron.counted, roof:<1>".replace("<1>", "&lt;1&gt;")
            in (await dee.slash("admin log")).words
        )

    async def test_is_read_page_by_page_and_stays_as_it_was(self, ana: Person, dee: Person, app: App) -> None:
        for number in range(20):
            await opens(ana, app, "nudges change", weekday=str(number % 5))
            await ana.closes(all=True)
            await dee.slash("admin questions")
        first = await dee.slash("admin log")
        assert first.message is not None

        assert "(8 times)" in first.words
        assert "(8 times)" in await presses(dee, app, "Older", first.message)
        assert "(3 times)" in await presses(dee, app, "Older", dee.sees()[-1])

    async def test_of_another_workspace_is_not_seen(
        self, ana: Person, ben: Person, cy: Person, app: App
    ) -> None:
        cy.user.is_admin = True
        reports_to(app, ana, ben)
        await shares(ana, app)

        said = (await cy.slash("admin log all")).words

        assert "Audit log" in said
        assert ana.id not in said
        assert ben.id not in said


def _records(session: Session, row: dict[str, Any]) -> None:
    audit.record(session, action="heron.counted", subject="roof:<1>", **row)


def test_every_action_on_the_trail_has_its_sentence() -> None:
    """Those that are written out in the code; the rest is made of the deeds below."""
    written = re.compile(r'action="([a-z_]+\.[a-z_]+)"')
    files = [*(ROOT / "slackbot").rglob("*.py"), *(ROOT / "storage").rglob("*.py")]
    found = {action for file in files for action in written.findall(file.read_text())}
    found |= {f"win.{deed}" for deed in WIN_DEEDS}
    found |= {f"reporting.{deed}" for deed in ("asked", "accepted", "refused", "ended", "set")}
    found |= {f"target.{deed}" for deed in ("proposed", "agreed", "refused", "withdrawn", "closed", "read")}

    private = {action for action in found if action.startswith(("credential.", "skills."))}
    assert found - private - DEEDS.keys() - BY_ITSELF.keys() == set()


@one_engine
async def test_dee_sees_how_much_content_there_is_and_how_old(dee: Person, app: App, slack: Sandbox) -> None:
    seen = await dee.slash("admin content")
    assert "entries*" in seen.words
    assert "Nothing of your own" in seen.words

    await sleep_until(slack.clock, slack.clock.now() + timedelta(weeks=80))

    assert "more than a year ago" in (await reads(dee, "admin content"))


@one_engine
@pytest.mark.parametrize(
    "page", ["Managers", "Who else may", "Newcomers", "Criteria", "Audit log", "Content"]
)
async def test_the_menu_leads_to_every_page(page: str, dee: Person, app: App) -> None:
    menu = await dee.slash("admin")
    assert menu.message is not None

    assert page in await presses(dee, app, page, menu.message)
