"""*Remind me* on a step or a credential: once, at nine on the chosen day, with how far it is by then."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.features.reminders.asking import CHOICES
from slackbot.scheduled import ASKED_FOR
from storage import reminding
from tests.delivery.ledger import begin, sleep_until
from tests.features.records import last_sent, member_of, post_again
from tests.features.reminded import came, outcomes, when
from tests.features.reporting import opens, presses
from tests.features.target_acts import one_engine
from tests.features.test_credentials import tracked, tracks

pytestmark = pytest.mark.door


async def _is_set(person: Person, app: App, words: str, **fields: str) -> str:
    """Opens the form with its command, and fills it in; what it says then."""
    seen = await opens(person, app, f"remind {words}", **fields)
    assert seen.ok, seen.errors
    assert person.modal is not None
    said = person.modal.words
    await person.closes(all=True)
    return said


def _waiting(app: App, person: Person) -> list[tuple[str, date]]:
    member = member_of(app, person)
    rows = app.deps.database.run(
        lambda session: reminding.of_member(
            session, workspace_id=member.workspace_id, member_id=member.id or 0
        )
    )
    return [(each.subject, each.day) for each in rows]


async def test_ana_chooses_next_monday_from_a_step_and_hears_once(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    step = await ana.slash("roadmap 2")
    assert step.message is not None
    await ana.presses("Remind me", on=step.message)
    await app.deps.background.drain()
    ana.fills(when="week")
    assert (await ana.submits()).ok
    assert ana.modal is not None
    assert "Step 2" in ana.modal.words
    assert "on Monday, Nov 30, 2026 at 9:00 AM" in ana.modal.words
    await ana.closes(all=True)
    await clock.advance(weeks=5)

    (message,) = came(app, ana, ASKED_FOR)
    assert when([message]) == ["Mon Nov 30 09:00"]
    assert "*Step 2:" in message.text
    assert "*Next:*" in message.text
    assert "You asked me to remind you of this today." in message.text
    assert outcomes(app, ana, ASKED_FOR) == [("2026-11-30", "sent", None)]
    assert _waiting(app, ana) == []


@one_engine
@pytest.mark.parametrize(
    ("chosen", "day"), [("tomorrow", "2026-11-24"), ("week", "2026-11-30"), ("month", "2026-12-23")]
)
async def test_the_small_menu(ana: Person, app: App, chosen: str, day: str) -> None:
    assert chosen in {option.value for option in CHOICES}
    await begin(app, ana)
    await _is_set(ana, app, "step 1", when=chosen)
    assert _waiting(app, ana) == [("step:1", date.fromisoformat(day))]


@one_engine
@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (None, "Choose a day."),
        ("2026-11-23", "Choose a day after today."),
        ("2029-01-01", "Two years ahead is the farthest. Choose an earlier day."),
    ],
)
async def test_a_day_that_makes_no_sense_is_asked_for_again(
    ana: Person, app: App, chosen: str | None, said: str
) -> None:
    await begin(app, ana)
    await ana.slash("remind step 3")
    ana.fills(when="day", day=chosen)
    await ana.submits()
    assert ana.errors == {"day": said}
    ana.fills(day="2026-12-24")
    assert (await ana.submits()).ok
    assert _waiting(app, ana) == [("step:3", date(2026, 12, 24))]


async def test_one_on_a_credential_comes_through_a_restart_and_says_how_it_stands(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await tracks(ana, app, state="under_way", hours="12")
    assert ana.modal is not None
    await ana.presses("Remind me", on=ana.modal)
    await app.deps.background.drain()
    ana.fills(when="day", day="2027-04-05")
    assert (await ana.submits()).ok
    await ana.closes(all=True)
    await sleep_until(clock, clock.now().replace(year=2027, month=4, day=6))
    await app.sender.tick()
    await app.sender.tick()

    (message,) = came(app, ana, ASKED_FOR)
    assert "Under way, 12 hours" in message.text
    assert [each[:2] for each in outcomes(app, ana, ASKED_FOR)] == [("2027-04-05", "sent")]


@one_engine
async def test_the_same_form_sent_twice_makes_one_and_it_can_be_taken_back(
    ana: Person, app: App, slack: Sandbox, clock: Clock
) -> None:
    await begin(app, ana)
    await _is_set(ana, app, "step 2", when="tomorrow")
    assert (await post_again(slack, last_sent(slack, "view_submission")))[0] == 200
    assert len(_waiting(app, ana)) == 1
    listed = await ana.slash("remind")
    assert "*Step 2:" in listed.words
    assert listed.message is not None
    assert "Taken back" in await presses(ana, app, "Take it back", listed.message)
    await clock.advance(days=3)
    assert outcomes(app, ana, ASKED_FOR) == []


@one_engine
async def test_of_a_credential_that_is_gone_nothing_is_said(ana: Person, app: App, clock: Clock) -> None:
    await begin(app, ana)
    await tracks(ana, app, state="planned")
    await ana.closes(all=True)
    (row,) = tracked(app, ana)
    await _is_set(ana, app, f"credential {row.id}", when="tomorrow")
    await opens(ana, app, f"certs change {row.id}", state="removed")
    await clock.advance(days=3)
    assert outcomes(app, ana, ASKED_FOR) == [("2026-11-24", "skipped", "no longer there")]


@one_engine
async def test_in_a_pause_it_waits_for_the_first_day_after(ana: Person, app: App, clock: Clock) -> None:
    await begin(app, ana)
    await _is_set(ana, app, "step 4", when="tomorrow")
    await opens(ana, app, "nudges change", paused_until="2026-12-03")
    await ana.closes(all=True)
    await clock.advance(weeks=2)
    assert when(came(app, ana, ASKED_FOR)) == ["Thu Dec 03 09:00"]


@one_engine
async def test_nobody_is_reminded_of_what_is_somebody_elses(
    ana: Person, ben: Person, cy: Person, app: App
) -> None:
    await begin(app, ana, ben, cy)
    await tracks(ana, app, state="planned")
    (row,) = tracked(app, ana)
    await ana.closes(all=True)
    await _is_set(ana, app, f"credential {row.id}", when="tomorrow")
    for other in (ben, cy):
        assert "I remind you of a step" in (await other.slash(f"remind credential {row.id}")).words
        assert "That reminder is gone" in (await other.slash("remind cancel 1")).words
        assert "You have asked for none." in (await other.slash("remind")).words
    assert len(_waiting(app, ana)) == 1


async def test_ana_is_in_california_on_the_day_and_is_reminded_at_nine_there(
    ana: Person, app: App, clock: Clock
) -> None:
    await begin(app, ana)
    await _is_set(ana, app, "step 2", when="week")
    await clock.advance(days=5)
    ana.zone = "America/Los_Angeles"
    await clock.advance(days=9)

    assert when(came(app, ana, ASKED_FOR), ZoneInfo("America/Los_Angeles")) == ["Mon Nov 30 09:00"]
