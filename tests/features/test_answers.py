"""What people read about the road, the roles, the certifications and the criteria, with where each statement comes from."""

import pytest

import content
from content import Rung
from sandbox.people import Person
from slackbot.ui.badges import badge, mark
from slackbot.ui.text import escape
from tests.features.pages import reads
from tests.features.records import assert_said_in_full

pytestmark = [
    pytest.mark.door,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

KNOWN = content.load()


async def test_ana_sees_all_five_steps_in_order(ana: Person) -> None:
    seen = await ana.slash("roadmap")

    places = [seen.words.index(f"*{step.number}. {escape(step.name)}*") for step in KNOWN.steps]
    assert len(places) == 5
    assert places == sorted(places)
    assert "MDliaison article" in seen.words
    assert_said_in_full(seen.text, seen.blocks)


async def test_ana_opens_each_step_and_learns_what_counts_and_what_to_do(ana: Person) -> None:
    for step in KNOWN.steps:
        seen = await ana.slash(f"roadmap {step.number}")

        assert seen.words.startswith(f"Step {step.number} of 5: {step.name}")
        first = next(sign for sign in step.completes if sign.needed)
        assert f"Next:* {escape(first.do)}" in seen.words
        read = await reads(ana, f"roadmap {step.number}")
        assert all(escape(line) in read for line in step.what_counts)
        assert all(escape(point) in read for topic in step.topics for point in topic.points)
        assert badge(step) in seen.words
        assert_said_in_full(seen.text, seen.blocks)


async def test_ana_names_a_step_in_her_own_words(ana: Person) -> None:
    named = {"education": 1, "Experience": 2, "certifications": 3, "sales background": 4, "outcomes": 5}
    for words, number in named.items():
        assert (await ana.slash(f"roadmap {words}")).words.startswith(f"Step {number} of 5"), words


async def test_ana_asks_for_a_step_that_does_not_exist_and_sees_the_five(ana: Person) -> None:
    for words in ("0", "6", "99", "3.5", "qzxwvq", "1" * 400):
        seen = await ana.slash(f"roadmap {words}")

        assert "I don't know a step by that name" in seen.words, words
        assert "*1. " in seen.words, words
        assert "*5. " in seen.words, words


async def test_ana_sees_the_ladder_and_opens_each_role(ana: Person) -> None:
    ladder = await ana.slash("roles")
    every: list[Rung] = [*KNOWN.rungs, *KNOWN.contrasts]

    for rung in every:
        assert escape(rung.name) in ladder.words
        seen = await ana.slash(f"roles {rung.name}")
        assert seen.words.startswith(rung.name)
        assert all(escape(line) in seen.words for line in rung.work)
        read = await reads(ana, f"roles {rung.id}")
        assert all(escape(line) in read for line in (*rung.assessed, *rung.backgrounds))
        assert badge(rung) in seen.words
        assert_said_in_full(seen.text, seen.blocks)


async def test_ana_asks_for_a_role_nobody_has_and_sees_the_ladder(ana: Person) -> None:
    seen = await ana.slash("roles qzxwvq")

    assert "I don't know a role by that name" in seen.words
    assert "Physician Relations Manager" in seen.words
    assert "qzxwvq" not in seen.words


async def test_ana_sees_the_articles_four_certifications_each_with_its_doubt(ana: Person) -> None:
    seen = await ana.slash("certs")

    four = [entry for entry in KNOWN.credentials if entry.in_seed and entry.kind == "certification"]
    assert len(four) == 4
    for entry in four:
        assert f"*{escape(entry.name)}*: _we could not verify it_" in seen.text
    assert "APLAC workshops" not in seen.text


async def test_ana_goes_on_from_the_four_to_all_in_the_field_each_with_how_sure_we_are(ana: Person) -> None:
    page = await ana.slash("certs")
    assert "All in the field" in page.words

    read = await reads(ana, "certs all")

    for entry in KNOWN.credentials:
        assert f"{escape(entry.name)} _({mark(entry)})_" in read
    for kind in ("certifications", "courses", "fellowships", "memberships"):
        read = await reads(ana, f"certs {kind}")
        same = [entry for entry in KNOWN.credentials if f"{entry.kind}s" == kind]
        assert all(escape(entry.summary) in read for entry in same), kind


async def test_ana_asks_for_each_credential_by_name_and_gets_that_one(ana: Person) -> None:
    for entry in KNOWN.credentials:
        seen = await ana.slash(f"certs {entry.name}")

        assert seen.words.startswith(entry.name)
        assert escape(entry.summary) in seen.words
        assert badge(entry) in seen.words
        assert_said_in_full(seen.text, seen.blocks)


async def test_ana_asks_for_a_credential_nobody_issues_and_sees_those_there_are(ana: Person) -> None:
    seen = await ana.slash("certs qzxwvq")

    assert "I don't know one by that name" in seen.words
    assert "APLAC" in seen.words
    assert "qzxwvq" not in seen.words


async def test_ana_reads_what_each_rung_asks_for_and_where_every_line_comes_from(ana: Person) -> None:
    for rung in KNOWN.rungs:
        seen = await ana.slash(f"criteria {rung.name}")
        read = await reads(ana, f"criteria {rung.name}")

        assert seen.words.startswith(rung.name)
        for criterion in KNOWN.criteria_for(rung.id):
            assert f"{escape(criterion.sentence)} _({mark(criterion)})_" in read
            shown = await ana.slash(f"show {criterion.ref}")
            assert escape(criterion.sentence) in shown.text
        assert "house default" in seen.words
        assert "never a promise" in seen.words
        assert_said_in_full(seen.text, seen.blocks)


LOOSELY = {
    "": "Physician Relations Manager",
    "PRM": "Physician Relations Manager",
    "senior": "Senior Physician Liaison",
    "Senior liaison": "Senior Physician Liaison",
    "liason": "Physician Liaison",
    "the director": "Director of Physician Relations",
}


async def test_ana_names_a_rung_loosely(ana: Person) -> None:
    for words, rung in LOOSELY.items():
        assert (await ana.slash(f"criteria {words}")).words.startswith(rung), words


async def test_ana_asks_for_the_criteria_of_an_unknown_role_and_gets_the_managers(ana: Person) -> None:
    seen = await ana.slash("criteria qzxwvq")

    assert "I don't know a role by that name" in seen.words
    assert seen.words.startswith("Physician Relations Manager")
