"""The overview of a team: open asks first, then everybody in two lines each, page by page."""

from collections.abc import Callable, Sequence
from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.features.reporting import words
from slackbot.features.reporting.summary import gates_in_a_word, pace_in_a_word
from slackbot.features.reporting.summary import people as headcount
from slackbot.features.reporting.words import called, mention, on_day
from slackbot.home import Glance
from slackbot.standing import Standing, team_standings
from slackbot.standing.words import short_day
from slackbot.ui.blocks import Block, Message, actions, chooses, context, header, message, runs, section
from slackbot.ui.pages import parted
from storage import audit, members, reporting, teams
from storage.members import Person
from storage.models import Member, Reporting
from storage.teams import Report

ASKS_SHOWN: Final = 2
OPEN: Final = "Open somebody"
_USUAL: Final = section("Name, gates\npace, waiting, last win")
"""As high as somebody's lines usually are. Where people stand is worked out only for the page they are on."""


def overview(session: Session, deps: Deps, person: Person, page: int) -> Message:
    """Everybody who reports to whoever asks, and who would like to."""
    return seen_by(session, deps.meet(session, person), page)


def seen_by(session: Session, glance: Glance, page: int) -> Message:
    """The overview of whose `glance` it is."""
    whose = {"workspace_id": glance.workspace_id, "manager_id": glance.member_id}
    people = teams.team(session, **whose)
    top = [header("Your team"), *_asks(glance, reporting.asked_of(session, **whose))]
    if not people:
        ways = [runs("My manager", "manager"), *_for_admins(glance)]
        return message(*top, section(words.HOW_TO_LEAD), actions(*ways))
    # How many wins wait, and when the last one was, is theirs.
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="team.read",
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )
    led = reporting.leading(session, **whose)
    ways = [
        runs("Wins to confirm", "verify"),
        runs("Add somebody", "team add"),
        runs("Export", "team csv"),
        *([runs("Teams below", "team all")] if led else []),
        *_for_admins(glance),
    ]
    standings = {each.member.id: each for each in team_standings(session, glance, glance.member)}

    def row(each: Report) -> Block:
        number = each.reporting.member_id
        return section(_lines(glance, each, standings[number], led.get(number, 0)))

    return _laid_out(people, row, page, top, ways)


def _laid_out(
    people: Sequence[Report],
    row: Callable[[Report], Block],
    page: int,
    top: list[Block],
    ways: list[Block],
) -> Message:
    """One page. `leaf` would need everybody's lines to know which of them fit."""
    turns = [runs("More", "team more"), runs("Back", "team")]
    frame = [*top, actions(_menu(people[:1]))]
    sizes = [len(each) for each in parted([_USUAL] * len(people), [*frame, actions(*ways)])]
    if len(sizes) > 1:
        sizes = [len(each) for each in parted([_USUAL] * len(people), [*frame, actions(*turns, *ways)])]
    here = min(page, len(sizes))
    first = sum(sizes[: here - 1])
    shown = people[first : first + sizes[here - 1]]
    turning = [*turns[:1]] if here < len(sizes) else []
    if turning and here > 1:
        turning = [runs("More", f"team more {here + 1}")]
    if here > 1:
        turning.append(
            runs("Back", "team" if here == 2 else "team more" if here == 3 else f"team more {here - 1}")
        )
    return message(*top, *map(row, shown), actions(_menu(shown)), actions(*turning, *ways))


def _menu(people: Sequence[Report]) -> Block:
    return chooses(OPEN, ((called(each.member), f"team show {each.reporting.id}") for each in people))


def _lines(glance: Glance, report: Report, standing: Standing, leads: int) -> str:
    """ "@Ana: 4 of 6 gates" and "behind, 2 to confirm, last win Nov 3"; "@Ben: leads 8 people"."""
    who = f"*{mention(report.member)}*"
    if leads and standing.rung is None and not report.last_win:
        return f"{who}: leads {headcount(leads)}"
    last = f"last win {short_day(report.last_win, glance.today)}" if report.last_win else "no wins shared yet"
    waits = [f"{report.waiting:,} to confirm"] if report.waiting else []
    facts = ", ".join([pace_in_a_word(standing), *waits, last])
    return f"{who}: {gates_in_a_word(standing)}\n{facts}"


def _for_admins(glance: Glance) -> list[Block]:
    return [runs("Set for others", "team set")] if members.administers(glance.member) else []


def _asks(glance: Glance, asks: Sequence[tuple[Reporting, Member]]) -> list[Block]:
    blocks: list[Block] = []
    for row, who in asks[:ASKS_SHOWN]:
        since = on_day(row.asked_at, glance.zone)
        blocks += [section(f"*{mention(who)}* asked you on {since} to be their manager."), words.answers(row)]
    if len(asks) > ASKS_SHOWN:
        blocks.append(context(f"{len(asks) - ASKS_SHOWN} more asked; they come up when these are answered."))
    return blocks
