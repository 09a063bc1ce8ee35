"""`python -m content.nudge_page` writes docs/nudges.md: what the weekly message may say. A test holds it to the content."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from content.loader import load
from content.nudges import Nudge, NudgeState
from content.store import Content

PAGE: Final = Path(__file__).parents[1] / "docs" / "nudges.md"
STATES: Final = {
    NudgeState.START: "No win yet",
    NudgeState.NO_TARGET: "Wins, and no target anywhere",
    NudgeState.BEHIND: "Behind the line to the target, or over its date",
    NudgeState.STALE: "Quiet",
    NudgeState.ON_PACE: "In good order (at most once a month)",
    NudgeState.DONE: "Target reached (at most once a month)",
}
OPENING: Final = """\
# What the weekly message says

One message a week, about the outcome that wants it most: its title and text, how far along the target is, one action that can
be counted, and the arithmetic of why it was chosen. Read a whole year of them with

    prm simulate --weeks 52 --persona steady

(or `quiet`, `new`, `nearly-there`, `on-leave`; `--member U0123ABCD` takes somebody from your database), and your own next one
with `/prm nudges preview`.

**How it is chosen.** Each outcome has a state, and points: 1 for each percentage point it is off the line to its target, 1 for
each day it has been quiet longer than usual (21 days; 45 for agreements and surveys; twice that while its target keeps pace), more
as its date comes near, 10 where the role you work toward asks for it as a gate and there is no win yet, and 15 where nothing was
begun, with 15 more if there is a target for it. Less for what was named in the last four weeks, for a win in the last seven days,
and for “not useful”. *Why this?* shows the whole sum. These numbers are house defaults.

**What rests.** No outcome is named three weeks running. No text comes twice in eight weeks, nor three times in half a year, and
one that was not useful rests for half a year. Where that leaves nothing, there is no message.

**When it stays quiet.** After a win, while nothing is behind. While all targets keep pace, what has none is spoken of every third
week, and good news comes once a month at most. After twelve messages without an answer or a win, every other week. Each week
without a message has its reason in `/prm nudges log`.

**Who is new** gets a first message that says what these are; **who has no target** finds a button that sets one.

In braces stands what is filled in for the person. Your organization can replace any of these texts, or add to them: see
[content.md](content.md).
"""


def page(content: Content) -> str:
    return "\n".join([OPENING, *_outcomes(content)])


def _outcomes(content: Content) -> Iterator[str]:
    for outcome in content.outcomes:
        yield f"## {outcome.label}\n"
        for state, meaning in STATES.items():
            yield f"**{meaning}**\n"
            yield from (_line(nudge) for nudge in content.nudges_for(outcome.id, state))
            yield ""


def _line(nudge: Nudge) -> str:
    return f"- *{nudge.title}.* {nudge.text} **This week:** {nudge.action}"


if __name__ == "__main__":
    PAGE.write_text(page(load()), encoding="utf-8")
