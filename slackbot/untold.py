"""What is answered when no listener could: who is asked is not known, or the answer could not be given."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from slack_bolt.response import BoltResponse

from slackbot.errors import apology, passing
from slackbot.ui.forms import inputs
from storage.database import DatabaseBusyError

JSON: Final[dict[str, str | Sequence[str]]] = {"content-type": "application/json;charset=utf-8"}


def untold(error: Exception, body: Mapping[str, Any]) -> BoltResponse:
    """A sentence where Slack shows one, with what was typed kept; else a status after which an event is repeated."""
    sentence = passing(error, "door") if isinstance(error, DatabaseBusyError) else apology(error, "door")
    if "command" in body:
        return BoltResponse(status=200, body=sentence)
    fields = inputs(body["view"]) if body.get("type") == "view_submission" else []
    if fields:
        kept = {"response_action": "errors", "errors": {fields[0]: sentence}}
        return BoltResponse(status=200, body=json.dumps(kept), headers=JSON)
    # Of the others only an event is repeated by Slack, and should be; a person sees Slack's own line.
    return BoltResponse(status=500)
