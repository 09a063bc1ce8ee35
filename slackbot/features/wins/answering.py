"""The answer to a manager's question: its form, screened like all that is typed, and the way back to the queue."""

import json
from dataclasses import asdict
from typing import Final

from sqlmodel import Session

from slackbot import screened, win_news
from slackbot.deps import Deps
from slackbot.errors import FormError, UserError
from slackbot.feature import Asked, Form, Submitted
from slackbot.features.wins.changing import NOT_NOW, NOT_YOURS, One, back, make, missing, own
from slackbot.features.wins.history import last_said
from slackbot.features.wins.listing import row
from slackbot.features.wins.sheet import Asked as Raised
from slackbot.remembered import remembered
from slackbot.rules.win_states import Deed, may
from slackbot.ui.blocks import Block, Message, View, actions, context, message, runs, section
from slackbot.ui.forms import Option, checkboxes, field, modal, text_input
from slackbot.ui.text import mention_of
from slackbot.win_news import moved, quoted
from storage.models import Win
from storage.verification import Relation
from storage.win_changes import Past

CALLBACK: Final = "answer_win"
LONGEST: Final = 2000
TICK: Final = "Please tick this, or change what you wrote."
AS_IT_IS: Final = "Send it as it is"
OVERTAKEN: Final = "This win was changed while you wrote, and no longer waits for an answer, so nothing was sent. Copy what you need before you close this."
SENT: Final = "Sent. This win waits to be confirmed again:"


async def answer(deps: Deps, asked: Asked, one: One) -> Message | None:
    """Opens the form under the question."""
    win, question = await deps.transact(_question, deps, asked, one.number)
    if win is None:
        return missing(one)
    if question is None:
        return message(section(NOT_NOW), row(deps.content, win, one.tail), actions(back(one)))
    await asked.open(form(deps, win, question, Raised()))
    return None


def _question(session: Session, deps: Deps, asked: Asked, number: int) -> tuple[Win | None, Past | None]:
    win = own(session, deps.meet(session, asked.person), number)
    return win, _open_question(session, win) if win else None


def _open_question(session: Session, win: Win) -> Past | None:
    if not may(Deed.ANSWER, relation=Relation.OWNER, status=win.status):
        return None
    return last_said(session, win, Deed.ASK)


def form(deps: Deps, win: Win, question: Past, raised: Raised) -> View:
    """The question, a field for the answer, and a box for each doubt about what was typed in it."""
    asks = f"{mention_of(question.user_id)} asks about {moved(deps.content, win)}"
    return modal(
        CALLBACK,
        "Your answer",
        section(f"{asks}\n{quoted(question.revision.said or '', LONGEST)}"),
        field("answer", "Your answer", text_input(longest=LONGEST, multiline=True)),
        *_boxes(raised),
        context(screened.LIMITS),
        submit="Send",
        private_metadata=json.dumps({"win": win.id, "raised": asdict(raised)}),
    )


def _boxes(raised: Raised) -> list[Block]:
    warned = screened.warning(raised.doubts)
    asked = {
        "cleared": (warned.identifiers, screened.NOT_A_PATIENTS),
        "keep": (warned.inducement, AS_IT_IS),
    }
    blocks = []
    for name, (sentence, label) in asked.items():
        if sentence:
            # Optional, or Slack itself would ask for a tick where the text was changed instead.
            box = field(_box(name, raised), label, checkboxes([Option(label, "yes")]), optional=True)
            blocks += [section(sentence), box]
    return blocks


def _box(name: str, raised: Raised) -> str:
    """Another block each time, since Slack keeps what is ticked in a block of the same name."""
    return f"{name}_{raised.times}"


async def submitted(deps: Deps, sent: Submitted) -> View:
    """Sends the answer once, when nothing in it has to be mended or asked about."""
    text = sent.values.get("answer")
    if not text:
        raise FormError({"answer": "Write your answer."})
    screened.refuse({"answer": text})
    known = remembered(sent.metadata)
    raised = _raised(known["raised"])
    asking = Raised.about(screened.doubts({"answer": text}), None, raised.times + 1)
    if asking.boxes and not raised.covers(asking):
        return await deps.transact(_asked_again, deps, sent, known["win"], asking)
    missing_ticks = [name for name in asking.boxes if not sent.values.get(_box(name, raised))]
    if missing_ticks:
        raise FormError({_box(name, raised): TICK for name in missing_ticks})
    win, is_new = await deps.transact(_send, deps, sent, known["win"], text)
    if is_new:
        win_news.changed(deps, sent.person, win)
    said = f"{SENT}\n{moved(deps.content, win)}"
    return modal("answered", "Your answer", section(said), actions(runs("My wins", "wins")))


def _raised(known: dict[str, object]) -> Raised:
    return Raised(**{name: tuple(v) if isinstance(v, list) else v for name, v in known.items()})  # type: ignore[arg-type] # our own, as `form` wrote it


def _asked_again(session: Session, deps: Deps, sent: Submitted, number: int, asking: Raised) -> View:
    win = own(session, deps.meet(session, sent.person), number)
    question = _open_question(session, win) if win else None
    if win is None or question is None:
        raise UserError(OVERTAKEN if win else NOT_YOURS)
    return form(deps, win, question, asking)


def _send(session: Session, deps: Deps, sent: Submitted, number: int, text: str) -> tuple[Win, bool]:
    """The win as it is now, and whether this answer is new: the same may come twice."""
    glance = deps.meet(session, sent.person)
    win = own(session, glance, number)
    if win is None:
        raise UserError(NOT_YOURS)
    if _open_question(session, win) is not None:
        fresh = make(session, glance, win, Deed.ANSWER, text)
        if fresh is not None:
            return fresh, True
        # Somebody was quicker, and it may have been this very answer.
        win = own(session, glance, number) or win
    if _answered(session, win, text):
        return win, False
    raise UserError(OVERTAKEN)


def _answered(session: Session, win: Win, text: str) -> bool:
    """Whether the newest question has that answer already."""
    question, given = (last_said(session, win, deed) for deed in (Deed.ASK, Deed.ANSWER))
    if question is None or given is None or given.revision.number < question.revision.number:
        return False
    return given.revision.said == text


FORMS: Final = (Form(CALLBACK, submitted),)
