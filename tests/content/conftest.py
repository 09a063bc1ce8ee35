"""The product's own content, read once, and a copy of it to spoil."""

import shutil
from pathlib import Path

import pytest

from content import Content, load
from content.loader import FILES, OWN


@pytest.fixture(scope="session")
def content() -> Content:
    return load()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder with a copy of every file, to be changed freely."""
    for name in FILES:
        shutil.copy(OWN / name, tmp_path / name)
    return tmp_path
