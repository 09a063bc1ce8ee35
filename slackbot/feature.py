"""The records a feature fills in; help, "did you mean", Home, the dispatcher and the README's test all read them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from slackbot.deps import Deps, Posted
from slackbot.home import Glance, HomeSection
from slackbot.ui.blocks import Message, View
from storage.members import Person
from storage.sending import Undecided


@dataclass(frozen=True)
class Asked:
    """Somebody asked for something: typed it, pressed it, or chose it from a menu."""

    person: Person
    words: str
    """What they typed or pressed; of a message's own menu, the text of that message."""
    open: Callable[[View], Awaitable[None]]
    """Shows a form. A trigger lives three seconds, so at most one quick read comes before it."""
    respond: Callable[[Message], Awaitable[bool]] | None = None
    """Says something where they asked, within half an hour; False where Slack refused it. None where nothing can be
    said: in a form, on Home, in a shortcuts menu."""
    posted: Posted | None = None
    """The message of ours in which they pressed, where it can be changed afterwards."""


@dataclass(frozen=True)
class Submitted:
    """A form came back. `key` is the same however often it is sent."""

    person: Person
    key: str
    values: Mapping[str, str | None]
    metadata: str
    response_urls: Mapping[str, str] = field(default_factory=dict)
    """For each field with `response_url_enabled`, the address that says something in the conversation chosen there."""


@dataclass(frozen=True)
class Changed:
    """Somebody chose something in an open form, or pressed one of its buttons; it is not sent off yet."""

    person: Person
    values: Mapping[str, str | None]
    metadata: str
    action: str
    """The name of the field or button."""
    view: Mapping[str, Any]
    """The form as Slack showed it."""
    value: str | None = None
    """What was chosen or typed in that field, or what the button carries."""


@dataclass(frozen=True)
class Subcommand:
    """One word after `/prm`: its function and its help are one record."""

    name: str
    summary: str
    run: Callable[[Deps, Asked], Awaitable[Message | None]]
    group: str
    usage: str = ""
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    """Kinds of content entries that it shows when it is given their reference; questions lead to them."""


@dataclass(frozen=True)
class Form:
    """A modal's way back. It raises FormError for what must be mended; a view it returns replaces the form."""

    callback: str
    submitted: Callable[[Deps, Submitted], Awaitable[View | None]]
    changed: Callable[[Deps, Changed], Awaitable[View | None]] | None = None
    """Gets what is chosen in a field with `dispatch` and what presses a plain button; the view it returns takes the
    form's place. Slack keeps what was typed wherever a field's name stays."""


@dataclass(frozen=True)
class Shortcut:
    """An entry in Slack's shortcuts menu."""

    callback: str
    chosen: Callable[[Deps, Asked], Awaitable[None]]


@dataclass(frozen=True)
class Silence:
    """A scheduled message that is better not sent, with the reason for the ledger."""

    reason: str


@dataclass(frozen=True)
class Spoken:
    """A scheduled message, and what the ledger remembers of it (ids only, no text)."""

    message: Message
    said: Mapping[str, Any]


class Due(NamedTuple):
    """A row of the ledger whose moment has come, and whose it is."""

    glance: Glance
    delivery: Undecided


Composing = Callable[[Session, Sequence[Due]], Sequence[Spoken | Silence]]
"""Decides what each of several messages says, in their order: so many people are read for in few statements."""


def one_by_one(compose: Callable[[Session, Glance, Undecided], Spoken | Silence]) -> Composing:
    """For kinds that few get at a time, and that can be read for one after the other."""

    def composing(session: Session, due: Sequence[Due]) -> Sequence[Spoken | Silence]:
        return [compose(session, *each) for each in due]

    return composing


@dataclass(frozen=True)
class ScheduledMessage:
    """A kind of message that comes by itself, through the ledger.

    `claim` takes what is due, in one short transaction, and says how many it took; `compose` decides what to say."""

    kind: str
    claim: Callable[[Deps, Session, int], int]
    compose: Composing
    label: str
    """What a person calls it, in their settings and in their log: "Weekly message"."""
    next_due: Callable[[Session], datetime | None]
    """The next moment at which one of this kind will be claimed, for anybody; None when there is none in sight."""
    optional: bool = True
    """Whether a member may switch this kind off by itself (`member.kinds_off`)."""


@dataclass(frozen=True)
class Chore:
    """Housekeeping that comes with every tick, in a transaction of its own; it says how much there was to do."""

    name: str
    run: Callable[[Session, datetime], int]


@dataclass(frozen=True)
class Feature:
    """One story a person would tell, with all its doors."""

    name: str
    subcommands: tuple[Subcommand, ...] = ()
    forms: tuple[Form, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    scheduled: tuple[ScheduledMessage, ...] = ()
    chores: tuple[Chore, ...] = ()
    home: HomeSection | None = field(default=None)
    welcome: Callable[[Session, Deps, Person, frozenset[str]], Message | None] | None = None
    """What somebody is told after the first answer they ever get, given the app's scopes there; None for who was told
    before. It writes down that it was said, in the same transaction."""
