"""What is claimed about security and privacy is held by tests that exist, and says what the product does."""

import re
from pathlib import Path

import pytest

from slackbot.features.privacy.exporting import TITLES
from slackbot.installing import OPTIONAL_SCOPES, SCOPES
from slackbot.rules.leaving import CHANGE_OF_MIND, TRAIL_MONTHS
from storage import forgetting

ROOT = Path(__file__).parents[1]
DOCS = {
    name: (ROOT / name).read_text()
    for name in ("docs/security.md", "docs/privacy.md", "docs/support.md", "SECURITY.md")
}
TESTS = set(
    re.findall(
        r"def (test_\w+)\(", "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    )
)


def test_every_test_that_the_threat_model_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", DOCS["docs/security.md"]))
    assert len(named) > 20
    assert named - TESTS == set()


def test_every_threat_names_a_test() -> None:
    table = DOCS["docs/security.md"].split("## Who could want what")[1].split("\n\n")[1]
    rows = [line for line in table.splitlines()[2:] if line.startswith("|")]
    assert len(rows) > 10
    assert [row for row in rows if "`test_" not in row] == []


@pytest.mark.parametrize("name", ["docs/privacy.md", "docs/support.md", "SECURITY.md"])
def test_what_only_the_operator_knows_is_marked(name: str) -> None:
    assert "[TO BE FILLED IN BY THE OPERATOR: " in DOCS[name]
    assert not re.search(r"[\w.]+@[\w.]+\.\w+|example\.(com|org)", DOCS[name])


def test_the_times_are_those_that_hold() -> None:
    assert CHANGE_OF_MIND.days == 7
    assert "seven days" in DOCS["docs/privacy.md"]
    for name in ("docs/privacy.md", "docs/security.md"):
        assert f"{TRAIL_MONTHS} months" in DOCS[name]


def test_the_scopes_are_those_that_are_asked_for() -> None:
    for scope in (*SCOPES, *OPTIONAL_SCOPES):
        assert f"`{scope}`" in DOCS["docs/security.md"]


def test_every_kind_of_row_has_a_title_in_the_export() -> None:
    owned = {table.name for table in forgetting.owned()}
    assert owned - set(TITLES) == set()
