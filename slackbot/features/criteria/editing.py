"""`/prm criteria edit`: admins write the next version of a rung's criteria, with the reason why."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session

from content import Criterion
from slackbot import profiles, screened
from slackbot.criteria import asked_now, criteria_of, items_of
from slackbot.deps import Deps
from slackbot.errors import FormError, UserError
from slackbot.feature import Asked, Changed, Form, Submitted
from slackbot.features.criteria.form import CALLBACK, Filled, form, parse, rows_of, rung_of
from slackbot.features.criteria.rungs import named
from slackbot.home import Glance
from slackbot.rules.criteria import differences, edited, template
from slackbot.ui.blocks import View, actions, runs, section
from slackbot.ui.forms import modal
from slackbot.ui.text import escape
from storage import audit, criteria_sets, members
from storage.members import Person
from storage.models import CriteriaSet

NOT_YOU: Final = "The criteria are set by the admins of this Slack workspace, and by whom they name."
STILL_OPENING: Final = "Wait until this role's own criteria stand below, and then save."
NOTHING_LEFT: Final = "A role has to ask for something. Keep at least one criterion."
NOTHING_NEW: Final = "Nothing above differs from the version there is, so there is nothing to save."


async def edit(deps: Deps, asked: Asked, words: str) -> None:
    """Opens the form, at the role that was named."""
    await profiles.read_once(deps, asked.person)
    await asked.open(await deps.transact(_form, deps, asked.person, words))


async def changed(deps: Deps, back: Changed) -> View | None:
    """Shows the criteria of the role that was just chosen."""
    return await deps.transact(_chosen, deps, back) if back.action == "rung" else None


async def submitted(deps: Deps, back: Submitted) -> View:
    """Writes the next version; from the form that only chooses a role, leads on to the role's own."""
    if not back.metadata:
        return await deps.transact(_form, deps, back.person, back.values.get("rung") or "")
    # Before anything is read or kept: whoever works in a hospital may name a patient as a reason.
    screened.refuse_doubtful({"why": back.values.get("why")})
    written = await deps.transact(_write, deps, back)
    deps.refresh_home(back.person)
    name = escape(deps.content.rung(written.rung).name)
    return modal(
        "criteria_saved",
        "Criteria",
        section(
            f"*Version {written.version} is what {name} asks for now.* Whoever works toward it keeps the version they "
            "have, and finds yours offered with what differs."
        ),
        actions(
            runs("See all versions", f"criteria history {written.rung}"),
            runs("What it asks for", f"criteria {written.rung}"),
        ),
    )


def _admin(session: Session, deps: Deps, person: Person) -> Glance:
    glance = deps.meet(session, person)
    if not members.administers(glance.member):
        raise UserError(NOT_YOU)
    return glance


def _form(session: Session, deps: Deps, person: Person, words: str) -> View:
    glance = _admin(session, deps, person)
    rung = named(words, glance.content)
    return form(glance.content, asked_now(session, glance, rung.id) if rung else None)


def _chosen(session: Session, deps: Deps, back: Changed) -> View | None:
    glance = _admin(session, deps, back.person)
    rung = rung_of(back.value, glance.content)
    return form(glance.content, asked_now(session, glance, rung.id)) if rung else None


def _write(session: Session, deps: Deps, back: Submitted) -> CriteriaSet:
    glance = _admin(session, deps, back.person)
    name, _, version = back.metadata.partition(":")
    rung = rung_of(name, glance.content)
    if rung is None or back.values.get("rung") != rung.id:
        raise FormError({"rung": STILL_OPENING})
    asked_now(session, glance, rung.id)
    past = criteria_sets.history(session, workspace_id=glance.workspace_id, rung=rung.id)
    looked_at = next((each.criteria_set for each in past if str(each.criteria_set.version) == version), None)
    if looked_at is None:
        raise FormError({"rung": STILL_OPENING})
    why = (back.values.get("why") or "").strip()
    filled = parse(dict(back.values), rows_of(looked_at, glance.content), glance.content)
    wanted = _made_of(filled, glance)
    _refuse_nothing(criteria_of(looked_at), wanted)
    newest = past[-1].criteria_set
    if newest.by_id == glance.member_id and (newest.why, newest.items) == (why, items_of(wanted)):
        return newest  # Slack sends a form again when it believes that the answer was lost.
    written = criteria_sets.write(
        session,
        workspace_id=glance.workspace_id,
        rung=rung.id,
        items=items_of(wanted),
        by=glance.member_id,
        now=glance.now,
        why=why,
        after=looked_at.version,
    )
    if written is None:
        raise _somebody_was_quicker(session, glance, rung.id)
    _record(session, glance, written)
    return written


def _made_of(filled: Sequence[Filled], glance: Glance) -> tuple[Criterion, ...]:
    """The criteria in the order of the form."""
    made = []
    for each in filled:
        if each.need is None:
            continue
        known, content = each.row.criterion, glance.content
        shape = template(known, content)
        one = edited(shape, each.given, known, each.need, content, glance.today)
        if one is not None:
            made.append(one)
    return tuple(made)


def _refuse_nothing(before: Sequence[Criterion], wanted: Sequence[Criterion]) -> None:
    if not wanted:
        raise FormError({"why": NOTHING_LEFT})
    if not differences(before, wanted):
        raise FormError({"why": NOTHING_NEW})


def _somebody_was_quicker(session: Session, glance: Glance, rung: str) -> FormError:
    *_, newest = criteria_sets.history(session, workspace_id=glance.workspace_id, rung=rung)
    who = newest.name or "Somebody else"
    return FormError(
        {
            "why": f"{who} saved version {newest.criteria_set.version} while you had this open, so yours was not saved. "
            "Close this, and edit theirs."
        }
    )


def _record(session: Session, glance: Glance, written: CriteriaSet) -> None:
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=glance.member_id,
        action="criteria.written",
        subject=f"criteria_set:{written.id}",
        now=glance.now,
    )


FORMS: Final = (Form(CALLBACK, submitted, changed),)
