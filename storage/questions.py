"""Questions without an answer: counted for the admin, without who asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from storage.inserting import insert_unless_there
from storage.models import UnansweredQuestion

_MOST: Final = (
    select(UnansweredQuestion)
    .where(col(UnansweredQuestion.workspace_id) == bindparam("workspace_id"))
    .order_by(col(UnansweredQuestion.times).desc(), col(UnansweredQuestion.last_at).desc())
    .limit(bindparam("limit"))
)


def count_unanswered(session: Session, workspace_id: int, words: str, now: datetime) -> None:
    """One more time that these words, already screened, found nothing."""
    row = {"workspace_id": workspace_id, "words": words[:200], "times": 0, "last_at": now}
    session.execute(insert_unless_there(session, UnansweredQuestion).values(row))
    asked = (
        col(UnansweredQuestion.workspace_id) == workspace_id,
        col(UnansweredQuestion.words) == words[:200],
    )
    times = UnansweredQuestion.times + 1
    session.execute(update(UnansweredQuestion).where(*asked).values(times=times, last_at=now))


def most_asked(session: Session, workspace_id: int, limit: int) -> Sequence[UnansweredQuestion]:
    """The questions that were asked most often without an answer."""
    return session.execute(_MOST, {"workspace_id": workspace_id, "limit": limit}).scalars().all()
