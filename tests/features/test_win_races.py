"""Two at once, or a database that somebody else has locked: nothing is lost, nothing is done twice, and whoever comes
too late is told so in a sentence. Two who confirm, and an edit during that: see test_verification_races."""

import asyncio
from collections.abc import Callable

import pytest

import storage.database
import storage.engine
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from storage import verification, win_changes
from storage.database import DatabaseBusyError
from storage.models import Win
from tests.conftest import Trouble
from tests.features.locking import Waiting, held
from tests.features.records import last_sent, member_of, post_again, typed, wins_of
from tests.features.reporting import opens
from tests.features.teams import deeds_of, reports_to, shares

pytestmark = pytest.mark.door

BUSY = "I'm busy for a moment, so nothing was saved. Please try that again."
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def waiting(app: App, monkeypatch: pytest.MonkeyPatch) -> Waiting:
    return Waiting(app, monkeypatch)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that lasts longer than anybody can wait, without the wait."""
    monkeypatch.setattr(storage.database, "PATIENCE", 0.1)
    monkeypatch.setattr(storage.engine, "LOCK_MS", 100)


@pytest.fixture
def team(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)


@pytest.mark.usefixtures("team")
class TestALockedDatabase:
    """For a moment, or for longer than Slack waits."""

    async def test_keeps_a_new_win_waiting_and_then_it_is_saved_once(
        self, ana: Person, ben: Person, app: App, waiting: Waiting
    ) -> None:
        await ana.slash("log referrals")
        ana.fills(result="150", visibility="manager")
        with held(app, member_of(app, ana)) as lock:
            sending = asyncio.create_task(ana.submits())
            await waiting.begins()
            assert wins_of(app, ana) == []
            lock.rollback()
            assert (await sending).ok
        await app.deps.background.drain()

        _logged_once_and_told(ana, ben, app)

    async def test_keeps_a_confirmation_waiting_and_then_it_is_done_once(
        self, ana: Person, ben: Person, app: App, waiting: Waiting
    ) -> None:
        win = await shares(ana, app)
        with held(app, win) as lock:
            confirming = asyncio.create_task(ben.slash(f"verify confirm {win.id} 1"))
            await waiting.begins()
            assert wins_of(app, ana)[0].status == "shared"
            lock.rollback()
            assert (await confirming).words.startswith("You confirmed")
        await app.deps.background.drain()

        _confirmed_once_and_told(ana, win, app)

    @pytest.mark.usefixtures("impatient")
    async def test_that_stays_locked_keeps_what_was_typed_and_takes_it_the_next_time(
        self, ana: Person, ben: Person, app: App, trouble: Trouble
    ) -> None:
        trouble.expect("background_failed")  # reading her profile, which can be done another time
        await ana.slash("log referrals")
        ana.fills(result="150", visibility="manager")
        with held(app, member_of(app, ana)):
            assert list((await ana.submits()).errors.values()) == [BUSY]
            assert typed(ana, "result") == "150"
            assert wins_of(app, ana) == []

        assert (await ana.submits()).ok
        await app.deps.background.drain()
        _logged_once_and_told(ana, ben, app)

    @pytest.mark.usefixtures("impatient")
    async def test_that_stays_locked_says_so_to_who_confirms_and_takes_it_the_next_time(
        self, ana: Person, ben: Person, app: App, trouble: Trouble
    ) -> None:
        trouble.expect("background_failed")
        win = await shares(ana, app)
        with held(app, win):
            assert (await ben.slash(f"verify confirm {win.id} 1")).words == BUSY
            assert wins_of(app, ana)[0].status == "shared"

        assert (await ben.slash(f"verify confirm {win.id} 1")).words.startswith("You confirmed")
        await app.deps.background.drain()
        _confirmed_once_and_told(ana, win, app)

    @pytest.mark.slow
    @pytest.mark.parametrize("seconds", [2.0])
    async def test_for_two_seconds_loses_nothing_and_doubles_nothing(
        self, seconds: float, ana: Person, ben: Person, app: App, trouble: Trouble
    ) -> None:
        """In real time, as Slack would wait: done or refused in a sentence, and done once when it is tried again."""
        trouble.expect("background_failed")
        loop = asyncio.get_running_loop()
        await ana.slash("log referrals")
        ana.fills(result="150", visibility="manager")
        with held(app, member_of(app, ana)) as lock:
            loop.call_later(seconds, lock.rollback)
            seen = await ana.submits()
        assert seen.ok or list(seen.errors.values()) == [BUSY]
        assert seen.ok or (await ana.submits()).ok
        await app.deps.background.drain()
        _logged_once_and_told(ana, ben, app)

        (win,) = wins_of(app, ana)
        with held(app, win) as lock:
            loop.call_later(seconds, lock.rollback)
            said = (await ben.slash(f"verify confirm {win.id} 1")).words
        if said == BUSY:
            said = (await ben.slash(f"verify confirm {win.id} 1")).words
        assert said.startswith("You confirmed")
        await app.deps.background.drain()
        _confirmed_once_and_told(ana, win, app)

    @on_sqlite
    async def test_after_a_message_was_posted_it_is_not_posted_again(
        self, ana: Person, ben: Person, app: App, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What was posted has to be remembered, or the next change would post it a second time."""
        for module, name in ((win_changes, "remember_copy"), (verification, "keep_queue_message")):
            monkeypatch.setattr(module, name, _busy_at_first(getattr(module, name)))
        win = await shares(ana, app)
        await opens(ana, app, f"wins edit {win.id}", result="151")

        _told_once(ana, ben)
        assert "151 referrals" in ana.dms()[0].words
        assert "151 referrals" in ben.dms()[0].words


