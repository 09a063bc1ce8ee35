"""Nobody reports to themselves, neither at once nor through others; and why not, in plain text."""

from itertools import pairwise
from typing import Final

from sqlmodel import Session

from slackbot.errors import UserError
from slackbot.features.reporting.words import called
from slackbot.rules.reporting import would_loop
from slackbot.ui.text import joined
from storage import reporting
from storage.models import Member, Reporting

LINKS_NAMED: Final = 3


def refuse_self(one: Member, other: Member, sentence: str) -> None:
    """Raises UserError with that sentence where both are the same person."""
    if one is other:
        raise UserError(sentence)


def refuse_loop(session: Session, member: Member, manager: Member) -> None:
    """Raises UserError where somebody would end up above themselves; it names who reports to whom."""
    above = reporting.chain(session, workspace_id=member.workspace_id)
    if not would_loop(above, id_of(member), id_of(manager)):
        return
    ids = [id_of(manager)]
    while ids[-1] != member.id:
        ids.append(above[ids[-1]])
    names = [called(each) for each in (session.get(Member, one) for one in ids) if each is not None]
    if len(names) - 1 > LINKS_NAMED:
        links = [f"{names[0]} reports to {names[-1]} through {len(names) - 2} others"]
    else:
        links = [f"{one} reports to {other}" for one, other in pairwise(names)]
    raise UserError(f"{joined(links)}, so {names[-1]} cannot report to {names[0]}.")


def id_of(row: Member | Reporting) -> int:
    assert row.id is not None, "a stored row has an id"
    return row.id
