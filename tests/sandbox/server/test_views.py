"""views.*: triggers, hashes, the stack of three, external ids, and homes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people import Person
from sandbox.server import Sandbox
from tests.sandbox.server.counterpart import (
    Counterpart,
    actions,
    button,
    field,
    home,
    modal,
    section,
    slack_client,
    text,
)

TEXT = {"type": "plain_text_input"}


async def refused(call: Any, error: str) -> SlackApiError:
    with pytest.raises(SlackApiError) as caught:
        await call
    assert caught.value.response["error"] == error
    return caught.value


@pytest.fixture
async def trigger(app: Counterpart, ana: Person) -> Any:
    """Gives a fresh trigger id each time it is awaited."""

    async def fresh(person: Person = ana) -> str:
        await person.shortcut("anything")
        return str(app.of("shortcut")[-1]["trigger_id"])

    return fresh


@pytest.fixture
def web(slack: Sandbox, app: Counterpart) -> AsyncWebClient:
    client: AsyncWebClient = slack_client(slack)
    return client


async def test_a_form_opens_on_a_trigger(web: AsyncWebClient, ana: Person, trigger: Any) -> None:
    view = modal(field("Practice", "practice", TEXT), callback_id="win", private_metadata="m")

    answer = await web.views_open(trigger_id=await trigger(), view=view)

    assert ana.modal is not None
    assert answer["view"]["id"] == ana.modal.id == answer["view"]["root_view_id"]
    assert answer["view"]["state"] == {
        "values": {"practice": {"it": {"type": "plain_text_input", "value": None}}}
    }
    assert answer["view"]["hash"] == ana.modal.hash
    assert (ana.modal.callback_id, ana.modal.private_metadata, ana.modal.submit) == ("win", "m", "Save")
    assert ana.modal.fields == {"Practice": "practice"}
    assert "Practice" in ana.modal.words


async def test_a_view_may_come_as_a_json_string(
    slack: Sandbox, web: AsyncWebClient, ana: Person, trigger: Any
) -> None:
    await web.api_call("views.open", data={"trigger_id": await trigger(), "view": json.dumps(modal())})
    assert ana.modal is not None
    await refused(
        web.api_call("views.open", data={"trigger_id": await trigger(), "view": "{oops"}), "invalid_arguments"
    )
    await refused(
        web.api_call("views.open", json={"trigger_id": await trigger(), "view": [1]}), "invalid_arguments"
    )


async def test_a_trigger_opens_one_view_within_three_seconds(
    slack: Sandbox, web: AsyncWebClient, trigger: Any
) -> None:
    once = await trigger()
    late = await trigger()
    lake = slack_client(slack, slack.grant("lakeview"))

    await refused(web.views_open(trigger_id="1.2.abc", view=modal()), "invalid_trigger_id")
    await refused(lake.views_open(trigger_id=once, view=modal()), "invalid_trigger_id")
    await web.views_open(trigger_id=once, view=modal())
    await refused(web.views_open(trigger_id=once, view=modal()), "exchanged_trigger_id")
    now = slack.seconds()
    slack.seconds = lambda: now + 3.5
    await refused(web.views_open(trigger_id=late, view=modal()), "expired_trigger_id")


async def test_a_bad_view_does_not_cost_the_trigger(web: AsyncWebClient, ana: Person, trigger: Any) -> None:
    good = await trigger()

    await refused(web.views_open(trigger_id=good, view=modal(title="x" * 25)), "invalid_arguments")
    await refused(web.views_open(trigger_id=good, view=home()), "invalid_arguments")
    assert ana.modal is None
    await web.views_open(trigger_id=good, view=modal())
    assert ana.modal is not None


async def test_three_views_lie_on_each_other_and_no_fourth(
    web: AsyncWebClient, ana: Person, trigger: Any
) -> None:
    await refused(web.views_push(trigger_id=await trigger(), view=modal()), "invalid_trigger_id")
    await web.views_open(trigger_id=await trigger(), view=modal(title="One"))
    await web.views_push(trigger_id=await trigger(), view=modal(title="Two"))
    third = await web.views_push(trigger_id=await trigger(), view=modal(title="Three"))

    await refused(web.views_push(trigger_id=await trigger(), view=modal(title="Four")), "push_limit_reached")
    assert [view.title for view in ana.modals] == ["One", "Two", "Three"]
    assert third["view"]["previous_view_id"] == ana.modals[1].id
    assert third["view"]["root_view_id"] == ana.modals[0].id


async def test_opening_anew_replaces_the_stack(web: AsyncWebClient, ana: Person, trigger: Any) -> None:
    await web.views_open(trigger_id=await trigger(), view=modal(title="One", external_id="x"))
    await web.views_open(trigger_id=await trigger(), view=modal(title="Other", external_id="x"))

    assert [view.title for view in ana.modals] == ["Other"]


async def test_an_update_keeps_what_was_typed_where_the_ids_stay(
    web: AsyncWebClient, ana: Person, trigger: Any
) -> None:
    before = modal(field("Practice", "practice", TEXT), field("Note", "note", TEXT))
    opened = (await web.views_open(trigger_id=await trigger(), view=before))["view"]
    ana.fills(practice="Lakeside Cardiology", note="first")

    after = modal(
        field("Practice!", "practice", {**TEXT, "initial_value": "no"}), field("Note", "note2", TEXT)
    )
    updated = (await web.views_update(view_id=opened["id"], hash=opened["hash"], view=after))["view"]

    assert updated["id"] == opened["id"]
    assert updated["hash"] != opened["hash"]
    values = updated["state"]["values"]
    assert values["practice"]["it"]["value"] == "Lakeside Cardiology"
    assert values["note2"]["it"]["value"] is None


async def test_an_update_on_an_old_hash_loses(web: AsyncWebClient, trigger: Any) -> None:
    opened = (await web.views_open(trigger_id=await trigger(), view=modal(external_id="here")))["view"]
    await web.views_update(external_id="here", view=modal(title="Newer", external_id="here"))

    await refused(web.views_update(view_id=opened["id"], hash=opened["hash"], view=modal()), "hash_conflict")


async def test_only_an_open_view_of_the_own_workspace_can_be_updated(
    slack: Sandbox, web: AsyncWebClient, ana: Person, trigger: Any
) -> None:
    opened = (await web.views_open(trigger_id=await trigger(), view=modal()))["view"]
    lake = slack_client(slack, slack.grant("lakeview"))

    await refused(lake.views_update(view_id=opened["id"], view=modal()), "view_not_found")
    await refused(web.views_update(view_id=opened["id"], view=home()), "invalid_arguments")
    await refused(web.api_call("views.update", json={"view": modal()}), "invalid_arguments")
    await ana.closes()
    await refused(web.views_update(view_id=opened["id"], view=modal()), "view_not_found")


async def test_an_external_id_is_given_once(slack: Sandbox, web: AsyncWebClient, trigger: Any) -> None:
    await web.views_open(trigger_id=await trigger(), view=modal(external_id="mine"))
    bens = await trigger(slack.person("ben"))

    await refused(web.views_open(trigger_id=bens, view=modal(external_id="mine")), "duplicate_external_id")
    await refused(
        web.views_push(trigger_id=await trigger(), view=modal(external_id="mine")), "duplicate_external_id"
    )
    eli = slack.person("eli").id
    await refused(web.views_publish(user_id=eli, view=home(external_id="mine")), "duplicate_external_id")


async def test_too_large_a_view_is_refused(web: AsyncWebClient, trigger: Any) -> None:
    blocks = [section("x" * 3000) for _ in range(95)]

    await refused(web.views_open(trigger_id=await trigger(), view=modal(*blocks)), "view_too_large")


async def test_a_home_is_published_to_one_person(slack: Sandbox, client: AsyncWebClient, ana: Person) -> None:
    first = (await client.views_publish(user_id=ana.id, view=home(actions(button("Log", "log")))))["view"]
    second = (await client.views_publish(user_id=ana.id, view=home(section("New")), hash=first["hash"]))[
        "view"
    ]

    assert ana.home is not None
    assert ana.home.words == "New"
    assert second["id"] == first["id"]
    assert slack.person("ben").home is None
    await refused(client.views_publish(user_id=ana.id, view=home(), hash=first["hash"]), "hash_conflict")
    await refused(client.views_publish(user_id="U0BENOKAFOR", view=home(), hash="1.x"), "hash_conflict")
    await refused(client.views_publish(user_id="U0CYMARCHETTI", view=home()), "user_not_found")
    await refused(client.views_publish(user_id=ana.id, view=modal()), "invalid_arguments")
    await refused(client.views_publish(user_id=ana.id, view=home(submit=text("Go"))), "invalid_arguments")
    ana.deactivate()
    await refused(client.views_publish(user_id=ana.id, view=home()), "user_disabled")


async def test_without_a_home_tab_nothing_is_published(
    slack: Sandbox, client: AsyncWebClient, ana: Person
) -> None:
    slack.world.home_tab_enabled = False

    await refused(client.views_publish(user_id=ana.id, view=home()), "not_enabled")


async def test_a_refusal_for_blocks_points_at_the_mistake_and_is_noted(
    slack: Sandbox, client: AsyncWebClient, ana: Person
) -> None:
    bad = home(section("fine"), actions(button("x" * 76, "log")))

    error = await refused(client.views_publish(user_id=ana.id, view=bad), "invalid_arguments")

    assert "[json-pointer:/blocks/1/elements/0/text" in error.response["response_metadata"]["messages"][0]
    assert [call.method for call in slack.refusals] == ["views.publish"]
