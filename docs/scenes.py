"""What the pictures of the README show: the scenes, each acted in the sandbox's page as somebody at the keyboard would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import FloatRect, Locator, Page, expect

LIAISONS: Final = "C0LIAISONSRIVE"
APP: Final = "app"
MARGIN: Final = 10
"""Pixels of the page left around what a picture shows."""


@dataclass(frozen=True)
class Window:
    """A browser window; `dark` prefers dark colors."""

    width: int
    height: int
    dark: bool = False


DESK: Final = Window(1000, 640)
TALL: Final = Window(1000, 1700)
PHONE: Final = Window(390, 844)
PHONE_AT_NIGHT: Final = Window(390, 844, dark=True)


@dataclass(frozen=True)
class Shot:
    """One picture: where it is, what Ana (or `who`) does there, and which part of it is shown (None: all)."""

    name: str
    window: Window
    place: str
    scene: Callable[[Page], FloatRect | None]
    who: str = "ana"


# What people do


def ask(page: Page, words: str, expected: str) -> Locator:
    """Give a command; the newest answer, once it says what is expected."""
    page.get_by_role("textbox", name="Message").fill(f"/prm {words}".rstrip())
    page.keyboard.press("Enter")
    answer = page.get_by_role("log").get_by_role("article").last
    expect(answer).to_contain_text(expected)
    page.get_by_role("textbox", name="Message").blur()
    return answer


def open_form(page: Page, words: str, title: str) -> Locator:
    page.get_by_role("textbox", name="Message").fill(f"/prm {words}")
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name=title)
    expect(form).to_be_visible()
    return form


def around(shown: Locator) -> FloatRect:
    """The part of the page with this on it."""
    box = shown.bounding_box()
    assert box is not None, "what a scene shows is on the page"
    left, top = max(box["x"] - MARGIN, 0), max(box["y"] - MARGIN, 0)
    bottom = box["y"] + box["height"] + MARGIN
    return {"x": left, "y": top, "width": box["x"] + box["width"] + MARGIN - left, "height": bottom - top}


# Scenes, each on a page that was just opened


def help_answer(page: Page) -> None:
    ask(page, "", "I help you on the road")


def home(page: Page) -> None:
    expect(page.get_by_text("Your newest wins")).to_be_visible()


def own_roadmap(page: Page) -> FloatRect:
    return around(ask(page, "roadmap", "Next for you"))


def own_certs(page: Page) -> FloatRect:
    return around(ask(page, "certs", "CPHIMS"))


def question(page: Page) -> FloatRect:
    return around(ask(page, "do I need to be a nurse for this?", "nurse"))


def no_answer(page: Page) -> FloatRect:
    return around(ask(page, "what should I wear to a visit?", "I don't have that."))


def win_form(page: Page) -> FloatRect:
    form = _referrals(page)
    form.get_by_role("textbox", name="Baseline").fill("120")
    return around(form)


def form_with_an_error(page: Page) -> FloatRect:
    form = _referrals(page)
    form.get_by_role("textbox", name="Baseline").fill("3,5")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("That could be 3.5 or 35.")).to_be_visible()
    return around(form)


def patient_data_refused(page: Page) -> FloatRect:
    form = _referrals(page)
    form.get_by_role("button", name="More details").click()
    form.get_by_role("textbox", name="Note").fill("Seen again within a week, MRN 00482913.")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("This looks like it holds a medical record number.")).to_be_visible()
    return around(form)


def doubt_asked_about(page: Page) -> FloatRect:
    form = _referrals(page)
    form.get_by_role("textbox", name="Baseline").fill("120")
    form.get_by_role("textbox", name="Practice").fill("Maple Street, 410-555-0134")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Not saved yet.")).to_be_visible()
    return around(form)


def _referrals(page: Page) -> Locator:
    """The form of a win about referrals, whatever was logged last."""
    form = open_form(page, "log referrals", "Log a win")
    form.get_by_role("textbox", name="Result").fill("150")
    form.get_by_role("textbox", name="Practice").fill("Maple Street Family Medicine")
    form.get_by_label("My manager, who can confirm it").check()
    return form


def weekly_message(page: Page) -> None:
    page.get_by_role("link", name="Messages", exact=True).click()
    expect(page.get_by_role("article").filter(has_text="This week:").last).to_be_visible()


def wins(page: Page) -> FloatRect:
    return around(ask(page, "wins", "page 1 of"))


def queue(page: Page) -> FloatRect:
    return around(ask(page, "verify", "for you"))


def nudge_settings(page: Page) -> FloatRect:
    return around(open_form(page, "nudges change", "Your weekly message"))


SHOTS: Final = (
    Shot("help", DESK, LIAISONS, help_answer),
    Shot("certs", TALL, LIAISONS, own_certs),
    Shot("roadmap", TALL, LIAISONS, own_roadmap),
    Shot("question", TALL, LIAISONS, question),
    Shot("no-answer", TALL, LIAISONS, no_answer),
    Shot("win-form", TALL, LIAISONS, win_form),
    Shot("win-error", TALL, LIAISONS, form_with_an_error),
    Shot("win-refused", DESK, LIAISONS, patient_data_refused),
    Shot("win-doubt", TALL, LIAISONS, doubt_asked_about),
    Shot("wins", TALL, LIAISONS, wins),
    Shot("queue", TALL, LIAISONS, queue, who="ben"),
    Shot("nudge-settings", TALL, LIAISONS, nudge_settings),
    Shot("home", DESK, APP, home),
    Shot("home-phone", PHONE, APP, home),
    Shot("weekly-message", DESK, APP, weekly_message),
    Shot("weekly-message-phone-dark", PHONE_AT_NIGHT, APP, weekly_message),
)
