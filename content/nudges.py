"""The texts of the weekly message: one for an outcome and the state somebody may be in, with what is filled in for them."""

from collections.abc import Mapping
from enum import StrEnum
from string import Formatter
from typing import Annotated, ClassVar, Final, Self

from pydantic import StringConstraints, model_validator

from content.entry import Entry, Name, Text
from content.predicates import Id


class NudgeState(StrEnum):
    START = "start"  # no win yet
    NO_TARGET = "no_target"  # wins, and no target anywhere
    BEHIND = "behind"
    STALE = "stale"
    ON_PACE = "on_pace"
    DONE = "done"


WITH_A_WIN: Final = frozenset({"last_win_days", "wins"})
WITH_A_TARGET: Final = frozenset({"goal", "due"})
PLACEHOLDERS: Final[Mapping[NudgeState, frozenset[str]]] = {
    NudgeState.START: frozenset(),
    NudgeState.NO_TARGET: WITH_A_WIN,
    NudgeState.BEHIND: WITH_A_TARGET,
    NudgeState.STALE: WITH_A_WIN,
    NudgeState.ON_PACE: WITH_A_WIN,
    NudgeState.DONE: WITH_A_TARGET,
}
"""What is known of everybody in a state, so that a text may speak of it in braces."""
IN_GENERAL: Final[Mapping[str, str]] = {
    "last_win_days": "some",
    "wins": "some",
    "goal": "your target",
    "due": "its date",
}
"""What stands there where a text is read as it is, and is about nobody."""


class Nudge(Entry):
    noun: ClassVar[str] = "nudge"

    outcome: Id
    state: NudgeState
    title: Name
    text: Text
    action: Annotated[Text, StringConstraints(pattern=r"\d")]  # measurable: it carries its number

    @property
    def heading(self) -> str:
        return self.title

    @model_validator(mode="after")
    def _asks_for_what_is_known(self) -> Self:
        known = PLACEHOLDERS[self.state]
        for asked in _placeholders(f"{self.title} {self.action}"):
            raise ValueError(
                f"a title or an action is the same for everybody, so {{{asked}}} cannot stand there"
            )
        for asked in _placeholders(self.text):
            if asked not in known:
                there = ", ".join(f"{{{name}}}" for name in sorted(known)) or "nothing"
                raise ValueError(f"{{{asked}}} is not known in the state {self.state}; there is {there}")
        return self

    def said(self, values: Mapping[str, str] = IN_GENERAL) -> str:
        """The text with the values of one person, or as it is true of anybody."""
        return self.text.format_map(values)


def _placeholders(text: str) -> list[str]:
    """What stands in braces, all of it: a format or a conversion too is nothing that we know."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise ValueError(f"braces are for what is filled in, and here {str(error).lower()}") from error
    return [
        f"{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}"
        for _, name, form, conversion in parts
        if name is not None
    ]
