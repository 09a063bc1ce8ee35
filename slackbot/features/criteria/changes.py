"""A newer version, offered with what differs; every version there was; and the two ways to begin under one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sqlmodel import Session

from content import Rung
from slackbot.criteria import asked_now, criteria_of, take_up, target_of, work_toward, worked_under
from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.features.criteria.words import by_whom, differing, why_of
from slackbot.home import Glance
from slackbot.rules.criteria import differences
from slackbot.ui.blocks import Block, Message, actions, context, header, message, runs, section
from slackbot.ui.pages import leaf
from slackbot.ui.text import escape
from storage import audit, criteria_sets
from storage.criteria_sets import Past
from storage.members import Person
from storage.models import CriteriaSet

UP: Final = re.compile(r"up(?: (?P<version>[0-9]{1,6}))?", re.IGNORECASE | re.ASCII)
NO_TARGET: Final = (
    "You have not said which role you want next. Choose one, and its criteria become your checklist."
)
STAYS: Final = "Yours stay as they are until you take this version up. Nothing happens if you don't."
NEWEST: Final = "You work under the newest version, so there is nothing to take up."
MINE: Final = runs("My criteria", "criteria")


@dataclass(frozen=True)
class Offer:
    """What somebody works under, and all versions there are by now, oldest first."""

    rung: Rung
    own: CriteriaSet
    past: Sequence[Past]

    @property
    def newest(self) -> CriteriaSet:
        return self.past[-1].criteria_set

    @property
    def is_newer(self) -> bool:
        return self.newest.version > self.own.version


def read_offer(session: Session, glance: Glance) -> Offer | None:
    """None where somebody works toward no rung."""
    own = worked_under(session, glance)
    if own is None:
        return None
    asked_now(session, glance, own.rung)
    past = criteria_sets.history(session, workspace_id=glance.workspace_id, rung=own.rung)
    return Offer(glance.content.rung(own.rung), own, past)


def changes(session: Session, deps: Deps, person: Person, number: int) -> Message:
    """The differences between mine and the newest version."""
    offer = read_offer(session, deps.meet(session, person))
    if offer is None:
        return no_target()
    if not offer.is_newer:
        return message(header(f"{offer.rung.name}: your criteria"), section(NEWEST), actions(MINE))
    found = differences(criteria_of(offer.own), criteria_of(offer.newest))
    since = [each for each in offer.past if each.criteria_set.version > offer.own.version]
    told = [section(_version(each)) for each in reversed(since)]
    return leaf(
        "criteria changes",
        number,
        [*told, *(differing(found) or [section("In the end, nothing differs from yours.")])],
        top=[
            header(f"{offer.rung.name}: a newer version"),
            section(f"You work under version {offer.own.version}."),
        ],
        foot=[context(STAYS)],
        ways=[
            runs(
                f"Take up version {offer.newest.version}",
                f"criteria take up {offer.newest.version}",
                style="primary",
            ),
            MINE,
        ],
    )


def _version(past: Past) -> str:
    said = by_whom(past)
    return f"*{said[:1].upper()}{said[1:]}*{why_of(past)}"


def no_target() -> Message:
    ways = actions(runs("Choose a role", "profile"), runs("What roles ask for", "criteria manager"))
    return message(header("Your criteria"), section(NO_TARGET), ways)


def take(session: Session, deps: Deps, person: Person, version: int | None) -> Message:
    """Takes up the newest version, if it is still the one that was looked at."""
    glance = deps.meet(session, person)
    offer = read_offer(session, glance)
    if offer is None:
        return no_target()
    if not offer.is_newer:
        return message(section(NEWEST), actions(MINE))
    if version != offer.newest.version:
        raise UserError(
            f"The newest version is {offer.newest.version}. Look at what differs first: `/prm criteria changes`."
        )
    take_up(session, glance, offer.newest)
    said = f"*You work under version {version} of the criteria for {escape(offer.rung.name)} now.*"
    return message(section(said), actions(MINE))


def toward(session: Session, deps: Deps, person: Person, rung: Rung) -> Message:
    """Chooses the rung to work toward, which the profile does too."""
    glance = deps.meet(session, person)
    if target_of(glance.member, glance.content) != rung.id:
        work_toward(session, glance, rung.id)
        audit.record(
            session,
            workspace_id=glance.workspace_id,
            actor_id=glance.member_id,
            action="profile.changed",
            subject=f"member:{glance.member_id}",
            now=glance.now,
        )
    under = worked_under(session, glance)
    assert under is not None, "they work toward a rung"
    return message(
        section(
            f"*You work toward {escape(rung.name)}, under version {under.version} of its criteria.* They stay as they "
            "are for you: a newer version is offered, never imposed."
        ),
        actions(MINE, runs("My profile", "profile")),
    )


def history(session: Session, deps: Deps, person: Person, rung: Rung, number: int) -> Message:
    """Every version, newest first, with who wrote it, why, and what differs from the one before."""
    glance = deps.meet(session, person)
    asked_now(session, glance, rung.id)
    past = criteria_sets.history(session, workspace_id=glance.workspace_id, rung=rung.id)
    told: list[Block] = []
    for before, after in reversed(list(pairwise(past))):
        found = differences(criteria_of(before.criteria_set), criteria_of(after.criteria_set))
        told += [section(_version(after)), *differing(found)]
    return leaf(
        f"criteria history {rung.id}",
        number,
        [*told, section(_version(past[0]))],
        top=[header(f"{rung.name}: versions")],
        ways=[runs("What it asks for", f"criteria {rung.id}")],
    )
