"""Admins see which questions found no answer; nobody else does, and nobody sees who asked."""

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.features.pages import reads
from tests.features.records import member_of

pytestmark = pytest.mark.door

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

    await dee.presses("Unanswered questions", on=seen.message)
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
        for words in ("admin", "admin questions", "Admin Questions", "admin qzxwvq"):
            seen = await person.slash(words)
            assert NOT_YOU in seen.words
            assert "Unanswered" not in seen.words


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
