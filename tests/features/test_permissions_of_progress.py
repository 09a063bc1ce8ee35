"""Who sees what of Ana's progress and who may touch her targets: tables, tried in every place there is, files too.

What each letter stands for: `p` a win that only she sees, `s` one that she shared and that Ben gave to Gus to decide,
`v` a confirmed one, `n` their notes, `a` an agreed and `o` an offered target, `r` how near she is to her next role."""

import re
from collections.abc import Mapping, Sequence

import pytest
from sqlmodel import Session, col, delete

from sandbox.server import Sandbox
from slackbot.app import FEATURES, App
from slackbot.features.targets.form import CALLBACK, Sheet
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
)
from tests.features.records import Payload, member_of, wins_of
from tests.features.reporting import opens
from tests.features.standings import ROLES, presses, reload, sends_by_hand, types
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
    "admin":                        (".", ".",  ".",    "."),
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


AS_SUCH = ("team", "target for", "progress of", "admin log")
"""Looks that are put on the trail whether they come upon anything or not."""


async def _looks(there: Progress, name: str, place: str) -> str:
    return await looks(there, there.people[name], in_numbers(there, place))


def _reads(trail: Sequence[tuple[str, str]]) -> list[str]:
    return [action for action, _ in trail if action.endswith((".read", ".exported", ".totaled"))]


FIGURES = (
    HOME,
    "verify",
    "team",
    "team show {reporting}",
    "team show {reporting} more",
    "team csv",
    "team csv this year",
    "team all",
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
    await ana.slash(f"wins delete {number}")
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
    assert found == {state: nothing | row for state, row in TARGETS.items()}
    assert [name for name in ROLES if await _takes(there, name, stolen)] == ["ben", "ana"]


async def _may(there: Progress, name: str, target: Target, due: str) -> str:
    """The letters of what somebody may do; typed, pressed on an old button and sent by hand, it is all the same."""
    person, before, found = there.people[name], there.targets, ""
    for letter, words in DEEDS.items():
        done, said = [], []
        for way in (types, presses):
            said.append(await way(there, person, words.format(id=target.id)))
            form = person.modal is not None and person.modal.payload["callback_id"] == CALLBACK
            assert form or letter != "s" or there.targets == before
            done.append({"s": due in said[-1], "c": form}.get(letter, there.targets != before))
            there.put_back(before)
            await reload(there)
        if letter == "c":
            done.append(
                await _takes(there, name, Sheet(None, target.metric, on=target.id, state=target.state))
            )
        assert len(set(done)) == 1, (name, words, done)
        assert "s" in found or all(done) or due not in "".join(said), (name, words, said)
        found += letter if all(done) else "."
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


NOBODY, NO_NUMBER = "<@U0NOBODYATALL>", "900900900"
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
    "verify {ana}",
    "team accept {reporting}",
    "team refuse {reporting}",
    "team add {ana}",
    "team set {ana}",
    "team csv {ana}",
    "manager ask {ana}",
    "manager wrong {reporting}",
    "admin remove {ana}",
    "admin log 1 from {shared}",
    "certs change {shared}",
    *(deed.replace("{id}", "{agreed}") for deed in DEEDS.values()),
)


async def test_to_cy_of_another_workspace_riverside_is_as_if_it_were_not_there(
    app: App, slack: Sandbox
) -> None:
    there = await progress_scene(app, slack)
    before, wins = there.targets, wins_of(app, there.people["ana"])
    commands = [subcommand.name for feature in FEATURES for subcommand in feature.subcommands]
    after_each = [f"{name} {{{what}}}" for name in commands for what in ("ana", "shared", "agreed")]

    answers = [await _answers_to_cy(there, words) for words in dict.fromkeys([*VERBS, *after_each])]

    for w,r,m in answers:
        if r!=m: print("####",w,"\n",r[:700],"\n--\n",m[:700])
    assert [words for words, real, made_up in answers if real != made_up] == []
    assert [words for words, real, _ in answers if secrets_in(real) != "."] == []
    assert (there.targets, wins_of(app, there.people["ana"])) == (before, wins)


async def _answers_to_cy(there: Progress, words: str) -> tuple[str, str, str]:
    """The words, what Cy is shown for them, and what for ids that nobody has; what was typed is left out of both."""
    cy, ana = there.people["cy"], there.people["ana"]
    typed = in_numbers(there, words)
    made_up = re.sub(r"\{\w+\}", NO_NUMBER, words.replace("{ana}", NOBODY))
    found = []
    for each in (typed, made_up):
        said = await looks(there, cy, each)
        for mine in (NOBODY, f"<@{ana.id}>", NO_NUMBER):
            said = said.replace(mine, "…")
        found.append(said)
    return words, *found


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
