"""What an owner does to a win: share, withdraw, take back, delete, undo, answer; and that nobody else can."""

import asyncio
from collections.abc import Callable
from functools import partial

import pytest
from sqlmodel import Session

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.features.wins import changing
from storage import win_changes, wins
from storage.models import Win
from tests.features.records import last_sent, logs, member_of, post_again, trail_of, wins_of
from tests.features.teams import deeds_of, reports_to
from tests.features.verdicts import decides, newest

pytestmark = pytest.mark.door
sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def _presses(person: Person, app: App, label: str) -> str:
    """Presses in the newest thing the person sees here; what then stands there."""
    await person.presses(label, on=person.sees()[-1])
    await app.deps.background.drain()
    return person.sees()[-1].words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_shares_a_win_and_it_says_who_can_confirm_it(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    await logs(ana, app, visibility="me")
    await ana.slash("wins")

    words = await _presses(ana, app, "Share with my manager")

    assert f"Shared with <@{ben.id}>, who can confirm it now" in words
    assert "1 win." in words
    assert "_Waiting to be confirmed" in words
    assert newest(app, ana).status == "shared"
    assert [event.action for event in trail_of(app, ana)][-1] == "win.shared"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_without_a_manager_shares_all_the_same_and_hears_what_is_missing(
    ana: Person, app: App
) -> None:
    await logs(ana, app, visibility="me")

    seen = await ana.slash(f"wins share {newest(app, ana).id}")

    assert "nobody is set as your manager yet" in seen.words
    assert "Who is your manager?" in [block["accessory"]["text"]["text"] for block in seen.blocks[:1]]
    assert newest(app, ana).status == "shared"


@sqlite_only
async def test_a_list_comes_back_to_the_same_page_after_each_press(ana: Person, app: App) -> None:
    for day in range(1, 8):
        await logs(ana, app, result=str(100 + day), happened_on=f"2026-10-0{day}")
    await ana.slash("wins referrals since september page 2")

    words = await _presses(ana, app, "Delete")
    assert "Deleted: *Referrals from your panel*: 102 referrals" in words
    assert "6 wins in Referral growth since Sep 1, 2026, page 2 of 2." in words
    assert "101 referrals" in words

    words = await _presses(ana, app, "Undo")
    assert "It is back: *Referrals from your panel*: 102 referrals" in words
    assert "7 wins in Referral growth since Sep 1, 2026, page 2 of 2." in words

    await _presses(ana, app, "Delete")
    words = await _presses(ana, app, "Delete")
    assert "5 wins in Referral growth since Sep 1, 2026." in words
    assert "107 referrals" in words
    assert len([message for message in ana.sees() if "5 wins" in message.words]) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_withdraws_a_win_and_takes_it_back(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    await logs(ana, app, visibility="manager")
    await ana.slash("wins")

    words = await _presses(ana, app, "Withdraw")
    assert "Withdrawn, it counts for nothing now: *Referrals from your panel*: 150 referrals" in words
    assert newest(app, ana).status == "withdrawn"
    words = await _presses(ana, app, "Take back")
    assert "Taken back, only you see it now" in words
    assert "1 win." in words
    assert newest(app, ana).status == "private"


class TestDeleted:
    """Gone for a day, then for good."""

    async def test_within_a_day_it_comes_back_as_it_was(
        self, ana: Person, ben: Person, app: App, slack: Sandbox
    ) -> None:
        reports_to(app, ana, ben)
        await logs(ana, app, visibility="manager")
        win = await decides(app, ben, newest(app, ana), "confirmed")
        seen = await ana.slash(f"wins delete {win.id}")
        assert "You can take it back until Nov 24, 2026 at 10:00 AM." in seen.words
        assert "No wins yet" in (await ana.slash("wins")).words

        await slack.clock.advance(hours=23)
        assert "It is back" in (await ana.slash(f"wins undo {win.id}")).words

        assert newest(app, ana).status == "verified"
        assert "That one is back already" in (await ana.slash(f"wins undo {win.id}")).words

    async def test_after_a_day_it_is_gone_with_its_history(
        self, ana: Person, app: App, slack: Sandbox
    ) -> None:
        await logs(ana, app)
        win = newest(app, ana)
        await ana.slash(f"wins delete {win.id}")
        await app.deps.background.drain()
        await slack.clock.advance(hours=24.5)

        assert "gone for good" in (await ana.slash(f"wins undo {win.id}")).words
        assert list(wins_of(app, ana)) == []
        assert deeds_of(app, win) == []

    @sqlite_only
    async def test_a_day_is_a_day_even_where_nobody_has_tidied_up(
        self, ana: Person, app: App, slack: Sandbox
    ) -> None:
        await logs(ana, app)
        win = newest(app, ana)
        await ana.slash(f"wins delete {win.id}")
        slack.clock.tick = None
        await slack.clock.advance(days=1, minutes=1)

        assert "gone for good" in (await ana.slash(f"wins undo {win.id}")).words
        assert newest(app, ana).deleted_at is not None

    @sqlite_only
    async def test_what_waited_is_no_longer_in_the_managers_queue(
        self, ana: Person, ben: Person, app: App
    ) -> None:
        reports_to(app, ana, ben)
        await logs(ana, app, visibility="manager")
        before = len(ben.dms())
        assert "One win waits for you" in ben.dms()[-1].words

        await ana.slash(f"wins delete {newest(app, ana).id}")
        await app.deps.background.drain()

        assert ben.dms()[-1].words == "Nothing waits for you."
        assert len(ben.dms()) == before


class TestAnswering:
    """The manager asked; the owner answers."""

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    async def test_anas_answer_is_kept_and_the_win_waits_again(
        self, ana: Person, ben: Person, app: App
    ) -> None:
        win = await _asked(app, ana, ben, "Which quarter\nis that?")
        await ana.slash(f"wins answer {win.id}")
        assert ana.modal is not None
        assert f"<@{ben.id}> asks about *Referrals from your panel*: 150 referrals" in ana.modal.words
        assert "&gt; Which quarter\n&gt; is that?" in ana.modal.words

        ana.fills(answer="The third, from the EHR report.")
        await ana.submits()
        await app.deps.background.drain()

        assert ana.modal is not None
        assert "waits to be confirmed again" in ana.modal.words
        now = newest(app, ana)
        assert (now.status, now.shared_at) == ("shared", win.shared_at)
        _, said = deeds_of(app, win)[-1]
        assert said == "The third, from the EHR report."
        assert "One win waits for you" in ben.dms()[-1].words

    @sqlite_only
    async def test_patient_data_in_an_answer_is_refused_and_kept_nowhere(
        self, ana: Person, ben: Person, app: App
    ) -> None:
        win = await _asked(app, ana, ben)
        await ana.slash(f"wins answer {win.id}")
        ana.fills(answer="See MRN 00482913 for that one")
        seen = await ana.submits()

        assert set(seen.errors) == {"answer"}
        assert "00482913" not in str(seen.errors)
        assert newest(app, ana).status == "needs_info"

    @sqlite_only
    async def test_a_doubt_is_asked_about_once_for_what_it_is_about(
        self, ana: Person, ben: Person, app: App
    ) -> None:
        win = await _asked(app, ana, ben)
        await ana.slash(f"wins answer {win.id}")
        ana.fills(answer="Call me at 555-201-3344 about it")
        await ana.submits()
        assert ana.modal is not None
        assert "If it is a patient's" in ana.modal.words
        assert "555-201-3344" not in ana.modal.words
        assert newest(app, ana).status == "needs_info"

        seen = await ana.submits()
        assert list(seen.errors.values()) == ["Please tick this, or change what you wrote."]
        (box,) = seen.errors
        ana.fills({box: ["yes"]})
        await ana.submits()
        await app.deps.background.drain()

        assert newest(app, ana).status == "shared"

    @sqlite_only
    async def test_an_answer_that_arrives_twice_is_one_answer(
        self, ana: Person, ben: Person, app: App, slack: Sandbox
    ) -> None:
        win = await _asked(app, ana, ben)
        await ana.slash(f"wins answer {win.id}")
        ana.fills(answer="The third.")
        await ana.submits()

        status, answered = await post_again(slack, last_sent(slack, "view_submission"))
        await app.deps.background.drain()

        assert status == 200
        assert "waits to be confirmed again" in answered
        deeds = [deed for deed, _ in deeds_of(app, win)]
        assert deeds == ["logged", "asked", "answered"]

    @sqlite_only
    async def test_an_answer_that_comes_too_late_says_so_and_stays_in_the_form(
        self, ana: Person, ben: Person, app: App
    ) -> None:
        win = await _asked(app, ana, ben)
        await ana.slash(f"wins answer {win.id}")
        await decides(app, ben, win, "confirmed")
        ana.fills(answer="The third.")
        seen = await ana.submits()

        assert "no longer waits for an answer" in seen.errors["answer"]
        assert newest(app, ana).status == "verified"
        await ana.closes()
        assert "can't be done to this win as it is now" in (await ana.slash(f"wins answer {win.id}")).words


async def _asked(app: App, ana: Person, ben: Person, question: str = "Which quarter?") -> Win:
    reports_to(app, ana, ben)
    await logs(ana, app, visibility="manager")
    return await decides(app, ben, newest(app, ana), "asked", question)


class TestHistory:
    """Who did what and when."""

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    async def test_ana_reads_what_became_of_her_win(
        self, ana: Person, ben: Person, app: App, slack: Sandbox
    ) -> None:
        reports_to(app, ana, ben)
        await logs(ana, app, baseline="120", practice="Elm Clinic", note="first", visibility="manager")
        win = newest(app, ana)
        await slack.clock.advance(hours=2)
        await decides(app, ben, win, "asked", "Is that <all>?")
        await ana.slash(f"wins edit {win.id}")
        ana.fills(result="160", practice="Elm & Oak", note="second", visibility="me")
        await ana.submits()
        await app.deps.background.drain()

        words = (await ana.slash(f"wins history {win.id}")).words

        assert "*Logged* by you, Nov 23, 2026 at 10:00 AM" in words
        assert f"*A question* by <@{ben.id}>, Nov 23, 2026 at 12:00 PM" in words
        assert "&gt; Is that &lt;all&gt;?" in words
        assert "*Edited* by you, Nov 23, 2026 at 12:00 PM" in words
        for line in (
            "Result: 150 referrals → 160 referrals",
            "Practice: “Elm Clinic” → “Elm &amp; Oak”",
            "Note: “first” → “second”",
            "Who sees it: question → only you",
        ):
            assert line in words
        assert words.index("*Edited*") < words.index("*A question*") < words.index("*Logged*")
        assert "120 → 160 referrals" in words

    @sqlite_only
    async def test_a_long_history_is_read_in_pages(self, ana: Person, app: App) -> None:
        await logs(ana, app, visibility="me")
        win = newest(app, ana)
        for _ in range(12):
            await ana.slash(f"wins share {win.id}")
            await ana.slash(f"wins return {win.id}")

        words = (await ana.slash(f"wins history {win.id}")).words
        assert "*Taken back*" in words
        assert "*Logged*" not in words
        for _ in range(6):
            words += await _presses(ana, app, "More")
            if "*Logged*" in words:
                break
        assert words.count("*Shared with the manager*") == 12


ELSES = ("show", "edit", "share", "withdraw", "return", "delete", "undo", "history", "answer")


async def test_nobody_else_can_look_at_anas_win_or_touch_it(
    ana: Person, eli: Person, ben: Person, dee: Person, cy: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await logs(ana, app, practice="Maple Street", visibility="manager")
    await logs(ana, app, practice="Maple Street", visibility="manager")
    first, gone = wins_of(app, ana)
    await decides(app, ben, first, "asked", "Which?")
    await ana.slash(f"wins delete {gone.id}")
    await app.deps.background.drain()
    before = [win.model_dump() for win in wins_of(app, ana)]

    for person in (eli, ben, dee, cy):
        for verb in ELSES:
            for win in (first, gone):
                seen = await person.slash(f"wins {verb} {win.id}")
                assert "I can't find that win among" in seen.words, (person.name, verb)
                assert "Maple" not in seen.words
                assert person.modal is None, (person.name, verb)

    assert [win.model_dump() for win in wins_of(app, ana)] == before


@sqlite_only
async def test_eli_sends_the_answer_form_that_was_anas_and_nothing_happens(
    ana: Person, eli: Person, ben: Person, app: App, slack: Sandbox
) -> None:
    win = await _asked(app, ana, ben)
    await ana.slash(f"wins answer {win.id}")
    ana.fills(answer="The third.")
    await ana.submits()
    sent = last_sent(slack, "view_submission")
    await decides(app, ben, newest(app, ana), "asked", "And the second?")
    sent["user"] |= {"id": eli.id, "username": eli.name, "name": eli.name}

    _, answered = await post_again(slack, sent)

    assert "I can't find that win among yours" in answered
    assert newest(app, ana).status == "needs_info"


@sqlite_only
async def test_an_id_typed_wrong_is_told_with_a_way_to_the_list(ana: Person, app: App) -> None:
    await logs(ana, app)
    for words in ("show 99", "edit", "share x12", "delete 0", "history 9" + "9" * 30, "undo 3", "answer -1"):
        seen = await ana.slash(f"wins {words}")
        assert "I can't find that win among" in seen.words, words
        await ana.presses("My wins", on=seen.message)
        await app.deps.background.drain()
        assert "1 win." in ana.sees()[-1].words


@sqlite_only
async def test_what_a_win_does_not_allow_is_told_with_the_win_as_it_is(ana: Person, app: App) -> None:
    await logs(ana, app, visibility="me")
    win = newest(app, ana)
    for words in ("return", "answer"):
        seen = await ana.slash(f"wins {words} {win.id}")
        assert "can't be done to this win as it is now" in seen.words
        assert "_Only you see this_" in seen.words
    await ana.slash(f"wins withdraw {win.id}")
    assert "withdrew can't be edited" in (await ana.slash(f"wins edit {win.id}")).words


class TestAtOnce:
    """Two presses on the same win."""

    async def test_one_wins_and_the_other_is_told(
        self, ana: Person, app: App, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await logs(ana, app, visibility="me")
        win = newest(app, ana)
        monkeypatch.setattr(changing, "own", _overtaken(app, ana))

        seen = await ana.slash(f"wins share {win.id}")

        assert "changed a moment ago, so I did not touch it" in seen.words
        assert "_Withdrawn" in seen.words
        now = newest(app, ana)
        assert (now.status, now.revision) == ("withdrawn", 2)

    async def test_five_presses_at_once_make_one_change(self, ana: Person, app: App, slack: Sandbox) -> None:
        await logs(ana, app, visibility="me")
        win = newest(app, ana)
        await ana.slash("wins")
        await ana.presses("Share with my manager", on=ana.sees()[-1])
        body = last_sent(slack, "block_actions")
        await ana.slash(f"wins return {win.id}")

        answers = await asyncio.gather(*(post_again(slack, body) for _ in range(5)))
        await app.deps.background.drain()

        assert [status for status, _ in answers] == [200] * 5
        deeds = [deed for deed, _ in deeds_of(app, win)]
        assert deeds == ["logged", "shared", "returned", "shared"]


def _overtaken(app: App, ana: Person) -> Callable[..., Win | None]:
    """Reads the win and, the first time, lets another press of Ana's be quicker before it is changed."""
    real, by = changing.own, member_of(app, ana)
    quicker = iter([True])

    def own(session: Session, *args: object, **kwargs: object) -> Win | None:
        seen = real(session, *args, **kwargs)  # type: ignore[arg-type] # passed on as they came
        if seen is not None and next(quicker, False):
            stale = Win(**seen.model_dump())
            assert by.id is not None
            fresh = win_changes.change(
                session, seen, by=by.id, now=app.deps.now(), deed="withdrawn", status="withdrawn"
            )
            assert fresh is not None
            return stale
        return seen

    return own


async def test_every_change_is_on_the_trail_and_nothing_that_was_written(
    ana: Person, ben: Person, app: App
) -> None:
    win = await _asked(app, ana, ben)
    await ana.slash(f"wins answer {win.id}")
    ana.fills(answer="The third, by the clinic's own count.")
    await ana.submits()
    for verb in ("return", "withdraw", "return", "delete", "undo"):
        await ana.slash(f"wins {verb} {win.id}")

    events = [event for event in trail_of(app, ana) if event.subject == f"win:{win.id}"]
    deeds = ("logged", "answered", "returned", "withdrawn", "returned", "deleted", "restored")
    assert [event.action for event in events] == [f"win.{deed}" for deed in deeds]
    assert "clinic" not in "".join(event.model_dump_json() for event in trail_of(app, ana))


@sqlite_only
async def test_wins_counted_never_include_deleted_ones(ana: Person, app: App) -> None:
    await logs(ana, app)
    await logs(ana, app, result="151")
    await ana.slash(f"wins delete {newest(app, ana).id}")

    (kept, _) = wins_of(app, ana)
    count = partial(wins.count, workspace_id=kept.workspace_id, member_id=kept.member_id)
    assert app.deps.database.run(count) == 1
    assert "1 win." in (await ana.slash("wins")).words


@sqlite_only
async def test_a_confirmed_win_takes_ana_on_along_her_road(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    await logs(ana, app, visibility="manager")
    assert "At least one of your wins is confirmed" not in (await ana.slash("roadmap 5")).words

    await decides(app, ben, newest(app, ana), "confirmed")
    assert "At least one of your wins is confirmed" in (await ana.slash("roadmap 5")).words

    await ana.slash(f"wins delete {newest(app, ana).id}")
    assert "At least one of your wins is confirmed" not in (await ana.slash("roadmap 5")).words
