"""Slack's way of saying no, and the Block Kit checks that lead to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sandbox.words import Json


class RefusedError(Exception):
    """An `ok: false` answer with its error code."""

    def __init__(
        self, error: str, messages: Sequence[str] = (), *, by_block_kit: bool = False, **extra: Any
    ) -> None:
        super().__init__(error)
        self.error = error
        self.messages = list(messages)
        self.by_block_kit = by_block_kit
        self.extra = extra

    def answer(self) -> Json:
        """The body of the reply."""
        answer: Json = {"ok": False, "error": self.error, **self.extra}
        if self.messages:
            answer["response_metadata"] = {"messages": self.messages}
        return answer


class FaultLike(Protocol):
    """What the Block Kit checker says about one mistake."""

    @property
    def pointer(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def error(self) -> str: ...


def refuse_faults(faults: Sequence[FaultLike]) -> None:
    """Raise RefusedError with the first fault's code and every fault's pointer."""
    if faults:
        lines = [f"[ERROR] {fault.message} [json-pointer:{fault.pointer}]" for fault in faults]
        raise RefusedError(faults[0].error, lines, by_block_kit=True)


def require_message(payload: Mapping[str, Any]) -> None:
    """Raise RefusedError unless Slack would post this."""
    from sandbox.blockkit import (
        check_message,
    )  # the checker loads two libraries: only once something is checked

    refuse_faults(check_message(payload))


def require_view(view: Mapping[str, Any]) -> None:
    """Raise RefusedError unless Slack would show this."""
    from sandbox.blockkit import check_view

    refuse_faults(check_view(view))


def require_errors(errors: Mapping[str, Any], view: Mapping[str, Any]) -> None:
    """Raise RefusedError unless Slack would show these errors in this view."""
    from sandbox.blockkit import check_errors

    refuse_faults(check_errors(errors, view))


def missing(*names: str) -> RefusedError:
    """The answer to a call that lacks arguments."""
    return RefusedError("invalid_arguments", [f"[ERROR] missing required field: {name}" for name in names])
