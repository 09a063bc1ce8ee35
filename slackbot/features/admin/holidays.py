"""`/prm admin holidays`: on which days nothing comes here: a country's public holidays, and dates of the workspace's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final

from sqlmodel import Session

from slackbot import profiles
from slackbot.calendar import reschedule_some
from slackbot.deps import Deps
from slackbot.errors import FormError
from slackbot.feature import Asked, Changed, Form, Submitted
from slackbot.features.admin.access import enter, record
from slackbot.features.admin.pages import BACK
from slackbot.home import Glance
from slackbot.public_holidays import AMERICAN, NONE, countries, named, subdivisions
from slackbot.screened import refuse_doubtful
from slackbot.ui.blocks import Block, Confirm, Message, View, actions, header, runs, section
from slackbot.ui.forms import Option, date_input, field, grouped_select, modal, text_input
from slackbot.ui.pages import leaf
from slackbot.ui.text import WEEKDAYS, day, escape
from storage import holidays
from storage.members import Person
from storage.models import Workspace

CALLBACK: Final = "holidays"
DATE_CALLBACK: Final = "own_date"
SHOWN: Final = 12
BATCH: Final = 100
"""Members per transaction, so that a request never waits long behind it."""
LONGEST_NAME: Final = 100
FARTHEST: Final = timedelta(days=731)
NOBODY: Final = "none"
WHOLE: Final = "whole"
WHAT: Final = (
    "A weekly message that falls on one of these days comes on the next working day of that week; where none is left, "
    "it stays away."
)
UNCHOSEN: Final = (
    "Nobody has chosen a country yet. Until somebody does, people on an American clock have the federal holidays of "
    "the United States, and others have none."
)
TAKE_AWAY: Final = Confirm("Take it away?", "Messages come on that day again.", "Take it away", "Keep it")


@dataclass(frozen=True)
class Day:
    """A holiday to come; `own` ones can be taken away."""

    day: date
    name: str
    own: bool = False


def shown(session: Session, deps: Deps, person: Person, page: int) -> Message:
    """Whose holidays count, and those to come."""
    glance = enter(session, deps, person)
    return _page(session, glance, page)


def _page(session: Session, glance: Glance, page: int) -> Message:
    return leaf(
        "admin holidays",
        page,
        [_row(each) for each in coming(session, glance)] or [section("No holidays to come.")],
        top=[header("Holidays"), section(f"{_chosen(glance.workspace)}\n{WHAT}")],
        ways=[
            runs("Choose the country", "admin holidays change", style="primary"),
            runs("Add a date", "admin holidays add"),
            *BACK,
        ],
    )


def _row(each: Day) -> Block:
    name = f"{WEEKDAYS[each.day.weekday()][:3]}, {day(each.day)}: {escape(each.name)}"
    if not each.own:
        return section(name)
    away = runs("Take away", f"admin holidays remove {each.day.isoformat()}", confirm=TAKE_AWAY)
    return section(f"{name} _(your own)_", accessory=away)


def _chosen(workspace: Workspace) -> str:
    if workspace.country is None:
        return UNCHOSEN
    if workspace.country == NONE:
        return "*No country's public holidays*, only dates of your own."
    return f"*{escape(_where(workspace.country, workspace.subdivision))}*, and dates of your own."


def _where(country: str, subdivision: str | None) -> str:
    name = countries().get(country, country)
    state = subdivisions(country).get(subdivision or "")
    return f"{state}, {name}" if state else name


def coming(session: Session, glance: Glance) -> Sequence[Day]:
    """The holidays from today on: public ones a year ahead, own ones as far as they go."""
    workspace, today = glance.workspace, glance.today
    country = AMERICAN if workspace.country is None else workspace.country
    public = named(country, workspace.subdivision, range(today.year, today.year + 2))
    own = holidays.own(session, workspace_id=glance.workspace_id, since=today)
    days = {each: Day(each, name) for each, name in public.items() if each >= today}
    first = dict(islice(sorted(days.items()), SHOWN))
    first |= {each.day: Day(each.day, each.name, own=True) for each in own}
    return [each for _, each in sorted(first.items())]


async def change(deps: Deps, asked: Asked) -> None:
    """Opens the form for country and state."""
    await profiles.read_once(deps, asked.person)
    glance = await deps.transact(enter, deps, asked.person)
    workspace = glance.workspace
    country = AMERICAN if workspace.country is None else workspace.country or NOBODY
    await asked.open(_form(country, workspace.subdivision))


def _form(country: str, subdivision: str | None) -> View:
    states = subdivisions(country)
    whole = Option("The whole country", WHOLE)
    blocks = [field("country", "Country", grouped_select(_countries(), country), dispatch=True)]
    if states:
        known = grouped_select(
            {"Everywhere": [whole], **_lettered(states)}, subdivision if subdivision in states else WHOLE
        )
        # Another name for each country: what was chosen of one must not stay for the next.
        blocks.append(field(f"state_{country}", "State or region", known))
    return modal(CALLBACK, "Holidays", *blocks, section(WHAT), submit="Save")


def _countries() -> Mapping[str, Sequence[Option]]:
    first = [Option("United States", AMERICAN), Option("None: only dates of our own", NOBODY)]
    return {
        "First": first,
        **_lettered({code: name for code, name in countries().items() if code != AMERICAN}),
    }


def _lettered(names: Mapping[str, str]) -> dict[str, list[Option]]:
    groups: dict[str, list[Option]] = {}
    for code, name in names.items():
        groups.setdefault(name[0], []).append(Option(name, code))
    return groups


async def changed(deps: Deps, change: Changed) -> View | None:
    """Another country has other states."""
    await deps.transact(enter, deps, change.person)
    return _form(change.values.get("country") or NOBODY, None)


async def submitted(deps: Deps, back: Submitted) -> View:
    """Holds at once for everybody here."""
    country, subdivision = parse(back.values)
    await deps.transact(_keep, deps, back.person, country, subdivision)
    _begin_everybody(deps, back.person)
    where = (
        "No public holidays count here." if country == NONE else f"*{escape(_where(country, subdivision))}*"
    )
    return modal(
        "holidays_saved", "Holidays", section(f"Saved. {where}"), actions(runs("Holidays", "admin holidays"))
    )


def parse(values: Mapping[str, str | None]) -> tuple[str, str | None]:
    """Country and state. Raises FormError beside the field to mend."""
    country = values.get("country") or ""
    if country == NOBODY:
        return NONE, None
    if country not in countries():
        raise FormError({"country": "Choose a country from the list."})
    state = values.get(f"state_{country}")
    if state is None or state == WHOLE:
        return country, None
    if state not in subdivisions(country):
        raise FormError({f"state_{country}": "Choose a state or region from the list."})
    return country, state


def _keep(session: Session, deps: Deps, person: Person, country: str, subdivision: str | None) -> None:
    glance = enter(session, deps, person)
    if (glance.workspace.country, glance.workspace.subdivision) == (country, subdivision):
        return
    glance.workspace.country, glance.workspace.subdivision = country, subdivision
    record(session, glance, "holidays_changed", "")


async def add(deps: Deps, asked: Asked) -> None:
    """Opens the form for a date of their own."""
    await profiles.read_once(deps, asked.person)
    await deps.transact(enter, deps, asked.person)
    await asked.open(
        modal(
            DATE_CALLBACK,
            "A day off here",
            field("day", "Day", date_input()),
            field(
                "what", "What it is", text_input(placeholder="Day after Thanksgiving", longest=LONGEST_NAME)
            ),
            section(WHAT),
            submit="Add",
        )
    )


async def added(deps: Deps, back: Submitted) -> View:
    """Holds at once for everybody here."""
    on = await deps.transact(_add, deps, back.person, back.values)
    _begin_everybody(deps, back.person)
    return modal(
        "own_date_saved",
        "A day off here",
        section(f"Added: {day(on)}."),
        actions(runs("Holidays", "admin holidays")),
    )


def _add(session: Session, deps: Deps, person: Person, values: Mapping[str, str | None]) -> date:
    glance = enter(session, deps, person)
    on, name = parse_date(values, glance.today)
    if not holidays.add(session, workspace_id=glance.workspace_id, day=on, name=name):
        raise FormError({"day": "That day is there already. Choose another one."})
    record(session, glance, "holiday_added", "")
    return on


def parse_date(values: Mapping[str, str | None], today: date) -> tuple[date, str]:
    """Raises FormError beside each field to mend."""
    refuse_doubtful({"what": values.get("what")})
    errors: dict[str, str] = {}
    try:
        on = date.fromisoformat(values.get("day") or "")
    except ValueError:
        on, errors["day"] = today, "Choose a day."
    if on < today:
        errors["day"] = "That day is over. Choose one to come."
    elif on - today > FARTHEST:
        errors["day"] = "That is too far off: two years ahead is the most."
    name = values.get("what") or ""
    if not name or len(name) > LONGEST_NAME:
        errors["what"] = f"Say what it is, in at most {LONGEST_NAME} characters."
    if errors:
        raise FormError(errors)
    return on, name


async def remove(deps: Deps, asked: Asked, words: str) -> Message:
    """Takes a date of their own away."""
    await deps.transact(_remove, deps, asked.person, words)
    _begin_everybody(deps, asked.person)
    return await deps.transact(shown, deps, asked.person, 1)


def _remove(session: Session, deps: Deps, person: Person, words: str) -> None:
    glance = enter(session, deps, person)
    try:
        on = date.fromisoformat(words.strip())
    except ValueError:
        return
    if holidays.remove(session, workspace_id=glance.workspace_id, day=on):
        record(session, glance, "holiday_removed", "")


def _begin_everybody(deps: Deps, person: Person) -> None:
    """After the answer: when each message here comes."""
    deps.background.start(_everybody(deps, person.workspace_id), "holidays")


async def _everybody(deps: Deps, workspace_id: int) -> None:
    last: int | None = 0
    while last is not None:
        last = await deps.transact(
            reschedule_some, workspace_id, last, BATCH, deps.settings.default_zone, deps.now()
        )


FORMS: Final = (Form(CALLBACK, submitted, changed), Form(DATE_CALLBACK, added))
