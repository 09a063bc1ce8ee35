"""What a win in the short form covers: worked out from its metric and its date, said, and Ana's to change."""

import pytest

from sandbox.people import Person
from slackbot.app import App
from tests.features.pages import reads
from tests.features.records import asks_for_more, chooses, logs, typed, wins_of
from tests.features.teams import reports_to, shares
from tests.features.verdicts import decides
from tests.features.win_forms import hint, one_engine, opens_to_edit, sends

pytestmark = pytest.mark.door


async def picks(person: Person, app: App, day: str) -> None:
    """Chooses another date in the open form, which then says what that comes to."""
    await person.selects("happened_on", day)
    await app.deps.background.drain()


@one_engine
async def test_the_short_form_says_which_quarter_a_result_counts_for(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    assert hint(ana, "Date") == (
        "With a baseline, the result counts for Q4 2026. For another length of time, see More details."
    )

    await picks(ana, app, "2026-10-03")
    assert hint(ana, "Date") == (
        "With a baseline, the result counts for Q4 2026. "
        "If it is for Q3 2026, choose a day in that, such as Sep 30, 2026."
    )

    await chooses(ana, app, "provider_introductions")
    assert "counts for October 2026" in hint(ana, "Date")


@one_engine
async def test_a_rate_says_nothing_of_a_length_it_does_not_need(ana: Person, app: App) -> None:
    await ana.slash("log referrer_nps")

    assert ana.modal is not None
    assert "counts for" not in str(ana.modal.blocks)


async def test_the_quarter_is_kept_and_told_to_whoever_reads_the_win(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await shares(ana, app, baseline="120", result="150", happened_on="2026-08-19", practice="Elm Clinic")

    (win,) = wins_of(app, ana)
    assert (win.period, str(win.period_start), str(win.period_end)) == ("quarter", "2026-07-01", "2026-09-30")
    for said in (ana.dms()[-1].words, (await ben.slash("verify")).words):
        assert "120 → 150 referrals (+25.0%), quarterly figures" in said
        assert "Elm Clinic, Aug 19, 2026, for Q3 2026" in said


@one_engine
async def test_ana_changes_the_length_under_more_details(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    await picks(ana, app, "2026-10-03")
    ana.fills(result="50", baseline="40")
    await asks_for_more(ana, app)
    assert typed(ana, "period") == "quarter"
    assert hint(ana, "The result covers") == "By your date, that is Q4 2026."

    await ana.selects("period", "month")
    await app.deps.background.drain()
    assert hint(ana, "The result covers") == "By your date, that is October 2026."
    assert await sends(ana, app) == {}

    assert [win.period for win in wins_of(app, ana)] == ["month"]


@one_engine
async def test_what_ana_left_open_stays_open_when_she_edits_it(ana: Person, app: App) -> None:
    await ana.slash("log referrals")
    await asks_for_more(ana, app)
    ana.fills(result="150", baseline="120")
    await ana.selects("period", "open")
    await app.deps.background.drain()
    assert await sends(ana, app) == {}
    (win,) = wins_of(app, ana)
    assert win.period is None

    await opens_to_edit(ana, app, win)
    assert typed(ana, "period") == "open"
    assert await sends(ana, app) == {}

    (same,) = wins_of(app, ana)
    assert (same.period, same.revision) == (None, win.revision)


@one_engine
async def test_two_agreements_signed_one_by_one_in_a_year_are_two(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    for day in ("2026-06-12", "2026-09-03"):
        win = await shares(ana, app, metric="agreements_signed", result="1", happened_on=day)
        await decides(app, ben, win, "confirmed")

    assert [win.period for win in wins_of(app, ana)] == [None, None]
    await works_toward_manager(ana, app)
    assert "2 agreements confirmed, 1 needed" in await reads(ana, "criteria")


@one_engine
async def test_two_quarters_in_the_short_form_meet_a_criterion_by_the_quarter(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await works_toward_manager(ana, app)
    for day, before, now in (("2026-06-30", "110", "121"), ("2026-09-30", "120", "150")):
        win = await shares(ana, app, baseline=before, result=now, happened_on=day)
        await decides(app, ben, win, "confirmed")
    assert (
        "1 of 2 quarters in a row confirmed at +15% or more; newest, Q3 2026: 120 → 150 referrals (+25.0%)"
        in await reads(ana, "criteria")
    )

    # The numbers for the second quarter were of one practice only: a later win for the same time takes their place.
    win = await shares(ana, app, baseline="110", result="132", happened_on="2026-06-30")
    await decides(app, ben, win, "confirmed")

    assert "2 of 2 quarters in a row confirmed at +15% or more" in await reads(ana, "criteria")


async def works_toward_manager(person: Person, app: App) -> None:
    await person.slash("profile")
    person.fills(rung="liaison", target_rung="manager")
    assert (await person.submits()).ok
    await app.deps.background.drain()
    await person.closes(all=True)


@one_engine
async def test_a_number_alone_is_kept_as_it_was_said(ana: Person, app: App) -> None:
    await logs(ana, app, metric="new_referring_providers", result="3", happened_on="2026-10-15")

    (win,) = wins_of(app, ana)
    assert (win.period, win.period_start) == (None, None)
    assert "3 providers (no baseline)\nOct 15, 2026" in ana.dms()[-1].words
