"""Who may look after the app here: admins of the Slack workspace, and whom they name."""

from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.home import Glance
from storage import audit, members
from storage.members import Person

NOT_YOU: Final = (
    "That is for the admins of this Slack workspace, and for whom they name. If you should be one, ask an admin. "
    "What is yours to set: `/prm profile`, `/prm manager`, `/prm target`, and your weekly message with `/prm nudges`."
)
ONLY_SLACKS: Final = "Whom to name is up to the admins of this Slack workspace themselves."


def enter(session: Session, deps: Deps, person: Person) -> Glance:
    """Raises UserError for everybody else. Whether they are an admin of Slack was read within a day."""
    glance = deps.meet(session, person)
    if not members.administers(glance.member):
        raise UserError(NOT_YOU)
    return glance


def enter_as_slacks(session: Session, deps: Deps, person: Person) -> Glance:
    """The same for what only admins of Slack may do: who was named cannot name others."""
    glance = enter(session, deps, person)
    if not glance.member.is_admin:
        raise UserError(ONLY_SLACKS)
    return glance


def record(session: Session, glance: Glance, action: str, subject: str) -> None:
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action=f"admin.{action}",
        subject=subject,
        now=glance.now,
    )
