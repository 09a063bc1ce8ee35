"""The rules are pure: they open nothing, ask nobody for the time, and never speak to Slack."""

import ast
from pathlib import Path

import pytest

import slackbot.rules

MODULES = sorted(Path(slackbot.rules.__file__).parent.rglob("*.py"))
FORBIDDEN = frozenset(
    [
        "aiohttp",
        "apscheduler",
        "asyncio",
        "http",
        "io",
        "logging",
        "os",
        "pathlib",
        "random",
        "requests",
        "secrets",
        "slack_bolt",
        "slack_sdk",
        "socket",
        "sqlalchemy",
        "sqlmodel",
        "structlog",
        "subprocess",
        "threading",
        "time",
        "urllib",
        "uuid",
    ]
)
CLOCKS = frozenset({"now", "today", "utcnow", "fromtimestamp", "time", "monotonic", "perf_counter"})
DOORS = frozenset({"open", "print", "input", "eval", "exec", "__import__"})


def impurities(source: str) -> list[str]:
    """Everything in a module that is not values in, values out."""
    return [found for node in ast.walk(ast.parse(source)) for found in _impure(node)]


def _impure(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [f"imports {name.name}" for name in names if name.name.split(".")[0] in FORBIDDEN]
        case ast.ImportFrom(module=str(module)) if module.split(".")[0] in FORBIDDEN:
            return [f"imports {module}"]
        case ast.ImportFrom(names=names) if any(name.name == "Callable" for name in names):
            return ["takes a function, which could be a clock"]
        case ast.Call(func=ast.Attribute(attr=attribute), args=[]) if attribute in CLOCKS:
            return [f"asks for the time with {attribute}()"]
        case ast.Call(func=ast.Attribute(attr=("now" | "fromtimestamp") as attribute)):
            return [f"asks for the time with {attribute}()"]
        case ast.Call(func=ast.Name(id=name)) if name in DOORS:
            return [f"calls {name}()"]
        case ast.arg(arg=("clock" | "session" | "client") as name):
            return [f"takes a {name}"]
        case ast.AsyncFunctionDef(name=name):
            return [f"{name} waits for something"]
        case ast.Global(names=names):
            return [f"keeps {name} between calls" for name in names]
    return []


def test_there_are_rules_to_look_at() -> None:
    assert {"numbers", "outcomes", "schedule", "choosing", "verdicts"} <= {path.stem for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_of_rules_is_pure(path: Path) -> None:
    assert impurities(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "import os.path",
        "from os import environ",
        "import time",
        "from time import time",
        "from slack_sdk import WebClient",
        "import slack_bolt.async_app",
        "from collections.abc import Callable",
        "from datetime import datetime\ntoday = datetime.now()",
        "from datetime import UTC, datetime\ntoday = datetime.now(UTC)",
        "from datetime import datetime\nx = datetime.utcnow()",
        "from datetime import date\nx = date.today()",
        "x = open('file')",
        "async def wait() -> None: ...",
        "def due(clock: object) -> None: ...",
        "def due() -> None:\n    global seen",
    ],
)
def test_what_is_not_pure_is_noticed(source: str) -> None:
    assert len(impurities(source)) == 1


def test_a_time_of_day_is_no_clock() -> None:
    assert impurities("from datetime import time\nnine = time(9)\nlater = when.time()") == [
        "asks for the time with time()"
    ]
    assert impurities("from datetime import time\nnine = time(9)") == []
