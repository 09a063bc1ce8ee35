"""When the weekly message comes to who is new, until they choose for themselves."""

from collections.abc import Mapping
from datetime import time
from typing import Final

from sqlmodel import Session

from slackbot import profiles
from slackbot.deps import Deps
from slackbot.errors import FormError
from slackbot.feature import Asked, Form, Submitted
from slackbot.features.admin.access import enter, record
from slackbot.features.admin.pages import BACK
from slackbot.ui.blocks import Message, View, actions, header, message, runs, section
from slackbot.ui.forms import Option, field, modal, select, time_input
from slackbot.ui.text import WEEKDAYS, weekday_at
from storage.members import Person
from storage.models import DEFAULT_TIME, DEFAULT_WEEKDAY, Workspace

CALLBACK: Final = "newcomers"
THEIRS: Final = (
    "On their own clock, wherever they are. Who is here already keeps what they have, and everybody can change "
    "theirs with `/prm nudges`."
)


def shown(session: Session, deps: Deps, person: Person, _page: int) -> Message:
    """When it comes now."""
    when = weekday_at(*_default(enter(session, deps, person).workspace))
    return message(
        header("Newcomers"),
        section(f"The weekly message of somebody new comes *{when}*.\n{THEIRS}"),
        actions(runs("Change", "admin newcomers change", style="primary"), *BACK),
    )


async def change(deps: Deps, asked: Asked) -> None:
    """Opens the form."""
    await profiles.read_once(deps, asked.person)
    glance = await deps.transact(enter, deps, asked.person)
    weekday, at = _default(glance.workspace)
    days = [Option(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    await asked.open(
        modal(
            CALLBACK,
            "Newcomers",
            field("weekday", "Day", select(days, str(weekday))),
            field("time", "Time", time_input(f"{at:%H:%M}")),
            section(THEIRS),
            submit="Save",
        )
    )


def _default(workspace: Workspace) -> tuple[int, time]:
    weekday, at = workspace.default_weekday, workspace.default_time
    return DEFAULT_WEEKDAY if weekday is None else weekday, DEFAULT_TIME if at is None else at


async def submitted(deps: Deps, back: Submitted) -> View:
    """Holds from now on, for who is met from now on."""
    weekday, at = parse(back.values)
    await deps.transact(_keep, deps, back.person, weekday, at)
    said = section(f"Saved. The weekly message of somebody new comes *{weekday_at(weekday, at)}*.")
    return modal("newcomers_saved", "Newcomers", said, actions(*BACK))


def parse(values: Mapping[str, str | None]) -> tuple[int, time]:
    """Raises FormError beside the field to mend."""
    weekday = values.get("weekday") or ""
    if weekday not in {str(number) for number in range(len(WEEKDAYS))}:
        raise FormError({"weekday": "Choose a day."})
    try:
        at = time.fromisoformat(values.get("time") or "")
    except ValueError as error:
        raise FormError({"time": "Choose a time."}) from error
    return int(weekday), at.replace(tzinfo=None)


def _keep(session: Session, deps: Deps, person: Person, weekday: int, at: time) -> None:
    glance = enter(session, deps, person)
    workspace = glance.workspace
    if (workspace.default_weekday, workspace.default_time) != (weekday, at):
        workspace.default_weekday, workspace.default_time = weekday, at
        record(session, glance, "newcomers_changed", "")


FORMS: Final = (Form(CALLBACK, submitted),)
