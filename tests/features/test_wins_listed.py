"""Reading one's own wins again: none, one, some of them, pages of them, and one in full."""

from datetime import date

import pytest

from sandbox.people import Person
from slackbot.app import App
from tests.features.records import assert_said_in_full, logs, wins_of
from tests.features.teams import reports_to
from tests.features.verdicts import decides, newest

pytestmark = pytest.mark.door
sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_ana_without_wins_is_invited_to_log_her_first(ana: Person) -> None:
    seen = await ana.slash("wins")

    assert "No wins yet" in seen.words
    await ana.presses("Log a win", on=seen.message)
    assert ana.modal is not None


async def test_ana_with_one_win_sees_it_on_one_page(ana: Person, app: App) -> None:
    await logs(ana, app, baseline="120")

    seen = await ana.slash("wins")

    assert "1 win." in seen.words
    assert "120 → 150 referrals (+25.0%)" in seen.words
    assert "Only you see this" in seen.words
    assert "Older" not in seen.words
    assert_said_in_full(seen.text, seen.blocks)


@sqlite_only
async def test_ana_pages_through_twelve_wins_newest_first(ana: Person, app: App) -> None:
    for day in range(1, 13):
        await logs(ana, app, result=str(1000 + day), happened_on=f"2026-10-{day:02d}")

    page = await ana.slash("wins")
    assert "12 wins, page 1 of 3" in page.words
    shown = _results(page.words)
    for number in (2, 3):
        await ana.presses("Older", on=ana.sees()[-1])
        await app.deps.background.drain()
        assert f"page {number} of 3" in ana.sees()[-1].words
        shown += _results(ana.sees()[-1].words)
    assert shown == [f"1,{day:03d}" for day in range(12, 0, -1)]

    await ana.presses("Newer", on=ana.sees()[-1])
    await app.deps.background.drain()
    assert ana.sees()[-1].words == (await ana.slash("wins 2")).words
    beyond = await ana.slash("wins 99")
    assert "no page 99: 12 wins fill 3 pages" in beyond.words
    await ana.presses("First page", on=beyond.message)
    await app.deps.background.drain()
    assert ana.sees()[-1].words == page.words


def _results(words: str) -> list[str]:
    return [line.split("*: ")[1].split()[0] for line in words.splitlines() if line.startswith("*Referrals")]


class TestSomeOfThem:
    """What is asked for by outcome, day and status."""

    async def test_ana_asks_for_an_outcome_since_a_day_and_in_a_status(
        self, ana: Person, ben: Person, app: App
    ) -> None:
        reports_to(app, ana, ben)
        for month in ("01", "05", "09"):
            await logs(ana, app, result=f"1{month}", happened_on=f"2026-{month}-20", visibility="manager")
        await decides(app, ben, newest(app, ana), "confirmed")
        await logs(ana, app, metric="campaigns", result="7", happened_on="2026-10-01", visibility="me")

        seen = await ana.slash("wins referrals since march confirmed")
        assert "1 win in Referral growth since Mar 1, 2026, confirmed." in seen.words
        assert "109 referrals" in seen.words
        assert "_Confirmed_" in seen.words
        await ana.presses("All my wins", on=seen.message)
        await app.deps.background.drain()
        assert "4 wins." in ana.sees()[-1].words

        for words, results in {
            "referrals": ["109", "105", "101"],
            "wins since march": ["109", "105"],
            "waiting": ["105", "101"],
            "confirmed": ["109"],
            "private": [],
        }.items():
            assert _results((await ana.slash(f"wins {words}")).words) == results, words
        assert "1 win, that only you see" in (await ana.slash("wins private")).words

    @sqlite_only
    async def test_the_older_button_keeps_to_what_was_asked_for(self, ana: Person, app: App) -> None:
        for day in range(1, 8):
            await logs(ana, app, result=str(100 + day), happened_on=f"2026-10-0{day}")
        await logs(ana, app, metric="campaigns", result="3", happened_on="2026-10-09")

        seen = await ana.slash("wins referrals since september")
        assert "7 wins in Referral growth since Sep 1, 2026, page 1 of 2." in seen.words
        await ana.presses("Older", on=seen.message)
        await app.deps.background.drain()

        assert _results(ana.sees()[-1].words) == ["102", "101"]
        assert "page 2 of 2" in ana.sees()[-1].words

    @sqlite_only
    async def test_an_empty_answer_says_how_to_look_further(self, ana: Person, app: App) -> None:
        await logs(ana, app, happened_on="2026-02-10")

        seen = await ana.slash("wins referrals since october verified")
        assert "No wins in Referral growth since Oct 1, 2026, confirmed." in seen.words
        await ana.presses("Any time", on=seen.message)
        await app.deps.background.drain()
        assert "No wins in Referral growth, confirmed." in ana.sees()[-1].words
        await ana.presses("Any status", on=ana.sees()[-1])
        await app.deps.background.drain()
        assert "1 win in Referral growth." in ana.sees()[-1].words

    @sqlite_only
    async def test_words_that_make_no_sense_get_a_sentence_and_a_way_on(self, ana: Person, app: App) -> None:
        await logs(ana, app)
        for words in ("qzxwvq", "since whenever", "page 0", "verified declined", "edit referrals since may"):
            seen = await ana.slash(f"wins {words}")
            assert "Referrals from your panel" not in seen.words, words
            assert seen.words.strip(), words
            await ana.presses("All my wins", on=seen.message)
            await app.deps.background.drain()
            assert "1 win." in ana.sees()[-1].words, words

    @sqlite_only
    async def test_a_metric_whose_name_begins_like_a_deed_is_a_metric(self, ana: Person, app: App) -> None:
        await logs(ana, app, metric="share_of_wallet", result="30")

        assert "1 win in " in (await ana.slash("wins share of wallet")).words

    @sqlite_only
    async def test_withdrawn_wins_are_listed_only_when_asked_for(self, ana: Person, app: App) -> None:
        await logs(ana, app)
        await ana.slash(f"wins withdraw {newest(app, ana).id}")
        await app.deps.background.drain()

        seen = await ana.slash("wins")
        assert "No wins here but those you withdrew" in seen.words
        await ana.presses("Withdrawn wins", on=seen.message)
        await app.deps.background.drain()
        assert "1 win, withdrawn." in ana.sees()[-1].words


