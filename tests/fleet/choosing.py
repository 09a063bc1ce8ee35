"""Which tests a fleet can pass: those that only speak through the door, and look into the database."""

import pytest

INSIDE = frozenset({"monkeypatch", "caplog", "capsys", "trouble", "with_features", "brings", "door"})
"""Fixtures that reach into the process which answers: a fleet's are elsewhere."""


def why_not(item: pytest.Item) -> str | None:
    """Why this test says nothing about a fleet; None for one that runs with it."""
    assert isinstance(item, pytest.Function), "all our tests are functions"
    marker = item.get_closest_marker("inside")
    if item.get_closest_marker("door") is None:
        return "does not go through the door"
    if marker is not None:
        return str(marker.args[0])
    if "app" not in item.fixturenames or "slack" not in item.fixturenames:
        return "starts an app of its own"
    if item.get_closest_marker("browser") is not None:
        return "drives a browser"
    given = set(item._fixtureinfo.argnames) & INSIDE
    if given:
        return f"looks inside ({', '.join(sorted(given))})"
    defined = item._fixtureinfo.name2fixturedefs.get("database_url", ())
    if not defined or defined[-1].baseid != "tests":
        return "has a database of its own"
    callspec = getattr(item, "callspec", None)
    if callspec is None or callspec.params.get("database_url") != "postgresql":
        return "is on SQLite"
    return None
