"""A fault: what Slack would refuse, where in the payload, and with which error code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason for which Slack would refuse a payload."""

    rule: str
    """Short stable id, such as ``section_text_too_long``."""
    pointer: str
    """JSON pointer into the payload, such as ``/blocks/2/text/text``."""
    message: str
    """One plain sentence."""
    error: str
    """The error code a Web API method would answer."""


class Place(NamedTuple):
    """Where a check stands in the payload, and where it leaves its faults."""

    faults: list[Fault]
    error: str
    pointer: str = ""
    name: str = ""

    @property
    def label(self) -> str:
        """The name as words, for sentences."""
        return self.name.replace("_", " ")

    def into(self, step: str | int, name: str) -> Place:
        """The place one step deeper, which rules call by `name`."""
        return Place(self.faults, self.error, f"{self.pointer}/{escaped(step)}", name)

    def named(self, name: str) -> Place:
        return Place(self.faults, self.error, self.pointer, name)

    def refuse(self, problem: str, message: str) -> None:
        """Record a fault whose rule is this place's name and the problem."""
        self.break_rule(f"{self.name}_{problem}", message)

    def break_rule(self, rule: str, message: str, error: str = "") -> None:
        self.faults.append(Fault(rule, self.pointer, message, error or self.error))


def escaped(step: str | int) -> str:
    """One step of a JSON pointer (RFC 6901)."""
    if isinstance(step, int):
        return str(step)
    return step.replace("~", "~0").replace("/", "~1")
