"""Whatever somebody types after /prm, they get help and never an error, nor their own words back."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.state import Message
from sandbox.words import places
from slackbot.app import FEATURES, App
from slackbot.listeners import OUTDATED_BUTTON
from tests.features.records import Payload, assert_said_in_full

pytestmark = pytest.mark.door

SUBCOMMANDS = [subcommand for feature in FEATURES for subcommand in feature.subcommands]
CANNOT_HELP = "I don't know that one yet."

STRANGE = {
    "a word of no language": "qzxwvq",
    "something about a patient": "qzxwvq born 1950-01-01",
    "three thousand characters": "qzxwvq" * 500,
    "emoji": "🦓🦓🦓",
    "lines": "qzxwvq\nqzxwvq\n\tqzxwvq",
    "smart quotes": "“qzxwvq” ‘qzxwvq’",
    "a right-to-left script": "שלום עולם",
    "right-to-left marks": "\u202eqzxwvq\u202c",
    "markup": "<!channel> <@U0ANADUARTE> *qzxwvq* `qzxwvq`",
    "a form's field name": "payload=qzxwvq&payload",
    "an empty character": "qzxwvq\x00qzxwvq",
    "a lone percent sign": "%qzxwvq%zz",
    "only punctuation": "... !!! ???",
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_asks_for_help_and_sees_every_subcommand(ana: Person) -> None:
    for text in (
        "",
        "   ",
        "help",
        "HELP",
        "?",
        "Hi",
        "“help”",
        "help me please",
        "help qzxwvq",
        "help a b c",
    ):
        seen = await ana.slash(text)

        assert seen.ok, text
        for subcommand in SUBCOMMANDS:
            assert f"`{subcommand.name}`" in seen.text, text
            assert f"{subcommand.name}: {subcommand.summary}"[:60].removesuffix(".") in seen.words, text
        assert "qzxwvq" not in seen.words
        assert_said_in_full(seen.text, seen.blocks)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_each_group_stands_once_in_the_help(ana: Person) -> None:
    text = (await ana.slash("help")).text

    for group in {subcommand.group for subcommand in SUBCOMMANDS}:
        assert text.count(f"*{group}:*") == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_chooses_a_command_from_the_help_reads_about_it_and_runs_it(ana: Person, app: App) -> None:
    for subcommand in SUBCOMMANDS:
        seen = await ana.slash(f"help {subcommand.name}")

        assert subcommand.summary.lower() in seen.text.lower(), subcommand.name
        assert f"`{f'/prm {subcommand.name} {subcommand.usage}'.rstrip()}`" in seen.text
        assert all(f"`{each}`" in seen.text for each in (*subcommand.examples, *subcommand.aliases))
        assert_said_in_full(seen.text, seen.blocks)

    seen = await ana.slash("help")
    await ana.selects("run:What does one do?", "help certs", on=seen.message)
    await app.deps.background.drain()
    assert ana.sees()[-1].words == (await ana.slash("help certs")).words
    await ana.presses("/prm certs", on=ana.sees()[-1])
    await app.deps.background.drain()
    assert ana.sees()[-1].words == (await ana.slash("certs")).words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_asks_for_help_with_something_loosely(ana: Person) -> None:
    named = {
        "certs": "certs",
        "crets": "certs",
        "me with my certs": "certs",
        "/prm roadmap": "roadmap",
        "cv": "resume",
    }
    for words, name in named.items():
        assert (await ana.slash(f"help {words}")).words.startswith(f"/prm {name}\n"), words


async def test_ana_types_what_nobody_understands_and_is_helped_without_hearing_it_back(ana: Person) -> None:
    for what, text in STRANGE.items():
        seen = await ana.slash(text)

        assert seen.ok, what
        helped = ("/prm roadmap", "Did you mean", "I don't have that", "looks like it holds")
        assert any(part in seen.words for part in helped), what
        for said in (seen.text, seen.words):
            assert "qzxwvq" not in said, what
            assert not [word for word in ("🦓", "שלום", "<!channel>", "1950") if word in said], what


SLIPS = {
    "rodmap": "roadmap",
    "crets": "certs",
    "Critera": "criteria",
    "winz": "wins",
    "nudgse": "nudges",
    "certfications": "certs",
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_mistypes_a_word_and_presses_what_she_meant(ana: Person, app: App) -> None:
    for slip, meant in SLIPS.items():
        offered = await ana.slash(slip)
        assert offered.words.startswith("Did you mean"), slip
        assert slip.lower() not in offered.words.lower()
        assert_said_in_full(offered.text, offered.blocks)

        await ana.presses(f"/prm {meant}", on=offered.message)
        await app.deps.background.drain()

        pressed = ana.sees()[-1].words
        assert pressed == (await ana.slash(meant)).words
        assert CANNOT_HELP not in pressed


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_mistypes_a_word_and_can_still_see_everything(ana: Person, app: App) -> None:
    offered = await ana.slash("rodmap")

    await ana.presses("All commands", on=offered.message)
    await app.deps.background.drain()

    assert ana.sees()[-1].words == (await ana.slash("help")).words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_writes_a_subcommand_her_own_way_and_is_understood(ana: Person) -> None:
    expected = (await ana.slash("roadmap")).words
    for text in ("Roadmap", "  roadmap  ", "“roadmap”", "roadmap.", "road", "steps", "*roadmap*"):
        assert (await ana.slash(text)).words == expected, text


@dataclass(frozen=True)
class Way:
    """A button, or one choice of a menu, that runs a subcommand."""

    label: str
    words: str
    action_id: str
    choice: str | None = None


def _ways(blocks: Sequence[Payload]) -> list[Way]:
    found: list[Way] = []
    for place in places(blocks):
        if place.action_id.startswith("run:"):
            choices = place.element.get("options")
            for one in choices or [place.element]:
                words, label = str(one["value"]), str(one["text"]["text"])
                found.append(Way(label, words, place.action_id, words if choices else None))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_button_that_an_answer_offers_leads_where_its_words_lead(
    ana: Person, app: App, slack: Sandbox
) -> None:
    waiting = ["help", "roadmap", "roles", "certs", "criteria", "wins", "nudges", "rodmap"]
    pressed: set[str] = set()
    while waiting:
        source = waiting.pop()
        for way in await _offered(ana, source):
            if way.words not in pressed:
                pressed.add(way.words)
                waiting.append(way.words)
                # Charts have an allowance: nobody presses everything at one moment.
                await slack.clock.advance(minutes=1)
                shown = await _follow(ana, app, source, way)
                assert shown, f"{way.label!r} under /prm {source} shows nothing"
                assert OUTDATED_BUTTON not in shown, way.label
                assert CANNOT_HELP not in shown, way.label

    assert {f"roadmap {number}" for number in range(1, 6)} <= pressed
    assert {
        "log",
        "nudges",
        "nudges change",
        "certs credential/cphims",
        "roles manager",
        "criteria director",
    } <= pressed


async def _offered(ana: Person, words: str) -> list[Way]:
    page = await ana.slash(words)
    if ana.modal is not None:
        await ana.closes()
        return []
    assert page.ok, words
    assert_said_in_full(page.text, page.blocks)
    ways = _ways(page.blocks)
    assert ways or words == "admin", f"/prm {words} leads nowhere"
    return ways


async def _follow(ana: Person, app: App, source: str, way: Way) -> str:
    """What the way shows; its page is asked for anew, since an answer takes the place of its page."""
    page = await ana.slash(source)
    assert page.message is not None
    await ana.acts(page.message, _block_of(page.message, way), way.action_id, way.choice)
    await app.deps.background.drain()
    if ana.modal is not None:
        form = ana.modal.words
        await ana.closes()
        return form
    shown = ana.sees()[-1]
    assert_said_in_full(shown.text, shown.blocks)
    assert shown.words == (await ana.slash(way.words)).words
    return shown.words


def _block_of(page: Message, way: Way) -> str:
    """Slack names the blocks, anew in every message."""
    return next(
        place.block_id
        for place in places(page.blocks)
        if place.action_id == way.action_id and (way.choice or place.element.get("value") == way.words)
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_presses_a_button_that_no_longer_exists_and_is_told_what_to_type(
    ana: Person, app: App
) -> None:
    page = await ana.slash("roadmap")
    assert page.message is not None
    button = places(page.message.blocks)[0]
    button.element["action_id"] = "from_last_year"

    await ana.acts(page.message, button.block_id, "from_last_year")
    await app.deps.background.drain()

    assert "older version" in ana.sees()[-1].words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_reads_everything_within_one_modal_from_her_home(ana: Person, app: App) -> None:
    await ana.opens_home()
    await app.deps.background.drain()

    await ana.presses("All I can do", on=ana.home)
    await app.deps.background.drain()
    assert ana.modal is not None
    assert "My road" in ana.modal.words

    await ana.presses("My road")
    await app.deps.background.drain()
    assert len(ana.modals) == 1
    assert "Your five steps" in ana.modal.words
