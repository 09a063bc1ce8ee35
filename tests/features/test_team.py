"""Ben reads his team on one screen, opens one of them, and takes the figures along; nobody else gets to see them."""

import base64
import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from sqlmodel import Session

import content
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot import exports
from slackbot.app import App
from slackbot.features.reporting import people
from slackbot.settings import load
from slackbot.standing import Standing, team_standings
from slackbot.ui.blocks import Message
from slackbot.ui.pages import fits
from storage import wins
from storage.models import Win
from tests.conftest import MONDAY, Trouble, running
from tests.delivery.ledger import sleep_until
from tests.features.crowds import Stage, row_of, stage
from tests.features.pages import reads
from tests.features.records import member_of, trail_of
from tests.features.reporting import relations
from tests.features.target_acts import agreed
from tests.features.teams import press, reports_to

KNOWN = content.load()
SHOWN, PRACTICE = "120 → 150 referrals", "Larkspur Crossing"
NOT_THERE = "I can't find that person on your team."

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def won(app: App, person: Person, key: str, *, by: Person | None = None, **columns: object) -> Win:
    """A win of theirs of this quarter, confirmed or declined by somebody where one is named."""
    member = member_of(app, person)
    assert member.id is not None
    win = Win(
        workspace_id=member.workspace_id,
        member_id=member.id,
        submission_key=key,
        outcome="referral_growth",
        metric="referrals",
        baseline=Decimal(120),
        result=Decimal(150),
        happened_on=MONDAY.date(),
        practice=PRACTICE,
        status="shared",
        shared_at=MONDAY,
        created_at=MONDAY,
    )
    if by is not None:
        win.decided_by, win.decided_at, win.decided_revision = member_of(app, by).id, MONDAY, 1
    for name, value in columns.items():
        setattr(win, name, value)
    return app.deps.database.run(wins.add, win)[0]


async def wants_to_be_manager(person: Person) -> None:
    await person.slash("profile")
    person.fills(rung="liaison", target_rung="manager")
    await person.submits()
    await person.closes(all=True)


def files_of(slack: Sandbox) -> dict[str, list[list[str]]]:
    """The tables that were sent, by the first part of their names."""
    read = {}
    for file in slack.state.files.values():
        text = base64.b64decode(file.content).decode().removeprefix(exports.BOM)
        assert file.complete
        read["-".join(file.name.split("-")[:2])] = list(csv.reader(io.StringIO(text, newline="")))
    return read


@pytest.fixture
def max_(slack: Sandbox, app: App) -> Person:
    """Ben's own manager."""
    return slack.hires("max", real_name="Max Orr")


@pytest.fixture
def anas_number(app: App, ana: Person, eli: Person, ben: Person, max_: Person) -> int:
    """What Ana goes by on Ben's team: she and Eli report to Ben, who reports to Max."""
    reports_to(app, ana, ben)
    reports_to(app, eli, ben)
    reports_to(app, ben, max_)
    number = relations(app)[0].id
    assert number is not None
    return number


@pytest.fixture
def here(database_url: str, request: pytest.FixtureRequest) -> Iterator[Stage]:
    with stage(database_url, KNOWN, wins=0, reports=request.param, wins_each=12) as made:
        yield made


def pages(here: Stage) -> Iterator[Message]:
    """Every page of the overview as the manager turns them."""

    def turned_to(session: Session, number: int) -> Message:
        glance = here.people.glance(row_of(session, here.people.manager), KNOWN)
        return people.seen_by(session, glance, number)

    for number in range(1, 100):
        page = here.database.run(turned_to, number)
        yield page
        if not any(each.get("text", {}).get("text") == "More" for each in page["blocks"][-1]["elements"]):
            return


