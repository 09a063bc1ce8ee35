"""A manager's team on Home: how many are behind, and those to look at first. Only what they shared."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sqlmodel import Session

from slackbot.features.standing.words import in_team
from slackbot.home import Glance
from slackbot.standing import Standing, team_standings
from slackbot.ui.blocks import Block, actions, bullets, runs, section
from slackbot.ui.text import plural
from storage import audit, reporting

SHOWN: Final = 8
"""A whole team of the usual size, in a line or two each; `/prm team` has the others."""


def home(session: Session, glance: Glance) -> Sequence[Block]:
    """Nothing for who leads nobody."""
    team = team_standings(session, glance, glance.member)
    if not team:
        return []
    # Shown, rather than read: Home is brought up to date whether somebody looks or not.
    audit.record(
        session,
        workspace_id=glance.workspace_id,
        actor_id=None,
        action="team.shown",
        subject=f"member:{glance.member_id}",
        now=glance.now,
    )
    first = sorted(team, key=_urgency)[:SHOWN]
    led = reporting.leading(session, workspace_id=glance.workspace_id, manager_id=glance.member_id)
    lines = bullets(
        f"<@{each.member.user_id}>: {in_team(each, led.get(each.member.id or 0, 0))}" for each in first
    )
    rest = f"\nAnd {len(team) - SHOWN:,} more." if len(team) > SHOWN else ""
    return [section(f"{_summary(team, led)}\n{lines}{rest}"), actions(runs("My team", "team"))]


def _urgency(each: Standing) -> tuple[bool, date]:
    """Who is behind comes first, then who has not shared a win for longest."""
    return not each.behind, each.last_win or date.min


def _summary(team: Sequence[Standing], led: Mapping[int, int]) -> str:
    people = plural(len(team), "person").replace("persons", "people")
    behind = sum(bool(each.behind) for each in team)
    # Whoever leads others themselves may well have none.
    without = sum(not each.agreed and each.member.id not in led for each in team)
    parts = [f"{behind} behind" if behind else "", f"{without} without an agreed target" if without else ""]
    said = ", ".join(filter(None, parts))
    return f"*Your team:* {people}{f', {said}' if said else ''}"
