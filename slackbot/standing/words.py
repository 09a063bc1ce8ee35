"""Short words for where somebody stands, in mrkdwn: a line for a checklist, for an outcome, and for its pace."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from slackbot.rules.outcomes import reading
from slackbot.rules.pace import State, bar
from slackbot.rules.progress import Readiness
from slackbot.standing.shapes import Goal, OutcomeRow
from slackbot.ui.text import cut, day, escape, joined, plural

LONGEST_SENTENCE: Final = 100
_CENT: Final = Decimal("0.01")


def gates(found: Readiness) -> str:
    """ "▰▰▰▰▰▰▱▱▱▱ *3 of 5 gates met*, 2 of 6 supporting"."""
    supporting = f"{found.supporting_met} of {found.supporting} supporting"
    if not found.gates:
        share, said = _share(found.supporting_met, found.supporting), f"*{supporting}*"
    else:
        share = _share(found.gates_met, found.gates)
        said = f"*{found.gates_met} of {found.gates} gates met*"
        said += f", {supporting}" if found.supporting else ""
    return f"{bar(share)} {said}" if found.gates or found.supporting else "Nothing is asked for here yet."


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) / whole if whole else Decimal(0)


def outcomes(rows: Sequence[OutcomeRow], today: date) -> str:
    """All of `outcome_lines` in one text."""
    return "\n".join(outcome_lines(rows, today))


def outcome_lines(rows: Sequence[OutcomeRow], today: date) -> list[str]:
    """Words for each that something is asked or told of; the others share the last line."""
    silent = [row for row in rows if row.goal is None and row.leading is None and row.last_win is None]
    lines = [outcome(row, today) for row in rows if row not in silent]
    if silent:
        named = joined([escape(row.outcome.label) for row in silent])
        lines.append(f"Nothing yet in {named}.")
    return lines


def outcome(row: OutcomeRow, today: date) -> str:
    """Two short lines: what and how it goes, then the bar, the figures behind it, and the last win."""
    name = f"*{escape(row.outcome.label)}*"
    if row.goal is not None:
        return f"{name}: {pace(row.goal)}\n{row.bar} {figures(row.goal)}.{_last(row.last_win, today)}"
    if row.leading is not None:
        told = cut(row.leading.sentence.split("; ")[0], LONGEST_SENTENCE)
        met = ": what the role asks for is met" if row.leading.met else ""
        return f"{name}{met}\n{row.bar} {escape(told)}.{_last(row.last_win, today)}"
    total = row.verified + row.claimed
    return f"{name}\n{plural(total, 'win')}, {row.verified} confirmed.{_last(row.last_win, today)}"


def pace(goal: Goal) -> str:
    """A word or two for how a target goes."""
    if not goal.agreed:
        return "target not agreed yet"
    return "too early to say" if goal.pace.state is State.TOO_EARLY else goal.pace.state.value


def told_of_another(sentence: str) -> str:
    """What the pace says to whoever has the target, said to somebody else."""
    return sentence.replace(" you would ", " they would ")


def figures(goal: Goal) -> str:
    """ "at 174, goal 400 referrals (confirmed: 120)"."""
    actual, metric = goal.pace.actual, goal.metric
    aim = reading(metric, goal.aim.goal)
    if actual is None:
        return escape(f"nothing logged yet toward {aim}")
    now, unit = reading(metric, actual.quantize(_CENT)), f" {metric.unit_after(actual)}"
    confirmed = ""
    if goal.verified is None:
        confirmed = " (none of it confirmed yet)"
    elif goal.verified != actual:
        sure = reading(metric, goal.verified.quantize(_CENT))
        confirmed = f" (confirmed: {sure.removesuffix(f' {metric.unit_after(goal.verified)}')})"
    return escape(f"at {now.removesuffix(unit)}, goal {aim}{confirmed}")


def _last(win: date | None, today: date) -> str:
    return f" Last win {short_day(win, today)}." if win else ""


def short_day(moment: date, today: date) -> str:
    """ "Nov 3" of this year, "Nov 3, 2025" of another: two lines on a phone rather than three."""
    return f"{moment:%b} {moment.day}" if moment.year == today.year else day(moment)
