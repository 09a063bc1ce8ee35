"""Ana asks in her own words: she gets the answer, or an honest "I don't have that", and nobody keeps who asked."""

import logging
from collections.abc import Sequence

import pytest
from sqlmodel import Session, col, select

import content
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.rules.screening import identifier_in
from slackbot.ui.badges import badge
from slackbot.ui.text import escape
from storage.models import UnansweredQuestion
from tests.conftest import kwargs_of
from tests.features.records import assert_said_in_full, last_sent, trail_of, type_again

pytestmark = pytest.mark.door
on_one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no database decides."""

KNOWN = content.load()
NOT_HERE = "I don't have that"


def unanswered(app: App) -> dict[str, int]:
    """What was asked in any workspace and not answered, and how often."""

    def read(session: Session) -> Sequence[UnansweredQuestion]:
        return session.exec(select(UnansweredQuestion).order_by(col(UnansweredQuestion.id))).all()

    return {row.words: row.times for row in app.deps.database.run(read)}


@on_one_engine
async def test_ana_asks_a_real_question_and_reads_the_answer_in_full(ana: Person, app: App) -> None:
    seen = await ana.slash("do I need to be a nurse for this?")

    answer = KNOWN.question("clinical_background")
    assert seen.words.startswith(answer.title)
    assert escape(answer.text) in seen.words
    assert all(escape(point) in seen.words for point in answer.points)
    assert badge(answer) in seen.words
    assert "Or did you mean" in seen.words
    assert_said_in_full(seen.text, seen.blocks)
    assert unanswered(app) == {}


@on_one_engine
async def test_ana_meant_one_of_the_others_and_presses_it(ana: Person, app: App) -> None:
    words = "do I need to be a nurse for this?"
    other = app.deps.questions.answer(words).others[0]
    seen = await ana.slash(words)

    await ana.presses(other.heading, on=seen.message)
    await app.deps.background.drain()

    assert ana.sees()[-1].words.startswith(other.heading)


ASKED = {
    "how much does a liaison earn": "faq/salary",
    "HOW MUCH DOES A LIAISON EARN???": "faq/salary",
    "how much does a liason earn": "faq/salary",
    "  how   much does a\tliaison earn ": "faq/salary",
    '"how much" does a *liaison* earn': "faq/salary",
    "can i bring lunch to an office?": "faq/lunch",
}


@on_one_engine
async def test_case_signs_and_slips_of_the_pen_do_not_change_the_answer(ana: Person) -> None:
    for words, ref in ASKED.items():
        if KNOWN.has(ref):
            assert (await ana.slash(words)).words.startswith(KNOWN.entry(ref).heading), words


async def test_ana_asks_nonsense_and_hears_honestly_that_there_is_no_answer(ana: Person, app: App) -> None:
    seen = await ana.slash("how do I bake sourdough bread")

    assert NOT_HERE in seen.words
    assert "The nearest I have" in seen.words
    assert "sourdough" not in seen.words
    assert unanswered(app) == {"how do i bake sourdough bread": 1}
    nearest = app.deps.questions.answer("how do I bake sourdough bread").nearest[0]
    await ana.presses(nearest.heading, on=seen.message)
    await app.deps.background.drain()
    assert nearest.heading in ana.sees()[-1].words


async def test_each_ask_counts_once_whoever_asks_and_nobody_is_named(
    ana: Person, eli: Person, app: App
) -> None:
    for person, words in (
        (ana, "Blorft the  Grommet"),
        (eli, "blorft the grommet"),
        (ana, "blorft The grommet"),
    ):
        assert NOT_HERE in (await person.slash(words)).words

    assert unanswered(app) == {"blorft the grommet": 3}
    assert "member_id" not in UnansweredQuestion.model_fields
    assert "user_id" not in UnansweredQuestion.model_fields
    await ana.slash("nudges")
    assert trail_of(app, ana) == []


async def test_what_ana_asks_is_not_counted_in_cys_workspace(
    ana: Person, cy: Person, dee: Person, app: App
) -> None:
    await ana.slash("blorft the grommet")

    assert "blorft the grommet (1 time)" in (await dee.slash("admin questions")).words
    assert "blorft" not in (await cy.slash("admin questions")).words


PATIENTS = (
    "what do I do about 219-09-9999",
    "219-09-9999",
    "how do I log MRN 00123456",
    "is 1EG4-TE5-MK73 covered?",
    "patient DOB 03/04/1951 was referred, does it count",
    "can I call 615-555-2368 for feedback",
    "may I write to jane.doe@example.com",
    "does a 93-year-old count as a referral",
)
VALUES = ("219-09", "00123456", "1eg4", "1951", "2368", "jane.doe", "93-year")


async def test_a_question_about_a_patient_is_refused_and_leaves_no_trace(
    ana: Person, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for words in PATIENTS:
        seen = await ana.slash(words)

        assert f"looks like it holds {identifier_in(words)}" in seen.words, words
        assert "did not read or keep" in seen.words
        assert not any(value in seen.words.lower() for value in VALUES), words
    await app.deps.background.drain()

    assert unanswered(app) == {}
    logged = "\n".join(f"{line.getMessage()} {kwargs_of(line)}" for line in caplog.records).lower()
    assert not any(value in logged for value in VALUES)


@on_one_engine
async def test_an_unanswered_question_that_may_name_a_patient_is_not_counted(ana: Person, app: App) -> None:
    seen = await ana.slash("zebra parking for patient Robert Quimby tomorrow")

    assert "did not keep" in seen.words
    assert unanswered(app) == {}


@on_one_engine
async def test_a_patient_named_to_any_command_is_never_said_back(ana: Person, app: App) -> None:
    for command in (
        "faq",
        "glossary",
        "certs",
        "roadmap",
        "skills",
        "background",
        "criteria",
        "roles",
        "admin",
    ):
        seen = await ana.slash(f"{command} MRN 00123456 qzxwvq")

        assert seen.ok, command
        assert "00123456" not in seen.words, command
    assert unanswered(app) == {}


ODD = {
    "very long": "blorft " * 500,
    "one very long word": "z" * 3900,
    "emoji": "🎉💪🏽🤷‍♀️ 👩‍⚕️",
    "a quote": 'blorft "grommet',
    "a star": "blor* AND gro*",
    "near": "NEAR(blorft grommet, 5)",
    "or": "blorft OR grommet OR NOT zzyzx",
    "a column": "title: blorft aliases : grommet",
    "a caret": "^blorft + grommet - {zzyzx}",
    "sql": "'; DROP TABLE member; -- blorft",
    "backslash": "\\blorft \\' %s %(x)s {0}",
    "only signs": "... ???",
    "another script": "これは何ですか 质问",
    "markup": "<!channel> <@U0BENOKAFOR> *blorft* `x`",
    "a null": "blorft\x00grommet zzyzx",
}


async def test_whatever_ana_types_she_gets_a_kind_answer(ana: Person, app: App) -> None:
    for what, words in ODD.items():
        seen = await ana.slash(words)

        assert seen.ok, what
        assert "went wrong" not in seen.words, what
        assert "<!channel>" not in seen.words, what
        assert NOT_HERE in seen.words, what
    assert all(len(words) <= 200 for words in unanswered(app))
    assert sum(unanswered(app).values()) == len(ODD)


async def test_a_question_that_holds_a_null_is_counted_without_it(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await ana.slash("nudges")
    asked = last_sent(slack, "slash_command")

    status, answer = await type_again(slack, asked | {"text": "blorft\x00 grommet"})

    assert status == 200
    assert NOT_HERE in answer
    assert unanswered(app) == {"blorft grommet": 1}


@on_one_engine
async def test_a_slip_in_a_single_word_is_taken_for_the_command_it_meant(ana: Person, app: App) -> None:
    for slip, meant in {
        "raodmap": "roadmap",
        "glosary": "glossary",
        "certz": "certs",
        "profil": "profile",
    }.items():
        seen = await ana.slash(slip)

        assert "Did you mean" in seen.words, slip
        assert f"/prm {meant}" in seen.words, slip
    assert unanswered(app) == {}
