"""How long a workspace keeps people who have left Slack, and the audit log."""

from collections.abc import Mapping
from typing import Final

from sqlmodel import Session

from slackbot import profiles
from slackbot.deps import Deps
from slackbot.errors import FormError
from slackbot.feature import Asked, Form, Submitted
from slackbot.features.admin.access import enter, record
from slackbot.features.admin.pages import BACK
from slackbot.rules.leaving import TRAIL_MONTHS
from slackbot.ui.blocks import Message, View, actions, header, message, runs, section
from slackbot.ui.forms import Option, field, modal, select
from slackbot.ui.text import plural
from storage.members import Person
from storage.models import Workspace

CALLBACK: Final = "retention"
NEVER: Final = "never"
LEAVER_CHOICES: Final = (3, 6, 12, 24, 36)
TRAIL_CHOICES: Final = (6, 12, 24, 36, 60, 84)
KEPT_ON: Final = "*People who have left Slack:* kept until you set an end."
ENDS: Final = "*People who have left Slack:* everything about them goes {months} after they last used me."
TRAIL: Final = "*The audit log:* kept for {months}."
OWN: Final = (
    "Everybody here keeps what they log until they erase it themselves with `/prm privacy`. If your organization has a "
    "rule for how long staff records are kept, set it here."
)
SURE: Final = (
    "What is older goes within minutes after you save, and nobody can bring it back. Wins that somebody confirmed for "
    "others stay confirmed, by “a former member”."
)


def shown(session: Session, deps: Deps, person: Person, _page: int) -> Message:
    """What is set now."""
    said = _said(enter(session, deps, person).workspace)
    change = runs("Change", "admin retention change", style="primary")
    return message(header("How long things are kept"), section(said), section(OWN), actions(change, *BACK))


def _said(workspace: Workspace) -> str:
    months = workspace.leaver_months
    leavers = KEPT_ON if months is None else ENDS.format(months=plural(months, "month"))
    return f"{leavers}\n{TRAIL.format(months=plural(workspace.trail_months or TRAIL_MONTHS, 'month'))}"


async def change(deps: Deps, asked: Asked) -> None:
    """Opens the form."""
    await profiles.read_once(deps, asked.person)
    workspace = (await deps.transact(enter, deps, asked.person)).workspace
    leavers = [Option("Keep them", NEVER), *(_months(each) for each in LEAVER_CHOICES)]
    trail = [_months(each) for each in TRAIL_CHOICES]
    await asked.open(
        modal(
            CALLBACK,
            "How long",
            field(
                "leavers",
                "Erase people who have left Slack",
                select(leavers, str(workspace.leaver_months or NEVER)),
                hint="Counted from when they last used the app.",
            ),
            field(
                "trail", "Keep the audit log for", select(trail, str(workspace.trail_months or TRAIL_MONTHS))
            ),
            section(SURE),
            submit="Save",
        )
    )


def _months(count: int) -> Option:
    return Option(plural(count, "month"), str(count))


async def submitted(deps: Deps, back: Submitted) -> View:
    """Holds from the next tick of the worker on."""
    leavers, trail = parse(back.values)
    said = await deps.transact(_keep, deps, back.person, leavers, trail)
    return modal("retention_saved", "How long", section(f"Saved.\n{said}"), actions(*BACK))


def parse(values: Mapping[str, str | None]) -> tuple[int | None, int]:
    """Months of each, None for never. Raises FormError beside the field to mend."""
    leavers, trail = values.get("leavers") or NEVER, values.get("trail") or ""
    if leavers not in {NEVER, *map(str, LEAVER_CHOICES)}:
        raise FormError({"leavers": "Choose one of these."})
    if trail not in {*map(str, TRAIL_CHOICES)}:
        raise FormError({"trail": "Choose one of these."})
    return None if leavers == NEVER else int(leavers), int(trail)


def _keep(session: Session, deps: Deps, person: Person, leavers: int | None, trail: int) -> str:
    glance = enter(session, deps, person)
    workspace = glance.workspace
    if (workspace.leaver_months, workspace.trail_months) != (leavers, trail):
        workspace.leaver_months, workspace.trail_months = leavers, trail
        record(session, glance, "retention_changed", "")
    return _said(workspace)


FORMS: Final = (Form(CALLBACK, submitted),)
