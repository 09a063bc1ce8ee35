"""What a person does on the page: each deed calls the matching act of `Person` and says what they saw."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from sandbox.outbound import Answer
from sandbox.page.clockwork import Clockwork
from sandbox.page.manifest import Offers
from sandbox.page.place import Place
from sandbox.people import Seen
from sandbox.people.seen import trouble
from sandbox.state import Message, View

if TYPE_CHECKING:
    from sandbox.server import Sandbox

Wish = Mapping[str, Any]
GONE = "That is no longer there."
NEEDED = {
    "act": ("holder", "block", "action"),
    "put": ("view", "values"),
    "submit": ("view",),
    "close": ("view",),
    "shortcut": ("callback",),
    "message_shortcut": ("callback", "message"),
}
"""What the request of a deed must carry."""


class Deeds:
    """The deeds by the name that the page calls them; each takes the place and the request's body."""

    def __init__(self, sandbox: Sandbox, offered: Offers) -> None:
        self._sandbox = sandbox
        self._offers = offered
        self._clockwork = Clockwork(sandbox)
        self.by_name: dict[str, Callable[[Place, Wish], Awaitable[Seen]]] = {
            "say": self.say,
            "act": self.act,
            "put": self.put,
            "submit": self.submit,
            "close": self.close,
            "open": self.open,
            "shortcut": self.shortcut,
            "message_shortcut": self.message_shortcut,
            "clock": self.clock,
            "install": self.install,
        }

    async def say(self, place: Place, wish: Wish) -> Seen:
        """A command if it starts with a slash; else a message, which the app hears only in its own conversation."""
        text = str(wish.get("text", "")).rstrip()
        if text.startswith("/") and not (place.is_app and self._offers.read_only):
            command, _, rest = text.partition(" ")
            return await self._command(place, command, rest.strip())
        if place.is_app and self._offers.read_only:
            return Seen(ok=False, text="This app takes no messages here.")
        if place.is_app:
            await place.person.says(text)
        else:
            world = self._sandbox.world
            said = Message(world.new_ts(), place.channel, place.person.team, place.person.id, text)
            world.state.messages.append(said)
            world.changed()
        return Seen(ok=True)

    async def _command(self, place: Place, command: str, rest: str) -> Seen:
        if not self._offers.knows(command):
            return Seen(ok=False, text=f"{command} is not a valid command.")
        return await place.person.slash(rest, command=command, channel=place.channel)

    async def act(self, place: Place, wish: Wish) -> Seen:
        holder = self._holder(place, wish["holder"])
        if holder is None:
            return Seen(ok=False, text=GONE)
        return await place.person.acts(holder, wish["block"], wish["action"], wish.get("value"))

    async def put(self, place: Place, wish: Wish) -> Seen:
        """Keep what is being typed; nothing goes to the app."""
        view = self._view(place, wish["view"])
        if view is None:
            return Seen(ok=False, text=GONE)
        for one in wish["values"]:
            place.person.put(view, one["block"], one["action"], one["value"])
        return Seen(ok=True)

    async def submit(self, place: Place, wish: Wish) -> Seen:
        person = place.person
        if person.modal is None or person.modal.id != wish["view"]:
            return Seen(ok=False, text=GONE)
        return await person.submits()

    async def close(self, place: Place, wish: Wish) -> Seen:
        """Closing what is closed already is no mistake: another tab may have been faster."""
        person = place.person
        if person.modal is None or person.modal.id != wish["view"]:
            return Seen(ok=True)
        return await person.closes(all=bool(wish.get("all")))

    async def open(self, place: Place, wish: Wish) -> Seen:
        """Go to a tab of the app, of which the app is told."""
        home = wish.get("tab") != "messages"
        await place.person.opens_home("home" if home else "messages")
        told = self._sandbox.requests[-1] if self._sandbox.requests else None
        if home and told is not None and told.kind == "event:app_home_opened" and not told.ok:
            error = trouble(Answer(told.status, told.response, told.error))
            return Seen(ok=False, error=error, text="The app did not hear that its home was opened.")
        return Seen(ok=True)

    async def shortcut(self, place: Place, wish: Wish) -> Seen:
        return await place.person.shortcut(str(wish["callback"]))

    async def message_shortcut(self, place: Place, wish: Wish) -> Seen:
        message = self._message(place, wish["message"])
        if message is None:
            return Seen(ok=False, text=GONE)
        return await place.person.message_shortcut(str(wish["callback"]), message)

    async def clock(self, place: Place, wish: Wish) -> Seen:
        complaint = await self._clockwork.move(place.person, wish)
        return Seen(ok=complaint is None, text=complaint or "")

    async def install(self, place: Place, _: Wish) -> Seen:
        await self._sandbox.install(place.person.team)
        return Seen(ok=True)

    async def suggestions(self, place: Place, query: Wish) -> list[str]:
        """Option texts for an external select that stands in a message (`message`) or a view (`view`)."""
        holder = self._holder(place, query)
        if holder is None:
            return []
        return await place.person.suggestions(str(query["action"]), str(query["query"]), on=holder)

    # Within

    def _holder(self, place: Place, holder: Wish) -> Message | View | None:
        return (
            self._view(place, holder["view"])
            if "view" in holder
            else self._message(place, holder.get("message"))
        )

    @staticmethod
    def _view(place: Place, view_id: object) -> View | None:
        person = place.person
        views = [*person.modals, *([person.home] if person.home is not None else [])]
        return next((view for view in views if view.id == view_id), None)

    @staticmethod
    def _message(place: Place, ts: object) -> Message | None:
        return next((message for message in place.person.sees(place.channel) if message.ts == ts), None)
