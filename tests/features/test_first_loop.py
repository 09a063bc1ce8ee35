"""The loop that the product is about: ask, log a win, hear from it once a week."""

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox

pytestmark = pytest.mark.door


async def test_ana_asks_logs_a_win_and_hears_once_a_week(ana: Person, slack: Sandbox) -> None:
    asked = await ana.slash("roadmap")
    assert [f"*{number}." in asked.words for number in range(1, 6)] == [True] * 5

    await ana.slash("log")
    ana.fills(metric="Referrals from your panel", baseline="120", result="150")
    assert (await ana.submits()).ok
    await slack.until(lambda: len(ana.dms()) == 1, what="the copy of the win")
    assert "120 → 150 referrals (+25.0%)" in ana.dms()[0].words

    await slack.clock.advance(weeks=1)
    assert len(ana.dms()) == 2
    assert "This week:" in ana.dms()[1].words

    await slack.clock.advance(weeks=1)
    assert len(ana.dms()) == 3
