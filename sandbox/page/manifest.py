"""The commands and shortcuts that the app's manifest declares, as the page offers them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.words import Json

IN_THE_REPOSITORY = Path(__file__).parents[2] / "manifest.json"
USUAL_COMMANDS: list[Json] = [{"command": "/prm", "description": "", "usage_hint": ""}]


@dataclass(frozen=True)
class Offers:
    """What a person can start."""

    commands: list[Json] = field(default_factory=lambda: list(USUAL_COMMANDS))
    everywhere: list[Json] = field(default_factory=list)
    on_messages: list[Json] = field(default_factory=list)
    read_only: bool = False
    """Whether the app's Messages tab takes no messages (and, as in Slack, no commands)."""

    def knows(self, command: str) -> bool:
        return any(one["command"] == command for one in self.commands)


def offers(manifest: Mapping[str, Any]) -> Offers:
    """What a manifest declares; one without commands offers `/prm`."""
    features = manifest.get("features", {})
    shortcuts = features.get("shortcuts", [])
    return Offers(
        commands=features.get("slash_commands") or list(USUAL_COMMANDS),
        everywhere=[one for one in shortcuts if one.get("type") == "global"],
        on_messages=[one for one in shortcuts if one.get("type") == "message"],
        read_only=bool(features.get("app_home", {}).get("messages_tab_read_only_enabled")),
    )


def offers_of_the_app(path: Path = IN_THE_REPOSITORY) -> Offers:
    """What the manifest file declares; an installed package has none beside it and offers `/prm`."""
    return offers(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else Offers()
