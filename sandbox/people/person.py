"""A person at the keyboard: commands, shortcuts, messages and the home tab."""

from __future__ import annotations

from sandbox import payloads
from sandbox.outbound import Answer
from sandbox.people.forms import Forms
from sandbox.people.seen import Seen, trouble
from sandbox.refused import RefusedError, require_message
from sandbox.response_urls import CONTROL, say
from sandbox.state import Channel, Message, View
from sandbox.views import as_slack
from sandbox.words import Json


class Person(Forms):
    """A member of a workspace, doing what members do; each deed goes to the app as Slack would send it."""

    async def slash(self, text: str = "", *, command: str = "/prm", channel: str | None = None) -> Seen:
        """Type a slash command; what came back is the reply, or Slack's own failure line."""
        self._require_active()
        installation = self._world.installation(self.team)
        if installation is None or "commands" not in installation.scopes:
            return Seen(
                ok=False, error="invalid_command", text=f"{command} is not a valid command.", modal=self.modal
            )
        where = self._world.state.channels[channel or self.channel]
        mark = self._world.said_so_far
        fields = payloads.command(self._lines, self.user, where, command, text)
        answer = await self._lines.outbound.command(fields)
        error = trouble(answer) or self._show_reply(where, answer)
        seen = self._seen_since(mark, error=error, at=where.id)
        if error is not None:
            seen.text = f'{command} failed with the error "{error}"'
        return seen

    async def shortcut(self, callback_id: str) -> Seen:
        """Start a global shortcut."""
        return await self._interacts(payloads.shortcut(self._lines, self.user, callback_id))

    async def message_shortcut(self, callback_id: str, message: Message) -> Seen:
        """Start a shortcut from a message's menu."""
        if not self._may_read(message):
            raise AssertionError(f"{self.name} cannot see that message.")
        return await self._interacts(payloads.message_action(self._lines, self.user, callback_id, message))

    async def opens_home(self, tab: str = "home") -> View | None:
        """Go to the app's Home (or "messages") tab; the home as it is after the app was told."""
        self._require_active()
        event: Json = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.app_dm,
            "tab": tab,
            "event_ts": self._world.new_ts(),
        }
        if tab == "home" and self.home is not None:
            event["view"] = as_slack(self._world, self.home)
        if self._world.installation(self.team) is not None:
            await self._lines.outbound.event(self.team, event)
        return self.home

    async def says(self, text: str) -> None:
        """Write to the app; it hears of it only if it may read direct messages."""
        self._require_active()
        message = Message(self._world.new_ts(), self.app_dm, self.team, self.id, text)
        self._world.state.messages.append(message)
        self._world.changed()
        installation = self._world.installation(self.team)
        if installation is None or "im:history" not in installation.scopes:
            return
        event = {
            "type": "message",
            "channel_type": "im",
            "channel": message.channel,
            "user": self.id,
            "text": text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
            "ts": message.ts,
            "event_ts": message.ts,
            "team": self.team,
            "client_msg_id": self._world.new_id("client-"),
        }
        await self._lines.outbound.event(self.team, event)

    def invites_app(self, channel: str | None = None) -> None:
        """Add the app to a channel (the current one)."""
        installation = self._world.installation(self.team)
        if installation is None:
            raise AssertionError("The app is not installed in this workspace.")
        members = self._world.state.channels[channel or self.channel].members
        if installation.bot_user not in members:
            members.append(installation.bot_user)
        self._world.changed()

    def deactivate(self) -> None:
        """Their account ends: `users.info` says deleted, and no message reaches them."""
        self.user.deleted = True
        self._world.stack(self.id).clear()
        self._world.changed()

    def reactivate(self) -> None:
        self.user.deleted = False
        self._world.changed()

    # Within

    async def _interacts(self, payload: Json) -> Seen:
        self._require_active()
        mark = self._world.said_so_far
        answer = await self._lines.outbound.interaction(payload)
        return self._seen_since(mark, error=trouble(answer))

    def _show_reply(self, channel: Channel, answer: Answer) -> str | None:
        """Put a command's reply into the conversation; the error if Slack would refuse it."""
        if not answer.text.strip():
            return None
        reply = answer.body if isinstance(answer.body, dict) else {"text": answer.text}
        installation = self._world.installation(self.team)
        if not reply or installation is None:
            return None
        try:
            require_message({key: value for key, value in reply.items() if key not in CONTROL})
            say(self._world, installation, channel, self.id, reply)
        except RefusedError as refused:
            return self._refused("slash_reply", refused, reply)
        return None
