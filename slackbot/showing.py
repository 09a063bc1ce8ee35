"""Puts before a person what is theirs to see: opens forms and brings them up to date, and tells trouble beside the fields."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slackbot.errors import Trouble, UserError
from slackbot.refusal import refusal
from slackbot.ui.blocks import Block, Message, View, actions, message, runs, section
from slackbot.ui.forms import inputs, modal

Payload = dict[str, Any]

WAITED: Final = "Slack waited too long for that form. Please try it once more."
TOO_LATE: Final = {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"}
LOST_RACE: Final = {"hash_conflict", "view_not_found", "not_found"}
"""The form changed or closed while we worked: there is nothing left to bring up to date."""


def opener(client: AsyncWebClient, body: Payload) -> Callable[[View], Awaitable[None]]:
    """Opens a form. In a modal it takes the place of an answer, and is stacked on top of another form.

    What was typed below must not be lost, and Slack stacks no more than three."""

    async def open_form(view: View) -> None:
        below = body.get("view") or {}
        if below.get("type") == "modal" and not inputs(below):
            await client.views_update(view_id=below["id"], view=view)
        elif below.get("type") == "modal":
            await push(client, body, view)
        else:
            await _in_time(client.views_open(trigger_id=_trigger(body), view=view))

    return open_form


async def push(client: AsyncWebClient, body: Payload, view: View) -> None:
    """Lays a view on top of the form in which something was done."""
    await _in_time(client.views_push(trigger_id=_trigger(body), view=view))


def _trigger(body: Payload) -> str:
    """Raises UserError for what Slack sent without one."""
    trigger = body.get("trigger_id")
    if not trigger:
        raise UserError(WAITED)
    return str(trigger)


async def _in_time(showing: Awaitable[object]) -> None:
    """Raises UserError when the trigger it needs has run out."""
    try:
        await showing
    except SlackApiError as error:
        if refusal(error).error in TOO_LATE:
            raise UserError(WAITED) from error
        raise


async def replace_form(client: AsyncWebClient, seen: Payload, view: View) -> None:
    """Puts `view` where the person saw `seen`, unless something newer is there by now."""
    try:
        await client.views_update(view_id=seen["id"], hash=seen["hash"], view=view)
    except SlackApiError as error:
        if refusal(error).error not in LOST_RACE:
            raise


async def tell_in_form(ack: AsyncAck, view: Payload, trouble: Trouble) -> None:
    """Beside the fields it is about, or the first one, so that the form stays open with what was typed."""
    fields = inputs(view)
    if fields:
        await ack(response_action="errors", errors=dict(trouble.fields) or {fields[0]: trouble.sentence})
    else:
        await ack(response_action="update", view=notice(trouble))


def shown(answer: Message | Trouble | None) -> Message | None:
    """An answer as a message; trouble with the ways out of it as buttons."""
    return message(*_told(answer)) if isinstance(answer, Trouble) else answer


def _told(trouble: Trouble) -> list[Block]:
    ways = [actions(*(runs(label, words) for label, words in trouble.ways))] if trouble.ways else []
    return [section(trouble.sentence), *ways]


def answer_view(answer: Message) -> View:
    """An answer where no message can be put: on top of Home, or in a modal."""
    return modal("answer", "PRM Coach", *answer["blocks"])


def notice(trouble: Trouble) -> View:
    """The same for trouble."""
    return modal("notice", "PRM Coach", *_told(trouble))
