"""Delegating: another manager decides about a win instead; from then on it waits in their queue."""

from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.errors import FormError
from slackbot.feature import Asked, Form, Submitted
from slackbot.features.verification.asking import done_view, lost_view
from slackbot.features.verification.confirming import numbers
from slackbot.features.verification.deciding import Done, Lost, Seen, decide, look, open_win
from slackbot.features.verification.showing import row_of, win_blocks
from slackbot.features.verification.words import mention
from slackbot.home import Glance
from slackbot.rules.reporting import would_loop
from slackbot.rules.win_states import Deed
from slackbot.ui.blocks import View
from slackbot.ui.forms import field, modal, users_select
from slackbot.win_news import changed
from storage import members, reporting
from storage.members import Person
from storage.models import Member

CALLBACK: Final = "delegate_win"
TITLE: Final = "Delegate a win"
TO: Final = "to"
NOBODY: Final = "Choose a manager."
YOURSELF: Final = "It waits for you already. Choose another manager."
ITS_OWNER: Final = "It is their own win, and nobody confirms their own. Choose another manager."
NO_MANAGER: Final = "Nobody reports to them here, so they can't confirm wins. Choose another manager."
BELOW: Final = "They report to the owner of this win. Choose another manager."
AWAY: Final = "I can't reach them in Slack any more. Choose another manager."
HINT: Final = "Somebody to whom liaisons report. The win leaves your queue and waits in theirs."


async def delegate(deps: Deps, asked: Asked, words: str) -> None:
    """`verify delegate ID`: the form that asks to whom."""
    win_id = next(iter(numbers(words)), 0)
    await asked.open(await deps.transact(_opened, deps, asked.person, win_id))


def _opened(session: Session, deps: Deps, person: Person, win_id: int) -> View:
    glance = deps.meet(session, person)
    found = open_win(session, glance, win_id, Deed.DELEGATE)
    if isinstance(found, Lost):
        return lost_view(session, glance, found, TITLE)
    return form(session, glance, found)


def form(session: Session, glance: Glance, seen: Seen) -> View:
    return modal(
        CALLBACK,
        TITLE,
        *win_blocks(glance.content, row_of(session, seen), glance.now),
        field(TO, "Who should decide?", users_select(), hint=HINT),
        submit="Delegate",
        private_metadata=f"{seen.win.id} {seen.win.revision}",
    )


async def submitted(deps: Deps, back: Submitted) -> View:
    """Hands it on once, however often the form comes."""
    done, view = await deps.transact(_delegated, deps, back)
    if done is not None:
        changed(deps, back.person, done.win)
    return view


def _delegated(session: Session, deps: Deps, back: Submitted) -> tuple[Done | None, View]:
    glance = deps.meet(session, back.person)
    win_id, revision = (*numbers(back.metadata), 0, 0)[:2]
    seen = look(session, glance, win_id)
    # Before who was chosen is looked at: somebody who may not even see the win learns nothing by choosing.
    if seen is None or not seen.may(Deed.DELEGATE) or seen.win.revision != revision:
        outcome = decide(session, glance, win_id, revision, Deed.DELEGATE)
        assert isinstance(outcome, Lost), "what may not be done is not done"
        return None, lost_view(session, glance, outcome, TITLE)
    to = _delegate(session, glance, seen, back.values.get(TO))
    outcome = decide(session, glance, win_id, revision, Deed.DELEGATE, delegate_id=to.id)
    if isinstance(outcome, Lost):
        return None, lost_view(session, glance, outcome, TITLE)
    said = f"{mention(outcome.owner)}'s win waits for {mention(to)} now."
    return outcome, done_view(TITLE, said)


def _delegate(session: Session, glance: Glance, seen: Seen, user_id: str | None) -> Member:
    """Who was chosen. Raises FormError, so that nothing of somebody who will not do is kept either."""
    if not user_id:
        raise FormError({TO: NOBODY})
    chosen, _ = members.meet(session, Person(glance.workspace_id, user_id), glance.now)
    assert chosen.id is not None, "a stored row has an id"
    why_not = _why_not(session, glance, seen, chosen, chosen.id)
    if why_not is not None:
        raise FormError({TO: why_not})
    return chosen


def _why_not(session: Session, glance: Glance, seen: Seen, chosen: Member, chosen_id: int) -> str | None:
    if chosen_id in (glance.member_id, seen.owner.id):
        return YOURSELF if chosen_id == glance.member_id else ITS_OWNER
    if not reporting.is_manager(session, workspace_id=glance.workspace_id, member_id=chosen_id):
        return NO_MANAGER
    if would_loop(reporting.chain(session, workspace_id=glance.workspace_id), seen.win.member_id, chosen_id):
        return BELOW
    return AWAY if chosen.unreachable is not None else None


FORM: Final = Form(CALLBACK, submitted)
