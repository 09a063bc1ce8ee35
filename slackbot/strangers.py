"""People of another company, who meet the app in a channel that both share: they are told kindly, and nothing is kept."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from slackbot.deps import Deps
from slackbot.ui.blocks import message, section

log = structlog.get_logger(__name__)
Payload = dict[str, Any]

FOR_ITS_OWN: Final = "PRM Coach works for the people of the workspace it was added to. Ask whoever looks after your own Slack to add it there."


class Strangers:
    """Stands before all listeners."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps

    def register(self, bolt: AsyncApp) -> None:
        bolt.middleware(self.keep_out)

    async def keep_out(
        self, body: Payload, context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]
    ) -> BoltResponse | None:
        if not is_stranger(body, context):
            await next_()
            return None
        log.info("stranger_kept_out", workspace=context.get("workspace_id"))
        if url := body.get("response_url"):
            said = message(section(FOR_ITS_OWN))
            self._deps.background.start(self._deps.slack.respond(url, said, replace=False), "stranger")
        return BoltResponse(status=200, body="")


def is_stranger(body: Payload, context: AsyncBoltContext) -> bool:
    """Whether somebody acts who belongs to another team than the one that the app was added to.

    In an organization Slack names whichever of its teams somebody is in; there all are at home."""
    user = body.get("user")
    home = user.get("team_id") if isinstance(user, dict) else None
    if home is None or context.team_id is None or context.is_enterprise_install or context.enterprise_id:
        return False
    return bool(home != context.team_id)
