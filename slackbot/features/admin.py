"""`/prm admin`: what only an admin of the workspace sees."""

from sqlmodel import Session

from slackbot import profiles
from slackbot.deps import Deps
from slackbot.errors import UserError
from slackbot.feature import Asked, Feature, Subcommand
from slackbot.ui.blocks import Message, actions, bullets, context, header, message, runs, section
from slackbot.ui.text import escape, plural
from storage import questions
from storage.models import UnansweredQuestion

MOST = 20
NOT_YOU = (
    "That is for the admins of this Slack workspace. If you should be one, ask an owner of the workspace."
)


async def admin(deps: Deps, asked: Asked) -> Message:
    """The admin's menu, or the questions that found no answer."""
    await profiles.read_once(deps, asked.person)
    found = await deps.transact(_unanswered, deps, asked)
    if asked.words.lower().startswith("question"):
        return questions_message(found)
    return message(
        header("For admins"),
        section("What people asked and I could not answer shows what your own content should add."),
        actions(runs("Unanswered questions", "admin questions")),
    )


def _unanswered(session: Session, deps: Deps, asked: Asked) -> list[UnansweredQuestion]:
    glance = deps.meet(session, asked.person)
    if not glance.member.is_admin:
        raise UserError(NOT_YOU)
    return list(questions.most_asked(session, glance.workspace_id, MOST))


def questions_message(found: list[UnansweredQuestion]) -> Message:
    if not found:
        return message(
            header("Unanswered questions"), section("None so far. Everything that was asked found an answer.")
        )
    # A block for each: together, twenty long questions would not fit one.
    lines = [section(bullets([f"{escape(each.words)} ({plural(each.times, 'time')})"])) for each in found]
    return message(
        header("Unanswered questions"),
        *lines,
        context(
            "Asked most often first. Who asked is not kept. Add answers of your own with PRM_CONTENT_DIR."
        ),
    )


FEATURE = Feature(
    name="admin",
    subcommands=(
        Subcommand(
            name="admin",
            usage="[questions]",
            summary="for workspace admins: questions that found no answer.",
            run=admin,
            group="For admins",
        ),
    ),
)
