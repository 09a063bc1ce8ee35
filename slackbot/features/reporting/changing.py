"""Changes of who reports to whom: each is one transaction that says who is to be told of it.

All wait for their turn first, so that what they look at is still so when they write. Reasons why not are plain text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.features.reporting import words
from slackbot.features.reporting.loops import id_of, refuse_loop, refuse_self
from slackbot.features.reporting.words import called
from slackbot.home import Glance
from slackbot.profiles import Colleague, meet_colleague
from slackbot.ui.blocks import Message
from storage import audit, members, reporting, targets, teams, verification
from storage.members import Person
from storage.models import Member, Reporting
from storage.teams import Report

NO_LONGER_ASKED: Final = (
    "That is no longer asked of you: it was answered, withdrawn, or somebody else was asked."
)
NO_LONGER_YOURS: Final = "That person no longer reports to you, so nothing was changed."


@dataclass(frozen=True)
class News:
    """Whom a change concerns: who gets which message, and whose queues may hold something else now."""

    said: str
    """To the one who did it, in mrkdwn."""
    told: Sequence[tuple[Member, Message]] = ()
    queues: Sequence[Member] = ()


def begin(session: Session, deps: Deps, person: Person) -> Glance:
    """Who does it, once it is their turn."""
    # Before anything else is written: whoever waited while holding another row could wait for ever.
    reporting.take_turn(session, workspace_id=person.workspace_id)
    return deps.meet(session, person)


def ask(session: Session, deps: Deps, person: Person, chosen: Colleague) -> News:
    """A liaison asks somebody to be their manager. Asking the same one again says so, and rings no second bell."""
    glance = begin(session, deps, person)
    manager = meet_colleague(session, deps, glance.workspace_id, chosen)
    refuse_self(glance.member, manager, "You cannot report to yourself. Choose somebody else.")
    whose = {"workspace_id": glance.workspace_id, "member_id": glance.member_id}
    current, asked = teams.above(session, **whose), reporting.asked_by(session, **whose)
    if current is not None and current[1] is manager:
        raise UserError(f"{called(manager)} is your manager already.")
    refuse_loop(session, glance.member, manager)
    said = f"I have asked {words.mention(manager)}. You hear from me when they answer."
    if asked is not None and asked[1] is manager:
        return News(said)
    row = reporting.ask(session, **whose, manager_id=id_of(manager), now=glance.now)
    _record(session, glance, "asked", row)
    return News(said, told=[(manager, words.asks_you(glance.member, row))])


def withdraw(session: Session, deps: Deps, person: Person) -> News:
    """A liaison takes their open ask back."""
    glance = begin(session, deps, person)
    asked = reporting.asked_by(session, workspace_id=glance.workspace_id, member_id=glance.member_id)
    if asked is None:
        raise UserError("There is no open ask of yours: it was answered, or withdrawn before.")
    row, manager = asked
    reporting.refuse(
        session,
        workspace_id=glance.workspace_id,
        reporting_id=id_of(row),
        manager_id=row.manager_id,
        now=glance.now,
    )
    _record(session, glance, "ended", row)
    return News(f"Withdrawn. {words.mention(manager)} can no longer accept it.")


def accept(session: Session, deps: Deps, person: Person, number: int) -> News:
    """The one who was asked says yes."""
    glance = begin(session, deps, person)
    member = _who_asked(session, glance, number)
    refuse_loop(session, member, glance.member)
    former = _manager_of(session, member)
    row = reporting.accept(session, **_mine(glance), reporting_id=number, now=glance.now)
    assert row is not None, "it was open a moment ago, and it is our turn"
    _record(session, glance, "accepted", row)
    delegates = _taken_back(session, glance, member)
    told = [(member, words.accepted(glance.member)), *_farewell(former, member, glance.member)]
    told += _proposals(session, glance, member, glance.member)
    return News(
        f"*{words.mention(member)} reports to you now.*",
        told=told,
        queues=_all(former, glance.member, *delegates),
    )


def refuse(session: Session, deps: Deps, person: Person, number: int) -> News:
    """The one who was asked says no."""
    glance = begin(session, deps, person)
    member = _who_asked(session, glance, number)
    row = reporting.refuse(session, **_mine(glance), reporting_id=number, now=glance.now)
    assert row is not None, "it was open a moment ago, and it is our turn"
    _record(session, glance, "refused", row)
    said = f"I have told {words.mention(member)} that you are not their manager."
    return News(said, told=[(member, words.refused(glance.member))])


def add(session: Session, deps: Deps, person: Person, chosen: Colleague) -> News:
    """A manager adds somebody who has no manager, and who is asking nobody else to be it.

    Only who leads somebody already, or an admin: anybody else could read a colleague's shared wins that way."""
    glance = begin(session, deps, person)
    leads = reporting.is_manager(session, workspace_id=glance.workspace_id, member_id=glance.member_id)
    if not (leads or members.administers(glance.member)):
        raise UserError(words.NOT_LEADING)
    member = meet_colleague(session, deps, glance.workspace_id, chosen)
    refuse_self(glance.member, member, "You cannot report to yourself. Choose somebody else.")
    whose = {"workspace_id": glance.workspace_id, "member_id": id_of(member)}
    current, asked = _manager_of(session, member), reporting.asked_by(session, **whose)
    said = f"*{words.mention(member)} reports to you now.* I have told them."
    if current is glance.member:
        return News(said)
    if current is not None:
        raise UserError(
            f"{called(member)} reports to {called(current)}. {called(current)} can hand them over, an admin can set it, "
            "or they can ask you."
        )
    if asked is not None and asked[1] is not glance.member:
        raise UserError(f"{called(member)} has asked somebody to be their manager, and waits for the answer.")
    row, _ = _assign(session, glance, member, glance.member)
    told = [(member, words.added_you(glance.member, row))]
    told += _proposals(session, glance, member, glance.member)
    return News(said, told=told, queues=[glance.member])


