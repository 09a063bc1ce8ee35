"""A signed request that comes twice does nothing twice; and whatever changes anything leaves its row on the trail."""

import re

import pytest
from sqlmodel import Session, col, select

from sandbox.journal import Sent
from sandbox.server import Sandbox
from slackbot.app import FEATURES, App
from slackbot.features.admin.deeds import DEEDS
from storage.models import AuditEvent
from tests.features.acts import ACTS, Act, numbers
from tests.features.dumps import Dump, differences, dump
from tests.features.progress_scene import Progress, progress_scene
from tests.features.records import post_again, type_again
from tests.features.standings import reload
from tests.features.target_acts import one_engine

pytestmark = [pytest.mark.door, pytest.mark.slow]

LOOKS = frozenset(
    {"win.read", "target.read", "team.read", "team.exported", "teams.totaled", "member.read", "progress.read"}
    | {"admin.log_read", "member.exported", "digest.read"}
)
"""Actions that change nothing: who looks twice is on the trail twice."""
NOT_ACTED = frozenset(
    {
        "criteria.taken_up",  # comes with the profile; tests/features/test_criteria.py
        "target.closed",  # {"reached"}: needs wins that reach it; tests/features/test_targets.py
        "reporting.ended",
        "member.erased",  # nobody asks for it at that moment: tests/features/test_erasing.py
    }
)
UNTOLD = frozenset(
    {"delivery", "member", "unanswered_question", "oauth_state", "installation", "criteria_set"}
)
"""Tables that change by themselves, or as a part of meeting somebody; what a person changes there has its own row too."""


async def does(there: Progress, app: App, act: Act) -> list[Sent]:
    """The requests that it took."""
    person, known = there.people[act.who], numbers(there, app)
    before = {sent.seq for sent in there.slack.requests}
    await person.slash(act.words.format_map(known))
    if act.form is not None:
        assert person.modal is not None, f"{act.words} opened no form: {person.sees()[-1].words}"
        assert person.modal.payload["callback_id"] == act.form
        for name, value in (act.fields or {}).items():
            said = value.format_map(known)
            if name == "metric":
                await person.selects(name, said)
                await app.deps.background.drain()
            else:
                person.fills({name: said})
        seen = await person.submits()
        assert seen.ok, (act.words, seen.errors)
    await there.settles()
    return [sent for sent in there.slack.requests if sent.seq not in before]


async def again(slack: Sandbox, sent: Sent) -> None:
    """The same once more, as somebody would who has recorded it."""
    way = type_again if sent.kind == "slash_command" else post_again
    status, _ = await way(slack, sent.body)
    assert status == 200


def standing(slack: Sandbox) -> list[tuple[str, str]]:
    """All messages that stay: in channels and from the app to people."""
    return [(each.channel, each.ts) for each in slack.state.messages if each.ephemeral_to is None]


def lasting(changes: Dump) -> Dump:
    """Without looks, which are no change."""
    looks = re.compile("|".join(f"'{each}'" for each in LOOKS))
    kept = {table: [row for row in rows if not looks.search(row)] for table, rows in changes.items()}
    return {table: rows for table, rows in kept.items() if rows}


@one_engine
@pytest.mark.refused
async def test_each_act_sent_twice_is_done_once_and_is_on_the_trail(app: App, slack: Sandbox) -> None:
    there = await progress_scene(app, slack)
    twice: dict[str, object] = {}
    untold: dict[str, list[str]] = {}
    idle: list[str] = []
    for act in ACTS:
        before = dump(app)
        sent = await does(there, app, act)
        done = dump(app)
        changed = lasting(differences(before, done))
        told = {"audit_event"} <= changed.keys()
        if not changed:
            idle.append(act.words)
        if not told and set(changed) - UNTOLD:
            untold[act.words] = sorted(changed)
        posted = standing(slack)
        for request in sent:
            await again(slack, request)
            await there.settles()
        repeated = lasting(differences(done, dump(app)))
        if repeated:
            twice[act.words] = repeated
        new = [each for each in standing(slack) if each not in posted]
        # A file of one's own that comes twice is a look, as in `LOOKS`; how often, `slackbot.allowances` says.
        if new and act.words not in IDLE:
            twice[f"{act.words} (messages)"] = new
        await reload(there)

    assert twice == {}
    assert untold == {}
    assert [words for words in idle if words not in IDLE] == []
    done_so_far = app.deps.database.run(_actions)
    assert {each for each in DEEDS if each not in LOOKS | NOT_ACTED} - done_so_far == set()


IDLE = ("target show {offered}", "privacy export")
"""What only looks."""


def _actions(session: Session) -> set[str]:
    return set(session.execute(select(col(AuditEvent.action)).distinct()).scalars())


ELSEWHERE = {"nudge_pause"}
"""It opens from a weekly message only; what comes twice from there is tried where those are."""


def test_every_form_there_is_is_among_the_acts() -> None:
    forms = {form.callback for feature in FEATURES for form in feature.forms}
    assert forms - ELSEWHERE == {act.form for act in ACTS} - {None}
