"""What a manager may read of a readiness: that a criterion about the person is met or not, and none of the facts."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from content import Content, Credentials, Criterion, Education, Need, Predicate, Years
from content.predicates import leaves
from slackbot.rules.progress import Judged, Readiness
from slackbot.rules.progress.checklist import nearest

MET: Final = "Met, by their own profile"
NOT_MET: Final = "Not met yet, by their own profile"
THEIR_OWN: Final = "what is still open rests on their own profile."
KINDS: Final = (
    (Need.GATE, "gate", "gates"),
    (Need.SUPPORTING, "supporting criterion", "supporting criteria"),
)

Standing = tuple[Criterion, Judged]


def is_personal(test: Predicate) -> bool:
    """Whether it asks about education, years or credentials, which somebody told of for their own eyes."""
    return any(isinstance(leaf, Education | Years | Credentials) for leaf in leaves(test))


def for_others(found: Readiness, content: Content) -> Readiness:
    """The same counts; of what is personal no figures and no advice, which would give them away."""
    if not any(is_personal(criterion.test) for criterion, _ in found.standings):
        return found
    told = tuple(
        (criterion, _withheld(judgment) if is_personal(criterion.test) else judgment)
        for criterion, judgment in found.standings
    )
    return replace(found, standings=told, missing=_missing(told, content) or found.missing)


def _missing(standings: Sequence[Standing], content: Content) -> str:
    """As `readiness` says it, but that nothing personal leads. Empty where all is met."""
    for need, noun, nouns in KINDS:
        still_open = [each for each in standings if each[0].need is need and not each[1].met]
        if not still_open:
            continue
        count = f"{len(still_open)} {noun if len(still_open) == 1 else nouns} to go"
        shared = [each for each in still_open if not is_personal(each[0].test)]
        if not shared:
            return f"{count}: {THEIR_OWN}"
        return f"{count}. {nearest(shared, content)}"
    return ""


def _withheld(judgment: Judged) -> Judged:
    return replace(
        judgment,
        verified=None,
        claimed=None,
        share=Decimal(judgment.met),
        sentence=MET if judgment.met else NOT_MET,
        missing="",
        counted=(),
        passed_over=(),
    )
