"""The demo: what is written in it, what stops it, and starting it from the command line."""

import re
from datetime import date, timedelta
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner

from content import load
from sandbox import demo
from sandbox.demo import aim_calendar, aims, courses, episodes
from sandbox.demo.acts import Asks, Stage
from sandbox.demo.calendar import Planned, Span
from sandbox.demo.calendar import year as calendar_of
from sandbox.demo.cast import LIAISONS
from sandbox.demo.measures import MEASURES
from sandbox.server import Sandbox
from slackbot.__main__ import main
from slackbot.app import App
from tests.app.processes import prm
from tests.databases import Databases
from tests.sandbox.story import TODAY

pytestmark = [pytest.mark.door, pytest.mark.slow]

SHORT = timedelta(weeks=8)
NOT_TO_BE_SAID = re.compile(
    r"\b(patients?|mrn|dob|born|ssn|gifts?|meals?|dinners?|lunch|tickets?|stipends?|vouchers?|rates|"
    r"guarantee\w*|exclusive\w*|in (return|exchange) for)\b|@|\d{3}[-. ]\d{2,}",
    re.IGNORECASE,
)
"""Patient details, and things of value beside referrals."""


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> str:
    """SQLite only, as the sandbox has it."""
    return databases.fresh("sqlite", tmp_path)


# What is written


def test_the_measures_are_those_of_the_content() -> None:
    known = {(metric.outcome, metric.id) for metric in load().metrics}

    assert {(one.outcome, one.metric) for one in MEASURES} <= known


def test_nothing_is_written_that_should_not_be_in_a_win() -> None:
    notes = [note for one in MEASURES for note in (*one.better, *one.worse)]
    places = [place for persona in LIAISONS for place in (persona.territory, *persona.practices)]

    questions = [text for pairs in courses.QUESTIONS.values() for pair in pairs for text in pair]
    reasons = [*courses.WITHOUT_SOURCE, *courses.OTHER_NUMBER, courses.BY_HAND, episodes.MEANT]
    reasons += [aims.REVISION.why, aim_calendar.WHOLE_PANEL]
    told = [text for one in episodes.LATEST for text in (one[3].title, one[3].note, one[3].practice) if text]

    written = notes + places + questions + reasons + told
    assert [text for text in written if NOT_TO_BE_SAID.search(text)] == []


def test_a_note_with_a_patient_or_a_gift_would_be_found() -> None:
    for text in ("One patient said", "Gift cards went out", "Call 555-0100", "Dinner for the office"):
        assert NOT_TO_BE_SAID.search(text)


# What goes wrong


async def test_an_answer_that_does_not_fit_stops_the_demo_with_a_sentence(
    slack: Sandbox, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = Planned(slack.clock.now(), "Ana asks", Asks("ana", "roadmap", "the weather"))
    monkeypatch.setattr(demo, "year", lambda _span, _seed: [odd])

    with pytest.raises(demo.DemoError, match=r"^The demo stopped on November 23, 2026, where Ana asks\."):
        await demo.live(slack, until=slack.clock.now(), settle=app.deps.background.drain)


async def test_what_slack_answers_with_an_error_stops_the_demo(slack: Sandbox, app: App) -> None:
    stage = Stage(slack, app.deps.background.drain)
    slack.faults.add("users.info", "fatal_error")
    await slack.person("ana").slash("nudges")

    with pytest.raises(demo.DemoError, match=r"^Slack answered users\.info with fatal_error\.$"):
        await stage.settle()


async def test_a_form_that_is_refused_stops_the_demo(slack: Sandbox, app: App) -> None:
    tomorrow = date(2026, 11, 25)
    wins = [one.act for one in calendar_of(Span(TODAY, TODAY + SHORT), 1) if "logs a win" in one.what]
    logs = next(act for act in wins if act.win.happened_on > tomorrow)  # type: ignore[attr-defined] # a Logs, by its name
    stage = Stage(slack, app.deps.background.drain)
    who = logs.who  # type: ignore[attr-defined] # the same
    if who not in {"ana", "eli"}:
        slack.hires(who)

    with pytest.raises(demo.DemoError, match="That day has not come yet"):
        await logs.play(stage)


# Starting it


def test_a_finished_demo_is_not_made_again(tmp_path: Path) -> None:
    assert demo.Marker(tmp_path).wanted()

    demo.Marker(tmp_path).begin()
    half_made_when_begun = demo.Marker(tmp_path).half_made
    demo.Marker(tmp_path).finish()

    assert half_made_when_begun
    assert not demo.Marker(tmp_path).half_made
    assert not demo.Marker(tmp_path).wanted()


async def test_prm_sandbox_shows_a_finished_demo_at_once(tmp_path: Path) -> None:
    _folder(tmp_path, "done")

    assert "Living a year" not in await _visit(tmp_path, "--demo")


async def test_prm_sandbox_clears_a_demo_away_that_was_interrupted(tmp_path: Path) -> None:
    (_folder(tmp_path, "begun") / "slack.json").write_text("half a year")

    await _visit(tmp_path)

    assert not demo.Marker(tmp_path / ".sandbox").half_made


def _folder(folder: Path, how_far: str) -> Path:
    """The sandbox's folder, in which the demo got this far."""
    kept = folder / ".sandbox"
    kept.mkdir()
    demo.Marker(kept).begin()
    if how_far == "done":
        demo.Marker(kept).finish()
    return kept


async def _visit(folder: Path, *more: str) -> str:
    """What `prm sandbox` said, once somebody has looked at its page."""
    async with prm(folder, "sandbox", "--port", "0", *more) as process, aiohttp.ClientSession() as browser:
        found = await process.says(r"Open (http://127\.0\.0\.1:\d+) in your browser", out=True)
        async with browser.get(found[1]) as page:
            assert page.status == 200
        ended = await process.stops()
    assert ended.code == 0, ended
    return ended.err + "".join(process.said)


def test_somebodys_own_sandbox_is_not_painted_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kept = tmp_path / ".sandbox" / "slack.json"
    kept.parent.mkdir()
    kept.write_text("theirs")

    answer = CliRunner().invoke(main, ["sandbox", "--demo", "--port", "0"])

    assert answer.exit_code == 1
    assert answer.output.strip() == (
        "There is a sandbox without the demo already. Start afresh with: prm sandbox --fresh --demo"
    )
    assert kept.read_text() == "theirs"
