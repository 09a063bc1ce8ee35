"""Patient data is refused, and what may be meant otherwise is asked about, before anything of a win is kept."""

from decimal import Decimal

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.features.wins import opening
from slackbot.features.wins.parsing import LONGEST
from tests.features.records import asks_for_more, chooses, typed, wins_of
from tests.features.win_forms import one_engine, opens_to_edit, said_to_slack, sends

pytestmark = pytest.mark.door

PHONE = "Reach the front desk at (212) 555-0144"
RECORD = "Great save for MRN 00123456"
GIFTS = "Gift cards for every referral they send"


async def test_patient_data_is_refused_at_its_field_and_leaves_no_trace(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await ana.slash("log referrals")
    await asks_for_more(ana, app)
    for field in ("title", "practice", "note"):
        ana.fills(result="150", title=None, practice=None, note=None)
        ana.fills({field: RECORD})
        found = await sends(ana, app)
        assert set(found) == {field}
        assert "00123456" not in found[field]
        assert typed(ana, field) == RECORD
    assert wins_of(app, ana) == []
    assert "00123456" not in said_to_slack(slack)


@one_engine
async def test_patient_data_and_other_slips_are_told_together(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    ana.fills(result="lots", practice=RECORD)

    assert set(await sends(ana, app)) == {"result", "practice"}


async def test_a_doubtful_text_is_asked_about_before_anything_is_kept(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await ana.slash("log referrals")
    await asks_for_more(ana, app)
    ana.fills(result="150", baseline="120", note=PHONE, practice="Elm Clinic")
    assert await sends(ana, app) == {}

    assert ana.modal is not None
    assert "a phone number" in ana.modal.words
    assert wins_of(app, ana) == []
    assert "555-0144" not in said_to_slack(slack)
    kept = {name: typed(ana, name) for name in ("result", "baseline", "note", "practice", "happened_on")}
    assert kept == {
        "result": "150",
        "baseline": "120",
        "note": PHONE,
        "practice": "Elm Clinic",
        "happened_on": "2026-11-23",
    }

    assert set(await sends(ana, app)) == {"cleared"}
    ana.fills(cleared=["yes"])
    assert await sends(ana, app) == {}
    (win,) = wins_of(app, ana)
    assert (win.note, win.identifier_cleared, win.wording_marked) == (PHONE, True, False)


@one_engine
async def test_whoever_changes_the_text_has_nothing_to_tick(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    await asks_for_more(ana, app)
    ana.fills(result="150", note=PHONE)
    await ana.submits()
    ana.fills(note="Call the front desk")

    assert await sends(ana, app) == {}
    assert wins_of(app, ana)[0].identifier_cleared is False


@one_engine
async def test_a_tick_counts_only_for_what_it_was_made_for(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    await asks_for_more(ana, app)
    ana.fills(result="150", note=PHONE)
    await ana.submits()
    ana.fills(cleared=["yes"], note=f"{PHONE} or write to front@elm.example.org")
    await ana.submits()

    assert wins_of(app, ana) == []
    assert ana.modal is not None
    assert "an e-mail address" in ana.modal.words
    assert set(await sends(ana, app)) == {"cleared"}
    ana.fills(cleared=["yes"])
    assert await sends(ana, app) == {}
    assert len(wins_of(app, ana)) == 1


@one_engine
async def test_after_a_doubt_patient_data_is_still_refused(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    await asks_for_more(ana, app)
    ana.fills(result="150", note=PHONE)
    await ana.submits()
    ana.fills(cleared=["yes"], note=RECORD)

    assert set(await sends(ana, app)) == {"note"}
    assert wins_of(app, ana) == []


@one_engine
async def test_wording_about_favors_is_kept_only_knowingly_and_is_marked(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    await asks_for_more(ana, app)
    ana.fills(result="150", note=GIFTS)
    await ana.submits()
    assert wins_of(app, ana) == []
    assert set(await sends(ana, app)) == {"keep"}

    ana.fills(keep=["yes"])
    assert await sends(ana, app) == {}
    (win,) = wins_of(app, ana)
    assert (win.wording_marked, win.identifier_cleared) == (True, False)
    assert "exports" in ana.dms()[0].words


@one_engine
async def test_more_guests_than_were_invited_is_asked_about(ana: Person, app: App) -> None:
    await ana.slash("log event_attendance")
    ana.fills(part="60", sample="50")
    await ana.submits()
    assert ana.modal is not None
    assert "120%" in ana.modal.words
    assert set(await sends(ana, app)) == {"above"}

    ana.fills(above=["yes"], part="70")
    await ana.submits()
    assert wins_of(app, ana) == [], "140% is another number than the one that was ticked"
    ana.fills(above=["yes"])
    assert await sends(ana, app) == {}
    assert [(win.result, win.above_whole_ok) for win in wins_of(app, ana)] == [(Decimal(140), True)]


@one_engine
async def test_what_was_cleared_once_is_not_asked_again_until_a_text_changes(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    await asks_for_more(ana, app)
    ana.fills(result="150", note=PHONE)
    await ana.submits()
    ana.fills(cleared=["yes"])
    await sends(ana, app)

    await opens_to_edit(ana, app, wins_of(app, ana)[0])
    ana.fills(result="151")
    assert await sends(ana, app) == {}
    assert [(win.result, win.identifier_cleared) for win in wins_of(app, ana)] == [(Decimal(151), True)]

    await opens_to_edit(ana, app, wins_of(app, ana)[0])
    ana.fills(note=f"{PHONE}, before noon")
    await ana.submits()
    assert ana.modal is not None
    assert "a phone number" in ana.modal.words


async def chosen_from(person: Person, text: str) -> None:
    """A message, and the shortcut in its menu."""
    await person.says(text)
    said = next(each for each in reversed(person.sees(person.app_dm)) if each.user == person.id)
    await person.message_shortcut("log_win_from_message", said)


@one_engine
async def test_ana_logs_a_message_as_a_win_with_its_text_in_the_note(ana: Person, app: App) -> None:
    await chosen_from(ana, "Elm Clinic went from 120 to 150 referrals")

    assert typed(ana, "note") == "Elm Clinic went from 120 to 150 referrals"
    ana.fills(metric="referrals", result="150", baseline="120")
    assert await sends(ana, app) == {}
    assert wins_of(app, ana)[0].note == "Elm Clinic went from 120 to 150 referrals"


@one_engine
async def test_a_long_message_is_cut_and_a_message_about_a_patient_left_out(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await chosen_from(ana, "word " * 1000)
    assert 2990 < len(typed(ana, "note") or "") <= LONGEST["note"]
    await ana.closes()

    await chosen_from(ana, RECORD)
    assert typed(ana, "note") is None
    assert ana.modal is not None
    assert "left the message's text out" in ana.modal.words
    assert "00123456" not in said_to_slack(slack)
    await chooses(ana, app, "leakage")
    assert "left the message's text out" in ana.modal.words


def test_slacks_markup_in_a_message_reads_as_words() -> None:
    said = "<@U0BENOKAFOR> see <https://example.org/a|the report>, <https://example.org/b> in <#C1|liaisons>: 3 < 5"

    assert opening.plain_words(said) == "@colleague see the report, https://example.org/b in #liaisons: 3 < 5"
