"""The worker is killed while it sends, again and again: nobody hears twice, and nothing is lost without a reason.

`python -m bench.kill` does it two hundred times."""

from pathlib import Path

import pytest

from bench import kill
from tests.databases import Databases

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

KILLS = 20


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_twenty_workers_are_killed_and_everybody_hears_once(
    engine: str, databases: Databases, tmp_path: Path
) -> None:
    found = await kill.measure(engine, databases.fresh(engine, tmp_path), tmp_path, KILLS)

    assert (found.kills, found.due) == (KILLS, kill.DUE)
    assert (found.duplicates, found.lost, found.false) == (0, 0, 0)
    # What Slack could be asked about was settled, and some of it either way; the rest is counted as unknown.
    assert found.unknown_with_history == 0
    assert found.found > 0
    assert found.absent > 0
    assert found.states["unknown"] > 0
    assert found.states["sent"] + found.states["unknown"] == kill.DUE
