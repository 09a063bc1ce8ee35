"""Who reports to whom: an admin sets it, a liaison asks for it, a manager adds somebody or hands somebody over."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.demo.acts.stage import Stage, leads_to, must_open


@dataclass(frozen=True)
class SetsManager:
    """An admin sets it for somebody."""

    who: str
    liaison: str
    manager: str

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        must_open(person, await person.slash("team set", channel=person.app_dm))
        person.fills(liaison=stage.person(self.liaison).id, manager=stage.person(self.manager).id)
        await stage.sends(person, "reports to")


@dataclass(frozen=True)
class AsksForManager:
    """A liaison asks somebody to be their manager."""

    who: str
    manager: str

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        must_open(person, await person.slash("manager ask", channel=person.app_dm))
        person.fills(manager=stage.person(self.manager).id)
        await stage.sends(person, "I have asked")


@dataclass(frozen=True)
class Accepts:
    """The manager who was asked last says yes."""

    who: str

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        await stage.presses(person, "Accept", person.dms()[-1], "reports to you now")


@dataclass(frozen=True)
class Adds:
    """A manager adds somebody new to the team."""

    who: str
    liaison: str

    async def play(self, stage: Stage) -> None:
        person = stage.person(self.who)
        must_open(person, await person.slash("team add", channel=person.app_dm))
        person.fills(liaison=stage.person(self.liaison).id)
        await stage.sends(person, "reports to you now")


@dataclass(frozen=True)
class HandsOver:
    """A manager gives one of the team to another manager."""

    who: str
    liaison: str
    to: str

    async def play(self, stage: Stage) -> None:
        person, liaison = stage.person(self.who), stage.person(self.liaison)
        report = await stage.asks(person, f"team show <@{liaison.id}>")
        await stage.chooses(person, report, leads_to(report.blocks, "team hand "))
        person.fills(manager=stage.person(self.to).id)
        await stage.sends(person, "reports to")
