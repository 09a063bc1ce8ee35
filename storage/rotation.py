"""Tokens that are replaced: Slack's own every twelve hours, and how ours are sealed when the key changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, select, update
from sqlmodel import Session, col

from storage.cipher import Cipher
from storage.database import Database
from storage.models import Installation

LEASE: Final = timedelta(seconds=30)
"""How long whoever asks Slack for a new token has for it, before somebody else tries."""
BATCH: Final = 200
"""Installations per transaction, when all are sealed anew."""


@dataclass(frozen=True)
class Refreshing:
    """The right to ask for a new token of one installation, which nobody else has meanwhile."""

    installation_id: int
    refresh_token: str


def begin_refresh(session: Session, workspace_id: int, cipher: Cipher, now: datetime) -> Refreshing | None:
    """Takes the lease on the workspace's live installation; None when somebody else has it, or there is no such token."""
    free = or_(col(Installation.refreshing_until).is_(None), col(Installation.refreshing_until) <= now)
    mine = (
        update(Installation)
        .where(
            col(Installation.workspace_id) == workspace_id,
            col(Installation.state) == "live",
            col(Installation.refresh_token).is_not(None),
            free,
        )
        .values(refreshing_until=now + LEASE)
        .returning(col(Installation.id), col(Installation.refresh_token))
    )
    row = session.execute(mine).one_or_none()
    return None if row is None else Refreshing(row[0], cipher.decrypt(row[1]))


def keep_refreshed(
    session: Session,
    installation_id: int,
    cipher: Cipher,
    *,
    token: str,
    refresh_token: str,
    expires_at: datetime,
) -> bool:
    """Keeps the new pair and ends the lease. False when the installation ended while Slack was asked."""
    new = {
        "token": cipher.encrypt(token),
        "refresh_token": cipher.encrypt(refresh_token),
        "expires_at": expires_at,
        "refreshing_until": None,
    }
    live = (col(Installation.id) == installation_id, col(Installation.state) == "live")
    kept = session.execute(update(Installation).where(*live).values(new).returning(col(Installation.id)))
    return kept.scalar_one_or_none() is not None


def hold_refresh(session: Session, installation_id: int, until: datetime) -> None:
    """Nobody asks for a new token before this: Slack just refused, or did not answer."""
    held = update(Installation).where(col(Installation.id) == installation_id)
    session.execute(held.values(refreshing_until=until))


@dataclass(frozen=True)
class Sealed:
    """What became of a batch: how many tokens are sealed anew, how many were already, and where to go on."""

    anew: int
    already: int
    last_id: int | None


def seal_anew(session: Session, cipher: Cipher, after: int) -> Sealed:
    """Seals the next installations' tokens with the newest key. Raises CipherError when no key opens one.

    A row that somebody changes meanwhile is left to them: whatever they write is sealed with their newest key."""
    statement = (
        select(col(Installation.id), col(Installation.token), col(Installation.refresh_token))
        .where(col(Installation.id) > after)
        .order_by(col(Installation.id))
        .limit(BATCH)
    )
    anew, already, last_id = 0, 0, None
    for last_id, token, refresh_token in session.execute(statement).all():
        for column, sealed in (("token", token), ("refresh_token", refresh_token)):
            if not sealed:
                continue
            if cipher.is_newest(sealed):
                already += 1
                continue
            same = (col(Installation.id) == last_id, getattr(Installation, column) == sealed)
            session.execute(update(Installation).where(*same).values({column: cipher.rotate(sealed)}))
            anew += 1
    return Sealed(anew, already, last_id)


def seal_all(database: Database, cipher: Cipher) -> Iterator[Sealed]:
    """Batch after batch, each in its own transaction, until all are done; begun again, it finds little left to do.

    Raises CipherError when no key opens a token; what was done before stays done."""
    after: int | None = 0
    while after is not None:
        done = database.run(seal_anew, cipher, after)
        yield done
        after = done.last_id
