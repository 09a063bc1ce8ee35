"""Finds targets for whoever asks: only the one whose it is and their manager of today may see or touch one.

Every door comes through here, with the person that Slack's signed request names."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.home import Glance
from slackbot.ui.text import FORMER
from storage import audit, progress, reporting, targets
from storage.members import Person
from storage.models import Member, Target
from storage.progress import Figures

OVER: Final = (
    "That is not among your targets or those of your team. If somebody no longer reports to you, their targets are "
    "over for you: the next manager looks after them."
)
NOT_YOURS: Final = "You can see and propose targets for yourself and for people who report to you. They don't, or no longer do."


@dataclass(frozen=True)
class Sides:
    """Whose targets they are and who their manager is now, seen by one of the two.

    `asked` is who was asked to be it and has not answered yet, where there is no manager."""

    glance: Glance
    owner: Member
    manager: Member | None
    asked: Member | None = None

    @property
    def is_owner(self) -> bool:
        return self.glance.member_id == self.owner.id

    @property
    def other(self) -> Member | None:
        """Who has to agree to what the viewer proposes."""
        return self.manager if self.is_owner else self.owner

    @property
    def owner_id(self) -> int:
        return id_of(self.owner)


@dataclass(frozen=True)
class Held:
    """One target, and the two sides of it."""

    target: Target
    sides: Sides

    @property
    def is_mine_to_answer(self) -> bool:
        """Whether the viewer is asked: it waits, and they are not the one who proposed it."""
        return self.target.state == "proposed" and not self.is_proposed_by_me

    @property
    def is_proposed_by_me(self) -> bool:
        return self.target.proposed_by == self.sides.glance.member_id

    @property
    def is_of_a_former_manager(self) -> bool:
        """Whether whoever proposed it is neither of the two sides any more."""
        manager = self.sides.manager
        return self.target.proposed_by not in {self.sides.owner_id, manager and manager.id}


def begin(session: Session, deps: Deps, person: Person) -> Glance:
    """Who changes something, once it is their turn: nobody's manager changes meanwhile, nor a target."""
    # Before anything else is written: whoever waited while holding another row could wait for ever.
    reporting.take_turn(session, workspace_id=person.workspace_id)
    return deps.meet(session, person)


def look(session: Session, glance: Glance, target_id: int) -> Held:
    """A target with its sides. Raises UserError, the same whether there is none or it is none of theirs."""
    target = targets.get(session, workspace_id=glance.workspace_id, target_id=target_id)
    owner = session.get(Member, target.member_id) if target else None
    if target is None or owner is None:
        raise UserError(OVER)
    sides = _sides(session, glance, owner)
    if sides is None:
        raise UserError(OVER)
    return Held(target, sides)


def sides_of(session: Session, glance: Glance, user_id: str | None) -> Sides:
    """The viewer's own targets, or with a Slack id those of somebody who reports to them. Raises UserError."""
    if user_id in (None, glance.member.user_id):
        own = _sides(session, glance, glance.member)
        assert own is not None, "everybody may look at their own"
        return own
    people = reporting.reports_of(session, workspace_id=glance.workspace_id, manager_id=glance.member_id)
    for owner in people:
        if owner.user_id == user_id:
            return Sides(glance, owner, glance.member)
    raise UserError(NOT_YOURS)


def _sides(session: Session, glance: Glance, owner: Member) -> Sides | None:
    whose = {"workspace_id": glance.workspace_id, "member_id": id_of(owner)}
    manager = reporting.manager_of(session, **whose)
    ask = reporting.asked_by(session, **whose) if manager is None else None
    sides = Sides(glance, owner, manager, ask[1] if ask else None)
    return sides if sides.is_owner or manager is glance.member else None


def wins_seen(session: Session, sides: Sides) -> Sequence[Figures]:
    """Wins that count and that the viewer may see: private ones are for their owner alone."""
    return progress.counting(
        session,
        workspace_id=sides.glance.workspace_id,
        member_id=sides.owner_id,
        private=sides.is_owner,
    )


def record(session: Session, glance: Glance, action: str, subject: str) -> None:
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action=f"target.{action}",
        subject=subject,
        now=glance.now,
    )


def was_read(session: Session, sides: Sides, subject: str) -> None:
    """A manager's look at somebody else's goes on the trail."""
    if not sides.is_owner:
        record(session, sides.glance, "read", subject)


def id_of(member: Member) -> int:
    assert member.id is not None, "a stored row has an id"
    return member.id


def callers(session: Session, glance: Glance, rows: Iterable[Target]) -> Callable[[int | None], str]:
    """How to call everybody whom these targets name: "you", or the mention of who it is."""
    ids = {each for row in rows for each in (row.proposed_by, row.agreed_by, row.closed_by, row.member_id)}
    people = {each: session.get(Member, each) for each in ids if each is not None}

    def who(member_id: int | None) -> str:
        found = people.get(member_id) if member_id is not None else None
        if found is None:
            return FORMER
        return "you" if found is glance.member else f"<@{found.user_id}>"

    return who
