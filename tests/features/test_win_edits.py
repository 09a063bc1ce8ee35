"""A win is edited in the form it was logged with: guarded, once, and never past the manager who confirmed it."""

import asyncio
import json
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from storage import win_changes
from storage.models import Win
from tests.features.records import (
    chooses,
    last_sent,
    logs,
    member_of,
    post_again,
    trail_of,
    typed,
    wins_of,
)
from tests.features.teams import deeds_of, reports_to
from tests.features.win_forms import one_engine, opens_to_edit, sends

pytestmark = pytest.mark.door


def confirms(app: App, win: Win, manager: Person) -> None:
    """The manager's word, past the queue, which has tests of its own."""
    by = member_of(app, manager).id
    assert by is not None

    def confirm(session: Session) -> None:
        stored = session.get(Win, win.id)
        assert stored is not None
        assert win_changes.change(
            session, stored, by=by, now=app.deps.now(), deed="confirmed", status="verified"
        )

    app.deps.database.run(confirm)


FULL: dict[str, Any] = {
    "title": "A good quarter",
    "baseline": "1,120",
    "result": "1,250.125",
    "happened_on": "2026-09-30",
    "period": "quarter",
    "compared_with": "last_year",
    "practice": "Elm Clinic",
    "source": "finance",
    "link": "https://example.org/q3",
    "note": "as booked",
    "visibility": "manager",
}


async def test_ana_edits_a_win_that_holds_all_she_said(ana: Person, app: App) -> None:
    await logs(ana, app, metric="downstream_revenue", **FULL)
    (win,) = wins_of(app, ana)
    await opens_to_edit(ana, app, win)
    assert {name: typed(ana, name) for name in FULL} == FULL

    ana.fills(result="1,300", note="as corrected")
    assert await sends(ana, app) == {}
    (edited,) = wins_of(app, ana)
    assert (edited.result, edited.note, edited.revision) == (Decimal(1300), "as corrected", 2)
    assert (edited.title, edited.period, edited.source) == ("A good quarter", "quarter", "finance")
    assert deeds_of(app, edited) == [("logged", None), ("edited", None)]
    assert [event.action for event in trail_of(app, ana)][:2] == ["win.logged", "win.edited"]
    assert len(ana.dms()) == 1, "the copy is rewritten, not sent again"


@one_engine
async def test_numbers_stand_in_the_form_so_that_they_can_be_read_again(ana: Person, app: App) -> None:
    for result in ("4.1250", "4.5", "3"):
        await logs(ana, app, metric="satisfaction_score", result=result)
        win = wins_of(app, ana)[-1]
        await opens_to_edit(ana, app, win)
        ana.fills(practice="Elm Clinic")
        assert await sends(ana, app) == {}
        assert wins_of(app, ana)[-1].result == Decimal(result)


@one_engine
async def test_an_edit_that_changes_nothing_saves_nothing(ana: Person, app: App) -> None:
    await logs(ana, app, metric="downstream_revenue", **FULL)
    await ana.slash("log event_attendance")
    ana.fills(part="1", sample="3")
    await sends(ana, app)
    for win in wins_of(app, ana):
        await opens_to_edit(ana, app, win)
        assert await sends(ana, app) == {}
        assert ana.modal is None

    assert [win.revision for win in wins_of(app, ana)] == [1, 1]


async def test_an_edit_sent_three_times_at_once_makes_one_version(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await logs(ana, app)
    (win,) = wins_of(app, ana)
    await opens_to_edit(ana, app, win)
    await sends(ana, app)
    body = last_sent(slack, "view_submission")
    body["view"]["state"]["values"]["result"]["result"]["value"] = "160"
    answers = await asyncio.gather(*(post_again(slack, body) for _ in range(3)))
    late = await post_again(slack, body)
    await app.deps.background.drain()

    assert [*answers, late] == [(200, "")] * 4
    (edited,) = wins_of(app, ana)
    assert (edited.result, edited.revision) == (Decimal(160), 2)
    assert len(deeds_of(app, edited)) == 2


async def test_an_edit_of_what_changed_meanwhile_saves_nothing_and_keeps_what_was_typed(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await logs(ana, app, visibility="manager")
    (win,) = wins_of(app, ana)
    await opens_to_edit(ana, app, win)
    confirms(app, win, ben)
    ana.fills(result="160")

    found = await sends(ana, app)
    assert "changed since you opened" in " ".join(found.values())
    assert typed(ana, "result") == "160"
    (kept,) = wins_of(app, ana)
    assert (kept.result, kept.status, kept.revision) == (Decimal(150), "verified", 2)


@one_engine
async def test_editing_a_confirmed_win_says_first_that_it_has_to_be_confirmed_again(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await logs(ana, app, visibility="manager")
    confirms(app, wins_of(app, ana)[0], ben)
    await opens_to_edit(ana, app, wins_of(app, ana)[0])
    for _ in range(2):
        assert ana.modal is not None
        assert f"<@{ben.id}> has confirmed this one" in ana.modal.words
        await chooses(ana, app, "referrals")

    ana.fills(result="160")
    assert await sends(ana, app) == {}
    (win,) = wins_of(app, ana)
    assert (win.status, win.decided_by, win.result) == ("shared", None, Decimal(160))


@one_engine
async def test_an_edit_can_take_a_win_back_from_the_managers_eyes(ana: Person, app: App) -> None:
    await logs(ana, app, visibility="manager")
    await opens_to_edit(ana, app, wins_of(app, ana)[0])
    ana.fills(visibility="me")
    assert await sends(ana, app) == {}

    (win,) = wins_of(app, ana)
    assert (win.status, win.shared_at, win.revision) == ("private", None, 2)


@one_engine
async def test_nobody_edits_a_win_that_is_not_theirs(ana: Person, eli: Person, cy: Person, app: App) -> None:
    await logs(ana, app)
    (win,) = wins_of(app, ana)
    for stranger in (eli, cy):
        await stranger.slash(f"wins edit {win.id}")
        assert stranger.modal is None


@one_engine
async def test_a_stolen_forms_number_saves_nothing_of_somebody_elses(
    ana: Person, eli: Person, app: App, slack: Sandbox
) -> None:
    await logs(ana, app)
    await logs(eli, app)
    for person in (ana, eli):
        await opens_to_edit(person, app, wins_of(app, person)[0])
        person.fills(result="999")
    await eli.submits()
    body = last_sent(slack, "view_submission")
    sheet = json.loads(body["view"]["private_metadata"])
    body["view"]["private_metadata"] = json.dumps(sheet | {"win": wins_of(app, ana)[0].id, "revision": 1})
    reply = json.loads((await post_again(slack, body))[1])

    assert "no longer here" in " ".join(reply["errors"].values())
    assert wins_of(app, ana)[0].result == 150
