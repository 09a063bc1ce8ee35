"""An organization lays its own entries over ours: some replaced, some new, the rest untouched."""

from pathlib import Path

import pytest

from content import Content, ContentError, Verification, find, load

OURS_AND_THEIRS = """
entries:
  - id: aplac_certification
    name: Our liaison certificate
    kind: certificate
    in_seed: false
    issuer: Harbor Health
    summary: What we ask of every liaison in the first year.
    cycle_months: 12
    ce_required: 8
    expiry_rule: anniversary
    fee: null
    source: field
    verification: verified
    as_of: 2026-11-01
  - id: harbor_fellowship
    name: Harbor fellowship in provider relations
    kind: fellowship
    in_seed: false
    issuer: Harbor Health
    summary: Six months beside a seasoned manager.
    cycle_months: null
    ce_required: null
    expiry_rule: none
    fee: null
    source: field
    verification: verified
    as_of: 2026-11-01
"""


def test_a_known_id_is_replaced_in_its_place_and_a_new_one_added(tmp_path: Path, content: Content) -> None:
    (tmp_path / "credentials.yaml").write_text(OURS_AND_THEIRS, encoding="utf-8")

    theirs = load(over=tmp_path)

    assert theirs.credentials[0].name == "Our liaison certificate"
    assert theirs.credentials[0].verification is Verification.VERIFIED
    assert theirs.credentials[-1].id == "harbor_fellowship"
    assert len(theirs.credentials) == len(content.credentials) + 1
    assert theirs.steps == content.steps
    assert find("harbor fellowship", theirs.credentials)[0].id == "harbor_fellowship"


def test_an_empty_folder_changes_nothing(tmp_path: Path, content: Content) -> None:
    assert load(over=tmp_path) == content


def test_a_slip_in_their_file_names_their_file(tmp_path: Path) -> None:
    own = tmp_path / "credentials.yaml"
    own.write_text(OURS_AND_THEIRS.replace("kind: fellowship", "kind: club"), encoding="utf-8")
    with pytest.raises(ContentError, match=r"credentials\.yaml:18: kind: ") as refused:
        load(over=tmp_path)
    assert [problem.path for problem in refused.value.problems] == [own]


def test_a_reference_broken_by_their_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "criteria.yaml").write_text(
        "entries:\n"
        "  - id: extra\n"
        "    rung: captain\n"
        "    need: gate\n"
        "    sentence: A bachelor's degree.\n"
        "    test: {kind: education, at_least: bachelor}\n"
        "    source: house_default\n"
        "    verification: unverified\n"
        "    as_of: 2026-11-01\n",
        encoding="utf-8",
    )
    with pytest.raises(ContentError, match=r"criteria\.yaml:3: there is no rung captain"):
        load(over=tmp_path)


def test_a_file_we_do_not_know_is_refused(tmp_path: Path) -> None:
    (tmp_path / "certifications.yaml").write_text("entries: []\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"certifications\.yaml: is not one of roadmap\.yaml, "):
        load(over=tmp_path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="there is no such folder"):
        load(over=tmp_path / "nowhere")
