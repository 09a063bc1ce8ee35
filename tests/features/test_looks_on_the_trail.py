"""Whoever looks at what is somebody else's is on the audit trail with what they looked at; whoever is refused is not."""

from collections.abc import Mapping, Sequence

import pytest

from sandbox.server import Sandbox
from slackbot.app import App
from tests.features.progress_scene import looks, progress_scene
from tests.features.records import member_of

pytestmark = [
    pytest.mark.door,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

TRAIL: Mapping[str, Mapping[str, Sequence[tuple[str, str]]]] = {
    "ben": {
        "team": [("team.read", "member:{ben}")],
        "team show {reporting}": [("member.read", "member:{ana}")],
        "team csv": [("team.exported", "member:{ben}")],
        "target": [("target.read", "target:{offered}")],
        "target of {mention}": [("target.read", "member:{ana}")],
        "target for {mention}": [("target.read", "member:{ana}")],
        "target history {mention}": [("target.read", "member:{ana}")],
        "target show {agreed}": [("target.read", "target:{agreed}")],
        "target change {agreed}": [("target.read", "target:{agreed}")],
        "progress of {mention}": [("progress.read", "member:{ana}")],
        "progress of {mention} referrals": [("progress.read", "member:{ana}")],
        "verify show {verified}": [("win.read", "win:{verified}")],
        "verify show {private}": [],
        "target history": [],
        "progress": [],
        "criteria": [],
        "manager": [],
        "privacy": [],
        "privacy export": [("member.exported", "member:{ben}")],
    },
    "gus": {
        "verify": [("win.read", "win:{shared}")],
        "verify show {shared}": [("win.read", "win:{shared}")],
        "team": [("team.read", "member:{gus}")],
        "target show {agreed}": [],
        "progress of {mention}": [],
    },
    "max": {
        "team all": [("teams.totaled", "member:{max}")],
        "team": [("team.read", "member:{max}")],
        "team show {reporting}": [],
        "target of {mention}": [],
        "progress of {mention}": [],
    },
    "fay": {"team": [], "team csv": [], "target show {agreed}": [], "target of {mention}": []},
    "dee": {"admin": [], "admin log": [("admin.log_read", "")], "target of {mention}": []},
    "eli": {"target show {offered}": [], "progress of {mention}": []},
    "ana": {
        "target": [],
        "target show {agreed}": [],
        "progress": [],
        "criteria": [],
        "wins show {private}": [],
    },
}
"""Who looks at what, and what that leaves on the audit trail."""


async def test_each_look_at_what_is_somebody_elses_is_on_the_trail_and_none_at_ones_own(
    app: App, slack: Sandbox
) -> None:
    there = await progress_scene(app, slack)
    ids = {name: member_of(app, person).id for name, person in there.people.items()}
    numbers = {**vars(there), **ids, "shared": there.win_id, "mention": f"<@{there.people['ana'].id}>"}
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for name, places in TRAIL.items():
        for words in places:
            there.trail(name)
            await looks(there, there.people[name], words.format_map(numbers))
            found.setdefault(name, {})[words] = there.trail(name)

    assert found == {
        name: {
            words: [(action, subject.format_map(numbers)) for action, subject in rows]
            for words, rows in places.items()
        }
        for name, places in TRAIL.items()
    }
