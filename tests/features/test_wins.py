"""Logging a win from every door there is, whatever is typed, and once however often it is sent."""

import asyncio
import json
from decimal import Decimal

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.conftest import Trouble
from tests.features.records import (
    asks_for_more,
    assert_said_in_full,
    last_sent,
    logs,
    post_again,
    trail_of,
    typed,
    wins_of,
)

pytestmark = pytest.mark.door


async def test_ana_logs_a_win_and_gets_a_copy_with_the_change_worked_out(ana: Person, app: App) -> None:
    seen = await logs(
        ana,
        app,
        baseline="120",
        happened_on="2026-09-30",
        practice="Maple Street Family Medicine",
        source="Electronic health record (EHR)",
        note="Q3 against Q3",
    )

    assert seen.ok
    assert ana.modal is None
    (win,) = wins_of(app, ana)
    assert (win.outcome, win.metric) == ("referral_growth", "referrals")
    assert (win.baseline, win.result) == (Decimal(120), Decimal(150))
    assert (win.practice, win.source, win.note) == ("Maple Street Family Medicine", "ehr", "Q3 against Q3")
    assert (win.status, win.revision) == ("private", 1)
    (copy,) = ana.dms()
    assert "120 → 150 referrals (+25.0%)" in copy.words
    assert "Maple Street Family Medicine, Sep 30, 2026" in copy.words
    assert "Q3 against Q3" in copy.words
    assert "Only you see this" in copy.words
    assert_said_in_full(copy.text, copy.blocks)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_names_what_she_moved_and_the_form_knows_it(ana: Person) -> None:
    meant = {
        "referrals": "referrals",
        "NPS": "referrer_nps",
        "new referrers": "new_referring_providers",
        "leadership": "ride_alongs",
        "contract_wins": "agreements_signed",
        "downstream revenue": "downstream_revenue",
    }
    for words, metric in meant.items():
        await ana.slash(f"log {words}")
        assert typed(ana, "metric") == metric, words
        await ana.closes()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_names_something_unknown_and_chooses_in_the_form_herself(ana: Person) -> None:
    for words in ("qzxwvq", "🎉", "x" * 500):
        await ana.slash(f"log {words}")
        assert typed(ana, "metric") is None
        assert ana.modal is not None
        assert "qzxwvq" not in ana.modal.words
        await ana.closes()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_logs_a_win_from_the_button_of_an_answer(ana: Person, app: App) -> None:
    help_page = await ana.slash("help")
    await ana.presses("Log a win", on=help_page.message)
    ana.fills(metric="referrals", result="12")
    await ana.submits()
    await app.deps.background.drain()

    assert [win.result for win in wins_of(app, ana)] == [12]
    await ana.presses("Log another", on=ana.dms()[0])
    assert ana.modal is not None
    assert ana.modal.title == "Log a win"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_logs_a_win_from_slacks_shortcuts(ana: Person, app: App) -> None:
    await ana.shortcut("log_win_shortcut")
    ana.fills(metric="Referrer NPS", baseline="-12", result="18")
    await ana.submits()
    await app.deps.background.drain()

    assert len(wins_of(app, ana)) == 1
    assert "−12 → 18 (+30 points)" in ana.dms()[0].words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_chooses_a_shortcut_that_no_longer_exists_and_is_told_so(ana: Person) -> None:
    await ana.shortcut("from_last_year")

    assert ana.modal is not None
    assert "older version" in ana.modal.words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_weekly_messages_button_opens_the_form_on_what_it_spoke_of(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await ana.slash("nudges")
    await app.deps.background.drain()
    await slack.clock.advance(weeks=3)

    for message in ana.dms():
        await ana.presses("Log a win", on=message)
        metric = app.deps.content.metric(typed(ana, "metric") or "")
        outcome = next(each for each in app.deps.content.outcomes if each.id == metric.outcome)
        assert f"*{outcome.label}:" in message.words
        assert metric == outcome.default_metric
        await ana.closes()
    assert len({message.words for message in ana.dms()}) == 3


WRONG = {
    "a word for a number": ("referrals", {"result": "lots"}, {"result": "Write a number"}),
    "a comma that could mean two": ("referrer_nps", {"result": "1,5"}, {"result": "could be 1.5 or 15"}),
    "a dot that could mean two": ("downstream_revenue", {"result": "1.250"}, {"result": "1,250"}),
    "fewer than none": ("referrals", {"result": "-3"}, {"result": "cannot be below 0"}),
    "beyond the scale": (
        "satisfaction_score",
        {"baseline": "4", "result": "6"},
        {"result": "goes from 1 to 5"},
    ),
    "a part of a person": ("mentees", {"result": "2.5"}, {"result": "whole people"}),
    "another unit": ("referrals", {"result": "12%"}, {"result": "leave out the % sign"}),
    "more than there is": ("downstream_revenue", {"result": "9" * 20}, {"result": "typing slip"}),
    "a day to come": ("referrals", {"happened_on": "2026-11-24"}, {"happened_on": "not come yet"}),
    "several at once": (
        "referrals",
        {"result": "many", "baseline": "few", "happened_on": "2027-01-01"},
        {"result": "number", "baseline": "number", "happened_on": "not come yet"},
    ),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_types_what_cannot_be_read_and_mends_it_without_typing_it_all_again(
    ana: Person, app: App
) -> None:
    await ana.slash("log")
    await asks_for_more(ana, app)
    for what, (metric, fields, complaints) in WRONG.items():
        filled = {"baseline": "100", "result": "150", "happened_on": "2026-11-20", "practice": "Elm Clinic"}
        filled |= {"metric": metric, "note": "as I typed it", **fields}
        ana.fills(**filled)
        seen = await ana.submits()

        assert set(seen.errors) == set(complaints), what
        for name, part in complaints.items():
            assert part in seen.errors[name], what
        assert {name: typed(ana, name) for name in filled} == filled, what
    assert not ana.dms()

    ana.fills(metric="referrals", baseline="100", result="150", happened_on="2026-11-20")
    assert (await ana.submits()).ok
    assert [win.practice for win in wins_of(app, ana)] == ["Elm Clinic"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_form_that_comes_without_its_required_fields_names_them(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await logs(ana, app)
    body = last_sent(slack, "view_submission")
    body["view"]["id"] = "V0ANOTHERFORM"
    values = body["view"]["state"]["values"]

    values["result"]["result"]["value"] = None
    values["happened_on"]["happened_on"]["selected_date"] = "soon"
    assert set(await _complaints(slack, body)) == {"result", "happened_on"}

    values["metric"]["metric"]["selected_option"] = None
    assert set(await _complaints(slack, body)) == {"metric"}

    values["metric"]["metric"]["selected_option"] = {"value": "no_such_metric"}
    assert set(await _complaints(slack, body)) == {"metric"}
    assert len(wins_of(app, ana)) == 1


async def _complaints(slack: Sandbox, body: dict[str, object]) -> dict[str, str]:
    status, answer = await post_again(slack, body)
    assert status == 200
    reply = json.loads(answer)
    assert reply["response_action"] == "errors"
    errors: dict[str, str] = reply["errors"]
    return errors


async def test_around_midnight_everybodys_today_is_their_own(
    ana: Person, eli: Person, slack: Sandbox
) -> None:
    eli.zone = "Europe/Berlin"
    await ana.slash("nudges")
    await eli.slash("nudges")
    # Half past ten on Monday night in New York; half past four on Tuesday morning in Berlin.
    await slack.clock.advance(hours=12.5)

    await ana.slash("log")
    assert typed(ana, "happened_on") == "2026-11-23"
    ana.fills(metric="referrals", result="5", happened_on="2026-11-24")
    assert "happened_on" in (await ana.submits()).errors
    ana.fills(happened_on="2026-11-23")
    assert (await ana.submits()).ok

    await eli.slash("log")
    assert typed(eli, "happened_on") == "2026-11-24"
    eli.fills(metric="referrals", result="5", happened_on="2026-11-24")
    assert (await eli.submits()).ok


PARTY = "🎉 Big win w/ Dr. O'Brien-Núñez 💪🏽 <3 *really* & “so”"
PING = "=SUM(A1:A9), +1, -2, @here, <!channel>, <@U0BENOKAFOR>, `code`, a|b\n\tnext line"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_writes_names_as_they_are_and_nobody_is_pinged_by_markup(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await logs(ana, app, practice="O’Brien & Sons’ <!here> Practice", note=PARTY)
    await logs(ana, app, metric="campaigns", practice="Smith, Jones; & Co.", note=PING)

    assert [win.note for win in wins_of(app, ana)] == [PARTY, PING]
    party, ping = ana.dms()
    assert "🎉 Big win w/ Dr. O'Brien-Núñez 💪🏽 &lt;3 *really* &amp; “so”" in party.words
    assert "O’Brien &amp; Sons’ &lt;!here&gt; Practice" in party.words
    assert "&lt;!channel&gt;, &lt;@U0BENOKAFOR&gt;" in ping.words
    await ana.opens_home()
    await app.deps.background.drain()
    assert ana.home is not None
    for shown in (
        party.text,
        party.words,
        ping.text,
        ping.words,
        ana.home.words,
        (await ana.slash("wins")).words,
    ):
        assert "<!" not in shown
        assert "<@" not in shown
    posted = [call.args for call in slack.calls if call.method == "chat.postMessage"]
    assert all(not {"parse", "link_names"} & set(args) for args in posted)


async def test_ana_writes_as_much_as_the_form_takes(ana: Person, app: App) -> None:
    await logs(ana, app, practice="&" * 200, note="<&>" * 1000)

    assert len(wins_of(app, ana)[0].note or "") == 3000
    assert len(ana.dms()) == 1
    assert (await ana.slash("wins")).ok


async def test_a_form_that_slack_delivers_three_times_is_one_win_and_one_copy(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await logs(ana, app)
    body = last_sent(slack, "view_submission")

    repeats = [await post_again(slack, body) for _ in range(2)]
    await app.deps.background.drain()

    assert [status for status, _ in repeats] == [200, 200]
    assert len(wins_of(app, ana)) == 1
    assert len(ana.dms()) == 1
    assert len(trail_of(app, ana)) == 1


async def test_a_form_that_arrives_three_times_at_once_is_one_win_and_one_copy(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await logs(ana, app)
    body = last_sent(slack, "view_submission")
    body["view"]["id"] = "V0SENTATONCE"

    answers = await asyncio.gather(*(post_again(slack, body) for _ in range(3)))
    await app.deps.background.drain()

    assert [status for status, _ in answers] == [200, 200, 200]
    assert len(wins_of(app, ana)) == 2
    assert len(ana.dms()) == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_copy_that_cannot_be_sent_costs_ana_nothing(
    ana: Person, app: App, slack: Sandbox, trouble: Trouble
) -> None:
    trouble.expect("background_failed")
    slack.faults.add("chat.postMessage", "internal_error")

    assert (await logs(ana, app)).ok

    assert trouble.events().count("background_failed") == 1
    assert len(wins_of(app, ana)) == 1
    assert "150 referrals" in (await ana.slash("wins")).words


async def test_ana_pastes_characters_that_no_database_takes_and_the_rest_is_kept(
    ana: Person, app: App
) -> None:
    await ana.slash("log")
    await asks_for_more(ana, app)
    ana.fills(metric="Referrals from your panel", result="150", note="before\x00 and \ud83d after")
    assert (await ana.submits()).ok

    await app.deps.background.drain()
    assert "before and  after" in ana.dms()[-1].words
