"""An organization lays its own entries over ours: some replaced, some new, the rest untouched."""

from pathlib import Path

import pytest

from content import Content, ContentError, Entry, Index, Told, Verification, find, load
from content.loader import FILES

EXAMPLE = Path(__file__).parents[2] / "docs" / "own-content-example"

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


def lay(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("way", ["hide: [salary]\n", "entries:\n  - id: salary\n    hide: true\n"])
def test_an_entry_can_be_hidden_in_two_ways(way: str, tmp_path: Path, content: Content) -> None:
    lay(tmp_path, "faq.yaml", way)

    theirs = load(over=tmp_path)

    assert not theirs.has("faq/salary")
    assert len(theirs.faq) == len(content.faq) - 1


def test_nothing_leads_to_what_is_hidden(tmp_path: Path, content: Content) -> None:
    assert "faq/salary" in content.question("lucrative").see
    lay(tmp_path, "faq.yaml", "hide: [salary]\n")
    lucrative = load(over=tmp_path).question("lucrative")
    assert lucrative.see == tuple(ref for ref in content.question("lucrative").see if ref != "faq/salary")


def test_a_hidden_rung_takes_its_criteria_along(tmp_path: Path) -> None:
    lay(tmp_path, "ladder.yaml", "hide: [director]\n")
    theirs = load(over=tmp_path)
    assert [rung.id for rung in theirs.rungs][-1] == "manager"
    assert not [criterion for criterion in theirs.criteria if criterion.rung == "director"]


def test_a_hidden_outcome_that_a_criterion_needs_is_told(tmp_path: Path) -> None:
    lay(tmp_path, "outcomes.yaml", "hide: [contract_wins]\n")
    with pytest.raises(ContentError, match=r"criteria\.yaml:\d+: there is no outcome contract_wins"):
        load(over=tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "faq.yaml",
            "hide:\n  - salary\n  - salari\n",
            r"faq\.yaml:3: there is no entry salari here to hide",
        ),
        (
            "faq.yaml",
            "entries:\n  - id: nothing\n    hide: true\n",
            r"faq\.yaml:2: there is no entry nothing here to hide",
        ),
        (
            "faq.yaml",
            "entries:\n  - id: salary\n    hide: maybe\n",
            r"faq\.yaml:3: an entry is hidden by its id",
        ),
        ("faq.yaml", "entries:\n  - hide: true\n", r"faq\.yaml:2: an entry is hidden by its id"),
        ("faq.yaml", "hide: salary\n", r"faq\.yaml:1: must hold a list called entries, a list called hide"),
        ("faq.yaml", "defaults: {source: field}\n", r"faq\.yaml:1: must hold a list called entries"),
        ("roadmap.yaml", "hide: [training]\n", r"roadmap\.yaml:\d+: steps are counted .* step 3"),
        ("skills.yaml", "hide: [data]\n", r"backgrounds\.yaml:\d+: there is no skill data"),
        ("faq.yaml", "hide: [{a: 1}]\n", r"faq\.yaml:1: there is no entry"),
    ],
)
def test_hiding_in_vain_is_told_with_file_and_line(name: str, text: str, told: str, tmp_path: Path) -> None:
    lay(tmp_path, name, text)
    with pytest.raises(ContentError, match=told):
        load(over=tmp_path)


def test_our_own_files_hide_nothing(copied: Path) -> None:
    path = copied / "faq.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "hide: [salary]\n", encoding="utf-8")
    with pytest.raises(
        ContentError, match=r"faq\.yaml:1: must hold a list called entries and, at most, defaults"
    ):
        load(copied)


def test_one_kind_in_two_files_is_refused(tmp_path: Path) -> None:
    lay(tmp_path, "faq.yaml", "entries: []\n")
    lay(tmp_path, "faq.yml", "entries: []\n")
    with pytest.raises(ContentError, match=r"faq\.yml: is there as faq\.yaml, too"):
        load(over=tmp_path)


def test_the_short_ending_counts_as_well(tmp_path: Path) -> None:
    lay(tmp_path, "faq.yml", "hide: [salary]\n")
    assert not load(over=tmp_path).has("faq/salary")


def test_the_example_in_the_docs_adds_changes_and_hides(content: Content) -> None:
    theirs = load(over=EXAMPLE)

    assert theirs.credential("harbor_fellowship").issuer == "Harbor Health"
    assert theirs.question("employer_pays").title == "Will Harbor Health pay for training?"
    assert not theirs.has("faq/travel_remote")
    assert not theirs.has("criterion/manager_contracts")
    assert "12%" in theirs.criteria_for("manager")[0].sentence
    assert theirs.entry("term/harbor_connect")
    assert Index(theirs).answer("who pays for my course at harbor").best == theirs.question("employer_pays")
    assert theirs.steps == content.steps


def test_the_docs_name_every_file_and_every_field_of_its_own() -> None:
    told = (EXAMPLE.parent / "content.md").read_text(encoding="utf-8")
    rows = {
        line.split("`")[1]: line for line in told.splitlines() if line.startswith("| `") and ".yaml" in line
    }
    assert set(rows) == set(FILES)
    for name, kind in FILES.items():
        own = set(kind.model_fields) - set(
            Told.model_fields if issubclass(kind, Told) else Entry.model_fields
        )
        assert all(f"`{field}`" in rows[name] for field in own), (name, own)
