"""Forms on the page: filling them in, sending, stacking and closing them, in a real browser."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect

from sandbox.server import Sandbox
from tests.browser import Tab, needs_browser
from tests.sandbox.page.acts import LIAISONS, arrive, say
from tests.sandbox.page.trial_app import button, form, modal, section
from tests.sandbox.server.counterpart import Counterpart, Heard, slack_client

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser]
NEW_YORK = ZoneInfo("America/New_York")


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


async def test_closing_a_form_gives_the_focus_back_to_what_opened_it(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack)
    await say(page, "/prm show")
    opener = page.get_by_role("button", name="Open the form")
    await opener.press("Enter")
    await expect(page.get_by_label("Name of the practice")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(opener).to_be_focused()
    await page.get_by_role("button", name="Forget").press("Enter")
    await expect(page.get_by_role("dialog", name="Really forget it?")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Forget")).to_be_focused()


async def test_a_home_that_is_published_anew_gives_the_focus_back_to_the_same_button(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack, place="app")
    await page.get_by_role("button", name="New visit").press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    ana = slack.person("ana")
    opener = section("One", block_id="new", accessory=button("New visit", "open"))
    await slack_client(slack).views_publish(user_id=ana.id, view={"type": "home", "blocks": [opener]})
    await expect(page.get_by_text("One", exact=True)).to_be_attached()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="New visit")).to_be_focused()


async def test_a_note_in_a_form_is_read_out_as_what_it_is(
    slack: Sandbox, app: Counterpart, browser_page: Tab
) -> None:
    page = browser_page.page
    await arrive(page, slack, place="app")
    await page.get_by_role("button", name="New visit").click()
    await expect(page.get_by_role("dialog").get_by_role("note")).to_have_text("NoteTake your time.")
