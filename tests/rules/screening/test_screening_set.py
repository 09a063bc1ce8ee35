"""The screening set is large enough to mean something, and no text in it counts twice."""

from collections import Counter
from unicodedata import normalize

import pytest

from tests.rules.screening import KINDS, Expected, Part, samples

LEAST = {
    (Expected.BLOCKED, Part.TUNING): 110,
    (Expected.BLOCKED, Part.SECOND): 60,
    (Expected.BLOCKED, Part.HELD_OUT): 45,
    (Expected.WARNED, Part.TUNING): 55,
    (Expected.WARNED, Part.SECOND): 25,
    (Expected.WARNED, Part.HELD_OUT): 25,
    (Expected.INDUCEMENT, Part.TUNING): 40,
    (Expected.INDUCEMENT, Part.SECOND): 25,
    (Expected.INDUCEMENT, Part.HELD_OUT): 20,
    (Expected.PASS, Part.TUNING): 220,
    (Expected.PASS, Part.SECOND): 120,
    (Expected.PASS, Part.HELD_OUT): 110,
}
FILES = [(expected, part) for expected in Expected for part in Part]


def as_read(text: str) -> str:
    """The text without differences nobody sees; case stays, since case can be the difficulty."""
    return " ".join(normalize("NFKC", text).split())


@pytest.mark.parametrize(("expected", "part"), FILES)
def test_each_file_holds_enough_texts(expected: Expected, part: Part) -> None:
    assert len(samples(expected, part)) >= LEAST[expected, part]


@pytest.mark.parametrize(("expected", "part"), FILES)
def test_every_kind_is_there_at_least_three_times(expected: Expected, part: Part) -> None:
    counted = Counter(sample.kind for sample in samples(expected, part))
    assert counted.keys() == KINDS[expected]
    assert min(counted.values()) >= 3


def test_no_text_appears_twice() -> None:
    counted = Counter(as_read(sample.text) for file in FILES for sample in samples(*file))
    assert [text for text, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(("expected", "part"), FILES)
def test_every_text_fits_into_a_note(expected: Expected, part: Part) -> None:
    assert all(sample.text.strip() and len(sample.text) <= 3_000 for sample in samples(expected, part))
