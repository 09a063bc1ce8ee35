"""What people do about the criteria of a role: an admin writes the next version, and others take it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.demo.acts.stage import Stage, leads_to, must_open

WRITTEN, TAKEN_UP = "asks for now", "You work under version"


@dataclass(frozen=True)
class EditsCriteria:
    """Changes some fields of the form, and says why."""

    who: str
    rung: str
    fields: Mapping[str, str]
    why: str

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        must_open(person, await person.slash(f"criteria edit {self.rung}", channel=person.app_dm))
        person.fills({**self.fields, "why": self.why})
        await stage.sends(person, WRITTEN)


@dataclass(frozen=True)
class TakesUp:
    """Looks at what a newer version changes, and works under it from now on."""

    who: str

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        offered = await stage.asks(person, "criteria changes")
        version = leads_to(offered.blocks, "criteria take up ").split()[-1]
        await stage.presses(person, f"Take up version {version}", offered, TAKEN_UP)
