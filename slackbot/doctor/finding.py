"""What the doctor found about one thing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class State(StrEnum):
    """How it stands. A note cannot be seen from here, or is how somebody wants it."""

    WELL = "ok"
    NOTE = "note"
    FAULT = "FAULT"


@dataclass(frozen=True)
class Finding:
    """One line: what it is about, how that stands, and what to do where something is wrong."""

    about: str
    state: State
    said: str

    @classmethod
    def well(cls, about: str, said: str) -> Self:
        return cls(about, State.WELL, said)

    @classmethod
    def note(cls, about: str, said: str) -> Self:
        return cls(about, State.NOTE, said)

    @classmethod
    def fault(cls, about: str, said: str) -> Self:
        return cls(about, State.FAULT, said)
