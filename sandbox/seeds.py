"""The two made-up workspaces and the people in them."""

from __future__ import annotations

from dataclasses import replace

from sandbox.state import Channel, Enterprise, State, Team, User

RIVERSIDE = Team("T0RIVERSIDE", "Riverside Health", "riverside-health")
LAKEVIEW = Team("T0LAKEVIEW", "Lakeview Clinics", "lakeview-clinics")
SHORT_NAMES = {"riverside": RIVERSIDE.id, "lakeview": LAKEVIEW.id, "valley": "E0VALLEY"}
VALLEY = Enterprise("E0VALLEY", "Valley Health System")
"""The organization that both belong to, once they are united."""
BOT_USERS = {RIVERSIDE.id: "U0PRMRIVER", LAKEVIEW.id: "U0PRMLAKE", VALLEY.id: "U0PRMVALLEY"}
BOT_IDS = {RIVERSIDE.id: "B0PRMRIVER", LAKEVIEW.id: "B0PRMLAKE", VALLEY.id: "B0PRMVALLEY"}

SLACKBOT = "USLACKBOT"
PEOPLE = {
    "ana": User("U0ANADUARTE", RIVERSIDE.id, "ana", "Ana Duarte", "Physician liaison", "America/New_York"),
    "eli": User("U0ELINOVAK", RIVERSIDE.id, "eli", "Eli Novak", "Physician liaison", "America/Chicago"),
    "ben": User(
        "U0BENOKAFOR", RIVERSIDE.id, "ben", "Ben Okafor", "Manager, physician relations", "America/New_York"
    ),
    "dee": User(
        "U0DEELARSEN",
        RIVERSIDE.id,
        "dee",
        "Dee Larsen",
        "IT",
        "America/Los_Angeles",
        is_admin=True,
        is_owner=True,
    ),
    "cy": User(
        "U0CYMARCHETTI",
        LAKEVIEW.id,
        "cy",
        "Cy Marchetti",
        "Liaison",
        "America/Denver",
        is_admin=True,
        is_owner=True,
    ),
}


def fresh_state() -> State:
    """Both workspaces as they are before any app is installed."""
    state = State()
    for team in (RIVERSIDE, LAKEVIEW):
        state.teams[team.id] = replace(team)
        members = [user.id for user in PEOPLE.values() if user.team == team.id]
        suffix = team.id.removeprefix("T0")
        for name in ("general", "liaisons"):
            channel_id = f"C0{name.upper()}{suffix[:4]}"
            state.channels[channel_id] = Channel(channel_id, team.id, name, list(members))
        state.users[BOT_USERS[team.id]] = User(
            BOT_USERS[team.id], team.id, "prm_coach", "PRM Coach", is_bot=True
        )
    for user in PEOPLE.values():
        state.users[user.id] = User(**vars(user))
    for team in (RIVERSIDE, LAKEVIEW):
        # Slackbot has one id everywhere, and is the one bot that says it is none.
        state.users[f"{SLACKBOT}/{team.id}"] = User(SLACKBOT, team.id, "slackbot", "Slackbot", tz=None)
    return state


def general_of(team: str) -> str:
    return f"C0GENERAL{team.removeprefix('T0')[:4]}"


def liaisons_of(team: str) -> str:
    return f"C0LIAISONS{team.removeprefix('T0')[:4]}"
