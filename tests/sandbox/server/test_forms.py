"""Modals as a person meets them: filling, the client's own checks, submitting, and all that may come back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from sandbox.people import Person
from sandbox.people.forms import NO_CONNECTION
from sandbox.server import Sandbox
from tests.sandbox.server.counterpart import (
    Counterpart,
    Heard,
    Json,
    actions,
    button,
    field,
    modal,
    opens,
    options,
    section,
    text,
)

TEXT: Json = {"type": "plain_text_input"}


async def opened(slack: Sandbox, app: Counterpart, person: Person, view: Json) -> None:
    """`person` has `view` open, and the app is silent from now on."""
    app.answer = opens(slack, view)
    await person.shortcut("open")
    app.answer = lambda heard: None


EVERY_FIELD = modal(
    field("Practice", "practice", {**TEXT, "action_id": "name"}),
    field("Result", "result", {"type": "number_input", "is_decimal_allowed": True}),
    field("Mail", "mail", {"type": "email_text_input"}),
    field("Link", "link", {"type": "url_text_input"}),
    field("Outcome", "outcome", {"type": "static_select", "options": options("Growth", "Leadership")}),
    field("Visibility", "visibility", {"type": "radio_buttons", "options": options("Private", "Shared")}),
    field("Flags", "flags", {"type": "checkboxes", "options": options("New", "Key")}),
    field("Topics", "topics", {"type": "multi_static_select", "options": options("A", "B", "C")}),
    field("Day", "day", {"type": "datepicker"}),
    field("Hour", "hour", {"type": "timepicker"}),
    field("Moment", "moment", {"type": "datetimepicker"}),
    field("Manager", "manager", {"type": "users_select"}),
    field("Team", "team", {"type": "multi_users_select"}),
    field("Channel", "channel", {"type": "conversations_select", "response_url_enabled": True}),
    field("Story", "story", {"type": "rich_text_input"}),
)


async def test_every_kind_of_field_arrives_as_slack_sends_it(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    await opened(slack, app, ana, EVERY_FIELD)
    ana.fills(
        {"Practice": "Lakeside"},
        result="1.5",
        mail="ana@example.org",
        link="https://example.org/x",
        outcome="Growth",
        visibility="shared",
        flags=["New", "Key"],
        topics=["B"],
        day=date(2026, 11, 2),
        hour=time(9, 30),
        moment=datetime(2026, 11, 2, 9, tzinfo=UTC),
        manager=slack.person("ben"),
        team=[slack.person("ben"), "U0ELINOVAK"],
        channel="C0GENERALRIVE",
        story="Once",
    )

    seen = await ana.submits()

    assert seen.ok
    assert ana.modal is None
    (heard,) = app.of("view_submission")
    values = heard["view"]["state"]["values"]
    growth, _ = options("Growth", "x")
    assert values["practice"]["name"] == {"type": "plain_text_input", "value": "Lakeside"}
    assert values["result"]["it"]["value"] == "1.5"
    assert values["outcome"]["it"] == {"type": "static_select", "selected_option": growth}
    assert values["visibility"]["it"]["selected_option"]["value"] == "shared"
    assert [option["value"] for option in values["flags"]["it"]["selected_options"]] == ["new", "key"]
    assert [option["value"] for option in values["topics"]["it"]["selected_options"]] == ["b"]
    assert values["day"]["it"]["selected_date"] == "2026-11-02"
    assert values["hour"]["it"]["selected_time"] == "09:30"
    assert values["moment"]["it"]["selected_date_time"] == 1_793_610_000
    assert values["manager"]["it"]["selected_user"] == "U0BENOKAFOR"
    assert values["team"]["it"]["selected_users"] == ["U0BENOKAFOR", "U0ELINOVAK"]
    assert values["channel"]["it"]["selected_conversation"] == "C0GENERALRIVE"
    assert values["story"]["it"]["rich_text_value"]["type"] == "rich_text"
    assert heard["response_urls"][0]["channel_id"] == "C0GENERALRIVE"
    assert heard["view"]["hash"]


async def test_an_unknown_field_or_option_names_those_there_are(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    with pytest.raises(AssertionError, match="no modal open"):
        ana.fills(practice="x")
    await opened(slack, app, ana, EVERY_FIELD)

    with pytest.raises(AssertionError, match=r"'Practise'; there is: 'Practice \(practice/name\)'"):
        ana.fills({"Practise": "x"})
    with pytest.raises(AssertionError, match="no option 'Loss'; there are: 'Growth', 'Leadership'"):
        ana.fills(outcome="Loss")


async def test_a_cleared_field_is_empty_again(slack: Sandbox, app: Counterpart, ana: Person) -> None:
    view = modal(
        field("Practice", "practice", {**TEXT, "initial_value": "Old"}, optional=True),
        field(
            "Flags",
            "flags",
            {"type": "checkboxes", "options": options("New"), "initial_options": options("New")},
            optional=True,
        ),
    )
    await opened(slack, app, ana, view)
    ana.fills(practice="", flags=None)

    await ana.submits()

    values = app.of("view_submission")[0]["view"]["state"]["values"]
    assert values["practice"]["it"]["value"] is None
    assert values["flags"]["it"]["selected_options"] == []


async def test_initial_values_are_submitted_untouched(slack: Sandbox, app: Counterpart, ana: Person) -> None:
    growth, leadership = options("Growth", "Leadership")
    view = modal(
        field("Practice", "practice", {**TEXT, "initial_value": "Old"}),
        field("Day", "day", {"type": "datepicker", "initial_date": "2026-11-02"}),
        field(
            "Outcome",
            "outcome",
            {"type": "static_select", "options": [growth, leadership], "initial_option": leadership},
        ),
    )
    await opened(slack, app, ana, view)

    await ana.submits()

    values = app.of("view_submission")[0]["view"]["state"]["values"]
    assert values["practice"]["it"]["value"] == "Old"
    assert values["day"]["it"]["selected_date"] == "2026-11-02"
    assert values["outcome"]["it"]["selected_option"] == leadership


@pytest.mark.parametrize(
    ("element", "value", "complaint"),
    [
        (TEXT, None, "fill this in"),
        ({**TEXT, "min_length": 3}, "ab", "at least 3"),
        ({**TEXT, "max_length": 3}, "abcd", "at most 3"),
        ({"type": "number_input", "is_decimal_allowed": True}, "many", "a number"),
        ({"type": "number_input", "is_decimal_allowed": True}, "NaN", "a number"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "whole number"),
        ({"type": "number_input", "is_decimal_allowed": False, "min_value": "2"}, "1", "2 or more"),
        ({"type": "number_input", "is_decimal_allowed": False, "max_value": "2"}, "3", "2 or less"),
        ({"type": "email_text_input"}, "ana at home", "email address"),
        ({"type": "url_text_input"}, "example", "a link"),
        ({"type": "checkboxes", "options": options("New")}, [], "fill this in"),
        (
            {"type": "multi_static_select", "options": options("A", "B"), "max_selected_items": 1},
            ["A", "B"],
            "at most 1",
        ),
    ],
)
async def test_slack_itself_catches_what_its_client_can_tell(
    slack: Sandbox, app: Counterpart, ana: Person, element: Json, value: Any, complaint: str
) -> None:
    await opened(slack, app, ana, modal(field("Field", "field", element)))
    ana.fills(field=value)

    seen = await ana.submits()

    assert not seen.ok
    assert complaint in seen.errors["field"]
    assert complaint in seen.words
    assert ana.errors == seen.errors
    assert app.of("view_submission") == []


async def test_field_errors_are_shown_and_what_was_typed_stays(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    await opened(slack, app, ana, modal(field("Result", "result", TEXT)))
    ana.fills(result="lots")
    app.answer = lambda heard: {"response_action": "errors", "errors": {"result": "A number, please"}}

    seen = await ana.submits()

    assert not seen.ok
    assert seen.error is None
    assert ana.errors == {"result": "A number, please"}
    assert ana.modal is not None
    assert ana.modal.state["values"]["result"]["it"]["value"] == "lots"
    app.answer = lambda heard: None
    assert (await ana.submits()).ok
    assert ana.errors == {}
    assert ana.modal is None


async def test_a_submission_may_update_push_or_clear(slack: Sandbox, app: Counterpart, ana: Person) -> None:
    replies = iter(
        [
            {
                "response_action": "update",
                "view": modal(field("Next", "next", TEXT, optional=True), title="Two"),
            },
            {"response_action": "push", "view": modal(title="Three")},
            {"response_action": "push", "view": modal(title="Four")},
            {"response_action": "clear"},
        ]
    )
    await opened(slack, app, ana, modal(title="One"))
    app.answer = lambda heard: next(replies)
    titles = []
    for _ in range(4):
        assert (await ana.submits()).ok
        titles.append([view.title for view in ana.modals])

    assert titles == [["Two"], ["Two", "Three"], ["Two", "Three", "Four"], []]


async def test_an_empty_answer_closes_only_the_top(slack: Sandbox, app: Counterpart, ana: Person) -> None:
    await opened(slack, app, ana, modal(title="One"))
    app.answer = lambda heard: {"response_action": "push", "view": modal(title="Two")}
    await ana.submits()
    app.answer = lambda heard: {}

    await ana.submits()

    assert [view.title for view in ana.modals] == ["One"]


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ({"response_action": "errors", "errors": {"nowhere": "x"}}, None),
        ({"response_action": "errors", "errors": {}}, None),
        ({"response_action": "errors", "errors": "x"}, "invalid_response_action"),
        ({"response_action": "update", "view": modal(title="x" * 25)}, "invalid_arguments"),
        ({"response_action": "push"}, "invalid_arguments"),
        ({"response_action": "dance"}, "invalid_response_action"),
        ("not json", "invalid_response_action"),
        ([1], "invalid_response_action"),
    ],
)
async def test_an_answer_that_slack_cannot_follow_is_trouble_and_noted(
    slack: Sandbox, app: Counterpart, ana: Person, reply: Any, error: str | None
) -> None:
    await opened(slack, app, ana, modal(field("Result", "result", TEXT)))
    ana.fills(result="12")
    app.answer = lambda heard: reply

    seen = await ana.submits()

    assert not seen.ok
    assert seen.text == NO_CONNECTION
    assert error is None or seen.error == error
    assert [call.method for call in slack.refusals] == ["response_action"]
    assert ana.modal is not None
    assert ana.modal.state["values"]["result"]["it"]["value"] == "12"


async def test_an_app_in_trouble_keeps_the_form_open(slack: Sandbox, app: Counterpart, ana: Person) -> None:
    await opened(slack, app, ana, modal())
    app.answer = lambda heard: PlainTextResponse("oh", 500)

    seen = await ana.submits()

    assert (seen.ok, seen.text) == (False, NO_CONNECTION)
    assert ana.modal is not None


async def test_closing_tells_an_app_that_wants_to_know(slack: Sandbox, app: Counterpart, ana: Person) -> None:
    await opened(slack, app, ana, modal(title="Quiet"))
    await ana.closes()
    assert app.of("view_closed") == []

    await opened(slack, app, ana, modal(title="One", notify_on_close=True))
    app.answer = lambda heard: {"response_action": "push", "view": modal(title="Two", notify_on_close=True)}
    await ana.submits()
    app.answer = lambda heard: None
    await ana.closes()
    (heard,) = app.of("view_closed")
    assert (heard["view"]["title"]["text"], heard["is_cleared"]) == ("Two", False)
    assert [view.title for view in ana.modals] == ["One"]

    await ana.closes(all=True)
    assert app.of("view_closed")[-1]["is_cleared"] is True
    assert ana.modal is None


async def test_a_form_without_submit_cannot_be_submitted(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    await opened(slack, app, ana, modal(section("Read me"), submit=None, close=text("Done")))

    with pytest.raises(AssertionError, match="no submit button"):
        await ana.submits()
    assert ana.modal is not None
    assert ana.modal.close == "Done"


async def test_an_input_that_dispatches_tells_the_app_at_once(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    outcome = {"type": "static_select", "options": options("Growth", "Leadership")}
    view = modal(
        field("Outcome", "outcome", outcome, dispatch_action=True),
        field("Metric", "metric", outcome),
        actions({**outcome, "action_id": "free"}, button("Add", "add")),
    )
    await opened(slack, app, ana, view)

    await ana.selects("Metric", "Growth")
    assert app.of("block_actions") == []
    await ana.selects("Outcome", "Leadership")
    await ana.selects("free", "Growth")
    await ana.presses("Add")

    first, second, third = app.of("block_actions")
    assert first["actions"][0]["selected_option"]["value"] == "leadership"
    assert first["container"] == {"type": "view", "view_id": ana.modal.id if ana.modal else ""}
    assert second["actions"][0]["action_id"] == "free"
    values = third["view"]["state"]["values"]
    assert values["metric"]["it"]["selected_option"]["value"] == "growth"
    assert values["outcome"]["it"]["selected_option"]["value"] == "leadership"
    assert values["buttons"]["free"]["selected_option"]["value"] == "growth"
    assert "response_url" not in third


async def test_options_from_the_app_are_asked_for_and_checked(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    view = modal(field("Practice", "practice", {"type": "external_select", "min_query_length": 2}))
    await opened(slack, app, ana, view)

    def suggest(heard: Heard) -> Json:
        return {"options": options(f"{heard.body['value']} Clinic", "Lakeside")}

    app.answer = suggest
    assert await ana.suggestions("Practice", "R") == []
    assert await ana.suggestions("Practice", "River") == ["River Clinic", "Lakeside"]
    with pytest.raises(AssertionError, match="come from the app"):
        ana.fills(practice="Lakeside")
    await ana.selects("Practice", "Lakeside")
    assert ana.modal is not None
    assert ana.modal.state["values"]["practice"]["it"]["selected_option"]["value"] == "lakeside"
    (first, *_) = app.of("block_suggestion")
    assert (first["block_id"], first["action_id"], first["value"]) == ("practice", "it", "River")

    app.answer = lambda heard: {"options": options("x" * 76)}
    assert await ana.suggestions("Practice", "River") == []
    assert [call.method for call in slack.refusals] == ["options"]


async def test_the_page_types_and_presses_by_ids(slack: Sandbox, app: Counterpart, ana: Person) -> None:
    view = modal(field("Practice", "practice", TEXT), actions(button("Add", "add")))
    await opened(slack, app, ana, view)
    assert ana.modal is not None

    ana.put(ana.modal, "practice", "it", "Lakeside")
    await ana.acts(ana.modal, "buttons", "add")

    assert app.of("block_actions")[0]["view"]["state"]["values"]["practice"]["it"]["value"] == "Lakeside"
    with pytest.raises(AssertionError, match="no element gone/it"):
        ana.put(ana.modal, "gone", "it", "x")
    with pytest.raises(AssertionError, match="no element gone/it"):
        await ana.acts(ana.modal, "gone", "it")


WHERE = {"type": "conversations_select", "action_id": "where", "default_to_current_conversation": True}


async def test_a_select_begins_with_the_conversation_somebody_is_in(
    slack: Sandbox, app: Counterpart, ana: Person
) -> None:
    app.answer = opens(slack, modal(field("Channel", "channel", WHERE)))
    await ana.slash("share")

    assert ana.modal is not None
    assert ana.modal.values["channel"]["where"]["selected_conversation"] == ana.channel
    assert ana.modal.state["values"]["channel"]["where"]["selected_conversation"] == ana.channel


@pytest.mark.parametrize(
    ("more", "start"),
    [
        ({"filter": {"include": ["public"]}}, None),
        ({"filter": {"include": ["im"]}}, "D0ANADUARTE"),
        ({"initial_conversation": "C0GENERALRIVE"}, "C0GENERALRIVE"),
        ({"default_to_current_conversation": False}, None),
    ],
    ids=str,
)
async def test_but_not_where_its_filter_or_its_own_start_says_otherwise(
    slack: Sandbox, app: Counterpart, ana: Person, more: Json, start: str | None
) -> None:
    app.answer = opens(slack, modal(field("Channel", "channel", WHERE | more)))
    await ana.slash("share", channel=ana.app_dm)

    assert ana.modal is not None
    assert ana.modal.values["channel"]["where"]["selected_conversation"] == start
