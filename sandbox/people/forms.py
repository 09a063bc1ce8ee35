"""A person with a form before them: filling it in, sending it off, closing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox import payloads, views
from sandbox.fields import STATE_KEY, complaint, filled
from sandbox.outbound import Answer
from sandbox.people.hands import EXTERNAL, Hands
from sandbox.people.seen import Seen, trouble
from sandbox.refused import RefusedError, require_errors
from sandbox.state import View
from sandbox.words import places

NO_CONNECTION = "We had some trouble connecting. Try again?"


class Forms(Hands):
    """A member of a workspace, filling in forms."""

    def fills(self, fields: Mapping[str, Any] | None = None, /, **named: Any) -> None:
        """Put values into the top modal by label, action id or block id; nothing is sent.

        AssertionError for a field or option that is not there. Text, numbers, dates and times as text (or as
        Python's own); selects by option text or value; several as a list; None clears.
        """
        self._top()
        for where, value in {**(fields or {}), **named}.items():
            spot = self._field(where, None)
            if spot.place.kind in EXTERNAL and value:
                raise AssertionError(f"The options of {where!r} come from the app: use `await selects(…)`.")
            self._keep(spot, filled(spot.place, value))

    async def submits(self) -> Seen:
        """Press the top modal's submit button.

        What Slack's client can tell by itself (required, too long, no number) is shown without a request.
        Typed values stay whatever comes back, but for a new view.
        """
        view = self._top()
        self._require_active()
        if view.submit is None:
            raise AssertionError(f"The modal “{view.title}” has no submit button.")
        view.errors = _complaints(view)
        if view.errors:
            return Seen(ok=False, errors=dict(view.errors), modal=view)
        mark = self._world.said_so_far
        answer = await self._lines.outbound.interaction(payloads.submission(self._lines, self.user, view))
        error = trouble(answer) or self._obey(view, answer)
        if error is not None:
            return Seen(ok=False, text=NO_CONNECTION, error=error, modal=self.modal)
        seen = self._seen_since(mark)
        seen.ok, seen.errors = not view.errors, dict(view.errors)
        return seen

    async def closes(self, *, all: bool = False) -> Seen:
        """Close the top modal, or with `all` (or where the view clears on close) the whole stack."""
        top = self._top()
        cleared = all or bool(top.payload.get("clear_on_close"))
        closed = list(reversed(self.modals)) if cleared else [top]
        mark = self._world.said_so_far
        error = None
        for view in closed:
            views.remove(self._world, view)
        for view in closed:
            if view.payload.get("notify_on_close"):
                told = payloads.closing(self._lines, self.user, view, cleared=cleared)
                error = trouble(await self._lines.outbound.interaction(told)) or error
        return self._seen_since(mark, error=error)

    # Within

    def _top(self) -> View:
        if self.modal is None:
            raise AssertionError(f"{self.name} has no modal open.")
        return self.modal

    def _obey(self, view: View, answer: Answer) -> str | None:
        """Do what the app answered to a submission; the error if Slack would not."""
        if not answer.text.strip():
            views.remove(self._world, view)
            return None
        try:
            self._do(view, answer.body)
        except RefusedError as refused:
            return self._refused("response_action", refused, {"body": answer.text})
        return None

    def _do(self, view: View, reply: Any) -> None:
        if not isinstance(reply, dict):
            raise RefusedError("invalid_response_action")
        world = self._world
        kind = reply.get("response_action")
        if kind == "errors":
            errors = reply.get("errors")
            if not isinstance(errors, dict):
                raise RefusedError("invalid_response_action")
            require_errors(errors, view.payload)
            view.errors = errors
        elif kind == "update":
            views.replace(world, view, views.parsed(reply.get("view"), "modal"))
        elif kind == "push":
            views.lay(world, self.team, self.id, views.parsed(reply.get("view"), "modal"), on_top=True)
        elif kind == "clear":
            world.stack(self.id).clear()
        elif reply:
            raise RefusedError("invalid_response_action")
        else:
            views.remove(world, view)
        world.changed()


def _complaints(view: View) -> dict[str, str]:
    """What Slack's client says about the inputs of a view, by block id."""
    found: dict[str, str] = {}
    for place in places(view.blocks):
        if place.block.get("type") == "input" and place.kind in STATE_KEY:
            said = complaint(place, view.values[place.block_id][place.action_id])
            if said is not None:
                found[place.block_id] = said
    return found