def hand_over(session: Session, deps: Deps, person: Person, number: int, chosen: Colleague) -> News:
    """A manager gives one of their people to another."""
    glance = begin(session, deps, person)
    manager = meet_colleague(session, deps, glance.workspace_id, chosen)
    report = led(session, glance, number)
    member = report.member
    refuse_self(glance.member, manager, f"{called(member)} reports to you already. Choose somebody else.")
    refuse_self(member, manager, f"{called(member)} cannot report to themselves. Choose somebody else.")
    _, delegates = _assign(session, glance, member, manager)
    return News(
        f"*{words.mention(member)} reports to {words.mention(manager)} now.* I have told both.",
        told=_welcome(session, glance, member, manager) + _proposals(session, glance, member, manager),
        queues=_all(glance.member, manager, *delegates),
    )


def remove(session: Session, deps: Deps, person: Person, number: int) -> News:
    """A manager takes somebody from their team."""
    glance = begin(session, deps, person)
    report = led(session, glance, number)
    delegates = _end(session, glance, report.reporting)
    said = f"{words.mention(report.member)} no longer reports to you. I have told them."
    told = [(report.member, words.no_longer_yours(glance.member))]
    return News(said, told=told, queues=_all(glance.member, *delegates))


def undo(session: Session, deps: Deps, person: Person, number: int) -> News:
    """Somebody whom a manager added says that it is not right."""
    glance = begin(session, deps, person)
    current = teams.above(session, workspace_id=glance.workspace_id, member_id=glance.member_id)
    if current is None or current[0].id != number:
        raise UserError("That has changed since: see `/prm manager` for how it is now.")
    row, manager = current
    if not words.may_undo(row):
        raise UserError(f"An admin can change that, or {called(manager)}; or ask somebody else to be it.")
    delegates = _end(session, glance, row)
    said = f"{words.mention(manager)} is no longer your manager. I have told them."
    told = [(manager, words.says_not_right(glance.member))]
    return News(said, told=told, queues=_all(manager, *delegates))


