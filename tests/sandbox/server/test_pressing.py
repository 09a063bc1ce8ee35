"""Buttons and menus in messages and homes: which one is meant, and what the app hears of it."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.state import Message
from tests.sandbox.server.counterpart import (
    Counterpart,
    Heard,
    Json,
    actions,
    button,
    field,
    home,
    modal,
    opens,
    options,
    section,
    slack_client,
    text,
)

QUESTION = {"title": text("Sure?"), "text": text("It goes"), "confirm": text("Yes"), "deny": text("No")}


@pytest.fixture
def web(slack: Sandbox, app: Counterpart) -> AsyncWebClient:
    client: AsyncWebClient = slack_client(slack)
    return client


async def test_a_button_is_pressed_by_its_label(
    slack: Sandbox, app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    sent = await web.chat_postMessage(
        channel=ana.id,
        text="Log it?",
        blocks=[actions(button("Log a win", "log", value="7", style="primary"))],
    )

    seen = await ana.presses("Log a win")

    assert seen.ok
    (heard,) = app.of("block_actions")
    (action,) = heard["actions"]
    assert {key: action[key] for key in ("type", "block_id", "action_id", "value", "style")} == {
        "type": "button",
        "block_id": "buttons",
        "action_id": "log",
        "value": "7",
        "style": "primary",
    }
    assert heard["message"]["ts"] == sent["ts"]
    assert heard["container"] == {
        "type": "message",
        "message_ts": sent["ts"],
        "channel_id": ana.app_dm,
        "is_ephemeral": False,
    }
    assert heard["user"]["id"] == ana.id
    assert heard["state"] == {"values": {}}
    assert heard["response_url"]


async def test_a_button_may_be_named_by_its_action_id(
    app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    await web.chat_postMessage(channel=ana.id, text="x", blocks=[actions(button(":tada: Log", "log"))])

    await ana.presses("log")

    assert len(app.of("block_actions")) == 1


async def test_the_newest_message_with_the_label_is_meant(
    app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    old = await web.chat_postMessage(
        channel=ana.id, text="old", blocks=[actions(button("Log", "log", value="old"))]
    )
    await web.chat_postMessage(
        channel=ana.id, text="new", blocks=[actions(button("Log", "log", value="new"))]
    )
    await web.chat_postMessage(channel=ana.id, text="none")

    await ana.presses("Log")
    await ana.presses("Log", on=ana.dms()[0])

    assert [heard["actions"][0]["value"] for heard in app.of("block_actions")] == ["new", "old"]
    assert app.of("block_actions")[1]["message"]["ts"] == old["ts"]


async def test_a_button_that_is_not_there_lists_what_is(
    app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    await web.chat_postMessage(
        channel=ana.id, text="x", blocks=[actions(button("Log", "log"), button("Skip", "skip"))]
    )

    with pytest.raises(AssertionError, match="'Lug'; there is: 'Log', 'Skip'"):
        await ana.presses("Lug")
    with pytest.raises(AssertionError, match="there is: nothing"):
        await ana.presses("Log", on=Message("1", ana.channel, ana.team, ana.id, "No buttons here"))


async def test_a_home_is_pressed_when_no_message_has_it(
    app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    await web.views_publish(user_id=ana.id, view=home(section("Hi"), actions(button("Settings", "settings"))))

    await ana.presses("Settings")

    (heard,) = app.of("block_actions")
    assert heard["container"]["type"] == "view"
    assert heard["view"]["type"] == "home"


async def test_an_open_form_hides_what_lies_behind(
    slack: Sandbox, app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    await web.chat_postMessage(channel=ana.id, text="x", blocks=[actions(button("Log", "log"))])
    app.answer = opens(slack, modal(section("x")))
    await ana.presses("Log")

    with pytest.raises(AssertionError, match="nothing to press called 'Log'"):
        await ana.presses("Log")
    await ana.closes()
    assert (await ana.presses("Log")).modal is not None


async def test_a_confirm_dialog_can_be_backed_out_of(
    app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    await web.chat_postMessage(
        channel=ana.id, text="x", blocks=[actions(button("Erase", "erase", confirm=QUESTION))]
    )

    await ana.presses("Erase", confirm=False)
    assert app.of("block_actions") == []
    await ana.presses("Erase")
    assert len(app.of("block_actions")) == 1


async def test_a_link_button_leads_somewhere_and_tells_the_app(
    app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    link = button("Read", "read", url="https://example.org/")
    await web.chat_postMessage(channel=ana.id, text="x", blocks=[actions(link)])

    seen = await ana.presses("Read")

    assert seen.url == "https://example.org/"
    assert len(app.of("block_actions")) == 1


async def test_a_menu_option_is_pressed_by_its_text(
    app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    menu = {"type": "overflow", "action_id": "more", "options": options("Edit", "Delete")}
    await web.chat_postMessage(
        channel=ana.id, text="x", blocks=[{**section("Win"), "block_id": "win", "accessory": menu}]
    )

    await ana.presses("Delete")
    await ana.acts(ana.dms()[0], "win", "more", "edit")

    chosen = [heard["actions"][0]["selected_option"]["value"] for heard in app.of("block_actions")]
    assert chosen == ["delete", "edit"]
    with pytest.raises(AssertionError, match="no option 'Burn'"):
        await ana.acts(ana.dms()[0], "win", "more", "Burn")


async def test_a_choice_in_a_message_is_told_and_kept(
    app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    pick = {
        "type": "static_select",
        "action_id": "pick",
        "placeholder": text("Outcome"),
        "options": options("A", "B"),
    }
    blocks = [actions(pick, button("Go", "go")), field("Why", "why", {"type": "plain_text_input"})]
    await web.chat_postMessage(channel=ana.id, text="x", blocks=blocks)

    await ana.selects("Why", "Because")
    await ana.selects("Outcome", "B")
    await ana.presses("Go")

    first, second = app.of("block_actions")
    assert first["actions"][0]["selected_option"]["value"] == "b"
    assert second["state"]["values"]["buttons"]["pick"]["selected_option"]["value"] == "b"
    assert second["state"]["values"]["why"]["it"]["value"] == "Because"


async def test_what_came_of_a_press_is_seen(
    app: Counterpart, web: AsyncWebClient, slack: Sandbox, ana: Person
) -> None:
    await web.chat_postMessage(channel=ana.id, text="x", blocks=[actions(button("Log", "log"))])

    async def update(heard: Heard) -> None:
        body = heard.body
        await web.chat_update(
            channel=body["channel"]["id"], ts=body["message"]["ts"], text="Logged", blocks=[]
        )
        await web.chat_postMessage(channel=slack.person("ben").id, text="Ana logged")

    app.answer = update
    seen = await ana.presses("Log")

    assert seen.message is not None
    assert seen.words == "Logged"
    assert seen.message.edited


async def test_an_app_that_fails_on_a_press_is_noticed(
    app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    await web.chat_postMessage(channel=ana.id, text="x", blocks=[actions(button("Log", "log"))])
    await app.stop()

    seen = await ana.presses("Log")

    assert not seen.ok
    assert "dispatch_failed" in seen.text


async def test_buttons_inside_other_blocks_are_found(
    app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    card: Json = {"type": "card", "title": text("Course"), "actions": [button("Enrol", "enrol")]}
    feedback: Json = {
        "type": "feedback_buttons",
        "action_id": "useful",
        "positive_button": {"text": text("Useful"), "value": "yes"},
        "negative_button": {"text": text("Not for me"), "value": "no"},
    }
    blocks: list[Json] = [
        {"type": "carousel", "elements": [card]},
        {"type": "container", "title": text("Week"), "child_blocks": [actions(button("Inner", "inner"))]},
        {"type": "context_actions", "elements": [feedback]},
    ]
    await web.chat_postMessage(channel=ana.id, text="x", blocks=blocks)

    for label in ("Enrol", "Inner", "Not for me"):
        assert (await ana.presses(label)).ok

    pressed = [heard["actions"][0] for heard in app.of("block_actions")]
    assert [action["action_id"] for action in pressed] == ["enrol", "inner", "useful"]
    assert pressed[2]["value"] == "no"


async def test_a_choice_stays_when_the_message_is_rewritten_around_it(
    app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    pick = {
        "type": "static_select",
        "action_id": "pick",
        "placeholder": text("Outcome"),
        "options": options("A", "B"),
    }
    sent = await web.chat_postMessage(channel=ana.id, text="x", blocks=[actions(pick, button("Go", "go"))])
    await web.chat_postMessage(channel=ana.id, text="y", blocks=[actions(pick, button("Skip", "skip"))])
    await ana.acts(ana.dms()[0], "buttons", "pick", "B")
    await ana.acts(ana.dms()[1], "buttons", "pick", "A")

    async def state_after(offered: list[str]) -> object:
        pick["options"] = options(*offered)
        blocks = [section("New"), actions(pick, button("Go", "go"))]
        await web.chat_update(channel=sent["channel"], ts=sent["ts"], text="x", blocks=blocks)
        await ana.presses("Go")
        return app.of("block_actions")[-1]["state"]["values"]["buttons"]["pick"]["selected_option"]

    assert await state_after(["A", "B"]) == options("B")[0]
    assert await state_after(["A", "C"]) is None
    await ana.presses("Skip")
    untouched = app.of("block_actions")[-1]["state"]["values"]["buttons"]["pick"]["selected_option"]
    assert untouched == options("A")[0]


async def test_text_that_dispatches_is_told_as_it_is_typed(
    app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    name = field("Name", "name", {"type": "plain_text_input", "initial_value": "Old"}, dispatch_action=True)
    await web.chat_postMessage(channel=ana.id, text="x", blocks=[name])

    await ana.types("Name", "New")

    (heard,) = app.of("block_actions")
    (action,) = heard["actions"]
    assert (action["type"], action["value"], action["initial_value"]) == ("plain_text_input", "New", "Old")


async def test_dates_and_times_may_be_given_as_text(
    app: Counterpart, web: AsyncWebClient, ana: Person
) -> None:
    pickers = [{"type": kind, "action_id": kind} for kind in ("datepicker", "timepicker", "datetimepicker")]
    await web.chat_postMessage(channel=ana.id, text="x", blocks=[actions(*pickers)])

    await ana.selects("datepicker", "2026-11-02")
    await ana.selects("timepicker", "09:30")
    await ana.selects("datetimepicker", 1_793_610_000)

    first, second, third = (heard["actions"][0] for heard in app.of("block_actions"))
    assert first["selected_date"] == "2026-11-02"
    assert second["selected_time"] == "09:30"
    assert third["selected_date_time"] == 1_793_610_000
    with pytest.raises(ValueError, match="isoformat"):
        await ana.selects("datepicker", "tomorrow")
