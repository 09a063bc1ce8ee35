"""Asking about a win, and declining it: both send words to its owner, so both are screened first."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final, Self

from sqlmodel import Session

from content import Content
from slackbot.deps import Deps
from slackbot.errors import FormError
from slackbot.feature import Asked, Form, Submitted
from slackbot.features.verification.confirming import numbers
from slackbot.features.verification.deciding import Done, Lost, Seen, decide, open_win
from slackbot.features.verification.showing import row_of, win_blocks
from slackbot.features.verification.words import mention
from slackbot.home import Glance
from slackbot.remembered import remembered
from slackbot.rules.win_states import Deed
from slackbot.screened import LIMITS, NOT_A_PATIENTS, Doubts, doubts, refuse, warning
from slackbot.ui.blocks import Block, Message, View, actions, context, divider, message, runs, section
from slackbot.ui.forms import Option, checkboxes, field, modal, text_input
from slackbot.win_news import changed, moved, quoted, tell_owner
from storage.members import Person

LONGEST: Final = 1000
TEXT: Final = "text"
TICK: Final = "Please tick this, or change what you wrote."
TWICE: Final = "That reached me already. Nothing was done twice."
SEND_WORDING: Final = "Send it with this wording"


@dataclass(frozen=True)
class Saying:
    """Something said to the owner of a win: its form, and what it does to the win."""

    callback: str
    deed: Deed
    title: str
    label: str
    hint: str
    missing: str
    submit: str
    done: str


@dataclass(frozen=True)
class Round:
    """What a form was opened on, and the doubts that it has asked about."""

    win: int
    revision: int
    identifiers: Sequence[str] = ()
    inducement: Sequence[str] = ()
    times: int = 0

    @classmethod
    def read(cls, metadata: str) -> Self:
        return cls(**remembered(metadata))

    def written(self) -> str:
        return json.dumps(asdict(self))

    @property
    def doubts(self) -> Doubts:
        return Doubts(frozenset(self.identifiers), frozenset(self.inducement))

    @property
    def boxes(self) -> tuple[str, str]:
        """Other blocks each time, since Slack keeps what is ticked in a block of the same name."""
        return f"cleared_{self.times}", f"wording_{self.times}"

    def covers(self, found: Doubts) -> bool:
        asked = self.doubts
        return found.identifiers <= asked.identifiers and found.inducement <= asked.inducement

    def next(self, found: Doubts) -> Self:
        return replace(
            self,
            identifiers=sorted(found.identifiers),
            inducement=sorted(found.inducement),
            times=self.times + 1,
        )

    def require_ticks(self, found: Doubts, values: Mapping[str, str | None]) -> None:
        """Raises FormError for a box that what is written now still needs."""
        needed = zip(self.boxes, (found.identifiers, found.inducement), strict=True)
        missing = {box: TICK for box, kinds in needed if kinds and not values.get(box)}
        if missing:
            raise FormError(missing)


ASKING: Final = Saying(
    "ask_about_win",
    Deed.ASK,
    title="Ask a question",
    label="Your question",
    hint="It goes to the liaison. Once they answer, the win is back in your queue.",
    missing="Write your question.",
    submit="Send",
    done="{owner} has your question. The answer comes back to your queue.",
)
DECLINING: Final = Saying(
    "decline_win",
    Deed.DECLINE,
    title="Decline a win",
    label="Why you don't confirm it",
    hint="The liaison reads this, and may change the win and share it again.",
    missing="Write the reason: the liaison needs it.",
    submit="Decline",
    done="You declined {owner}'s win. They see your reason, and only they see the win now.",
)


async def ask(deps: Deps, asked: Asked, words: str) -> None:
    """`verify ask ID`: the form for a question."""
    await _open(deps, asked, words, ASKING)


async def decline(deps: Deps, asked: Asked, words: str) -> None:
    """`verify decline ID`: the form for the reason."""
    await _open(deps, asked, words, DECLINING)


async def _open(deps: Deps, asked: Asked, words: str, saying: Saying) -> None:
    win_id = next(iter(numbers(words)), 0)
    await asked.open(await deps.transact(_opened, deps, asked.person, win_id, saying))


def _opened(session: Session, deps: Deps, person: Person, win_id: int, saying: Saying) -> View:
    glance = deps.meet(session, person)
    found = open_win(session, glance, win_id, saying.deed)
    if isinstance(found, Lost):
        return lost_view(session, glance, found, saying.title)
    return form(session, glance, found, saying, Round(win_id, found.win.revision))


def form(session: Session, glance: Glance, seen: Seen, saying: Saying, turn: Round, top: str = "") -> View:
    """The win, and room for what to say about it; what has to be known first stands above.

    Slack keeps what was typed, so that no text leaves us that was not screened."""
    return modal(
        saying.callback,
        saying.title,
        *([section(top), divider()] if top else []),
        *win_blocks(glance.content, row_of(session, seen), glance.now),
        field(TEXT, saying.label, text_input(longest=LONGEST, multiline=True), hint=saying.hint),
        *_boxes(turn),
        context(LIMITS),
        submit=saying.submit,
        private_metadata=turn.written(),
    )


def _boxes(turn: Round) -> list[Block]:
    warned = warning(turn.doubts)
    blocks = []
    labels = (warned.identifiers, NOT_A_PATIENTS), (warned.inducement, SEND_WORDING)
    for name, (sentence, label) in zip(turn.boxes, labels, strict=True):
        if sentence:
            # Optional, or Slack itself would ask for a tick where the text was changed instead.
            box = field(name, "Before it goes out", checkboxes([Option(label, "yes")]), optional=True)
            blocks += [section(sentence), box]
    return blocks


async def _submitted(deps: Deps, back: Submitted, saying: Saying) -> View:
    """Sends it once, however often the form comes; nothing is kept before it is screened."""
    text = back.values.get(TEXT)
    if not text:
        raise FormError({TEXT: saying.missing})
    refuse({TEXT: text})
    turn, doubt = Round.read(back.metadata), doubts({TEXT: text})
    if not turn.covers(doubt):
        return await deps.transact(_asked_again, deps, back, saying, turn.next(doubt))
    turn.require_ticks(doubt, back.values)
    done, view = await deps.transact(_said, deps, back, saying, turn, text)
    if done is not None:
        changed(deps, back.person, done.win)
        tell_owner(deps, done.win, _news(deps.content, back.person, done, saying, text))
    return view


def _asked_again(session: Session, deps: Deps, back: Submitted, saying: Saying, turn: Round) -> View:
    glance = deps.meet(session, back.person)
    found = open_win(session, glance, turn.win, saying.deed)
    if isinstance(found, Lost):
        return lost_view(session, glance, found, saying.title)
    return form(session, glance, found, saying, turn)


def _said(
    session: Session, deps: Deps, back: Submitted, saying: Saying, turn: Round, text: str
) -> tuple[Done | None, View]:
    glance = deps.meet(session, back.person)
    outcome = decide(session, glance, turn.win, turn.revision, saying.deed, said=text)
    if isinstance(outcome, Done):
        return outcome, done_view(saying.title, saying.done.format(owner=mention(outcome.owner)))
    fresh = outcome.fresh
    if fresh is None or outcome.repeated or not fresh.may(saying.deed):
        return None, lost_view(session, glance, outcome, saying.title)
    # What they wrote stays in the form: it may hold for the win as it is now.
    now = replace(turn, revision=fresh.win.revision)
    return None, form(session, glance, fresh, saying, now, outcome.sentence)


def done_view(title: str, sentence: str) -> View:
    return modal("decided", title, section(sentence), actions(runs("Back to the queue", "verify")))


def lost_view(session: Session, glance: Glance, lost: Lost, title: str) -> View:
    """Why nothing was done, in the place of the form."""
    if lost.repeated:
        return done_view(title, TWICE)
    shown: Sequence[Block] = ()
    if lost.fresh is not None:
        shown = win_blocks(glance.content, row_of(session, lost.fresh), glance.now)
    return modal(
        "decided", title, section(lost.sentence), *shown, actions(runs("Back to the queue", "verify"))
    )


def _news(content: Content, person: Person, done: Done, saying: Saying, text: str) -> Message:
    who, win = f"<@{person.user_id}>", done.win
    if saying.deed is Deed.ASK:
        return message(
            section(f"{who} has a question about your win. {moved(content, win)}"),
            section(quoted(text, LONGEST)),
            actions(
                runs("Answer", f"wins answer {win.id}", style="primary"), runs("Edit", f"wins edit {win.id}")
            ),
        )
    return message(
        section(f"{who} did not confirm your win. {moved(content, win)}"),
        section(quoted(text, LONGEST)),
        context("Only you see it now. You can change it and share it again."),
        actions(runs("Edit", f"wins edit {win.id}"), runs("History", f"wins history {win.id}")),
    )


async def _asking_submitted(deps: Deps, back: Submitted) -> View:
    return await _submitted(deps, back, ASKING)


async def _declining_submitted(deps: Deps, back: Submitted) -> View:
    return await _submitted(deps, back, DECLINING)


FORMS: Final = (
    Form(ASKING.callback, _asking_submitted),
    Form(DECLINING.callback, _declining_submitted),
)
