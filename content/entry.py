"""What every entry has: an id, other words for it, and where it comes from.

Texts are plain words: no Slack markup, to be escaped like anything else at the place where mrkdwn is made.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    model_validator,
)

from content.predicates import Id

NAME_LIMIT = 75  # an option's label in a Slack menu
TEXT_LIMIT = 3000  # a section's text
LAST_FACT = 87  # the source article was taken apart into this many numbered facts


def _unpadded(text: Any) -> Any:
    if isinstance(text, str) and text != text.strip():
        raise ValueError("has spaces or line breaks around it")
    return text


Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=NAME_LIMIT, pattern=r"^[^\n]*$"),
    BeforeValidator(_unpadded),
]
Text = Annotated[str, StringConstraints(min_length=1, max_length=TEXT_LIMIT), BeforeValidator(_unpadded)]
Fact = Annotated[StrictInt, Field(ge=1, le=LAST_FACT)]


class Source(StrEnum):
    """Who says so. What a house default says is ours alone and is never shown as the industry's view."""

    SEED = "seed"  # the article the product grew from
    FIELD = "field"  # an official page or credible practice writing
    VENDOR = "vendor"  # a firm that sells something to the trade
    HOUSE_DEFAULT = "house_default"


class Verification(StrEnum):
    """Whether the source was found to say it (and, for a body or credential, whether that exists)."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    DISPUTED = "disputed"


class Provenance(BaseModel):
    """Where an entry comes from, how sure we are, and since when."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    source: Source
    verification: Verification
    as_of: date
    derived: StrictBool = False  # our conclusion from what the source says, not its own statement
    facts: tuple[Fact, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _claims_no_more_than_it_knows(self) -> Self:
        if self.source is Source.HOUSE_DEFAULT and self.verification is Verification.VERIFIED:
            raise ValueError("a house default cannot be verified: it is nobody's fact")
        if len(set(self.facts)) != len(self.facts):
            raise ValueError("facts are listed twice")
        return self


class Entry(Provenance):
    """Anything with an id; `aliases` are other words people use for it."""

    id: Id
    aliases: tuple[Name, ...] = ()

    @property
    def spoken(self) -> tuple[str, ...]:
        """All the ways to name this entry, for search."""
        return (self.id, *self.aliases)


class Named(Entry):
    name: Name

    @property
    def spoken(self) -> tuple[str, ...]:
        return (self.name, *super().spoken)


class Labelled(Entry):
    label: Name

    @property
    def spoken(self) -> tuple[str, ...]:
        return (self.label, *super().spoken)
