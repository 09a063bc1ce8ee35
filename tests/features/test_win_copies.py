"""What follows a change of a win: the owner's copy and the manager's one message, kept as new as the win."""

import asyncio

import pytest
from sqlmodel import select

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot import win_news
from slackbot.app import App
from slackbot.win_news import person_of
from storage.models import AuditEvent
from tests.conftest import Trouble
from tests.features.records import assert_said_in_full, logs, member_of, trail_of, wins_of
from tests.features.teams import reports_to
from tests.features.verdicts import decides, newest

pytestmark = pytest.mark.door
sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def _edits(person: Person, app: App, **fields: str) -> None:
    await person.slash(f"wins edit {newest(app, person).id}")
    person.fills(**fields)
    assert (await person.submits()).errors == {}
    await app.deps.background.drain()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_copy_follows_an_edit_and_no_second_one_comes(ana: Person, app: App) -> None:
    await logs(ana, app, baseline="120", note="as reported")
    await _edits(ana, app, result="160", note="as <corrected>")

    (copy,) = ana.dms()
    assert "Saved. *Referrals from your panel*: 120 → 160 referrals" in copy.words
    assert "&gt; as &lt;corrected&gt;" in copy.words
    assert "150" not in copy.words
    assert_said_in_full(copy.text, copy.blocks)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_copy_says_what_became_of_the_win(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    await logs(ana, app, visibility="manager")
    win = newest(app, ana)
    assert "Waiting to be confirmed" in ana.dms()[0].words

    await decides(app, ben, win, "asked", "Which quarter?")
    assert "Question from your manager" in ana.dms()[0].words
    await ana.presses("Answer", on=ana.dms()[0])
    assert ana.modal is not None
    await ana.closes()
    await decides(app, ben, win, "confirmed")
    assert "Confirmed" in ana.dms()[0].words
    await ana.presses("Edit", on=ana.dms()[0])
    assert ana.modal is not None
    assert ana.home is not None
    assert "_Confirmed_" in ana.home.words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_deleted_wins_copy_says_nothing_of_it_but_how_to_take_it_back(ana: Person, app: App) -> None:
    await logs(ana, app, practice="Elm Clinic")
    await ana.slash(f"wins delete {newest(app, ana).id}")
    await app.deps.background.drain()

    (copy,) = ana.dms()
    assert copy.words.startswith("Deleted. You can take it back until Nov 24, 2026 at 10:00 AM.")
    assert not [part for part in ("Elm", "150", "Referrals") if part in copy.words + copy.text]

    await ana.presses("Undo", on=copy)
    await app.deps.background.drain()
    assert "Elm Clinic" in ana.dms()[0].words
    assert newest(app, ana).deleted_at is None


async def test_two_quick_edits_leave_the_newer_text(ana: Person, app: App) -> None:
    await logs(ana, app)
    win = newest(app, ana)
    for result in ("160", "170"):
        await ana.slash(f"wins edit {win.id}")
        ana.fills(result=result)
        await ana.submits()
    await app.deps.background.drain()

    (copy,) = ana.dms()
    assert "170 referrals" in copy.words


async def test_a_win_that_is_told_of_many_times_at_once_gets_one_copy(
    ana: Person, app: App, slack: Sandbox, trouble: Trouble
) -> None:
    trouble.expect("background_failed")
    slack.faults.add("chat.postMessage", "internal_error")
    await _logs_without_a_copy(ana, app)
    win = newest(app, ana)

    await asyncio.gather(*(win_news.refresh(app.deps, win.workspace_id, win.id or 0) for _ in range(5)))

    assert len(ana.dms()) == 1
    assert (newest(app, ana).copy_channel, newest(app, ana).copy_ts) == (
        ana.dms()[0].channel,
        ana.dms()[0].ts,
    )


async def _logs_without_a_copy(ana: Person, app: App) -> None:
    await logs(ana, app)
    assert ana.dms() == []


@sqlite_only
async def test_a_copy_that_could_not_be_sent_comes_with_the_next_change(
    ana: Person, app: App, slack: Sandbox, trouble: Trouble
) -> None:
    trouble.expect("background_failed")
    slack.faults.add("chat.postMessage", "internal_error")
    await _logs_without_a_copy(ana, app)
    assert trouble.events().count("background_failed") == 1

    await _edits(ana, app, result="160")

    assert "160 referrals" in ana.dms()[0].words


@sqlite_only
async def test_a_copy_that_could_not_be_rewritten_catches_up_later(
    ana: Person, app: App, slack: Sandbox, trouble: Trouble
) -> None:
    await logs(ana, app)
    trouble.expect("background_failed")
    slack.faults.add("chat.update", "internal_error")
    await _edits(ana, app, result="160")
    assert "150 referrals" in ana.dms()[0].words

    await _edits(ana, app, practice="Elm Clinic")

    assert "160 referrals" in ana.dms()[0].words
    assert "Elm Clinic" in ana.dms()[0].words


@sqlite_only
async def test_a_copy_that_is_gone_is_not_posted_again(ana: Person, app: App, slack: Sandbox) -> None:
    await logs(ana, app)
    slack.faults.add("chat.update", "message_not_found")
    await _edits(ana, app, result="160")

    assert len(ana.dms()) == 1
    assert "160 referrals" in (await ana.slash("wins")).words


@sqlite_only
async def test_a_win_of_another_workspace_is_not_told_of(ana: Person, cy: Person, app: App) -> None:
    await logs(ana, app)
    await logs(cy, app)
    before = (len(ana.dms()), len(cy.dms()))
    win, theirs = newest(app, ana), newest(app, cy)

    await win_news.refresh(app.deps, theirs.workspace_id, win.id or 0)
    await win_news.refresh_queue(app.deps, theirs.workspace_id, win.member_id)

    assert (len(ana.dms()), len(cy.dms())) == before


def _whole_trail(app: App) -> list[AuditEvent]:
    return app.deps.database.run(lambda session: list(session.exec(select(AuditEvent))))


class TestTheManagersMessage:
    """One, that says what waits."""

    async def test_it_comes_once_and_follows_the_queue(
        self, ana: Person, eli: Person, ben: Person, app: App
    ) -> None:
        for person in (ana, eli):
            reports_to(app, person, ben)
        await logs(ana, app, visibility="manager")
        (queue,) = ben.dms()
        assert "*One win waits for you*, since Nov 23, 2026." in queue.words
        assert f"• <@{ana.id}>: *Referrals from your panel*: 150 referrals" in queue.words
        assert_said_in_full(queue.text, queue.blocks)

        for result in ("160", "170"):
            await logs(eli, app, result=result, visibility="manager")
        (queue,) = ben.dms()
        assert "*3 wins wait for you*" in queue.words
        assert queue.words.count(f"<@{eli.id}>") == 2

        for person in (ana, eli):
            for win in wins_of(app, person):
                await decides(app, ben, win, "confirmed")
        (queue,) = ben.dms()
        assert queue.words == "Nothing waits for you."
        assert member_of(app, ben).queue_ts is None

        await logs(ana, app, result="180", visibility="manager")
        assert len(ben.dms()) == 2
        assert "180 referrals" in ben.dms()[-1].words

    @sqlite_only
    async def test_it_names_five_and_counts_the_rest(
        self, ana: Person, ben: Person, app: App, slack: Sandbox
    ) -> None:
        reports_to(app, ana, ben)
        for number in range(1, 8):
            await logs(ana, app, result=str(100 + number), visibility="manager")
            await slack.clock.advance(minutes=1)

        (queue,) = ben.dms()
        assert "*7 wins wait for you*" in queue.words
        assert [number for number in range(101, 108) if f"{number} referrals" in queue.words] == [
            *range(101, 106)
        ]
        assert "And 2 more." in queue.words

    @sqlite_only
    async def test_private_wins_are_not_in_it(self, ana: Person, ben: Person, app: App) -> None:
        reports_to(app, ana, ben)
        await logs(ana, app, visibility="me")
        assert ben.dms() == []

        await logs(ana, app, result="160", visibility="manager")
        await ana.slash(f"wins return {newest(app, ana).id}")
        await app.deps.background.drain()

        assert [message.words for message in ben.dms()] == ["Nothing waits for you."]

    @sqlite_only
    async def test_it_leaves_a_trace_of_ids_only(self, ana: Person, ben: Person, app: App) -> None:
        reports_to(app, ana, ben)
        await logs(ana, app, practice="Elm Clinic", visibility="manager")

        told = [event for event in _whole_trail(app) if event.action == "queue.told"]
        assert [(event.actor_id, event.subject) for event in told] == [
            (None, f"member:{member_of(app, ben).id}")
        ]
        assert "queue.told" not in [event.action for event in trail_of(app, ben)]

    @sqlite_only
    async def test_a_manager_who_cannot_be_reached_keeps_nobody_from_sharing(
        self, ana: Person, ben: Person, app: App, slack: Sandbox, trouble: Trouble
    ) -> None:
        reports_to(app, ana, ben)
        trouble.expect("background_failed")
        slack.faults.add("chat.postMessage", "internal_error", channel=ben.id)
        await logs(ana, app, visibility="manager")

        assert ben.dms() == []
        assert "Waiting to be confirmed" in ana.dms()[0].words
        await logs(ana, app, result="160", visibility="manager")
        assert "*2 wins wait for you*" in ben.dms()[0].words


@sqlite_only
async def test_news_reaches_its_owner_by_a_message_of_its_own(ana: Person, app: App) -> None:
    await logs(ana, app)
    win_news.tell_owner(app.deps, newest(app, ana), {"text": "Confirmed.", "blocks": []})
    await app.deps.background.drain()

    assert [message.text for message in ana.dms()][1:] == ["Confirmed."]
    assert person_of(member_of(app, ana)).user_id == ana.id
