"""Several machines start at the same moment, and each runs `prm migrate` first."""

import asyncio
from pathlib import Path

import pytest

from storage.database import Database
from tests.app.processes import result_of
from tests.databases import Databases

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

MACHINES = 5


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_one_migrates_and_the_others_find_it_done(
    databases: Databases, tmp_path: Path, engine: str
) -> None:
    address = f"sqlite:///{tmp_path / 'prm.db'}" if engine == "sqlite" else databases.empty_postgresql()

    ended = await asyncio.gather(
        *(result_of(tmp_path, "migrate", DATABASE_URL=address) for _ in range(MACHINES))
    )

    assert [(one.code, one.err) for one in ended] == [(0, "")] * MACHINES
    database = Database.at(address)
    database.check()
    database.engine.dispose()
