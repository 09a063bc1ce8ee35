"""The weekly message itself: one outcome, how far along it is, one action, and why; or silence with its reason."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlmodel import Session

from content import Nudge, NudgeState, Outcome
from slackbot.feature import Due, Silence, Spoken
from slackbot.features.nudges import buttons, deciding
from slackbot.features.nudges.words import zone_note
from slackbot.home import Glance
from slackbot.rules import nudges as rules
from slackbot.rules.nudges import Kind, Weighed
from slackbot.rules.pace import State, bar
from slackbot.rules.schedule import AWAY
from slackbot.ui.blocks import Block, Message, actions, context, message, section
from slackbot.ui.text import escape
from storage import time_off
from storage.nudges import Pressed
from storage.sending import Undecided

FIRST: Final = "*Your first weekly message.* There is one a week: one thing to do, and why. Change or stop it whenever you like."
BACK: Final = "Welcome back. Here is one thing to begin with; the figures take no account of your pause."
OFF: Final = "switched off"
PAUSED: Final = "paused"
WON_MEANWHILE: Final = "put off, and a win was logged meanwhile"


def compose(session: Session, due: Sequence[Due]) -> Sequence[Spoken | Silence]:
    """Decides what each slot's message says, or that there is nothing to say.

    One that was put off says the same again, unless a win made it needless."""
    resting = _resting(session, due)
    answers: dict[str, Spoken | Silence] = {}
    for each in due:
        reason = kept_back(each.glance) or (AWAY if each.glance.member_id in resting else None)
        if reason is not None:
            answers[each.delivery.id] = Silence(reason)
    heard = [each for each in due if each.delivery.id not in answers]
    asked = [deciding.Asked(glance, row.slot, row.id) for glance, row in heard]
    for each, known in zip(heard, deciding.facts(session, asked), strict=True):
        answers[each.delivery.id] = _said(*each, known)
    return [answers[each.delivery.id] for each in due]


def _said(glance: Glance, delivery: Undecided, known: deciding.Facts) -> Spoken | Silence:
    choice = (_again(known, delivery) if delivery.moved else None) or known.choose()
    if isinstance(choice, rules.Silence):
        return Silence(choice.reason)
    pressed = Pressed(delivery.id, delivery.moved)
    about = {"outcome": choice.nudge.outcome, "nudge": choice.nudge.id, "kind": choice.kind.value}
    return Spoken(nudge_message(glance, choice, pressed), about)


def _resting(session: Session, due: Sequence[Due]) -> set[int]:
    """Who has time off today that they may have entered since it was claimed: what comes late is looked at again."""
    late = [glance for glance, row in due if row.moved or row.attempts]
    if not late:
        return set()
    away = time_off.of_members(
        session, [glance.member_id for glance in late], min(glance.today for glance in late)
    )
    return {
        glance.member_id
        for glance in late
        if any(first <= glance.today <= last for first, last in away.get(glance.member_id, ()))
    }


def kept_back(glance: Glance) -> str | None:
    """Why somebody gets none at all now, whatever there is to say."""
    if glance.member.nudges_off:
        return OFF
    if glance.member.paused_until and glance.today < glance.member.paused_until:
        return PAUSED
    return None


def _again(known: deciding.Facts, delivery: Undecided) -> rules.Choice | rules.Silence | None:
    """What was put off, as it stands now; None where it fits no longer, or its text is gone from the content."""
    logged, about = known.week.last_logged, delivery.said or {}
    if logged is not None and delivery.sent_at and logged > delivery.sent_at:
        return rules.Silence(WON_MEANWHILE)
    text = next((each for each in known.content.nudges if each.id == about.get("nudge")), None)
    found = known.about(text) if text else None
    if text is None or found is None:
        return None
    targets = any(area.goal for area in known.areas)
    return rules.Choice(Kind(about.get("kind", Kind.WEEKLY)), found, text, known.weighed, targets)


def nudge_message(glance: Glance, choice: rules.Choice, pressed: Pressed | None) -> Message:
    """One screen on a phone. Without `pressed` it is a preview, in which nothing can be answered."""
    found, nudge = choice.chosen, choice.nudge
    first = [section(FIRST)] if choice.kind is Kind.FIRST else _back(glance)
    started = sum(each.area.wins > 0 for each in choice.all)
    return message(
        *first,
        section(_opening(glance, choice)),
        section(action_line(nudge)),
        context(escape(rules.why(found, glance.today, started))),
        *zone_note(glance),
        *_ways(choice, pressed),
    )


def _back(glance: Glance) -> list[Block]:
    """A word for who was away: what the figures below say of that time is nobody's fault."""
    until = glance.member.paused_until
    is_back = until is not None and timedelta() <= glance.today - until < timedelta(days=7)
    return [section(BACK)] if is_back else []


def _opening(glance: Glance, choice: rules.Choice) -> str:
    """The title, the text, and how far along; good news is short, and goes without the text."""
    found, nudge = choice.chosen, choice.nudge
    lines = [title_line(found.area.outcome, nudge)]
    if choice.kind is not Kind.GOOD_NEWS or found.state is NudgeState.NO_TARGET:
        lines.append(escape(_text(found, nudge, glance)))
    if found.area.goal is not None and found.area.goal.pace.actual is not None:
        lines.append(_progress(found.area.goal))
    return "\n".join(lines)


def title_line(outcome: Outcome, nudge: Nudge) -> str:
    return f"*{escape(outcome.label)}: {escape(nudge.title)}*"


def action_line(nudge: Nudge) -> str:
    return f"*This week:* {escape(nudge.action)}"


def _text(found: Weighed, nudge: Nudge, glance: Glance) -> str:
    return nudge.said(rules.values(found.area, glance.today))


def _progress(goal: rules.Goal) -> str:
    """ "▰▰▰▱▱▱▱▱▱▱ 34% of the way, 40% of the time"; over its time, when that was."""
    share, gone = int(goal.pace.share * 100), int(goal.pace.elapsed * 100)
    time = "its time is over" if goal.pace.state is State.OVERDUE else f"{gone}% of the time gone"
    told = "reached" if goal.pace.state is State.REACHED else f"{share}% of the way, {time}"
    agreed = "" if goal.agreed else " (target not agreed yet)"
    return f"{bar(goal.pace.share)} {told}{agreed}"


def _ways(choice: rules.Choice, pressed: Pressed | None) -> list[Block]:
    area, goal = choice.chosen.area, choice.chosen.area.goal
    over = goal is not None and goal.pace.state in (State.OVERDUE, State.REACHED)
    wants_target = not choice.targets or over
    leads_to_target = choice.chosen.state in (NudgeState.NO_TARGET, NudgeState.DONE)
    row = [buttons.log(area.metric if goal else area.outcome, primary=not leads_to_target)]
    if wants_target:
        row.insert(0 if leads_to_target else 1, buttons.target(area.metric, primary=leads_to_target))
    if pressed is None:
        return [actions(*row, buttons.why())]
    return [
        actions(*row, *buttons.answers(pressed, asks=choice.kind is not Kind.GOOD_NEWS)),
    ]
