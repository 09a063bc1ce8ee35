"""The composition root: settings, a database and a clock become a Bolt app with its features."""

import logging
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from sqlmodel import Session

import content
from content.questions import Index
from slackbot.access import Authorize, Installed, OneWorkspace, Workspaces
from slackbot.background import Background
from slackbot.delivery import Sender
from slackbot.departures import LEFT, Departures
from slackbot.deps import SLACK_TIMEOUT, Deps, Kind, Now, Slack, client_on
from slackbot.feature import Chore, Feature
from slackbot.features import (
    admin,
    celebrate,
    certs,
    criteria,
    digest,
    knowledge,
    nudges,
    privacy,
    profile,
    progress,
    reminders,
    reporting,
    roadmap,
    skills,
    standing,
    targets,
    verification,
    welcome,
    wins,
)
from slackbot.installing import OPTIONAL_SCOPES, OWN_PAGES, SCOPES, InstallFlow
from slackbot.listeners import Listeners
from slackbot.metrics import Metrics, watching
from slackbot.renewing import Renewal
from slackbot.settings import Mode, Settings, SettingsError
from slackbot.strangers import Strangers
from storage.cipher import Cipher, keys_beside
from storage.database import Database, DatabaseAwayError, take_time
from storage.installations import InstallationStore, StateStore

log = structlog.get_logger(__name__)

FEATURES: Final[tuple[Feature, ...]] = (
    welcome.FEATURE,
    welcome.ARRIVAL,
    standing.FEATURE,
    standing.TEAM,
    roadmap.FEATURE,
    certs.FEATURE,
    criteria.FEATURE,
    knowledge.FEATURE,
    profile.FEATURE,
    skills.FEATURE,
    wins.FEATURE,
    celebrate.FEATURE,
    verification.FEATURE,
    reporting.FEATURE,
    digest.FEATURE,
    targets.FEATURE,
    progress.FEATURE,
    nudges.FEATURE,
    reminders.FEATURE,
    privacy.FEATURE,
    admin.FEATURE,
)
"""In the order in which help shows them."""

HOME: Final[tuple[Feature, ...]] = (
    welcome.ARRIVAL,
    standing.FEATURE,
    verification.FEATURE,
    standing.TEAM,
    certs.FEATURE,
    nudges.FEATURE,
    wins.FEATURE,
    welcome.FEATURE,
)
"""In the order in which Home shows them: where one stands, whom one leads, and then what needs no haste."""

GRACE: Final = 3
"""Seconds that what follows an answer gets to finish when we are told to stop. With those of the scheduler and of the
HTTP side it is less than ten in all, after which whoever told us to stop would kill us."""
NOT_HERE: Final = (
    "PRM Coach is not installed in this workspace. Ask whoever looks after your Slack apps to add it again."
)


@dataclass(frozen=True)
class App:
    """Everything that runs, put together."""

    deps: Deps
    bolt: AsyncApp
    sender: Sender
    chores: tuple[Chore, ...] = ()

    async def tick(self) -> None:
        """What comes with time: everything due is sent, then each feature's housekeeping is done.

        A database that does not answer is waited for: due is due, at the next tick too."""
        metrics = self.deps.metrics
        try:
            with metrics.tick.time(), metrics.ticks_failed.count_exceptions():
                await self.sender.tick()
                for chore in self.chores:
                    await self._do(chore)
        except DatabaseAwayError:
            log.warning("database_away", where="tick")

    async def _do(self, chore: Chore) -> None:
        try:
            done = await self.deps.transact(_housekeeping, chore, self.deps.now())
        except DatabaseAwayError:
            raise
        except Exception:  # one chore that fails must not stop the others, nor the next tick
            log.exception("chore_failed", chore=chore.name)
        else:
            if done:
                log.info("chore_done", chore=chore.name, count=done)


def _housekeeping(session: Session, chore: Chore, now: datetime) -> int:
    take_time(session)
    return chore.run(session, now)


@asynccontextmanager
async def open_app(settings: Settings, now: Now) -> AsyncIterator[App]:
    """The app, ready to answer; closes what it opened, after what was begun is done.

    Raises SettingsError and storage.database.DatabaseNotReadyError, each with what to do."""
    database = Database.at(settings.database_url, settings.pool_size)
    database.check()
    try:
        knowledge, questions = _knowledge(settings.content_dir)
    except content.ContentError as error:
        raise SettingsError(f"PRM_CONTENT_DIR: {error}") from error
    metrics = Metrics()
    trace = watching(metrics, settings.slack_api_url)
    async with aiohttp.ClientSession(timeout=SLACK_TIMEOUT, trace_configs=[trace]) as session:
        workspaces = await _workspaces(settings, database, session, now)
        background = Background()
        deps = Deps(
            settings=settings,
            database=database,
            content=knowledge,
            questions=questions,
            now=now,
            slack=Slack(session, settings.slack_api_url, workspaces),
            background=background,
            metrics=metrics,
            home_sections=[feature.home for feature in HOME if feature.home is not None],
            kinds=[
                Kind(kind.kind, kind.label, kind.optional)
                for feature in FEATURES
                for kind in feature.scheduled
            ],
        )
        try:
            yield build(deps)
        finally:
            await background.drain(GRACE)
            database.engine.dispose()


