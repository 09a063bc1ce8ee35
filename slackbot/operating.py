"""What an operator does from a shell: copy the database to another, back it up, put it back, ask what is wrong."""

import sys
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from slackbot import doctor, settings
from slackbot.deps import real_now
from slackbot.serving import run
from slackbot.settings import SettingsError
from storage import backups
from storage.backups import BackupError
from storage.copying import Content, CopyError, copy
from storage.engine import database_url, is_sqlite, open_engine

PG_DUMP = (
    "`prm {0}` is for SQLite. With PostgreSQL use its own tools: pg_dump --format=custom to back up, "
    "pg_restore into an empty database to put back; docs/deploy.md shows both."
)


@click.command("copy")
@click.option("--from", "source", required=True, help="The database as it is: sqlite:///prm.db")
@click.option("--to", "target", required=True, help="A migrated, empty one: postgresql://user@host/name")
def copy_all(source: str, target: str) -> None:
    """Move everything to another database, and check that it arrived."""
    engines: list[Engine] = []
    try:
        engines += [_opened(source, "--from"), _opened(target, "--to")]
        if engines[0].url == engines[1].url:
            stop("--from and --to are the same database.")
        told = copy(*engines)
    except CopyError as error:
        stop(str(error))
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", error)).strip().splitlines()[0]
        stop(f"A database does not answer ({cause}). Nothing was copied.")
    finally:
        for engine in engines:
            engine.dispose()
    _say_what_was_copied(told, engines[0])


def _opened(address: str, option: str) -> Engine:
    try:
        url = database_url(address)
    except ValueError as error:
        stop(f"{option}: {error}")
    if url.drivername == "sqlite" and not Path(url.database or "").is_file():
        stop(f"{option}: there is no database at {address}.")
    return open_engine(url, patient=True)


def _say_what_was_copied(told: dict[str, Content], source: Engine) -> None:
    width = max(map(len, told))
    for name, held in sorted(told.items()):
        click.echo(f"{name:{width}}  {held.rows:>9,} rows  {held.digest[:16]}")
    click.echo("Everything arrived: each table has the same rows and the same digest on both sides.")
    keys = Path(source.url.database or "").with_suffix(".keys") if is_sqlite(source) else None
    if keys is not None and keys.exists():
        click.echo(
            f"Slack's tokens open with the keys in {keys}: set PRM_ENCRYPTION_KEYS to what stands there."
        )
    click.echo("Now set DATABASE_URL to the new address, and start PRM Coach again.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Save the SQLite database to one file, while it is in use."""
    try:
        size = backups.save(_sqlite_file("backup"), file)
    except BackupError as error:
        stop(str(error))
    click.echo(f"Saved to {file} ({size:,} bytes). Keep the encryption keys too, in another place.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask before the present database is put aside.")
def restore(file: Path, yes: bool) -> None:
    """Put a backup in the place of the SQLite database."""
    try:
        database = _sqlite_file("restore")
        backups.require_restorable(file)
        if database.exists() and not yes:
            click.confirm(f"Put {file} in the place of {database}?", abort=True)
        before = backups.put_back(file, database)
    except BackupError as error:
        stop(str(error))
    except click.Abort:
        stop("Nothing was changed.")
    put_aside = f" What was there is now {before}." if before is not None else ""
    click.echo(f"{database} is what {file} holds.{put_aside} Now bring it up to date with: prm migrate")


def _sqlite_file(what: str) -> Path:
    try:
        url = database_url(settings.load_database_address())
    except SettingsError as error:
        stop(str(error))
    if url.drivername != "sqlite":
        stop(PG_DUMP.format(what))
    return Path(url.database or "")


@click.command("doctor")
@click.option("--url", help="Where Slack reaches the app: https://prm.example.com")
def look(url: str | None) -> None:
    """Look at everything that is needed, and say what to do about what is wrong."""
    findings: list[doctor.Finding] = []

    async def examine() -> None:
        findings.extend(await doctor.examine(real_now, url))

    run(examine())
    width = doctor.width_of(findings)
    for finding in findings:
        click.echo(doctor.line(finding, width))
    faults = sum(finding.state is doctor.State.FAULT for finding in findings)
    if faults:
        stop(f"{faults} to mend, the first one first.")


def stop(sentence: str) -> Any:
    """Ends the program with the sentence, as what kept it from going on."""
    click.echo(sentence, err=True)
    sys.exit(1)
