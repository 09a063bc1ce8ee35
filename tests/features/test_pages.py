"""A long answer is laid out in pages: nothing is lost, nothing comes twice, and each page leads to the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackbot.ui.blocks import Block, header, runs, section
from slackbot.ui.pages import SCREEN, fits, height, leaf, page_of, parted

LENGTHS = st.lists(st.integers(0, 1500), max_size=30)


@given(LENGTHS)
def test_no_block_is_lost_torn_or_moved(lengths: list[int]) -> None:
    body = [section("x" * length) for length in lengths]

    pages = parted(body)

    assert [block for page in pages for block in page] == body
    assert all(page for page in pages[1:])
    assert all(len(page) == 1 or sum(map(height, page)) <= SCREEN for page in pages if page)


def chapters() -> list[list[Block]]:
    return [[section(f"{name} {number}: {'x' * 600}") for number in range(3)] for name in ("First", "Second")]


def test_reading_on_from_the_first_page_shows_everything_once() -> None:
    asked, seen = "roadmap 3", []
    while asked:
        words, number = page_of(asked)
        shown = leaf(
            words, number, *chapters(), top=[header("Title")], ways=[runs("Away", "help")], more="Second ones"
        )
        seen.append([block["text"]["text"] for block in shown["blocks"] if block["type"] == "section"])
        labels = {way["text"]["text"]: way["value"] for way in shown["blocks"][-1]["elements"]}
        asked = labels.get("More") or labels.get("Second ones") or ""

    assert [text for page in seen for text in page] == [
        block["text"]["text"] for chapter in chapters() for block in chapter
    ]
    assert len(seen) > 2
    assert not any({text.split()[0] for text in page} == {"First", "Second"} for page in seen)


def test_what_fits_together_stays_on_one_page() -> None:
    shown = leaf("roadmap 3", 1, [section("One.")], [section("Two.")], more="Two")

    assert shown["text"] == "One.\nTwo."
    assert len(shown["blocks"]) == 2
    assert fits(shown["blocks"])


def test_a_page_after_the_last_is_the_last() -> None:
    last = leaf("roadmap 3", 99, *chapters())

    assert "Second 2" in last["text"]
    assert "More" not in str(last)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3", ("3", 1)),
        ("3 more", ("3", 2)),
        ("3 MORE 4", ("3", 4)),
        ("more", ("", 2)),
        ("3 more 0", ("3", 1)),
        ("3 more 123", ("3", 123)),
        ("3 more 1234", ("3 more 1234", 1)),
        ("anymore", ("anymore", 1)),
        ("", ("", 1)),
    ],
)
def test_more_asks_for_the_next_page(typed: str, meant: tuple[str, int]) -> None:
    assert page_of(typed) == meant