class TestOverview:
    @pytest.mark.parametrize("here", [8], indirect=True)
    def test_a_team_of_eight_is_read_on_one_screen(self, here: Stage) -> None:
        [page] = pages(here)

        assert fits(page["blocks"])
        for each in here.people.reports:
            assert f"*<@{each.user_id}>*: " in page["text"]
        assert page["text"].count(" of 5 gates\n") == 8
        assert page["text"].count(", 2 to confirm, last win Nov 23") == 8

    @pytest.mark.parametrize("here", [60], indirect=True)
    def test_sixty_come_on_pages_each_of_them_once_and_only_who_is_shown_is_judged(
        self, here: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read: list[Standing] = []

        def noted(*args: object) -> Sequence[Standing]:
            found = team_standings(*args)  # type: ignore[arg-type] # what it is called with
            read.extend(found)
            return found

        monkeypatch.setattr(people, "team_standings", noted)
        first, *others = pages(here)

        assert all(fits(page["blocks"]) for page in (first, *others))
        text = "\n".join(page["text"] for page in (first, *others))
        assert [text.count(f"*<@{each.user_id}>*") for each in here.people.reports] == [1] * 60
        assert sum("readiness" in vars(each) for each in read[:60]) == first["text"].count(" of 5 gates")

    async def test_the_target_that_is_most_behind_is_the_word_for_somebodys_pace(
        self, ana: Person, ben: Person, app: App, slack: Sandbox, anas_number: int
    ) -> None:
        await wants_to_be_manager(ana)
        await agreed(ana, app, ben)
        won(app, ana, "V1", result=Decimal(60))
        won(app, ana, "V2", result=Decimal(65), happened_on=date(2026, 11, 24))
        await sleep_until(slack.clock, slack.clock.now() + timedelta(days=320))

        seen = await ben.slash("team")

        assert f"*<@{ana.id}>*: 0 of 5 gates\nbehind, 2 to confirm, last win Nov 24, 2026" in seen.words
        assert "no role chosen yet\nno target yet, no wins shared yet" in seen.words

    async def test_ben_opens_ana_from_the_overview(
        self, ana: Person, ben: Person, app: App, anas_number: int
    ) -> None:
        await ana.slash("help")
        await app.deps.background.drain()
        seen = await ben.slash("team")
        assert seen.message is not None

        await ben.selects("Open somebody", "Ana Duarte", on=seen.message)
        await app.deps.background.drain()

        assert f"*<@{ana.id}>* reports to you since Nov 23, 2026" in ben.sees()[-1].words


class TestOnePerson:
    async def test_ben_sees_what_ana_shared_and_it_is_on_the_trail(
        self, ana: Person, ben: Person, app: App, anas_number: int
    ) -> None:
        await wants_to_be_manager(ana)
        await agreed(ana, app, ben)
        won(app, ana, "V1", practice="Shared Street")
        won(app, ana, "V2", by=ben, status="verified", practice="Confirmed Road")
        won(app, ana, "V3", status="private", shared_at=None, practice="Private Lane")
        won(app, ana, "V4", by=ben, status="declined", practice="Declined Alley")
        won(app, ana, "V5", status="withdrawn", shared_at=None, practice="Withdrawn Way")
        won(app, ana, "V6", deleted_at=MONDAY, practice="Deleted Drive")
        won(app, ana, "V7", wording_marked=True, practice="Marked Mews")

        read = await reads(ben, f"team show {anas_number}")

        assert "Toward *Physician Relations Manager*" in read
        assert "0 of 5 gates met" in read
        for outcome in KNOWN.outcomes:
            assert outcome.label in read
        assert "Shared Street, Nov 23, 2026\n_Not confirmed yet_" in read
        assert "Confirmed Road, Nov 23, 2026\n_Confirmed_" in read
        assert "_Not confirmed yet, left out of exports until its wording changes_" in read
        for hidden in ("Private Lane", "Declined Alley", "Withdrawn Way", "Deleted Drive"):
            assert hidden not in read
        trail = [(row.action, row.subject) for row in trail_of(app, ben)]
        assert ("member.read", f"member:{member_of(app, ana).id}") in trail

    async def test_every_page_of_ana_fits_a_phone(
        self, ana: Person, ben: Person, app: App, anas_number: int
    ) -> None:
        await wants_to_be_manager(ana)
        await agreed(ana, app, ben)
        for number in range(7):
            won(app, ana, f"V{number}", title="A title as long as anybody would write one by hand")

        for words in ("", " more", " more 3", " more 9"):
            seen = await ben.slash(f"team show {anas_number}{words}")
            assert fits(seen.blocks), words

    async def test_from_there_ben_sets_a_target_and_hands_ana_over(
        self, ana: Person, ben: Person, app: App, anas_number: int
    ) -> None:
        seen = await ben.slash(f"team show <@{ana.id}>")
        await press(ben, "Set a target", seen, app)
        assert ben.modal is not None
        assert ana.id in str(ben.modal.payload)
        await ben.closes(all=True)

        seen = await ben.slash(f"team show {anas_number}")
        await press(ben, "Hand over…", seen, app)
        assert ben.modal is not None
        assert "Private ones stay private" in ben.modal.words


class TestExport:
    async def test_ben_gets_the_shared_and_confirmed_wins_of_a_quarter_as_files(
        self, ana: Person, eli: Person, ben: Person, app: App, slack: Sandbox, anas_number: int
    ) -> None:
        await wants_to_be_manager(ana)
        await eli.slash("help")
        await app.deps.background.drain()
        won(app, ana, "V1", title="=HYPERLINK(1)", practice='The "Oak", and Elm')
        won(app, eli, "V2", by=ben, status="verified", result=Decimal("90.5"), practice="+1 Clinic")
        won(app, ana, "V3", status="private", shared_at=None)
        won(app, ana, "V4", by=ben, status="declined")
        won(app, ana, "V5", status="withdrawn", shared_at=None)
        won(app, ana, "V6", deleted_at=MONDAY)
        won(app, ana, "V7", wording_marked=True)
        won(app, ana, "V8", happened_on=date(2026, 9, 30), note="a note for Ben alone")

        seen = await ben.slash("team csv this quarter")
        assert "Your files are on their way" in seen.words
        await app.deps.background.drain()

        tables = files_of(slack)
        header, *rows = tables["team-wins"]
        told = [dict(zip(header, row, strict=True)) for row in rows]
        assert [(each["Person"], each["After"], each["Status"]) for each in told] == [
            ("Ana Duarte", "150", "Not confirmed yet"),
            ("Eli Novak", "90.5", "Confirmed"),
        ]
        assert told[0]["Title"] == "'=HYPERLINK(1)"
        assert told[0]["Practice"] == 'The "Oak", and Elm'
        assert told[0]["In words"] == "120 → 150 referrals (+25.0%)"
        assert (told[1]["Practice"], told[1]["Confirmed on"]) == ("'+1 Clinic", "2026-11-23")
        header, *rows = tables["team-summary"]
        summary = [dict(zip(header, row, strict=True)) for row in rows]
        assert [
            (each["Person"], each["Wins confirmed"], each["Wins not confirmed yet"]) for each in summary
        ] == [
            ("Ana Duarte", "0", "1"),
            ("Eli Novak", "1", "0"),
        ]
        assert summary[0]["Works toward"] == "Physician Relations Manager"
        assert (summary[0]["Gates met"], summary[0]["Gates"]) == ("0", "5")
        dm = ben.dms()[-1]
        assert len(dm.files) == 2
        assert "2 wins of 2 people" in dm.text
        assert "1 win is left out until the wording changes" in dm.text
        assert [row.action for row in trail_of(app, ben)][-1] == "team.exported"

    async def test_where_files_are_not_allowed_it_comes_as_text_with_how_to_allow_them(
        self, ana: Person, ben: Person, app: App, slack: Sandbox, anas_number: int
    ) -> None:
        await slack.install("riverside", without=["files:write"])
        won(app, ana, "V1")
        won(app, ana, "V2", wording_marked=True, practice="Marked Mews")
        for number in range(9):
            won(app, ana, f"V1{number}", practice=f"Practice {number}")

        read = await reads(ben, "team csv")
        await app.deps.background.drain()

        assert "`files:write`" in read
        assert "10 wins of 2 people" in read
        assert PRACTICE in read
        for number in range(9):
            assert f"Practice {number}," in read
        assert "Marked Mews" not in read
        assert slack.state.files == {}

    async def test_with_a_token_of_ones_own_slack_says_what_it_allows(
        self, slack: Sandbox, database_url: str, trouble: Trouble
    ) -> None:
        for scopes, said in (
            (("commands", "chat:write", "users:read"), "`files:write`"),
            (("commands", "chat:write", "users:read", "files:write"), "on their way"),
        ):
            settings = load(
                SLACK_API_URL=slack.api_url,
                DATABASE_URL=database_url,
                SLACK_BOT_TOKEN=slack.grant(scopes=scopes),
                SLACK_SIGNING_SECRET=slack.signing_secret,
            )
            async with running(slack, settings) as app:
                ana, ben = slack.person("ana"), slack.person("ben")
                reports_to(app, ana, ben)
                assert said in (await ben.slash("team csv")).words
                await app.deps.background.drain()
        trouble.check()

    @pytest.mark.parametrize(
        ("fault", "said"),
        [("missing_scope", "OAuth & Permissions"), ("internal_error", "Please ask for it again")],
    )
    async def test_whoever_waits_for_a_file_hears_that_slack_did_not_take_it(
        self, fault: str, said: str, ben: Person, app: App, slack: Sandbox, anas_number: int
    ) -> None:
        slack.faults.add("files.getUploadURLExternal", fault)

        await ben.slash("team csv")
        await app.deps.background.drain()

        assert said in ben.dms()[-1].words

    async def test_a_stretch_that_cannot_be_read_is_said_and_nothing_leaves(
        self, ben: Person, app: App, slack: Sandbox, anas_number: int
    ) -> None:
        seen = await ben.slash("team csv zyzzyva")

        assert "write it like `this quarter`" in seen.words
        assert "zyzzyva" not in seen.words
        await app.deps.background.drain()
        assert slack.state.files == {}
        assert "team.exported" not in [row.action for row in trail_of(app, ben)]


class TestTeamsBelow:
    async def test_max_sees_totals_of_bens_team_and_nothing_of_anybody(
        self, ana: Person, eli: Person, ben: Person, max_: Person, app: App, slack: Sandbox, anas_number: int
    ) -> None:
        third = slack.hires("third", real_name="Third Liaison")
        reports_to(app, third, ben)
        for person in (ana, eli, third):
            await wants_to_be_manager(person)
        won(app, ana, "V1", by=ben, status="verified")
        won(app, eli, "V2", by=ben, status="verified", happened_on=date(2026, 3, 1))
        won(app, eli, "V3", by=ben, status="verified", happened_on=date(2025, 3, 1))
        won(app, third, "V4")
        won(app, third, "V5", status="private", shared_at=None)

        team = (await max_.slash("team")).words
        assert "Teams below" in team
        assert f"*<@{ben.id}>*: leads 3 people" in team
        await max_.opens_home()
        await app.deps.background.drain()
        assert max_.home is not None
        assert f"<@{ben.id}>: leads 3 people" in max_.home.words
        seen = await max_.slash("team all")

        # Ana and Eli each meet the gate that asks for confirmed wins, one of five; the third meets none.
        row = f"*The team of <@{ben.id}>*\n3 people, 13% of gates met on average\n2 wins confirmed, 1 waiting"
        assert row in seen.words
        assert "1 win confirmed, 1 waiting" in (await max_.slash("team all this quarter")).words
        for person in (ana, eli, third):
            assert person.id not in seen.words
        assert PRACTICE not in seen.words
        assert SHOWN not in seen.words
        assert [row.action for row in trail_of(app, max_)][-1] == "teams.totaled"

    async def test_of_two_people_no_average_is_told(
        self, ana: Person, eli: Person, ben: Person, max_: Person, app: App, anas_number: int
    ) -> None:
        for person in (ana, eli):
            await wants_to_be_manager(person)

        seen = await max_.slash("team all")

        assert f"*The team of <@{ben.id}>*\n2 people\nNo wins confirmed, none waiting" in seen.words
        assert "% of gates" not in seen.words

    async def test_teams_of_teams_count_with_the_one_of_ones_own_people_who_leads_them(
        self, ana: Person, ben: Person, dee: Person, max_: Person, app: App, anas_number: int
    ) -> None:
        reports_to(app, max_, dee)

        seen = await dee.slash("team all")

        assert f"*The team of <@{max_.id}>*\n3 people" in seen.words
        assert ben.id not in seen.words


ROLES = ("ben", "max", "fay", "eli", "dee", "cy")
"""The manager, the manager's manager, the manager before, a peer, an admin, somebody in another workspace."""
SEEN_BY = {
    "team": {"ben"},
    "team show {number}": {"ben"},
    "team show <@{ana}>": {"ben"},
    "reports show {number} more": {"ben"},
    "team csv": {"ben"},
    "team csv more": {"ben"},
    "team all": set[str](),
}
MARKS = ("Ana Duarte", PRACTICE, SHOWN)


@pytest.mark.parametrize("as_file", [True, False], ids=["files allowed", "text only"])
async def test_only_the_manager_of_today_sees_anything_of_ana(
    as_file: bool, ana: Person, ben: Person, cy: Person, max_: Person, app: App, slack: Sandbox
) -> None:
    fay = slack.hires("fay", real_name="Fay Moss")
    cast = {"ben": ben, "max": max_, "fay": fay, "cy": cy} | {
        name: slack.person(name) for name in ("eli", "dee")
    }
    others, cys = slack.hires("other"), slack.hires("cora", team="lakeview")
    for person, manager in ((ana, fay), (ana, ben), (ben, max_), (others, fay), (cys, cy)):
        reports_to(app, person, manager)
    if not as_file:
        await slack.install("riverside", without=["files:write"])
        await slack.install("lakeview", without=["files:write"])
    won(app, ana, "V1", by=ben, status="verified")
    number = next(row.id for row in relations(app) if row.manager_id == member_of(app, ben).id)

    seen: dict[str, set[str]] = {words: set() for words in SEEN_BY}
    for words, name in product(SEEN_BY, ROLES):
        said = (await cast[name].slash(words.format(number=number, ana=ana.id))).words
        await app.deps.background.drain()
        said += "".join(base64.b64decode(file.content).decode() for file in slack.state.files.values())
        slack.state.files.clear()
        if any(mark in said for mark in (ana.id, *MARKS)):
            seen[words].add(name)
        elif "show" in words:
            assert said == NOT_THERE, (name, words)

    assert seen == SEEN_BY


@pytest.mark.parametrize(
    "words", ["team show", "team show 0", "team show 99", "team show x", "team show <@U0NOBODY>"]
)
async def test_whoever_is_not_on_the_team_is_not_found(words: str, ben: Person, anas_number: int) -> None:
    assert (await ben.slash(words)).words == NOT_THERE
