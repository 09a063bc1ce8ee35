"""views.*: modals on a trigger, changes to what is open, and homes."""

from __future__ import annotations

import json
from typing import Any

from sandbox import views
from sandbox.api.registry import Ask, method
from sandbox.refused import RefusedError, missing
from sandbox.state import View
from sandbox.triggers import Trigger
from sandbox.words import Json


def _view_argument(ask: Ask) -> Any:
    view = ask.args.get("view")
    if isinstance(view, str):
        try:
            return json.loads(view)
        except ValueError:
            raise RefusedError(
                "invalid_arguments", ["[ERROR] must be valid JSON [json-pointer:/view]"]
            ) from None
    return view


def _answer(ask: Ask, view: View) -> Json:
    return {"view": views.as_slack(ask.world, view)}


def _laid(ask: Ask, trigger: Trigger, payload: Json, *, on_top: bool) -> View:
    where = trigger.looking_at
    return views.lay(ask.world, trigger.team, trigger.user, payload, on_top=on_top, looking_at=where)


@method("views.open", needs=("trigger_id", "view"), tier=4)
def open_view(ask: Ask) -> Json:
    payload = views.parsed(_view_argument(ask), "modal")
    trigger = ask.triggers.exchange(str(ask.args["trigger_id"]), ask.team)
    return _answer(ask, _laid(ask, trigger, payload, on_top=False))


@method("views.push", needs=("trigger_id", "view"), tier=4)
def push(ask: Ask) -> Json:
    payload = views.parsed(_view_argument(ask), "modal")
    trigger = ask.triggers.exchange(str(ask.args["trigger_id"]), ask.team)
    if not ask.world.stack(trigger.user):
        raise RefusedError("invalid_trigger_id", ["[ERROR] no modal is open to push onto"])
    return _answer(ask, _laid(ask, trigger, payload, on_top=True))


@method("views.update", needs=("view",), tier=4)
def update(ask: Ask) -> Json:
    view_id, external_id = ask.args.get("view_id"), ask.args.get("external_id")
    if not view_id and not external_id:
        raise missing("view_id")
    view = views.find(ask.world, ask.team, view_id, external_id)
    payload = views.parsed(_view_argument(ask), view.type)
    views.require_hash(view, ask.args.get("hash"))
    views.replace(ask.world, view, payload)
    return _answer(ask, view)


@method("views.publish", needs=("user_id", "view"), tier=4)
def publish(ask: Ask) -> Json:
    user = ask.world.user(str(ask.args["user_id"]), ask.team)
    if user is None:
        raise RefusedError("user_not_found")
    if user.deleted:
        raise RefusedError("user_disabled")
    if not ask.world.home_tab_enabled:
        raise RefusedError("not_enabled")
    payload = views.parsed(_view_argument(ask), "home")
    views.require_hash(ask.world.state.homes.get(user.id), ask.args.get("hash"))
    return _answer(ask, views.publish(ask.world, user.team, user.id, payload))
