"""A weekly message is answered once, and put off only by its owner, from the posting that stands now."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import Session

from storage import leases, nudges, sending
from storage.database import Database
from storage.models import DELIVERY_STATES, Delivery
from storage.nudges import Pressed
from storage.several import Whose
from tests.storage.conftest import HOUR, NOW, Claim, member, workspace
from tests.storage.racing import through_transact

LATER = NOW + timedelta(days=1)


def found(database: Database, delivery_id: str) -> Delivery:
    return database.run(lambda session: session.get_one(Delivery, delivery_id))


def whose(database: Database, delivery_id: str) -> dict[str, Any]:
    row = found(database, delivery_id)
    return {"workspace_id": row.workspace_id, "member_id": row.member_id}


def test_of_many_presses_at_once_one_counts(database: Database, claim: Claim) -> None:
    delivery = claim(state="sent")
    own, pressed = whose(database, delivery), Pressed(delivery, 0)

    def answer(session: Session, said_so: str) -> bool:
        return nudges.answer(session, pressed, said_so, **own)

    def put_off(session: Session) -> bool:
        return nudges.put_off(session, pressed, LATER, **own)

    presses: list[Callable[[Session], bool]] = [
        partial(answer, said_so="nothing"),
        partial(answer, said_so="not_useful"),
        put_off,
        put_off,
    ]
    assert sorted(through_transact(database, *presses)) == [False, False, False, True]


@pytest.mark.parametrize("state", DELIVERY_STATES)
def test_only_what_may_have_arrived_can_be_answered(sqlite: Database, state: str) -> None:
    place = sqlite.run(workspace, "T0RIVERSIDE")
    own: dict[str, Any] = {"workspace_id": place, "member_id": sqlite.run(member, place, "U0ANA")}
    row = Delivery(**own, kind="nudge", slot="2026-W48", due_at=NOW, state=state)
    pressed = Pressed(row.id, 0)
    sqlite.run(lambda session: session.add(row))
    arrived = state in ("sent", "unknown")

    assert sqlite.run(nudges.put_off, Pressed(pressed.delivery_id, 1), LATER, **own) is False
    assert sqlite.run(nudges.answer, pressed, "nothing", **own) is arrived
    assert sqlite.run(nudges.answer, pressed, "nothing", **own) is False
    assert sqlite.run(nudges.put_off, pressed, LATER, **own) is False


def test_what_was_put_off_is_ready_at_its_time_and_lives_on_from_then(
    database: Database, claim: Claim
) -> None:
    delivery = claim(state="sent")
    assert database.run(nudges.put_off, Pressed(delivery, 0), LATER, **whose(database, delivery))

    def ready(at: datetime) -> list[str]:
        database.run(leases.take, "w1", now=at, until=at + HOUR, limit=9, besides=())
        place = found(database, delivery).workspace_id
        return [row.id for row in database.run(sending.ready, "w1", [place], at, 10)]

    assert ready(LATER - HOUR) == []
    assert database.run(sending.next_retry) == LATER
    assert ready(LATER) == [delivery]
    database.run(sending.settle_abandoned, LATER + timedelta(hours=47), timedelta(hours=48))
    assert found(database, delivery).state == "retry"


@pytest.mark.parametrize("kind", ["digest", "nudge"])
def test_others_and_other_kinds_are_not_touched(sqlite: Database, kind: str) -> None:
    place, elsewhere = sqlite.run(workspace, "T0RIVERSIDE"), sqlite.run(workspace, "T0LAKEVIEW")
    ana, eli = sqlite.run(member, place, "U0ANA"), sqlite.run(member, place, "U0ELI")
    row = Delivery(workspace_id=place, member_id=ana, kind=kind, slot="2026-W48", due_at=NOW, state="sent")
    pressed = Pressed(row.id, 0)
    sqlite.run(lambda session: session.add(row))

    for own in ((place, eli), (elsewhere, ana), *([(place, ana)] if kind == "digest" else [])):
        keys: dict[str, Any] = {"workspace_id": own[0], "member_id": own[1]}
        assert sqlite.run(nudges.one, **keys, delivery_id=pressed.delivery_id) is None
        assert sqlite.run(nudges.answer, pressed, "nothing", **keys) is False
        assert sqlite.run(nudges.put_off, pressed, LATER, **keys) is False


def test_what_was_said_comes_newest_slot_first_and_only_what_was_read(sqlite: Database) -> None:
    place = sqlite.run(workspace, "T0RIVERSIDE")
    own: dict[str, Any] = {"workspace_id": place, "member_id": sqlite.run(member, place, "U0ANA")}

    def keep(session: Session) -> None:
        for week, state, moved in (
            (40, "sent", 0),
            (42, "skipped", 1),
            (41, "unknown", 0),
            (43, "skipped", 0),
        ):
            about = {"outcome": "leadership", "nudge": f"n{week}"}
            # The one that was put off last is due the latest, whatever its week.
            due = LATER if week == 40 else NOW
            session.add(
                Delivery(
                    **own,
                    kind="nudge",
                    slot=f"2026-W{week}",
                    due_at=due,
                    state=state,
                    moved=moved,
                    said=about,
                )
            )

    sqlite.run(keep)
    whom = Whose(**own)
    rows = sqlite.run(nudges.spoken, [whom], limit=5)[whom.member_id]
    assert [row.slot for row in rows] == ["2026-W42", "2026-W41", "2026-W40"]
    newest = sqlite.run(nudges.spoken, [whom], limit=1)
    assert [row.slot for row in newest[whom.member_id]] == ["2026-W42"]
