"""Somebody meets the app: at whatever door, they get what they asked for, and one short welcome after it, once."""

import asyncio
import json

import aiohttp
import pytest

from sandbox.outbound import signed
from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.state import Message
from slackbot.app import App
from slackbot.features.welcome import READS, READS_NOT, TITLE
from slackbot.settings import Settings
from slackbot.ui.pages import fits
from tests.conftest import running
from tests.features.records import last_sent, logs, member_of, type_again
from tests.features.reporting import opens, relations
from tests.features.teams import reports_to, shares

pytestmark = pytest.mark.door
one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no database decides."""


@pytest.fixture
async def app(app: App) -> App:
    """Where nobody has met the app yet."""
    app.deps.welcomed.clear()
    return app


def welcomes(person: Person) -> list[Message]:
    """Every welcome they can read, in their channel and from the app directly."""
    return [each for each in (*person.sees(), *person.dms()) if TITLE in each.words]


async def _types(person: Person, app: App, words: str) -> str:
    """What they read as the answer; what follows it is done when this returns."""
    seen = await person.slash(words)
    await app.deps.background.drain()
    return seen.words


async def _opens_home(person: Person, app: App) -> str:
    await person.opens_home()
    await app.deps.background.drain()
    assert person.home is not None
    return person.home.words


class TestTheFirstCommand:
    """Answered as ever; the welcome stands below, for their eyes only."""

    async def test_is_answered_first_and_the_welcome_comes_once(self, ana: Person, app: App) -> None:
        first = await _types(ana, app, "roadmap")
        await _types(ana, app, "roadmap")
        app.deps.welcomed.clear()  # as after a restart
        await _types(ana, app, "help")

        assert "*1." in first
        assert TITLE not in first
        (welcome,) = welcomes(ana)
        assert welcome.ephemeral_to == ana.id
        assert [each.ts for each in ana.sees()].index(welcome.ts) == 1
        assert member_of(app, ana).welcomed_at == app.deps.now()

    @one_engine
    async def test_brings_a_welcome_that_says_who_sees_what_and_when_it_writes(
        self, ana: Person, app: App
    ) -> None:
        ana.zone = "Asia/Kolkata"
        await _types(ana, app, "help")

        (welcome,) = welcomes(ana)
        assert "Kolkata time" in welcome.words
        assert "Mondays at 9:00 AM" in welcome.words
        assert "Your manager sees only what you share" in welcome.words
        assert fits(welcome.blocks)
        for label, form in (("Change time", "nudge_settings"), ("Your profile", "profile")):
            await ana.presses(label, on=welcome)
            await app.deps.background.drain()
            assert ana.modal is not None
            assert form in str(ana.modal.callback_id)
            await ana.closes()

    async def test_sent_twice_at_the_same_time_brings_one_welcome(
        self, ana: Person, app: App, slack: Sandbox
    ) -> None:
        await ana.opens_home()  # the profile is read, so that both get to the welcome together
        await app.deps.background.drain()

        await asyncio.gather(ana.slash("roadmap"), ana.slash("help"), ana.slash("wins"))
        await app.deps.background.drain()

        assert len(welcomes(ana)) == 1

    @one_engine
    async def test_that_opens_a_form_is_not_held_up(self, ana: Person, app: App) -> None:
        await _types(ana, app, "log")

        assert ana.modal is not None
        assert len(welcomes(ana)) == 1

    @one_engine
    async def test_gets_its_welcome_the_next_time_where_slack_refused_it(
        self, ana: Person, app: App, slack: Sandbox
    ) -> None:
        slack.faults.add("response_url", "no_text")
        await _types(ana, app, "help")
        assert welcomes(ana) == []
        assert member_of(app, ana).welcomed_at is None

        await _types(ana, app, "help")

        assert len(welcomes(ana)) == 1

    @one_engine
    async def test_is_answered_though_slack_cannot_say_who_it_is(
        self, ana: Person, app: App, slack: Sandbox
    ) -> None:
        slack.faults.add("users.info", "internal_error")

        assert "*1." in await _types(ana, app, "roadmap")
        assert len(welcomes(ana)) == 1

    @one_engine
    async def test_of_somebody_in_another_workspace_has_a_welcome_of_its_own(
        self, ana: Person, cy: Person, app: App
    ) -> None:
        await _types(ana, app, "help")
        await _types(cy, app, "help")

        assert len(welcomes(cy)) == 1


@one_engine
class TestTheFirstAdmin:
    """Is told what there is to set up; the second finds it done."""

    async def test_reads_about_managers_criteria_and_content_of_their_own(
        self, dee: Person, slack: Sandbox, app: App
    ) -> None:
        await _types(dee, app, "help")

        (welcome,) = welcomes(dee)
        for part in ("first admin", "who reports to whom", "PRM_CONTENT_DIR", "For admins"):
            assert part in welcome.words
        assert fits(welcome.blocks)
        gus = slack.hires("gus", is_admin=True)
        await _types(gus, app, "help")
        assert "first admin" not in welcomes(gus)[0].words

    async def test_can_go_straight_to_each_of_them(self, dee: Person, app: App) -> None:
        await _types(dee, app, "help")
        (welcome,) = welcomes(dee)

        for label in ("Who reports to whom", "Criteria"):
            await dee.presses(label, on=welcome)
            assert dee.modal is not None, label
            await dee.closes(all=True)
        await dee.presses("For admins", on=welcome)
        await app.deps.background.drain()
        assert "For admins" in dee.sees()[-1].words

    async def test_is_somebody_else_than_a_liaison(self, ana: Person, app: App) -> None:
        await _types(ana, app, "help")

        assert "first admin" not in welcomes(ana)[0].words


@one_engine
class TestHome:
    """Shows the welcome on top until they have had it."""

    async def test_shows_it_until_got_it_is_pressed(self, ana: Person, app: App) -> None:
        assert (await _opens_home(ana, app)).startswith(TITLE)
        assert TITLE in await _opens_home(ana, app)

        await ana.presses("Got it", on=ana.home)
        await app.deps.background.drain()

        assert ana.home is not None
        assert TITLE not in ana.home.words
        assert ana.modal is None
        await _types(ana, app, "help")
        assert welcomes(ana) == []

    async def test_is_enough_for_somebody_who_presses_anything_there(self, ana: Person, app: App) -> None:
        await _opens_home(ana, app)
        await ana.presses("Log a win", on=ana.home)
        await app.deps.background.drain()
        await ana.closes()

        assert TITLE not in await _opens_home(ana, app)
        assert welcomes(ana) == []

    async def test_does_not_say_it_again_to_whom_a_command_said_it(self, ana: Person, app: App) -> None:
        await _types(ana, app, "help")

        assert TITLE not in await _opens_home(ana, app)

    async def test_says_what_happens_to_what_is_written_to_the_app(
        self, ana: Person, app: App, slack: Sandbox
    ) -> None:
        assert READS in await _opens_home(ana, app)

        await slack.install("riverside", without=["im:history"])

        words = await _opens_home(ana, app)
        assert READS_NOT in words
        assert READS not in words


@one_engine
async def test_ana_begins_with_the_shortcut_and_is_welcomed_after_her_win_is_saved(
    ana: Person, app: App
) -> None:
    await ana.shortcut("log_win_shortcut")
    await app.deps.background.drain()
    assert welcomes(ana) == []
    ana.fills(metric="referrals", result="150")
    await ana.submits()
    await app.deps.background.drain()

    assert [TITLE in each.words for each in ana.dms()] == [False, True]


@one_engine
async def test_ana_asks_for_the_welcome_again(ana: Person, app: App) -> None:
    assert TITLE in await _types(ana, app, "welcome")
    assert TITLE in await _types(ana, app, "welcome")

    assert len(welcomes(ana)) == 2
    assert "says it again" in await _types(ana, app, "welcome done")


@one_engine
class TestNobodyIsWrittenToUnasked:
    """Before they have used the app they only hear of what concerns them."""

    async def test_who_is_added_gets_one_message_that_says_what_this_is(
        self, ana: Person, ben: Person, eli: Person, app: App, slack: Sandbox
    ) -> None:
        reports_to(app, ana, ben)
        await opens(ben, app, "team add", liaison=eli.id)
        await slack.clock.advance(weeks=2)

        (hello,) = eli.dms()
        assert "added you to their team" in hello.words
        assert "I am PRM Coach" in hello.words
        assert welcomes(eli) == []
        assert eli.home is None

        await _types(eli, app, "help")
        await slack.clock.advance(weeks=1)
        assert len(welcomes(eli)) == 1
        assert len(eli.dms()) == 2

    async def test_who_uses_it_already_is_not_told_what_it_is(
        self, ana: Person, ben: Person, eli: Person, app: App
    ) -> None:
        await _types(eli, app, "help")
        reports_to(app, ana, ben)
        await opens(ben, app, "team add", liaison=eli.id)

        assert "I am PRM Coach" not in eli.dms()[-1].words

    async def test_a_manager_who_was_only_named_is_welcomed_when_they_answer(
        self, ana: Person, ben: Person, app: App
    ) -> None:
        await opens(ana, app, "manager ask", manager=ben.id)
        (asked,) = ben.dms()
        await ben.opens_home("messages")
        await app.deps.background.drain()
        assert "I am PRM Coach" in asked.words
        assert welcomes(ben) == []

        await ben.presses("Accept", on=asked)
        await app.deps.background.drain()

        assert relations(app)[0].state == "current"
        answer, welcome = (each for each in ben.sees(ben.app_dm) if each.ephemeral_to == ben.id)
        assert "reports to you now" in answer.words
        assert TITLE in welcome.words


def _answers(person: Person) -> list[Message]:
    return [each for each in person.dms() if TITLE not in each.words]


@one_engine
class TestAMessageToTheApp:
    """Is answered there, as if it stood behind `/prm`."""

    async def _says(self, person: Person, app: App, text: str) -> str:
        await person.says(text)
        await app.deps.background.drain()
        return _answers(person)[-1].words

    async def test_is_a_question_or_a_command_and_the_first_brings_the_welcome(
        self, ana: Person, app: App
    ) -> None:
        assert "nurse" in (await self._says(ana, app, "do I need to be a nurse for this?")).lower()
        assert [TITLE in each.words for each in ana.dms()] == [False, True]

        await logs(ana, app, result="150")
        assert "1 win" in await self._says(ana, app, "wins")
        assert "1 win" in await self._says(ana, app, "`/prm wins`")
        assert "Did you mean" in await self._says(ana, app, "rodmap")
        assert len(welcomes(ana)) == 1

    async def test_that_needs_a_form_gets_a_button_for_it(self, ana: Person, app: App) -> None:
        assert "Log a win* is a form" in await self._says(ana, app, "log referrals & more")

        await ana.presses("Open it", on=_answers(ana)[-1])

        assert ana.modal is not None
        assert ana.modal.callback_id == "log_win"

    async def test_with_a_doubt_in_it_is_not_said_back_in_that_button(self, ana: Person, app: App) -> None:
        await self._says(ana, app, "log referrals of our patient Maria Gomez")

        assert "Gomez" not in str(_answers(ana)[-1].blocks)
        await ana.presses("Open it", on=_answers(ana)[-1])
        assert ana.modal is not None

    async def test_about_a_patient_is_neither_kept_nor_answered(self, ana: Person, app: App) -> None:
        for text in ("SSN:512-83-4472", "wins SSN:512-83-4472", "log SSN:512-83-4472"):
            said = await self._says(ana, app, text)
            assert "looks like it holds" in said
            assert "delete your message" in said
        assert not any("512-83" in each.words + str(each.blocks) for each in ana.dms())

    async def test_in_a_thread_is_answered_in_the_thread(self, ana: Person, app: App, slack: Sandbox) -> None:
        await self._says(ana, app, "help")
        event = last_sent(slack, "event:message")["event"]
        await slack.send_event(ana.team, event | {"ts": "1795446001.000100", "thread_ts": event["ts"]})
        await app.deps.background.drain()

        assert _answers(ana)[-1].thread_ts == event["ts"]

    @pytest.mark.parametrize(
        "other",
        [
            {"subtype": "message_changed"},
            {"subtype": "file_share"},
            {"bot_id": "B0OTHER"},
            {"files": [{"id": "F1"}]},
            {"text": ""},
            {"user": "USLACKBOT"},
            {"channel_type": "channel"},
        ],
        ids=str,
    )
    async def test_that_is_no_persons_words_to_it_is_left_alone(
        self, ana: Person, app: App, slack: Sandbox, other: dict[str, object]
    ) -> None:
        event = {
            "type": "message",
            "channel_type": "im",
            "channel": ana.app_dm,
            "user": ana.id,
            "text": "help",
            "ts": "1795446001.000100",
        }
        sent = await slack.send_event(ana.team, event | other)
        await app.deps.background.drain()

        assert sent.status == 200
        assert ana.dms() == []
        await slack.send_event(ana.team, event)
        await app.deps.background.drain()
        assert len(_answers(ana)) == 1

    async def test_that_slack_repeats_is_answered_once(self, ana: Person, app: App, slack: Sandbox) -> None:
        await self._says(ana, app, "help")
        event = last_sent(slack, "event:message")["event"]

        await slack.send_event(ana.team, event)
        await app.deps.background.drain()

        assert len(_answers(ana)) == 1

    async def test_that_cannot_be_answered_because_of_slack_harms_nobody(
        self, ana: Person, app: App, slack: Sandbox
    ) -> None:
        slack.faults.add("chat.postMessage", "restricted_action")
        await ana.says("help")
        await app.deps.background.drain()
        assert ana.dms() == []

        assert "I help you on the road" in await self._says(ana, app, "help")

    async def test_that_looks_like_a_command_repeated_by_hand_is_answered_as_a_command(
        self, ana: Person, app: App, slack: Sandbox
    ) -> None:
        await ana.slash("help", channel=ana.app_dm)
        await app.deps.background.drain()
        status, said = await type_again(slack, last_sent(slack, "slash_command"))

        assert status == 200
        assert "I help you on the road" in said


@one_engine
async def test_a_message_repeated_to_an_app_that_was_restarted_is_answered_once(
    slack: Sandbox, settings: Settings
) -> None:
    """Its memory is gone, so it looks for its answer in the conversation."""
    ana = slack.person("ana")
    async with running(slack, settings) as app:
        await slack.install("riverside")
        await ana.says("help")
        await app.deps.background.drain()
    heard = last_sent(slack, "event:message")
    async with running(slack, settings) as app:
        await _repeats(slack, heard)
        await app.deps.background.drain()
        assert len(_answers(ana)) == 1

        heard["event"]["ts"] = "1795446001.000100"
        await _repeats(slack, heard)
        await app.deps.background.drain()
        assert len(_answers(ana)) == 2


async def _repeats(slack: Sandbox, body: dict[str, object]) -> None:
    """As Slack does when nobody took an event in time."""
    raw = json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "x-slack-retry-num": "1"} | signed(raw)
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.world.app_url}/slack/events", data=raw, headers=headers) as response,
    ):
        assert response.status == 200


async def test_a_manager_whose_first_deed_is_to_confirm_is_welcomed_below_the_answer(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await shares(ana, app)
    queue = ben.dms()[-1]

    await ben.presses("Open the queue", on=queue)
    await app.deps.background.drain()

    answer, welcome = (each for each in ben.sees(ben.app_dm) if each.ephemeral_to == ben.id)
    assert "win" in answer.words
    assert TITLE in welcome.words
