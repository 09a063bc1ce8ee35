"""The forms about who reports to whom, and the people somebody mentioned when they typed the command."""

import re
from collections.abc import Sequence
from typing import Final

from slackbot.features.reporting.words import MANAGER_SEES, WHAT_MOVES, mention
from slackbot.ui.blocks import View, context, section
from slackbot.ui.forms import field, modal, users_select
from slackbot.ui.text import plural
from storage.teams import Report

ASK: Final = "reporting_ask"
ADD: Final = "reporting_add"
HAND_OVER: Final = "reporting_hand_over"
REMOVE: Final = "reporting_remove"
SET: Final = "reporting_set"
MENTION: Final = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^>]*)?>")
NUMBER: Final = re.compile(r"[0-9]{1,9}")


def number_in(words: str) -> int | None:
    """The number of a row that a button or a form carries; who may touch it is looked up from who sent it."""
    return int(words) if NUMBER.fullmatch(words) else None


def mentioned(words: str) -> list[str]:
    """The ids of the people in "<@U0BEN|ben> <@U0ANA>", in their order."""
    return MENTION.findall(words)


def _one(people: Sequence[str], place: int = 0) -> str | None:
    return people[place] if place < len(people) else None


def ask_form(chosen: Sequence[str], manager: str | None) -> View:
    """Chooses whom to ask. `manager`: the mention of who it is until then."""
    until = f"{manager} stays your manager until they accept." if manager else "They can accept, or not."
    return modal(
        ASK,
        "Ask for a manager",
        field("manager", "Who is your manager?", users_select(_one(chosen))),
        section(f"They get a message from me. {until}"),
        context(MANAGER_SEES),
        submit="Ask",
    )


def add_form(chosen: Sequence[str]) -> View:
    return modal(
        ADD,
        "Add to your team",
        field("liaison", "Who reports to you?", users_select(_one(chosen))),
        section("Somebody who has no manager yet. They hear of it, and can say that it is not right."),
        submit="Add",
    )


def hand_over_form(report: Report) -> View:
    waits = f" Now {plural(report.waiting, 'win')} to confirm." if report.waiting else ""
    return modal(
        HAND_OVER,
        "Hand over",
        section(f"{mention(report.member)} reports to you.{waits}"),
        field("manager", "Who is their manager from now on?", users_select()),
        section(WHAT_MOVES),
        submit="Hand over",
        private_metadata=str(report.reporting.id),
    )


def remove_form(report: Report) -> View:
    return modal(
        REMOVE,
        "Remove from team",
        section(
            f"{mention(report.member)} will no longer report to you, and hears of it. You no longer see their wins; "
            "what waits for you waits for their next manager."
        ),
        submit="Remove",
        private_metadata=str(report.reporting.id),
    )


def set_form(chosen: Sequence[str]) -> View:
    return modal(
        SET,
        "Who reports to whom",
        field("liaison", "Who", users_select(_one(chosen))),
        field("manager", "Reports to", users_select(_one(chosen, 1))),
        section(WHAT_MOVES),
        submit="Set",
    )


def done(title: str, said: str) -> View:
    """What a form leaves behind; `said` is mrkdwn."""
    return modal("reporting_done", title, section(said))
