"""`/prm privacy export`: all of one's own and nobody else's, as a zip where files may be sent, else in pages of text."""

import base64
import csv
import io
import json
import zipfile
from typing import Any

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.settings import load
from storage import forgetting
from tests.conftest import Trouble, running
from tests.features.progress_scene import Progress, progress_scene
from tests.features.records import logs, member_of
from tests.features.target_acts import one_engine

pytestmark = pytest.mark.door


async def takes(person: Person, app: App, slack: Sandbox) -> zipfile.ZipFile:
    """Asks for everything; the file that comes."""
    known = set(slack.state.files)
    seen = await person.slash("privacy export")
    assert "on its way" in seen.words
    await app.deps.background.drain()
    (new,) = [file for number, file in slack.state.files.items() if number not in known]
    assert new.channels == [person.app_dm]
    assert new.name == "prm-coach-2026-11-23.zip"
    return zipfile.ZipFile(io.BytesIO(base64.b64decode(new.content)))


def told(archive: zipfile.ZipFile) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(archive.read("everything.json"))
    return found


async def test_ana_takes_all_that_is_hers(app: App, slack: Sandbox) -> None:
    there = await progress_scene(app, slack)
    ana, ben = there.people["ana"], there.people["ben"]
    await ben.slash(f"verify show {there.verified}")
    await app.deps.background.drain()

    archive = await takes(ana, app, slack)
    found = told(archive)

    assert {"profile", "win", "win_revision", "target", "reporting", "audit_event"} <= set(found)
    (me,) = found["profile"]
    assert (me["name"], me["user_id"], me["target_rung"]) == ("Ana Duarte", ana.id, "manager")
    assert {win["practice"] for win in found["win"]} == {"Osprey Hollow", "Larkspur Crossing", "Teal Landing"}
    assert {win["result"] for win in found["win"]} == {"9417", "7341", "5519"}
    confirmed = [row for row in found["win_revision"] if row["deed"] == "confirmed"]
    assert [(row["by_id"], row["row"]["decided_by"]) for row in confirmed] == [("Ben Okafor", "Ben Okafor")]
    assert {each["proposed_by"] for each in found["target"]} == {"you"}
    assert [each["manager_id"] for each in found["reporting"]] == ["Fay", "Ben Okafor"]
    looked = [(each["actor_id"], each["action"]) for each in found["audit_event"]]
    assert ("Ben Okafor", "win.read") in looked
    assert ("you", "win.logged") in looked
    rows = list(csv.reader(io.StringIO(archive.read("win.csv").decode("utf-8-sig"))))
    assert len(rows) == 4
    assert sum("Teal Landing" in row for row in rows) == 1
    # Every table with rows of hers is in it.
    assert {f"{name}.csv" for name in found} | {"README.txt", "everything.json"} == set(archive.namelist())


async def test_nobody_elses_is_in_it(app: App, slack: Sandbox) -> None:
    there = await progress_scene(app, slack)
    for name in ("cy", "eli", "dee", "max", "fay", "gus", "ben"):
        archive = await takes(there.people[name], app, slack)
        whole = "\n".join(archive.read(each).decode() for each in archive.namelist())
        assert _secrets(there, whole) == [], name


def _secrets(there: Progress, said: str) -> list[str]:
    marks = ("Osprey", "Larkspur", "Teal", "9417", "7341", "5519", "heron", "5503", there.people["ana"].id)
    return [mark for mark in marks if mark in said]


@one_engine
async def test_what_a_spreadsheet_would_run_is_guarded_in_the_table_and_as_it_was_in_the_json(
    app: App, slack: Sandbox, ana: Person
) -> None:
    await logs(ana, app, practice="=Maple Street", baseline="120")
    archive = await takes(ana, app, slack)
    (win,) = told(archive)["win"]
    assert (win["practice"], win["result"], win["baseline"]) == ("=Maple Street", "150", "120")
    assert "'=Maple Street" in archive.read("win.csv").decode("utf-8-sig")


@one_engine
async def test_where_no_file_may_be_sent_it_comes_in_pages_that_say_how_to_allow_it(
    slack: Sandbox, database_url: str, trouble: Trouble
) -> None:
    settings = load(
        SLACK_API_URL=slack.api_url,
        DATABASE_URL=database_url,
        SLACK_BOT_TOKEN=slack.grant(scopes=("commands", "chat:write", "users:read")),
        SLACK_SIGNING_SECRET=slack.signing_secret,
    )
    async with running(slack, settings) as app:
        ana = slack.person("ana")
        await logs(ana, app, practice="Maple Street", note="a private thought")
        pages = [await ana.slash("privacy export")]
        while "More" in str(pages[-1].blocks) and len(pages) < 30:
            pages.append(await ana.slash(f"privacy export more {len(pages) + 1}"))
    trouble.check()

    assert "`files:write`" in pages[0].words
    said = "\n".join(page.words for page in pages)
    for mark in ("Ana Duarte", "Maple Street", "a private thought", "win.logged", "That was all of it"):
        assert mark in said, mark
    assert slack.state.files == {}


@one_engine
async def test_asking_again_and_again_is_answered_kindly(
    app: App, slack: Sandbox, ana: Person, eli: Person
) -> None:
    for _ in range(20):
        await takes(ana, app, slack)
    assert "try it again in 1 minute" in (await ana.slash("privacy export")).words
    await takes(eli, app, slack)
    await slack.clock.advance(minutes=1)
    assert "on its way" in (await ana.slash("privacy export")).words


@one_engine
async def test_who_is_leaving_can_still_take_it(app: App, slack: Sandbox, ana: Person) -> None:
    await logs(ana, app)

    def leaving(session: Any) -> None:
        forgetting.ask(session, session.merge(member_of(app, ana)), app.deps.now())

    app.deps.database.run(leaving)
    assert len(told(await takes(ana, app, slack))["win"]) == 1
