"""Reads what a digest tells: only what the manager may see, in a few statements for any number of people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from slackbot.home import Glance
from slackbot.rules.reminding import at_midnight
from slackbot.standing import Standing, team_standings
from storage import digests, teams, verification
from storage.digests import OfAWeek
from storage.teams import Report
from storage.verification import Waiting

WEEK: Final = timedelta(days=7)
QUIET: Final = timedelta(days=21)
"""From then on a digest says that somebody shared no win. A house default."""
WAITING_NAMED: Final = 5


@dataclass(frozen=True)
class Week:
    """What there is to tell of a team's seven days, from `first` to `last`."""

    first: date
    last: date
    today: date
    now: datetime
    people: int
    wins: Sequence[OfAWeek]
    waiting: Sequence[Waiting]
    """The first of those that wait for the manager, the longest waiting first."""
    waiting_in_all: int
    behind: Sequence[Standing]
    quiet: Sequence[Report]

    @property
    def shared(self) -> list[OfAWeek]:
        return [each for each in self.wins if each.shared]

    @property
    def confirmed(self) -> list[OfAWeek]:
        return [each for each in self.wins if each.confirmed]

    @property
    def is_empty(self) -> bool:
        return not (self.wins or self.waiting or self.behind or self.quiet)


def week_of(session: Session, glance: Glance, last: date) -> Week | None:
    """The seven days up to and with `last`; None for who leads nobody."""
    whose = {"workspace_id": glance.workspace_id, "manager_id": glance.member_id}
    people = teams.team(session, **whose)
    if not people:
        return None
    first = last - WEEK + timedelta(days=1)
    return Week(
        first=first,
        last=last,
        today=glance.today,
        now=glance.now,
        people=len(people),
        wins=digests.of_a_week(
            session,
            **whose,
            since=at_midnight(first, glance.zone),
            until=at_midnight(last + timedelta(days=1), glance.zone),
        ),
        waiting=verification.queue(session, **whose, limit=WAITING_NAMED),
        waiting_in_all=verification.count(session, **whose),
        behind=[each for each in team_standings(session, glance, glance.member) if each.behind],
        quiet=[each for each in people if _is_quiet(each, glance)],
    )


def _is_quiet(report: Report, glance: Glance) -> bool:
    """Nothing shared for three weeks, by somebody who has been there for as long."""
    since = report.reporting.since
    assert since is not None, "the database keeps since when somebody reports"
    three_weeks_ago = glance.today - QUIET
    there = since.astimezone(glance.zone).date() <= three_weeks_ago
    return there and (report.last_win is None or report.last_win <= three_weeks_ago)
