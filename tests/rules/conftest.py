"""The product's own content, read once: the rules speak of its metrics and texts."""

import pytest

from content import Content, load


@pytest.fixture(scope="session")
def content() -> Content:
    return load()
