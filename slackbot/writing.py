"""What people write to the app: answered in the direct conversation as if they had typed it behind `/prm`."""

from collections.abc import Mapping
from typing import Any, Final

import structlog
from slack_sdk.errors import SlackApiError

from slackbot.commands import Commands, split
from slackbot.deps import Deps
from slackbot.errors import Trouble, told
from slackbot.feature import Asked
from slackbot.meeting import Meetings
from slackbot.refusal import refusal
from slackbot.rules.screening import identifier_in, screen
from slackbot.ui.blocks import Message, View, actions, message, runs, section
from slackbot.ui.text import escape, storable, unescape
from storage.members import Person

log = structlog.get_logger(__name__)

SCOPE: Final = "im:history"
"""What Slack must allow, or it tells us nothing of what is written."""
EVENT_TYPE: Final = "prm_answer"
REMEMBERED: Final = 1000
"""Messages of which a process knows that it has answered them: Slack repeats one for six minutes at most."""
LONGEST_KEPT: Final = 200
"""Characters of what was written that a button can carry: they are in its id too, and Slack takes 255 there."""
PATIENT: Final = (
    "I did not keep that: it looks like it holds {kind}. Please delete your message here, and ask again without anything "
    "that could point at a patient."
)
FORM: Final = "*{title}* is a form, and Slack opens a form only when you press something."
PREFIX: Final = "/prm"


class Writings:
    """Answers each message once, though Slack may tell of it several times."""

    def __init__(self, deps: Deps, commands: Commands, meetings: Meetings) -> None:
        self._deps = deps
        self._commands = commands
        self._meetings = meetings
        self._taken: dict[tuple[int, str], None] = {}

    def take(self, person: Person, event: Mapping[str, Any], *, repeated: bool) -> None:
        """Begins the answer and comes back at once; what a person did not write to us in words is left alone."""
        if _is_for_us(event):
            self._deps.background.start(self._take(person, event, repeated=repeated), "message")

    async def _take(self, person: Person, event: Mapping[str, Any], *, repeated: bool) -> None:
        if not self._is_first(person, event):
            return
        if repeated and await self._was_answered(person, event):
            return
        answer = await self._answer(person, event)
        if answer is None or await self._say(person, event, answer):
            await self._meetings.follow(person, lambda words: self._say(person, event, words))

    def _is_first(self, person: Person, event: Mapping[str, Any]) -> bool:
        """Whether this process has not seen the message yet. It counts as seen from now on."""
        name = (person.workspace_id, f"{event['channel']} {event['ts']}")
        if name in self._taken:
            return False
        self._taken[name] = None
        if len(self._taken) > REMEMBERED:
            del self._taken[next(iter(self._taken))]
        return True

    async def _was_answered(self, person: Person, event: Mapping[str, Any]) -> bool:
        """Asks Slack whether another process of ours, or this one before it was started again, has answered."""
        client = await self._deps.slack.client_for(person.workspace_id)
        try:
            since = await client.conversations_history(
                channel=event["channel"], oldest=event["ts"], include_all_metadata=True
            )
        except SlackApiError as error:
            # Rather twice than never: somebody is waiting.
            log.warning("history_refused", error=refusal(error).error)
            return False
        return any(each.get("metadata") == _metadata(event) for each in since["messages"])

    async def _answer(self, person: Person, event: Mapping[str, Any]) -> Message | None:
        words = _words(event["text"])
        kind = identifier_in(words)
        if kind is not None:
            return message(section(PATIENT.format(kind=kind)))
        forms: list[View] = []

        async def keep(view: View) -> None:
            forms.append(view)

        async def respond(said: Message) -> bool:
            return await self._say(person, event, said)

        answer = await told(
            self._commands.answer(self._deps, Asked(person, words, keep, respond)), "direct message"
        )
        if isinstance(answer, Trouble):
            ways = [actions(*(runs(label, run) for label, run in answer.ways))] if answer.ways else []
            return message(section(answer.sentence), *ways)
        return _way_to(forms[-1], words) if forms and answer is None else answer

    async def _say(self, person: Person, event: Mapping[str, Any], said: Message) -> bool:
        """In the thread in which they wrote, if it is one."""
        thread = {"thread_ts": event["thread_ts"]} if event.get("thread_ts") else {}
        try:
            await self._deps.tell(person, {**said, **thread, "metadata": _metadata(event)}, asked=True)
        except SlackApiError as error:
            log.warning("answer_refused", error=refusal(error).error)
            return False
        return True


def _is_for_us(event: Mapping[str, Any]) -> bool:
    """New words of a person in their conversation with us: no edit, no file, nothing that an app wrote."""
    by_nobody = not event.get("user") or event.get("bot_id") or event["user"] == "USLACKBOT"
    plain = not event.get("subtype") and not event.get("files") and not event.get("hidden")
    return event.get("channel_type") == "im" and plain and not by_nobody and bool(event.get("text"))


def _words(text: str) -> str:
    """What they wrote, without the command's name in front, if they began with it out of habit."""
    words = storable(unescape(text)).strip().strip("`").strip()
    return words[len(PREFIX) :].strip() if words.split(maxsplit=1)[:1] == [PREFIX] else words


def _way_to(form: View, words: str) -> Message:
    """A button that opens it as they asked; what may be about a patient is not said back, and so not carried."""
    found = screen(words)
    carried = split(words)[0] if found.warned else words[:LONGEST_KEPT]
    title = escape(form["title"]["text"])
    return message(section(FORM.format(title=title)), actions(runs("Open it", carried)))


def _metadata(event: Mapping[str, Any]) -> dict[str, Any]:
    """Marks an answer with the message it is for."""
    return {"event_type": EVENT_TYPE, "event_payload": {"to": event["ts"]}}
