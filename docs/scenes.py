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


def home(page: Page) -> FloatRect:
    """Down to the road: what one reads in the first five seconds."""
    view = page.get_by_role("region", name="Home")
    expect(view.get_by_text("Your newest wins")).to_be_visible()
    return _down_to(view, view.get_by_role("button", name="My road"), below=104)


def home_on_a_phone(page: Page) -> None:
    expect(page.get_by_text("gates met")).to_be_visible()


def home_of_a_manager(page: Page) -> FloatRect:
    view = page.get_by_role("region", name="Home")
    return _down_to(view, view.get_by_role("button", name="My team"))


def manager_on_a_phone(page: Page) -> None:
    expect(page.get_by_text("Your queue")).to_be_visible()


def _down_to(shown: Locator, last: Locator, below: float = MARGIN) -> FloatRect:
    """The upper part of something, as far as a thing in it and some pixels below that."""
    expect(last).to_be_visible()
    whole, end = shown.bounding_box(), last.bounding_box()
    while whole is None or end is None:
        # What was visible just now is being drawn anew.
        shown.page.wait_for_timeout(100)
        whole, end = shown.bounding_box(), last.bounding_box()
    return {**whole, "height": end["y"] + end["height"] + below - whole["y"]}


def welcome(page: Page) -> FloatRect:
    return around(ask(page, "welcome", "Welcome to PRM Coach"))


def welcome_of_an_admin(page: Page) -> None:
    expect(page.get_by_text("You are the first admin here.")).to_be_visible()


def own_criteria(page: Page) -> FloatRect:
    return around(ask(page, "criteria", "gates met"))


def own_targets(page: Page) -> FloatRect:
    return around(ask(page, "target", "Your targets"))


def chart(page: Page) -> FloatRect:
    return around(ask(page, "progress campaigns", "Show the numbers"))


def team(page: Page) -> FloatRect:
    return around(ask(page, "team", "Your team"))


def one_of_the_team(page: Page) -> FloatRect:
    page.get_by_role("region", name="Home").get_by_role("button", name="My team").click()
    shown = page.get_by_role("dialog")
    shown.get_by_role("combobox", name="Open somebody").select_option("Ana Duarte")
    expect(shown).to_contain_text("reports to you since")
    expect(shown).to_contain_text("Referral growth")
    return around(shown)


def for_admins(page: Page) -> FloatRect:
    return around(ask(page, "admin", "For admins"))


def shared_in_a_channel(page: Page) -> FloatRect:
    """The preview, before anything is shared."""
    answer = ask(page, "wins confirmed", "page 1 of")
    answer.get_by_role("button", name="More options").first.click()
    page.get_by_role("menuitem", name="Share in a channel…").click()
    form = page.get_by_role("dialog")
    expect(form).to_be_visible()
    return around(form)


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
    # One that was answered has fewer buttons, and others may have come after it.
    newest = page.get_by_role("article").filter(has_text="Nothing this week").last
    newest.scroll_into_view_if_needed()
    expect(newest).to_be_visible()


def why_this_message(page: Page) -> FloatRect:
    """The arithmetic of every outcome."""
    page.get_by_role("link", name="Messages", exact=True).click()
    page.get_by_role("button", name="Why this?").last.click()
    shown = page.get_by_role("dialog", name="Why this?")
    expect(shown).to_contain_text("points")
    return around(shown)


def wins(page: Page) -> FloatRect:
    return around(ask(page, "wins", "page 1 of"))


def queue(page: Page) -> FloatRect:
    return around(ask(page, "verify", "for you"))


def digest(page: Page) -> FloatRect:
    return around(ask(page, "digest", "Your team's week"))


def digest_as_it_came(page: Page) -> None:
    page.get_by_role("link", name="Messages", exact=True).click()
    newest = page.get_by_role("article").filter(has_text="Your team's week").last
    newest.scroll_into_view_if_needed()
    expect(newest).to_be_visible()


def remind_me(page: Page) -> FloatRect:
    return around(open_form(page, "remind step 2", "Remind me"))


def own_data(page: Page) -> FloatRect:
    return around(ask(page, "privacy", "What I keep"))


def erasing(page: Page) -> FloatRect:
    return around(open_form(page, "privacy erase", "Erase me"))


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
    Shot("digest-phone", PHONE, APP, digest_as_it_came, who="ben"),
    Shot("remind-me", TALL, LIAISONS, remind_me),
    Shot("home", TALL, APP, home),
    Shot("home-phone", PHONE, APP, home_on_a_phone),
    Shot("home-manager", TALL, APP, home_of_a_manager, who="ben"),
    Shot("home-manager-phone", PHONE, APP, manager_on_a_phone, who="ben"),
    Shot("welcome", TALL, LIAISONS, welcome),
    # Cy has never opened the app.
    Shot("welcome-admin-phone", PHONE, APP, welcome_of_an_admin, who="cy"),
    Shot("criteria", TALL, LIAISONS, own_criteria),
    Shot("targets", TALL, LIAISONS, own_targets),
    Shot("progress", TALL, LIAISONS, chart),
    Shot("team", TALL, LIAISONS, team, who="ben"),
    # After the team, whose name it begins with.
    Shot("digest", TALL, LIAISONS, digest, who="ben"),
    Shot("team-person", TALL, APP, one_of_the_team, who="ben"),
    Shot("admin", TALL, LIAISONS, for_admins, who="dee"),
    Shot("privacy", TALL, LIAISONS, own_data),
    Shot("erase", TALL, LIAISONS, erasing),
    Shot("celebrate", TALL, LIAISONS, shared_in_a_channel),
    Shot("weekly-message", DESK, APP, weekly_message),
    Shot("weekly-message-phone-dark", PHONE_AT_NIGHT, APP, weekly_message),
    Shot("weekly-why", TALL, APP, why_this_message),
)
