"""The ground that the app stands on: its database, the keys to what is in it, and its content."""

import stat
from datetime import datetime
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col

import content
from slackbot import settings
from slackbot.doctor.finding import Finding
from slackbot.rules.signs_of_life import is_quiet
from slackbot.settings import Mode, Settings, SettingsError
from storage import heartbeats
from storage.database import Database, DatabaseNotReadyError
from storage.models import Installation, Workspace


def database(now: datetime) -> tuple[Database | None, list[Finding]]:
    """The database, if it can be used, and what there is to say of it."""
    try:
        opened = Database.at(settings.load_database_address())
    except SettingsError:
        return None, [Finding.note("database", "not looked at: its address has to be mended first.")]
    try:
        opened.check()
        where = opened.engine.url.render_as_string(hide_password=True)
        found = [Finding.well("database", f"{where} answers, and is up to date.")]
        return opened, [*found, *opened.run(_inside, now)]
    except DatabaseNotReadyError as error:
        trouble = str(error)
    except SQLAlchemyError as error:
        trouble = f"It cannot be read ({type(error).__name__}). Restore a backup: prm restore FILE"
    opened.engine.dispose()
    return None, [Finding.fault("database", trouble)]


def _inside(session: Session, now: datetime) -> list[Finding]:
    return [_workers(session, now), *_paused(session), *_removed(session)]


def _workers(session: Session, now: datetime) -> Finding:
    seen = heartbeats.latest(session)
    if seen is None:
        return Finding.note("worker", "none was ever seen here; weekly messages need prm worker, or prm run.")
    minutes = int((now - seen).total_seconds() // 60)
    if is_quiet(seen, now, tick_seconds=0):
        return Finding.fault(
            "worker",
            f"none was seen for {minutes} minutes, so no message is sent. Start prm worker, or prm run.",
        )
    return Finding.well(
        "worker", f"one was seen {'less than a minute' if minutes < 1 else f'{minutes} min'} ago."
    )


def _paused(session: Session) -> list[Finding]:
    reason = col(Workspace.paused_reason)
    paused = session.execute(
        select(reason, func.count())
        .where(reason.is_not(None), col(Workspace.removed_at).is_(None))
        .group_by(reason)
        .order_by(reason)
    )
    return [
        Finding.fault(
            "workspaces",
            f"{count} paused, because Slack said {why}: nothing is sent there. Have the app installed again.",
        )
        for why, count in paused
    ]


def _removed(session: Session) -> list[Finding]:
    """Whoever takes the app away may: nothing is wrong, and nothing is to be done."""
    removed = select(func.count()).where(col(Workspace.removed_at).is_not(None))
    count = session.execute(removed).scalar_one()
    said = f"{count} removed the app; what is kept of {'it' if count == 1 else 'them'} is erased 30 days after that, by the worker."
    return [Finding.note("workspaces", said)] if count else []


def keys(given: Settings, opened: Database | None) -> list[Finding]:
    """Whether the keys open every token that is kept."""
    about = "encryption keys"
    if given.mode is not Mode.MANY:
        return [Finding.well(about, "not needed: the token is in the environment, not in the database.")]
    if opened is None:
        return [Finding.note(about, "not tried: there is no database to try them on.")]
    file = Path(opened.engine.url.database or "").with_suffix(".keys") if opened.inline else None
    if given.keys:
        return [_opening(about, opened, given.keys)]
    assert file is not None, "the settings refuse to be without keys on PostgreSQL"
    if not file.exists():
        return [_opening(about, opened, [Fernet.generate_key().decode()], missing=file)]
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        return [Finding.fault(about, f"others can read {file}. Run: chmod 600 {file}")]
    return [_opening(about, opened, file.read_text().split())]


def _opening(about: str, opened: Database, given: list[str], missing: Path | None = None) -> Finding:
    try:
        keys = MultiFernet([Fernet(key) for key in given])
    except ValueError:
        return Finding.fault(about, "the key file holds something else. Put back the one that was there.")
    sealed = opened.run(_sealed)
    shut = sum(not _opens(keys, token) for token in sealed)
    if not sealed:
        return Finding.well(about, "ready; no token is kept yet.")
    if missing is not None:
        return Finding.fault(about, f"{missing} is gone, which opens {len(sealed)} tokens. Put it back.")
    if shut:
        return Finding.fault(
            about,
            f"they do not open {shut} of {len(sealed)} tokens. Put the old key back, behind the new one, with a comma between.",
        )
    return Finding.well(about, f"they open all {len(sealed)} tokens that are kept.")


def _sealed(session: Session) -> list[str]:
    live = select(col(Installation.token)).where(col(Installation.state) == "live")
    return list(session.execute(live).scalars())


def _opens(keys: MultiFernet, token: str) -> bool:
    try:
        keys.decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def knowledge(given: Settings | None) -> list[Finding]:
    """Whether what the product knows can be read, with an organization's own laid over it."""
    over = given.content_dir if given is not None else None
    try:
        content.load(over=over)
    except content.ContentError as error:
        first = str(error).splitlines()[0]
        return [Finding.fault("content", f"PRM_CONTENT_DIR: {first} See all: prm content check --dir {over}")]
    return [Finding.well("content", "ours, with your own laid over it." if over else "ours, as it came.")]
