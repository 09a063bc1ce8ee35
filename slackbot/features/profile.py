"""`/prm profile`: where somebody stands and where they want to go, so that the road becomes theirs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from content import Content, Degree
from slackbot.criteria import work_toward
from slackbot.deps import Deps
from slackbot.errors import FormError
from slackbot.feature import Asked, Feature, Form, Subcommand, Submitted
from slackbot.home import Glance
from slackbot.ui.blocks import View, actions, context, runs, section
from slackbot.ui.forms import Option, date_input, field, modal, select, text_input
from storage import audit

CALLBACK: Final = "profile"
LONGEST_CAREER: Final = 70
EMPTY_IS_FINE: Final = (
    "Everything here can stay empty, and be changed later. Your manager sees which role you want next and which of its "
    "criteria you meet, not what you write here."
)
DEGREES: Final = {
    Degree.BACHELOR: "Bachelor's degree",
    Degree.MASTER: "Master's degree (MBA, MHA, MPH, …)",
    Degree.DOCTORATE: "Doctorate",
}


@dataclass(frozen=True)
class Profile:
    """A filled-in form that makes sense; what was left empty is None."""

    rung: str | None
    target_rung: str | None
    education: str | None
    years_relevant: int | None
    years_liaison: int | None
    background: str | None
    started_on: date | None


async def profile(deps: Deps, asked: Asked) -> None:
    """Opens the form, with what is known."""
    glance = await deps.transact(deps.meet, asked.person)
    await asked.open(form(glance))


def form(glance: Glance) -> View:
    member, content = glance.member, glance.content
    rungs = [Option(rung.name, rung.id) for rung in content.rungs]
    degrees = [Option(label, degree.value) for degree, label in DEGREES.items()]
    backgrounds = [Option(background.name, background.id) for background in content.backgrounds]
    started = member.started_on.isoformat() if member.started_on else None
    return modal(
        CALLBACK,
        "Your profile",
        field("rung", "Your role now", select(rungs, member.rung), optional=True),
        field("target_rung", "The role you want next", select(rungs, member.target_rung), optional=True),
        field("education", "Highest degree", select(degrees, member.education), optional=True),
        field(
            "years_relevant",
            "Relevant years in all",
            text_input(longest=2, initial=_said(member.years_relevant)),
            hint="Healthcare, business development, sales and marketing count together.",
            optional=True,
        ),
        field(
            "years_liaison",
            "Of these, years working with providers",
            text_input(longest=2, initial=_said(member.years_liaison)),
            hint="As a liaison, or in a role close to it.",
            optional=True,
        ),
        field("background", "Where you come from", select(backgrounds, member.background), optional=True),
        field("started_on", "In your role since", date_input(started), optional=True),
        context(EMPTY_IS_FINE),
        submit="Save",
    )


def _said(years: int | None) -> str | None:
    return None if years is None else str(years)


def parse(values: Mapping[str, str | None], content: Content, today: date) -> Profile:
    """Reads the form. Raises FormError with a sentence for each field that must be mended."""
    errors: dict[str, str] = {}
    relevant = _years(values, "years_relevant", errors)
    liaison = _years(values, "years_liaison", errors)
    if relevant is not None and liaison is not None and liaison > relevant:
        errors["years_liaison"] = "These years are part of the ones above, so there cannot be more of them."
    started_on = _since(values.get("started_on"), today, errors)
    if errors:
        raise FormError(errors)
    return Profile(
        rung=_known(values.get("rung"), [rung.id for rung in content.rungs]),
        target_rung=_known(values.get("target_rung"), [rung.id for rung in content.rungs]),
        education=_known(values.get("education"), [degree.value for degree in DEGREES]),
        years_relevant=relevant,
        years_liaison=liaison,
        background=_known(values.get("background"), [background.id for background in content.backgrounds]),
        started_on=started_on,
    )


def _known(value: str | None, known: list[str]) -> str | None:
    """A choice that is still offered; the organization may have taken it away while the form was open."""
    return value if value in known else None


def _years(values: Mapping[str, str | None], name: str, errors: dict[str, str]) -> int | None:
    text = values.get(name)
    if not text:
        return None
    if not (re.fullmatch(r"\d{1,3}", text, re.ASCII) and int(text) <= LONGEST_CAREER):
        errors[name] = f"Write whole years, from 0 to {LONGEST_CAREER}."
        return None
    return int(text)


def _since(text: str | None, today: date, errors: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        since = date.fromisoformat(text)
    except ValueError:
        errors["started_on"] = "Choose a day, or leave it empty."
        return None
    if since > today:
        errors["started_on"] = "That day has not come yet. Choose today or earlier."
    return since


async def submitted(deps: Deps, back: Submitted) -> View:
    """Keeps the profile, and leads on to the road."""
    await deps.transact(_save, deps, back)
    deps.refresh_home(back.person)
    ways = actions(
        runs("See my road", "roadmap"),
        runs("Rate my skills", "skills rate"),
        runs("My certifications", "certs"),
    )
    return modal(
        "saved", "Your profile", section("Saved. Your five steps now start from where you are."), ways
    )


def _save(session: Session, deps: Deps, back: Submitted) -> None:
    glance = deps.meet(session, back.person)
    given = parse(back.values, deps.content, glance.today)
    member = glance.member
    before = member.model_dump()
    work_toward(session, glance, given.target_rung)
    if member.background != given.background:
        member.background_reviewed = False
    member.rung = given.rung
    member.education, member.background = given.education, given.background
    member.years_relevant, member.years_liaison = given.years_relevant, given.years_liaison
    member.started_on = given.started_on
    if member.model_dump() != before:
        audit.record(
            session,
            workspace_id=glance.workspace_id,
            actor_id=glance.member_id,
            action="profile.changed",
            subject=f"member:{glance.member_id}",
            now=glance.now,
        )


FEATURE = Feature(
    name="profile",
    subcommands=(
        Subcommand(
            name="profile",
            summary="where you stand and where you want to go; it makes the road yours.",
            run=profile,
            group="Your road",
            aliases=("me", "myself"),
        ),
    ),
    forms=(Form(CALLBACK, submitted),),
)
