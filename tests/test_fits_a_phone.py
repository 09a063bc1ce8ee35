"""Every answer, and every page it leads on to, fits the screen of a phone: measured in a real browser."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.async_api import Page

import content
from content import LeftOut, Nudge, Synonym
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import FEATURES, App
from tests.browser import PHONE, Tab, browser, browser_page, needs_browser
from tests.databases import Databases
from tests.features.pages import NEXT_PAGE, ways
from tests.features.records import logs

__all__ = ["browser", "browser_page"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240), needs_browser]

LIAISONS = "C0LIAISONSRIVE"
TALLEST = 760
"""Pixels of a phone's 844 that an answer may take; the rest is the page's own."""
KNOWN = content.load()
ADMINS = ("questions", "managers", "people", "newcomers", "criteria", "log", "log all", "content")
SUBCOMMANDS = [subcommand.name for feature in FEATURES for subcommand in feature.subcommands]
ENTRIES = [entry for entry in KNOWN.entries() if not isinstance(entry, Synonym | LeftOut | Nudge)]
WORDS = (
    "",
    *SUBCOMMANDS,
    *(f"{name} qzxwvq" for name in SUBCOMMANDS),
    *(f"help {name}" for name in SUBCOMMANDS),
    *(f"roadmap {number}" for number in range(1, 6)),
    *(f"roles {rung.id}" for rung in (*KNOWN.rungs, *KNOWN.contrasts)),
    *(f"criteria {rung.id}" for rung in KNOWN.rungs),
    *(f"background {each.id}" for each in KNOWN.backgrounds),
    *("certs all", "certs mine", "certs certifications", "certs courses", "certs fellowships"),
    *("skills people", "skills technical", "education degree", "education accreditation"),
    *("training employer", "training association", "faq getting in", "faq numbers", "background all"),
    *("do I need to be a nurse for this?", "how do I bake sourdough bread", "rodmap", "faq salary"),
)


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> str:
    """SQLite only: what PostgreSQL does differently no browser can see."""
    return databases.fresh("sqlite", tmp_path)


@pytest.fixture
async def phone(slack: Sandbox, browser_page: Tab) -> Tab:
    """Ana's phone, open at her channel."""
    await browser_page.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await browser_page.page.goto(f"{slack.url}/?as=ana&in={LIAISONS}")
    return browser_page


async def test_a_newcomers_answers_fit_a_phone(app: App, ana: Person, phone: Tab) -> None:
    heights = await measured(ana, phone.page, [*WORDS, *(f"show {entry.ref}" for entry in ENTRIES)])

    assert_fit(heights)
    assert len(heights) > len(WORDS) + len(ENTRIES)
    assert not await phone.overflows()


async def test_the_answers_to_somebody_who_filled_everything_in_fit_a_phone(
    app: App, ana: Person, phone: Tab
) -> None:
    await tells_everything(ana, app)

    assert_fit(await measured(ana, phone.page, WORDS))
    assert not await phone.overflows()


async def test_an_admins_answers_fit_a_phone(slack: Sandbox, app: App, ana: Person, phone: Tab) -> None:
    ana.user.is_admin = True
    for number in range(20):
        await ana.slash(f"blorft{number:02} " + "grommet zzyzx " * 12)

    heights = await measured(ana, phone.page, ["admin", *(f"admin {page}" for page in ADMINS)])

    assert len(heights) > 3
    assert_fit(heights)


def assert_fit(heights: dict[str, int]) -> None:
    assert {words: height for words, height in heights.items() if height > TALLEST} == {}


async def measured(person: Person, page: Page, asked: Iterable[str]) -> dict[str, int]:
    """The height of each answer and of each page after it; forms are left out."""
    heights: dict[str, int] = {}
    waiting = list(asked)
    while waiting:
        words = waiting.pop(0)
        if words in heights:
            continue
        seen = await person.slash(words)
        if person.modal is not None:
            await person.closes(all=True)
            continue
        assert seen.message is not None, words
        article = page.locator(f'article[data-ts="{seen.message.ts}"]')
        await article.wait_for()
        box = await article.bounding_box()
        assert box is not None, words
        assert box["x"] + box["width"] <= PHONE[0], words
        heights[words] = round(box["height"])
        waiting += [way for way in ways(seen) if NEXT_PAGE.search(way)]
    return heights


async def tells_everything(ana: Person, app: App) -> None:
    """A profile, all ratings, six credentials and a win."""
    await ana.slash("profile")
    ana.fills(
        rung="liaison", target_rung="manager", education="master", years_relevant="6", background="sales"
    )
    await ana.submits()
    await ana.closes(all=True)
    await ana.slash("skills rate")
    assert ana.modal is not None
    ana.fills(dict.fromkeys(ana.modal.values, "alone"))
    await ana.submits()
    await ana.closes(all=True)
    for name in ("cphims", "cmpe", "aplac certification", "physician liaison university", "fache", "pmp"):
        await ana.slash(f"certs track {name}")
        ana.fills(state="earned", earned_on="2024-02-29")
        await ana.submits()
        await ana.closes(all=True)
    await logs(ana, app)
    if ana.modal is not None:
        await ana.closes(all=True)
