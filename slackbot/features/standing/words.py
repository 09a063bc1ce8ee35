"""Short words for where somebody stands, in mrkdwn: the five steps, and somebody in a team."""

from collections.abc import Sequence

from slackbot.rules import roadmap
from slackbot.standing import Standing
from slackbot.standing.words import pace, short_day
from slackbot.ui.text import escape, plural


def road(steps: Sequence[roadmap.Standing]) -> str:
    """How many of the steps are done, and the state of each."""
    done = sum(each.state is roadmap.State.DONE for each in steps)
    lines = "\n".join(f"{each.step.number}. {escape(each.step.name)} _({each.state})_" for each in steps)
    return f"*Your road:* {done} of {len(steps)} steps done\n{lines}"


def in_team(each: Standing, leads: int = 0) -> str:
    """Somebody of a team in one line: "3 of 5 gates, behind on Referrals, last win Nov 3"; "leads 8 people"."""
    if leads and each.rung is None and not each.last_win:
        return f"leads {plural(leads, 'person').replace('persons', 'people')}"
    parts = [_gates_of(each), _pace_of(each)]
    last = f"last win {short_day(each.last_win, each.today)}" if each.last_win else "no wins shared yet"
    return ", ".join([*filter(None, parts), last])


def _gates_of(each: Standing) -> str:
    found = each.readiness
    return f"{found.gates_met} of {found.gates} gates" if found and found.gates else ""


def _pace_of(each: Standing) -> str:
    late = each.behind
    if late:
        more = f" and {len(late) - 1} more" if len(late) > 1 else ""
        return f"{late[0].pace.state} on {escape(late[0].metric.label)}{more}"
    agreed = [goal for goal in each.goals if goal.agreed]
    return pace(agreed[0]) if agreed else "no target agreed"
