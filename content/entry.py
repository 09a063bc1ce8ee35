"""What every entry has: an id, other words for it, and where it comes from.

Texts are plain words: no Slack markup, to be escaped like anything else at the place where mrkdwn is made.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

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
TITLE_LIMIT = 150  # a header's text
SENTENCE_LIMIT = 300  # reads in one breath
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
Title = Annotated[
    str,
    StringConstraints(min_length=1, max_length=TITLE_LIMIT, pattern=r"^[^\n]*$"),
    BeforeValidator(_unpadded),
]
Sentence = Annotated[
    str, StringConstraints(min_length=1, max_length=SENTENCE_LIMIT), BeforeValidator(_unpadded)
]
Text = Annotated[str, StringConstraints(min_length=1, max_length=TEXT_LIMIT), BeforeValidator(_unpadded)]
Ref = Annotated[str, StringConstraints(pattern=r"^[a-z_]+/[a-z][a-z0-9_]*$")]  # "step/training"
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
    """Anything with an id; `aliases` are other words people use for it, `see` leads on to other entries.

    An id is unique among its own kind, so a reference names both: `noun/id`.
    """

    noun: ClassVar[str]

    id: Id
    aliases: tuple[Name, ...] = ()
    see: tuple[Ref, ...] = ()

    @property
    def ref(self) -> str:
        return f"{self.noun}/{self.id}"

    @property
    def heading(self) -> str:
        """What to call the entry where a person reads it; at most 150 characters unless a kind says otherwise."""
        return self.id

    @property
    def spoken(self) -> tuple[str, ...]:
        """All the ways to name this entry, for search."""
        return (self.id, *self.aliases)


class Named(Entry):
    name: Name

    @property
    def heading(self) -> str:
        return self.name

    @property
    def spoken(self) -> tuple[str, ...]:
        return (self.name, *super().spoken)


class Labelled(Entry):
    label: Name

    @property
    def heading(self) -> str:
        return self.label

    @property
    def spoken(self) -> tuple[str, ...]:
        return (self.label, *super().spoken)


class Told(Entry):
    """An answer as it is shown in Slack: a header, a text, and, where it helps, a short list under it."""

    title: Title
    text: Text
    points: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _fits_one_section(self) -> Self:
        if len("\n• ".join([self.text, *self.points])) > TEXT_LIMIT:
            raise ValueError(f"text and points together are longer than {TEXT_LIMIT} characters")
        return self

    @property
    def heading(self) -> str:
        return self.title

    @property
    def spoken(self) -> tuple[str, ...]:
        return (self.title, *super().spoken)
