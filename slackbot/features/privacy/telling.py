"""What is kept, why, how long and who sees it, in plain words: one screen, and the particulars after it."""

from typing import Final

from sqlmodel import Session

from slackbot.deps import Deps
from slackbot.home import Glance
from slackbot.leaving import WAYS, until_then
from slackbot.rules.leaving import CHANGE_OF_MIND, TRAIL_MONTHS
from slackbot.ui.blocks import Block, Message, actions, bullets, header, message, runs, section
from slackbot.ui.pages import leaf
from slackbot.ui.text import plural
from storage import members
from storage.members import Person
from storage.removal import KEPT_AFTER_UNINSTALL

TITLE: Final = "Your data"
WHAT: Final = (
    "*What I keep:* what you log and write here, your Slack name and time zone, which messages I sent you, and who read "
    "or changed what."
)
WHY: Final = (
    "*Why:* to show where you stand, to choose your weekly message, and to let your manager confirm wins."
)
WHO: Final = (
    "*Who sees it:* you, all of it. Your manager: wins you share, your targets, and which criteria you meet. Admins: "
    "settings and the audit log, not your wins. No other workspace sees anything."
)
HOW_LONG: Final = (
    "*How long:* until you erase it; deleted wins for a day more. The audit log for {trail}. {leavers} Once the app is "
    "removed from Slack: {removed} days."
)
NEVER: Final = "People who left Slack: until an admin sets an end."
AFTER: Final = "People who left Slack: {months}."
PARTICULARS: Final = (
    "*Wins*, with every version, what was said about each, and who confirmed it: so that a claim can be shown. Private "
    "ones only you see.",
    "*Targets, credentials, skills, profile*: for your road. How you rate your skills only you see; your manager sees "
    "which credentials you earned and which criteria you meet.",
    "*Who reports to whom*, and since when: so that wins reach the right person.",
    "*Weekly and other messages*: when each one was due and what became of it, never its text.",
    "*The audit log*: who read or changed what and when, never texts. Your export has your part of it.",
    "*Questions I could not answer*: counted, without your name.",
)
ELSEWHERE: Final = (
    "*Not kept:* what looks like a patient's details is refused before it is stored.",
    "*In Slack:* messages from me, what you shared in channels and files I sent are in Slack, which has its own rules "
    "for how long. I cannot erase them there.",
    "*The server:* whoever runs this app for your organization can reach its database and its backups. Slack's tokens "
    "are encrypted in it. Nothing is sold, and nothing goes to any other company.",
)
ERASING: Final = (
    f"*If you are erased,* after {CHANGE_OF_MIND.days} days to change your mind, all of the above goes. Wins of others "
    "that you confirmed stay confirmed, by “a former member”, and what you wrote to others about theirs stays, without "
    "your name."
)
EXPORT: Final = runs("Export everything", "privacy export", style="primary")
ERASE: Final = runs("Erase me", "privacy erase", style="danger")


def tell(session: Session, deps: Deps, person: Person, page: int) -> Message:
    """The screen; for who is leaving, until when they can change their mind."""
    glance = met(session, deps, person)
    if glance.member.erase_at is not None:
        return leaving(glance)
    top = [section(text) for text in (WHAT, WHY, WHO, how_long(glance))]
    rest: list[Block] = [section(bullets(PARTICULARS)), section(bullets(ELSEWHERE)), section(ERASING)]
    return leaf("privacy", page, top, rest, top=[header(TITLE)], ways=[EXPORT, ERASE], more="More")


def met(session: Session, deps: Deps, person: Person) -> Glance:
    """Who asks; unlike `deps.meet`, also who is leaving."""
    member, workspace = members.meet(session, person, deps.now())
    return deps.glance(member, workspace)


def leaving(glance: Glance) -> Message:
    assert glance.member.erase_at is not None, "asked of who is leaving"
    ways = [runs(label, words, style="primary" if words == WAYS[0][1] else None) for label, words in WAYS]
    return message(header(TITLE), section(until_then(glance.member.erase_at, glance.zone)), actions(*ways))


def how_long(glance: Glance) -> str:
    """With what the workspace has set."""
    workspace = glance.workspace
    months = workspace.leaver_months
    return HOW_LONG.format(
        trail=plural(workspace.trail_months or TRAIL_MONTHS, "month"),
        removed=KEPT_AFTER_UNINSTALL.days,
        leavers=NEVER if months is None else AFTER.format(months=plural(months, "month")),
    )