@cache
def _knowledge(over: Path | None) -> tuple[content.Content, Index]:
    """All content and its index: frozen, so that a process needs them once for each folder laid over ours."""
    knowledge = content.load(over=over)
    return knowledge, Index(knowledge)


def build(deps: Deps, features: Sequence[Feature] = FEATURES) -> App:
    """Bolt with all our listeners, and the sender with all scheduled messages and all chores."""
    bolt = _bolt(deps)
    Strangers(deps).register(bolt)
    Listeners(deps, features).register(bolt)
    Departures(deps).register(bolt)
    sender = Sender(deps, [kind for feature in features for kind in feature.scheduled])
    return App(deps, bolt, sender, (LEFT, *(chore for feature in features for chore in feature.chores)))


def _bolt(deps: Deps) -> AsyncApp:
    settings = deps.settings
    secret = settings.slack_signing_secret
    client, logger = deps.slack.client(), _quiet()
    many = settings.mode is Mode.MANY
    return AsyncApp(
        name="prm",
        logger=logger,
        client=client,
        authorize=Authorize(deps.slack.workspaces),  # type: ignore[arg-type] # an AsyncAuthorize is accepted too, and needed beside OAuth
        # Over Socket Mode nobody signs: a secret that nobody knows keeps the HTTP door shut.
        signing_secret=secret.get_secret_value() if secret else secrets.token_hex(32),
        oauth_flow=InstallFlow(client=client, logger=logger, settings=_oauth(deps)) if many else None,
        # The answer travels in the HTTP reply; without this Bolt looks for it every 10 ms.
        process_before_response=True,
        # Bolt's own warning about what it does not know may quote what was typed; `web.dispatch` says it instead.
        raise_error_for_unhandled_request=True,
        user_facing_authorize_error_message=NOT_HERE,
    )


def _quiet() -> logging.Logger:
    """Whose level Bolt's loggers take: without one they take the root's, and at INFO they tell whole bodies."""
    logger = logging.getLogger("slack_bolt.AsyncApp")
    logger.setLevel(logging.WARNING)
    return logger


def _oauth(deps: Deps) -> AsyncOAuthSettings:
    settings = deps.settings
    assert settings.slack_client_secret is not None, "the settings refuse to be without it in this mode"
    return AsyncOAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        scopes=[*SCOPES, *OPTIONAL_SCOPES],
        user_scopes=[],
        callback_options=OWN_PAGES,
        authorization_url=settings.slack_authorize_url,
        installation_store=InstallationStore(
            deps.database,
            cipher_for(settings.keys, deps.database),
            deps.now,
            saved=deps.slack.workspaces.forget,
        ),
        state_store=StateStore(deps.database),
    )


async def _workspaces(
    settings: Settings, database: Database, session: aiohttp.ClientSession, now: Now
) -> Workspaces:
    if settings.mode is Mode.MANY:
        return Installed(database, cipher_for(settings.keys, database), now, _renewal(settings, session))
    assert settings.slack_bot_token is not None, "the settings refuse to be without it in this mode"
    client = client_on(session, settings.slack_api_url, settings.slack_bot_token.get_secret_value())
    try:
        return await OneWorkspace.asked_of_slack(client, database, now)
    except (aiohttp.ClientError, TimeoutError) as error:
        raise SettingsError(
            f"Slack does not answer at {settings.slack_api_url}. Check the network, then start again."
        ) from error


def _renewal(settings: Settings, session: aiohttp.ClientSession) -> Renewal:
    assert settings.slack_client_id is not None, "the mode says that there is one"
    assert settings.slack_client_secret is not None, "the settings refuse to be without it in this mode"
    client = client_on(session, settings.slack_api_url, None)
    return Renewal(client, settings.slack_client_id, settings.slack_client_secret.get_secret_value())


def cipher_for(keys: Sequence[str], database: Database) -> Cipher:
    """Seals with the keys given, newest first; without any, with those in the file beside a SQLite database."""
    if keys or not database.inline:
        return Cipher(keys)
    assert database.engine.url.database is not None, "a checked SQLite database is a file"
    return Cipher(keys_beside(Path(database.engine.url.database)))
