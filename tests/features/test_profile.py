"""Ana tells where she stands and where she wants to go, changes her mind, and takes it all back."""

import json
from datetime import date

import pytest

from sandbox.people import Person, Seen
from sandbox.server import Sandbox
from slackbot.app import App
from tests.features.records import last_sent, member_of, post_again, trail_of, typed

pytestmark = pytest.mark.door
on_one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no database decides."""

FILLED = {
    "rung": "Physician Liaison",
    "target_rung": "Physician Relations Manager",
    "education": "Bachelor's degree",
    "years_relevant": "6",
    "years_liaison": "2",
    "background": "sales",
    "started_on": "2024-02-29",
}


async def fills_in(person: Person, app: App, **fields: str | None) -> Seen:
    """Opens the form, fills it in and sends it; all that follows is done when this returns."""
    await person.slash("profile")
    person.fills(**fields)
    seen = await person.submits()
    await app.deps.background.drain()
    return seen


def kept(app: App, person: Person) -> tuple[object, ...]:
    """The profile as it stands in the row."""
    row = member_of(app, person)
    years = (row.years_relevant, row.years_liaison)
    return (row.rung, row.target_rung, row.education, *years, row.background, row.started_on)


NOTHING = (None,) * 7
ALL = ("liaison", "manager", "bachelor", 6, 2, "sales", date(2024, 2, 29))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_fills_in_all_of_it_and_goes_on_to_her_road(ana: Person, app: App) -> None:
    seen = await fills_in(ana, app, **FILLED)

    assert seen.ok
    assert kept(app, ana) == ALL
    assert ana.modal is not None
    assert "Saved" in ana.modal.words
    await ana.presses("See my road")
    await app.deps.background.drain()
    assert "You work with providers" in ana.modal.words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_opens_it_again_finds_what_she_wrote_and_changes_one_thing(ana: Person, app: App) -> None:
    await fills_in(ana, app, **FILLED)
    await ana.closes(all=True)
    await ana.slash("profile")
    assert {name: typed(ana, name) for name in FILLED} == FILLED | {
        "rung": "liaison",
        "target_rung": "manager",
        "education": "bachelor",
    }

    ana.fills(rung="Senior Physician Liaison")
    await ana.submits()

    assert kept(app, ana) == ("senior_liaison", *ALL[1:])


async def test_ana_sends_it_empty_and_later_takes_everything_back(ana: Person, app: App) -> None:
    assert (await fills_in(ana, app)).ok
    assert kept(app, ana) == NOTHING
    await ana.closes(all=True)
    await fills_in(ana, app, **FILLED)
    await ana.closes(all=True)

    await fills_in(ana, app, **dict.fromkeys(FILLED))

    assert kept(app, ana) == NOTHING
    assert "Fill in your profile" in (await ana.slash("roadmap")).words


WRONG: list[tuple[dict[str, str], set[str]]] = [
    ({"years_relevant": "ab"}, {"years_relevant"}),
    ({"years_relevant": "-1"}, {"years_relevant"}),
    ({"years_relevant": ".5"}, {"years_relevant"}),
    ({"years_relevant": "71"}, {"years_relevant"}),
    ({"years_relevant": "٥"}, {"years_relevant"}),
    ({"years_relevant": "²"}, {"years_relevant"}),
    ({"years_liaison": "x"}, {"years_liaison"}),
    ({"years_relevant": "3", "years_liaison": "4"}, {"years_liaison"}),
    ({"started_on": "2026-11-24"}, {"started_on"}),
    (
        {"years_relevant": "?", "years_liaison": "!", "started_on": "2030-01-01"},
        {"years_relevant", "years_liaison", "started_on"},
    ),
]


@on_one_engine
async def test_ana_types_what_cannot_be_read_and_mends_it_without_typing_it_all_again(
    ana: Person, app: App
) -> None:
    await ana.slash("profile")
    for fields, complaints in WRONG:
        filled = {"rung": "liaison", "education": "master", "background": "clinical"}
        filled |= {"years_relevant": "9", "years_liaison": "1", "started_on": "2025-01-01", **fields}
        ana.fills(**filled)
        seen = await ana.submits()

        assert set(seen.errors) == complaints, fields
        assert {name: typed(ana, name) for name in filled} == filled, fields
    assert kept(app, ana) == NOTHING

    ana.fills(years_relevant="70", years_liaison="0", started_on="2026-11-23")
    assert (await ana.submits()).ok
    assert kept(app, ana)[3:5] == (70, 0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_another_background_asks_to_be_looked_through_anew(ana: Person, app: App) -> None:
    await fills_in(ana, app, background="sales")
    await ana.slash("background")
    assert member_of(app, ana).background_reviewed

    await ana.closes(all=True)
    await fills_in(ana, app, rung="liaison")
    assert member_of(app, ana).background_reviewed

    await ana.closes(all=True)
    await fills_in(ana, app, background="clinical")
    assert not member_of(app, ana).background_reviewed


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_trail_tells_that_the_profile_changed_and_nothing_of_what_it_says(
    ana: Person, app: App
) -> None:
    await fills_in(ana, app, **FILLED)

    member = member_of(app, ana)
    assert [(row.action, row.subject) for row in trail_of(app, ana)] == [
        ("criteria.taken_up", f"criteria_set:{member.criteria_set_id}"),
        ("profile.changed", f"member:{member.id}"),
    ]


async def test_what_ana_tells_stays_hers(ana: Person, eli: Person, cy: Person, app: App) -> None:
    for person in (eli, cy):
        await person.slash("nudges")

    await fills_in(ana, app, **FILLED)

    for person in (eli, cy):
        assert kept(app, person) == NOTHING
        assert "Fill in your profile" in (await person.slash("roadmap")).words
        await person.slash("profile")
        assert {typed(person, name) for name in FILLED} == {None}
        assert trail_of(app, person) == []


async def test_eli_sends_the_form_that_ana_opened_and_it_is_his_profile(
    ana: Person, eli: Person, app: App, slack: Sandbox
) -> None:
    await fills_in(ana, app)
    sent = last_sent(slack, "view_submission")
    sent["user"] |= {"id": eli.id, "username": eli.name, "name": eli.name}
    sent["view"]["state"]["values"]["years_relevant"]["years_relevant"]["value"] = "33"

    await post_again(slack, sent)
    await app.deps.background.drain()

    assert kept(app, ana) == NOTHING
    assert member_of(app, eli).years_relevant == 33


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_choice_that_is_no_longer_offered_is_left_empty_and_nonsense_is_refused(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await fills_in(ana, app)
    sent = last_sent(slack, "view_submission")
    values = sent["view"]["state"]["values"]
    for name in ("rung", "target_rung", "education", "background"):
        values[name][name]["selected_option"] = {"value": "emperor"}
    assert (await post_again(slack, sent))[0] == 200
    assert kept(app, ana) == NOTHING

    values["years_relevant"]["years_relevant"]["value"] = "9" * 5000
    values["started_on"]["started_on"]["selected_date"] = "soon"
    status, answer = await post_again(slack, sent)
    await app.deps.background.drain()

    assert status == 200
    assert set(json.loads(answer)["errors"]) == {"years_relevant", "started_on"}
    assert kept(app, ana) == NOTHING
