"""`/prm team all`: totals of the teams that the people of a manager lead. Nobody's name, notes or single wins."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.features.reporting.summary import people, wins
from slackbot.features.reporting.words import TEAM, mention
from slackbot.home import Glance
from slackbot.rules.since import UnreadableWordsError
from slackbot.rules.spans import Span, read_span
from slackbot.standing import Standing, team_standings
from slackbot.ui.blocks import Block, Message, context, section
from slackbot.ui.pages import leaf, page_of
from slackbot.ui.text import day
from storage import audit, reporting
from storage.members import Person
from storage.models import Member

FEWEST: Final = 3
"""Of fewer people an average would tell how each of them stands. A house default."""
NOBODY: Final = "Nobody on your team leads a team of their own, so there is nothing below yours."
ONLY_TOTALS: Final = f"Totals only. How many gates are met stands here for teams of {FEWEST} and more: of fewer it would tell of single people."


@dataclass(frozen=True)
class Totals:
    """What a team comes to. `gates` is a whole percentage; None where it would tell of single people."""

    people: int
    gates: int | None
    confirmed: int
    waiting: int


def totals(session: Session, deps: Deps, person: Person, words: str) -> Message:
    """One line for each of one's people who leads others, with everybody below them, and all together."""
    glance = deps.meet(session, person)
    asked, page = page_of(words)
    try:
        span = read_span(asked, glance.today)
    except UnreadableWordsError as error:
        raise UserError(str(error)) from error
    found = {leader: _below(session, glance, ids) for leader, ids in branches(session, glance).items()}
    if not found:
        raise UserError(NOBODY)
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="teams.totaled",
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )
    rows = [_row(session, leader, _of([team], span)) for leader, team in found.items()]
    title = f"*Teams below yours, {day(span.first)} to {day(span.last)}*"
    # Of a single team the sum would say the same twice.
    top = section(title if len(found) == 1 else f"{title}\n{_figures(_of(list(found.values()), span))}")
    return leaf(f"team all {span.words}", page, rows, top=[top], foot=[context(ONLY_TOTALS)], ways=[TEAM])


def branches(session: Session, glance: Glance) -> dict[int, list[int]]:
    """Each of one's people who leads others, with all who lead somebody at or below them."""
    led: defaultdict[int, list[int]] = defaultdict(list)
    for member, manager in reporting.chain(session, workspace_id=glance.workspace_id).items():
        led[manager].append(member)
    return {each: _leaders(each, led) for each in led.get(glance.member_id, ()) if each in led}


def _leaders(top: int, led: Mapping[int, Sequence[int]]) -> list[int]:
    found = [top]
    for leader in found:  # grows while it is walked
        found += [each for each in led[leader] if each in led]
    return found


def _below(session: Session, glance: Glance, leaders: Sequence[int]) -> list[Standing]:
    found = (session.get(Member, each) for each in leaders)
    return [each for leader in found if leader for each in team_standings(session, glance, leader)]


def _of(teams: Sequence[Sequence[Standing]], span: Span) -> Totals:
    everybody = [each for team in teams for each in team]
    # A small team left out of its own line is left out of the sum too: the difference would tell of it.
    judged = [each for team in teams for each in _judged(team)]
    return Totals(
        people=len(everybody),
        gates=_average(judged),
        confirmed=sum(
            figure.status == "verified" and span.first <= figure.happened_on <= span.last
            for each in everybody
            for figure in each.figures
        ),
        waiting=sum(each.waiting for each in everybody),
    )


def _judged(team: Sequence[Standing]) -> list[Standing]:
    """Those whose role asks for gates, if they are enough."""
    found = [each for each in team if each.readiness is not None and each.readiness.gates]
    return found if len(found) >= FEWEST else []


def _average(judged: Iterable[Standing]) -> int | None:
    shares = [each.readiness.gates_met / each.readiness.gates for each in judged if each.readiness]
    return round(100 * sum(shares) / len(shares)) if shares else None


def _row(session: Session, leader: int, of: Totals) -> Block:
    member = session.get(Member, leader)
    assert member is not None, "the row of who reports to whom points at them"
    return section(f"*The team of {mention(member)}*\n{_figures(of)}")


def _figures(of: Totals) -> str:
    """ "6 people, 61% of gates met on average" and "14 wins confirmed, 3 wait"."""
    gates = "" if of.gates is None else f", {of.gates}% of gates met on average"
    confirmed = f"{wins(of.confirmed)} confirmed".capitalize()
    return f"{people(of.people)}{gates}\n{confirmed}, {of.waiting or 'none'} waiting"
