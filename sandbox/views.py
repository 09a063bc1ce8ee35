"""Modals and homes: the stack of three, hashes, external ids, and what survives an update."""

from __future__ import annotations

from typing import Any

from sandbox.fields import STATE_KEY, initial, options_of
from sandbox.refused import RefusedError, missing, require_view
from sandbox.state import View
from sandbox.words import Json, places
from sandbox.world import APP_ID, World

DEEPEST = 3
"""How many modals may lie on one another."""

Values = dict[str, dict[str, Json]]


def parsed(view: Any, kind: str) -> Json:
    """The view an app sent, checked; raises RefusedError."""
    if not isinstance(view, dict):
        raise (
            missing("view")
            if not view
            else RefusedError("invalid_arguments", ["[ERROR] must be an object [json-pointer:/view]"])
        )
    if view.get("type") in {"modal", "home"} and view["type"] != kind:
        raise RefusedError(
            "invalid_arguments", [f"[ERROR] expected a view of type {kind} [json-pointer:/view/type]"]
        )
    require_view(view)
    return view


def with_ids(world: World, blocks: list[Json]) -> list[Json]:
    """A copy in which every block and interactive element has the id that Slack would make up."""
    blocks = _copied(blocks)
    for block in blocks:
        block.setdefault("block_id", world.new_id("b"))
    for place in places(blocks):
        place.block.setdefault("block_id", world.new_id("b"))
        place.element.setdefault("action_id", world.new_id("a"))
    return blocks


def _copied(part: Any) -> Any:
    """What came as JSON, anew; a tenth of the work of `copy.deepcopy`, which looks out for much that JSON has not."""
    if isinstance(part, dict):
        return {key: _copied(value) for key, value in part.items()}
    return [_copied(item) for item in part] if isinstance(part, list) else part


def start_values(blocks: list[Json]) -> Values:
    """The state of every element that holds a value, as it is before anybody touched it."""
    values: Values = {}
    for place in places(blocks):
        if place.kind in STATE_KEY:
            values.setdefault(place.block_id, {})[place.action_id] = initial(place.element)
    return values


def carried_over(old: Values, blocks: list[Json]) -> Values:
    """The start values of `blocks`, but what was typed stays where block id, action id and type stay."""
    values = start_values(blocks)
    for place in places(blocks):
        typed = old.get(place.block_id, {}).get(place.action_id)
        if typed is not None and typed["type"] == place.kind and _still_offered(place.element, typed):
            values[place.block_id][place.action_id] = typed
    return values


def _still_offered(element: Json, typed: Json) -> bool:
    options = options_of(element)
    if not options:
        return True
    picked = typed.get("selected_options") or [typed.get("selected_option")]
    return all(option is None or option in options for option in picked)


def as_slack(world: World, view: View) -> Json:
    """The view object as answers and payloads carry it."""
    installation = world.installation(view.team)
    defaults: Json = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        "title": None,
    }
    return {
        **defaults,
        **view.payload,
        "id": view.id,
        "team_id": view.team,
        "state": _copied(view.state),
        "hash": view.hash,
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": APP_ID,
        "app_installed_team_id": view.team,
        "bot_id": installation.bot_id if installation is not None else None,
    }


def lay(
    world: World, team: str, user: str, payload: Json, *, on_top: bool, looking_at: str | None = None
) -> View:
    """Open a checked modal for a person: on top of those open, or in their place."""
    stack = world.stack(user)
    if on_top and len(stack) >= DEEPEST:
        raise RefusedError("push_limit_reached")
    _require_unique(world, team, payload, ignoring=None if on_top else user)
    if not on_top:
        stack.clear()
    view_id = world.new_id("V")
    view = View(
        view_id,
        team,
        user,
        payload | {"blocks": with_ids(world, payload["blocks"])},
        new_hash(world),
        root_id=stack[0].id if stack else view_id,
        previous_id=stack[-1].id if stack else None,
    )
    view.values = start_values(view.blocks)
    _begin_where_they_look(world, view, looking_at)
    stack.append(view)
    world.changed()
    return view


def _begin_where_they_look(world: World, view: View, looking_at: str | None) -> None:
    """Fill the selects with `default_to_current_conversation`, unless their filter leaves that one out."""
    channel = world.state.channels.get(looking_at or "")
    for place in places(view.blocks):
        element = place.element
        state = view.values.get(place.block_id, {}).get(place.action_id, {})
        wanted = element.get("default_to_current_conversation") and place.kind == "conversations_select"
        if wanted and channel is not None and not state.get("selected_conversation"):
            kind = "im" if channel.is_im else "private" if channel.is_private else "public"
            if kind in element.get("filter", {}).get("include", [kind]):
                state["selected_conversation"] = channel.id


def replace(world: World, view: View, payload: Json) -> None:
    """Give an open view a new, checked content; a new hash, and typed values stay where their ids stay."""
    _require_unique(world, view.team, payload, but=view)
    view.payload = payload | {"blocks": with_ids(world, payload["blocks"])}
    view.values = carried_over(view.values, view.blocks)
    view.errors = {}
    view.hash = new_hash(world)
    world.changed()


def publish(world: World, team: str, user: str, payload: Json) -> View:
    """Give a person the checked home."""
    home = world.state.homes.get(user)
    if home is not None:
        replace(world, home, payload)
        return home
    _require_unique(world, team, payload)
    view_id = world.new_id("V")
    content = payload | {"blocks": with_ids(world, payload["blocks"])}
    home = View(view_id, team, user, content, new_hash(world), root_id=view_id)
    home.values = start_values(home.blocks)
    world.state.homes[user] = home
    world.changed()
    return home


def remove(world: World, view: View) -> None:
    """Close one modal; those beneath stay."""
    stack = world.stack(view.user)
    if view in stack:
        stack.remove(view)
    world.changed()


def find(world: World, team: str, view_id: str | None, external_id: str | None) -> View:
    """An open modal or a home of `team`; raises RefusedError."""
    for view in _living(world, team):
        if (view_id and view.id == view_id) or (external_id and view.external_id == external_id):
            return view
    raise RefusedError("view_not_found")


def require_hash(view: View | None, given: object) -> None:
    """Refuse an app that looked at an older view than the one shown."""
    if given and (view is None or view.hash != given):
        raise RefusedError("hash_conflict")


def new_hash(world: World) -> str:
    return f"{int(world.seconds())}.{world.new_id('h')}"


def _living(world: World, team: str) -> list[View]:
    modals = [view for stack in world.stacks.values() for view in stack]
    return [view for view in [*modals, *world.state.homes.values()] if world.covers(team, view.team)]


def _require_unique(
    world: World, team: str, payload: Json, *, but: View | None = None, ignoring: str | None = None
) -> None:
    external_id = payload.get("external_id")
    for view in _living(world, team) if external_id else []:
        replaced = view is but or (view.user == ignoring and view.type == "modal")
        if view.external_id == external_id and not replaced:
            raise RefusedError("duplicate_external_id")
