"""Second opinions on blocks that our own rules accept, from two published Block Kit libraries.

Both are builders that check what they build, so each adapter turns JSON into the library's objects. Fields
that a library doesn't know, or judges otherwise than Slack does, are left out; a block it cannot express gets
no opinion from it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.blockkit.payload import Blocks


class NoOpinionError(Exception):
    """A library cannot express the block."""


Judge = Callable[[dict[str, Any]], str | None]


def second_opinions(blocks: Blocks) -> None:
    """Let the libraries look at each block in which our own rules found nothing."""
    if not blocks:
        return
    faults = blocks[0][0].faults
    faulty = [fault.pointer for fault in faults]
    for place, block in blocks:
        if any(f"{pointer}/".startswith(f"{place.pointer}/") for pointer in faulty):
            continue
        for rule, message in _opinions(json.dumps(block)):
            place.break_rule(rule, message)


# Slack's own limits keep a block small, and an app sends the same ones again and again.
@lru_cache(maxsize=2_000)
def _opinions(block: str) -> tuple[tuple[str, str], ...]:
    parsed = json.loads(block)
    verdicts = ((rule, judge(parsed)) for rule, judge in _judges().items())
    return tuple((rule, f"The library {rule} says: {why}") for rule, why in verdicts if why)


@cache
def _judges() -> dict[str, Judge]:
    # Importing both takes some 40 ms, which a process that checks nothing should not pay.
    from sandbox.blockkit.adapters import by_blockkit, by_slackblocks

    return {"blockkit": by_blockkit.objection, "slackblocks": by_slackblocks.objection}
