"""The doors that Bolt opens: each turns Slack's request into a record of ours, and says the answer in the right place.

There are few of them, each with a table behind: a listener costs every request its matching."""

import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from slackbot import profiles
from slackbot.commands import Commands
from slackbot.deps import Deps, Posted
from slackbot.errors import Trouble, told
from slackbot.feature import Asked, Changed, Feature, Submitted
from slackbot.leaving import LeavingError
from slackbot.meeting import Meetings
from slackbot.showing import answer_view, notice, opener, push, replace_form, shown, tell_in_form
from slackbot.ui.blocks import RUN, Message
from slackbot.ui.forms import read, value_of
from slackbot.ui.text import cut, storable, unescape
from slackbot.untold import untold
from slackbot.writing import Writings
from storage import members
from storage.members import Person

log = structlog.get_logger(__name__)
Payload = dict[str, Any]

OUTDATED_BUTTON: Final = "That button is from an older version of me. Type `/prm` to see what I can do now."
OUTDATED_FORM: Final = (
    "This form is from an older version of me, so I could not take it. Please open it again with `/prm`."
)
LONGEST_NAME: Final = 255
CONVERSATION: Final = re.compile(r"D[A-Z0-9]{1,31}", re.ASCII)
ANYTHING: Final = re.compile(".*", re.DOTALL)


