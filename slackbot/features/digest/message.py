"""The digest itself, as a message and as text to paste; or silence with its reason."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlmodel import Session

from slackbot.feature import Silence, Spoken
from slackbot.features.digest.reading import Week, week_of
from slackbot.features.digest.words import MESSAGE, NAMED, PLAIN, Chapter, chapters, span
from slackbot.home import Glance
from slackbot.rules.schedule import monday_of
from slackbot.scheduled import DIGEST, silence, stop
from slackbot.ui.blocks import Block, Message, actions, bullets, context, header, message, runs, section
from slackbot.ui.pages import fits
from slackbot.ui.text import cut, escape
from storage import audit
from storage.sending import Undecided

TITLE: Final = "Your team's week"
ONLY_SHARED: Final = "Only what they shared with you"
FEWER: Final = (NAMED, 3, 2, 1)
LONGEST_TEXT: Final = 2900
"""Characters of the text to paste; Slack takes 3,000 in one block."""


def compose(session: Session, glance: Glance, delivery: Undecided) -> Spoken | Silence:
    """The week before the one that the slot names."""
    silent = silence(session, glance, DIGEST)
    if silent is not None:
        return silent
    week = week_of(session, glance, monday_of(delivery.slot) - timedelta(days=1))
    if week is None:
        return Silence("nobody reports to them")
    if week.is_empty:
        return Silence("nothing to say")
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=None,
        action="digest.told",
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )
    said = {"shared": len(week.shared), "confirmed": len(week.confirmed), "waiting": week.waiting_in_all}
    return Spoken(digest_message(glance, week, stop(DIGEST)), said)


def digest_message(glance: Glance, week: Week, *more: Block) -> Message:
    """Facts with their numbers, as many of the lines below them as a phone has room for, and the ways on."""
    tries = (_laid_out(glance, week, named, more) for named in FEWER)
    return message(*next(filter(fits, tries), _laid_out(glance, week, FEWER[-1], more)))


def _laid_out(glance: Glance, week: Week, named: int, more: Sequence[Block]) -> list[Block]:
    people = "1 person" if week.people == 1 else f"{week.people:,} people"
    queue = [runs("Open the queue", "verify", style="primary")] if week.waiting else []
    return [
        header(TITLE),
        context(f"{span(week)}, {people}. {ONLY_SHARED}."),
        *(section(_said(each)) for each in chapters(week, glance.content, MESSAGE, named)),
        actions(*queue, runs("My team", "team"), runs("As text", f"digest text {week.last}"), *more),
    ]


def _said(chapter: Chapter) -> str:
    rest = [f"And {chapter.more:,} more."] if chapter.more else []
    below = [bullets(chapter.lines)] if chapter.lines else []
    return "\n".join([f"*{chapter.title}:* {chapter.fact}", *below, *rest])


def as_text(glance: Glance, week: Week) -> Message:
    """The same without mentions or marks, in a frame that is easily copied whole."""
    lines = [f"Team week, {span(week)}"]
    for each in chapters(week, glance.content, PLAIN):
        lines += ["", f"{each.title}: {each.fact}", *(f"- {line}" for line in each.lines)]
        lines += [f"- and {each.more:,} more"] if each.more else []
    # A backtick would end the frame.
    text = cut(escape("\n".join(lines).replace("`", "'")), LONGEST_TEXT)
    return message(section(f"```{text}```"), actions(runs("My team", "team")))
