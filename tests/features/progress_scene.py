"""Ana's wins, targets and standing with everybody around her, and all that anybody can be shown of them anywhere."""

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.state import Message
from slackbot.app import App
from storage.models import AuditEvent, Target
from tests.features.records import member_of
from tests.features.reporting import relations
from tests.features.standings import MARKS, NOTE, Scene, gathers, hands_over, reload, shares_it
from tests.features.target_acts import agreed, proposes, targets_of
from tests.features.teams import shares

SECRETS: Mapping[str, Sequence[str]] = {
    "p": ("Osprey Hollow", "Ospreys in the mist", "9,417", "9417", "9,003", "9003", "Sep 24", "2026-09-24"),
    "s": tuple(mark for mark in MARKS if mark != NOTE),
    "v": ("Teal Landing", "Teals at the weir", "5,519", "5519", "4,127", "4127", "May 19", "2026-05-19"),
    "n": (NOTE, "thus spoke the teal", "hush, said the osprey"),
    "a": ("5,503", "5503", "Mar 14, 2028", "2028-03-14"),
    "o": ("May 17, 2028", "2028-05-17"),
}
"""What only the private win says, the shared and the verified one, their notes, the agreed target and the offered one."""
STARTS = "2026-01-01"
"""Of the agreed target, so that her wins count toward it; the confirmed one alone reaches it."""
BLOCK_ID = re.compile(r', "block_id": "b[0-9A-F]+"')
READINESS = re.compile(r"\d of \d (gates|criteria)\b")
"""Ana alone has chosen a role, so that whatever says this speaks of her."""


@dataclass
class Progress(Scene):
    """The scene of one shared win, with a private and a verified one, and two targets; each by its number."""

    private: int
    verified: int
    agreed: int
    """Ana and Fay agreed on it when Fay was her manager."""
    offered: int
    """It waits for Ben."""
    reporting: int
    """What Ana goes by on Ben's team."""
    heard_to: int = 0
    """The newest row of the audit trail that was looked at."""

    @property
    def shared(self) -> int:
        return self.win_id

    @property
    def targets(self) -> Sequence[Target]:
        return targets_of(self.app)

    def put_back(self, before: Sequence[Target]) -> None:
        """Targets as they were, without any that came since."""

        def work(session: Session) -> None:
            kept = [each.id for each in before]
            session.execute(delete(Target).where(col(Target.id).not_in(kept)))
            for each in before:
                session.merge(Target(**each.model_dump()))

        self.app.deps.database.run(work)

    def trail(self, name: str) -> list[tuple[str, str]]:
        """What the audit trail says that somebody did since this was asked last: the actions with their subjects."""
        rows = self.app.deps.database.run(_newer, self.heard_to)
        self.heard_to = max([self.heard_to, *(row.id or 0 for row in rows)])
        whose = member_of(self.app, self.people[name]).id
        return [(row.action, row.subject) for row in rows if row.actor_id == whose]


def _newer(session: Session, row_id: int) -> Sequence[AuditEvent]:
    newer = select(AuditEvent).where(col(AuditEvent.id) > row_id).order_by(col(AuditEvent.id))
    return session.exec(newer).all()


async def progress_scene(app: App, slack: Sandbox) -> Progress:
    """Ana works toward a role and agrees on a target with Fay, is given to Ben, and keeps, shares and has confirmed a win."""
    people = await gathers(app, slack)
    ana, ben = people["ana"], people["ben"]
    await _works_toward_a_role(ana)
    await agreed(ana, app, people["fay"], **{"from": "5000", "to": "5503"}, starts=STARTS, due="2028-03-14")
    begun = Scene(app, slack, people, await shares_it(app, ana))
    await hands_over(begun)
    verified = await shares(
        ana,
        app,
        baseline="4127",
        result="5519",
        happened_on="2026-05-19",
        practice="Teal Landing",
        title="Teals at the weir",
        note="thus spoke the teal",
    )
    await ben.slash(f"verify confirm {verified.id} {verified.revision}")
    await proposes(ana, app, ben, metric="campaigns", **{"from": "", "to": "12"}, due="2028-05-17")
    first, second = targets_of(app)
    made = Progress(
        app,
        slack,
        people,
        begun.win_id,
        private=await keeps(app, ana),
        verified=_number(verified.id),
        agreed=_number(first.id),
        offered=_number(second.id),
        reporting=_number(relations(app)[-1].id),
    )
    await reload(made)
    return made


async def _works_toward_a_role(ana: Person) -> None:
    await ana.slash("profile")
    ana.fills(rung="liaison", target_rung="manager")
    await ana.submits()
    await ana.closes(all=True)


async def keeps(app: App, ana: Person, visibility: str = "me") -> int:
    """A win of her best quarter, which would change every figure there is."""
    win = await shares(
        ana,
        app,
        visibility=visibility,
        baseline="9003",
        result="9417",
        happened_on="2026-09-24",
        practice="Osprey Hollow",
        title="Ospreys in the mist",
        note="hush, said the osprey",
    )
    return _number(win.id)


def _number(row_id: int | None) -> int:
    assert row_id is not None, "a stored row has an id"
    return row_id


HOME, MESSAGES = "(Home)", "(messages)"
"""Places where nothing is typed."""


async def looks(scene: Scene, person: Person, words: str) -> str:
    """All that somebody is shown for what they type, to the last value behind a button: answer, form, message, file."""
    if person.modal is not None:
        await person.closes(all=True)
    if words == MESSAGES:
        return "\n".join(whole(each) for each in person.dms())
    if words == HOME:
        await person.opens_home()
        await scene.settles()
        return _raw(person.home.payload) if person.home else ""
    begins, files = len(scene.slack.state.messages), set(scene.slack.state.files)
    await person.slash(words)
    await scene.settles()
    new = scene.slack.state.messages[begins:]
    readable = [each for where in (person.channel, person.app_dm) for each in person.sees(where)]
    said = [whole(each) for each in new if each in readable]
    del scene.slack.state.messages[begins:]
    forms = [_raw(view.payload) for view in person.modals]
    return "\n".join([*said, *forms, *_files(scene, person, files)])


def whole(message: Message) -> str:
    """All of a message, to the last value behind a button."""
    return f"{message.text}\n{_raw(message.blocks)}"


def _raw(shown: object) -> str:
    """Without the ids that Slack gives to blocks, which are others every time."""
    return BLOCK_ID.sub("", json.dumps(shown, ensure_ascii=False))


def _files(scene: Scene, person: Person, known: set[str]) -> Iterator[str]:
    """What is in files that came meanwhile, for whoever is in the conversation they went to."""
    for number, file in scene.slack.state.files.items():
        if number not in known:
            assert file.channels == [person.app_dm], "a table goes to whoever asked for it"
            yield f"{file.name}\n{base64.b64decode(file.content).decode()}"


def in_numbers(scene: Progress, words: str) -> str:
    """The words with the numbers and the mention that all of it has in this scene."""
    return words.format_map({**vars(scene), "shared": scene.shared, "ana": f"<@{scene.people['ana'].id}>"})


def secrets_in(said: str) -> str:
    """The letters of what can be read there; `r` where it says how near Ana is to her role."""
    found = [letter for letter, marks in SECRETS.items() if any(mark in said for mark in marks)]
    return "".join([*found, *("r" if READINESS.search(said) else "")]) or "."
