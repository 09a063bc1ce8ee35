"""What a listener may ask for: the database, the time, the content, and Slack."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Hashable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Concatenate, Final, ParamSpec, TypeVar
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from sqlmodel import Session

from content import Content
from content.questions import Index
from slackbot.access import Workspaces
from slackbot.background import Background
from slackbot.calendar import begun, reschedule, wants_nudges
from slackbot.home import Glance, HomeSection, home_view
from slackbot.refusal import refusal
from slackbot.settings import Settings
from slackbot.ui.blocks import Message, View
from slackbot.ui.text import cut
from storage import members
from storage.database import Database
from storage.members import Person
from storage.models import Member, Workspace

log = structlog.get_logger(__name__)
P = ParamSpec("P")
T = TypeVar("T")
Now = Callable[[], datetime]

SLACK_TIMEOUT: Final = aiohttp.ClientTimeout(total=10, connect=3)
"""On the session, because a client that is given one ignores its own timeout."""
QUIET: Final[dict[str, Any]] = {"unfurl_links": False, "unfurl_media": False}
"""Links in our messages are not blown up into previews."""
LONGEST_REWRITTEN: Final = 4000
"""Characters of text that `chat.update` takes, a tenth of what a new message may hold."""
GONE: Final = frozenset(
    {
        "message_not_found",
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "is_archived",
        "is_inactive",
    }
)
"""Slack's words for a message that can no longer be changed."""


class NotInstalledError(Exception):
    """The app is no longer in that workspace."""


def real_now() -> datetime:
    """The only place where the product asks what time it is."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Slack:
    """Clients that share one connection pool, and never repeat a call by themselves.

    slack_sdk opens a connection per call when it is given no session, and its default retry could post twice."""

    session: aiohttp.ClientSession
    base_url: str
    workspaces: Workspaces

    def client(self, token: str | None = None) -> AsyncWebClient:
        return client_on(self.session, self.base_url, token)

    async def client_for(self, workspace_id: int) -> AsyncWebClient:
        """Raises NotInstalledError when there is no live token for the workspace."""
        access = await self.workspaces.by_id(workspace_id)
        if access is None:
            raise NotInstalledError
        return self.client(access.token)

    async def scopes_of(self, workspace_id: int) -> frozenset[str]:
        """What the app may do there; nothing where it is not installed."""
        access = await self.workspaces.by_id(workspace_id)
        return frozenset() if access is None else access.scopes

    async def respond(
        self, response_url: str, message: Message, *, replace: bool, to_all: bool = False
    ) -> bool:
        """Answers a command, a press or a form through the address that Slack gave with it; False where it was refused.

        Only the person who did it sees the answer, unless it is `to_all`."""
        webhook = AsyncWebhookClient(response_url, session=self.session, retry_handlers=[])
        kind = "in_channel" if to_all else "ephemeral"
        answer = await webhook.send(**message, response_type=kind, replace_original=replace)
        # A refusal comes as another status, or as 200 with what was wrong instead of "ok".
        taken = answer.status_code == 200 and (answer.body or "ok").strip() in {"ok", '{"ok":true}'}
        if not taken:
            log.warning("response_refused", status=answer.status_code)
        return taken


_QUIET_LOG: Final = logging.getLogger("slack_sdk.quiet")
"""slack_sdk puts whole bodies into words for a logger without a level of its own, and then throws them away."""
_QUIET_LOG.setLevel(logging.WARNING)


def client_on(session: aiohttp.ClientSession, base_url: str, token: str | None) -> AsyncWebClient:
    return AsyncWebClient(
        token=token, base_url=base_url, session=session, retry_handlers=[], logger=_QUIET_LOG
    )


@dataclass(frozen=True)
class Posted:
    """Where a message of ours stands: its conversation and its time there, which is its name."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Kind:
    """A kind of scheduled message, as somebody reads of it in their settings and their log."""

    name: str
    label: str
    optional: bool


