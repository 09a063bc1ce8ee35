"""The form of a target: filled with what is known, fitted to what should move, and kind about what cannot be."""

import pytest
from sqlmodel import Session

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import App
from slackbot.ui.pages import fits
from storage.models import Target
from tests.features.pages import NEXT_PAGE, ways
from tests.features.records import chooses, typed, wins_of
from tests.features.target_acts import (
    GROWTH,
    agreed,
    fills_in,
    one_engine,
    proposes,
    sends,
    states,
    targets_of,
)
from tests.features.teams import reports_to, shares
from tests.features.win_forms import hint

pytestmark = [pytest.mark.door, one_engine]


async def complaints(person: Person, app: App, **fields: str) -> dict[str, str]:
    """What has to be mended, by field; the form stays open."""
    person.fills(**fields)
    errors = (await sends(person, app)).errors
    return {name.split("_")[0]: said for name, said in errors.items()}


async def test_it_begins_where_the_last_win_stands_and_a_year_long(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await shares(ana, app, baseline="120", result="150")

    await ana.slash("target new referrals")

    assert typed(ana, "from") == "150"
    assert typed(ana, "starts") == "2026-11-23"
    assert typed(ana, "due") == "2027-11-23"
    assert "from the win of Nov 23, 2026" in hint(ana, "From")
    ana.fills(to="180")
    assert (await sends(ana, app)).ok
    assert [(int(each.from_value or 0), int(each.to_value)) for each in targets_of(app)] == [(150, 180)]


async def test_a_tally_is_no_number_to_begin_with(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    await shares(ana, app, metric="campaigns", result="3")
    await ana.slash("target new campaigns")
    assert typed(ana, "from") is None
    await ana.closes(all=True)

    await shares(ana, app, metric="campaigns", result="3", period="quarter")
    await ana.slash("target new campaigns")
    assert typed(ana, "from") == "3"


async def test_a_new_metric_brings_its_own_start_and_hints_and_keeps_what_was_typed(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await shares(ana, app, baseline="120", result="150")
    await shares(ana, app, metric="days_to_appointment", result="12.5", visibility="me")

    await ana.slash("target new referrals")
    ana.fills(to="9")
    await chooses(ana, app, "days_to_appointment")

    assert (typed(ana, "from"), typed(ana, "to")) == ("12.5", "9")
    assert "Lower is better" in hint(ana, "To")
    assert "which only you see: whoever has to agree will see the number" in hint(ana, "From")
    ana.fills(**{"from": "11"})
    await chooses(ana, app, "issue_resolution_days")
    assert typed(ana, "from") == "11"
    await chooses(ana, app, "campaigns")
    assert "add up all that comes from the first day on" in hint(ana, "From")


async def test_a_form_sent_before_it_could_follow_the_choice_is_shown_again(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await shares(ana, app, baseline="120", result="150")
    await ana.slash("target new referrals")
    ana.fills(metric="loop_closure", to="80")

    await sends(ana, app)

    assert targets_of(app) == []
    assert ana.modal is not None
    assert (typed(ana, "metric"), typed(ana, "from"), typed(ana, "to")) == ("loop_closure", None, "80")
    assert (await sends(ana, app)).ok
    assert targets_of(app)[0].from_value is None


async def test_ben_finds_no_number_in_it_that_only_ana_sees(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    await shares(ana, app, baseline="120", result="150")
    await shares(ana, app, baseline="120", result="166", visibility="me")

    await ben.slash("target for @ana referrals")

    assert typed(ben, "from") == "150"
    assert ben.modal is not None
    assert "166" not in str(ben.modal.blocks)


async def test_what_cannot_be_is_said_at_its_field(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    await ana.slash("target new referrals")

    assert await complaints(ana, app, **{"from": "about 3", "to": "1.5"}) == {
        "from": 'I need the number itself, without "about" or "more than".',
        "to": "Count whole referrals, without a fraction.",
    }
    assert await complaints(ana, app, **{"from": "120", "to": "110"}) == {
        "to": "Here higher is better: a target from 120 referrals lies above it."
    }
    assert "is where it begins" in (await complaints(ana, app, to="120"))["to"]
    assert "to" in await complaints(ana, app, **{"from": "", "to": "0"})
    assert await complaints(ana, app, to="150", due="2026-11-23") == {"due": "Choose a day after today."}
    assert await complaints(ana, app, due="2027-01-31", starts="2027-02-01") == {
        "due": "Choose a day after it starts, Feb 1, 2027."
    }
    assert await complaints(ana, app, due="2207-01-31") == {"due": "Is the year right?"}
    assert targets_of(app) == []


async def test_where_lower_is_better_the_target_lies_below(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    await ana.slash("target new days to appointment")

    assert await complaints(ana, app, **{"from": "9", "to": "12"}) == {
        "to": "Here lower is better: a target from 9 days lies below it."
    }
    assert (await complaints(ana, app, to="-1"))["to"].endswith("cannot be below 0.")
    ana.fills(to="3.5")
    assert (await sends(ana, app)).ok
    assert "9 → 3.5 days by Nov 23, 2027" in ben.dms()[-1].words
    await ben.slash("target agree 1")
    await shares(ana, app, metric="days_to_appointment", result="3")
    assert "Reached: 3 days; the goal was 3.5 days" in (await ana.slash("target")).words


async def test_the_same_again_is_no_proposal(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    await proposes(ana, app, ben)

    assert (await fills_in(ben, app, "target for @ana", **GROWTH)).errors == {
        "to": "That is what was proposed to you. Close this and press Agree."
    }
    await ben.closes(all=True)
    await ben.slash("target agree 1")
    assert (await fills_in(ana, app, "target new", **GROWTH)).errors == {
        "to": "That is what is agreed already."
    }
    assert states(app) == ["agreed"]


async def test_a_change_of_what_was_answered_meanwhile_is_not_sent(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    await proposes(ana, app, ben)
    await ben.slash("target change 1")
    await ana.slash("target withdraw 1")
    ben.fills(to="160")

    await sends(ben, app)

    assert ben.modal is not None
    assert f"That one is over: withdrawn by <@{ana.id}> on Nov 23, 2026" in ben.modal.words
    assert states(app) == ["withdrawn"]


async def test_counts_that_begin_with_nothing_are_added_up_and_keep_pace(
    ana: Person, ben: Person, app: App, slack: Sandbox
) -> None:
    reports_to(app, ana, ben)
    await agreed(ana, app, ben, metric="agreements_signed", to="10", **{"from": ""})
    for _ in range(2):
        await slack.clock.advance(days=73)
        await shares(
            ana, app, metric="agreements_signed", result="2", happened_on=f"{slack.clock.now():%Y-%m-%d}"
        )

    said = (await ana.slash("target contracts")).words

    assert "10 agreements in all by Nov 23, 2027" in said
    assert "▰▰▰▰▱▱▱▱▱▱ At 4 of 10 agreements with 40% of the year gone" in said
    assert "on a straight line you would be at 4 agreements" in said
    assert "they would be at 4 agreements" in (await ben.slash("target @ana")).words
    assert len(wins_of(app, ana)) == 2


async def test_words_for_one_outcome_show_that_one_alone(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    await agreed(ana, app, ben)

    assert "No target yet for *Contract wins*" in (await ana.slash("target contracts")).words
    assert "120 → 150" in (await ana.slash("targets referral growth")).words
    unknown = (await ana.slash("target qzxwvq")).words
    assert "I don't know an outcome by that name" in unknown
    assert "120 → 150" in unknown


async def test_a_target_nobody_measures_any_more_can_still_be_read_and_ended(
    ana: Person, ben: Person, app: App
) -> None:
    reports_to(app, ana, ben)
    target = await agreed(ana, app, ben)

    def rename(session: Session) -> None:
        row = session.get_one(Target, target.id)
        row.metric = "gone"

    app.deps.database.run(rename)
    shown = await ana.slash("target show 1")

    assert "*gone*\n120 → 150 by" in shown.words
    assert "no longer measured here" in shown.words
    assert "Change…" not in shown.words
    assert "no longer measured" in (await ana.slash("target change 1")).words
    assert (await ana.slash("target end 1")).words.startswith("Ended.")


async def test_many_targets_and_a_long_history_fit_a_phone(ana: Person, ben: Person, app: App) -> None:
    reports_to(app, ana, ben)
    for outcome in app.deps.content.outcomes:
        for metric in outcome.metrics[:2]:
            down = metric.direction == "down"
            start, goal = ("4", "3") if down else ("3", "4")
            await fills_in(ana, app, metric=metric.id, **{"from": start, "to": goal})
            await ana.closes(all=True)
    for target in targets_of(app)[::2]:
        await ben.slash(f"target agree {target.id}")

    ways_in = [
        (ana, "target"),
        (ben, "target"),
        (ben, "target of @ana"),
        (ana, "target history"),
        (ana, "target show 1"),
    ]
    read: set[tuple[str, str]] = set()
    while ways_in:
        person, words = ways_in.pop()
        if (person.name, words) not in read:
            seen = await person.slash(words)
            assert fits(seen.blocks), words
            read.add((person.name, words))
            ways_in += [(person, way) for way in ways(seen) if NEXT_PAGE.search(way)]
    assert len(read) > 8
