"""What somebody tracks, in words: the first few beside the catalogue, all of them, and those that end soon on Home."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session

from slackbot.credential_words import line
from slackbot.deps import Deps
from slackbot.feature import Asked
from slackbot.home import Glance
from slackbot.ui.blocks import Block, Message, actions, header, runs, section
from slackbot.ui.pages import leaf
from storage import credentials
from storage.models import MemberCredential

MINE: Final = frozenset({"mine", "my", "yours", "tracked"})
FIRST: Final = 2
"""As many of one's own as a phone's screen has room for beside the catalogue."""
SOON: Final = 180
"""Days before its end from which Home speaks of a credential. A house default."""


def mine(session: Session, deps: Deps, asked: Asked) -> tuple[Glance, Sequence[MemberCredential]]:
    glance = deps.meet(session, asked.person)
    return glance, credentials.mine(session, workspace_id=glance.workspace_id, member_id=glance.member_id)


def section_of(glance: Glance, tracked: Sequence[MemberCredential]) -> list[Block]:
    """The first few of what somebody tracks, each with a way to change it, and the way to the rest."""
    if not tracked:
        return [section("*Yours*\nNothing tracked yet.", accessory=runs("Track one", "certs track"))]
    rest = len(tracked) > FIRST
    every = [runs(f"All {len(tracked)} of yours", "certs mine")] if rest else []
    return [
        section("*Yours*"),
        *_lines(tracked[:FIRST], glance),
        actions(*every, runs("Track another", "certs track")),
    ]


def all_of(glance: Glance, tracked: Sequence[MemberCredential], number: int) -> Message:
    """Everything somebody tracks, page by page."""
    lines = _lines(tracked, glance) or [section("Nothing tracked yet.")]
    ways = [
        runs("Track another" if tracked else "Track one", "certs track"),
        runs("All certifications", "certs"),
    ]
    return leaf("certs mine", number, lines, top=[header("Your credentials")], ways=ways)


def _lines(tracked: Sequence[MemberCredential], glance: Glance) -> list[Block]:
    return [
        section(line(each, glance), accessory=runs("Change", f"certs change {each.id}")) for each in tracked
    ]


def home(session: Session, glance: Glance) -> Sequence[Block]:
    """Credentials that end soon, or have lapsed; nothing when there are none."""
    tracked = credentials.mine(session, workspace_id=glance.workspace_id, member_id=glance.member_id)
    ending = [
        each
        for each in tracked
        if each.state == "earned" and each.expires_on and (each.expires_on - glance.today).days <= SOON
    ]
    if not ending:
        return []
    return [section("*Credentials to renew*"), *_lines(ending[:5], glance)]
