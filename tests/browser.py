"""What tests that drive a real browser share: how chromium is started, and a page that reports what went wrong on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-quic",
    "--disable-component-update",
    "--disable-sync",
)
WIDE = (1280, 800)
PHONE = (390, 844)


def chromium() -> str | None:
    """Where the browser is; None on a machine without one."""
    usual = Path("/usr/bin/chromium")
    return shutil.which("chromium") or (str(usual) if usual.exists() else None)


# CI sets the variable: a machine that lost its browser must fail there, not skip.
needs_browser = pytest.mark.skipif(
    chromium() is None and not os.environ.get("TESTS_NEED_BROWSER"),
    reason="there is no chromium on this machine",
)


@dataclass
class Tab:
    """A page with its console's complaints: errors, and what the content security policy blocked."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    async def overflows(self) -> bool:
        """Whether one would have to scroll sideways."""
        return bool(await self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))


async def open_tab(context: BrowserContext) -> Tab:
    tab = Tab(await context.new_page())
    tab.page.on("console", tab.hear)
    tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.page.set_default_timeout(5000)
    return tab


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """One chromium per test: its event loop is the test's."""
    async with async_playwright() as playwright:
        chrome = await playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield chrome
        await chrome.close()


async def context_of(
    browser: Browser, size: Sequence[int] = WIDE, *, dark: bool = False, touch: bool = False
) -> BrowserContext:
    """A browser profile of its own with a window of that size."""
    return await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale="en-US",
        has_touch=touch,
    )


@pytest.fixture
async def browser_page(browser: Browser) -> AsyncIterator[Tab]:
    """A desktop-sized tab; anything its console complains of fails the test."""
    context = await context_of(browser)
    tab = await open_tab(context)
    yield tab
    await context.close()
    assert tab.complaints == []
