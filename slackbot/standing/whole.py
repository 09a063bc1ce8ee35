"""Where one member stands. It was read at once; each part of it is worked out when it is first looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from content import Content, Criterion, Rung
from slackbot.criteria import target_of
from slackbot.rules import roadmap
from slackbot.rules.progress import Entry, Readiness, readiness
from slackbot.rules.roadmap import Record
from slackbot.standing.asked import Asked
from slackbot.standing.discretion import for_others
from slackbot.standing.goals import goals_of, outcome_rows
from slackbot.standing.next_action import next_action
from slackbot.standing.records import on_the_road, record_of
from slackbot.standing.shapes import LATE, Goal, NextAction, OutcomeRow
from storage.models import CriteriaSet, Member, Target
from storage.progress import Figures
from storage.standing import Earned


@dataclass(frozen=True)
class Own:
    """What only the owner of a standing is shown: how they rate their skills, and how many credentials are begun."""

    skills: Mapping[str, str]
    begun: int


@dataclass(frozen=True, eq=False)
class Standing:
    """Where a member stands, as far as the viewer may know it: see `standing_of`.

    `figures` are those of the wins that the viewer may see; `own` is None for all viewers but the member."""

    member: Member
    figures: Sequence[Figures]
    targets: Sequence[Target]
    earned: Sequence[Earned]
    own: Own | None
    asked: Asked
    content: Content
    today: date

    @cached_property
    def rung(self) -> Rung | None:
        """What they work toward."""
        rung = target_of(self.member, self.content)
        return self.content.rung(rung) if rung else None

    @cached_property
    def criteria_set(self) -> CriteriaSet | None:
        """What they took up; None where they never did, and are judged by what is asked for now."""
        return self.asked.own(self.member, self.rung.id) if self.rung else None

    @cached_property
    def newer(self) -> CriteriaSet | None:
        """A version that came after the one they took up."""
        return self.asked.newer(self.criteria_set)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        return self.asked.of_rung(self.member, self.rung.id) if self.rung else ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(Entry.of(each) for each in self.figures)

    @cached_property
    def readiness(self) -> Readiness | None:
        """The checklist of the rung they work toward. Others do not get to read what rests on the profile."""
        if self.rung is None:
            return None
        found = readiness(self.criteria, self.entries, self._told, self.content, self.today)
        return found if self.own else for_others(found, self.content)

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """Every open target with its pace, agreed ones first."""
        metrics = {target.metric for target in self.targets}
        entries = [Entry.of(each) for each in self.figures if each.metric in metrics]
        return goals_of(self.targets, entries, self.content, self.today)

    @cached_property
    def outcomes(self) -> tuple[OutcomeRow, ...]:
        """Every outcome, in the content's order."""
        return outcome_rows(self.goals, self.readiness, self.entries, self.content)

    @property
    def agreed(self) -> tuple[Target, ...]:
        return tuple(each for each in self.targets if each.state == "agreed")

    @property
    def proposed(self) -> tuple[Target, ...]:
        return tuple(each for each in self.targets if each.state == "proposed")

    @property
    def behind(self) -> tuple[Goal, ...]:
        """The agreed ones that are behind, or over their time."""
        return tuple(each for each in self.goals if each.agreed and each.pace.state in LATE)

    @cached_property
    def last_win(self) -> date | None:
        return max((each.happened_on for each in self.figures), default=None)

    @property
    def waiting(self) -> int:
        """Wins that are shared and wait for somebody's word."""
        return sum(each.status == "shared" for each in self.figures)

    @property
    def questions(self) -> int:
        """Wins that somebody asked about."""
        return sum(each.status == "needs_info" for each in self.figures)

    @cached_property
    def record(self) -> Record:
        """What they told of themselves; for others, no more than what they work toward."""
        if self.own is None:
            return Record(target_rung=self._told.target_rung)
        skills, begun = self.own.skills, self.own.begun
        return on_the_road(self._told, skills, begun, self.entries, self.readiness, self.content, self.today)

    @cached_property
    def steps(self) -> tuple[roadmap.Standing, ...]:
        """The five steps, for their owner."""
        return tuple(roadmap.standings(self.record, self.content)) if self.own else ()

    @cached_property
    def next_action(self) -> NextAction | None:
        """The one thing to do next, for their owner."""
        if self.own is None:
            return None
        offered = [each for each in self.proposed if each.proposed_by != self.member.id]
        return next_action(self.record, self.steps, self.readiness, self.goals, offered, self.questions)

    @cached_property
    def _told(self) -> Record:
        return record_of(self.member, self.earned, self.entries, self.content, self.today)