@dataclass(frozen=True)
class Deps:
    """Handed to every listener; made once, in `app`."""

    settings: Settings
    database: Database
    content: Content
    questions: Index
    now: Now
    slack: Slack
    background: Background
    home_sections: Sequence[HomeSection] = ()
    kinds: Sequence[Kind] = ()
    """Every kind of scheduled message, in the order of the features."""
    welcomed: set[tuple[int, str]] = field(default_factory=set, repr=False, compare=False)
    """Who is known to have been welcomed, by workspace and user, so that their rows need not be read for that."""
    _turns: WeakValueDictionary[Hashable, asyncio.Lock] = field(
        default_factory=WeakValueDictionary, repr=False, compare=False
    )
    _homes_due: set[Hashable] = field(default_factory=set, repr=False, compare=False)
    """Whose Home waits to be brought up to date."""
    _home_hashes: dict[Hashable, str] = field(default_factory=dict, repr=False, compare=False)
    """By what Slack tells a Home that we published from one that came later."""

    async def transact(
        self, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """One unit of work: one session, one transaction, closed before Slack is spoken to."""
        return await self.database.transact(work, *args, **kwargs)

    def glance(self, member: Member, workspace: Workspace) -> Glance:
        """What a view of this member may look at, now."""
        zone = member.zone or workspace.zone or self.settings.default_zone
        return Glance(member, workspace, ZoneInfo(zone), self.now(), self.content)

    def meet(self, session: Session, person: Person) -> Glance:
        """The member who asks, made if they are new, with all that a view of them may look at.

        Who is new, or is back after Slack said they were gone, gets a place in the schedule."""
        member, workspace = members.meet(session, person, self.now())
        glance = self.glance(member, workspace)
        if member.unreachable is not None:
            member.unreachable = None
            member.profile_read_at = None
        if member.next_nudge_at is None and wants_nudges(member):
            reschedule(session, member, glance.zone, glance.now)
        return glance

    def refresh_home(self, person: Person) -> None:
        """Publishes the person's Home again, after the answer they are waiting for."""
        self.background.start(self.publish_home(person), "home")

    async def publish_home(self, person: Person) -> None:
        """Their Home as it is now; nothing for somebody who never used the app, or is gone.

        One at a time for each person; those that wait meanwhile are done as one."""
        key = ("home", person.workspace_id, person.user_id)
        self._homes_due.add(key)
        async with self.turn(key):
            if key in self._homes_due:
                # Before it is read: whatever changes from here on is due again.
                self._homes_due.discard(key)
                await self._publish(key, person)

    async def _publish(self, key: Hashable, person: Person) -> None:
        """Publishes what is there now. Slack refuses it where another process was quicker since we last did.

        Whatever is published over what we have not seen is worked out once more, in case it was older than that."""
        published = None
        scopes = await self.slack.scopes_of(person.workspace_id)
        while (view := await self.transact(self._home, person, scopes)) is not None and view != published:
            client = await self.slack.client_for(person.workspace_id)
            known = self._home_hashes.pop(key, None)
            try:
                answer = await client.views_publish(user_id=person.user_id, view=view, hash=known)
            except SlackApiError as error:
                if refusal(error).error != "hash_conflict":
                    raise
                published = None
            else:
                self._home_hashes[key] = answer["view"]["hash"]
                if known is not None:
                    break
                published = view

    def _home(self, session: Session, person: Person, scopes: frozenset[str]) -> View | None:
        # Not `meet`: being named by a colleague must not begin somebody's weekly messages.
        member, workspace = members.meet(session, person, self.now())
        if not begun(member):
            return None
        glance = replace(self.glance(member, workspace), scopes=scopes)
        return home_view(session, glance, self.home_sections)

    async def tell(self, person: Person, message: Message) -> Posted:
        """A direct message about what somebody just did; scheduled ones go through the ledger instead."""
        client = await self.slack.client_for(person.workspace_id)
        answer = await client.chat_postMessage(channel=person.user_id, **QUIET, **message)
        return Posted(channel=answer["channel"], ts=answer["ts"])

    async def rewrite(self, workspace_id: int, posted: Posted, message: Message) -> bool:
        """Gives a message of ours new content; False when it is no longer there to change."""
        client = await self.slack.client_for(workspace_id)
        said = {**message, "text": cut(message["text"], LONGEST_REWRITTEN)}
        try:
            await client.chat_update(channel=posted.channel, ts=posted.ts, **said)
        except SlackApiError as error:
            if refusal(error).error in GONE:
                return False
            raise
        return True

    @asynccontextmanager
    async def turn(self, key: Hashable) -> AsyncIterator[None]:
        """One at a time for each key, in the order of asking; in this process only."""
        # Whoever holds the lock or waits for it keeps it alive, so the dictionary forgets what nobody uses.
        lock = self._turns.setdefault(key, asyncio.Lock())
        async with lock:
            yield
