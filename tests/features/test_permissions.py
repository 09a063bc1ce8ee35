"""Who may do what to a win, who sees it where, in each of its states: one table, tried through the door.

Each letter is something that may be done, each dot something that is refused without a word of the win:

    r read   e edit   s share   t take back   w withdraw   x delete   u undo that   h history   a answer a question
    c confirm   q ask a question   n decline (say no)   g give to a delegate
    l seen in lists (wins, queue, team, Home)   m seen in messages (the copy, the news, the queue's message)

Ben has given the win to Gus until it was decided, withdrawn or taken back; "once more" it is shared after that.
What changes it is tried in each way that there is, and comes to the same each time: typed, pressed on an old button,
and sent by hand as a form that somebody else had open.
"""

from collections.abc import Mapping

import pytest

from sandbox.server import Sandbox
from slackbot.app import App
from storage.models import Win
from tests.features.standings import (
    DEEDS,
    ROLES,
    Deed,
    Scene,
    comes_to,
    in_lists,
    in_messages,
    marked,
    on_screen,
    opened,
    others_wins,
    presses,
    reload,
    scene,
    sends,
    types,
)

pytestmark = pytest.mark.door

WAYS = (types, presses)
COLUMNS = "restwxuha cqng lm"
NOTHING = "......... .... .."
EVERYBODY_ELSE = {"cy": NOTHING, "eli": NOTHING, "dee": NOTHING, "max": NOTHING, "fay": NOTHING}
"""Of another workspace, a peer, an admin, the manager's manager, and who was the manager before."""

# fmt: off
TABLE: Mapping[str, Mapping[str, str]] = {
    #                              owner                     manager                    delegate, or who was it
    #                              restwxuha cqng lm         restwxuha cqng lm          restwxuha cqng lm
    "private":    {"ana": "res.wx.h. .... lm", "ben": "......... .... ..", "gus": "......... .... .."},
    "shared":     {"ana": "re.twx.h. .... lm", "ben": "r........ cqng l.", "gus": "r........ cqn. lm"},
    "once more":  {"ana": "re.twx.h. .... lm", "ben": "r........ cqng lm", "gus": "......... .... .."},
    "needs_info": {"ana": "re.twx.ha .... lm", "ben": "r........ c.n. l.", "gus": "r........ c.n. .."},
    "verified":   {"ana": "re..wx.h. .... lm", "ben": "r........ .... l.", "gus": "......... .... .."},
    "declined":   {"ana": "restwx.h. .... lm", "ben": "......... .... ..", "gus": "......... .... .."},
    "withdrawn":  {"ana": "r..t.x.h. .... lm", "ben": "......... .... ..", "gus": "......... .... .."},
    "deleted":    {"ana": "......u.. .... ..", "ben": "......... .... ..", "gus": "......... .... .."},
}
# fmt: on
OFTEN = ("shared", "verified")
"""The states that most wins are in; the others are tried with what takes long."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "status", [pytest.param(each, marks=() if each in OFTEN else pytest.mark.slow) for each in TABLE]
)
async def test_who_may_do_what_to_a_win_and_who_sees_it(status: str, app: App, slack: Sandbox) -> None:
    there = await scene(app, slack)
    await comes_to(there, status)

    found = {}
    for name in ROLES:
        found[name] = await _sees(there, name)
    await reload(there)
    # Only now, because what somebody does to it others may then see.
    for name in ROLES:
        found[name] |= await _may(there, name)
        _nothing_leaked(there, name, found[name])

    assert {name: _row(letters) for name, letters in found.items()} == {**EVERYBODY_ELSE, **TABLE[status]}


def _row(letters: set[str]) -> str:
    return "".join(each if each in {" ", *letters} else "." for each in COLUMNS)


async def _sees(there: Scene, name: str) -> set[str]:
    person = there.people[name]
    in_dms = {"m"} if marked(in_messages(person)) else set()
    return in_dms | ({"l"} if marked(await in_lists(there, person)) else set())


async def _may(there: Scene, name: str) -> set[str]:
    found: set[str] = set()
    for deed in DEEDS:
        found |= await (_reads if deed.reads else _does)(there, name, deed, "r" in found)
    return found


async def _reads(there: Scene, name: str, deed: Deed, _known: bool) -> set[str]:
    before = there.win
    shown = marked(await types(there, there.people[name], _words(before, deed)))
    assert there.win == before, (name, deed.words)
    await reload(there)
    return {deed.letter} if shown else set()


async def _does(there: Scene, name: str, deed: Deed, known: bool) -> set[str]:
    """Tries it each way: all of them do it, or none does, and then says nothing new of the win."""
    person, before = there.people[name], there.win
    done, said = [], []
    for way in WAYS:
        said.append(await way(there, person, _words(before, deed)))
        done.append(opened(person, deed.form) if deed.form else _changed(there, before))
        await reload(there)
    if deed.form:
        assert there.win == before, (name, deed.words, "a form that is only opened changes nothing")
        said.append(await sends(there, person, deed.form))
        done.append(_changed(there, before))
        await reload(there)
    assert len(set(done)) == 1, (name, deed.words, done)
    assert all(done) or known or not marked(*said), (name, deed.words, said)
    return {deed.letter} if all(done) else set()


def _words(win: Win, deed: Deed) -> str:
    return deed.words.format(id=win.id, revision=win.revision)


def _changed(there: Scene, before: Win) -> bool:
    """Whether the win is another one than before, which it then is again."""
    now = there.win
    if now == before:
        return False
    there.restored(before)
    return True


def _nothing_leaked(there: Scene, name: str, letters: set[str]) -> None:
    """Whoever may see nothing of it has nothing of it on any screen, whatever they and others tried."""
    if name != "ana" and not letters & set("rlm"):
        assert not marked(on_screen(there.people[name])), name
        assert not marked(in_messages(there.people[name])), name
    assert others_wins(there) == []
