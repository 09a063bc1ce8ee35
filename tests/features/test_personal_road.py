"""The five steps become Ana's own: each says where she stands, why, and what the one next thing is."""

from pathlib import Path

import pytest

import content
from content import SkillLevel
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.sandboxed import sandbox_settings
from slackbot.settings import Settings
from slackbot.ui.text import escape
from tests.conftest import KEY, running
from tests.features.records import assert_said_in_full, logs

pytestmark = pytest.mark.door
on_one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no database decides."""

KNOWN = content.load()
INVITED = "Fill in your profile"


async def tells(person: Person, **fields: str | None) -> None:
    """Fills in the profile."""
    await person.slash("profile")
    person.fills(**fields)
    assert (await person.submits()).ok
    await person.closes(all=True)


async def rates(person: Person, level: SkillLevel) -> None:
    """Rates all skills that are asked about the same."""
    await person.slash("skills rate")
    assert person.modal is not None
    person.fills(dict.fromkeys(person.modal.values, level.value))
    assert (await person.submits()).ok
    await person.closes(all=True)


async def earns(person: Person, words: str) -> None:
    await person.slash(f"certs track {words}")
    person.fills(state="earned", earned_on="2026-01-15")
    assert (await person.submits()).ok
    await person.closes(all=True)


async def states(person: Person) -> list[str]:
    """The state of each of the five steps, as the overview says it."""
    words = (await person.slash("roadmap")).words
    found = [line for line in words.split("\n") if line[:2] in {f"*{number}" for number in range(1, 6)}]
    return [line.rsplit("_(", 1)[1].removesuffix(")_") for line in found]


async def home(person: Person, app: App) -> str:
    await person.opens_home()
    await app.deps.background.drain()
    assert person.home is not None
    return person.home.words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_newcomer_sees_the_five_and_is_invited_to_tell_where_they_are(ana: Person, app: App) -> None:
    seen = await ana.slash("roadmap")

    assert INVITED in seen.words
    assert "Next for you" not in seen.words
    assert await states(ana) == ["not started"] * 5
    assert all(escape(step.name) in seen.words for step in KNOWN.steps)
    assert not any(escape(step.summary) in seen.words for step in KNOWN.steps)
    assert INVITED in await home(ana, app)
    assert_said_in_full(seen.text, seen.blocks)


@on_one_engine
async def test_the_invitation_opens_the_profile(ana: Person) -> None:
    seen = await ana.slash("roadmap")

    await ana.presses("My profile", on=seen.message)

    assert ana.modal is not None
    assert ana.modal.title == "Your profile"


async def test_step_by_step_the_road_becomes_anas_own(ana: Person, app: App) -> None:
    await tells(ana, rung="liaison", education="bachelor", years_relevant="6", background="sales")
    assert await states(ana) == ["under way", "done", "not started", "under way", "not started"]
    page = (await ana.slash("roadmap")).words
    assert "You have at least a bachelor's degree." in page
    assert "*Next for you:* Rate yourself on the 12 skills" in page

    await rates(ana, SkillLevel.ALONE)
    assert (await states(ana))[0] == "done"
    assert "*Next for you:* Choose one training" in (await ana.slash("roadmap")).words

    await earns(ana, "himss courses")
    await ana.slash("background")
    assert await states(ana) == ["done"] * 4 + ["not started"]

    await logs(ana, app)
    assert await states(ana) == ["done"] * 4 + ["under way"]
    page = (await ana.slash("roadmap")).words
    assert "Your first win is logged." in page
    assert "*Next for you:* Share your strongest win" in page
    shown = await home(ana, app)
    assert "*Next:* Share your strongest win" in shown
    assert "4 of 5 steps done" in shown


@on_one_engine
async def test_each_step_says_where_ana_stands_why_and_what_is_next(ana: Person) -> None:
    await tells(ana, rung="coordinator", years_relevant="2", education="master")

    first = (await ana.slash("roadmap 1")).words
    assert "Where you stand:* under way. You have at least a bachelor's degree." in first
    assert "*Next:* Rate yourself" in first
    second = (await ana.slash("roadmap 2")).words
    assert "under way. You have begun to collect relevant years." in second
    assert "*Next:* Enter your current role" in second
    assert "not started. Nothing here yet." in (await ana.slash("roadmap 3")).words


@on_one_engine
async def test_a_step_that_is_done_says_how_to_go_further(ana: Person) -> None:
    await tells(ana, rung="manager", years_relevant="20", years_liaison="10")

    seen = (await ana.slash("roadmap 2")).words

    assert "Where you stand:* done" in seen
    assert f"To go further:* {escape(KNOWN.step(2).do_next)}" in seen


@on_one_engine
async def test_a_credential_that_lapses_opens_the_step_again(ana: Person, slack: Sandbox) -> None:
    await ana.slash("certs track cphims")
    ana.fills(state="earned", earned_on="2023-11-30")
    await ana.submits()
    await ana.closes(all=True)
    assert (await states(ana))[2] == "done"

    await slack.clock.advance(days=8)

    assert (await states(ana))[2] == "not started"


@on_one_engine
async def test_one_that_is_planned_puts_the_step_under_way(ana: Person) -> None:
    await ana.slash("certs track cphims")
    await ana.submits()
    await ana.closes(all=True)

    assert (await states(ana))[2] == "under way"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_anas_road_is_not_elis_nor_cys(ana: Person, eli: Person, cy: Person, app: App) -> None:
    await tells(ana, rung="liaison", education="bachelor")
    await rates(ana, SkillLevel.ALONE)

    for person in (eli, cy):
        assert await states(person) == ["not started"] * 5
        assert INVITED in await home(person, app)


HIDDEN = {
    "ladder": "[coordinator]",
    "skills": "[crm]",
    "backgrounds": "[clinical]",
    "credentials": "[cphims]",
}


@pytest.fixture
def thinned(slack: Sandbox, database_url: str, tmp_path: Path) -> Settings:
    """The same house, after the organization hid some of what people chose."""
    own = tmp_path / "own"
    own.mkdir()
    for name, ids in HIDDEN.items():
        (own / f"{name}.yaml").write_text(f"hide: {ids}\n", encoding="utf-8")
    return sandbox_settings(slack, database_url, PRM_ENCRYPTION_KEYS=KEY, PRM_CONTENT_DIR=str(own))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_the_organization_hid_breaks_nobodys_road(
    slack: Sandbox, settings: Settings, thinned: Settings
) -> None:
    ana = slack.person("ana")
    async with running(slack, settings) as app:
        await slack.install("riverside")
        await tells(
            ana, rung="coordinator", target_rung="coordinator", background="clinical", education="master"
        )
        await rates(ana, SkillLevel.ALONE)
        await earns(ana, "cphims")
        await app.deps.background.drain()

    async with running(slack, thinned) as app:
        assert (await states(ana))[0] == "under way"
        for words in ("roadmap 2", "skills", "background", "certs", "criteria", "roles", "show skill/crm"):
            seen = await ana.slash(words)
            assert seen.ok, words
            assert "went wrong" not in seen.words, words
        assert "CPHIMS (HIMSS)" in (await ana.slash("certs")).words
        assert "steps done" in await home(ana, app)
        await ana.slash("profile")
        assert ana.modal is not None
        await ana.submits()
        await ana.closes(all=True)
        await rates(ana, SkillLevel.TEACHES)
        assert "You have rated 11 skills" in (await ana.slash("skills")).words
        page = await ana.slash("certs")
        await ana.presses("Change", on=page.message)
        ana.fills(hours="4")
        assert (await ana.submits()).ok
        await ana.closes(all=True)
        assert "*CPHIMS (HIMSS)*" in (await ana.slash("certs")).words
        await app.deps.background.drain()
