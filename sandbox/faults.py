"""Failures on demand: what Slack is to answer, or not answer, the next time a method is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SUFFIX = "_after_accepting"


@dataclass
class Planned:
    """One failure that waits for its call."""

    method: str
    kind: str
    times: int
    team: str | None = None
    channel: str | None = None
    retry_after: int = 1

    @property
    def accepts(self) -> bool:
        """Whether Slack does what was asked before it fails."""
        return self.kind.endswith(SUFFIX)

    @property
    def way(self) -> str:
        """`timeout`, `drop`, `500`, `429`, or the Slack error code to answer."""
        return self.kind.removesuffix(SUFFIX)


class Faults:
    """The failures planned, first come first served."""

    def __init__(self, team_id: Callable[[str], str] = str) -> None:
        """`team_id` turns the short name of a workspace into its id."""
        self._team_id = team_id
        self.planned: list[Planned] = []

    def add(
        self,
        method: str,
        kind: str,
        *,
        times: int = 1,
        team: str | None = None,
        channel: str | None = None,
        retry_after: int = 1,
    ) -> Planned:
        """Plan a failure of `method` ("*": any): a Slack error code, "500", "429", "timeout" or "drop".

        Each kind may end in "_after_accepting": the call takes effect before it fails. `times=-1` is for ever;
        `channel` is a channel or user id as the app sends it or as Slack resolves it.
        """
        planned = Planned(
            method, kind, times, None if team is None else self._team_id(team), channel, retry_after
        )
        self.planned.append(planned)
        return planned

    def clear(self) -> None:
        self.planned.clear()

    def take(self, method: str, team: str | None, channels: frozenset[str]) -> Planned | None:
        """The failure that this call meets, counted down."""
        for planned in self.planned:
            if not _concerns(planned, method, team, channels):
                continue
            planned.times -= 1
            if planned.times == 0:
                self.planned.remove(planned)
            return planned
        return None


def _concerns(planned: Planned, method: str, team: str | None, channels: frozenset[str]) -> bool:
    return (
        planned.method in {method, "*"}
        and planned.team in {None, team}
        and (planned.channel is None or planned.channel in channels)
    )
