"""The queue, on a manager's Home."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session

from slackbot.features.verification.queue import NOTHING_WAITS
from slackbot.features.verification.words import mention
from slackbot.home import Glance
from slackbot.ui.blocks import Block, actions, bullets, runs, section
from slackbot.ui.text import age, plural
from slackbot.win_news import moved
from storage import audit, reporting, verification

ON_HOME: Final = 3


def home(session: Session, glance: Glance) -> Sequence[Block]:
    """How many wins wait, since when, and the first of them; nothing for who leads nobody."""
    mine = {"workspace_id": glance.workspace_id, "manager_id": glance.member_id}
    first = verification.queue(session, **mine, limit=ON_HOME)
    if not first:
        leads = reporting.is_manager(session, workspace_id=glance.workspace_id, member_id=glance.member_id)
        return [section(f"*Your queue*\n{NOTHING_WAITS}")] if leads else []
    # Shown, rather than read: Home is brought up to date whether somebody looks or not.
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=None,
        action="queue.shown",
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )
    since = first[0].win.shared_at
    assert since is not None, "the database keeps since when a win waits"
    total = plural(verification.count(session, **mine), "win")
    lines = bullets(f"{mention(each.owner)}: {moved(glance.content, each.win)}" for each in first)
    return [
        section(f"*Your queue*\n{total} to confirm, the oldest waits {age(since, glance.now)}.\n{lines}"),
        actions(runs("Open the queue", "verify", style="primary")),
    ]
