"""`prm`: run, web, worker, migrate, keys, simulate, content check, sandbox."""

import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import click
from alembic import command
from cryptography.fernet import Fernet
from sqlalchemy.exc import SQLAlchemyError

import content
from content import check as checking
from content.loader import OWN
from slackbot import logs, settings
from slackbot.app import App, cipher_for, open_app
from slackbot.deps import real_now
from slackbot.scheduler import ticking
from slackbot.serving import listen, run, serving, settle_memory, told_to_stop
from slackbot.settings import Mode, Settings, SettingsError
from slackbot.simulating.asking import NAMES, Asked, RehearsalError, rehearse
from slackbot.socket_mode import socket_mode
from slackbot.ui.text import WEEKDAYS
from slackbot.web import Door
from storage import rotation
from storage.cipher import CipherError
from storage.database import Database, DatabaseBusyError, DatabaseNotReadyError, alembic_config
from storage.engine import database_url
from storage.worker_lock import only_worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """PRM Coach: a Slack app for physician-liaison teams."""


@main.command("run")
def run_all() -> None:
    """Answer Slack and send the weekly messages, in one process."""
    _start(_serve, web=True, worker=True, host="127.0.0.1")


@main.command()
def web() -> None:
    """Only answer Slack; any number of these may run beside each other."""
    _start(_serve, web=True, worker=False, host="0.0.0.0")  # noqa: S104 - a web dyno is reached from outside


@main.command()
def worker() -> None:
    """Only send the weekly messages."""
    _start(_serve, web=False, worker=True, host="127.0.0.1")


@main.command()
def migrate() -> None:
    """Create the database, or bring it up to date."""
    try:
        address = settings.load_database_address()
        command.upgrade(alembic_config(address), "head")
    except SettingsError as error:
        _stop(str(error))
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", error)).strip().splitlines()[0]
        _stop(
            f"The database could not be brought up to date ({cause}). Check DATABASE_URL; nothing was changed half-way."
        )
    where = database_url(address).render_as_string(hide_password=True)
    click.echo(f"The database at {where} is up to date.")


@main.command()
@click.option(
    "--port", default=8080, show_default=True, help="Where the page is served, on this machine only."
)
@click.option("--fresh", is_flag=True, help="Forget everything from earlier runs first.")
@click.option("--demo", is_flag=True, help="Fill the first workspace with a year of a team's life.")
def sandbox(port: int, fresh: bool, demo: bool) -> None:
    """Try everything in the browser, against a Slack on this machine."""
    try:
        from slackbot.sandboxed import run_sandbox
    except ModuleNotFoundError as error:
        _stop(f"The sandbox needs {error.name}. Install it with: pip install 'prm-coach[sandbox]'")
    _guarded(run_sandbox(port=port, fresh=fresh, with_demo=demo))


@main.group()
def keys() -> None:
    """The keys that seal Slack's tokens in the database."""


@keys.command("new")
def new_key() -> None:
    """Print a fresh key, to be put first in PRM_ENCRYPTION_KEYS."""
    click.echo(Fernet.generate_key().decode())


@keys.command()
def rotate() -> None:
    """Seal every stored token anew with the newest key; the older ones can then go."""
    try:
        given = settings.load_database_and_keys()
        database = Database.at(given.database_url)
        database.check()
        done = list(rotation.seal_all(database, cipher_for(given.keys, database)))
    except (SettingsError, DatabaseNotReadyError, CipherError) as error:
        _stop(str(error))
    anew, already = sum(each.anew for each in done), sum(each.already for each in done)
    click.echo(f"{anew} tokens are sealed anew with the newest key; {already} were before.")


@main.command()
@click.option("--weeks", default=60, show_default=True, type=click.IntRange(1, 520), help="How many weeks.")
@click.option("--member", help="Somebody in the database: their Slack user id. Nothing there is changed.")
@click.option("--persona", type=click.Choice(NAMES), help="Somebody made up.  [default: steady]")
@click.option("--zone", help="An IANA zone, such as America/New_York.")
@click.option("--weekday", type=click.Choice(WEEKDAYS, case_sensitive=False))
@click.option(
    "--time", "at", type=click.DateTime(["%H:%M"]), help="On the person's own clock, such as 09:00."
)
@click.option("--from", "start", type=click.DateTime(["%Y-%m-%d"]), help="The first day.  [default: today]")
def simulate(**asked: Any) -> None:
    """Print every weekly message that would be sent, when and why, or why none; sends and writes nothing."""
    try:
        for line in rehearse(Asked(**asked), real_now()):
            click.echo(line)
    except (RehearsalError, SettingsError, DatabaseNotReadyError, content.ContentError) as error:
        _stop(str(error))


@main.group("content")
def knowledge() -> None:
    """What the product knows."""


@knowledge.command()
@click.option(
    "--dir",
    "over",
    type=click.Path(path_type=Path),
    help="A folder with your organization's own YAML files, laid over ours.",
)
def check(over: Path | None) -> None:
    """Check every entry, and print which numbered facts of the source article are carried where."""
    try:
        loaded = content.load(over=over)
    except content.ContentError as error:
        _stop(str(error))
    found = checking.report(loaded, OWN, over, real_now().date())
    click.echo("\n".join(checking.lines(found)))
    if not found.passes:
        sys.exit(1)


async def _serve(given: Settings, *, web: bool, worker: bool, host: str) -> None:
    stop = told_to_stop()
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(open_app(given, real_now))
        settle_memory()
        if worker:
            stack.enter_context(only_worker(app.deps.database))
            await stack.enter_async_context(ticking(app.tick, given.tick_seconds))
        if web:
            await stack.enter_async_context(_answering(app, given, given.host or host))
        if worker:
            click.echo(f"PRM Coach sends what is due, every {given.tick_seconds:g} seconds.", err=True)
        await stop.wait()
        # Before anything else stops: it has a few seconds for what is on its way.
        app.sender.stop()


@asynccontextmanager
async def _answering(app: App, given: Settings, host: str) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        sock = listen(host, given.port)
        await stack.enter_async_context(serving(Door(app.bolt, app.deps.database).asgi(), sock))
        if given.mode is Mode.ONE_OVER_SOCKET:
            assert given.slack_app_token is not None, "the mode says that there is one"
            token = given.slack_app_token.get_secret_value()
            await stack.enter_async_context(socket_mode(app.bolt, app.deps.slack, token))
        click.echo(
            f"PRM Coach answers on http://{host}:{sock.getsockname()[1]} ({given.mode.value}).", err=True
        )
        yield


def _start(serve: Callable[..., Coroutine[Any, Any, None]], **how: Any) -> None:
    try:
        given = settings.load()
    except SettingsError as error:
        _stop(str(error))
    logs.configure(given)
    _guarded(serve(given, **how))


def _guarded(work: Coroutine[Any, Any, None]) -> None:
    """Runs it; what keeps it from starting is said in a sentence, without a traceback."""
    try:
        run(work)
    except (SettingsError, DatabaseNotReadyError, CipherError) as error:
        _stop(str(error))
    except DatabaseBusyError:
        _stop("The database is locked by another program. Stop that program, then start again.")


def _stop(sentence: str) -> Any:
    click.echo(sentence, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
