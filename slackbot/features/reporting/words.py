"""What is said about who reports to whom: to the one who reports, and to everybody it concerns."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from content import Content
from slackbot.home import Glance
from slackbot.ui.blocks import Block, Message, actions, context, header, message, runs, section
from slackbot.ui.text import day, escape, plural
from storage.models import Member, Reporting, Target

MANAGER_SEES: Final = (
    "*What they see:* the wins you share, those that are confirmed, your targets, and the role you want with whether "
    "each of its criteria is met. What only you see, what you withdrew, what was not confirmed and the rest of your "
    "profile stays with you. Their own manager sees totals."
)
NO_MANAGER: Final = (
    "You have no manager here yet. A manager confirms the wins you share; until there is one, those wait."
)
WHAT_MOVES: Final = (
    "*What moves:* the wins that wait go to the new manager's queue, and confirmed ones go along. Private ones stay "
    "private. Both of them hear of it."
)
HOW_TO_LEAD: Final = (
    "*Nobody reports to you yet.* There are two ways: somebody asks you with `/prm manager`, or an admin sets it. Once "
    "you have a team, you can add more people yourself."
)
NOT_ON_YOUR_TEAM: Final = "I can't find that person on your team."
NOT_LEADING: Final = "You can add people once somebody reports to you. Ask them to name you with /prm manager, or an admin to set it."
HELLO: Final = (
    "I am PRM Coach: I keep what physician liaisons achieve, and show how far their next role is. Type `/prm` to begin; "
    "until then I write only when something like this concerns you."
)
PROPOSALS_SHOWN: Final = 3
TEAM: Final = runs("My team", "team")
MY_MANAGER: Final = runs("My manager", "manager")


def called(member: Member) -> str:
    """Their name, in plain text."""
    return member.name or "That person"


def mention(member: Member) -> str:
    """Slack puts the name of today in its place."""
    return f"<@{member.user_id}>"


def my_manager(
    glance: Glance,
    current: tuple[Reporting, Member] | None,
    asked: tuple[Reporting, Member] | None,
) -> Message:
    """Who somebody's manager is, what that one sees, and how to change it."""
    said, ways = [NO_MANAGER], []
    if current is not None:
        row, manager = current
        said = [f"*{mention(manager)}* is your manager since {on_day(row.since, glance.zone)}.", MANAGER_SEES]
        if may_undo(row):
            ways.append(runs("That's not right", f"manager wrong {row.id}"))
    if asked is not None:
        row, manager = asked
        said.append(f"You asked {mention(manager)} on {on_day(row.asked_at, glance.zone)}. No answer yet.")
        ways = [runs("Withdraw the ask", "manager withdraw"), runs("Ask somebody else", "manager ask"), *ways]
    elif current is not None:
        ways.insert(0, runs("Change", "manager ask"))
    else:
        ways.insert(0, runs("Ask somebody", "manager ask", style="primary"))
    return message(header("Your manager"), *(section(each) for each in said), actions(*ways))


def may_undo(row: Reporting) -> bool:
    """Whether who reports may say that it is not right: a manager added them, and nobody else had a say in it."""
    return row.state == "current" and row.asked_at is None and row.set_by == row.manager_id


def answers(row: Reporting) -> Block:
    """What somebody who was asked can say to it."""
    return actions(
        runs("Accept", f"team accept {row.id}", style="primary"), runs("Not me", f"team refuse {row.id}")
    )


def on_day(moment: datetime | None, zone: ZoneInfo) -> str:
    assert moment is not None, "the database keeps when it was"
    return day(moment.astimezone(zone))


# What the others are told


def with_hello(said: Message) -> Message:
    """To somebody who has never used the app: who it is that writes to them, and that it stays at that."""
    return message(*said["blocks"], context(HELLO))


def asks_you(who: Member, row: Reporting) -> Message:
    return message(
        section(f"*{mention(who)} asks you to be their manager here.*"),
        section("You would see the wins they share, and confirm them. What only they see stays with them."),
        answers(row),
    )


def accepted(manager: Member) -> Message:
    said = f"*{mention(manager)} accepted: they are your manager now.*"
    return message(section(said), section(MANAGER_SEES), actions(MY_MANAGER))


def refused(manager: Member) -> Message:
    return message(
        section(f"{mention(manager)} says that they are not your manager. Nothing has changed."),
        actions(runs("Ask somebody else", "manager ask"), MY_MANAGER),
    )


def added_you(manager: Member, row: Reporting) -> Message:
    return message(
        section(f"*{mention(manager)} added you to their team, as your manager.*"),
        section(MANAGER_SEES),
        actions(runs("That's not right", f"manager wrong {row.id}"), MY_MANAGER),
    )


def given_to_you(by: Member, manager: Member) -> Message:
    """To somebody whose manager an admin or the one before chose."""
    said = "they are your manager now" if by is manager else f"{mention(manager)} is your manager now"
    return message(
        section(f"*{mention(by)} set it: {said}.*"),
        section(MANAGER_SEES),
        context("If that is not right, tell them, or ask who should be it."),
        actions(MY_MANAGER),
    )


def now_yours(by: Member, who: Member, waiting: int) -> Message:
    """To a manager who got somebody without asking for them."""
    waits = f" {plural(waiting, 'win')} of theirs to confirm." if waiting else ""
    ways = [TEAM, runs("Open the queue", "verify")] if waiting else [TEAM]
    return message(
        section(f"*{mention(who)} reports to you now.* {mention(by)} set it.{waits}"), actions(*ways)
    )


def proposals_wait(content: Content, who: Member, proposals: Sequence[Target]) -> Message:
    """To a new manager: what one of their people proposed while there was nobody to agree."""
    many = len(proposals) > 1
    said = f"*{mention(who)} proposed {plural(len(proposals), 'target') if many else 'a target'} before you were their manager.*"
    rows = [
        section(
            f"{escape(_measured(content, each))}, by {day(each.due)}",
            accessory=runs("Answer", f"target show {each.id}"),
        )
        for each in proposals[:PROPOSALS_SHOWN]
    ]
    return message(
        section(f"{said} {'They wait' if many else 'It waits'} for your answer."),
        *rows,
        actions(runs("All their targets", f"target of {mention(who)}")),
    )


def _measured(content: Content, target: Target) -> str:
    known = content.has(f"metric/{target.metric}")
    return content.metric(target.metric).label if known else target.metric


def gone_on(who: Member, manager: Member) -> Message:
    """To the manager before."""
    return message(
        section(
            f"*{mention(who)} reports to {mention(manager)} now.* What they shared and is not confirmed yet waits in "
            "that queue, no longer in yours."
        ),
        actions(TEAM),
    )


def no_longer_yours(manager: Member) -> Message:
    """To somebody whose manager took them from the team."""
    return message(
        section(
            f"*{mention(manager)} is no longer your manager.* What waits to be confirmed waits for the next."
        ),
        actions(runs("Ask somebody", "manager ask", style="primary"), MY_MANAGER),
    )


def says_not_right(who: Member) -> Message:
    return message(
        section(f"{mention(who)} says that they do not report to you, so they are no longer on your team."),
        actions(TEAM),
    )
