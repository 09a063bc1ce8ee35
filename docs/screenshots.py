"""Takes the pictures of the README: starts the demo sandbox, acts the scenes in a browser, and writes docs/screenshots/*.png."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import click
from playwright.sync_api import Browser, Page, expect, sync_playwright
from scenes import APP, DESK, SHOTS, Shot, Window

PICTURES: Final = Path(__file__).parent / "screenshots"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    # So that the same page is drawn with the same pixels every time.
    "--disable-lcd-text",
    "--font-render-hinting=none",
    "--disable-partial-raster",
    "--num-raster-threads=1",
)
NO_BROWSER: Final = (
    "The pictures are taken with Chromium, and there is none on this machine. Install it and try again."
)
LARGEST: Final = 150_000
"""Bytes; a README should open at once on a phone."""
PLAIN_BACKDROP: Final = """
document.styleSheets[0].insertRule("dialog::backdrop { background: var(--ground) !important }")
"""
FULLY_DRAWN: Final = """
async () => {
  const icon = new Image();
  icon.src = "/page/static/icon.svg";
  await icon.decode();
  for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
}
"""
PATIENCE: Final = 10_000
WEDNESDAY: Final = 2


class NoPicturesError(Exception):
    """`str()` says in a sentence why there are none."""


def browser_path() -> str:
    """Raises NoPicturesError on a machine without one."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise NoPicturesError(NO_BROWSER)
    return found


@contextmanager
def demo_sandbox() -> Iterator[str]:
    """The address of a sandbox that has just lived its year, in a folder that goes away with it."""
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w+") as log:
        command = [sys.executable, "-m", "slackbot", "sandbox", "--demo", "--port", str(_free_port())]
        # Content or settings of whoever takes the pictures have no place in them.
        own = {name: value for name, value in os.environ.items() if not name.startswith("PRM_")}
        with subprocess.Popen(  # noqa: S603 - our own command, no shell
            command, cwd=folder, env=own, stdout=subprocess.PIPE, stderr=log, text=True
        ) as sandbox:
            try:
                yield _address(sandbox, log.name)
            finally:
                sandbox.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _address(sandbox: subprocess.Popen[str], log: str) -> str:
    """Where it answers, as soon as it says so; NoPicturesError when it ends before."""
    assert sandbox.stdout is not None, "its output is a pipe"
    for line in sandbox.stdout:
        if line.startswith("Open "):
            return line.split()[1]
    raise NoPicturesError(f"The sandbox did not start.\n{Path(log).read_text()}")


LONGEST_WAY = 90_000
"""Milliseconds that the clock may take to get there."""


def move_to_wednesday(browser: Browser, address: str) -> None:
    """The same weekday and hour in every run, so that pictures taken twice are nearly the same."""
    today = datetime.now(UTC).date()
    wednesday = today + timedelta(days=(WEDNESDAY - today.weekday()) % 7 or 7)
    with visit(browser, DESK, f"{address}/?as=ana&in={APP}") as page:
        page.get_by_text("Move to…").click()
        page.get_by_label("Date and time").fill(f"{wednesday}T10:00")
        page.get_by_role("button", name="Move", exact=True).click()
        expect(page.locator("#clock time")).to_have_text(
            f"{wednesday:%a, %b} {wednesday.day}, {wednesday.year}, 10:00 AM",
            # A team's Monday comes on the way, with all its messages at Slack's pace.
            timeout=LONGEST_WAY,
        )


@contextmanager
def visit(browser: Browser, window: Window, address: str) -> Iterator[Page]:
    """A page in a browser profile of its own; whatever its console complains of spoils the picture."""
    complaints: list[str] = []
    context = browser.new_context(
        viewport={"width": window.width, "height": window.height},
        color_scheme="dark" if window.dark else "light",
        reduced_motion="reduce",
        locale="en-US",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(address)
    yield page
    context.close()
    if complaints:
        raise NoPicturesError(f"The page complained: {complaints[0]}")


def take(browser: Browser, address: str, shot: Shot) -> Path:
    """Act the scene, and write its picture. Raises NoPicturesError when that is too large."""
    file = PICTURES / f"{shot.name}.png"
    with visit(browser, shot.window, f"{address}/?as={shot.who}&in={shot.place}") as page:
        # Half a word beside a form, behind its shade, would only puzzle.
        page.evaluate(PLAIN_BACKDROP)
        clip = shot.scene(page)
        page.mouse.move(0, 0)
        page.evaluate(FULLY_DRAWN)
        page.screenshot(path=file, clip=clip, animations="disabled", caret="hide")
        # An open form outlives its page, as in Slack, and would stand in the next picture.
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    if file.stat().st_size > LARGEST:
        raise NoPicturesError(f"{file.name} has {file.stat().st_size} bytes, more than {LARGEST}.")
    return file


def main() -> None:
    """Take all pictures."""
    with ExitStack() as stack:
        path = browser_path()
        address = stack.enter_context(demo_sandbox())
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        stack.callback(browser.close)
        move_to_wednesday(browser, address)
        for shot in SHOTS:
            file = take(browser, address, shot)
            click.echo(f"{file.name:32} {file.stat().st_size // 1000:4} kB")


if __name__ == "__main__":
    try:
        main()
    except NoPicturesError as error:
        sys.exit(str(error))
