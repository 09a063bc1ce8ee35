"""What a rung asks for in this workspace, whoever looks; and the way to work toward it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from content import Content, Criterion, Need, Rung
from slackbot.criteria import criteria_of, set_here
from slackbot.features.criteria.words import DO_NOT_KNOW, GOAL, LEGEND, NO_PROMISE, STRONGER, by_whom, marked
from slackbot.home import Glance
from slackbot.ui.blocks import Block, Confirm, Message, bullets, chooses, context, header, runs, section
from slackbot.ui.entries import pick
from slackbot.ui.pages import leaf
from slackbot.ui.text import escape
from storage import criteria_sets
from storage.criteria_sets import Past


@dataclass(frozen=True)
class Page:
    """Which rung was asked for, what it asks for here, and what to say above it."""

    rung: Rung
    asked_for: Sequence[Criterion]
    written: Past | None
    """The version that an admin wrote; None where the house's defaults hold."""
    working_toward: Rung | None
    number: int
    opening: str


def named(words: str, content: Content) -> Rung | None:
    """The rung that words mean; None where they name none."""
    return pick(words, content.rungs)


def read_page(session: Session, glance: Glance, words: str, number: int) -> Page:
    """The rung somebody named, or one of whose criteria they named; without either, the manager's."""
    content = glance.content
    criterion = pick(words, content.criteria) if words.startswith("criterion/") else None
    rung = content.rung(criterion.rung) if criterion is not None else named(words, content)
    if criterion is not None:
        # It is shown where it stands, be that on the second page.
        number = 1 if criterion.need is Need.GATE else 2
    chosen = rung or content.rung(GOAL)
    own = set_here(session, glance, chosen.id)
    past = criteria_sets.history(session, workspace_id=glance.workspace_id, rung=chosen.id) if own else []
    toward = next((each for each in content.rungs if each.id == glance.member.target_rung), None)
    return Page(
        rung=chosen,
        asked_for=criteria_of(own) if own else content.criteria_for(chosen.id),
        written=past[-1] if past else None,
        working_toward=toward,
        number=number if rung is not None else 1,
        opening=DO_NOT_KNOW if words and rung is None else "",
    )


def page_message(page: Page, content: Content) -> Message:
    """What is needed, and then what makes the case stronger."""
    parts = (("Needed", Need.GATE), (STRONGER, Need.SUPPORTING))
    chapters = [
        [section(f"*{title}*\n{_lines([each for each in page.asked_for if each.need is need])}")]
        for title, need in parts
        if any(each.need is need for each in page.asked_for)
    ]
    return leaf(
        f"criteria {page.rung.id}",
        page.number,
        *(chapters or [[section("No criteria are set for this rung.")]]),
        top=[header(page.rung.name), section(_opening(page))],
        foot=[context(f"{LEGEND}\n{NO_PROMISE}")],
        ways=_ways(page, content),
        more=STRONGER,
    )


def _opening(page: Page) -> str:
    if page.opening or page.written is None:
        return page.opening or "What a promotion to this role asks for."
    return f"What a promotion to this role asks for here: {by_whom(page.written)}."


def _lines(asked_for: Sequence[Criterion]) -> str:
    return bullets(f"{escape(each.sentence)} _({marked(each)})_" for each in asked_for)


def _ways(page: Page, content: Content) -> list[Block]:
    others = [(other.name, f"criteria {other.id}") for other in content.rungs if other is not page.rung]
    if page.written is not None:
        others.append(("Earlier versions of this role's", f"criteria history {page.rung.id}"))
    menu = chooses("Another role", others)
    return [menu] if page.working_toward is page.rung else [menu, _take(page)]


TAKE: Final = "Work toward this role"


def _take(page: Page) -> Block:
    words, before = f"criteria take {page.rung.id}", page.working_toward
    if before is None:
        return runs(TAKE, words)
    question = Confirm(
        "Another role?",
        f"You work toward {before.name} now. If you come back to it later, you begin with its newest criteria.",
        "Change it",
    )
    return runs(TAKE, words, confirm=question)