class Listeners:
    """Everything that Slack may send, and who in our house answers it."""

    def __init__(self, deps: Deps, features: Sequence[Feature]) -> None:
        self._deps = deps
        self._commands = Commands(features)
        self._meetings = Meetings(deps, features)
        self._writings = Writings(deps, self._commands, self._meetings)
        self._forms = {form.callback: form for feature in features for form in feature.forms}
        self._changes = {name: form.changed for name, form in self._forms.items() if form.changed is not None}
        self._shortcuts = {
            shortcut.callback: shortcut for feature in features for shortcut in feature.shortcuts
        }

    def register(self, bolt: AsyncApp) -> None:
        bolt.command(ANYTHING)(self.command)
        bolt.view({"type": "view_submission", "callback_id": ANYTHING})(self.form)
        bolt.view({"type": "view_closed", "callback_id": ANYTHING})(self.closed)
        bolt.action({"type": "block_actions", "action_id": ANYTHING})(self.press)
        bolt.shortcut(ANYTHING)(self.shortcut)
        bolt.event("app_home_opened")(self.home)
        bolt.event("message")(self.written)
        bolt.error(self.failed)

    async def command(
        self, ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
    ) -> None:
        person = _person(context, body.get("user_name", ""))
        words = storable(unescape(body.get("text", "")))
        asked = Asked(person, words, opener(client, body), self._responder(body))
        answer = shown(await told(self._commands.answer(self._deps, asked), "command"))
        self._meetings.answered(person, self._responder(body, below=True))
        await (ack() if answer is None else ack(response_type="ephemeral", **answer))

    async def form(self, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
        view = body["view"]
        form = self._forms.get(view.get("callback_id", ""))
        if form is None:
            log.warning("unknown_form")
            await ack(response_action="update", view=notice(Trouble(OUTDATED_FORM)))
            return
        submitted = Submitted(
            person=_person(context, body["user"].get("name", "")),
            key=view["id"],
            values=read(view),
            metadata=view.get("private_metadata", ""),
            response_urls={
                each["block_id"]: each["response_url"] for each in body.get("response_urls") or ()
            },
        )
        answer = await told(form.submitted(self._deps, submitted), form.callback)
        if isinstance(answer, Trouble):
            await tell_in_form(ack, view, answer)
        else:
            self._meetings.answered(submitted.person, self._meetings.directly(submitted.person))
            await (ack() if answer is None else ack(response_action="update", view=answer))

    async def closed(self, ack: AsyncAck) -> None:
        await ack()

    async def press(
        self, ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
    ) -> None:
        action = body["actions"][0]
        runs = str(action["action_id"]).startswith(f"{RUN}:")
        if not runs and not action.get("url") and _callback(body) in self._changes:
            await ack()
            self._deps.background.start(self._change(body, client, context), "change")
            return
        if action.get("url") or not (runs or action.get("type") == "button"):
            # A link opens by itself; a choice in a form is read when the form is submitted.
            await ack()
            return
        person = _person(context, body["user"].get("name", ""))
        if runs:
            asked = Asked(
                person, _words(action), opener(client, body), self._responder(body), _pressed_in(body)
            )
            answer = shown(await told(self._commands.answer(self._deps, asked), "button"))
        else:
            log.warning("unknown_button")
            answer = shown(Trouble(OUTDATED_BUTTON))
        await ack()
        self._deps.background.start(self._after_press(answer, person, body, client), "press")

    async def _change(self, body: Payload, client: AsyncWebClient, context: AsyncBoltContext) -> None:
        """Brings an open form up to date with what was just chosen in it."""
        view, action = body["view"], body["actions"][0]
        changed = Changed(
            person=_person(context, body["user"].get("name", "")),
            values=read(view),
            metadata=view.get("private_metadata", ""),
            action=str(action["action_id"]),
            view=view,
            value=value_of(action),
        )

        async def follow() -> None:
            fitting = await self._changes[_callback(body)](self._deps, changed)
            if fitting is not None:
                await replace_form(client, view, fitting)

        done = await told(follow(), _callback(body))
        if isinstance(done, Trouble):
            await told(push(client, body, notice(done)), "notice")

    async def shortcut(
        self, ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
    ) -> None:
        shortcut = self._shortcuts.get(body.get("callback_id", ""))
        open_form = opener(client, body)
        if shortcut is None:
            log.warning("unknown_shortcut")
            await told(open_form(notice(Trouble(OUTDATED_BUTTON))), "notice")
        else:
            asked = Asked(_person(context, body["user"].get("name", "")), _message_text(body), open_form)
            done = await told(shortcut.chosen(self._deps, asked), shortcut.callback)
            if isinstance(done, Trouble):
                await told(open_form(notice(done)), "notice")
        await ack()

    async def home(self, ack: AsyncAck, event: Payload, context: AsyncBoltContext) -> None:
        await ack()
        person, channel = _person(context, ""), event.get("channel")
        if isinstance(channel, str) and CONVERSATION.fullmatch(channel):
            # Where a message of which nobody knows whether it arrived will be looked for.
            self._deps.background.start(self._deps.transact(members.talks_in, person, channel), "home")
        if event.get("tab") == "home":
            self._deps.background.start(self._show_home(person), "home")

    async def _show_home(self, person: Person) -> None:
        # The zone first: Home says when the next message comes.
        with suppress(LeavingError):
            await profiles.read_once(self._deps, person)
        await self._deps.publish_home(person)

    async def written(
        self, ack: AsyncAck, event: Payload, request: AsyncBoltRequest, context: AsyncBoltContext
    ) -> None:
        await ack()
        repeated = bool(request.headers.get("x-slack-retry-num"))
        self._writings.take(_person(context, ""), event, repeated=repeated)

    async def failed(self, error: Exception, body: Payload) -> BoltResponse | None:
        """What went wrong outside of any answer: before it, or in giving it."""
        return None if isinstance(error, BoltUnhandledRequestError) else untold(error, body)

    async def _after_press(
        self, answer: Message | None, person: Person, body: Payload, client: AsyncWebClient
    ) -> None:
        """The answer where it was pressed; then the welcome, unless Home shows it to whoever pressed there."""
        respond = self._responder(body)
        if answer is not None:
            if respond is None:
                await told(opener(client, body)(answer_view(answer)), "answer")
            else:
                await respond(answer)
        if not _callback(body):
            self._meetings.answered(person, self._responder(body, below=True))

    def _responder(
        self, body: Payload, *, below: bool = False
    ) -> Callable[[Message], Awaitable[bool]] | None:
        """Says something where the command was typed or the button pressed, if Slack gave an address for that."""
        response_url = body.get("response_url")
        if not response_url:
            return None
        # An answer that only they see takes the place of what they pressed in.
        replace = not below and bool(body.get("container", {}).get("is_ephemeral"))
        return partial(self._deps.slack.respond, response_url, replace=replace)


def _person(context: AsyncBoltContext, name: str) -> Person:
    return Person(
        workspace_id=context["workspace_id"],
        user_id=context.user_id or "",
        team_id=context.team_id,
        name=cut(storable(name), LONGEST_NAME),
    )


def _callback(body: Payload) -> str:
    """Which form a press happened in; empty outside of modals."""
    view = body.get("view") or {}
    return str(view.get("callback_id", "")) if view.get("type") == "modal" else ""


def _message_text(body: Payload) -> str:
    """The text of the message from whose menu a shortcut was chosen; empty for the other shortcuts."""
    if body["type"] != "message_action":
        return ""
    return storable(unescape(body["message"].get("text") or ""))


def _pressed_in(body: Payload) -> Posted | None:
    """None in forms, on Home, and in what only one person sees, which cannot be changed afterwards."""
    container = body.get("container", {})
    if container.get("type") != "message" or container.get("is_ephemeral"):
        return None
    return Posted(str(container["channel_id"]), str(container["message_ts"]))


def _words(action: Payload) -> str:
    """What a button or a menu's choice runs."""
    chosen = action.get("selected_option") or action
    return str(chosen.get("value", ""))
