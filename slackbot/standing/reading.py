"""Reads where somebody stands, or a whole team in a constant number of statements; only what the viewer may see."""

from collections.abc import Collection, Sequence
from typing import Any

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
from storage.several import Whose, by_member


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


def own_goals(session: Session, glances: Sequence[Glance]) -> dict[int, tuple[Goal, ...]]:
    """The targets of each of these people with their pace, by all of their own wins, in two statements, by member.

    Who has none is not in it."""
    open_targets = by_member(targets.open_of_several(session, _whose(glances)))
    if not open_targets:
        return {}
    aimed = [glance for glance in glances if glance.member_id in open_targets]
    metrics = {target.metric for own in open_targets.values() for target in own}
    figures = by_member(progress.counting_of_several(session, _whose(aimed), metrics))
    return {
        glance.member_id: goals_of(
            open_targets[glance.member_id],
            [Entry.of(each) for each in figures[glance.member_id]],
            glance.content,
            glance.today,
        )
        for glance in aimed
    }


def own_criteria(session: Session, glances: Sequence[Glance]) -> dict[int, tuple[Criterion, ...]]:
    """What the rung asks for that each of these people works toward, in the version they took up, in one statement,
    by member. Who works toward none is not in it."""
    bound = [(glance, target_of(glance.member, glance.content)) for glance in glances]
    climbing = [(glance, rung) for glance, rung in bound if rung is not None]
    if not climbing:
        return {}
    sets = stored.sets_at_work(session, [glance.member for glance, _ in climbing])
    asked: dict[int, Asked] = {}
    for glance, _ in climbing:
        here = glance.workspace_id
        if here not in asked:
            asked[here] = Asked.of([each for each in sets if each.workspace_id == here], glance.content)
    return {
        glance.member_id: asked[glance.workspace_id].of_rung(glance.member, rung) for glance, rung in climbing
    }


def _whose(glances: Sequence[Glance]) -> list[Whose]:
    return [Whose(glance.workspace_id, glance.member_id) for glance in glances]


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
    figures = by_member(progress.counting_of_team(session, **led))
    open_targets = by_member(targets.open_of_team(session, **led))
    earned = by_member(stored.earned_by_team(session, **led))
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
    return Asked.of(stored.sets_at_work(session, people), glance.content)
