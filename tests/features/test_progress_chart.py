"""Somebody's progress as a chart: the same numbers as in words, and the words alone where Slack takes no chart."""

import pytest

from sandbox.people import Person, Seen
from sandbox.server import Sandbox
from sandbox.state import Message
from slackbot.app import App
from tests.conftest import Trouble
from tests.features.records import assert_said_in_full, trail_of
from tests.features.target_acts import agreed, one_engine
from tests.features.teams import reports_to, shares

pytestmark = [pytest.mark.door, one_engine]

QUARTERS = {"2026-02-10": "126", "2026-05-12": "130", "2026-08-11": "141"}


async def a_year(ana: Person, ben: Person, app: App, *, confirmed: int = 2) -> None:
    """Three quarters of referrals that Ana shares with Ben, who confirms the first ones."""
    reports_to(app, ana, ben)
    for number, (on, result) in enumerate(QUARTERS.items()):
        win = await shares(ana, app, baseline="120", result=result, happened_on=on)
        if number < confirmed:
            await ben.slash(f"verify confirm {win.id} {win.revision}")
    await app.deps.background.drain()


async def asks(person: Person, app: App, words: str) -> Message:
    """Types it, and waits for what follows the answer; the newest message they see there."""
    await person.slash(words)
    await app.deps.background.drain()
    return person.sees()[-1]


def charts(message: Message) -> list[dict[str, object]]:
    return [block for block in message.blocks if block["type"] == "data_visualization"]


def lines(message: Message) -> dict[str, dict[str, float]]:
    """What is drawn: each series by its name, with its numbers."""
    [block] = charts(message)
    chart = block["chart"]
    assert isinstance(chart, dict)
    return {
        each["name"]: {point["label"]: point["value"] for point in each["data"]} for each in chart["series"]
    }


