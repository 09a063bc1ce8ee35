"""No module reads what is somebody else's without a row on the audit trail, unless it says here why it need not."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
OF_OTHERS: Final = frozenset({"manager_id", "viewer_id"})
"""Parameters of queries that give one person what another has."""
RECORDS: Final = frozenset({"record", "_record", "was_read", "_was_read", "note"})
NEED_NOT: Final = {
    "slackbot/standing/reading.py": "works out what others show; whichever feature shows it writes it down",
    "slackbot/features/digest/reading.py": "`asking` and `message`, which show it, write `digest.read` and `digest.told`",
    "slackbot/features/reminders/waiting.py": "a message that comes by itself about what `queue.told` named before",
}
"""Modules that read such a thing, and why that is no look."""


def readers() -> set[str]:
    """Names of all queries that take a parameter of `OF_OTHERS`, as they are called: `teams.team`."""
    return {
        f"{path.stem}.{each.name}"
        for path in (ROOT / "storage").glob("*.py")
        for each in ast.walk(ast.parse(path.read_text()))
        if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")
        if OF_OTHERS & {arg.arg for arg in (*each.args.args, *each.args.kwonlyargs)}
    }


def calls(path: Path) -> Iterator[str]:
    """What a module calls, as it is written there."""
    for each in ast.walk(ast.parse(path.read_text())):
        if isinstance(each, ast.Call):
            yield ast.unparse(each.func)


def test_whoever_reads_of_others_writes_it_down() -> None:
    wanted = readers()
    assert len(wanted) > 10
    silent = {}
    for path in (ROOT / "slackbot").rglob("*.py"):
        called = list(calls(path))
        reads = sorted(wanted & set(called))
        if reads and not any(each.rsplit(".", maxsplit=1)[-1] in RECORDS for each in called):
            silent[path.relative_to(ROOT).as_posix()] = reads
    assert {name: reads for name, reads in silent.items() if name not in NEED_NOT} == {}
