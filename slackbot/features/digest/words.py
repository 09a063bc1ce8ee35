"""A digest in words: for a message, where names are mentions, or as plain text to paste elsewhere."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from content import Content
from slackbot.features.digest.reading import Week
from slackbot.standing import Goal
from slackbot.standing.words import figures, short_day
from slackbot.ui.text import age, escape, joined, plural, unescape
from slackbot.win_words import metric_name, sentence_of
from storage.models import Member, Win

NAMED: Final = 5
"""Lines of each chapter, where there is room for them."""
NOTHING: Final = "No wins were shared or confirmed."


@dataclass(frozen=True)
class Voice:
    """How people are called, and how other words are made safe for the place where they are read."""

    who: Callable[[Member], str]
    safe: Callable[[str], str]
    shared: str
    waiting: str
    """What the chapters are called that speak to the manager, or of them."""


def _name(member: Member) -> str:
    return member.name or "Somebody"


MESSAGE: Final = Voice(
    lambda member: f"<@{member.user_id}>", escape, "Shared with you", "Waiting for your word"
)
PLAIN: Final = Voice(_name, str, "Shared", "Waiting to be confirmed")


@dataclass(frozen=True)
class Chapter:
    """A title with the lines below it, the first few of them."""

    title: str
    fact: str = ""
    lines: Sequence[str] = ()
    more: int = 0


def span(week: Week) -> str:
    """ "Nov 23 to Nov 29"."""
    return f"{short_day(week.first, week.today)} to {short_day(week.last, week.today)}"


def chapters(week: Week, content: Content, voice: Voice, named: int = NAMED) -> list[Chapter]:
    """What there is to say, results first, with at most so many lines each; one without anything is left out."""
    found = [_results(week, voice), _confirmed(week, content, voice), _waiting(week, content, voice)]
    found += [_behind(week, voice), _quiet(week, voice)]
    return [_shortened(each, named) for each in found if each is not None]


def _shortened(chapter: Chapter, named: int) -> Chapter:
    left_out = len(chapter.lines[named:])
    return replace(chapter, lines=chapter.lines[:named], more=chapter.more + left_out)


def _results(week: Week, voice: Voice) -> Chapter | None:
    if not week.wins:
        return Chapter("Wins", NOTHING)
    if not week.shared:
        return None
    by = Counter(each.owner.id for each in week.shared)
    owners = {each.owner.id: each.owner for each in week.shared}
    first = [f"{voice.who(owners[owner])} {count}" for owner, count in by.most_common(NAMED)]
    rest = [plural(len(by) - NAMED, "other")] if len(by) > NAMED else []
    return Chapter(voice.shared, f"{plural(len(week.shared), 'win')}: {joined([*first, *rest])}")


def _confirmed(week: Week, content: Content, voice: Voice) -> Chapter | None:
    wins = week.confirmed
    if not wins:
        return None
    lines = [f"{voice.who(each.owner)}: {_moved(each.win, content, voice)}" for each in wins]
    return Chapter("Confirmed", plural(len(wins), "win"), lines)


def _waiting(week: Week, content: Content, voice: Voice) -> Chapter | None:
    if not week.waiting:
        return None
    ages = [age(each.win.shared_at, week.now) for each in week.waiting if each.win.shared_at]
    lines = [
        f"{voice.who(each.owner)}: {voice.safe(each.win.title or metric_name(content, each.win))}, {waits}"
        for each, waits in zip(week.waiting, ages, strict=True)
    ]
    total = week.waiting_in_all
    oldest = f"{plural(total, 'win')}, the oldest for {ages[0]}" if total > 1 else "1 win"
    return Chapter(voice.waiting, oldest, lines, total - len(lines))


def _behind(week: Week, voice: Voice) -> Chapter | None:
    late = [(each.member, goal) for each in week.behind for goal in each.behind]
    if not late:
        return None
    lines = [f"{voice.who(member)}: {_late(goal, voice)}" for member, goal in late]
    return Chapter("Behind pace", plural(len(late), "target"), lines)


def _late(goal: Goal, voice: Voice) -> str:
    over = (
        "its date has passed"
        if goal.today > goal.target.due
        else f"until {short_day(goal.target.due, goal.today)}"
    )
    return voice.safe(f"{goal.metric.label}, {unescape(figures(goal))}, {over}")


def _quiet(week: Week, voice: Voice) -> Chapter | None:
    if not week.quiet:
        return None
    lines = [
        f"{voice.who(each.member)}: "
        + (f"the last one {short_day(each.last_win, week.today)}" if each.last_win else "none so far")
        for each in week.quiet
    ]
    people = "1 person" if len(week.quiet) == 1 else f"{len(week.quiet):,} people"
    return Chapter("No win shared for three weeks", people, lines)


def _moved(win: Win, content: Content, voice: Voice) -> str:
    return voice.safe(f"{win.title or metric_name(content, win)}: {sentence_of(content, win)}")
