"""A win of Ana's with everybody who could stand to it in some way, and each way to lay hands on it, through the door."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, delete, select, update

from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.state import Message
from slackbot.app import App
from slackbot.features.verification.asking import Round
from slackbot.features.wins.sheet import Sheet
from slackbot.ui.blocks import actions, message, runs
from storage.models import Win, WinRevision
from tests.conftest import MONDAY
from tests.features.records import Payload, last_sent, post_again, wins_of
from tests.features.reporting import opens
from tests.features.teams import reports_to, shares

NOTE, PRACTICE, TITLE = "quoth the heron", "Larkspur Crossing", "Nine herons on a roof"
NUMBERS = ("7,341", "7341", "6,008", "6008", "Aug 19", "2026-08-19")
"""Its figures and its day as people read them, and as charts and tables hold them."""
MARKS = (NOTE, PRACTICE, TITLE, *NUMBERS, "heron.example.org")
"""What only Ana's win says: wherever one of these can be read, something of the win can be."""

ROLES = ("cy", "eli", "dee", "max", "fay", "gus", "ben", "ana")
"""Somebody in another workspace, a peer, an admin, the manager's manager, the manager before, the delegate, the
manager, the owner. Who may do least goes first, so that what a later one may do is not taken for theirs."""


@dataclass
class Scene:
    """The people, and the win as it stands while they try what they can."""

    app: App
    slack: Sandbox
    people: Mapping[str, Person]
    win_id: int

    @property
    def win(self) -> Win:
        """The row, a deleted one too."""
        return self.app.deps.database.run(lambda session: session.get_one(Win, self.win_id))

    async def settles(self) -> None:
        await self.app.deps.background.drain()

    def restored(self, win: Win) -> None:
        """Puts the row back as it was, so that the next try begins where this one did."""

        def put_back(session: Session) -> None:
            later = (col(WinRevision.win_id) == win.id, col(WinRevision.number) > win.revision)
            session.execute(delete(WinRevision).where(*later))
            moved = {"copy_channel", "copy_ts"}  # where the copy stands is no part of the win
            session.execute(
                update(Win).where(col(Win.id) == win.id).values(win.model_dump(exclude={"id", *moved}))
            )

        self.app.deps.database.run(put_back)

    def deeds(self) -> list[str]:
        """What was done to the win, oldest first."""
        mine = select(WinRevision).where(WinRevision.win_id == self.win_id).order_by(col(WinRevision.number))
        return self.app.deps.database.run(lambda session: [each.deed for each in session.exec(mine)])


async def gathers(app: App, slack: Sandbox) -> Mapping[str, Person]:
    """Everybody, each with a Home; Ana reports to Fay, Eli to Gus, and Ben to Max."""
    hired = {name: slack.hires(name, real_name=name.capitalize()) for name in ("fay", "gus", "max")}
    people = {name: hired.get(name) or slack.person(name) for name in ROLES}
    reports_to(app, people["ana"], people["fay"])
    reports_to(app, people["eli"], people["gus"])
    reports_to(app, people["ben"], people["max"])
    for person in people.values():
        await person.slash("help")  # from then on they have a Home
    return people


async def scene(app: App, slack: Sandbox) -> Scene:
    """Ana shares a win while Fay is her manager; then Dee gives her to Ben, who asks Gus to decide."""
    people = await gathers(app, slack)
    made = Scene(app, slack, people, await shares_it(app, people["ana"]))
    await hands_over(made)
    return made


async def shares_it(app: App, ana: Person) -> int:
    """The win that all is about, by its number."""
    win = await shares(
        ana,
        app,
        baseline="6008",
        result="7341",
        happened_on="2026-08-19",
        title=TITLE,
        practice=PRACTICE,
        note=NOTE,
        link="https://heron.example.org/",
    )
    assert win.id is not None
    return win.id


async def hands_over(scene: Scene) -> None:
    """Dee gives Ana to Ben, and he gives the win to Gus to decide."""
    people, app = scene.people, scene.app
    await opens(people["dee"], app, "team set", liaison=people["ana"].id, manager=people["ben"].id)
    await opens(people["ben"], app, f"verify delegate {scene.win_id}", to=people["gus"].id)
    await reload(scene)


async def reload(scene: Scene) -> None:
    """Everybody opens Slack anew: forms are closed, and answers that only they saw are gone, as Slack does it."""
    await scene.settles()
    for person in scene.people.values():
        if person.modal is not None:
            await person.closes(all=True)
    messages = scene.slack.state.messages
    messages[:] = [each for each in messages if each.ephemeral_to is None]


AGAIN = ("private", "share")
"""What makes a win wait for Ben alone, no longer for Gus."""


async def comes_to(scene: Scene, status: str) -> None:
    """The win gets there as any win would."""
    ana, ben, gus = (scene.people[name] for name in ("ana", "ben", "gus"))
    win = scene.win_id
    steps: dict[str, Callable[[], Awaitable[object]]] = {
        "private": lambda: ana.slash(f"wins return {win}"),
        "share": lambda: ana.slash(f"wins share {win}"),
        "needs_info": lambda: opens(gus, scene.app, f"verify ask {win}", text="Which practices?"),
        "verified": lambda: ben.slash(f"verify confirm {win} {scene.win.revision}"),
        "declined": lambda: opens(ben, scene.app, f"verify decline {win}", text="Counted twice."),
        "withdrawn": lambda: ana.slash(f"wins withdraw {win}"),
        "deleted": lambda: ana.slash(f"wins delete {win}"),
    }
    for step in AGAIN if status == "once more" else (status,):
        if step in steps:
            await steps[step]()
            await reload(scene)
    now = scene.win
    assert ("deleted" if now.deleted_at else now.status) == ("shared" if status == "once more" else status)


