"""`/prm admin`: what only an admin of the workspace sees."""

from sqlmodel import Session

from slackbot import profiles
from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.ui.blocks import Message, actions, bullets, context, header, message, runs, section
from slackbot.ui.pages import leaf, page_of
from slackbot.ui.text import escape, plural
from storage import questions
from storage.models import UnansweredQuestion

MOST = 20
NOT_YOU = (
    "That is for the admins of this Slack workspace. If you should be one, ask an owner of the workspace."
)
MOST_FIRST = "Asked most often first. Who asked is not kept. Add answers of your own with PRM_CONTENT_DIR."
BACK = (runs("For admins", "admin"),)
MANAGERS = (
    "A win that somebody shares waits for their manager. Who that is, people settle among themselves with "
    "`/prm manager` and `/prm team`; you can set it for anybody."
)
CRITERIA = (
    "What each role asks for starts from the house's defaults, and you can edit it. Every change is a new version with "
    "your reason; whoever is half-way keeps the version they have, and is offered yours."
)
EDIT_CRITERIA = runs("Edit criteria", "criteria edit", style="primary")
SET_MANAGER = runs("Set who reports to whom", "team set")


async def admin(deps: Deps, asked: Asked) -> Message:
    """The admin's menu, the questions that found no answer, or the way to set who reports to whom."""
    await profiles.read_once(deps, asked.person)
    found = await deps.transact(_unanswered, deps, asked)
    words, page = page_of(asked.words)
    if words.lower().startswith(("question", "unanswered")):
        return questions_message(found, page)
    if words.lower().startswith("manager"):
        return message(header("Who reports to whom"), section(MANAGERS), actions(SET_MANAGER, *BACK))
    if words.lower().startswith("criteria"):
        return message(header("Criteria"), section(CRITERIA), actions(EDIT_CRITERIA, *BACK))
    return message(
        header("For admins"),
        section("What people asked and I could not answer shows what your own content should add."),
        actions(
            runs("Unanswered questions", "admin questions"),
            runs("Who reports to whom", "admin managers"),
            runs("Criteria", "admin criteria"),
        ),
    )


def _unanswered(session: Session, deps: Deps, asked: Asked) -> list[UnansweredQuestion]:
    glance = deps.meet(session, asked.person)
    if not glance.member.is_admin:
        raise UserError(NOT_YOU)
    return list(questions.most_asked(session, glance.workspace_id, MOST))


def questions_message(found: list[UnansweredQuestion], number: int = 1) -> Message:
    """What was asked most often first, page by page."""
    if not found:
        return message(
            header("Unanswered questions"),
            section("None so far. Everything that was asked found an answer."),
            actions(*BACK),
        )
    # A block for each: together, twenty long questions would not fit one.
    lines = [section(bullets([f"{escape(each.words)} ({plural(each.times, 'time')})"])) for each in found]
    return leaf(
        "admin questions",
        number,
        lines,
        top=[header("Unanswered questions")],
        foot=[context(MOST_FIRST)],
        ways=BACK,
    )


FEATURE = Feature(
    name="admin",
    subcommands=(
        Subcommand(
            name="admin",
            usage="[questions or managers]",
            summary="for workspace admins: questions that found no answer, who reports to whom, and criteria.",
            run=admin,
            group="For admins",
        ),
    ),
)
