"""Whoever edits the content and slips is told the file, the line, and what is wrong."""

from pathlib import Path

import pytest

from content import Content, ContentError, load
from content.loader import FILES
from tests.content.slips import SLIPS, Slip

pytestmark = pytest.mark.slow


def spoil(path: Path, before: str, after: str) -> str:
    text = path.read_text(encoding="utf-8")
    assert before in text, f"{before!r} is no longer in {path.name}"
    text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")
    return text


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_is_refused_with_its_file_and_line(slip: Slip, copied: Path) -> None:
    path = copied / slip.file
    text = spoil(path, slip.before, slip.after)

    with pytest.raises(ContentError) as refused:
        load(copied)

    complaints = [p for p in refused.value.problems if slip.told in p.what]
    assert complaints, str(refused.value)
    assert all(complaint.path == path and complaint.line for complaint in complaints)
    if slip.at:
        assert text[: text.index(slip.at)].count("\n") + 1 == complaints[0].line
        assert f"{path}:{complaints[0].line}: " in str(refused.value)


def test_a_slip_was_tried_in_every_file() -> None:
    assert {slip.file for slip in SLIPS.values()} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(name: str, copied: Path) -> None:
    (copied / name).unlink()
    with pytest.raises(ContentError, match=rf"{name}: cannot be read"):
        load(copied)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("rest", ["", "- a\n- b\n", "entries:\n  a: 1\n", "defaults: 5\nentries: []\n"])
def test_a_file_of_another_shape_is_refused(name: str, rest: str, copied: Path) -> None:
    (copied / name).write_text(rest, encoding="utf-8")
    with pytest.raises(ContentError, match=rf"{name}:1: must hold a list called entries"):
        load(copied)


def test_a_file_that_is_not_text_is_refused(copied: Path) -> None:
    (copied / "nudges.yaml").write_bytes(b"entries: \xff\xfe")
    with pytest.raises(ContentError, match=r"nudges\.yaml: cannot be read"):
        load(copied)


@pytest.mark.parametrize(
    "odd", ["entries: [\x00]\n", "entries: !!int x\n", "a: b: c\n", "entries: &a [*b]\n"]
)
def test_what_is_no_yaml_is_refused_kindly(odd: str, copied: Path) -> None:
    (copied / "nudges.yaml").write_text(odd, encoding="utf-8")
    with pytest.raises(ContentError, match=r"nudges\.yaml.*: is not YAML: \S"):
        load(copied)


def test_a_byte_order_mark_left_by_an_editor_does_no_harm(copied: Path, content: Content) -> None:
    path = copied / "nudges.yaml"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert load(copied) == content


def test_a_tag_that_would_run_code_is_refused(copied: Path) -> None:
    (copied / "nudges.yaml").write_text("entries: !!python/object/apply:os.getcwd []\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"nudges\.yaml:1: is not YAML: could not determine a constructor"):
        load(copied)


def test_all_slips_are_told_at_once(copied: Path) -> None:
    spoil(copied / "roadmap.yaml", "number: 3", "number: three")
    spoil(copied / "ladder.yaml", "level: 4", "level: high")
    spoil(copied / "ladder.yaml", "source: vendor", "source: rumor")

    with pytest.raises(ContentError) as refused:
        load(copied)

    assert [problem.path.name for problem in refused.value.problems] == [
        "roadmap.yaml",
        "ladder.yaml",
        "ladder.yaml",
    ]
    assert len(str(refused.value).splitlines()) == 3
