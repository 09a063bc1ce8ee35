"""Deciding about somebody else's win: as it was seen, once, and whoever comes second is told so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlmodel import Session

from slackbot.errors import UserError
from slackbot.features.verification.words import mention
from slackbot.home import Glance
from slackbot.rules.win_states import Deed, after, may
from slackbot.ui.text import mention_of
from storage import audit, verification, win_changes
from storage.models import DECIDED, WAITING, Member, Win
from storage.verification import Relation
from storage.win_changes import Past

NOT_YOURS: Final = (
    "That win does not wait for you any more. It may have been decided or taken back, or its owner may report to "
    "somebody else now."
)
OWN: Final = "That is your own win, and nobody decides about their own. It is for your manager to confirm."
HERE_IT_IS: Final = "Here it is now."
NOT_TO_HAND_ON: Final = "It was handed to you, so only its owner's manager can hand it on to somebody else."
_DECIDED: Final = {"verified": "confirmed", "declined": "declined"}
_MEANWHILE: Final = {
    "answered": "answered a question about this win while you were looking.",
    "asked": "asked about this win before you.",
    "delegated": "handed this win on while you were looking.",
}
_CHANGED: Final = "changed this win while you were looking."


@dataclass(frozen=True)
class Seen:
    """A win of somebody else's, and how one stands to it."""

    win: Win
    owner: Member
    relation: Relation

    @property
    def allowed(self) -> bool:
        """Whether it may be read at all."""
        return self.may(Deed.READ)

    def may(self, deed: Deed) -> bool:
        return may(deed, relation=self.relation, status=self.win.status)


@dataclass(frozen=True)
class Done:
    """It is decided, and this is the win as it became."""

    win: Win
    owner: Member


@dataclass(frozen=True)
class Lost:
    """Nothing was done: the sentence that says why, and the win where the person may see it."""

    sentence: str
    fresh: Seen | None = None
    repeated: bool = False
    """They did this very thing themselves: a double tap, or a request that Slack sent twice."""


def look(session: Session, glance: Glance, win_id: int) -> Seen | None:
    """Somebody else's win, to be held against the rules; no trail is left yet. Raises UserError for one's own."""
    found = verification.visible(
        session, workspace_id=glance.workspace_id, viewer_id=glance.member_id, win_id=win_id
    )
    if found is not None and found[2] is Relation.OWNER:
        raise UserError(OWN)
    return Seen(*found) if found else None


def open_win(session: Session, glance: Glance, win_id: int, deed: Deed) -> Seen | Lost:
    """A win that somebody wants to do this to, shown to them and noted in the trail."""
    seen = look(session, glance, win_id)
    if seen is None:
        return Lost(NOT_YOURS)
    if not seen.may(deed):
        return _lost(session, glance, seen, deed)
    note(session, glance, "win.read", win_id)
    return seen


def decide(
    session: Session,
    glance: Glance,
    win_id: int,
    revision: int,
    deed: Deed,
    *,
    said: str | None = None,
    **values: Any,
) -> Done | Lost:
    """Does it to the win in the version that was seen, where the rules allow it."""
    seen = look(session, glance, win_id)
    if seen is not None and seen.win.revision == revision:
        changed = _change(session, glance, seen, deed, said, values)
        if changed is not None:
            note(session, glance, f"win.{deed}", win_id)
            return Done(changed, seen.owner)
        # What stands there now, after whoever was quicker.
        seen = look(session, glance, win_id)
    return _lost(session, glance, seen, deed) if seen else Lost(NOT_YOURS)


def _change(
    session: Session, glance: Glance, seen: Seen, deed: Deed, said: str | None, values: dict[str, Any]
) -> Win | None:
    if not seen.may(deed):
        return None
    return win_changes.change(
        session,
        seen.win,
        by=glance.member_id,
        now=glance.now,
        deed=deed,
        said=said,
        status=after(deed, seen.win.status),
        **values,
    )


def _lost(session: Session, glance: Glance, seen: Seen, deed: Deed) -> Lost:
    """Why it cannot be done, said to those only who may know."""
    past = win_changes.history(session, seen.win)
    last = past[-1]
    repeated = last.revision.by_id == glance.member_id and last.revision.deed == deed
    if seen.win.status in DECIDED and _may_know(seen, past, glance.member_id):
        return Lost(_decided(seen, past, glance.member_id), repeated=repeated)
    if seen.win.status not in WAITING or not seen.allowed:
        return Lost(NOT_YOURS)
    note(session, glance, "win.read", seen.win.id)
    if deed is Deed.DELEGATE and seen.relation is Relation.DELEGATE:
        return Lost(NOT_TO_HAND_ON, seen)
    if last.revision.by_id == glance.member_id:
        return Lost(HERE_IT_IS, seen, repeated)
    return Lost(
        f"{mention_of(last.user_id)} {_MEANWHILE.get(last.revision.deed, _CHANGED)} {HERE_IT_IS}", seen
    )


def _may_know(seen: Seen, past: Sequence[Past], member_id: int) -> bool:
    """Who decided about a win is told to those who see it, who decided, and who had it until then."""
    had_it = len(past) > 1 and past[-2].revision.row.get("delegate_id") == member_id
    return seen.allowed or seen.win.decided_by == member_id or had_it


def _decided(seen: Seen, past: Sequence[Past], member_id: int) -> str:
    what = _DECIDED[seen.win.status]
    whose = f"{mention(seen.owner)}'s win"
    if seen.win.decided_by == member_id:
        return f"You have {what} {whose} already."
    decision = next(each for each in reversed(past) if each.revision.deed == what)
    return f"{mention_of(decision.user_id)} {what} {whose} before you."


def note(session: Session, glance: Glance, action: str, win_id: int | None) -> None:
    """One line in the audit trail: who did what to which win."""
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action=action,
        subject=f"win:{win_id}",
        now=glance.now,
    )
