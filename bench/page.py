"""How soon the sandbox's page is painted, and how smoothly a long conversation scrolls, by the browser's own timing."""

import statistics
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from sandbox.server import Sandbox
from sandbox.state import Message
from tests.browser import ARGUMENTS, WIDE, chromium

RUNS = 5
MESSAGES = 500
CHANNEL = "C0LIAISONSRIVE"
WORDS = "Lakeside sent twelve new patients since the visit, and asks for a word with cardiology. "

FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
DRAWN = "() => document.querySelector('article') && performance.now()"
SCROLL = """
async () => {
  const log = document.querySelector('#messages');
  const gaps = [];
  let before = await new Promise(requestAnimationFrame);
  const more = () => document.querySelector('.earlier')?.isConnected;
  for (let still = 0; still < 10; ) {
    log.scrollTop -= 240;
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - before);
    before = now;
    still = log.scrollTop === 0 && !more() ? still + 1 : 0;
  }
  return { gaps, articles: document.querySelectorAll('article').length };
}
"""


@dataclass(frozen=True)
class Figures:
    """Milliseconds, but for the counts; medians of the runs for the first two."""

    first_paint: float
    messages_drawn: float
    nodes_at_first: int
    scrolled_past: int
    median_frame: float
    longest_frame: float


async def measure() -> Figures:
    """Prints the figures of a channel with 500 messages, and gives them back. RuntimeError without a browser."""
    where = chromium()
    if where is None:
        raise RuntimeError("The page cannot be measured without chromium.")
    async with Sandbox() as slack, async_playwright() as playwright:
        _talk(slack)
        browser = await playwright.chromium.launch(executable_path=where, args=list(ARGUMENTS))
        figures = await _figures(browser, f"{slack.url}/?as=ana&in={CHANNEL}")
        await browser.close()
    print(_table(figures))
    return figures


def _talk(slack: Sandbox) -> None:
    people = [slack.person("ana"), slack.person("eli"), slack.person("ben")]
    for number in range(MESSAGES):
        who = people[number % len(people)]
        text = f"*{number}.* {WORDS * (1 + number % 3)}"
        slack.state.messages.append(Message(slack.world.new_ts(), CHANNEL, who.team, who.id, text))


async def _figures(browser: Browser, address: str) -> Figures:
    runs = [await _visit(browser, address) for _ in range(RUNS)]
    page = await _fresh(browser)
    await page.goto(address)
    await page.wait_for_function(DRAWN)
    nodes = int(await page.evaluate("document.querySelectorAll('*').length"))
    scrolled: dict[str, Any] = await page.evaluate(SCROLL)
    await page.context.close()
    return Figures(
        first_paint=statistics.median(first for first, _ in runs),
        messages_drawn=statistics.median(drawn for _, drawn in runs),
        nodes_at_first=nodes,
        scrolled_past=scrolled["articles"],
        median_frame=statistics.median(scrolled["gaps"]),
        longest_frame=max(scrolled["gaps"]),
    )


async def _visit(browser: Browser, address: str) -> tuple[float, float]:
    """First paint and the moment at which messages stood there, after a start with nothing in the cache."""
    page = await _fresh(browser)
    await page.goto(address)
    drawn = await (await page.wait_for_function(DRAWN)).json_value()
    await page.wait_for_function(f"() => ({FIRST_PAINT}) !== null")
    painted = await page.evaluate(FIRST_PAINT)
    await page.context.close()
    return float(painted), float(drawn)


async def _fresh(browser: Browser) -> Page:
    context = await browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
    return await context.new_page()


def _table(figures: Figures) -> str:
    return (
        f"The sandbox's page, a channel with {MESSAGES} messages, nothing cached, median of {RUNS}\n"
        f"  first paint           {figures.first_paint:7.0f} ms\n"
        f"  messages drawn        {figures.messages_drawn:7.0f} ms\n"
        f"  nodes at first        {figures.nodes_at_first:7d}\n"
        f"  scrolling up past     {figures.scrolled_past:7d} messages\n"
        f"    median frame        {figures.median_frame:7.1f} ms\n"
        f"    longest frame       {figures.longest_frame:7.1f} ms"
    )