def shown(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


class TestAChart:
    async def test_draws_confirmed_figures_apart_from_claims(
        self, ana: Person, ben: Person, app: App
    ) -> None:
        await a_year(ana, ben, app)

        seen = await asks(ana, app, "progress referrals")

        assert lines(seen) == {
            "Confirmed": {"Before": 120, "Q1 2026": 126, "Q2 2026": 130, "Q3 2026": 130},
            "With claims": {"Before": 120, "Q1 2026": 126, "Q2 2026": 130, "Q3 2026": 141},
        }
        assert seen.ephemeral_to == ana.id

    async def test_says_the_same_numbers_in_words(self, ana: Person, ben: Person, app: App) -> None:
        await a_year(ana, ben, app)

        seen = await asks(ana, app, "progress referrals")

        assert "Q2 2026: *130*, confirmed" in seen.text
        assert "Q3 2026: *141*, not confirmed" in seen.text
        assert_said_in_full(seen.text, seen.blocks)

    async def test_holds_them_against_the_straight_line_to_the_target(
        self, ana: Person, ben: Person, app: App
    ) -> None:
        await a_year(ana, ben, app)
        await agreed(ana, app, ben, **{"from": "120", "to": "160"}, starts="2026-01-01", due="2026-12-31")

        seen = await asks(ana, app, "chart growth")

        straight = lines(seen)["Straight line"]
        assert straight["Start"] == 120
        assert 129 < straight["Q1 2026"] < 130
        assert 149 < straight["Q3 2026"] < 150
        assert "behind" in seen.text
        assert "Q3 2026: *141*, not confirmed, line 149.9" in seen.text

    async def test_is_one_line_where_all_is_confirmed(self, ana: Person, ben: Person, app: App) -> None:
        await a_year(ana, ben, app, confirmed=3)

        assert lines(await asks(ana, app, "progress referrals")).keys() == {"Confirmed"}

    async def test_says_that_all_is_claimed_where_nothing_is_confirmed(
        self, ana: Person, ben: Person, app: App
    ) -> None:
        await a_year(ana, ben, app, confirmed=0)

        assert lines(await asks(ana, app, "progress referrals")).keys() == {"Claimed"}

    async def test_of_more_than_a_year_shows_the_newest_and_says_so(self, ana: Person, app: App) -> None:
        for number in range(15):
            on = f"{2025 + number // 12}-{number % 12 + 1:02}-12"
            await shares(ana, app, metric="issue_resolution_days", result=str(20 - number), happened_on=on)

        seen = await asks(ana, app, "progress issue_resolution_days")

        [series] = lines(seen).values()
        assert next(iter(series)) == "Aug 2025"
        assert len(series) == 8
        assert "7 earlier ones left out." in seen.text

    async def test_of_one_result_is_not_drawn(self, ana: Person, app: App) -> None:
        await shares(ana, app, baseline="120", result="126")

        seen = await ana.slash("progress referrals")

        assert not [block for block in seen.blocks if block["type"] == "data_visualization"]
        assert "there is one so far" in seen.words
        assert "*126*" in seen.words

    async def test_of_nothing_says_so(self, ana: Person) -> None:
        assert "there is none to show yet" in (await ana.slash("progress nps")).words


class TestASlackThatTakesNoChart:
    @pytest.mark.parametrize("kind", ["invalid_blocks", "500", "drop"])
    async def test_gets_the_words_at_once(
        self, kind: str, ana: Person, ben: Person, app: App, slack: Sandbox
    ) -> None:
        await a_year(ana, ben, app)
        slack.faults.add("response_url", kind)

        seen = await asks(ana, app, "progress referrals")

        assert not charts(seen)
        assert "Slack did not take the chart" in seen.text
        assert "Q3 2026: *141*, not confirmed" in seen.text
        assert "actions" in shown(seen)

    async def test_gets_the_words_in_a_direct_message_too(
        self, ana: Person, ben: Person, app: App, slack: Sandbox
    ) -> None:
        await a_year(ana, ben, app)
        slack.faults.add("chat.postMessage", "invalid_blocks")
        await on_home(ana, app)

        await chooses(ana, app, "Referral growth")

        assert "Slack did not take the chart" in ana.dms()[-1].text
        assert "Q1 2026: *126*" in ana.dms()[-1].text

    async def test_is_asked_no_more_than_twice(
        self, ana: Person, ben: Person, app: App, slack: Sandbox, trouble: Trouble
    ) -> None:
        await a_year(ana, ben, app)
        slack.faults.add("response_url", "invalid_blocks", times=-1)

        await ana.slash("progress referrals")
        await app.deps.background.drain()

        assert [call.method for call in slack.calls].count("response_url") == 2
        assert trouble.events().count("response_refused") == 2


async def on_home(person: Person, app: App) -> None:
    """Opens their progress from Home, which shows it in a window."""
    await person.opens_home()
    await app.deps.background.drain()
    await person.presses("My progress", on=person.home)
    await app.deps.background.drain()
    assert person.modal is not None
    assert "Your progress" in person.modal.words


async def test_from_home_the_words_come_at_once_and_the_chart_as_a_message(
    ana: Person, ben: Person, app: App
) -> None:
    await a_year(ana, ben, app)
    await on_home(ana, app)

    await chooses(ana, app, "Referral growth")

    assert ana.modal is not None
    assert "Q3 2026: *141*" in ana.modal.words
    assert "comes as a message from me" in ana.modal.words
    assert charts(ana.dms()[-1])


async def chooses(person: Person, app: App, label: str) -> None:
    await person.selects("Show one in full", label)
    await app.deps.background.drain()


async def test_everybody_sees_six_outcomes_at_a_glance(ana: Person, ben: Person, app: App) -> None:
    await a_year(ana, ben, app)
    await agreed(ana, app, ben, **{"from": "120", "to": "160"}, starts="2026-01-01", due="2026-12-31")

    seen: Seen = await ana.slash("pace")

    assert seen.words.count("▰") + seen.words.count("▱") >= 10
    assert all(outcome.label in seen.words for outcome in app.deps.content.outcomes)
    assert "behind" in seen.words


async def test_what_is_no_outcome_shows_all(ana: Person) -> None:
    assert "I don't know an outcome by that name" in (await ana.slash("progress qzxwvq")).words


class TestAReportsProgress:
    async def test_is_shown_to_their_manager_without_what_is_private(
        self, ana: Person, ben: Person, app: App
    ) -> None:
        await a_year(ana, ben, app)
        await shares(ana, app, result="7341", happened_on="2026-10-05", visibility="me")

        seen = await asks(ben, app, f"progress of <@{ana.id}> referrals")

        assert list(lines(seen)["With claims"])[-1] == "Q3 2026"
        assert "7,341" not in seen.text
        assert "7,341" in (await asks(ana, app, "progress referrals")).text

    async def test_is_on_the_trail(self, ana: Person, ben: Person, app: App) -> None:
        await a_year(ana, ben, app)

        await asks(ben, app, f"progress of <@{ana.id}>")

        assert trail_of(app, ben)[-1].action == "progress.read"

    async def test_is_nobody_elses_to_see(
        self, ana: Person, ben: Person, eli: Person, dee: Person, cy: Person, app: App
    ) -> None:
        await a_year(ana, ben, app)

        for person in (eli, dee, cy):
            for words in ("", " referrals"):
                seen = await person.slash(f"progress of <@{ana.id}>{words}")
                await app.deps.background.drain()
                assert "You can look at your own progress" in seen.text
                assert "141" not in seen.text
            assert all(row.action != "progress.read" for row in trail_of(app, person))

    async def test_is_no_longer_the_former_managers(
        self, ana: Person, ben: Person, eli: Person, app: App
    ) -> None:
        await a_year(ana, ben, app)
        reports_to(app, ana, eli)

        assert "You can look at your own" in (await ben.slash(f"progress of <@{ana.id}>")).words
