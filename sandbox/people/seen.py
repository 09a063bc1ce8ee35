"""What a person saw after they did something."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.outbound import Answer
from sandbox.state import Message, View
from sandbox.words import Json, words


@dataclass
class Seen:
    """The newest message that came of it, or Slack's own line when nothing came back."""

    ok: bool
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    error: str | None = None
    message: Message | None = None
    errors: dict[str, str] = field(default_factory=dict)
    """Field errors, by block id."""
    modal: View | None = None
    """The modal that lies on top now."""
    url: str | None = None
    """Where a link button leads."""

    @property
    def words(self) -> str:
        """Everything there is to read, field errors included."""
        body = words(self.blocks) if self.blocks else self.text
        return "\n".join([body, *self.errors.values()]).strip()


def trouble(answer: Answer) -> str | None:
    """Slack's name for what went wrong between it and the app; None if nothing did."""
    if answer.ok:
        return None
    if answer.error == "timeout":
        return "operation_timeout"
    if answer.error is not None:
        return "dispatch_failed"
    return "http_service_error" if answer.status >= 500 else "http_client_error"
