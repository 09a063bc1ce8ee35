"""Ana leafs through all that the field knows: every list, every entry, and every way that leads on from one."""

from collections.abc import Iterator
from typing import Any

import pytest

import content
from content import Criterion, Entry, LeftOut, Nudge, Synonym
from sandbox.people import Person, Seen
from slackbot.app import App
from slackbot.ui.badges import badge, mark
from slackbot.ui.text import escape
from tests.features.pages import reads
from tests.features.records import assert_said_in_full

# To what is only read from the content, a second database engine adds nothing.
pytestmark = [pytest.mark.door, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

KNOWN = content.load()
SHOWN = [entry for entry in KNOWN.entries() if not isinstance(entry, Synonym | LeftOut | Nudge)]

OVERVIEWS: dict[str, list[str]] = {
    "education": [each.title for each in (*KNOWN.education, *KNOWN.accreditation)],
    "experience": [each.title for each in KNOWN.experience],
    "training": [each.title for each in KNOWN.training],
    "outcomes": [each.label for each in KNOWN.outcomes],
    "resume": [each.title for each in KNOWN.resume],
    "packet": [each.title for each in KNOWN.packet],
    "compliance": [each.title for each in KNOWN.compliance],
    "sources": [each.title for each in KNOWN.sources],
    "glossary": [each.name for each in KNOWN.glossary],
    "skills": [each.name for each in KNOWN.skills],
}


def elements(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Everything that can be pressed or chosen from."""
    for block in blocks:
        yield from block["elements"] if block["type"] == "actions" else ()
        if "accessory" in block:
            yield block["accessory"]


def ways(seen: Seen) -> list[str]:
    """What the buttons and menus of an answer would run."""
    found = []
    for element in elements(seen.blocks):
        options = element.get("options", [element])
        found += [str(option["value"]) for option in options]
    return found


def assert_fits(seen: Seen) -> None:
    """A whole answer, within Slack's limits, with nothing cut off and nothing lost to a screen reader."""
    assert 0 < len(seen.blocks) <= 50
    assert len(seen.text) < 40_000
    assert_said_in_full(seen.text, seen.blocks)
    for block in seen.blocks:
        if block["type"] in {"section", "header"}:
            assert not block["text"]["text"].endswith("…")


async def test_ana_opens_every_list_and_finds_all_of_it(ana: Person) -> None:
    for words, titles in OVERVIEWS.items():
        seen = await ana.slash(words)

        assert all(escape(title) in seen.words for title in titles), words
        assert "I don't" not in seen.words, words
        assert_fits(seen)


async def test_ana_leafs_through_the_questions_by_subject(ana: Person) -> None:
    seen = await ana.slash("faq")

    assert sorted(ways(seen)) == sorted(f"show {each.ref}" for each in KNOWN.faq)
    assert_fits(seen)


async def test_ana_finds_every_word_of_the_trade_in_the_menus(ana: Person) -> None:
    seen = await ana.slash("glossary")

    assert sorted(ways(seen)) == sorted(f"show {each.ref}" for each in KNOWN.glossary)


FORMS = ("log", "profile", "certs track", "skills rate")


@pytest.mark.slow
async def test_ana_opens_every_single_entry_and_every_way_on_from_there_leads_somewhere(ana: Person) -> None:
    run: set[str] = set()
    for entry in SHOWN:
        seen = await ana.slash(f"show {entry.ref}")

        assert_shows(await reads(ana, f"show {entry.ref}"), entry)
        assert_fits(seen)
        run |= set(ways(seen))

    # What shows an entry was walked above.
    run -= {f"show {entry.ref}" for entry in SHOWN}
    assert len(run) > 60
    for way in sorted(run):
        seen = await ana.slash(way)
        if way.startswith(FORMS):
            assert ana.modal is not None, way
            await ana.closes()
        else:
            assert "I don't" not in seen.words.split("\n")[0], way
            assert "Did you mean" not in seen.words, way


def assert_shows(read: str, entry: Entry) -> None:
    """Its title, its text, and its badge."""
    told = (entry.heading, *_texts(entry))
    assert [text for text in told if text not in read and escape(text) not in read] == [], entry.ref
    assert (mark(entry) if isinstance(entry, Criterion) else badge(entry)) in read, entry.ref


def _texts(entry: Entry) -> list[str]:
    names = ("text", "meaning", "summary", "description", "formula", "action", "show", "first_step", "advice")
    said = [getattr(entry, name, None) for name in names]
    return [*filter(None, said), *getattr(entry, "points", ())]


async def test_ana_presses_on_from_an_answer_to_what_it_names(ana: Person, app: App) -> None:
    question = next(each for each in KNOWN.faq if each.see)
    other = KNOWN.see(question)[0]
    seen = await ana.slash(f"show {question.ref}")
    label = next(
        each["text"]["text"] for each in elements(seen.blocks) if each["value"] == f"show {other.ref}"
    )

    await ana.presses(label, on=seen.message)
    await app.deps.background.drain()

    assert other.heading in ana.sees()[-1].words


async def test_ana_presses_to_what_the_weekly_message_would_say(ana: Person) -> None:
    for nudge in KNOWN.nudges:
        seen = await ana.slash(f"outcomes {nudge.ref}")

        assert seen.words.startswith(nudge.title)
        assert escape(nudge.action) in seen.words
        assert badge(nudge) in seen.words
        assert "Log a win" in seen.words
        assert_fits(seen)


LOOSELY = {
    "education mba": "education/master",
    "degree bachelors": "education/bachelor",
    "education cahme": "accreditation/cahme",
    "outcomes referral growth": "outcome/referral_growth",
    "metrics nps": "metric/referrer_nps",
    "glossary npi": "term/npi",
    "glossary leakage": "term/leakage",
    "faq salary": "faq/salary",
    "faq do I need to be a nurse": "faq/clinical_background",
}


async def test_ana_names_things_loosely_and_gets_the_one_she_means(ana: Person) -> None:
    for words, ref in LOOSELY.items():
        assert (await ana.slash(words)).words.startswith(KNOWN.entry(ref).heading), words


async def test_ana_names_what_nobody_knows_and_sees_what_there_is(ana: Person) -> None:
    for words in (*OVERVIEWS, "faq"):
        if words == "skills":
            continue
        seen = await ana.slash(f"{words} qzxwvq")

        assert "I don't" in seen.words, words
        assert "qzxwvq" not in seen.words
        assert ways(seen), words
        assert_fits(seen)


async def test_ana_opens_an_entry_that_is_not_there_and_hears_so(ana: Person) -> None:
    for words in ("show faq/no_such_thing", "show qzxwvq", "show synonym/prm", "show /", "show"):
        seen = await ana.slash(words)

        assert seen.ok, words
        assert "went wrong" not in seen.words, words
        assert "no_such_thing" not in seen.words


async def test_ana_reads_the_yearly_limits_each_once_with_how_we_know_and_a_word_of_caution(
    ana: Person,
) -> None:
    rule = next(each for each in KNOWN.compliance if each.limits)
    seen = await ana.slash("compliance stark")
    assert "Yearly limits" in seen.words
    read = await reads(ana, "compliance stark")

    for limit in rule.limits:
        amount = "no figure yet" if limit.non_monetary is None else f"${limit.non_monetary:,.0f}"
        assert read.count(f"*{limit.year}*: {amount}") == 1
        assert read.count(limit.note) == len({each.note for each in rule.limits if limit.note in each.note})
        assert ("worked out" in _line_of(read, limit.year)) == ("non_monetary" in limit.derived)
    assert "not legal advice" in read


def _line_of(read: str, year: int) -> str:
    return next(line for line in read.split("\n") if f"*{year}*" in line)


PARTS = {
    "training employer": [each.title for each in KNOWN.training if each.by == "employer"],
    "training associations": [each.title for each in KNOWN.training if each.by == "association"],
    "education degree": [each.title for each in KNOWN.education],
    "education acreditation": [each.title for each in KNOWN.accreditation],
}


async def test_ana_asks_for_a_part_of_a_list_and_sees_that_part_only(ana: Person) -> None:
    for words, titles in PARTS.items():
        seen = await ana.slash(words)
        whole = OVERVIEWS[words.split()[0]]

        assert [title for title in whole if escape(title) in seen.text] == titles, words
        assert "I don't" not in seen.words, words
        assert_fits(seen)


async def test_all_asks_for_the_whole_list(ana: Person) -> None:
    for words in (*OVERVIEWS, "faq", "roadmap", "roles", "criteria"):
        assert (await ana.slash(f"{words} all")).words == (await ana.slash(words)).words, words


async def test_ana_asks_for_one_topic_of_the_questions(ana: Person) -> None:
    seen = await ana.slash("faq getting in")

    same = [each for each in KNOWN.faq if each.subject == "getting_in"]
    assert [way for way in ways(seen) if way.startswith("show")] == [f"show {each.ref}" for each in same]


async def test_what_the_article_only_claims_is_called_its_claim_and_no_figure_is_made_up(ana: Person) -> None:
    for words in ("show faq/salary", "show faq/demand"):
        seen = await ana.slash(words)
        assert "article" in seen.words, words
    assert "$" not in (await ana.slash("show faq/salary")).words
