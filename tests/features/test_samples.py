"""Sixteen wins of all kinds go through the form and come to what was worked out by hand; a seventeenth is too long."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sandbox.people import Person
from slackbot.app import App
from slackbot.rules.outcomes import Measured
from storage.models import Win
from tests.features.records import asks_for_more, chooses, wins_of

pytestmark = pytest.mark.door

SAMPLES: list[Mapping[str, Any]] = json.loads(Path(__file__).with_name("samples.json").read_text())


async def test_every_sample_comes_to_what_was_worked_out_by_hand(ana: Person, app: App) -> None:
    for sample in SAMPLES:
        await ana.slash(f"log {sample['metric']}")
        await chooses(ana, app, sample["metric"])
        await asks_for_more(ana, app)
        ana.fills(sample["typed"])
        seen = await ana.submits()
        assert seen.ok, (sample["id"], seen.errors)
        assert ana.modal is None, sample["id"]

    kept = wins_of(app, ana)
    assert len(kept) == len(SAMPLES) == 16
    for win, sample in zip(kept, SAMPLES, strict=True):
        expected = [None if sample[key] is None else Decimal(sample[key]) for key in ("change", "pct")]
        assert _worked_out(app, win) == (*expected, sample["better"]), sample["id"]
        texts = {name: sample["typed"][name] for name in ("title", "practice", "note")}
        assert {name: getattr(win, name) for name in texts} == texts


def _worked_out(app: App, win: Win) -> tuple[Decimal | None, Decimal | None, bool | None]:
    change = Measured.of(app.deps.content.metric(win.metric), win).change()
    return change.difference, change.percent, change.better


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_note_longer_than_a_form_holds_is_told_at_its_field(ana: Person, app: App) -> None:
    await ana.slash("log campaigns")
    await asks_for_more(ana, app)
    ana.fills(baseline="2", result="5", happened_on="2026-08-08", practice="Several", note="Very long " * 301)
    seen = await ana.submits()

    assert list(seen.errors) == ["note"]
    assert wins_of(app, ana) == []
