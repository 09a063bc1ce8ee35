"""Copies what the weekly message may look at out of a real database, where nothing is changed or locked."""

from collections.abc import Sequence

from sqlalchemy import Table, select
from sqlmodel import Session, SQLModel, col

from slackbot.simulating.stage import Stage
from storage.models import Member, Workspace

LEFT_OUT = frozenset({"installation", "oauth_state", "audit_event", "member", "workspace"})
"""Tokens and trails have no part in it; the two last are copied by themselves."""


class NobodyError(Exception):
    """The message says whom there is, or how to name them."""


def copied(real: Session, stage: Session, who: str) -> Stage:
    """Puts the member whom `who` names into the stage: by Slack's user id, or by the number of their row.

    Raises NobodyError."""
    member = _found(real, who)
    workspace = real.get_one(Workspace, member.workspace_id)
    for row in (workspace, member):
        stage.add(type(row)(**row.model_dump()))
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in LEFT_OUT:
            _copy(real, stage, table, member)
    stage.flush()
    return Stage(stage, stage.get_one(Workspace, workspace.id), stage.get_one(Member, member.id))


def _found(real: Session, who: str) -> Member:
    which = col(Member.id) == int(who) if who.isascii() and who.isdecimal() else col(Member.user_id) == who
    found: Sequence[Member] = real.execute(select(Member).where(which)).scalars().all()
    if not found:
        raise NobodyError(f"There is no member {who} here. Give the Slack user id, such as U0123ABCD.")
    if len(found) > 1:
        numbers = ", ".join(f"{each.id} (workspace {each.workspace_id})" for each in found)
        raise NobodyError(f"{who} is in several workspaces. Give the number of one: {numbers}.")
    return found[0]


def _copy(real: Session, stage: Session, table: Table, member: Member) -> None:
    """The member's own rows; of what belongs to nobody in particular, those of their workspace."""
    if "member_id" in table.c:
        whose = table.c.member_id == member.id
    elif "workspace_id" in table.c:
        whose = table.c.workspace_id == member.workspace_id
    else:
        return
    rows = [dict(row) for row in real.execute(select(table).where(whose)).mappings()]
    if rows:
        stage.execute(table.insert(), rows)
