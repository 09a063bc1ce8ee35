"""Words that the pages about criteria share."""

from collections.abc import Sequence
from typing import Final

from content import Criterion, Need
from slackbot.rules.criteria import Differences, is_ours
from slackbot.ui.badges import HOUSE, mark
from slackbot.ui.blocks import Block, section
from slackbot.ui.text import day, escape, mention_of
from storage.criteria_sets import Past

GOAL: Final = "manager"
STRONGER: Final = "What makes the case stronger"
DO_NOT_KNOW: Final = "I don't know a role by that name, so here is the manager's."
NO_PROMISE: Final = "A checklist of readiness, never a promise: the decision is your organization's."
LEGEND: Final = f"_{HOUSE}_: our own starting point, since the article gives no thresholds. The rest is stated by the MDliaison article."
SET_HERE: Final = "set here"
NEEDS: Final = {Need.GATE: "needed", Need.SUPPORTING: "makes the case stronger"}
_NOW: Final = {
    Need.GATE: "It is needed now; before, it made the case stronger.",
    Need.SUPPORTING: "It makes the case stronger now; before, it was needed.",
}


def marked(criterion: Criterion) -> str:
    """Where a criterion comes from, in a word or two."""
    return SET_HERE if is_ours(criterion) else mark(criterion)


def by_whom(past: Past) -> str:
    """ "version 3, Nov 23, 2026, by <@U0DEE>"; mrkdwn."""
    version = past.criteria_set
    ours = version.by_id is None and not version.author_left
    who = "the house's defaults" if ours else f"by {mention_of(past.user_id)}"
    return f"version {version.version}, {day(version.at)}, {who}"


def why_of(past: Past) -> str:
    """The reason that was given, as a quotation; empty where there is none."""
    why = past.criteria_set.why
    return f"\n&gt; {escape(' '.join(why.split()))}" if why else ""


def differing(found: Differences) -> Sequence[Block]:
    """Every difference in a block of its own: what is asked now, and what was asked before."""
    lines = [f"*New, {NEEDS[each.need]}:* {escape(each.sentence)}" for each in found.added]
    for pair in found.changed:
        said = escape(pair.after.sentence)
        if pair.asks_otherwise:
            said = f"*Now:* {said}\n*Before:* {escape(pair.before.sentence)}"
        lines.append(f"{said}\n_{_NOW[pair.after.need]}_" if pair.counts_otherwise else said)
    lines += [f"*No longer asked:* {escape(each.sentence)}" for each in found.left_out]
    return [section(line) for line in lines]
