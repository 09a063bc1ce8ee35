"""One person of a team: how near the next role is, the outcomes, the targets, and the newest wins they shared."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.features.reporting.forms import mentioned, number_in
from slackbot.features.reporting.words import NOT_ON_YOUR_TEAM, TEAM, mention, on_day
from slackbot.home import Glance
from slackbot.rules.pace import bar
from slackbot.standing import Goal, Standing, standing_of
from slackbot.standing.words import gates, outcomes, pace, told_of_another
from slackbot.ui.blocks import Block, Message, context, overflow, runs, section
from slackbot.ui.pages import leaf, page_of
from slackbot.ui.text import escape
from slackbot.win_words import line
from storage import audit, team_wins, teams
from storage.members import Person
from storage.models import Win
from storage.teams import Report

WINS_SHOWN: Final = 5
MOST_OUTCOMES: Final = 10
NO_ROLE: Final = "They have not chosen a role to work toward yet."
NO_WINS: Final = "No wins are shared with you yet."
MARKED: Final = "left out of exports until its wording changes"
STATUSES: Final = {
    "shared": "Not confirmed yet",
    "needs_info": "A question about it is open",
    "verified": "Confirmed",
}


def show(session: Session, deps: Deps, person: Person, words: str) -> Message:
    """One of the people of whoever asks, by number or mention; anybody else's are not found."""
    glance = deps.meet(session, person)
    who, page = page_of(words)
    whose = {"workspace_id": glance.workspace_id, "manager_id": glance.member_id}
    report = _meant(teams.team(session, **whose), who)
    if report is None or report.member.id is None:
        raise UserError(NOT_ON_YOUR_TEAM)
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="member.read",
        subject=f"member:{report.member.id}",
        now=glance.now,
    )
    standing = standing_of(session, glance, report.member, private=False)
    newest = team_wins.newest(session, **whose, member_id=report.member.id, limit=WINS_SHOWN)
    return _laid_out(glance, report, standing, newest, page)


def _meant(team: Sequence[Report], who: str) -> Report | None:
    named = mentioned(who)
    number = number_in(who)
    return next(
        (each for each in team if each.reporting.id == number or each.member.user_id in named[:1]), None
    )


def _laid_out(
    glance: Glance, report: Report, standing: Standing, newest: Sequence[Win], page: int
) -> Message:
    who = mention(report.member)
    number = report.reporting.id
    since = on_day(report.reporting.since, glance.zone)
    ways = [
        runs("Set a target", f"target for {who}", style="primary"),
        TEAM,
    ]
    rest = overflow(
        f"team {number}", [("Hand over…", f"team hand {number}"), ("Remove", f"team remove {number}")]
    )
    return leaf(
        f"team show {number}",
        page,
        [section(_readiness(standing)), section(outcomes(standing.outcomes[:MOST_OUTCOMES], glance.today))],
        [*(_goal(each) for each in standing.goals), *_wins(glance, newest)],
        top=[section(f"*{who}* reports to you since {since}.", accessory=rest)],
        ways=ways,
        more="Targets and wins" if standing.goals else "Wins",
    )


def _readiness(standing: Standing) -> str:
    if standing.rung is None or standing.readiness is None:
        return NO_ROLE
    toward = f"Toward *{escape(standing.rung.heading)}*"
    return f"{toward}\n{gates(standing.readiness)}\n{escape(standing.readiness.missing)}".rstrip()


def _goal(goal: Goal) -> Block:
    said = escape(told_of_another(goal.pace.sentence))
    return section(
        f"*{escape(goal.metric.label)}*: {pace(goal)}\n{bar(goal.pace.share)} {said}",
        accessory=runs("Open", f"target show {goal.target.id}"),
    )


def _wins(glance: Glance, newest: Sequence[Win]) -> list[Block]:
    if not newest:
        return [context(NO_WINS)]
    return [
        section(
            f"{line(glance.content, win)}\n_{_status(win)}_",
            accessory=runs("Details", f"verify show {win.id}"),
        )
        for win in newest
    ]


def _status(win: Win) -> str:
    return f"{STATUSES[win.status]}, {MARKED}" if win.wording_marked else STATUSES[win.status]
