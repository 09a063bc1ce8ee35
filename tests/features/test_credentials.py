"""Ana tracks what she plans, works on and has earned; each end is worked out where the issuer's rule is known."""

import asyncio
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import Session

from sandbox.people import Person, Seen
from sandbox.server import Sandbox
from slackbot.app import App
from storage import credentials
from storage.models import MemberCredential
from tests.features.pages import reads
from tests.features.records import last_sent, member_of, post_again, trail_of, typed

pytestmark = pytest.mark.door
on_one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no database decides."""


async def tracks(person: Person, app: App, words: str = "cphims", **fields: str | None) -> Seen:
    """Opens the form on what the words name, fills it in and sends it; all that follows is done on return."""
    await person.slash(f"certs track {words}")
    person.fills(**fields)
    seen = await person.submits()
    await app.deps.background.drain()
    return seen


def tracked(app: App, person: Person) -> Sequence[MemberCredential]:
    row = member_of(app, person)

    def read(session: Session) -> Sequence[MemberCredential]:
        return credentials.mine(session, workspace_id=row.workspace_id, member_id=row.id or 0)

    return app.deps.database.run(read)


async def home(person: Person, app: App) -> str:
    await person.opens_home()
    await app.deps.background.drain()
    assert person.home is not None
    return person.home.words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_cphims_earned_on_a_leap_day_holds_until_the_end_of_the_month(ana: Person, app: App) -> None:
    await tracks(ana, app, state="earned", earned_on="2024-02-29", hours="12.5", number="A-77")

    (row,) = tracked(app, ana)
    assert (row.content_id, row.state, row.number) == ("cphims", "earned", "A-77")
    assert (row.earned_on, row.expires_on) == (date(2024, 2, 29), date(2027, 2, 28))
    assert ana.modal is not None
    said = "Earned Feb 29, 2024, holds until Feb 28, 2027, 12.5 of 45 hours"
    assert said in ana.modal.words
    await ana.closes(all=True)
    page = (await ana.slash("certs")).words
    assert said in page
    assert page.index(said) < page.index("Named in the article")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_plans_one_begins_it_and_earns_it(ana: Person, app: App) -> None:
    await tracks(ana, app)
    await ana.closes(all=True)
    page = await ana.slash("certs")
    assert "*CPHIMS (HIMSS)*\nPlanned" in page.words

    await ana.presses("Change", on=page.message)
    ana.fills(state="under_way", hours="3")
    await ana.submits()
    await ana.closes(all=True)
    assert "Under way, 3 hours" in (await ana.slash("certs")).words

    await ana.slash(f"certs change {tracked(app, ana)[0].id}")
    assert typed(ana, "hours") == "3"
    ana.fills(state="earned", earned_on="2026-11-23")
    assert (await ana.submits()).ok
    (row,) = tracked(app, ana)
    assert (row.state, row.expires_on, row.hours) == ("earned", date(2029, 11, 30), Decimal(3))
    actions = [each.action for each in trail_of(app, ana)]
    assert actions == ["credential.tracked", "credential.changed", "credential.changed"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_corrects_the_day_she_earned_it_and_the_end_follows(ana: Person, app: App) -> None:
    await tracks(ana, app, state="earned", earned_on="2024-02-29")
    await ana.closes(all=True)

    await ana.slash(f"certs change {tracked(app, ana)[0].id}")
    assert typed(ana, "expires_on") is None
    ana.fills(earned_on="2025-03-01")
    await ana.submits()

    assert tracked(app, ana)[0].expires_on == date(2028, 3, 31)


@on_one_engine
async def test_an_end_that_ana_typed_in_stays_as_she_typed_it(ana: Person, app: App) -> None:
    await tracks(ana, app, state="earned", earned_on="2024-02-29", expires_on="2027-06-30")
    await ana.closes(all=True)

    await ana.slash(f"certs change {tracked(app, ana)[0].id}")
    assert typed(ana, "expires_on") == "2027-06-30"
    ana.fills(hours="5")
    await ana.submits()

    assert tracked(app, ana)[0].expires_on == date(2027, 6, 30)


@on_one_engine
async def test_where_no_rule_is_known_no_end_is_made_up_and_the_one_given_is_kept(
    ana: Person, app: App
) -> None:
    for words, given in (("cmpe", None), ("aplac certification", None), ("cpdhts", "2028-01-31")):
        await tracks(ana, app, words, state="earned", earned_on="2026-01-31", expires_on=given)
        await ana.closes(all=True)

    ends = [row.expires_on for row in tracked(app, ana)]
    assert ends == [None, None, date(2028, 1, 31)]
    assert "holds until Jan 31, 2028" in (await ana.slash("certs mine")).words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_tracks_one_under_a_name_of_her_own(ana: Person, app: App) -> None:
    await tracks(ana, app, "", credential="other", name="Harbor <Fellows> & Co", state="under_way")
    await ana.closes(all=True)

    assert [(row.content_id, row.name) for row in tracked(app, ana)] == [(None, "Harbor <Fellows> & Co")]
    assert "*Harbor &lt;Fellows&gt; &amp; Co*" in (await ana.slash("certs")).words
    await ana.slash(f"certs change {tracked(app, ana)[0].id}")
    assert (typed(ana, "credential"), typed(ana, "name")) == ("other", "Harbor <Fellows> & Co")


WRONG: list[tuple[dict[str, str | None], dict[str, str]]] = [
    ({"state": "earned"}, {"earned_on": "the day you earned it"}),
    ({"state": "earned", "earned_on": "2026-11-24"}, {"earned_on": "not come yet"}),
    (
        {"state": "earned", "earned_on": "2026-01-01", "expires_on": "2025-12-31"},
        {"expires_on": "cannot end before"},
    ),
    (
        {"state": "earned", "earned_on": "2026-01-01", "expires_on": "2026-01-01"},
        {"expires_on": "cannot end before"},
    ),
    ({"hours": "lots"}, {"hours": "as a number"}),
    ({"hours": "-1"}, {"hours": "as a number"}),
    ({"hours": "7,5"}, {"hours": "as a number"}),
    ({"hours": "NaN"}, {"hours": "as a number"}),
    ({"hours": "1.234"}, {"hours": "as a number"}),
    ({"hours": "10001"}, {"hours": "as a number"}),
    ({"credential": "other"}, {"name": "Write its name"}),
    (
        {"credential": "other", "state": "earned", "hours": "x"},
        dict.fromkeys(("name", "earned_on", "hours"), ""),
    ),
]


@on_one_engine
async def test_what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(
    ana: Person, app: App
) -> None:
    await ana.slash("certs track")
    for fields, complaints in WRONG:
        empty = {"earned_on": None, "expires_on": None, "name": None, "hours": "2"}
        filled = {"credential": "cphims", "state": "planned", "number": "N1", **empty, **fields}
        ana.fills(**filled)
        seen = await ana.submits()

        assert set(seen.errors) == set(complaints), fields
        assert all(part in seen.errors[name] for name, part in complaints.items()), fields
        assert {name: typed(ana, name) for name in filled} == filled, fields
    assert tracked(app, ana) == []

    ana.fills(credential="cphims", state="earned", earned_on="2026-11-23", hours="1,250", name=None)
    assert (await ana.submits()).ok
    assert tracked(app, ana)[0].hours == 1250


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_takes_one_off_her_list_and_can_no_longer_change_it(ana: Person, app: App) -> None:
    await tracks(ana, app)
    await ana.closes(all=True)
    number = tracked(app, ana)[0].id
    await ana.slash(f"certs change {number}")
    ana.fills(state="Take it off my list")
    await ana.submits()

    assert tracked(app, ana) == []
    assert ana.modal is not None
    assert "*CPHIMS (HIMSS)* is off your list" in ana.modal.words
    await ana.closes(all=True)
    assert "no longer on your list" in (await ana.slash(f"certs change {number}")).words
    assert trail_of(app, ana)[-1].action == "credential.removed"


async def test_the_same_form_sent_three_times_in_turn_and_at_once_is_one_row(
    ana: Person, app: App, slack: Sandbox
) -> None:
    await tracks(ana, app)
    sent = last_sent(slack, "view_submission")
    for _ in range(2):
        assert "CPHIMS" in (await post_again(slack, sent))[1]
    assert len(tracked(app, ana)) == 1

    sent["view"]["id"] = "V0SENTATONCE"
    answers = await asyncio.gather(*(post_again(slack, sent) for _ in range(3)))
    await app.deps.background.drain()

    assert all(status == 200 and "CPHIMS" in answer for status, answer in answers)
    assert len(tracked(app, ana)) == 2
    assert len(trail_of(app, ana)) == 2


async def test_nobody_reaches_what_ana_tracks(
    ana: Person, eli: Person, cy: Person, app: App, slack: Sandbox
) -> None:
    await tracks(ana, app, state="earned", earned_on="2024-02-29", number="SECRET-9")
    number = tracked(app, ana)[0].id
    await ana.closes(all=True)
    await ana.slash(f"certs change {number}")
    ana.fills(state="removed")
    await eli.slash("certs")

    for person in (eli, cy):
        assert "no longer on your list" in (await person.slash(f"certs change {number}")).words
        assert person.modal is None
        assert "Nothing tracked yet" in (await person.slash("certs")).words
    await ana.closes(all=True)
    await tracks(ana, app, "fache")
    forged = last_sent(slack, "view_submission")
    forged["user"] |= {"id": eli.id, "username": eli.name, "name": eli.name}
    forged["view"] |= {"private_metadata": str(number), "id": "V0FORGED"}
    assert "no longer on your list" in (await post_again(slack, forged))[1]
    assert [row.number for row in tracked(app, ana)] == ["SECRET-9", None]
    assert tracked(app, eli) == []


async def test_a_number_that_is_none_of_anas_is_answered_kindly(ana: Person) -> None:
    for words in ("0", "-1", "x", "", "9" * 30, "１", "1.0"):
        assert "no longer on your list" in (await ana.slash(f"certs change {words}")).words, words


async def test_home_names_what_ends_within_half_a_year_and_what_has_lapsed(
    ana: Person, app: App, slack: Sandbox
) -> None:
    ends = {"Soon": "2027-05-22", "Later": "2027-05-23", "Lapsed": "2026-11-22", "Today": "2026-11-23"}
    for name, end in ends.items():
        fields = {"name": name, "state": "earned", "earned_on": "2024-01-01", "expires_on": end}
        await tracks(ana, app, "", credential="other", **fields)
        await ana.closes(all=True)
    await tracks(ana, app)
    await ana.closes(all=True)

    words = await home(ana, app)

    assert "Credentials to renew" in words
    assert "*Soon*\nEarned Jan 1, 2024, holds until May 22, 2027" in words
    assert "*Lapsed*\nEarned Jan 1, 2024, lapsed on Nov 22, 2026" in words
    assert "*Today*\nEarned Jan 1, 2024, holds until Nov 23, 2026" in words
    assert "*Later*" not in words
    assert "CPHIMS" not in words
    await slack.clock.advance(days=1)
    words = await home(ana, app)
    assert "*Later*" in words
    assert "*Today*\nEarned Jan 1, 2024, lapsed on Nov 23, 2026" in words


@on_one_engine
async def test_home_says_nothing_of_credentials_where_none_ends(ana: Person, app: App) -> None:
    await tracks(ana, app, state="earned", earned_on="2026-11-01")

    assert "Credentials to renew" not in await home(ana, app)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_ana_tracks_one_after_another_without_closing_and_never_runs_into_slacks_three_modals(
    ana: Person, app: App
) -> None:
    await ana.slash("certs track cphims")
    for _ in range(4):
        assert (await ana.submits()).ok
        await ana.presses("My certifications")
        await app.deps.background.drain()
        await ana.presses("Track another")
        await app.deps.background.drain()
        assert len(ana.modals) == 1
        ana.fills(credential="PMP (project management)")


@on_one_engine
async def test_anas_first_two_stand_before_the_catalogue_and_all_of_them_on_pages_of_their_own(
    ana: Person, app: App
) -> None:
    names = [f"Credential {number:02}" for number in range(1, 16)]
    assert "Nothing tracked yet" in (await ana.slash("certs mine")).words
    for name in names:
        await tracks(ana, app, "", credential="other", name=name)
        await ana.closes(all=True)

    first = await ana.slash("certs")
    assert [name for name in names if name in first.words] == names[:2]
    await ana.presses("All 15 of yours", on=first.message)
    await app.deps.background.drain()

    shown = [name for name in names if name in ana.sees()[-1].words]
    assert 2 < len(shown) < 15
    read = await reads(ana, "certs mine")
    assert all(read.count(name) == 1 for name in names)
