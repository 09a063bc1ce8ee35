"""Who may do what to a win, and what becomes of its status: three small tables, and nothing else decides it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal

Visibility = Literal["me", "manager"]


class Deed(StrEnum):
    """Something done to a win. The value is the word that its revision keeps; reading leaves no revision."""

    READ = "read"
    HISTORY = "history"
    EDIT = "edited"
    SHARE = "shared"
    ANSWER = "answered"
    RETURN = "returned"
    WITHDRAW = "withdrawn"
    DELETE = "deleted"
    RESTORE = "restored"
    CONFIRM = "confirmed"
    ASK = "asked"
    DECLINE = "declined"
    DELEGATE = "delegated"


_ALL: Final = ("private", "shared", "needs_info", "verified", "declined", "withdrawn")
_SEEN: Final[Mapping[str, frozenset[str]]] = {
    "owner": frozenset(_ALL),
    "manager": frozenset({"shared", "needs_info", "verified"}),
    "delegate": frozenset({"shared", "needs_info"}),
}
_DECIDING: Final = frozenset({Deed.CONFIRM, Deed.ASK, Deed.DECLINE})
_ALLOWED: Final[Mapping[str, frozenset[Deed]]] = {
    # What decides about a win is missing here, so that nobody can do it to their own.
    "owner": frozenset(Deed) - _DECIDING - {Deed.DELEGATE},
    "manager": _DECIDING | {Deed.READ, Deed.DELEGATE},
    "delegate": _DECIDING | {Deed.READ},
}
_SAME: Final = {status: status for status in _ALL}
_FOLLOWS: Final[Mapping[Deed, Mapping[str, str]]] = {
    Deed.READ: _SAME,
    Deed.HISTORY: _SAME,
    Deed.DELETE: _SAME,
    Deed.RESTORE: _SAME,
    Deed.EDIT: {
        "private": "private",
        "shared": "shared",
        "needs_info": "shared",
        "verified": "shared",  # other numbers than those that were confirmed
        "declined": "private",
    },
    Deed.SHARE: {"private": "shared", "declined": "shared"},
    Deed.ANSWER: {"needs_info": "shared"},
    Deed.RETURN: dict.fromkeys(("shared", "needs_info", "declined", "withdrawn"), "private"),
    Deed.WITHDRAW: dict.fromkeys(("private", "shared", "needs_info", "verified", "declined"), "withdrawn"),
    Deed.CONFIRM: dict.fromkeys(("shared", "needs_info"), "verified"),
    Deed.ASK: {"shared": "needs_info"},
    Deed.DECLINE: dict.fromkeys(("shared", "needs_info"), "declined"),
    Deed.DELEGATE: {"shared": "shared"},
}


def may(deed: Deed, *, relation: str, status: str) -> bool:
    """Whether somebody who is this to a win may do that to it: its "owner", their current "manager", a "delegate".

    For anybody else, a former manager and an admin too, and for an unknown status, the answer is no."""
    return (
        deed in _ALLOWED.get(relation, frozenset())
        and status in _SEEN.get(relation, frozenset())
        and status in _FOLLOWS[deed]
    )


def after(deed: Deed, status: str) -> str:
    """The status that follows. For an edit: where the owner leaves it to the same eyes as before.

    Raises ValueError for what cannot be done to a win in that status."""
    if status not in _FOLLOWS[deed]:
        raise ValueError(f"a win that is {status} cannot be {deed}")
    return _FOLLOWS[deed][status]


def visibility(status: str) -> Visibility:
    """Who sees a win of that status: the choice that its form starts with."""
    return "manager" if status in _SEEN["manager"] else "me"


def status_for(chosen: Visibility) -> str:
    """What a win becomes when it is logged or edited with that choice, whatever it was before."""
    return "shared" if chosen == "manager" else "private"
