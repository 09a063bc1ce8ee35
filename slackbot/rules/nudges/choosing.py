"""Chooses what a week's message is about, or finds that there is nothing to say, and why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from content import Content, Nudge, NudgeState
from slackbot.rules.nudges.areas import KEEPS_PACE as ON_THE_LINE
from slackbot.rules.nudges.areas import WANTING, Area, has_targets
from slackbot.rules.nudges.memory import Said, fresh_text, rests, weeks_between
from slackbot.rules.nudges.weighing import Weighed, named_before, weighed

MONTH: Final = 4
"""Weeks between two messages that bring only good news; besides, never two in a calendar month."""
INVITING: Final = 3
"""Weeks between two messages while every target keeps pace and only what has none could be spoken of."""
UNANSWERED: Final = 12
"""After so many messages without an answer or a win, one comes every other week. A house default."""
EVERY_OTHER: Final = 2
"""Weeks between two messages from then on."""
JUST_WON: Final = timedelta(days=21)
"""A win that was logged since the last message speaks for so long."""

WON: Final = "a win was logged since the last message, and nothing is behind"
KEEPS_PACE: Final = "everything keeps pace, and the last message is not a month ago"
TARGETS_KEEP_PACE: Final = "the targets keep pace; what has none is spoken of every third week"
UNHEARD: Final = "twelve messages without an answer or a win: now every other week"
ALL_REST: Final = "what could be said was said lately, and rests"


class Kind(StrEnum):
    FIRST = "first"  # somebody's first weeks
    WEEKLY = "weekly"
    GOOD_NEWS = "good_news"  # nothing is asked for, and that is worth a word now and then


@dataclass(frozen=True)
class Week:
    """The week that is spoken for: its Monday, the member's own day, when they last logged a win, and whether the
    person is new here."""

    monday: date
    today: date
    last_logged: datetime | None
    new: bool = False


@dataclass(frozen=True)
class Choice:
    """What to send: an outcome and a text for its state. `all` are the outcomes by their points, as they were weighed."""

    kind: Kind
    chosen: Weighed
    nudge: Nudge
    all: tuple[Weighed, ...]
    targets: bool


@dataclass(frozen=True)
class Silence:
    """Nothing to send, with the reason that goes into the ledger."""

    reason: str


def weighed_areas(areas: Sequence[Area], said: Sequence[Said], week: Week) -> tuple[Weighed, ...]:
    """All outcomes, those that want something first, by their points; equal ones in the content's order."""
    targets = has_targets(areas)
    named = named_before(said, week.monday)
    every = [weighed(area, named[area.outcome.id], week.today, targets=targets) for area in areas]
    return tuple(sorted(every, key=lambda each: (each.state not in WANTING, -each.points)))


def choose(content: Content, areas: Sequence[Area], said: Sequence[Said], week: Week) -> Choice | Silence:
    """What this week's message is about. `said`: earlier messages, newest first.

    Never the same outcome three weeks running, and no text twice in eight weeks: where that leaves nothing, silence."""
    every = weighed_areas(areas, said, week)
    return _Table(content, every, said, week, has_targets(areas)).choose()


@dataclass(frozen=True)
class _Table:
    """All that lies before whoever chooses."""

    content: Content
    every: tuple[Weighed, ...]
    said: Sequence[Said]
    week: Week
    targets: bool

    def choose(self) -> Choice | Silence:
        wanting = [each for each in self.every if each.state in WANTING]
        if not self.said and self.week.new:
            return self._first_of(wanting or self.every, Kind.FIRST, ALL_REST)
        behind = any(each.state is NudgeState.BEHIND for each in wanting)
        if not behind and self._has_just_won:
            return self._good_news(WON)
        if not wanting:
            return self._good_news(KEEPS_PACE)
        reason = self._holding_back(wanting)
        return Silence(reason) if reason else self._first_of(wanting, Kind.WEEKLY, ALL_REST)

    @property
    def _has_just_won(self) -> bool:
        logged = self.week.last_logged
        if logged is None or (self.said and logged <= self.said[0].at):
            return False
        return self.week.today - logged.date() <= JUST_WON

    def _holding_back(self, wanting: Sequence[Weighed]) -> str | None:
        """Why not every week: nobody answers, or all that somebody set out to do is well on its way."""
        ago = weeks_between(self.said[0].week, self.week.monday) if self.said else INVITING
        if ago < EVERY_OTHER and self._goes_unanswered:
            return UNHEARD
        on_the_way = self.targets and not any(each.area.goal for each in wanting)
        return TARGETS_KEEP_PACE if on_the_way and ago < INVITING else None

    @property
    def _goes_unanswered(self) -> bool:
        newest = self.said[:UNANSWERED]
        if len(newest) < UNANSWERED or any(each.answer for each in newest):
            return False
        return self.week.last_logged is None or self.week.last_logged <= newest[-1].at

    def _good_news(self, otherwise: str) -> Choice | Silence:
        """Once a month: what is reached, then what keeps pace; who has no target is helped to set one."""
        if self.said and not self._is_another_month:
            return Silence(otherwise)
        ready = [each for each in self.every if each.state is NudgeState.DONE]
        ready += [each for each in self.every if _is_news(each, self.targets)]
        return self._first_of(ready, Kind.GOOD_NEWS, otherwise)

    @property
    def _is_another_month(self) -> bool:
        last, this = self.said[0].week, self.week.monday
        return weeks_between(last, this) >= MONTH and (last.year, last.month) != (this.year, this.month)

    def _first_of(self, ready: Sequence[Weighed], kind: Kind, otherwise: str) -> Choice | Silence:
        """The first that need not rest and has a text that need not either."""
        for each in ready:
            outcome, monday = each.area.outcome.id, self.week.monday
            text = fresh_text(self.content.nudges_for(outcome, each.state), self.said, monday)
            if text is not None and not rests(outcome, self.said, monday):
                return Choice(kind, each, text, self.every, self.targets)
        return Silence(otherwise)


def _is_news(found: Weighed, targets: bool) -> bool:
    """Whether it keeps pace for certain; of somebody without any target, whether there are wins to set one on."""
    if not targets:
        return found.state is NudgeState.NO_TARGET
    goal = found.area.goal
    return found.state is NudgeState.ON_PACE and goal is not None and goal.pace.state in ON_THE_LINE
