"""Recognizes what may identify a patient, or ties a favor to referrals, before anything is stored, logged or sent.

It lowers the risk; it does not make a text free of patient data. What it looks for: 45 CFR 164.514(b)(2), as far as a
pattern can tell. Names without a cue, numbers without a label and dates without one are not found."""

from dataclasses import dataclass
from typing import Final

from slackbot.rules.screening import ages, births, care, counts, numbers, people, stays
from slackbot.rules.screening.reading import in_figures, plain
from slackbot.rules.screening.rule import kinds
from slackbot.rules.screening.wording import inducements

__all__ = ["Findings", "identifier_in", "screen"]

_BLOCKED: Final = (*numbers.RULES, *births.RULES, *care.RULES, *stays.RULES)
_WARNED: Final = (*people.RULES, *counts.RULES)
_ADDRESSES: Final = frozenset({people.PHONE, people.EMAIL, people.IP})


@dataclass(frozen=True)
class Findings:
    """Kinds, in words that follow "it holds": "a date of birth". Never the values themselves.

    `blocked` is refused; `warned` may be no patient's, so the person is asked; `inducement` names what of value
    the wording links to referrals."""

    blocked: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    inducement: tuple[str, ...] = ()


def screen(text: str) -> Findings:
    """What a text holds, of each kind once."""
    read = plain(text)
    blocked = (*kinds(_BLOCKED, read), *kinds(ages.RULES, in_figures(read)))
    six = (people.IP,) if people.holds_ipv6(read) else ()
    warned = tuple(dict.fromkeys((*kinds(_WARNED, read), *six)))
    return Findings(blocked, warned, inducements(read))


def identifier_in(text: str) -> str | None:
    """The kind of the first thing that may identify a person; None when nothing does.

    For questions, which are counted by their words: an address or a phone number is refused in them too, while a
    name after a cue is not, because questions are full of such cues."""
    found = screen(text)
    refused = (*found.blocked, *(kind for kind in found.warned if kind in _ADDRESSES))
    return next(iter(refused), None)