class TestOne:
    """`/prm wins show 12`."""

    async def test_ana_opens_one_from_home_and_sees_all_of_it(self, ana: Person, app: App) -> None:
        link = "https://reports.example.org/q3?a=1&b=2"
        await logs(ana, app, baseline="120", note="Two lunches <less>\nand one call", link=link)
        await ana.opens_home()
        await app.deps.background.drain()

        await ana.presses("Open", on=ana.home)
        await app.deps.background.drain()

        assert ana.modal is not None
        for part in (
            "120 → 150 referrals (+25.0%)",
            "&gt; Two lunches &lt;less&gt;\n&gt; and one call",
            link.replace("&", "&amp;"),
            "Only you see this",
        ):
            assert part in ana.modal.words

    @sqlite_only
    async def test_what_her_manager_wrote_is_shown_with_it(self, ana: Person, ben: Person, app: App) -> None:
        reports_to(app, ana, ben)
        await logs(ana, app, visibility="manager")
        win = newest(app, ana)

        await decides(app, ben, win, "asked", "Which quarter is that?")
        seen = await ana.slash(f"wins show {win.id}")
        assert f"<@{ben.id}> wrote:\n&gt; Which quarter is that?" in seen.words
        await ana.presses("Answer the question", on=seen.message)
        assert ana.modal is not None
        await ana.closes()

        await decides(app, ben, win, "declined", "No second number.")
        seen = await ana.slash(f"wins show #{win.id}")
        assert "No second number." in seen.words
        assert "Which quarter" not in seen.words

    @sqlite_only
    async def test_what_a_menu_offers_fits_where_the_win_stands(
        self, ana: Person, ben: Person, app: App
    ) -> None:
        reports_to(app, ana, ben)
        await logs(ana, app, visibility="me")
        win = newest(app, ana)
        assert await _menu(ana) == ["Edit", "Share with my manager", "Withdraw", "Delete", "History"]
        await ana.slash(f"wins share {win.id}")
        assert await _menu(ana) == ["Edit", "Take back", "Withdraw", "Delete", "History"]
        await decides(app, ben, win, "asked", "Since when?")
        assert await _menu(ana) == ["Answer the question", "Edit", "Take back", "Delete", "History"]
        await decides(app, ben, win, "confirmed")
        assert await _menu(ana) == ["Edit", "Withdraw", "Delete", "History", "Share in a channel…"]
        await ana.slash(f"wins withdraw {win.id}")
        assert await _menu(ana, "wins withdrawn") == ["Take back", "Delete", "History"]


async def _menu(person: Person, words: str = "wins") -> list[str]:
    seen = await person.slash(words)
    (menu,) = [block["accessory"] for block in seen.blocks if "accessory" in block]
    return [option["text"]["text"] for option in menu["options"]]


async def test_the_days_of_the_list_are_those_of_the_wins(ana: Person, app: App) -> None:
    for day in ("2026-10-02", "2026-11-20", "2026-10-30"):
        await logs(ana, app, happened_on=day)

    words = (await ana.slash("wins")).words

    assert wins_of(app, ana)[0].happened_on == date(2026, 10, 2)
    places = [words.index(day) for day in ("Nov 20, 2026", "Oct 30, 2026", "Oct 2, 2026")]
    assert places == sorted(places)
