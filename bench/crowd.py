"""Fills a database with workspaces whose members are all due, for the benchmarks and the kill test."""

from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlmodel import Session

from storage.cipher import Cipher
from storage.models import Installation, Member, Workspace

KEY: Final = "cmVhbGx5IG5vdCBhIHNlY3JldCwgb25seSBhIHRlc3Q="
SCOPES: Final = "chat:write,commands,users:read"
ZONE: Final = "America/New_York"


def fill(
    session: Session, *, now: datetime, sizes: list[int], history_in: float = 1, known_dms: float = 1
) -> None:
    """A workspace for each size, with as many members who are due now; their profiles were read just now.

    `history_in` is the share of workspaces that allow us to read the conversation, and `known_dms` the share of
    members whose conversation with the app is known."""
    cipher = Cipher([KEY])
    places = range(1, len(sizes) + 1)
    session.execute(
        insert(Workspace),
        [{"id": n, "key": f"T{n}", "team_id": f"T{n}", "name": "", "created_at": now} for n in places],
    )
    session.execute(
        insert(Installation),
        [
            {
                "workspace_id": n,
                "state": "live",
                "token": cipher.encrypt(token(n)),
                "scopes": SCOPES + (",im:history" if n <= history_in * len(sizes) else ""),
                "installed_at": now,
            }
            for n in places
        ],
    )
    people = [
        _member(n, number, now, known=number < known_dms * size)
        for n, size in zip(places, sizes, strict=True)
        for number in range(size)
    ]
    session.execute(insert(Member), people)


def token(workspace_id: int) -> str:
    return f"xoxb-{workspace_id}"


def _member(workspace_id: int, number: int, now: datetime, *, known: bool) -> dict[str, Any]:
    user = f"U{workspace_id}X{number}"
    due = (now - timedelta(minutes=5)).astimezone(ZoneInfo(ZONE)).replace(second=0, microsecond=0)
    member = Member(
        workspace_id=workspace_id,
        user_id=user,
        zone=ZONE,
        profile_read_at=now,
        next_nudge_at=due,
        nudge_weekday=due.weekday(),
        nudge_time=due.time(),
        dm_channel=f"D{user}" if known else None,
        created_at=now,
    )
    return member.model_dump(exclude={"id"})
