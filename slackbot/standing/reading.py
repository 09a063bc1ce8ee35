"""Reads where somebody stands, or a whole team in a constant number of statements; only what the viewer may see."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Protocol, TypeVar

from sqlmodel import Session

from content import Criterion
from slackbot.criteria import target_of
from slackbot.home import Glance
from slackbot.rules.progress import Entry
from slackbot.standing.asked import Asked
from slackbot.standing.goals import goals_of
from slackbot.standing.shapes import Goal
from slackbot.standing.whole import Own, Standing
from storage import credentials, progress, reporting, skills, targets
from storage import standing as stored
from storage.models import Member


class _Whose(Protocol):
    @property
    def member_id(self) -> int: ...


T = TypeVar("T", bound=_Whose)


def standing_of(session: Session, glance: Glance, member: Member, *, private: bool) -> Standing:
    """Where a member stands, in the eyes of whose `glance` it is.

    `private` is for the owner: with their private wins, their profile, their five steps and what to do next.
    Whether anybody else may look at all, the caller has checked."""
    assert not private or member.id == glance.member_id, "what is private is shown to its owner"
    assert member.workspace_id == glance.workspace_id, "nobody looks into another workspace"
    assert member.id is not None, "a stored row has an id"
    whose = {"workspace_id": glance.workspace_id, "member_id": member.id}
    return Standing(
        member=member,
        figures=progress.counting(session, **whose, private=private),
        targets=targets.open_of(session, **whose),
        earned=stored.earned(session, **whose),
        own=_own(session, whose) if private else None,
        asked=_asked(session, glance, [member]),
        content=glance.content,
        today=glance.today,
    )


def own_goals(session: Session, glance: Glance) -> tuple[Goal, ...]:
    """One's own targets with their pace, by all of one's wins, in one statement, or two where there are any."""
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    open_targets = targets.open_of(session, **whose)
    if not open_targets:
        return ()
    metrics = {target.metric for target in open_targets}
    figures = progress.counting(session, **whose, private=True)
    entries = [Entry.of(each) for each in figures if each.metric in metrics]
    return goals_of(open_targets, entries, glance.content, glance.today)


def criteria_for(session: Session, glance: Glance) -> tuple[Criterion, ...]:
    """What the rung asks for that one works toward, in the version one took up; nothing without a rung."""
    rung = target_of(glance.member, glance.content)
    return _asked(session, glance, [glance.member]).of_rung(glance.member, rung) if rung else ()


def team_standings(session: Session, glance: Glance, manager: Member) -> tuple[Standing, ...]:
    """Where everybody stands who reports to a manager now, by name, as the manager may see it.

    It takes the same few statements for any number of people. Readiness takes time, so look at it only for those
    who are shown."""
    assert manager.workspace_id == glance.workspace_id, "nobody looks into another workspace"
    assert manager.id is not None, "a stored row has an id"
    led: dict[str, Any] = {"workspace_id": glance.workspace_id, "manager_id": manager.id}
    people = reporting.reports_of(session, **led)
    if not people:
        return ()
    asked = _asked(session, glance, people)
    figures = _by_member(progress.counting_of_team(session, **led))
    open_targets = _by_member(targets.open_of_team(session, **led))
    earned = _by_member(stored.earned_by_team(session, **led))
    return tuple(
        Standing(
            member=member,
            figures=figures[member.id or 0],
            targets=open_targets[member.id or 0],
            earned=earned[member.id or 0],
            own=None,
            asked=asked,
            content=glance.content,
            today=glance.today,
        )
        for member in people
    )


def _own(session: Session, whose: dict[str, int]) -> Own:
    begun = sum(each.state != "earned" for each in credentials.mine(session, **whose))
    return Own(skills.levels(session, **whose), begun)


def _asked(session: Session, glance: Glance, people: Collection[Member]) -> Asked:
    sets = stored.sets_at_work(session, people, workspace_id=glance.workspace_id)
    return Asked.of(sets, glance.content)


def _by_member(rows: Iterable[T]) -> defaultdict[int, list[T]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[row.member_id].append(row)
    return found
