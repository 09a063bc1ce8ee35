"""When something goes wrong inside: the person is told in time, kindly, and nothing internal shows."""

import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sandbox.people import Person
from sandbox.people.seen import Seen
from sandbox.server import Sandbox
from slackbot import errors
from slackbot.app import App
from slackbot.errors import AWAY, BUSY, SLOW
from slackbot.web import Door
from storage import database
from tests.app import failing
from tests.app.conftest import Bring, WithFeatures
from tests.app.doors import as_json, bring, command, interaction, signed
from tests.app.failing import Failing
from tests.conftest import Trouble, kwargs_of

pytestmark = pytest.mark.door

SECRET = "Mrs Smith of ward 7"


def _code_in(text: str) -> str:
    found = re.search(r"this code: ([0-9a-f]{6})\.", text)
    assert found is not None, text
    return found[1]


def _logged_codes(trouble: Trouble) -> list[str]:
    return [kwargs_of(record)["reference"] for record in trouble.records if record.getMessage() == "failed"]


class TestABug:
    """An exception that nobody foresaw."""

    @pytest.fixture(autouse=True)
    def _expected(self, trouble: Trouble) -> None:
        trouble.expect("failed")

    async def test_in_a_command_is_answered_with_a_code_that_the_log_has(
        self, ana: Person, with_features: WithFeatures, trouble: Trouble
    ) -> None:
        async with with_features(Failing(failing.by_a_bug).feature):
            seen = await ana.slash(f"fails {SECRET}")

        assert seen.ok
        assert [_code_in(seen.words)] == _logged_codes(trouble)
        _assert_discreet(seen.words)

    async def test_in_a_form_keeps_it_open_with_what_was_typed(
        self, ana: Person, with_features: WithFeatures, trouble: Trouble
    ) -> None:
        async with with_features(Failing(failing.by_a_bug).feature):
            await ana.slash("opens")
            ana.fills(name=SECRET)
            seen = await ana.submits()

        assert seen.modal is not None
        assert [_code_in(seen.errors["name"])] == _logged_codes(trouble)
        _assert_discreet(seen.errors["name"])

    async def test_in_a_form_without_fields_is_told_in_its_place(
        self, ana: Person, with_features: WithFeatures, trouble: Trouble
    ) -> None:
        async with with_features(Failing(failing.by_a_bug, failing.NO_INPUTS).feature):
            await ana.slash("opens")
            seen = await ana.submits()

        assert seen.modal is not None
        assert [_code_in(seen.modal.words)] == _logged_codes(trouble)

    async def test_in_a_shortcut_is_told_in_a_window(
        self, ana: Person, with_features: WithFeatures, trouble: Trouble
    ) -> None:
        async with with_features(Failing(failing.by_a_bug).feature):
            seen = await ana.shortcut("test_shortcut")

        assert seen.modal is not None
        assert [_code_in(seen.modal.words)] == _logged_codes(trouble)

    async def test_right_after_a_form_opened_is_told_beside_it(
        self, ana: Person, with_features: WithFeatures, trouble: Trouble
    ) -> None:
        async with with_features(Failing(failing.by_a_bug).feature):
            seen = await ana.slash("openfail now")

        assert seen.modal is not None
        assert [_code_in(seen.words)] == _logged_codes(trouble)

    async def test_before_the_listener_is_told_too(
        self, brings: Bring, app: App, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def fails(*_: object) -> None:
            raise failing.SecretError(SECRET)

        monkeypatch.setattr(type(app.deps.slack.workspaces), "by_key", fails)
        answer = await brings(signed(command()))
        event = {"type": "event_callback", "team_id": "T0RIVERSIDE", "event": {"type": "app_home_opened"}}

        assert answer.status == 200
        assert _code_in(answer.words) in _logged_codes(trouble)
        _assert_discreet(answer.words)
        # Slack repeats an event that failed.
        assert (await brings(as_json(event))).status == 500


def _assert_discreet(text: str) -> None:
    for inner in (SECRET, "SecretError", "Traceback", ".py", "cannot read"):
        assert inner not in text


async def test_what_a_person_can_mend_is_told_and_not_logged_as_a_failure(
    ana: Person, with_features: WithFeatures, trouble: Trouble
) -> None:
    sentence = "That needs a target first."
    async with with_features(Failing(failing.by_saying).feature):
        typed = await ana.slash("fails")
        chosen = await ana.shortcut("test_shortcut")
        assert chosen.modal is not None
        await ana.closes()
        await ana.slash("opens")
        sent = await ana.submits()

    assert typed.words.startswith(sentence)
    assert chosen.modal.words.count(sentence) == 1
    assert sent.errors["name"].startswith(sentence)
    assert trouble.events() == []


async def test_a_field_that_must_be_mended_is_marked(ana: Person, with_features: WithFeatures) -> None:
    async with with_features(Failing(failing.by_a_field).feature):
        await ana.slash("opens")
        seen = await ana.submits()

    assert seen.errors == {"name": "Write a name."}
    assert seen.modal is not None


class TestTooSlow:
    """Slack gives up after three seconds."""

    def test_we_give_up_before_slack_does(self) -> None:
        assert database.PATIENCE < errors.PATIENCE < 3.0

    async def test_a_slow_answer_is_told_in_time(
        self, ana: Person, with_features: WithFeatures, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with with_features(Failing(failing.by_taking_long).feature):
            await ana.slash("opens")
            # Only now: on a busy machine opening the form takes longer than this too.
            monkeypatch.setattr(errors, "PATIENCE", 0.02)
            typed = await ana.slash("fails")
            sent = await ana.submits()

        assert typed.words == SLOW
        assert sent.errors == {"name": SLOW}
        assert trouble.events() == ["too_slow", "too_slow"]


class TestABusyDatabase:
    """Another program holds the lock on the file."""

    async def test_is_told_and_nothing_is_saved(
        self, ana: Person, app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database, "PATIENCE", 0.05)
        await _logs_a_win(ana)
        await app.deps.background.drain()
        with _locked(tmp_path / "prm.db"):
            seen = await ana.submits()

        assert list(seen.errors.values()) == [BUSY]
        assert seen.modal is not None
        assert _wins(tmp_path / "prm.db") == 0

        assert (await ana.submits()).errors == {}
        assert _wins(tmp_path / "prm.db") == 1


class TestADatabaseThatIsAway:
    """PostgreSQL is being restarted: people are told, in whatever way Slack shows it, and nothing counts as a failure."""

    @pytest.fixture(autouse=True)
    def _away(self, app: App, monkeypatch: pytest.MonkeyPatch) -> None:
        async def fails(*_: object) -> None:
            raise database.DatabaseAwayError

        monkeypatch.setattr(type(app.deps.slack.workspaces), "by_key", fails)

    async def test_a_command_is_answered(self, brings: Bring, trouble: Trouble) -> None:
        answer = await brings(signed(command()))

        assert (answer.status, answer.words) == (200, AWAY)
        assert set(trouble.events()) == {"database_away"}

    async def test_a_form_stays_open_with_what_was_typed(self, brings: Bring) -> None:
        view = {
            "type": "modal",
            "callback_id": "log_win",
            "id": "V1",
            "private_metadata": "",
            "state": {"values": {}},
            "blocks": [{"type": "input", "block_id": "result"}],
        }
        sent = {"type": "view_submission", "team": {"id": "T0RIVERSIDE"}, "user": {"id": "U1"}, "view": view}

        answer = await brings(interaction(sent))

        assert answer.status == 200
        assert answer.json == {"response_action": "errors", "errors": {"result": AWAY}}

    async def test_an_event_is_to_be_sent_again(self, brings: Bring) -> None:
        event = {"type": "event_callback", "team_id": "T0RIVERSIDE", "event": {"type": "app_home_opened"}}

        assert (await brings(as_json(event))).status == 500

    def test_what_is_said_does_not_claim_that_nothing_was_saved(self) -> None:
        """Of a server that goes away while it saves nobody knows; of one that is busy we do."""
        assert "nothing was saved" not in AWAY
        assert "nothing was saved" in BUSY


async def _logs_a_win(person: Person) -> None:
    await person.slash("log")
    person.fills(metric="Referrals from your panel", baseline="120", result="150")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def _wins(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT count(*) FROM win").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.parametrize("error", ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"])
async def test_a_form_that_came_too_late_is_told(ana: Person, slack: Sandbox, error: str) -> None:
    slack.faults.add("views.open", error, times=2)

    typed: Seen = await ana.slash("log")

    assert typed.ok
    assert "once more" in typed.words
    # Without a trigger there is no window to say it in, so a shortcut only stays quiet.
    assert (await ana.shortcut("log_win")).ok


async def test_bolts_own_words_about_a_body_stay_out_of_the_log(
    with_features: WithFeatures, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with with_features() as own:
        door = Door(own.bolt, app.deps).asgi()
        answer = await bring(door, signed(command(SECRET), secret="wrong"))

    assert answer.status == 401
    assert "Smith" not in caplog.text
