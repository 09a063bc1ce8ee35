"""What every test in the browser does: coming to the page as somebody, and saying something there."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect

from sandbox.server import Sandbox

LIAISONS = "C0LIAISONSRIVE"


async def arrive(page: Page, slack: Sandbox, name: str = "ana", place: str = LIAISONS) -> None:
    await page.goto(f"{slack.url}/?as={name}&in={place}")


async def say(page: Page, text: str) -> None:
    field = page.get_by_role("textbox", name="Message")
    # A click waits, as a person does, until a form that is closing is gone: before that nothing behind it can be typed in.
    await field.click()
    await field.fill(text)
    await field.press("Enter")


def composer(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message")


async def scroll_to_the_start(page: Page) -> None:
    """Up through a conversation that is longer than what is drawn at first."""
    earlier = page.get_by_role("button", name="Show earlier messages")
    await expect(earlier).to_be_attached()
    while await earlier.count():
        await page.get_by_role("log").evaluate("log => { log.scrollTop = 0 }")
        await page.evaluate("() => new Promise(requestAnimationFrame)")
