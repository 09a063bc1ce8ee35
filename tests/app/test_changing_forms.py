"""A form that follows what is chosen in it: at once, with all that was typed, and never over something newer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from sandbox.people import Person
from sandbox.server import Sandbox
from slackbot import errors
from slackbot.app import App
from slackbot.deps import Deps
from slackbot.errors import SLOW, UserError
from slackbot.feature import Asked, Changed, Feature, Form, Subcommand, Submitted
from slackbot.ui.blocks import Block, View, actions, button, runs
from slackbot.ui.forms import (
    Option,
    checkboxes,
    date_input,
    modal,
    select,
    text_input,
    url_input,
    users_select,
)
from slackbot.ui.forms import field as form_field
from tests.app.conftest import WithFeatures
from tests.conftest import Trouble

pytestmark = pytest.mark.door

CALLBACK = "trial_form"
KINDS = (Option("Growth", "growth"), Option("Survey", "survey"))
BOXES = (Option("Not a patient's", "cleared"), Option("Keep the wording", "kept"))


def trial_form(kind: str | None) -> View:
    hint = "How many answered?" if kind == "survey" else None
    return modal(
        CALLBACK,
        "Trial",
        form_field("kind", "Kind", select(KINDS, kind), dispatch=True),
        form_field("note", "Note", text_input(longest=80), hint=hint, optional=True),
        form_field("day", "Day", date_input(), optional=True),
        form_field("link", "Link", url_input(placeholder="https://example.org"), optional=True),
        form_field("boxes", "Boxes", checkboxes(BOXES, ("kept",)), optional=True),
        form_field("who", "Who", users_select(placeholder="Somebody"), optional=True),
        _ways(),
        submit="Save",
        private_metadata="m1",
    )


def _ways() -> Block:
    guide = button("Guide", "guide") | {"url": "https://example.org/guide"}
    return actions(button("Clear", "clear", value="all"), runs("Road", "roadmap"), guide)


@dataclass
class Trial:
    """A feature with one form, whose answer to each change is the test's own."""

    answer: Callable[[Changed], Awaitable[View | None]]
    heard: list[Changed] = field(default_factory=list)
    sent: list[Submitted] = field(default_factory=list)

    async def opens(self, _deps: Deps, asked: Asked) -> None:
        await asked.open(trial_form(None))

    async def changed(self, _deps: Deps, changed: Changed) -> View | None:
        self.heard.append(changed)
        return await self.answer(changed)

    async def submitted(self, _deps: Deps, back: Submitted) -> None:
        self.sent.append(back)

    @property
    def feature(self) -> Feature:
        return Feature(
            name="trial",
            subcommands=(Subcommand("trial", "for a test.", self.opens, "Test"),),
            forms=(Form(CALLBACK, self.submitted, self.changed),),
        )


async def fits(changed: Changed) -> View:
    return trial_form(changed.values["kind"])


async def stays(_changed: Changed) -> None:
    return None


def _hint(person: Person) -> str | None:
    assert person.modal is not None
    (note,) = [block for block in person.modal.blocks if block["block_id"] == "note"]
    return note["hint"]["text"] if "hint" in note else None


async def test_a_choice_changes_the_form_and_keeps_what_was_typed(
    ana: Person, app: App, with_features: WithFeatures
) -> None:
    trial = Trial(fits)
    async with with_features(trial.feature):
        await ana.slash("trial")
        ana.fills(note="twelve clinics", day="2026-11-20")
        await ana.selects("kind", "survey")
        await app.deps.background.drain()
        hint = _hint(ana)
        await ana.submits()

    assert hint == "How many answered?"
    (sent,) = trial.sent
    assert (sent.values["kind"], sent.values["note"]) == ("survey", "twelve clinics")
    assert sent.values["day"] == "2026-11-20"


async def test_a_change_tells_who_chose_what_where_with_all_that_is_in_the_form(
    ana: Person, app: App, with_features: WithFeatures
) -> None:
    trial = Trial(stays)
    async with with_features(trial.feature):
        await ana.slash("trial")
        ana.fills(note="  twelve  ")
        await ana.selects("kind", "survey")
        await app.deps.background.drain()

    (heard,) = trial.heard
    assert (heard.person.user_id, heard.person.team_id) == (ana.id, ana.team)
    assert (heard.action, heard.value, heard.metadata) == ("kind", "survey", "m1")
    assert heard.values["kind"] == "survey"
    assert heard.values["note"] == "twelve"
    assert heard.view["callback_id"] == CALLBACK


async def test_boxes_people_and_links_come_back_as_text(ana: Person, with_features: WithFeatures) -> None:
    trial = Trial(stays)
    async with with_features(trial.feature):
        for boxes in (["cleared", "kept"], []):
            await ana.slash("trial")
            ana.fills(kind="growth", boxes=boxes, who=ana.id, link="https://example.org/report")
            await ana.submits()
        await ana.slash("trial")
        ana.fills(kind="growth")
        await ana.submits()

    all_of_it, none_ticked, untouched = [back.values for back in trial.sent]
    assert all_of_it["boxes"] == "cleared,kept"
    assert all_of_it["who"] == ana.id
    assert all_of_it["link"] == "https://example.org/report"
    assert none_ticked["boxes"] is None
    assert (untouched["boxes"], untouched["who"], untouched["link"]) == ("kept", None, None)