def put(session: Session, deps: Deps, person: Person, who: Colleague, to: Colleague) -> News:
    """An admin says who reports to whom. Whether they are an admin was just read from Slack."""
    glance = begin(session, deps, person)
    member, manager = (meet_colleague(session, deps, glance.workspace_id, each) for each in (who, to))
    refuse_self(member, manager, "Nobody reports to themselves. Choose two people.")
    former = _manager_of(session, member)
    said = f"*{words.mention(member)} reports to {words.mention(manager)} now.*"
    if former is manager:
        return News(said)
    _, delegates = _assign(session, glance, member, manager)
    told = _welcome(session, glance, member, manager) + _farewell(former, member, manager)
    others = [(each, message) for each, message in told if each is not glance.member]
    told = others + _proposals(session, glance, member, manager)
    return News(said, told=told, queues=_all(former, manager, *delegates))


def led(session: Session, glance: Glance, number: int) -> Report:
    """One of this manager's people. Raises UserError when they are no longer, or never were."""
    found = teams.report(session, **_mine(glance), reporting_id=number)
    if found is None:
        raise UserError(NO_LONGER_YOURS)
    return found


def _welcome(
    session: Session, glance: Glance, member: Member, manager: Member
) -> list[tuple[Member, Message]]:
    rows = teams.team(session, workspace_id=glance.workspace_id, manager_id=id_of(manager))
    waiting = next(each.waiting for each in rows if each.member is member)
    return [
        (member, words.given_to_you(glance.member, manager)),
        (manager, words.now_yours(glance.member, member, waiting)),
    ]


def _proposals(
    session: Session, glance: Glance, member: Member, manager: Member
) -> list[tuple[Member, Message]]:
    """To a new manager, once: the targets that wait for whoever it is. What the one before proposed is over."""
    whose = {"workspace_id": glance.workspace_id, "member_id": id_of(member)}
    waiting = [
        each
        for each in targets.open_of(session, **whose)
        if each.state == "proposed" and each.proposed_by == member.id
    ]
    return [(manager, words.proposals_wait(glance.content, member, waiting))] if waiting else []


def _farewell(former: Member | None, member: Member, manager: Member) -> list[tuple[Member, Message]]:
    return [(former, words.gone_on(member, manager))] if former is not None and former is not manager else []


def _assign(
    session: Session, glance: Glance, member: Member, manager: Member
) -> tuple[Reporting, list[Member]]:
    refuse_loop(session, member, manager)
    row = reporting.assign(
        session,
        workspace_id=glance.workspace_id,
        member_id=id_of(member),
        manager_id=id_of(manager),
        set_by=glance.member_id,
        now=glance.now,
    )
    _record(session, glance, "set", row)
    return row, _taken_back(session, glance, member)


def _end(session: Session, glance: Glance, row: Reporting) -> list[Member]:
    reporting.end(session, workspace_id=glance.workspace_id, member_id=row.member_id, now=glance.now)
    _record(session, glance, "ended", row)
    member = session.get(Member, row.member_id)
    assert member is not None, "the row points at them"
    return _taken_back(session, glance, member)


def _taken_back(session: Session, glance: Glance, member: Member) -> list[Member]:
    """A delegate looked at a win in their manager's stead: with another manager, that is over. Who they were."""
    delegates = verification.take_back(
        session,
        workspace_id=glance.workspace_id,
        member_id=id_of(member),
        by=glance.member_id,
        now=glance.now,
    )
    found = (session.get(Member, each) for each in sorted(delegates))
    return [each for each in found if each is not None]


def _who_asked(session: Session, glance: Glance, number: int) -> Member:
    asked = reporting.find_ask(session, workspace_id=glance.workspace_id, reporting_id=number)
    member = session.get(Member, asked.member_id) if asked and asked.manager_id == glance.member_id else None
    if member is None:
        raise UserError(NO_LONGER_ASKED)
    return member


def _manager_of(session: Session, member: Member) -> Member | None:
    return reporting.manager_of(session, workspace_id=member.workspace_id, member_id=id_of(member))


def _record(session: Session, glance: Glance, deed: str, row: Reporting) -> None:
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action=f"reporting.{deed}",
        subject=f"reporting:{row.id}",
        now=glance.now,
    )


def _all(*managers: Member | None) -> list[Member]:
    return list({each.user_id: each for each in managers if each is not None}.values())


def _mine(glance: Glance) -> dict[str, int]:
    return {"workspace_id": glance.workspace_id, "manager_id": glance.member_id}
