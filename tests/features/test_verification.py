"""Ben confirms what his liaisons share, asks, declines or hands it on; nobody else can, and nobody their own."""

import json

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.features.verification.deciding import NOT_YOURS
from tests.features.records import assert_said_in_full, logs, trail_of, wins_of
from tests.features.teams import deeds_of, press, reports_to, shares

pytestmark = pytest.mark.door
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_ben_confirms_what_ana_shared_and_she_hears_of_it(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    await shares(ana, app, baseline="120", note="Q3 against Q3", practice="Maple Street")

    queue = await ben.slash("verify")
    assert "One win waits for you" in queue.words
    assert f"<@{ana.id}>, waiting less than an hour" in queue.words
    assert "120 → 150 referrals (+25.0%)" in queue.words
    assert "Q3 against Q3" in queue.words
    assert_said_in_full(queue.text, queue.blocks)
    after = await press(ben, "Confirm", queue, app)

    assert after.words.startswith(f"You confirmed <@{ana.id}>'s win. *Referrals from your panel*: 120 → 150")
    assert "Nothing waits for you." in after.words
    (win,) = wins_of(app, ana)
    assert (win.status, win.revision, win.decided_revision) == ("verified", 2, 2)
    assert deeds_of(app, win) == [("logged", None), ("confirmed", None)]
    copy, news = ana.dms()
    assert "Confirmed" in copy.words
    assert news.words.startswith(f"<@{ben.id}> confirmed your win.")
    assert [(each.action, each.subject) for each in trail_of(app, ben)] == [
        ("win.read", f"win:{win.id}"),
        ("win.confirmed", f"win:{win.id}"),
    ]


@on_sqlite
async def test_the_queue_is_oldest_first_with_ages_and_leaves_private_wins_out(
    ana: Person, eli: Person, ben: Person, app: App, slack: Sandbox
) -> None:
    for liaison in (ana, eli):
        reports_to(app, liaison, ben)
    await shares(eli, app, result="7")
    await slack.clock.advance(days=3)
    await shares(ana, app, result="8")
    await logs(ana, app, result="9", note="mine alone", visibility="me")

    queue = await ben.slash("queue")

    assert "2 wins wait for you" in queue.words
    assert "The oldest waits 3 days." in queue.words
    assert queue.words.index(f"<@{eli.id}>, waiting 3 days") < queue.words.index(f"<@{ana.id}>")
    assert "mine alone" not in queue.words


@on_sqlite
async def test_a_long_queue_comes_in_pages_that_ben_leafs_through(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    for result in range(11, 17):
        await shares(ana, app, result=str(result), note="a long story " * 60)

    first = await ben.slash("verify")
    assert "6 wins wait for you" in first.words
    assert "You see 1 to 2." in first.words
    second = await press(ben, "More", first, app)
    assert "You see 3 to 4." in second.words
    assert "13 referrals" in second.words
    assert "12 referrals" not in second.words
    for left in (5, 4, 3, 2):
        second = await press(ben, "Confirm", second, app)
        assert f"{left} wins wait for you" in second.words
    # All after them are done, so that the first ones are next.
    assert "11 referrals" in second.words
    details = await press(ben, "Details", second, app)
    assert ("a long story " * 60).strip() in details.words


@on_sqlite
async def test_a_question_goes_to_ana_and_her_answer_comes_back(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    win = await shares(ana, app)
    queue = await ben.slash("verify")

    await press(ben, "Ask a question", queue, app)
    ben.fills(text="Which practices <are> in it?")
    await ben.submits()
    await app.deps.background.drain()

    assert ben.modal is not None
    assert f"<@{ana.id}> has your question" in ben.modal.words
    await ben.presses("Back to the queue")
    await app.deps.background.drain()
    assert "One more waits for its owner's answer." in ben.modal.words
    await ben.closes(all=True)
    question = ana.dms()[-1]
    assert f"<@{ben.id}> has a question about your win" in question.words
    assert "&gt; Which practices &lt;are&gt; in it?" in question.words

    await ana.presses("Answer", on=question)
    ana.fills(answer="Maple and Elm.")
    await ana.submits()
    await app.deps.background.drain()

    back = await ben.slash("verify")
    assert "Which practices &lt;are&gt; in it?" in back.words
    assert "Maple and Elm." in back.words
    after = await press(ben, "Confirm", back, app)
    assert "You confirmed" in after.words
    assert [deed for deed, _ in deeds_of(app, win)] == ["logged", "asked", "answered", "confirmed"]


@on_sqlite
async def test_ben_declines_with_a_reason_that_only_ana_sees(
    ana: Person, ben: Person, app: App, slack: Sandbox
) -> None:
    reports_to(app, ana, ben)
    win = await shares(ana, app)
    queue = await ben.slash("verify")

    await press(ben, "Decline", queue, app)
    ben.fills(text="The two quarters count different practices.")
    await ben.submits()
    await app.deps.background.drain()

    assert wins_of(app, ana)[0].status == "declined"
    news = ana.dms()[-1]
    assert f"<@{ben.id}> did not confirm your win" in news.words
    assert "The two quarters count different practices." in news.words
    await ben.closes()
    assert "Nothing waits for you." in (await ben.slash("verify")).words
    # It is hers alone again.
    assert NOT_YOURS not in (await ben.slash(f"verify confirm {win.id} 2")).words
    assert "150" not in (await ben.slash(f"verify show {win.id}")).words
    await ana.presses("Edit", on=news)
    assert ana.modal is not None


@on_sqlite
async def test_ben_hands_a_win_on_to_another_manager(
    ana: Person, eli: Person, ben: Person, dee: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    reports_to(app, eli, dee)
    await shares(ana, app)
    queue = await ben.slash("verify")
    await press(ben, "Delegate", queue, app)
    refused = {
        ben.id: "waits for you already",
        ana.id: "nobody confirms their own",
        eli.id: "Nobody reports to them",
    }
    for person, why in refused.items():
        ben.fills(to=person)
        seen = await ben.submits()
        assert why in seen.errors["to"]
    ben.fills(to=dee.id)
    await ben.submits()
    await app.deps.background.drain()

    assert ben.modal is not None
    assert f"waits for <@{dee.id}> now" in ben.modal.words
    await ben.closes()
    assert "Nothing waits for you." in (await ben.slash("verify")).words
    assert "Nothing waits for you." in ben.dms()[-1].words
    assert "One win waits for you" in dee.dms()[-1].words
    hers = await dee.slash("verify")
    assert "Delegate" not in json.dumps(hers.blocks)
    await press(dee, "Confirm", hers, app)
    (win,) = wins_of(app, ana)
    assert (win.status, win.delegate_id) == ("verified", None)
    # What is decided is not the delegate's to see any more.
    gone = await dee.slash(f"verify show {win.id}")
    assert f"You have confirmed <@{ana.id}>'s win already." in gone.words
    assert "150" not in gone.words


@on_sqlite
async def test_a_win_is_never_handed_to_somebody_below_its_owner(
    ana: Person, eli: Person, ben: Person, dee: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    reports_to(app, dee, ana)
    reports_to(app, eli, dee)
    await shares(ana, app)
    await press(ben, "Delegate", await ben.slash("verify"), app)
    ben.fills(to=dee.id)

    assert "report to the owner" in (await ben.submits()).errors["to"]


@on_sqlite
async def test_ben_confirms_a_whole_page_but_for_what_changed_meanwhile(
    ana: Person, eli: Person, ben: Person, app: App
) -> None:
    for liaison in (ana, eli):
        reports_to(app, liaison, ben)
    for result in ("11", "12"):
        await shares(ana, app, result=result)
    changing = await shares(eli, app, result="14")
    queue = await ben.slash("verify")
    before = len(ana.dms()), len(eli.dms())

    assert queue.message is not None
    await ben.presses("Confirm all on this page", on=queue.message, confirm=False)
    assert {win.status for win in wins_of(app, ana)} == {"shared"}
    assert "Confirm 3 wins?" in json.dumps(queue.blocks)
    await eli.slash(f"wins edit {changing.id}")
    eli.fills(result="15")
    await eli.submits()
    await app.deps.background.drain()
    after = await press(ben, "Confirm all on this page", queue, app)

    assert "You confirmed 2 wins. Left as they are:" in after.words
    assert f"<@{eli.id}>'s win changed meanwhile. *Referrals from your panel*: 15 referrals" in after.words
    assert [win.status for win in wins_of(app, eli)] == ["shared"]
    assert (len(ana.dms()), len(eli.dms())) == (before[0] + 1, before[1])
    assert f"<@{ben.id}> confirmed 2 of your wins." in ana.dms()[-1].words


@on_sqlite
async def test_the_queue_moves_with_the_manager_and_the_old_buttons_say_so_kindly(
    ana: Person, eli: Person, ben: Person, dee: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    reports_to(app, eli, ben)
    win = await shares(ana, app)
    old = await ben.slash("verify")

    reports_to(app, ana, dee)

    assert NOT_YOURS in (await press(ben, "Confirm", old, app)).words
    for words in ("ask", "decline", "delegate"):
        await ben.slash(f"verify {words} {win.id}")
        assert ben.modal is not None
        assert NOT_YOURS in ben.modal.words
        assert "150" not in ben.modal.words
        await ben.closes()
    assert wins_of(app, ana)[0].status == "shared"
    await press(dee, "Confirm", await dee.slash("verify"), app)
    # Who decided it now is none of his business.
    assert (await ben.slash(f"verify confirm {win.id} 1")).words.startswith(NOT_YOURS)


@on_sqlite
async def test_nobody_decides_about_their_own_win_nor_about_a_strangers(
    ana: Person, eli: Person, ben: Person, dee: Person, cy: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    reports_to(app, eli, ana)
    win = await shares(ana, app)

    assert "nobody decides about their own" in (await ana.slash(f"verify confirm {win.id} 1")).words
    assert "nobody decides about their own" in (await ana.slash(f"verify all {win.id}:1")).words
    nowhere = {person.id: (await person.slash("verify confirm 999 1")).words for person in (eli, dee, cy)}
    for person in (eli, dee, cy):
        assert (await person.slash(f"verify confirm {win.id} 1")).words == nowhere[person.id]
        assert (await person.slash(f"verify show {win.id}")).words == nowhere[person.id]
        bulk = (await person.slash(f"verify all {win.id}:1")).words
        assert bulk == (await person.slash("verify all 999:1")).words
    (still,) = wins_of(app, ana)
    assert (still.status, still.revision) == ("shared", 1)


@on_sqlite
async def test_somebody_whom_nobody_reports_to_hears_what_this_is_for(eli: Person, app: App) -> None:
    for words in ("verify", "verify 7", "verify 0", "verify what", "queue"):
        seen = await eli.slash(words)
        assert "Nobody reports to you here yet" in seen.words, words
    assert "I can't tell which win" in (await eli.slash("verify all")).words


@on_sqlite
async def test_the_one_message_about_the_queue_and_home_keep_themselves_up_to_date(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await ben.opens_home()
    for result in ("11", "12", "13", "14"):
        await shares(ana, app, result=result)

    (told,) = ben.dms()
    assert "4 wins wait for you" in told.words
    assert ben.home is not None
    assert "4 wins to confirm, the oldest waits less than an hour." in ben.home.words
    assert f"<@{ana.id}>: *Referrals from your panel*: 13 referrals" in ben.home.words
    assert "14 referrals" not in ben.home.words
    await ben.presses("Open the queue", on=told)
    await app.deps.background.drain()
    for label in ("Confirm all on this page", "Confirm"):
        await ben.presses(label)
        await app.deps.background.drain()

    (told,) = [message for message in ben.dms() if message.ephemeral_to is None]
    assert told.words == "Nothing waits for you."
    assert "Nothing waits for you." in ben.home.words


@on_sqlite
async def test_a_question_is_screened_before_it_goes_anywhere(
    ana: Person, ben: Person, app: App, slack: Sandbox
) -> None:
    reports_to(app, ana, ben)
    win = await shares(ana, app)
    await press(ben, "Ask a question", await ben.slash("verify"), app)

    ben.fills(text="Is it the patient with MRN 12345678?")
    assert "12345678" not in (await ben.submits()).errors["text"]
    ben.fills(text="Who picks up at (212) 555-0147?")
    await ben.submits()
    assert ben.modal is not None
    assert "phone number" in ben.modal.words
    await ben.submits()
    assert list(ben.errors.values()) == ["Please tick this, or change what you wrote."]
    assert deeds_of(app, win) == [("logged", None)]
    ben.fills(cleared_1=["yes"])
    await ben.submits()
    await app.deps.background.drain()

    assert deeds_of(app, win)[-1] == ("asked", "Who picks up at (212) 555-0147?")
    sent = json.dumps([call.args for call in slack.calls], default=str)
    assert "12345678" not in sent
