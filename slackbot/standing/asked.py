"""Which criteria somebody is held against: the version they took up, and whether there is a newer one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from content import Content, Criterion
from slackbot.criteria import criteria_of
from storage.models import CriteriaSet, Member


@dataclass(frozen=True)
class Asked:
    """The criteria sets that were read, each made into criteria once."""

    content: Content
    sets: Mapping[int, CriteriaSet]
    criteria: Mapping[int, tuple[Criterion, ...]]
    newest: Mapping[str, CriteriaSet]

    @classmethod
    def of(cls, sets: Sequence[CriteriaSet], content: Content) -> Self:
        by_id = {each.id: each for each in sets if each.id is not None}
        criteria = {set_id: criteria_of(each) for set_id, each in by_id.items()}
        newest = {each.rung: each for each in sorted(sets, key=lambda each: each.version)}
        return cls(content, by_id, criteria, newest)

    def own(self, member: Member, rung: str) -> CriteriaSet | None:
        """What they took up, if it is for the rung they work toward now."""
        taken = self.sets.get(member.criteria_set_id or 0)
        return taken if taken is not None and taken.rung == rung else None

    def newer(self, own: CriteriaSet | None) -> CriteriaSet | None:
        newest = self.newest[own.rung] if own else None
        return newest if own and newest and newest.version > own.version else None

    def of_rung(self, member: Member, rung: str) -> tuple[Criterion, ...]:
        """Their own version, else the workspace's newest, else the house's."""
        found = self.own(member, rung) or self.newest.get(rung)
        return self.content.criteria_for(rung) if found is None else self.criteria[found.id or 0]
