"""Whatever comes to the door, signed or not: an answer that Slack knows, no traceback, and nothing written for a stranger.

`FUZZ` in the environment says how many; 20 000 are the whole measure, a quarter of that is run with what takes long."""

import asyncio
import gc
import json
import logging
import os
import random
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.app.doors import NOT_INSTALLED, as_json, bring, interaction
from tests.app.mutations import letter, recorded
from tests.conftest import Trouble
from tests.features.dumps import dump
from tests.features.teams import reports_to

pytestmark = [pytest.mark.door, pytest.mark.slow, pytest.mark.refused, pytest.mark.timeout(300)]

log = logging.getLogger(__name__)
MANY = int(os.environ.get("FUZZ", "5000"))
FINE = {200, 400, 401, 413}
ROOM = 40 * 2**20
"""Bytes by which the process may grow over all of them: caches that fill once, and the heap's own slack."""


FORMS = {
    "log": {"result": "150", "visibility": "manager"},
    "profile": {"rung": "liaison", "target_rung": "manager"},
    "nudges change": {},
    "certs track": {"credential": "other", "name": "A course"},
    "skills rate": {},
    "target new": {"to": "150"},
    "manager ask": {},
}


async def lived_in(ana: Person, ben: Person, dee: Person, app: App) -> None:
    """Each kind of thing that Slack sends, in many variants."""
    reports_to(app, ana, ben)
    for words in ("", "wins", "team", "is a nurse needed?", "privacy", "criteria", "progress referrals"):
        await ana.slash(words)
    for words, fields in FORMS.items():
        await ana.slash(words)
        if ana.modal is not None:
            ana.fills(fields)
            await ana.submits()
            await app.deps.background.drain()
        if ana.modal is not None:
            await ana.closes(all=True)
    await ana.slash("wins")
    await ana.presses("Log a win", on=ana.sees()[-1])
    await ana.presses("More details")
    await app.deps.background.drain()
    await ana.closes(all=True)
    await ana.shortcut("log_win_shortcut")
    await ana.closes(all=True)
    await ana.message_shortcut("log_win_from_message", ana.sees()[-1])
    await ana.closes(all=True)
    await ana.opens_home()
    await ana.says("wins")
    await ben.slash("verify")
    await ben.slash("verify ask 1")
    await dee.slash("criteria edit manager")
    await dee.slash("admin retention change")
    await app.deps.background.drain()


def resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _forget(slack: Sandbox) -> None:
    """The fake Slack lives in the same process, and would otherwise keep all of it."""
    slack.requests.clear()
    slack.calls.clear()
    slack.state.messages.clear()


def tracebacks(trouble: Trouble) -> list[str]:
    """What was logged with one: the message, the error, and where it came from."""
    return [
        f"{record.getMessage()}: {error!r:.120} in {_where(error)}"
        for record in trouble.records
        if record.exc_info and (error := record.exc_info[1]) is not None
    ]


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


async def test_nothing_that_is_spoiled_breaks_the_door(
    door: Starlette,
    app: App,
    slack: Sandbox,
    ana: Person,
    ben: Person,
    dee: Person,
    trouble: Trouble,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await lived_in(ana, ben, dee, app)
    bodies = recorded(slack.requests)
    assert len(bodies) > 10
    trouble.expect(NOT_INSTALLED)
    # Thousands of lines about what was refused would be kept by pytest, and counted as growth.
    monkeypatch.setattr(logging.root.manager, "disable", logging.WARNING)
    dice = random.Random(20_261_127)  # noqa: S311 # the same mutations every time
    answers: Counter[tuple[bool, int]] = Counter()
    found: Counter[str] = Counter()
    begun = 0
    for number in range(MANY):
        is_signed = number % 3 != 0
        answer = await bring(door, letter(dice, dice.choice(bodies), is_signed=is_signed))
        answers[is_signed, answer.status] += 1
        if number % 50 == 0:
            await app.deps.background.drain()
            found.update(tracebacks(trouble))
            trouble.records.clear()
            _forget(slack)
        if number == MANY // 4:
            gc.collect()
            begun = resident()
    await app.deps.background.drain()
    found.update(tracebacks(trouble))
    gc.collect()
    grown = resident() - begun
    monkeypatch.undo()
    log.info("by signed and status: %s; grew by %.1f MiB", dict(answers), grown / 2**20)
    assert found == Counter()
    assert {status for _, status in answers} <= FINE
    assert not answers[False, 200]
    assert grown < ROOM


async def test_nothing_is_written_for_who_cannot_sign(
    door: Starlette, app: App, slack: Sandbox, ana: Person, ben: Person, dee: Person
) -> None:
    await lived_in(ana, ben, dee, app)
    bodies = recorded(slack.requests)
    before, calls = dump(app), len(slack.calls)
    dice = random.Random(1)  # noqa: S311 # likewise
    for _ in range(MANY // 4):
        assert (await bring(door, letter(dice, dice.choice(bodies), is_signed=False))).status in FINE - {200}
    await app.deps.background.drain()
    assert dump(app) == before
    assert len(slack.calls) == calls


LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30)
NAMES = st.sampled_from(
    ["type", "team", "user", "view", "actions", "event", "id", "team_id", "user_id", "text", "command", "state", "values",
     "action_id", "block_id", "value", "selected_option", "callback_id", "private_metadata", "blocks", "channel"]
)  # fmt: skip
INNER = LEAVES | st.lists(LEAVES, max_size=4) | st.dictionaries(NAMES, LEAVES, max_size=4)
ANYTHING = INNER | st.lists(INNER, max_size=4) | st.dictionaries(NAMES, INNER, max_size=6)


async def test_no_shape_at_all_breaks_the_door(
    door: Starlette, app: App, slack: Sandbox, ana: Person, ben: Person, dee: Person, trouble: Trouble
) -> None:
    await lived_in(ana, ben, dee, app)
    bodies = recorded(slack.requests)
    trouble.expect(NOT_INSTALLED)
    shapes: list[dict[str, Any]] = []

    @settings(
        max_examples=MANY // 5,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(bodies), st.dictionaries(NAMES, ANYTHING, max_size=3), st.booleans())
    def collect(body: dict[str, Any], shape: dict[str, Any], inside: bool) -> None:
        holder = next((name for name in ("view", "event", "actions") if inside and name in body), None)
        if holder is None:
            shapes.append({**body, **shape})
        elif isinstance(body[holder], list):
            shapes.append({**body, holder: [{**body[holder][0], **shape}]})
        else:
            shapes.append({**body, holder: {**body[holder], **shape}})

    # In a thread, so that connections to the fake Slack are looked after meanwhile.
    await asyncio.to_thread(collect)
    statuses: Counter[int] = Counter()
    broke: dict[str, str] = {}
    for shape in shapes:
        way = interaction if shape.get("type") != "event_callback" else as_json
        statuses[(await bring(door, way(shape))).status] += 1
        await app.deps.background.drain()
        for each in tracebacks(trouble):
            broke.setdefault(each, json.dumps(shape)[:400])
        trouble.records.clear()
    assert broke == {}
    assert set(statuses) <= FINE
    assert statuses[200] > len(shapes) // 10, "enough of them come as far as our own code"
