"""The screening set: invented texts as liaisons type them, each with what the screening ought to say of it.

It was written without sight of any pattern. The tuning part is there to write them against; so is the second
part, by another hand, since it was measured once as strangers' wording. The held-out part is read by the tests
alone, so that it tells how the patterns fare with what their author has not seen.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

HERE = Path(__file__).parent


class Expected(StrEnum):
    """What the screening ought to do with a text."""

    BLOCKED = "blocked"
    WARNED = "warned"
    INDUCEMENT = "inducement"
    PASS = "pass"


class Part(StrEnum):
    """Which part of the set a text is in; the value is what its file's name begins with."""

    TUNING = ""
    SECOND = "second_"
    HELD_OUT = "held_out_"


KINDS: Mapping[Expected, frozenset[str]] = MappingProxyType(
    {
        Expected.BLOCKED: frozenset({"ssn", "mrn", "mbi", "dob", "care_date", "age"}),
        Expected.WARNED: frozenset({"phone", "email", "name", "ip", "small_count"}),
        Expected.INDUCEMENT: frozenset(
            {"gift", "meal", "stipend", "tickets", "rent", "exclusivity", "payment"}
        ),
        Expected.PASS: frozenset(
            {
                "provider",
                "place",
                "number",
                "money",
                "date",
                "vocabulary",
                "code",
                "compliance",
                "prose",
            }
        ),
    }
)
"""The kinds a text of each expectation may be of; of a text that passes, what it may be mistaken over."""


class Sample(BaseModel):
    """One text, and the kind of thing it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    text: str = Field(min_length=1)
    kind: str


SAMPLES = TypeAdapter(tuple[Sample, ...])


@cache
def samples(expected: Expected, part: Part = Part.TUNING) -> tuple[Sample, ...]:
    """The texts of one file, in its order."""
    path = HERE / f"{part}{expected}.yaml"
    # Strict tuples refuse YAML's lists; the samples in them stay strict by their own configuration.
    return SAMPLES.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")), strict=False)
