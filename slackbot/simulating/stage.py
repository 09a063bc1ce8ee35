"""The place of a rehearsal: a database in memory with one person in it, which nothing outlives."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session, SQLModel, create_engine

from storage.models import Member, Workspace


@dataclass(frozen=True)
class Stage:
    """One member, and a session on all that is known of them."""

    session: Session
    workspace: Workspace
    member: Member


@contextmanager
def empty() -> Iterator[Session]:
    """All tables and no rows. Rows may point at others that were not copied: they are never followed here."""
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()
