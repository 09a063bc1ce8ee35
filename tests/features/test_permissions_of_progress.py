"""Who sees what of Ana's progress and who may touch her targets: tables, tried in every place there is, files too.

What each letter stands for: `p` a win that only she sees, `s` one that she shared and that Ben gave to Gus to decide,
`v` a confirmed one, `n` their notes, `a` an agreed and `o` an offered target, `r` how near she is to her next role."""

from collections.abc import Mapping, Sequence

import pytest
from sqlmodel import Session, col, delete

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot.app import FEATURES, App
from slackbot.features.targets.form import CALLBACK, Sheet
from slackbot.scheduled import CREDENTIAL, DIGEST, LABELS, TARGET, WAITING
from slackbot.ui.text import day
from storage.models import Target, Win, WinRevision
from tests.features.pages import reads
from tests.features.progress_scene import (
    HOME,
    MESSAGES,
    Progress,
    in_numbers,
    looks,
    progress_scene,
    secrets_in,
    whole,
)
from tests.features.records import Payload, wins_of
from tests.features.reminded import came
from tests.features.reporting import opens
from tests.features.standings import ROLES, Scene, opened, presses, reload, sends_by_hand
from tests.features.target_acts import proposes

pytestmark = [
    pytest.mark.door,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

COLUMNS = ("fay", "gus", "ben", "ana")
"""Who was the manager before, the delegate, the manager, the owner. Nobody else ever sees a thing."""
# fmt: off
PLACES: Mapping[str, Sequence[str]] = {
    #                                fay  gus   ben     ana
    HOME:                           (".", "s",  "sr",   "psvar"),
    MESSAGES:                       ("a", "s",  "o",    "psvna"),  # Fay's are from when it was hers to agree
    "wins":                         (".", ".",  ".",    "psv"),
    "wins show {shared}":           (".", ".",  ".",    "sn"),
    "wins show {verified}":         (".", ".",  ".",    "vn"),
    "wins show {private}":          (".", ".",  ".",    "pn"),
    "verify":                       (".", "sn", ".",    "."),
    "verify show {shared}":         (".", "sn", "sn",   "."),
    "verify show {verified}":       (".", "sn", "vn",   "."),  # Gus gets what waits for him instead
    "verify show {private}":        (".", "sn", ".",    "."),
    "celebrate {verified}":         (".", ".",  ".",    "v"),
    "team":                         (".", ".",  "sr",   "."),
    "team show {ana}":              (".", ".",  "svar", "."),
    "team show {reporting}":        (".", ".",  "svar", "."),
    "team show {reporting} more":   (".", ".",  "sa",   "."),
    "team show {reporting} more 3": (".", ".",  "v",    "."),
    "team hand {reporting}":        (".", ".",  ".",    "."),
    "team remove {reporting}":      (".", ".",  ".",    "."),
    "team csv":                     (".", ".",  "sv",   "."),
    "team csv this year":           (".", ".",  "sv",   "."),
    "digest":                       (".", "s",  "v",    "."),  # what waits for Gus is named in his own
    "digest text":                  (".", "s",  "v",    "."),
    "remind":                       (".", ".",  ".",    "."),
    "remind step 2":                (".", ".",  ".",    "."),
    "team all":                     (".", ".",  ".",    "."),
    "target":                       (".", ".",  "o",    "vao"),
    "target of {ana}":              (".", ".",  "svao", "vao"),
    "target for":                   (".", ".",  ".",    "."),
    "target for {ana}":             (".", ".",  ".",    "."),
    "target for {ana} referrals":   (".", ".",  "s",    "p"),
    "target history":               (".", ".",  ".",    "ao"),
    "target history {ana}":         (".", ".",  "ao",   "ao"),
    "target show {agreed}":         (".", ".",  "sva",  "va"),
    "target show {offered}":        (".", ".",  "o",    "o"),
    "target change {agreed}":       (".", ".",  "a",    "a"),
    "target change {offered}":      (".", ".",  "o",    "o"),
    "criteria":                     (".", ".",  ".",    "vr"),
    "criteria manager":             (".", ".",  ".",    "vr"),
    "criteria changes":             (".", ".",  ".",    "."),
    "criteria history":             (".", ".",  ".",    "."),
    "progress":                     (".", ".",  ".",    "a"),
    "progress referrals":           (".", ".",  ".",    "va"),
    "progress of {ana}":            (".", ".",  "sa",   "a"),
    "progress of {ana} referrals":  (".", ".",  "sva",  "va"),
    "progress of {ana} campaigns":  (".", ".",  ".",    "."),
    "manager":                      (".", ".",  ".",    "."),
    "roadmap":                      (".", ".",  ".",    "."),
    "profile":                      (".", ".",  ".",    "."),
    "nudges":                       (".", ".",  ".",    "."),
    "privacy":                      (".", ".",  ".",    "."),
    "privacy export":               (".", ".",  ".",    "psvnao"),
    "admin":                        (".", ".",  ".",    "."),
    "admin retention":              (".", ".",  ".",    "."),
    "admin managers":               (".", ".",  ".",    "."),
    "admin people":                 (".", ".",  ".",    "."),
    "admin newcomers":              (".", ".",  ".",    "."),
    "admin criteria":               (".", ".",  ".",    "."),
    "admin questions":              (".", ".",  ".",    "."),
    "admin log":                    (".", ".",  ".",    "."),
    "admin log all":                (".", ".",  ".",    "."),
    "admin content":                (".", ".",  ".",    "."),
}
# fmt: on


BY_ITSELF = (HOME, MESSAGES)
"""What nobody asks for when they see it, and so is not on the trail as theirs."""


async def test_each_place_shows_what_is_theirs_to_see_and_the_trail_names_whoever_was_shown_anything(
    app: App, slack: Sandbox
) -> None:
    there = await progress_scene(app, slack)
    found, untold, overtold = {}, [], []
    for place in PLACES:
        shown = {}
        for name in ROLES:
            there.trail(name)
            shown[name] = secrets_in(await _looks(there, name, place))
            told = _reads(there.trail(name))
            if name != "ana" and shown[name] != "." and not told and place not in BY_ITSELF:
                untold.append((name, place))
            if told and shown[name] == "." and not place.startswith(AS_SUCH):
                overtold.append((name, place, told))
        found[place] = tuple(shown[name] for name in COLUMNS)
        assert {shown[name] for name in ROLES if name not in COLUMNS} == {"."}, place

    assert found == PLACES
    assert (untold, overtold) == ([], [])


AS_SUCH = ("team", "digest", "target for", "progress of", "admin log", "privacy export")
"""Looks that are put on the trail whether they come upon anything or not."""


async def _looks(there: Progress, name: str, place: str) -> str:
    return await looks(there, there.people[name], in_numbers(there, place))


def _reads(trail: Sequence[tuple[str, str]]) -> list[str]:
    return [action for action, _ in trail if action.endswith((".read", ".exported", ".totaled"))]


@pytest.mark.slow
async def test_what_comes_by_itself_tells_nobody_more_than_they_may_look_at(
    app: App, slack: Sandbox, clock: Clock
) -> None:
    there = await progress_scene(app, slack)
    begins = len(slack.state.messages)
    await clock.advance(weeks=2)

    said = {kind: {name: _told(there, name, kind, begins) for name in ROLES} for kind in LABELS}
    nothing = dict.fromkeys(ROLES, ".")
    assert said == {
        DIGEST: {**nothing, "ben": "v", "gus": "s"},
        CREDENTIAL: nothing,
        TARGET: nothing,
        WAITING: {**nothing, "gus": "s"},
    }


def _told(there: Progress, name: str, kind: str, begins: int) -> str:
    person = there.people[name]
    new = there.slack.state.messages[begins:]
    return secrets_in("\n".join(whole(each) for each in came(there.app, person, kind) if each in new))


FIGURES = (
    HOME,
    "verify",
    "team",
    "team show {reporting}",
    "team show {reporting} more",
    "team csv this year",
    "team all",
    "digest",
    "target",
    "target of {ana}",
    "target for {ana} referrals",
    "target show {agreed}",
    "progress of {ana}",
    "progress of {ana} referrals",
)
"""Where anything may stand that is counted, added up, or drawn from the wins of others."""
MOVED = {
    "ben": {*FIGURES} - {"team all", "target"},
    "max": {"team all"},
    "gus": set[str](),
}
"""Where Ana's best win shows once it is shared."""


@pytest.mark.slow
async def test_a_win_that_others_may_not_see_moves_no_figure_that_they_see(app: App, slack: Sandbox) -> None:
    there = await progress_scene(app, slack)
    ana, number = there.people["ana"], there.private
    hidden = {"private": await _seen_above(there)}
    await ana.slash(f"wins share {number}")
    shared = await _seen_above(there)
    await ana.slash(f"wins return {number}")
    hidden["taken back"] = await _seen_above(there)
    await ana.slash(f"wins share {number}")
    await opens(there.people["ben"], app, f"verify decline {number}", text="Counted twice.")
    hidden["declined"] = await _seen_above(there)
    await ana.slash(f"wins withdraw {number}")
    hidden["withdrawn"] = await _seen_above(there)
    for deed in ("return", "share", "delete"):
        await ana.slash(f"wins {deed} {number}")
    hidden["deleted"] = await _seen_above(there)
    app.deps.database.run(_forget, number)
    never = await _seen_above(there)

    assert {fate: _moved(seen, never) for fate, seen in hidden.items()} == {
        fate: {name: set[str]() for name in MOVED} for fate in hidden
    }
    assert _moved(shared, never) == MOVED


Views = Mapping[tuple[str, str], str]


async def _seen_above(there: Progress) -> Views:
    """What the manager, their manager and the delegate see now."""
    await reload(there)
    return {(name, place): await _looks(there, name, place) for name in MOVED for place in FIGURES}


def _moved(one: Views, other: Views) -> dict[str, set[str]]:
    return {name: {place for place in FIGURES if one[name, place] != other[name, place]} for name in MOVED}


def _forget(session: Session, win_id: int) -> None:
    """As if it had never been."""
    session.execute(delete(WinRevision).where(col(WinRevision.win_id) == win_id))
    session.execute(delete(Win).where(col(Win.id) == win_id))


@pytest.mark.slow
async def test_where_no_files_are_allowed_the_pages_of_the_table_show_no_more_and_to_nobody_else(
    app: App, slack: Sandbox
) -> None:
    there = await progress_scene(app, slack)
    await slack.install("riverside", without=["files:write"])

    shown = {name: secrets_in(await reads(there.people[name], "team csv this year")) for name in ROLES}

    assert shown == {name: "svr" if name == "ben" else "." for name in ROLES}


DEEDS = {
    "s": "target show {id}",
    "a": "target agree {id}",
    "c": "target change {id}",
    "n": "target refuse {id}",
    "w": "target withdraw {id}",
    "x": "target reached {id}",
    "e": "target end {id}",
}
# fmt: off
TARGETS: Mapping[str, Mapping[str, str]] = {
    # s see   a agree   c change (its form, and sending it)   n not now   w withdraw   x close as reached   e end
    "Ana offers":  {"ana": "s.c.w..", "ben": "sacn..."},
    "Ben offers":  {"ana": "sacn...", "ben": "s.c.w.."},
    "both agreed": {"ana": "s.c..xe", "ben": "s.c..xe"},
}
# fmt: on


DUE = {"Ana offers": "May 17, 2028", "Ben offers": "Aug 9, 2028", "both agreed": "Mar 14, 2028"}
"""What only that target says."""


@pytest.mark.slow
async def test_a_target_is_seen_and_touched_by_its_owner_and_their_manager_of_now_alone(
    app: App, slack: Sandbox
) -> None:
    there = await progress_scene(app, slack)
    ana, ben = there.people["ana"], there.people["ben"]
    words, fields = f"target for <@{ana.id}>", {"from": "", "to": "6", "due": "2028-08-09"}
    await proposes(ben, app, ana, words, metric="ride_alongs", **fields)
    await reload(there)
    by_due = {f"{day(each.due)}": each for each in there.targets}

    found = {
        state: {name: await _may(there, name, by_due[due], due) for name in ROLES}
        for state, due in DUE.items()
    }
    stolen = Sheet(whose=ana.id, metric="mentees")

    nothing = dict.fromkeys(ROLES, "." * len(DEEDS))
    assert found == {state: {**nothing, **row} for state, row in TARGETS.items()}
    assert [name for name in ROLES if await _takes(there, name, stolen)] == ["ben", "ana"]


async def _may(there: Progress, name: str, target: Target, due: str) -> str:
    """The letters of what somebody may do with buttons of old answers, and with a form of somebody else."""
    person, before, found = there.people[name], there.targets, ""
    for letter, words in DEEDS.items():
        said = await presses(there, person, words.format(id=target.id))
        done = {"s": due in said, "c": opened(person, CALLBACK)}.get(letter, there.targets != before)
        assert done or "s" in found or due not in said, (name, words, said)
        assert there.targets == before or letter not in "sc", (name, words, "looking changes nothing")
        there.put_back(before)
        await reload(there)
        if letter == "c":
            by_hand = Sheet(None, target.metric, on=target.id, state=target.state)
            assert await _takes(there, name, by_hand) == done, (name, words)
        found += letter if done else "."
    return found


async def _takes(there: Progress, name: str, sheet: Sheet) -> bool:
    """Whether a form that somebody else had open, and that this person sends by hand, makes a proposal."""
    before = there.targets
    said = await sends_by_hand(there, there.people[name], CALLBACK, sheet.written(), _filled_in(sheet))
    taken = there.targets != before
    assert taken or not any(due in said for due in DUE.values())
    there.put_back(before)
    await reload(there)
    return taken


def _filled_in(sheet: Sheet) -> Payload:
    return {
        "metric": {"type": "static_select", "selected_option": {"value": sheet.metric}},
        "to": {"type": "plain_text_input", "value": "5600"},
        "starts": {"type": "datepicker", "selected_date": "2026-11-23"},
        "due": {"type": "datepicker", "selected_date": "2028-10-02"},
    }


NUMBERS = {"shared": 1, "verified": 2, "private": 3, "agreed": 1, "offered": 2, "reporting": 4}
"""What all of it goes by in every scene; none of it is there before."""
VERBS = (
    *(place for place in PLACES if "{" in place),
    "wins edit {shared}",
    "wins share {private}",
    "wins return {shared}",
    "wins withdraw {shared}",
    "wins delete {shared}",
    "wins undo {shared}",
    "wins history {shared}",
    "wins answer {shared}",
    "verify confirm {shared} 1",
    "verify all {shared}:1",
    "verify ask {shared}",
    "verify decline {shared}",
    "verify delegate {shared}",
    "team accept {reporting}",
    "team refuse {reporting}",
    "team add {ana}",
    "team set {ana}",
    "manager ask {ana}",
    "manager wrong {reporting}",
    "admin remove {ana}",
    "certs change {shared}",
    *(deed.replace("{id}", "{agreed}") for deed in DEEDS.values()),
)
COMMANDS = [subcommand.name for feature in FEATURES for subcommand in feature.subcommands]
TO_CY = tuple(
    dict.fromkeys([*VERBS, *(f"{name} {what}" for name in COMMANDS for what in ("", "{ana}", "{shared}"))])
)
"""All that could lead to somebody or something of another workspace; a command of a later feature comes along."""


async def test_to_cy_of_another_workspace_it_is_as_if_riverside_were_empty(
    app: App, slack: Sandbox, cy: Person
) -> None:
    for name in COMMANDS:
        await cy.slash(name)  # because the first time some of it is said differently
    empty = await _asks_for_all(app, slack, cy)
    there = await progress_scene(app, slack)
    assert {name: getattr(there, name) for name in NUMBERS} == NUMBERS
    targets, wins = there.targets, wins_of(app, there.people["ana"])

    full = await _asks_for_all(app, slack, cy)

    assert [words for words in TO_CY if full[words] != empty[words]] == []
    assert (there.targets, wins_of(app, there.people["ana"])) == (targets, wins)


async def _asks_for_all(app: App, slack: Sandbox, cy: Person) -> dict[str, str]:
    scene = Scene(app, slack, {"cy": cy}, NUMBERS["shared"])
    numbers = NUMBERS | {"ana": f"<@{slack.person('ana').id}>"}
    return {words: await looks(scene, cy, words.format_map(numbers)) for words in TO_CY}
