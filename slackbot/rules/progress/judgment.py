"""What a test came to: verified and claimed kept apart, in numbers and in words."""

from dataclasses import dataclass
from decimal import Decimal

from slackbot.rules.progress.entries import PassedOver


@dataclass(frozen=True)
class Judged:
    """`met` and `share` go by what is verified alone; `claimed` is what it would be with all claims verified too.

    Of periods in a row, the numbers count periods; of several tests, those that are met; of alternatives, they are
    those of the one that is furthest along. `sentence` has no full stop; `missing` has one, and is empty when met."""

    verified: Decimal | None
    claimed: Decimal | None
    needed: Decimal
    met: bool
    met_claimed: bool
    share: Decimal
    sentence: str
    missing: str
    counted: tuple[int, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
