"""Two who decide at once, a win that changes under its manager's eyes, a press that comes twice: nothing is lost,
nothing is done twice, and whoever came second is told so."""

import asyncio

import pytest

from sandbox.people import Person, Seen
from sandbox.server import Sandbox
from slackbot.app import App
from tests.features.records import last_sent, post_again, wins_of
from tests.features.teams import deeds_of, press, reports_to, shares

pytestmark = pytest.mark.door


async def test_two_managers_confirm_the_same_win_at_once(
    ana: Person, eli: Person, ben: Person, dee: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    reports_to(app, eli, dee)
    win = await shares(ana, app)
    await press(ben, "Delegate", await ben.slash("verify"), app)
    ben.fills(to=dee.id)
    await ben.submits()
    await ben.closes()
    await app.deps.background.drain()
    before = len(ana.dms())

    answers = await asyncio.gather(*(each.slash(f"verify confirm {win.id} 2") for each in (ben, dee)))
    await app.deps.background.drain()

    won = [each for each in answers if each.words.startswith("You confirmed")]
    assert len(won) == 1
    winner, (loser,) = (ben, dee)[answers.index(won[0])], [each for each in answers if each not in won]
    assert loser.words.startswith(f"<@{winner.id}> confirmed <@{ana.id}>'s win before you.")
    assert [deed for deed, _ in deeds_of(app, win)] == ["logged", "delegated", "confirmed"]
    assert len(ana.dms()) == before + 1


async def test_ana_edits_her_win_while_ben_confirms_it(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    win = await shares(ana, app)
    await ana.slash(f"wins edit {win.id}")
    ana.fills(result="151")

    edited, confirmed = await asyncio.gather(ana.submits(), ben.slash(f"verify confirm {win.id} 1"))
    await app.deps.background.drain()

    (now,) = wins_of(app, ana)
    done = [deed for deed, _ in deeds_of(app, win)]
    if confirmed.words.startswith("You confirmed"):
        assert not edited.ok
        assert (now.status, int(now.result), done) == ("verified", 150, ["logged", "confirmed"])
    else:
        assert "changed this win while you were looking. Here it is now." in confirmed.words
        assert (now.status, int(now.result), done) == ("shared", 151, ["logged", "edited"])


async def test_what_ben_saw_is_what_he_confirms(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    win = await shares(ana, app)
    queue = await ben.slash("verify")
    await ana.slash(f"wins edit {win.id}")
    ana.fills(result="151")
    await ana.submits()
    await app.deps.background.drain()

    fresh = await press(ben, "Confirm", queue, app)

    assert fresh.words.startswith(f"<@{ana.id}> changed this win while you were looking. Here it is now.")
    assert "151 referrals" in fresh.words
    assert wins_of(app, ana)[0].status == "shared"
    after = await press(ben, "Confirm", fresh, app)
    assert "You confirmed" in after.words
    assert wins_of(app, ana)[0].decided_revision == 3


async def test_a_double_tap_confirms_once(ana: Person, ben: Person, app: App, slack: Sandbox) -> None:
    reports_to(app, ana, ben)
    win = await shares(ana, app)
    await press(ben, "Confirm", await ben.slash("verify"), app)
    pressed = last_sent(slack, "block_actions")
    before = len(ana.dms())

    statuses = [status for status, _ in await asyncio.gather(*(post_again(slack, pressed) for _ in range(2)))]
    await app.deps.background.drain()

    assert statuses == [200, 200]
    assert [deed for deed, _ in deeds_of(app, win)] == ["logged", "confirmed"]
    assert len(ana.dms()) == before
    assert f"You have confirmed <@{ana.id}>'s win already." in ben.sees()[-1].text


async def test_three_taps_at_the_same_moment_confirm_once(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    win = await shares(ana, app)
    before = len(ana.dms())

    answers = await asyncio.gather(*(ben.slash(f"verify confirm {win.id} 1") for _ in range(3)))
    await app.deps.background.drain()

    said = sorted(_first_words(each) for each in answers)
    assert said == ["You confirmed", "You have", "You have"]
    assert [deed for deed, _ in deeds_of(app, win)] == ["logged", "confirmed"]
    assert len(ana.dms()) == before + 1


def _first_words(seen: Seen) -> str:
    return " ".join(seen.words.split()[:2])


async def test_the_same_question_arrives_three_times_and_is_asked_once(
    ana: Person, ben: Person, app: App, slack: Sandbox
) -> None:
    reports_to(app, ana, ben)
    win = await shares(ana, app)
    await press(ben, "Ask a question", await ben.slash("verify"), app)
    before = len(ana.dms())
    ben.fills(text="Which practices?")
    await ben.submits()
    sent = last_sent(slack, "view_submission")

    answers = await asyncio.gather(*(post_again(slack, sent) for _ in range(2)))
    await app.deps.background.drain()

    assert [status for status, _ in answers] == [200, 200]
    assert all("Nothing was done twice." in text for _, text in answers)
    assert deeds_of(app, win) == [("logged", None), ("asked", "Which practices?")]
    assert len(ana.dms()) == before + 1


async def test_ben_asks_about_a_win_that_changes_while_he_writes(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    win = await shares(ana, app)
    await press(ben, "Ask a question", await ben.slash("verify"), app)
    ben.fills(text="Which practices?")
    await ana.slash(f"wins edit {win.id}")
    ana.fills(result="151")
    await ana.submits()
    await app.deps.background.drain()

    await ben.submits()

    assert ben.modal is not None
    assert "changed this win while you were looking. Here it is now." in ben.modal.words
    assert "151 referrals" in ben.modal.words
    assert [deed for deed, _ in deeds_of(app, win)] == ["logged", "edited"]
    await ben.submits()
    assert deeds_of(app, win)[-1] == ("asked", "Which practices?")


async def test_two_managers_confirm_the_same_page_in_opposite_order(
    ana: Person, eli: Person, ben: Person, dee: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    reports_to(app, eli, dee)
    ids = []
    for result in ("11", "12", "13"):
        win = await shares(ana, app, result=result)
        await ben.slash(f"verify delegate {win.id}")
        ben.fills(to=dee.id)
        await ben.submits()
        await ben.closes()
        ids.append(win.id)
    await app.deps.background.drain()
    before = len(ana.dms())

    forth, back = (" ".join(f"{each}:2" for each in order) for order in (ids, reversed(ids)))
    answers = await asyncio.gather(ben.slash(f"verify all {forth}"), dee.slash(f"verify all {back}"))
    await app.deps.background.drain()

    confirmed = [deed for win in wins_of(app, ana) for deed, _ in deeds_of(app, win) if deed == "confirmed"]
    assert confirmed == ["confirmed"] * 3
    assert {win.status for win in wins_of(app, ana)} == {"verified"}
    quick, slow = sorted((each.words for each in answers), key=lambda said: "Nothing was confirmed" in said)
    assert quick.startswith("You confirmed 3 wins.")
    assert "Left as they are:" in slow
    assert f"confirmed <@{ana.id}>'s win before you." in slow
    assert len(ana.dms()) == before + 1
