"""What the form of a win remembers while it is open: which fields it shows, and what was asked about.

It travels in the form's private metadata: choices, numbers and kinds of doubts, never a text that somebody typed."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Self

from content import Content, Metric, UnknownEntryError
from content.models import Sample
from slackbot.remembered import remembered
from slackbot.screened import Doubts

NUMBERS: Final = ("result", "part", "sample")
"""Fields that come and go with the metric."""
BOXES: Final = ("cleared", "keep", "above")
_NUMBER: Final = re.compile(r"[-+\N{MINUS SIGN}$ ]{0,3}\d[\d., ]{0,24}[%kKmMbB]?", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What the form has asked about. `times` counts the askings: a tick counts only for the one it was made for."""

    times: int = 0
    identifiers: tuple[str, ...] = ()
    inducement: tuple[str, ...] = ()
    above: str | None = None

    @classmethod
    def about(cls, doubts: Doubts, above: str | None, times: int) -> Self:
        return cls(times, tuple(sorted(doubts.identifiers)), tuple(sorted(doubts.inducement)), above)

    @property
    def doubts(self) -> Doubts:
        return Doubts(frozenset(self.identifiers), frozenset(self.inducement))

    @property
    def boxes(self) -> tuple[str, ...]:
        """The boxes that clear it all."""
        there = (self.identifiers, self.inducement, self.above)
        return tuple(box for box, asked in zip(BOXES, there, strict=True) if asked)

    def covers(self, other: Self) -> bool:
        """Whether all that the other asks about was asked already."""
        return (
            set(other.identifiers) <= set(self.identifiers)
            and set(other.inducement) <= set(self.inducement)
            and other.above in (None, self.above)
        )


@dataclass(frozen=True)
class Sheet:
    """How the form looks. With `win` it is the form of a stored one, as it was at `revision`."""

    metric: str | None = None
    more: bool = False
    win: int | None = None
    revision: int | None = None
    confirmed_by: str | None = None
    """The Slack id of who confirmed the win that is being edited; empty where they were erased."""
    left_out: str | None = None
    """Why the message's text is not in the note."""
    carried: Mapping[str, str] = field(default_factory=dict)
    """Numbers whose fields are not shown now, by the block they belong to."""
    asked: Asked = Asked()

    @classmethod
    def read(cls, metadata: str) -> Self:
        """The form as it was sent out. A form from before there were sheets has the looks of an empty one."""
        if not metadata:
            return cls()
        known = remembered(metadata)
        asked: dict[str, Any] = known.pop("asked")
        kinds = {name: tuple(asked[name]) for name in ("identifiers", "inducement")}
        return cls(**known, asked=Asked(**(asked | kinds)))

    def written(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    def followed(self, metric: Metric | None, content: Content, values: Mapping[str, str | None]) -> Self:
        """The same form for another metric; numbers that lose their field are kept for when it comes back."""
        typed = {self.block(name, content): values.get(name) or "" for name in NUMBERS if name in values}
        numbers = {block: text for block, text in typed.items() if _NUMBER.fullmatch(text)}
        emptied = {block for block, text in typed.items() if not text}
        kept = {block: text for block, text in self.carried.items() if block not in emptied}
        return replace(self, metric=metric.id if metric else None, carried=kept | numbers)

    def shown(self, content: Content) -> Metric | None:
        """The metric whose fields the form shows."""
        return known_metric(content, self.metric)

    def block(self, name: str, content: Content) -> str:
        """The block that a field stands in. Slack keeps what is in a block of the same name, so a field that means
        something else with another metric, or a box that asks something else, has another block."""
        metric = self.shown(content)
        if name in ("sample", "part"):
            return f"{name}_{metric.sample if metric else Sample.NONE}"
        if name == "period":
            return f"period_{metric.period if metric else 'unknown'}"
        return f"{name}_{self.asked.times}" if name in BOXES else name


def known_metric(content: Content, ref: str | None) -> Metric | None:
    try:
        return content.metric(ref or "")
    except UnknownEntryError:
        return None
