"""What Ana logs stays hers: colleagues, her manager and other workspaces see nothing of it."""

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.features.records import last_sent, logs, member_of, post_again, trail_of, type_again, wins_of

pytestmark = pytest.mark.door

SECRET = "Maple Street Family Medicine"


async def _everything_shown_to(person: Person, app: App) -> str:
    """All that the app ever showed this person, after they looked wherever they can."""
    for words in ("wins", "wins 2", "nudges", "help"):
        await person.slash(words)
    await person.opens_home()
    await app.deps.background.drain()
    assert person.home is not None
    seen = [message.text + message.words for message in (*person.sees(), *person.dms())]
    return "\n".join([*seen, person.home.words])


async def test_nobody_else_ever_sees_what_ana_logged(
    ana: Person, eli: Person, ben: Person, dee: Person, cy: Person, app: App, slack: Sandbox
) -> None:
    others = (eli, ben, dee, cy)
    for person in others:
        await person.slash("nudges")
    await logs(ana, app, baseline="120", practice=SECRET, note="mine alone", happened_on="2026-09-01")
    await slack.clock.advance(weeks=2)

    assert SECRET in await _everything_shown_to(ana, app)
    for person in others:
        shown = await _everything_shown_to(person, app)
        assert "No wins yet" in shown, person.name
        assert "You have no wins yet" in shown, person.name
        for mine in (SECRET, "mine alone", "120 →"):
            assert mine not in shown, person.name


async def test_the_same_user_id_in_two_workspaces_is_two_people(
    ana: Person, cy: Person, app: App, slack: Sandbox
) -> None:
    await logs(ana, app, practice=SECRET)
    await ana.slash("wins")
    asked = last_sent(slack, "slash_command")
    assert asked["user_id"] == ana.id

    status, answer = await type_again(slack, asked | {"team_id": cy.team, "team_domain": "lakeview-clinics"})

    assert status == 200
    assert "No wins yet" in answer
    assert SECRET not in answer
    hers, theirs = member_of(app, ana), member_of(app, ana, team=cy.team)
    assert hers.user_id == theirs.user_id
    assert hers.id != theirs.id
    assert hers.workspace_id != theirs.workspace_id


async def test_eli_presses_anas_buttons_and_gets_his_own_wins(
    ana: Person, eli: Person, app: App, slack: Sandbox
) -> None:
    await logs(ana, app, practice=SECRET)
    page = await ana.slash("wins")
    await ana.presses("My wins", on=ana.dms()[0])
    await app.deps.background.drain()
    assert page.ok
    pressed = last_sent(slack, "block_actions")
    pressed["user"] |= {"id": eli.id, "username": eli.name, "name": eli.name}

    status, _ = await post_again(slack, pressed)
    await app.deps.background.drain()

    assert status == 200
    answered = [call.args for call in slack.calls if call.method == "response_url"][-1]
    assert "No wins yet" in answered["text"]
    assert SECRET not in str(answered)


async def test_eli_sends_the_form_that_ana_opened_and_the_win_is_his(
    ana: Person, eli: Person, app: App, slack: Sandbox
) -> None:
    await logs(ana, app, practice=SECRET)
    sent = last_sent(slack, "view_submission")
    sent["user"] |= {"id": eli.id, "username": eli.name, "name": eli.name}

    await post_again(slack, sent)
    await app.deps.background.drain()

    assert len(wins_of(app, ana)) == 1
    assert len(wins_of(app, eli)) == 1
    assert len(ana.dms()) == 1
    assert len(eli.dms()) == 1


async def test_ana_and_cy_each_count_only_their_own_wins(ana: Person, cy: Person, app: App) -> None:
    await logs(ana, app)
    await logs(cy, app, result="7")

    assert [win.result for win in wins_of(app, ana)] == [150]
    assert [win.result for win in wins_of(app, cy)] == [7]
    assert "1 win." in (await cy.slash("wins")).words


async def test_the_trail_says_that_ana_logged_a_win_and_nothing_of_what_she_wrote(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await logs(ana, app, practice="Maple Street", note="a private thought")

    (win,) = wins_of(app, ana)
    (event,) = trail_of(app, ana)
    assert (event.action, event.subject, event.at) == ("win.logged", f"win:{win.id}", slack.clock.now())
    assert not [text for text in ("Maple", "thought", "150") if text in event.model_dump_json()]
