"""The form of a win follows what is chosen in it, keeps what was typed, and saves once."""

import asyncio
import json
from decimal import Decimal

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from tests.features.records import (
    asks_for_more,
    chooses,
    last_sent,
    logs,
    post_again,
    trail_of,
    typed,
    wins_of,
)
from tests.features.teams import deeds_of, reports_to
from tests.features.win_forms import hint, labels, one_engine, said_to_slack, sends

pytestmark = pytest.mark.door


@one_engine
async def test_the_form_is_short_until_ana_wants_to_say_more(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    short = ["What did you move?", "Result", "Baseline", "Date", "Practice or place", "Who may see it"]
    assert labels(ana) == short
    assert "in referrals" in hint(ana, "Result")

    ana.fills(result="150", practice="Elm Clinic")
    await asks_for_more(ana, app)

    more = ["The result covers", "The baseline is from", "The baseline covers", "Where the numbers come from"]
    assert labels(ana) == [*short[:-1], *more, "Title", "Link", "Note", short[-1]]
    assert (typed(ana, "result"), typed(ana, "practice")) == ("150", "Elm Clinic")
    assert typed(ana, "period") == "quarter"
    assert ana.modal is not None
    assert "More details" not in ana.modal.words


@one_engine
async def test_the_form_asks_for_what_goes_with_the_metric_and_keeps_what_was_typed(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await ana.slash("log referrals")
    ana.fills(result="150", baseline="120", practice="Elm Clinic", happened_on="2026-10-01")

    await chooses(ana, app, "leakage")
    assert "Lower is better" in hint(ana, "Result")
    assert "percent" in hint(ana, "Result")
    assert "Number of referrals" in labels(ana)

    await chooses(ana, app, "event_attendance")
    assert labels(ana)[1:4] == ["Attended", "Invited", "Baseline"]
    ana.fills(part="23", sample="50")

    await chooses(ana, app, "satisfaction_score")
    assert "from 1 to 5" in hint(ana, "Result")
    assert typed(ana, "sample") is None, "fifty were invited, none of them answered"
    assert typed(ana, "result") == "150"

    await chooses(ana, app, "event_attendance")
    assert (typed(ana, "part"), typed(ana, "sample")) == ("23", "50")
    kept = {name: typed(ana, name) for name in ("baseline", "practice", "happened_on")}
    assert kept == {"baseline": "120", "practice": "Elm Clinic", "happened_on": "2026-10-01"}
    assert "Elm Clinic" not in said_to_slack(slack), "a text leaves us only after it was screened"


@one_engine
async def test_a_number_that_ana_took_out_stays_out(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    ana.fills(result="150")
    await chooses(ana, app, "event_attendance")
    await chooses(ana, app, "referrals")
    assert typed(ana, "result") == "150"

    ana.fills(result=None)
    await chooses(ana, app, "event_attendance")
    await chooses(ana, app, "referrals")
    assert typed(ana, "result") is None


@one_engine
async def test_what_is_no_number_is_not_carried_along(ana: Person, app: App, slack: Sandbox) -> None:
    await ana.slash("log referrals")
    ana.fills(result="Jane Roe, MRN 4471902")
    await chooses(ana, app, "event_attendance")
    await chooses(ana, app, "referrals")

    assert typed(ana, "result") is None
    assert "Jane" not in said_to_slack(slack)


@one_engine
async def test_the_length_of_time_follows_the_metric_until_ana_chooses_her_own(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    await asks_for_more(ana, app)
    await chooses(ana, app, "visits_per_week")
    assert typed(ana, "period") == "week"
    await ana.selects("period", "month")
    await app.deps.background.drain()

    await chooses(ana, app, "agreements_signed")
    assert typed(ana, "period") == "month"


@one_engine
async def test_a_form_without_a_metric_learns_its_length_of_time_with_it(ana: Person, app: App) -> None:
    await ana.slash("log")
    await asks_for_more(ana, app)
    assert typed(ana, "period") == "open"

    await chooses(ana, app, "campaigns")
    assert typed(ana, "period") == "quarter"


@one_engine
async def test_a_form_sent_before_it_could_follow_comes_back_with_the_right_fields(
    ana: Person, app: App
) -> None:
    await ana.slash("log referrals")
    ana.fills(metric="event_attendance", result="150", practice="Downtown")
    await ana.submits()

    assert labels(ana)[1:3] == ["Attended", "Invited"]
    assert typed(ana, "practice") == "Downtown"
    ana.fills(part="23", sample="50")
    assert (await ana.submits()).ok
    (win,) = wins_of(app, ana)
    assert (win.result, win.part, win.sample) == (Decimal(46), 23, 50)


COUNTS = {
    "no count at all": ({"part": "some", "sample": "50"}, {"part": "whole number"}),
    "more than all of them": ({"part": "60", "sample": "50"}, {"part": "more than all of them"}),
    "of nobody": ({"part": "0", "sample": "0"}, {"sample": "at least 1"}),
}


@one_engine
async def test_two_counts_that_make_no_share_are_told_at_their_field(ana: Person, app: App) -> None:
    await ana.slash("log event_conversion")
    for what, (fields, expected) in COUNTS.items():
        ana.fills(**fields)
        found = await sends(ana, app)
        assert set(found) == set(expected), what
        assert all(part in found[name] for name, part in expected.items()), what
    assert wins_of(app, ana) == []


async def test_ana_compares_a_month_with_a_quarter_as_yearly_figures(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    await asks_for_more(ana, app)
    ana.fills(result="50", baseline="120", happened_on="2026-10-31")
    await ana.selects("period", "month")
    await app.deps.background.drain()
    assert "Different lengths" not in labels(ana)
    await ana.selects("baseline_period", "quarter")
    await app.deps.background.drain()

    assert "yearly figures" in (await sends(ana, app))["baseline_period"]
    ana.fills(yearly=["yes"])
    assert await sends(ana, app) == {}

    (win,) = wins_of(app, ana)
    assert (win.period, win.baseline_period, win.annualized) == ("month", "quarter", True)
    assert (str(win.period_start), str(win.period_end)) == ("2026-10-01", "2026-10-31")
    assert "480 → 600 referrals (+25.0%)" in ana.dms()[0].words


@one_engine
async def test_the_same_length_again_needs_no_yearly_figures(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    await asks_for_more(ana, app)
    ana.fills(result="150", baseline="120")
    await ana.selects("baseline_period", "month")
    await app.deps.background.drain()
    ana.fills(yearly=["yes"])
    await ana.selects("baseline_period", "open")
    await app.deps.background.drain()

    assert "Different lengths" not in labels(ana)
    assert await sends(ana, app) == {}
    assert wins_of(app, ana)[0].annualized is False


ODD = {
    "no web address": ({"link": "ftp://files.example.org/q3"}, {"link": "https://"}),
    "a link without a place": ({"link": "https://"}, {"link": "https://"}),
    "a link beyond the column": ({"link": "https://example.org/" + "a" * 500}, {"link": "500 characters"}),
    "a year long gone": ({"happened_on": "1999-12-31"}, {"happened_on": "2000"}),
}


@one_engine
async def test_odd_links_and_years_are_told_at_their_field(ana: Person, app: App, slack: Sandbox) -> None:
    await logs(ana, app, link="https://example.org/report?id=7")
    assert wins_of(app, ana)[0].link == "https://example.org/report?id=7"
    sent = last_sent(slack, "view_submission")
    for what, (fields, expected) in ODD.items():
        body = json.loads(json.dumps(sent))
        body["view"]["id"] = "V0ODDONE"
        for name, value in fields.items():
            key = "selected_date" if name == "happened_on" else "value"
            body["view"]["state"]["values"][name][name][key] = value
        reply = json.loads((await post_again(slack, body))[1])
        assert set(reply["errors"]) == set(expected), what
        assert all(part in reply["errors"][name] for name, part in expected.items()), what


async def test_a_second_win_starts_where_the_last_one_was(ana: Person, app: App) -> None:
    await ana.slash("log in_network_share")
    await asks_for_more(ana, app)
    ana.fills(result="71", practice="Riverbend Primary Care", source="claims", visibility="manager")
    assert await sends(ana, app) == {}

    await ana.slash("log")
    names = ("metric", "practice", "source", "visibility", "result", "happened_on")
    begun = {name: typed(ana, name) for name in names}
    assert begun == {
        "metric": "in_network_share",
        "practice": "Riverbend Primary Care",
        "source": "claims",
        "visibility": "manager",
        "result": None,
        "happened_on": "2026-11-23",
    }
    assert "Note" not in labels(ana)
    ana.fills(result="74")
    assert await sends(ana, app) == {}
    assert [win.source for win in wins_of(app, ana)] == ["claims", "claims"]


@one_engine
async def test_the_source_of_one_metric_is_not_taken_for_the_source_of_another(ana: Person, app: App) -> None:
    await logs(ana, app, metric="referrals", source="claims", practice="Elm Clinic")

    await ana.slash("log leakage")

    assert "Where the numbers come from" not in labels(ana)
    assert typed(ana, "practice") == "Elm Clinic"


@one_engine
async def test_words_that_name_nothing_leave_the_choice_to_ana(ana: Person, app: App) -> None:
    await logs(ana, app, metric="referrals")
    await ana.slash("log qzxwvq")

    assert typed(ana, "metric") is None


@one_engine
async def test_whoever_has_a_manager_is_offered_to_share(
    ana: Person, ben: Person, eli: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await ana.slash("log")
    await eli.slash("log")

    assert (typed(ana, "visibility"), typed(eli, "visibility")) == ("manager", "me")
    ana.fills(metric="referrals", result="150")
    assert await sends(ana, app) == {}
    (win,) = wins_of(app, ana)
    assert (win.status, win.shared_at) == ("shared", app.deps.now())


async def test_the_same_form_three_times_at_once_saves_once(ana: Person, app: App, slack: Sandbox) -> None:
    await logs(ana, app)
    body = last_sent(slack, "view_submission")
    body["view"]["id"] = "V0ATONCE"
    answers = await asyncio.gather(*(post_again(slack, body) for _ in range(3)))
    await app.deps.background.drain()

    assert answers == [(200, "")] * 3
    _, win = wins_of(app, ana)
    assert deeds_of(app, win) == [("logged", None)]
    assert [event.action for event in trail_of(app, ana)] == ["win.logged"] * 2
