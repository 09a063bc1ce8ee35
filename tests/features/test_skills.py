"""Ana rates herself on the twelve skills, changes it, and sees what her background brings along."""

import asyncio
import json

import pytest

import content
from content import SkillLevel
from sandbox.people import Person, Seen
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.ui.badges import badge
from slackbot.ui.text import escape
from storage import skills as rated
from tests.features.pages import reads
from tests.features.records import assert_said_in_full, last_sent, member_of, post_again, trail_of, typed

pytestmark = pytest.mark.door
on_one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no database decides."""

KNOWN = content.load()
ALL = {skill.id: list(SkillLevel)[place % 4].value for place, skill in enumerate(KNOWN.skills)}


async def rates(person: Person, app: App, levels: dict[str, str | None]) -> Seen:
    await person.slash("skills rate")
    person.fills(levels)
    seen = await person.submits()
    await app.deps.background.drain()
    return seen


def levels(app: App, person: Person) -> dict[str, str]:
    row = member_of(app, person)
    whose = {"workspace_id": row.workspace_id, "member_id": row.id or 0}
    return app.deps.database.run(rated.levels, **whose)


@on_one_engine
async def test_ana_sees_the_twelve_in_two_groups_and_is_invited_to_rate_herself(ana: Person) -> None:
    seen = await ana.slash("skills")

    assert seen.words.index("People skills") < seen.words.index("Technical skills")
    assert all(f"• {escape(skill.name)}" in seen.words for skill in KNOWN.skills)
    assert "Rate myself" in seen.words
    assert_said_in_full(seen.text, seen.blocks)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_rates_all_twelve_and_sees_each_level(ana: Person, app: App) -> None:
    seen = await rates(ana, app, dict(ALL))

    assert seen.ok
    assert ana.modal is not None
    assert "You have rated 12 skills" in ana.modal.words
    assert levels(app, ana) == ALL
    await ana.closes(all=True)
    page = (await ana.slash("skills")).words
    assert page.count("new to me") == page.count("I teach it to others") == 3
    assert "Change my ratings" in page
    for skill in KNOWN.skills:
        shown = (await ana.slash(f"skills {skill.id}")).words
        assert f"you say:* {SkillLevel(ALL[skill.id]).said}".lower() in shown.lower()


async def test_ana_rates_some_then_others_then_none(ana: Person, app: App) -> None:
    first, second, *_ = KNOWN.skills
    await rates(ana, app, {first.id: "alone"})
    assert levels(app, ana) == {first.id: "alone"}
    await ana.closes(all=True)
    assert "You have rated 1 skill." in (await ana.slash("skills")).words

    await ana.slash("skills rate")
    assert typed(ana, first.id) == "alone"
    ana.fills({first.id: None, second.id: "I teach it to others"})
    await ana.submits()
    assert levels(app, ana) == {second.id: "teaches"}
    await ana.closes(all=True)

    await rates(ana, app, {second.id: None})
    assert levels(app, ana) == {}
    await ana.closes(all=True)
    assert "Rate yourself" in (await ana.slash("skills")).words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_level_that_does_not_exist_is_refused_with_a_sentence(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await rates(ana, app, dict(ALL))
    sent = last_sent(slack, "view_submission")
    skill = KNOWN.skills[0].id
    sent["view"]["state"]["values"][skill][skill]["selected_option"] = {"value": "godlike"}

    status, answer = await post_again(slack, sent)

    assert status == 200
    assert json.loads(answer)["errors"] == {skill: "Choose one of the four levels."}
    assert levels(app, ana) == ALL


async def test_the_same_form_sent_at_once_and_again_keeps_one_self_assessment(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await rates(ana, app, {})
    sent = last_sent(slack, "view_submission")
    for skill, level in ALL.items():
        sent["view"]["state"]["values"][skill][skill]["selected_option"] = {"value": level}

    answers = await asyncio.gather(*(post_again(slack, sent) for _ in range(3)))
    await app.deps.background.drain()

    assert [status for status, _ in answers] == [200] * 3
    assert all("Saved. You have rated 12 skills." in answer for _, answer in answers)
    assert levels(app, ana) == ALL


async def test_nobody_else_has_anas_levels_and_the_trail_holds_none(
    ana: Person, eli: Person, cy: Person, app: App
) -> None:
    for person in (eli, cy):
        await person.slash("skills")
    await rates(ana, app, dict(ALL))

    for person in (eli, cy):
        assert levels(app, person) == {}
        assert "Rate yourself" in (await person.slash("skills")).words
    (row,) = trail_of(app, ana)
    assert (row.action, row.subject) == ("skills.rated", f"member:{member_of(app, ana).id}")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_chooses_a_background_and_reads_what_it_brings(ana: Person, app: App) -> None:
    seen = await ana.slash("background")
    assert "Where do you come from?" in seen.words
    found = KNOWN.backgrounds[0]

    await ana.presses(found.name, on=seen.message)
    await app.deps.background.drain()

    shown = ana.sees()[-1]
    assert shown.words.startswith(found.name)
    assert all(escape(each.say) in shown.words for each in found.brings)
    assert "What to build" in shown.words
    read = await reads(ana, f"background {found.id}")
    assert all(escape(each.how) in read for each in found.build)
    assert escape(found.first_step) in read
    assert badge(found) in shown.words
    assert_said_in_full(shown.text, shown.blocks)
    assert not member_of(app, ana).background_reviewed


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_anas_own_background_is_shown_without_its_name_and_counts_as_looked_through(
    ana: Person, app: App
) -> None:
    await ana.slash("profile")
    ana.fills(background="clinical")
    await ana.submits()
    await ana.closes(all=True)
    await ana.slash("background sales")
    assert not member_of(app, ana).background_reviewed

    assert (await ana.slash("background")).words.startswith(KNOWN.background("clinical").name)
    assert member_of(app, ana).background_reviewed


@on_one_engine
async def test_ana_names_a_background_loosely(ana: Person) -> None:
    for words, known in {"pharma rep": "sales", "nurse": "clinical", "current": "current"}.items():
        assert (await ana.slash(f"background {words}")).words.startswith(KNOWN.background(known).name), words
    for words in ("qzxwvq", "all"):
        assert "Where do you come from?" in (await ana.slash(f"background {words}")).words


@on_one_engine
async def test_ana_asks_for_one_half_of_the_skills_and_reads_what_each_means(ana: Person) -> None:
    halves = {
        "soft": "soft",
        "people": "soft",
        "People skills": "soft",
        "technical": "technical",
        "tech": "technical",
    }
    for words, kind in halves.items():
        seen = await ana.slash(f"skills {words}")

        for skill in KNOWN.skills:
            assert (escape(skill.meaning) in seen.words) == (skill.kind == kind), words
        assert_said_in_full(seen.text, seen.blocks)


@on_one_engine
async def test_ana_names_a_skill_nobody_has_and_sees_the_twelve(ana: Person) -> None:
    assert "I don't know a skill by that name" in (await ana.slash("skills qzxwvq")).words
    assert "I don't know" not in (await ana.slash("skills all")).words
