"""Screens what people typed: patient data is refused, a doubt is asked about, and neither is ever said back.

Every feature with a free-text field calls this before it stores, logs or sends anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from slackbot.errors import FormError
from slackbot.rules.screening import screen
from slackbot.ui.text import joined

REFUSED: Final = "This looks like it holds {kinds}. Please take it out: totals, practices and dates of your own work are enough."
IDENTIFIERS: Final = (
    "This looks like it holds {kinds}. If it is a patient's, please take it out. If it is an office's or a "
    "colleague's, say so below."
)
INDUCEMENT: Final = (
    "Some wording links something of value ({kinds}) with referrals. That is no judgment of what happened, and no legal "
    "advice. Better describe the work itself, and ask Compliance before you share it."
)
LIMITS: Final = (
    "I look for what may point at a patient. That lowers the risk, but I can't find everything: please read it over "
    "yourself."
)
NOT_A_PATIENTS: Final = "This is not a patient's"
"""The box that clears `Doubts.identifiers`."""
KEEP_WORDING: Final = "Keep the wording, marked and left out of exports until I change it"
"""The box that clears `Doubts.inducement`."""


@dataclass(frozen=True)
class Doubts:
    """Kinds to ask about before anything is kept, in words: "a phone number"; "gifts"."""

    identifiers: frozenset[str] = frozenset()
    inducement: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.identifiers or self.inducement)


class Warned(NamedTuple):
    """What a form says above the box that clears a doubt; None where there is none."""

    identifiers: str | None
    inducement: str | None


def refuse(texts: Mapping[str, str | None]) -> None:
    """Raises FormError with a sentence for each field that may hold patient data; there is no way past it."""
    _refuse({name: screen(text).blocked for name, text in texts.items() if text})


def refuse_doubtful(texts: Mapping[str, str | None]) -> None:
    """Like `refuse`, and what is only in doubt too: for a short field, where there is nothing to confirm."""
    found = {name: screen(text) for name, text in texts.items() if text}
    _refuse({name: (*each.blocked, *each.warned) for name, each in found.items()})


def _refuse(found: Mapping[str, tuple[str, ...]]) -> None:
    errors = {name: REFUSED.format(kinds=joined(list(kinds))) for name, kinds in found.items() if kinds}
    if errors:
        raise FormError(errors)


def doubts(texts: Mapping[str, str | None]) -> Doubts:
    """What all the fields together leave to ask about. Texts are `refuse`d first."""
    found = [screen(text) for text in texts.values() if text]
    return Doubts(
        frozenset(kind for each in found for kind in each.warned),
        frozenset(kind for each in found for kind in each.inducement),
    )


def warning(found: Doubts) -> Warned:
    """The sentences for a form with doubts. They name kinds, and repeat nothing that was typed."""
    return Warned(
        IDENTIFIERS.format(kinds=joined(sorted(found.identifiers))) if found.identifiers else None,
        INDUCEMENT.format(kinds=joined(sorted(found.inducement))) if found.inducement else None,
    )
