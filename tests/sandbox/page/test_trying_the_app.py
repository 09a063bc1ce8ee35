"""A person tries an app on the page, in a real browser."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox.clock import Clock
from sandbox.server import Sandbox
from tests.browser import PHONE, Tab, context_of, needs_browser, open_tab
from tests.sandbox.page.trial_app import INJECTED, form, modal, section
from tests.sandbox.server.counterpart import Counterpart, Heard, slack_client

pytestmark = [pytest.mark.browser, needs_browser]

LIAISONS = "C0LIAISONSRIVE"
NEW_YORK = ZoneInfo("America/New_York")


async def arrive(page: Page, slack: Sandbox, name: str = "ana", place: str = LIAISONS) -> None:
    await page.goto(f"{slack.url}/?as={name}&in={place}")


async def say(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Message").fill(text)
    await page.keyboard.press("Enter")


async def test_from_a_command_to_a_saved_form_without_a_reload(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await say(page, "/prm show")

    answer = page.get_by_role("article").last
    await expect(answer.get_by_text("Only visible to you")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("")
    await answer.get_by_role("button", name="Open the form").click()

    form = page.get_by_role("dialog", name="A new visit")
    await expect(form.get_by_label("Name of the practice")).to_be_focused()
    await fill_every_field(page)
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("There is no such practice.")).to_be_visible()
    await expect(form.get_by_label("Name of the practice")).to_have_value("Nowhere")
    await expect(form.get_by_label("Name of the practice")).to_be_focused()
    await expect(form.get_by_label("Notes (optional)", exact=True)).to_have_value("two\nlines")

    await form.get_by_label("Name of the practice").fill("Lakeside")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()
    await expect(page.get_by_role("link", name="PRM Coach new message")).to_be_visible()
    await page.get_by_role("link", name="PRM Coach").click()
    await page.get_by_role("link", name="Messages", exact=True).click()
    await expect(page.get_by_role("article").last).to_contain_text("Saved Lakeside with 12 referrals")

    values = app.of("view_submission")[-1]["view"]["state"]["values"]
    assert values["notes"]["it"]["value"] == "two\nlines"
    assert values["email"]["it"]["value"] == "dr@example.org"
    assert values["day"]["it"]["selected_date"] == "2026-11-05"
    assert values["hour"]["it"]["selected_time"] == "09:30"
    assert (
        values["later"]["it"]["selected_date_time"] == datetime(2026, 11, 9, 12, tzinfo=NEW_YORK).timestamp()
    )
    assert values["tier"]["it"]["selected_option"]["value"] == "gold"
    assert [one["value"] for one in values["areas"]["it"]["selected_options"]] == ["heart", "spine"]
    assert values["colleague"]["it"]["selected_user"] == slack.person("eli").id
    assert values["channel"]["it"]["selected_channel"] == LIAISONS
    assert values["colleagues"]["it"]["selected_users"] == [slack.person("ben").id]
    assert values["mood"]["it"]["selected_option"]["value"] == "cool"
    assert [one["value"] for one in values["done"]["it"]["selected_options"]] == ["called"]
    assert values["doctor"]["it"]["selected_option"]["text"]["text"] == "Dr. Stone"


async def fill_every_field(page: Page) -> None:
    form = page.get_by_role("dialog")
    await form.get_by_label("Name of the practice").fill("Nowhere")
    await form.get_by_label("Notes (optional)", exact=True).fill("two\nlines")
    await form.get_by_label("Referrals").fill("12")
    await form.get_by_label("Email").fill("dr@example.org")
    await form.get_by_label("Website").fill("https://example.org/")
    await form.get_by_label("Visited on").fill("2026-11-05")
    await form.get_by_label("At (optional)").fill("09:30")
    await form.get_by_label("Follow up").fill("2026-11-09T12:00")
    await form.get_by_label("Tier").select_option("Gold")
    await form.locator("summary").first.click()
    await form.get_by_role("checkbox", name="Heart").check()
    await form.get_by_role("checkbox", name="Spine").check()
    await form.get_by_label("Colleague (optional)").select_option("Eli Novak")
    await form.get_by_label("Where").select_option("liaisons")
    await form.locator("summary").last.click()
    await form.get_by_role("checkbox", name="Ben Okafor").check()
    await form.get_by_role("radio", name="Cool").check()
    await form.get_by_role("checkbox", name="Called").check()
    doctor = form.get_by_label("Doctor")
    await doctor.fill("stone")
    await expect(form.locator("datalist option")).to_have_count(1)
    await doctor.fill("Dr. Stone")
    await form.get_by_label("Rich notes").fill("rich")
    await expect(form.get_by_text("File upload is not supported in the sandbox.")).to_be_visible()


async def test_what_is_missing_is_said_beside_the_field_and_nothing_is_sent(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack, place="app")
    await page.get_by_role("button", name="New visit").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Referrals").fill("many")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("Please enter a number.")).to_be_visible()
    await expect(form.get_by_label("Referrals")).to_have_value("many")
    assert app.of("view_submission") == []


async def test_a_reload_loses_neither_the_form_nor_what_was_typed(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack, place="app")
    await page.get_by_role("button", name="New visit").click()
    await page.get_by_label("Name of the practice").fill("Hillcrest")
    async with page.expect_response("**/page/put"):
        await page.get_by_label("Tier").select_option("Silver")
    await page.reload()
    await expect(page.get_by_label("Name of the practice")).to_have_value("Hillcrest")
    await expect(page.get_by_label("Tier")).to_have_value("silver")


async def test_escape_closes_the_form_and_the_app_hears_of_it(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack, place="app")
    await page.get_by_role("button", name="New visit").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await slack.until(lambda: app.of("view_closed") != [], 3)
    assert slack.person("ana").modal is None


async def test_forms_lie_on_one_another_and_go_back_one_by_one_or_all_at_once(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    forms = [modal(section("Read on"), title=f"Form {number}", submit="Next") for number in (1, 2, 3)]

    async def answer(heard: Heard) -> object:
        if heard.kind == "view_submission":
            return {"response_action": "push", "view": forms[len(slack.person("ana").modals)]}
        await slack_client(slack).views_open(trigger_id=heard.body["trigger_id"], view=forms[0])
        return None

    app.answer = answer
    await arrive(page, slack)
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="New visit").click()
    await page.get_by_role("dialog", name="Form 1").get_by_role("button", name="Next").click()
    await page.get_by_role("dialog", name="Form 2").get_by_role("button", name="Next").click()
    await page.get_by_role("dialog", name="Form 3").get_by_role("button", name="Back").click()
    await expect(page.get_by_role("dialog", name="Form 3")).to_have_count(0)
    assert len(slack.person("ana").modals) == 2
    await page.get_by_role("dialog", name="Form 2").get_by_role("button", name="Close all").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert slack.person("ana").modals == []


async def test_a_form_that_changes_under_ones_hands_keeps_what_was_typed_and_the_focus(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack, place="app")
    await page.get_by_role("button", name="New visit").click()
    form_ = page.get_by_role("dialog")
    await form_.get_by_label("Notes (optional)", exact=True).fill("half a sent")
    open_form = slack.person("ana").modal
    assert open_form is not None
    fresh = form() | {"title": {"type": "plain_text", "text": "The same visit"}}
    await slack_client(slack).views_update(view_id=open_form.id, view=fresh)
    await expect(page.get_by_role("dialog", name="The same visit")).to_be_visible()
    await expect(form_.get_by_label("Notes (optional)", exact=True)).to_be_focused()
    await page.keyboard.type("ence")
    await expect(form_.get_by_label("Notes (optional)", exact=True)).to_have_value("half a sentence")


async def test_a_tab_finds_the_sandbox_again_after_a_restart(clock: Clock, browser: Browser) -> None:
    context = await context_of(browser)
    page = (await open_tab(context)).page
    before = Sandbox(clock=clock)
    await before.start()
    await arrive(page, before)
    await expect(page.get_by_role("heading", name="#liaisons")).to_be_visible()
    await before.stop()
    await expect(page.get_by_role("status")).to_have_text("The sandbox does not answer. Is it still running?")
    await say(page, "still there?")
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("still there?")
    after = Sandbox(clock=clock)
    await after.start(int(before.url.rpartition(":")[2]))
    await expect(page.get_by_role("status")).to_be_hidden()
    await after.stop()
    await context.close()


async def test_a_confirm_dialog_lets_one_back_out(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await say(page, "/prm show")
    await page.get_by_role("button", name="Forget").click()
    question = page.get_by_role("dialog", name="Really forget it?")
    await question.get_by_role("button", name="Keep it").click()
    await expect(question).to_be_hidden()
    assert app.of("block_actions") == []
    await page.get_by_role("button", name="Forget").click()
    await question.get_by_role("button", name="Forget it").click()
    await slack.until(lambda: [one.text for one in slack.person("ana").dms()] == ["forget: pressed"], 3)


async def test_menus_and_selects_in_a_message_reach_the_app(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await say(page, "/prm show")
    await page.get_by_label("Pick a tier").select_option("Silver")
    await slack.until(lambda: len(slack.person("ana").dms()) == 1, 3)
    await page.get_by_role("button", name="More options").press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await slack.until(lambda: len(slack.person("ana").dms()) == 2, 3)
    assert [one.text for one in slack.person("ana").dms()] == ["pick: silver", "more: mute"]


async def test_two_tabs_are_two_people_and_each_sees_only_their_own(
    slack: Sandbox, app: Counterpart, browser: Browser
) -> None:
    context = await context_of(browser)
    ana, eli = await open_tab(context), await open_tab(context)
    await arrive(ana.page, slack)
    await arrive(eli.page, slack, "eli")
    await say(ana.page, "/prm show")
    await say(eli.page, "Good morning, all")
    await expect(ana.page.get_by_text("Good morning, all")).to_be_visible()
    await expect(ana.page.get_by_text("Everything at once")).to_be_visible()
    await expect(eli.page.get_by_text("Everything at once")).to_have_count(0)
    await context.close()


async def test_shortcuts_start_from_the_composer_and_from_a_message(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="New visit").click()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    await say(page, "Met Dr. Stone today")
    await page.get_by_role("article").last.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Visit from this").click()
    await expect(page.get_by_role("dialog", name="A new visit")).to_be_visible()
    assert [body["callback_id"] for body in app.of("shortcut")] == ["visit"]
    assert app.of("message_action")[0]["message"]["text"] == "Met Dr. Stone today"


async def test_switching_to_somebody_of_another_workspace(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await page.get_by_role("link", name="Cy Marchetti").click()
    await expect(page.get_by_role("heading", name="Lakeview Clinics")).to_be_visible()
    await expect(page.get_by_text("The app is not installed in this workspace yet.")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("heading", name="#liaisons")).to_be_visible()


async def test_talking_to_the_app_in_its_own_conversation(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await page.goto(f"{slack.url}/?as=ana&in=app&tab=messages")
    await say(page, f"Hello {INJECTED}")
    await expect(page.get_by_role("article").last).to_contain_text("You said: Hello")
    await expect(page.get_by_role("log")).to_contain_text(INJECTED)
    await expect(page.get_by_role("log").locator("img")).to_have_count(0)


async def test_markup_from_the_app_stays_text(slack: Sandbox, app: Counterpart, browser_page: Tab) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await say(page, "/prm hostile")
    answer = page.get_by_role("article").last
    await expect(answer).to_contain_text(INJECTED)
    await expect(answer.locator("img")).to_have_count(0)
    assert "broken in" not in await page.title()


async def test_an_app_that_fails_is_said_to_and_the_text_stays(
    slack: Sandbox, app: Counterpart, browser: Browser
) -> None:
    slack.patience = 0.2
    context = await context_of(browser)
    page = (await open_tab(context)).page
    await arrive(page, slack)
    for text, said in (
        ("/prm slow", '/prm failed with the error "operation_timeout"'),
        ("/prm broken", '/prm failed with the error "http_service_error"'),
        ("/prm refused", '/prm failed with the error "invalid_blocks"'),
        ("/nobody", "/nobody is not a valid command."),
    ):
        await say(page, text)
        await expect(page.get_by_role("alert")).to_contain_text(said)
        await expect(page.get_by_role("textbox", name="Message")).to_have_value(text)
    await app.stop()
    await say(page, "/prm")
    await expect(page.get_by_role("alert")).to_contain_text("dispatch_failed")
    await context.close()


async def test_what_slack_would_refuse_is_listed_with_its_place(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await say(page, "/prm refused")
    await page.get_by_role("button", name="Developer 1 refused").click()
    panel = page.get_by_role("complementary", name="Developer")
    await expect(panel.get_by_text("json-pointer:/blocks/0/text/text")).to_be_visible()
    await panel.get_by_text("slash_command").click()
    await expect(panel.get_by_text('"text": "refused"')).to_be_visible()


async def test_the_clock_moves_forward_only(slack: Sandbox, app: Counterpart, browser_page: Tab) -> None:
    page = browser_page.page
    await arrive(page, slack)
    clock = page.get_by_role("region", name="Clock")
    await expect(clock.get_by_role("time")).to_have_text("Mon, Nov 2, 2026, 10:00 AM")
    await clock.get_by_role("button", name="+1 day").click()
    await expect(clock.get_by_role("time")).to_have_text("Tue, Nov 3, 2026, 10:00 AM")
    await clock.get_by_text("Move to…").click()
    await clock.get_by_label("Date and time").fill("2026-11-01T09:00")
    await clock.get_by_role("button", name="Move", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("The clock only goes forward")
    await clock.get_by_label("Date and time").fill("2026-11-09T09:00")
    await clock.get_by_role("button", name="Move", exact=True).click()
    await expect(clock.get_by_role("time")).to_have_text("Mon, Nov 9, 2026, 9:00 AM")
    await expect(clock.get_by_role("time")).to_have_attribute(
        "title", "2026-11-09 14:00 UTC · shown in America/New_York"
    )


async def test_on_a_phone_nothing_is_wider_than_the_screen(
    slack: Sandbox, app: Counterpart, browser: Browser
) -> None:
    context = await context_of(browser, PHONE)
    tab = await open_tab(context)
    page = tab.page
    await arrive(page, slack)
    await say(page, "/prm show")
    await expect(page.get_by_role("article")).to_be_visible()
    assert not await tab.overflows()
    await page.get_by_role("button", name="Open the form").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert not await tab.overflows()
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("button", name="People and channels").click()
    await page.get_by_role("link", name="PRM Coach").click()
    await expect(page.get_by_role("heading", name="Your visits")).to_be_visible()
    assert not await tab.overflows()
    await page.get_by_role("button", name="Developer").click()
    await expect(page.get_by_role("heading", name="Last requests and calls")).to_be_visible()
    assert not await tab.overflows()
    assert tab.complaints == []
    await context.close()
