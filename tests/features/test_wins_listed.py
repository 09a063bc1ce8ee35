"""Reading one's own wins again: none, one, and pages of them."""

import pytest

from sandbox.people import Person
from slackbot.app import App
from tests.features.records import assert_said_in_full, logs

pytestmark = pytest.mark.door


async def test_ana_without_wins_is_invited_to_log_her_first(ana: Person) -> None:
    seen = await ana.slash("wins")

    assert "No wins yet" in seen.words
    await ana.presses("Log a win", on=seen.message)
    assert ana.modal is not None


async def test_ana_with_one_win_sees_it_on_one_page(ana: Person, app: App) -> None:
    await logs(ana, app, baseline="120")

    seen = await ana.slash("wins")

    assert "1 win. Only you see them." in seen.words
    assert "120 → 150 referrals (+25.0%)" in seen.words
    assert "Older" not in seen.words
    assert_said_in_full(seen.text, seen.blocks)


async def test_ana_pages_through_twenty_five_wins_newest_first(ana: Person, app: App) -> None:
    for day in range(1, 26):
        await logs(ana, app, result=str(1000 + day), happened_on=f"2026-10-{day:02d}")

    page = await ana.slash("wins")
    assert "25 wins, page 1 of 4" in page.words
    shown = _results(page.words)
    for number in (2, 3, 4):
        await ana.presses("Older", on=ana.sees()[-1])
        await app.deps.background.drain()
        assert f"page {number} of 4" in ana.sees()[-1].words
        shown += _results(ana.sees()[-1].words)
    assert shown == [f"1,{day:03d}" for day in range(25, 0, -1)]

    await ana.presses("Newer", on=ana.sees()[-1])
    await app.deps.background.drain()
    assert ana.sees()[-1].words == (await ana.slash("wins 3")).words
    assert "no page 99: 25 wins fill 4 pages" in (await ana.slash("wins 99")).words
    for words in ("wins 0", "wins -1", "wins first", "wins 99999"):
        assert (await ana.slash(words)).words == page.words, words


def _results(words: str) -> list[str]:
    return [line.split("*: ")[1].split()[0] for line in words.splitlines() if line.startswith("*Referrals")]
