"""Hides tokens, secrets and signatures in what the developer panel shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MASK = "••••"
SECRET = re.compile(r"^(token|code|.*_token|.*secret|authorization|x-slack-signature)$", re.IGNORECASE)
LOOKS_SECRET = re.compile(r"\b(xox[a-z]-|xoxe\.|xapp-|v0=)[\w.-]+")


def masked(value: Any) -> Any:
    """The same value without anything that opens a door, in new containers where there are any."""
    if isinstance(value, Mapping):
        return {
            key: MASK if SECRET.match(str(key)) and inside else masked(inside)
            for key, inside in value.items()
        }
    if isinstance(value, list | tuple):
        return [masked(inside) for inside in value]
    return LOOKS_SECRET.sub(rf"\1{MASK}", value) if isinstance(value, str) else value
