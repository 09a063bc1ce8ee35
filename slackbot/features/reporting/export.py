"""`/prm team csv`: what a team won in a stretch of time, as two files by direct message, or else in pages of text."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from slackbot import exports
from slackbot.allowances import FILES
from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.exports import Cell, File
from slackbot.feature import Asked
from slackbot.features.reporting.summary import gates_in_a_word, pace_in_a_word, people, wins
from slackbot.features.reporting.words import HOW_TO_LEAD, TEAM, called, mention
from slackbot.home import Glance
from slackbot.rules.since import UnreadableWordsError
from slackbot.rules.spans import Span, read_span
from slackbot.standing import Standing, team_standings
from slackbot.ui.blocks import Block, Message, actions, context, message, runs, section
from slackbot.ui.pages import leaf, page_of
from slackbot.ui.text import day
from slackbot.win_words import SOURCES, line, metric_name, sentence_of
from storage import audit, team_wins
from storage.members import Person
from storage.models import Win

WORDS: Final = frozenset({"csv", "export", "file"})
MOST_AS_TEXT: Final = 60
STATUSES: Final = {"verified": "Confirmed", "shared": "Not confirmed yet", "needs_info": "Question open"}
WINS_HEADER: Final[Sequence[Cell]] = (
    "Person", "Outcome", "Measure", "Title", "Before", "After", "In words", "Day", "Period", "From", "To", "Practice",
    "Sample", "Source", "Status", "Confirmed on",
)  # fmt: skip
SUMMARY_HEADER: Final[Sequence[Cell]] = (
    "Person", "Works toward", "Gates met", "Gates", "Supporting met", "Supporting", "Pace", "Wins confirmed",
    "Wins not confirmed yet", "Last win",
)  # fmt: skip
_SOURCE_NAMES: Final = {option.value: option.label for option in SOURCES}


@dataclass(frozen=True)
class Exported:
    """What may leave: no win whose wording is marked, and none that its owner keeps."""

    glance: Glance
    span: Span
    people: Sequence[Standing]
    wins: Sequence[Win]
    left_out: int

    @property
    def dates(self) -> str:
        return f"{day(self.span.first)} to {day(self.span.last)}"

    def counted(self, standing: Standing) -> Counter[str]:
        """How many of somebody's wins there are of each status."""
        return Counter(win.status for win in self.wins if win.member_id == standing.member.id)


async def export(deps: Deps, asked: Asked, words: str) -> Message:
    """The files where the workspace lets the app send some; they come after the answer."""
    span, page = page_of(words)
    if page == 1:
        deps.allowances.take(asked.person, FILES, deps.now())
    found = await deps.transact(_read, deps, asked.person, span)
    if not await exports.granted(deps, asked.person.workspace_id):
        return _as_text(found, page)
    deps.background.start(_send(deps, asked.person, found), "team export")
    return message(
        section(
            f"*Your files are on their way:* the wins of your team, and a line for each person, {found.dates}. They come "
            "as a message from me."
        ),
        actions(runs("Last quarter", "team csv last quarter"), TEAM),
    )


def _read(session: Session, deps: Deps, person: Person, words: str) -> Exported:
    glance = deps.meet(session, person)
    try:
        span = read_span(words, glance.today)
    except UnreadableWordsError as error:
        raise UserError(str(error)) from error
    team = team_standings(session, glance, glance.member)
    if not team:
        raise UserError(HOW_TO_LEAD)
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="team.exported",
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )
    found = team_wins.during(
        session,
        workspace_id=glance.workspace_id,
        manager_id=glance.member_id,
        first=span.first,
        last=span.last,
    )
    kept = [win for win in found if not win.wording_marked]
    return Exported(glance, span, team, kept, len(found) - len(kept))


async def _send(deps: Deps, person: Person, found: Exported) -> None:
    # Of a large team it takes a tenth of a second, in which others would wait.
    files = await asyncio.to_thread(_files, found)
    await exports.send(deps, person, files, f"*Your team, {found.dates}*\n{_whats_in_it(found)}")


def _files(found: Exported) -> list[File]:
    dates = f"{found.span.first.isoformat()}-to-{found.span.last.isoformat()}"
    return [
        File(f"team-wins-{dates}.csv", exports.table(_win_rows(found))),
        File(f"team-summary-{dates}.csv", exports.table(_summary_rows(found))),
    ]


def _whats_in_it(found: Exported) -> str:
    kept = wins(len(found.wins))
    said = f"{kept[:1].upper()}{kept[1:]} of {people(len(found.people))}, shared with you or confirmed; without notes."
    if found.left_out:
        verb = "is" if found.left_out == 1 else "are"
        said += f" {wins(found.left_out)} {verb} left out until the wording changes."
    return said


def _win_rows(found: Exported) -> Iterator[Sequence[Cell]]:
    yield WINS_HEADER
    content = found.glance.content
    names = {each.member.id: called(each.member) for each in found.people}
    outcomes = {each.id: each.label for each in content.outcomes}
    for win in found.wins:
        yield (
            names[win.member_id],
            outcomes.get(win.outcome, win.outcome),
            metric_name(content, win),
            win.title,
            win.baseline,
            win.result,
            sentence_of(content, win),
            win.happened_on,
            win.period,
            win.period_start,
            win.period_end,
            win.practice,
            win.sample,
            _SOURCE_NAMES.get(win.source or "", win.source),
            STATUSES[win.status],
            win.decided_at.astimezone(found.glance.zone).date() if win.decided_at else None,
        )


def _summary_rows(found: Exported) -> Iterator[Sequence[Cell]]:
    yield SUMMARY_HEADER
    for each in found.people:
        judged, counted = each.readiness, found.counted(each)
        yield (
            called(each.member),
            each.rung.heading if each.rung else None,
            *((judged.gates_met, judged.gates) if judged else (None, None)),
            *((judged.supporting_met, judged.supporting) if judged else (None, None)),
            pace_in_a_word(each),
            counted["verified"],
            counted.total() - counted["verified"],
            each.last_win,
        )


def _as_text(found: Exported, page: int) -> Message:
    """The same on pages: everybody first, then the wins."""
    newest = sorted(found.wins, key=lambda win: win.happened_on, reverse=True)[:MOST_AS_TEXT]
    whose = {each.member.id: mention(each.member) for each in found.people}
    listed = [_win(found, win, whose[win.member_id]) for win in newest]
    if len(found.wins) > MOST_AS_TEXT:
        listed.append(
            context(f"The newest {MOST_AS_TEXT} of {len(found.wins):,}; a shorter time shows the rest.")
        )
    return leaf(
        f"team csv {found.span.words}",
        page,
        [_person(found, each) for each in found.people],
        listed,
        top=[section(f"*Your team, {found.dates}*\n{_whats_in_it(found)}"), context(exports.HOW_TO_ALLOW)],
        ways=[runs("Last quarter", "team csv last quarter"), TEAM],
        more="The wins",
    )


def _person(found: Exported, each: Standing) -> Block:
    counted = found.counted(each)
    open_ones = counted.total() - counted["verified"]
    figures = f"{wins(counted['verified'])} confirmed, {open_ones or 'none'} not yet"
    return section(f"*{mention(each.member)}*: {gates_in_a_word(each)}, {pace_in_a_word(each)}\n{figures}")


def _win(found: Exported, win: Win, whose: str) -> Block:
    return section(f"{whose}: {line(found.glance.content, win)}\n_{STATUSES[win.status]}_")