async def test_slack_is_answered_before_the_form_is_worked_out(
    ana: Person, app: App, with_features: WithFeatures
) -> None:
    go = asyncio.Event()

    async def waits(changed: Changed) -> View:
        await go.wait()
        return await fits(changed)

    async with with_features(Trial(waits).feature):
        await ana.slash("trial")
        assert (await ana.selects("kind", "survey")).ok
        assert _hint(ana) is None
        go.set()
        await app.deps.background.drain()
        assert _hint(ana) == "How many answered?"


async def test_an_older_choice_never_overwrites_a_newer_one(
    ana: Person, app: App, slack: Sandbox, with_features: WithFeatures, trouble: Trouble
) -> None:
    newer_is_shown = asyncio.Event()

    async def older_is_slower(changed: Changed) -> View:
        if changed.value == "survey":
            await newer_is_shown.wait()
        return await fits(changed)

    async with with_features(Trial(older_is_slower).feature):
        await ana.slash("trial")
        before = _updates(slack)
        await ana.selects("kind", "survey")
        await ana.selects("kind", "growth")
        await slack.until(lambda: _updates(slack) > before, what="the newer form")
        newer_is_shown.set()
        await app.deps.background.drain()
        assert _hint(ana) is None

    assert [call.error for call in slack.calls if call.method == "views.update"] == [None, "hash_conflict"]
    assert len(ana.modals) == 1
    assert trouble.events() == []


def _updates(slack: Sandbox) -> int:
    return sum(call.method == "views.update" for call in slack.calls)


async def test_a_form_closed_in_the_meantime_is_left_closed(
    ana: Person, app: App, slack: Sandbox, with_features: WithFeatures, trouble: Trouble
) -> None:
    closed = asyncio.Event()

    async def late(changed: Changed) -> View:
        await closed.wait()
        return await fits(changed)

    async with with_features(Trial(late).feature):
        await ana.slash("trial")
        await ana.selects("kind", "survey")
        await ana.closes()
        closed.set()
        await app.deps.background.drain()

    assert ana.modals == []
    assert [call.error for call in slack.calls if call.method == "views.update"] == ["view_not_found"]
    assert trouble.events() == []


@pytest.mark.parametrize("too_late", ["expired_trigger_id", "exchanged_trigger_id"])
async def test_a_sentence_that_comes_too_late_for_its_window_stays_quiet(
    ana: Person,
    app: App,
    slack: Sandbox,
    with_features: WithFeatures,
    trouble: Trouble,
    too_late: str,
) -> None:
    async def refuses(_changed: Changed) -> None:
        raise UserError("Surveys need a target first.")

    slack.faults.add("views.push", too_late)
    async with with_features(Trial(refuses).feature):
        await ana.slash("trial")
        await ana.selects("kind", "survey")
        await app.deps.background.drain()

    assert len(ana.modals) == 1
    assert trouble.events() == []


async def test_what_a_person_can_mend_is_laid_over_the_form(
    ana: Person, app: App, with_features: WithFeatures, trouble: Trouble
) -> None:
    async def refuses(_changed: Changed) -> None:
        raise UserError("Surveys need a target first.")

    async with with_features(Trial(refuses).feature):
        await ana.slash("trial")
        ana.fills(note="kept")
        await ana.selects("kind", "survey")
        await app.deps.background.drain()

    below, notice = ana.modals
    assert "Surveys need a target first." in notice.words
    assert below.values["note"]["note"]["value"] == "kept"
    assert trouble.events() == []


async def test_a_failure_is_told_with_its_code(
    ana: Person, app: App, with_features: WithFeatures, trouble: Trouble
) -> None:
    trouble.expect("failed")

    async def breaks(_changed: Changed) -> None:
        raise ZeroDivisionError

    async with with_features(Trial(breaks).feature):
        await ana.slash("trial")
        await ana.selects("kind", "survey")
        await app.deps.background.drain()

    assert ana.modal is not None
    assert "this code" in ana.modal.words
    assert trouble.events() == ["failed"]


async def test_a_slow_change_is_given_up(
    ana: Person, app: App, with_features: WithFeatures, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_changed: Changed) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(errors, "PATIENCE", 0.2)
    async with with_features(Trial(never).feature):
        await ana.slash("trial")
        await ana.selects("kind", "survey")
        await app.deps.background.drain()

    assert ana.modal is not None
    assert SLOW in ana.modal.words


async def test_a_plain_button_of_the_form_goes_to_it(
    ana: Person, app: App, with_features: WithFeatures
) -> None:
    trial = Trial(stays)
    async with with_features(trial.feature):
        await ana.slash("trial")
        await ana.presses("Clear")
        await app.deps.background.drain()

    (heard,) = trial.heard
    assert (heard.action, heard.value) == ("clear", "all")
    assert len(ana.modals) == 1


async def test_buttons_that_run_words_and_links_do_as_anywhere(
    ana: Person, app: App, with_features: WithFeatures
) -> None:
    trial = Trial(stays)
    async with with_features(trial.feature):
        await ana.slash("trial")
        guide = await ana.presses("Guide")
        await ana.presses("Road")
        await app.deps.background.drain()

    assert guide.url == "https://example.org/guide"
    assert trial.heard == []
    _, answer = ana.modals
    assert "*1." in answer.words


async def test_a_field_that_does_not_dispatch_is_only_read_in_the_end(
    ana: Person, app: App, with_features: WithFeatures
) -> None:
    trial = Trial(stays)
    async with with_features(trial.feature):
        await ana.slash("trial")
        await ana.selects("boxes", ["cleared"])
        await app.deps.background.drain()

    assert trial.heard == []
