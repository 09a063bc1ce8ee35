"""A person pressing and choosing: what becomes of each press, and what goes to the app."""

from __future__ import annotations

from typing import Any

from sandbox import payloads
from sandbox.fields import INITIAL_KEY, STATE_KEY, filled, options_of
from sandbox.payloads import Holder
from sandbox.people.eyes import Eyes, Spot
from sandbox.people.seen import Seen, trouble
from sandbox.refused import RefusedError, require_message
from sandbox.state import Message, View
from sandbox.views import start_values
from sandbox.words import Json, Place, places

EXTERNAL = frozenset({"external_select", "multi_external_select"})
LEAST_QUERY = 3


class Hands(Eyes):
    """A member of a workspace, pressing."""

    async def presses(self, label: str, *, on: Holder | None = None, confirm: bool = True) -> Seen:
        """Press a button or menu option by its visible label, else its action id.

        Looked for in the top modal if one is open, else `on`, else the newest message that has it, else the home.
        `confirm=False` backs out of the question that a confirm dialog asks.
        """
        return await self._press(self._pressable(label, on), confirm=confirm)

    async def selects(self, where: str, value: Any, *, on: Holder | None = None) -> Seen:
        """Choose or type in an element, and send what Slack would send: nothing for a plain input of a modal."""
        spot = self._field(where, on)
        known = None
        if spot.place.kind in EXTERNAL:
            known = await self._options(spot, str(value[0] if isinstance(value, list) else value))
        return await self._choose(spot, value, known)

    async def types(self, where: str, value: Any, *, on: Holder | None = None) -> Seen:
        """`selects` for text: the request goes out if the input has `dispatch_action`."""
        return await self.selects(where, value, on=on)

    async def suggestions(self, where: str, query: str, *, on: Holder | None = None) -> list[str]:
        """What an external select offers for `query`: option texts."""
        found = await self._options(self._field(where, on), query)
        return [str(option["text"]["text"]) for option in found]

    async def acts(
        self, holder: Holder, block_id: str, action_id: str, value: Any = None, *, confirm: bool = True
    ) -> Seen:
        """What the page does: press or choose by ids; `value` is an overflow's or select's option, or what was typed."""
        for place in places(holder.blocks):
            if place.block_id == block_id and place.action_id == action_id:
                break
        else:
            raise AssertionError(f"There is no element {block_id}/{action_id} there any more.")
        if place.kind in STATE_KEY:
            spot = Spot(holder, place)
            known = await self._options(spot, str(value)) if place.kind in EXTERNAL else None
            return await self._choose(spot, value, known)
        return await self._press(Spot(holder, place, _menu_option(place, value)), confirm=confirm)

    def put(self, view: View, block_id: str, action_id: str, value: Any) -> None:
        """What the page does while somebody types: form state, and no request."""
        for place in places(view.blocks):
            if (place.block_id, place.action_id) == (block_id, action_id):
                self._keep(Spot(view, place), filled(place, value))
                return
        raise AssertionError(f"There is no element {block_id}/{action_id} there any more.")

    # Within

    async def _press(self, spot: Spot, *, confirm: bool) -> Seen:
        element = spot.place.element
        if (element.get("confirm") or (spot.option or {}).get("confirm")) and not confirm:
            return Seen(ok=True, modal=self.modal)
        if spot.place.kind == "overflow":
            done: Json = {"selected_option": spot.option}
        else:
            pressed = spot.option or element
            done = {key: pressed[key] for key in ("text", "value", "style", "url") if key in pressed}
        seen = await self._send_action(spot, done)
        url = (spot.option or element).get("url")
        seen.url = str(url) if url else None
        return seen

    async def _choose(self, spot: Spot, value: Any, known: list[Json] | None) -> Seen:
        state = filled(spot.place, value, known)
        self._keep(spot, state)
        block = spot.place.block
        in_a_form = isinstance(spot.holder, View) and block.get("type") == "input"
        if (in_a_form or block.get("type") == "input") and not block.get("dispatch_action"):
            return Seen(ok=True, modal=self.modal)
        return await self._send_action(spot, {**_initials(spot.place), **state})

    def _keep(self, spot: Spot, state: Json) -> None:
        if isinstance(spot.holder, Message):
            key = (spot.holder.ts, self.id)
            values = self._world.typed.setdefault(key, start_values(spot.holder.blocks))
        else:
            values = spot.holder.values
        values.setdefault(spot.place.block_id, {})[spot.place.action_id] = state

    async def _send_action(self, spot: Spot, done: Json) -> Seen:
        self._require_active()
        mark = self._world.said_so_far
        payload = payloads.action(self._lines, self.user, spot.holder, spot.place, done)
        answer = await self._lines.outbound.interaction(payload)
        at = spot.holder.channel if isinstance(spot.holder, Message) else None
        return self._seen_since(mark, error=trouble(answer), at=at)

    async def _options(self, spot: Spot, query: str) -> list[Json]:
        """What the app offers in an external select; nothing if Slack would refuse to show it."""
        if len(query) < spot.place.element.get("min_query_length", LEAST_QUERY):
            return []
        payload = payloads.suggestion(self._lines, self.user, spot.holder, spot.place, query)
        answer = await self._lines.outbound.interaction(payload)
        offered = answer.body if answer.ok and isinstance(answer.body, dict) else {}
        try:
            _require_options(offered)
        except RefusedError as refused:
            self._refused("options", refused, offered)
            return []
        return options_of(offered)

    def _require_active(self) -> None:
        if self.user.deleted:
            raise AssertionError(f"{self.name} is deactivated and can do nothing.")


def _menu_option(place: Place, value: Any) -> Json | None:
    options = options_of(place.element) or [
        place.element[name] for name in ("positive_button", "negative_button") if name in place.element
    ]
    for option in options:
        if value in {option.get("value"), option["text"]["text"]}:
            return option
    if options:
        raise AssertionError(f"The menu {place.action_id!r} has no option {value!r}.")
    return None


def _initials(place: Place) -> Json:
    """Actions repeat what the element started with."""
    key = INITIAL_KEY[STATE_KEY[place.kind]]
    return {key: place.element[key]} if key in place.element else {}


def _require_options(offered: Json) -> None:
    """Options of an external select obey the rules of a static one."""
    if not options_of(offered):
        return
    select = {
        "type": "static_select",
        "action_id": "options",
        "placeholder": {"type": "plain_text", "text": "-"},
    }
    rows = {key: offered[key] for key in ("options", "option_groups") if key in offered}
    require_message({"text": "-", "blocks": [{"type": "actions", "elements": [select | rows]}]})
