"""Nothing is copied: no eight words in a row of ours stand in the article the product grew from.

`article_shingles.txt` holds only hashes of the article's shingles (sha256, cut to ten digits), not its text.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from content import Content, Entry
from content.spelling import tokens
from content.wording import names, texts

LENGTH = 8
ARTICLE = frozenset(Path(__file__).with_name("article_shingles.txt").read_text(encoding="utf-8").split())


def shingles(text: str) -> Iterator[str]:
    words = tokens(text)
    for start in range(len(words) - LENGTH + 1):
        yield " ".join(words[start : start + LENGTH])


def of_the_article(shingle: str) -> bool:
    return hashlib.sha256(shingle.encode()).hexdigest()[:10] in ARTICLE


def told(entry: Entry) -> list[str]:
    return [*names(entry), *texts(entry), *([entry.note] if entry.note else [])]


def test_the_hashes_know_the_article() -> None:
    assert len(ARTICLE) > 1000
    title = "How to Become a Physician Relations Manager: 5-Step Roadmap"
    assert of_the_article(" ".join(tokens(title)[:LENGTH]))


def test_no_eight_words_in_a_row_are_the_article_s(content: Content) -> None:
    checked = 0
    for entry in content.entries():
        for text in told(entry):
            for shingle in shingles(text):
                checked += 1
                assert not of_the_article(shingle), (entry.ref, shingle)
    assert checked > 5000


def test_nothing_shouts_and_nothing_is_marked_up(content: Content) -> None:
    for entry in content.entries():
        for text in told(entry):
            assert not re.search(r"[<>*`~!]|\s{2}", text), (entry.ref, text)


def test_no_text_carries_an_address(content: Content) -> None:
    for entry in content.entries():
        for text in told(entry):
            assert not re.search(r"https?:|www\.|\b\w+\.(com|org|net|gov|edu)\b|@\w", text, re.I), entry.ref


@pytest.mark.parametrize(
    "british", [r"organis", r"programme", r"specialise", r"recognis", r"behaviour", r"centre\b"]
)
def test_the_spelling_is_american(british: str, content: Content) -> None:
    for entry in content.entries():
        for text in told(entry):
            assert not re.search(british, text, re.I), (entry.ref, text)
