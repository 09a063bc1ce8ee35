"""The admins' menu, and those of its pages that lead elsewhere or only tell: managers, criteria, questions, content."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlmodel import Session

from content import Content, Entry, LeftOut, Source, Synonym
from slackbot.deps import Deps
from slackbot.features.admin.access import enter
from slackbot.ui.blocks import (
    Block,
    Confirm,
    Message,
    actions,
    bullets,
    context,
    header,
    message,
    runs,
    section,
)
from slackbot.ui.pages import leaf
from slackbot.ui.text import day, escape, plural
from storage import members, questions
from storage.members import Person
from storage.models import UnansweredQuestion

MOST: Final = 20
MOST_FIRST: Final = (
    "Asked most often first. Who asked is not kept. Add answers of your own with PRM_CONTENT_DIR."
)
BACK: Final = (runs("For admins", "admin"),)
MANAGERS: Final = (
    "A win that somebody shares waits for their manager. Who that is, people settle among themselves with "
    "`/prm manager` and `/prm team`; an admin of this Slack workspace can set it for anybody."
)
CRITERIA: Final = (
    "What each role asks for starts from the house's defaults, and you can edit it. Every change is a new version with "
    "your reason; whoever is half-way keeps the version they have, and is offered yours."
)
OWN_FOLDER: Final = "Entries of your own are laid over ours."
NO_OWN_FOLDER: Final = (
    "Nothing of your own is laid over ours. Whoever runs the app can set a folder with PRM_CONTENT_DIR."
)
MENU: Final = (
    ("Managers", "who reports to whom", "admin managers"),
    ("Who else may", "name others who look after this", "admin people"),
    ("Newcomers", "when their weekly message comes", "admin newcomers"),
    ("Holidays", "on which days nothing comes", "admin holidays"),
    ("Criteria", "what each role asks for", "admin criteria"),
    ("Questions", "what I could not answer", "admin questions"),
    ("Audit log", "who did what, and when", "admin log"),
    ("Content", "how much I know, and how old it is", "admin content"),
)


def menu(session: Session, deps: Deps, person: Person, page: int) -> Message:
    """Everything there is, in a line each."""
    enter(session, deps, person)
    lines = [f"*{label}:* {what}" for label, what, _ in MENU]
    ways = [runs(label, words) for label, _, words in MENU]
    return leaf("admin", page, [section("\n".join(lines))], top=[header("For admins")], ways=ways)


def managers(session: Session, deps: Deps, person: Person, _page: int) -> Message:
    enter(session, deps, person)
    return message(
        header("Managers"),
        section(MANAGERS),
        actions(runs("Set who reports to whom", "team set"), *BACK),
    )


def criteria(session: Session, deps: Deps, person: Person, _page: int) -> Message:
    enter(session, deps, person)
    edit = runs("Edit criteria", "criteria edit", style="primary")
    return message(header("Criteria"), section(CRITERIA), actions(edit, *BACK))


def unanswered(session: Session, deps: Deps, person: Person, page: int) -> Message:
    """What was asked most often first, page by page."""
    glance = enter(session, deps, person)
    found: Sequence[UnansweredQuestion] = questions.most_asked(session, glance.workspace_id, MOST)
    if not found:
        none = section("None so far. Everything that was asked found an answer.")
        return message(header("Unanswered questions"), none, actions(*BACK))
    # A block for each: together, twenty long questions would not fit one.
    lines = [section(bullets([f"{escape(each.words)} ({plural(each.times, 'time')})"])) for each in found]
    return leaf(
        "admin questions",
        page,
        lines,
        top=[header("Unanswered questions")],
        foot=[context(MOST_FIRST)],
        ways=BACK,
    )


def knowledge(session: Session, deps: Deps, person: Person, page: int) -> Message:
    """How much there is, whether some of it is the organization's own, and what nobody looked at for a year."""
    glance = enter(session, deps, person)
    entries = _entries(glance.content)
    ours = sum(entry.source is Source.HOUSE_DEFAULT for entry in entries)
    old = sorted((e for e in entries if is_old(e, glance.today)), key=lambda entry: (entry.as_of, entry.ref))
    own = OWN_FOLDER if deps.settings.content_dir else NO_OWN_FOLDER
    facts = f"*{plural(len(entries), 'entry').replace('entrys', 'entries')}*, {ours:,} of them our own defaults.\n{own}"
    age = (
        f"*{len(old):,} last looked at more than a year ago.*" if old else "All were looked at within a year."
    )
    return leaf(
        "admin content",
        page,
        [section(facts), section(age)],
        *([[section(_named(entry)) for entry in old]] if old else []),
        top=[header("Content")],
        ways=BACK,
        more="Which ones",
    )


def _entries(content: Content) -> list[Entry]:
    """All that a person can be shown."""
    return [entry for entry in content.entries() if not isinstance(entry, Synonym | LeftOut)]


def is_old(entry: Entry, today: date) -> bool:
    """Whether nobody looked at it for a year, to the day."""
    seen = entry.as_of
    return (seen.year + 1, seen.month, seen.day) < (today.year, today.month, today.day)


def _named(entry: Entry) -> str:
    return f"{escape(entry.heading)} _({escape(entry.noun)}, {day(entry.as_of)})_"


def people(session: Session, deps: Deps, person: Person, page: int) -> Message:
    """Whom the admins of Slack named; each with a button that takes it back."""
    glance = enter(session, deps, person)
    may_name = glance.member.is_admin
    named = members.named_admins(session, glance.workspace_id)
    rows = [_row(each.user_id, may_name or each is glance.member) for each in named]
    ways: list[Block] = [runs("Name somebody", "admin name", style="primary")] if may_name else []
    return leaf(
        "admin people",
        page,
        rows or [section("Nobody is named yet.")],
        top=[header("Who else may"), section(WHO_ELSE)],
        ways=[*ways, *BACK],
    )


WHO_ELSE: Final = (
    "Admins and owners of this Slack workspace look after the app. They can name others, who then see and set "
    "what stands under `/prm admin`. Nobody's wins come with it."
)


SURE: Final = Confirm(
    "Take it back?", "They no longer see what stands under /prm admin.", "Remove", "Keep them"
)


def _row(user_id: str, removable: bool) -> Block:
    away = runs("Remove", f"admin remove <@{user_id}>", confirm=SURE) if removable else None
    return section(f"<@{user_id}>", accessory=away)
