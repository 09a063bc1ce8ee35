"""Which version of a rung's criteria somebody works under: the one they began with, until they take up a newer one."""

from typing import Final

from pydantic import TypeAdapter
from sqlmodel import Session

from content import Content, Criterion
from slackbot.home import Glance
from storage import audit, criteria_sets
from storage.criteria_sets import Items
from storage.models import CriteriaSet, Member

_MANY: Final = TypeAdapter(tuple[Criterion, ...])


def criteria_of(criteria_set: CriteriaSet) -> tuple[Criterion, ...]:
    """The criteria that a stored version holds, in its order."""
    return _MANY.validate_python(criteria_set.items)


def items_of(criteria: tuple[Criterion, ...]) -> Items:
    """The same criteria as a version keeps them."""
    return [each.model_dump(mode="json") for each in criteria]


def target_of(member: Member, content: Content) -> str | None:
    """The rung they work toward; None too where the organization has taken it off the ladder."""
    return next((rung.id for rung in content.rungs if rung.id == member.target_rung), None)


def asked_now(session: Session, glance: Glance, rung: str) -> CriteriaSet:
    """What the workspace asks for on a rung now: the house's defaults until an admin writes their own."""
    return criteria_sets.ensure(
        session,
        workspace_id=glance.workspace_id,
        rung=rung,
        items=items_of(glance.content.criteria_for(rung)),
        now=glance.now,
    )


def set_here(session: Session, glance: Glance, rung: str) -> CriteriaSet | None:
    """The newest version that an admin of the workspace wrote; None where the house's defaults hold."""
    newest = criteria_sets.newest(session, workspace_id=glance.workspace_id, rung=rung)
    return newest if newest is not None and (newest.by_id is not None or newest.author_left) else None


def worked_under(session: Session, glance: Glance) -> CriteriaSet | None:
    """The version that the viewer works under, taken up now if they never did; None without a rung to work toward."""
    rung = target_of(glance.member, glance.content)
    return None if rung is None else _own_or_newest(session, glance, rung)


def work_toward(session: Session, glance: Glance, rung: str | None) -> None:
    """Sets the rung that somebody works toward. Another one brings its newest criteria; the same changes nothing.

    Comes before anything else is written to the member: who waits for their turn in the workspace holds no row."""
    if rung in {each.id for each in glance.content.rungs} and rung is not None:
        _own_or_newest(session, glance, rung)
    else:
        glance.member.criteria_set_id = None
    glance.member.target_rung = rung


def _own_or_newest(session: Session, glance: Glance, rung: str) -> CriteriaSet:
    own = own_set(session, glance.member)
    if own is not None and own.rung == rung:
        return own
    return take_up(session, glance, asked_now(session, glance, rung))


def own_set(session: Session, member: Member) -> CriteriaSet | None:
    """The version a member took up last, whatever they work toward today."""
    if member.criteria_set_id is None:
        return None
    return criteria_sets.get(session, workspace_id=member.workspace_id, set_id=member.criteria_set_id)


def take_up(session: Session, glance: Glance, criteria_set: CriteriaSet) -> CriteriaSet:
    """From now on the viewer works under this version."""
    criteria_sets.take_up(session, glance.member, criteria_set)
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="criteria.taken_up",
        subject=f"criteria_set:{criteria_set.id}",
        now=glance.now,
    )
    return criteria_set