def marked(*texts: str) -> bool:
    """Whether something of the win can be read there."""
    return any(mark in text for mark in MARKS for text in texts)


def in_messages(person: Person) -> str:
    return "\n".join(each.text + each.words for each in person.dms())


def on_screen(person: Person) -> str:
    """All that the person can see anywhere now, their messages left out."""
    home = [person.home.words] if person.home is not None else []
    forms = [json.dumps(view.payload) for view in person.modals]
    return "\n".join([*home, *forms, *(each.text + each.words for each in person.sees())])


LISTS = (
    *("wins", "wins withdrawn", "verify", "team", "manager"),
    *("team show {ana}", "progress of {ana} referrals"),
)
"""Everything typed that lists wins, or says something of those of others."""


async def in_lists(scene: Scene, person: Person) -> str:
    """All that lists say to this person, Home among them."""
    ana = f"<@{scene.people['ana'].id}>"
    said = [(await person.slash(words.format(ana=ana))).words for words in LISTS]
    await person.opens_home()
    await scene.settles()
    return "\n".join([*said, on_screen(person)])


@dataclass(frozen=True)
class Deed:
    """Something to do to a win: a letter for the table, the words that are typed, and its form, if it has one."""

    letter: str
    words: str
    form: str | None = None
    reads: bool = False
    """It shows the win, and changes nothing."""


DEEDS = (
    Deed("r", "wins show {id}", reads=True),
    Deed("r", "verify show {id}", reads=True),
    Deed("e", "wins edit {id}", "log_win"),
    Deed("s", "wins share {id}"),
    Deed("t", "wins return {id}"),
    Deed("w", "wins withdraw {id}"),
    Deed("x", "wins delete {id}"),
    Deed("u", "wins undo {id}"),
    Deed("h", "wins history {id}", reads=True),
    Deed("a", "wins answer {id}", "answer_win"),
    Deed("c", "verify confirm {id} {revision}"),
    Deed("c", "verify all {id}:{revision}"),
    Deed("q", "verify ask {id}", "ask_about_win"),
    Deed("n", "verify decline {id}", "decline_win"),
    Deed("g", "verify delegate {id}", "delegate_win"),
)


async def types(scene: Scene, person: Person, words: str) -> str:
    """What comes of typing it."""
    seen = await person.slash(words)
    await scene.settles()
    return seen.text + seen.words


async def presses(scene: Scene, person: Person, words: str) -> str:
    """What comes of pressing a button that an old answer has kept."""
    old = message(actions(runs("An old button", words)))
    there = Message(
        scene.slack.world.new_ts(),
        person.channel,
        person.team,
        "U0PRMRIVER",
        "",
        blocks=[{"block_id": "old"} | block for block in old["blocks"]],
        bot_id="B0PRMRIVER",
        ephemeral_to=person.id,
    )
    scene.slack.state.messages.append(there)
    await person.presses("An old button", on=there)
    await scene.settles()
    return "\n".join(each.text + each.words for each in person.sees())


def opened(person: Person, form: str) -> bool:
    """Whether that form lies before them."""
    return person.modal is not None and person.modal.payload["callback_id"] == form


async def sends(scene: Scene, person: Person, form: str) -> str:
    """What is answered when somebody sends this form by hand, as it was when somebody had it open."""
    return await sends_by_hand(scene, person, form, _remembered(scene, form), _filled_in(scene, form))


async def sends_by_hand(scene: Scene, person: Person, form: str, kept: str, fields: Payload) -> str:
    """The same of any form: `kept` is what it remembered while it was open."""
    body = last_sent(scene.slack, "view_submission")
    body["user"] |= {"id": person.id, "name": person.name, "username": person.name, "team_id": person.team}
    body["team"] |= {"id": person.team}
    body["view"] |= {
        "id": scene.slack.world.new_id("V"),
        "team_id": person.team,
        "callback_id": form,
        "private_metadata": kept,
        "state": {"values": {name: {name: value} for name, value in fields.items()}},
    }
    _, answer = await post_again(scene.slack, body)
    await scene.settles()
    return answer


def _remembered(scene: Scene, form: str) -> str:
    """What the form would have kept for us: everybody may read and change that."""
    win, revision = scene.win_id, scene.win.revision
    if form == "log_win":
        return Sheet(metric="referrals", more=True, win=win, revision=revision).written()
    if form == "answer_win":
        asked = {"times": 0, "identifiers": [], "inducement": [], "above": None}
        return json.dumps({"win": win, "raised": asked})
    return f"{win} {revision}" if form == "delegate_win" else Round(win, revision).written()


def _filled_in(scene: Scene, form: str) -> Payload:
    def text(value: str) -> Payload:
        return {"type": "plain_text_input", "value": value}

    def choice(value: str) -> Payload:
        return {"type": "static_select", "selected_option": {"value": value}}

    fields: dict[str, dict[str, Any]] = {
        "log_win": {
            "metric": choice("referrals"),
            "result": text("7,342"),
            "happened_on": {"type": "datepicker", "selected_date": MONDAY.date().isoformat()},
            "visibility": choice("manager"),
        },
        "answer_win": {"answer": text("All of them.")},
        "ask_about_win": {"text": text("Which quarter?")},
        "decline_win": {"text": text("Not this one.")},
        "delegate_win": {"to": {"type": "users_select", "selected_user": scene.people["max"].id}},
    }
    return fields[form]


def others_wins(scene: Scene) -> list[Win]:
    """Wins that somebody else has: a stolen form must not make one either."""
    return [
        win for name in ROLES if name not in {"ana", "cy"} for win in wins_of(scene.app, scene.people[name])
    ]
