"""What the audit trail's actions are called in a sentence, for `admin log`."""

from collections.abc import Mapping
from typing import Final

DEEDS: Final[Mapping[str, str]] = {
    "win.logged": "{who} logged a win",
    "win.edited": "{who} changed a win",
    "win.shared": "{who} shared a win with their manager",
    "win.answered": "{who} answered a question about a win",
    "win.withdrawn": "{who} withdrew a win",
    "win.returned": "{who} took a win back",
    "win.deleted": "{who} deleted a win",
    "win.restored": "{who} brought a deleted win back",
    "win.read": "{who} read a win of {owner}",
    "win.confirmed": "{who} confirmed a win of {owner}",
    "win.asked": "{who} asked about a win of {owner}",
    "win.declined": "{who} declined a win of {owner}",
    "win.delegated": "{who} gave a win of {owner} to somebody else to decide",
    "win.celebrated": "{who} posted a win in a channel",
    "reporting.asked": "{who} asked {other} to be their manager",
    "reporting.accepted": "{who} accepted to be the manager of {owner}",
    "reporting.refused": "{who} said no to being the manager of {owner}",
    "reporting.ended": "{who} ended that {owner} reports to {other}",
    "reporting.set": "{who} set that {owner} reports to {other}",
    "target.proposed": "{who} proposed a target for {whose}",
    "target.agreed": "{who} agreed to a target of {owner}",
    "target.refused": "{who} answered a proposed target of {owner} with “not now”",
    "target.withdrawn": "{who} withdrew a proposed target of {owner}",
    "target.closed": "{who} closed a target of {owner}",
    "target.read": "{who} looked at a target of {owner}",
    "criteria.taken_up": "{who} took up version {version} of the criteria for {rung}",
    "criteria.written": "{who} wrote version {version} of the criteria for {rung}",
    "profile.changed": "{who} changed their profile",
    "reminder.set": "{who} asked to be reminded of something",
    "reminder.cancelled": "{who} took a reminder back",
    "nudges.changed": "{who} changed when their weekly message comes",
    "team.read": "{who} looked at their team",
    "digest.read": "{who} read the digest of their team",
    "team.exported": "{who} took the table of their team",
    "teams.totaled": "{who} looked at the totals of the teams below them",
    "member.read": "{who} looked at where {owner} stands",
    "progress.read": "{who} looked at the progress of {owner}",
    "admin.named": "{who} named {owner} to look after the app",
    "admin.unnamed": "{who} took back that {owner} looks after the app",
    "admin.newcomers_changed": "{who} changed when newcomers hear from me",
    "admin.holidays_changed": "{who} chose whose public holidays count",
    "admin.holiday_added": "{who} added a date on which nothing comes",
    "admin.holiday_removed": "{who} took away a date on which nothing came",
    "admin.log_read": "{who} read this log",
}
"""`who` did it, `owner` is whose the thing is (`whose` says "themselves" where that is the same), `other` their
manager."""
BY_ITSELF: Final[Mapping[str, str]] = {
    "queue.shown": "Home showed {owner} which wins wait for them",
    "queue.told": "A message told {owner} which wins wait for them",
    "digest.told": "A message told {owner} about their team's week",
    "team.shown": "Home showed {owner} their team",
}
"""What nobody did: it came because something changed."""