def _busy_at_first(real: Callable[..., None]) -> Callable[..., None]:
    tries = iter([True])

    def busy(*args: object, **kwargs: object) -> None:
        if next(tries, False):
            raise DatabaseBusyError
        real(*args, **kwargs)

    return busy


def _told_once(ana: Person, ben: Person) -> None:
    assert [each.words.startswith("Saved.") for each in ana.dms()] == [True]
    assert ["One win waits for you" in each.words for each in ben.dms()] == [True]


def _logged_once_and_told(ana: Person, ben: Person, app: App) -> None:
    (win,) = wins_of(app, ana)
    assert deeds_of(app, win) == [("logged", None)]
    _told_once(ana, ben)


def _confirmed_once_and_told(ana: Person, win: Win, app: App) -> None:
    assert [deed for deed, _ in deeds_of(app, win)] == ["logged", "confirmed"]
    copy, news = ana.dms()
    assert "Confirmed" in copy.words
    assert "confirmed your win." in news.words


@pytest.mark.usefixtures("team")
class TestAtOnce:
    """Two who do different things to the same win, and one thing that arrives three times."""

    async def test_one_manager_confirms_and_another_declines_and_one_of_them_did(
        self, ana: Person, eli: Person, ben: Person, dee: Person, app: App
    ) -> None:
        reports_to(app, eli, dee)
        win = await shares(ana, app)
        await opens(ben, app, f"verify delegate {win.id}", to=dee.id)
        await ben.closes(all=True)
        await dee.slash(f"verify decline {win.id}")
        dee.fills(text="Counted twice.")

        confirmed, _ = await asyncio.gather(ben.slash(f"verify confirm {win.id} 2"), dee.submits())
        await app.deps.background.drain()

        (now,) = wins_of(app, ana)
        assert dee.modal is not None
        decision = [deed for deed, _ in deeds_of(app, win)][2:]
        if now.status == "verified":
            assert decision == ["confirmed"]
            assert confirmed.words.startswith("You confirmed")
            assert f"<@{ben.id}> confirmed <@{ana.id}>'s win before you." in dee.modal.words
        else:
            assert (now.status, decision) == ("declined", ["declined"])
            assert "You declined" in dee.modal.words
            assert "does not wait for you any more" in confirmed.words
        assert sum("your win" in each.words for each in ana.dms()) == 1

    @pytest.mark.parametrize(
        ("verb", "then"), [("withdraw", "withdrawn"), ("return", "private"), ("delete", "deleted")]
    )
    async def test_ana_takes_a_win_away_while_ben_confirms_it(
        self, verb: str, then: str, ana: Person, ben: Person, app: App
    ) -> None:
        win = await shares(ana, app)

        took, confirmed = await asyncio.gather(
            ana.slash(f"wins {verb} {win.id}"), ben.slash(f"verify confirm {win.id} 1")
        )
        await app.deps.background.drain()

        (now,) = wins_of(app, ana)
        deeds = [deed for deed, _ in deeds_of(app, win)]
        assert now.revision == len(deeds)
        was_confirmed = confirmed.words.startswith("You confirmed")
        assert ("confirmed" in deeds) is was_confirmed
        assert was_confirmed or "does not wait for you any more" in confirmed.words
        taken = {"withdraw": "withdrawn", "return": "returned", "delete": "deleted"}[verb] in deeds
        assert taken or "Here it is now" in took.words or "as it is now" in took.words
        left = "deleted" if now.deleted_at else now.status
        assert left == (then if taken else "verified")
        assert len(ana.dms()) == 1 + was_confirmed

    async def test_an_answer_that_arrives_three_times_at_once_is_one_answer(
        self, ana: Person, ben: Person, app: App, slack: Sandbox
    ) -> None:
        win = await shares(ana, app)
        await opens(ben, app, f"verify ask {win.id}", text="Which practices?")
        await opens(ana, app, f"wins answer {win.id}", answer="All of them.")
        body = last_sent(slack, "view_submission")
        await opens(ben, app, f"verify ask {win.id}", text="And the quarter?")
        body["view"]["state"]["values"]["answer"]["answer"]["value"] = "The third."
        before = len(ana.dms())

        answers = await asyncio.gather(*(post_again(slack, body) for _ in range(3)))
        await app.deps.background.drain()

        assert all("this win waits" in text.lower() for _, text in answers), answers
        assert deeds_of(app, win)[3:] == [("asked", "And the quarter?"), ("answered", "The third.")]
        assert len(ana.dms()) == before

    async def test_a_win_handed_on_three_times_at_once_is_handed_on_once(
        self, ana: Person, eli: Person, ben: Person, dee: Person, app: App, slack: Sandbox
    ) -> None:
        reports_to(app, eli, dee)
        gone, win = await shares(ana, app), await shares(ana, app)
        await opens(ben, app, f"verify delegate {gone.id}", to=dee.id)
        body = last_sent(slack, "view_submission")
        body["view"] |= {"private_metadata": f"{win.id} 1"}

        answers = await asyncio.gather(*(post_again(slack, body) for _ in range(3)))
        await app.deps.background.drain()

        assert sum("waits for" in text for _, text in answers) == 1
        assert sum("Nothing was done twice." in text for _, text in answers) == 2
        assert [deed for deed, _ in deeds_of(app, win)] == ["logged", "delegated"]
        assert ["2 wins wait for you" in each.words for each in dee.dms()] == [True]
