"""A rung's criteria as a checklist: what is met by verified results, and what is missing. Never a promise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from content import Content, Criterion, Need
from slackbot.rules.progress.entries import Entry
from slackbot.rules.progress.judging import judged
from slackbot.rules.progress.judgment import Judged
from slackbot.rules.progress.naming import name
from slackbot.rules.roadmap import Record

Standing = tuple[Criterion, Judged]


@dataclass(frozen=True)
class Readiness:
    """`missing` is one sentence. All gates met says that the asks are met, not that anybody will be promoted."""

    gates_met: int
    gates: int
    supporting_met: int
    supporting: int
    standings: tuple[Standing, ...]
    missing: str


def readiness(
    criteria: Iterable[Criterion], entries: Sequence[Entry], record: Record, content: Content, today: date
) -> Readiness:
    """Every criterion judged, in the order given. It can only grow with a verified gain as `judged` describes it."""
    standings = tuple((each, judged(each.test, entries, record, content, today)) for each in criteria)
    gates = [standing for standing in standings if standing[0].need is Need.GATE]
    supporting = [standing for standing in standings if standing[0].need is Need.SUPPORTING]
    return Readiness(
        gates_met=_met(gates),
        gates=len(gates),
        supporting_met=_met(supporting),
        supporting=len(supporting),
        standings=standings,
        missing=_missing(gates, supporting, content),
    )


def _met(standings: Sequence[Standing]) -> int:
    return sum(judgment.met for _, judgment in standings)


def nearest(still_open: Sequence[Standing], content: Content) -> str:
    """The one that is furthest along, and what it takes: "Nearest: Provider satisfaction. Referrer NPS: from 12 to 22 …"."""
    criterion, judgment = max(still_open, key=lambda standing: standing[1].share)
    return f"Nearest: {name(criterion.test, content)}. {judgment.missing}"


def _missing(gates: Sequence[Standing], supporting: Sequence[Standing], content: Content) -> str:
    """The open gate that is furthest along leads; with all of them met, the supporting criteria do."""
    for kind, standings in (("gate", gates), ("supporting criterion", supporting)):
        still_open = [standing for standing in standings if not standing[1].met]
        if still_open:
            count = f"{len(still_open)} {kind if len(still_open) == 1 else _many(kind)} to go"
            return f"{count}. {nearest(still_open, content)}"
    return (
        "Every criterion is met: this is the case to bring to a conversation." if gates or supporting else ""
    )


def _many(kind: str) -> str:
    return kind.replace("criterion", "criteria").replace("gate", "gates")
