"""What Slack accepts is accepted: every block and element, wherever it may stand, up to the last character."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from sandbox.blockkit import Fault, check_message, check_view
from sandbox.blockkit.blocks import BLOCKS
from sandbox.blockkit.elements import ELEMENTS
from sandbox.blockkit.surfaces import ALLOWED
from tests.sandbox.blockkit.everything import (
    EVERY_BLOCK,
    EVERY_ELEMENT,
    FEEDBACK,
    GROUPS,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from tests.sandbox.blockkit.samples import (
    Json,
    actions,
    button,
    confirm,
    container,
    context,
    element,
    home,
    message,
    modal,
    mrkdwn,
    option,
    options,
    picture,
    plain,
    plot,
    question,
    rich,
    section,
    table,
    video,
)


def check(payload: Json) -> list[Fault]:
    return check_view(payload) if "type" in payload else check_message(payload)


def whole(surface: str, *blocks: Json) -> Json:
    return {"message": message, "modal": modal, "home": home}[surface](*blocks)


def test_the_samples_leave_nothing_out() -> None:
    assert EVERY_BLOCK.keys() | {"file"} == BLOCKS.keys()
    assert EVERY_ELEMENT.keys() == ELEMENTS.keys()


@pytest.mark.parametrize(
    ("surface", "kind"), [(surface, kind) for surface in ALLOWED for kind in sorted(ALLOWED[surface])]
)
def test_a_block_is_accepted_on_its_surfaces(surface: str, kind: str) -> None:
    for block in EVERY_BLOCK[kind]:
        assert check(whole(surface, block)) == []


@pytest.mark.parametrize(
    ("surface", "kind"),
    [(surface, kind) for surface in ALLOWED for kind in sorted(EVERY_BLOCK.keys() - ALLOWED[surface])],
)
def test_a_block_is_refused_on_other_surfaces(surface: str, kind: str) -> None:
    rules = {fault.rule for fault in check(whole(surface, EVERY_BLOCK[kind][0]))}

    assert "block_not_allowed_here" in rules


@pytest.mark.parametrize("kind", sorted(EVERY_ELEMENT))
def test_an_element_is_accepted_in_its_blocks_and_nowhere_else(kind: str) -> None:
    for sample in EVERY_ELEMENT[kind]:
        in_section = check(message(section(accessory=sample)))
        in_actions = check(home(actions(sample)))
        in_input = check(modal(question(sample)))

        assert [not faults for faults in (in_section, in_actions, in_input)] == [
            kind in IN_SECTION,
            kind in IN_ACTIONS,
            kind in IN_INPUT,
        ], (in_section, in_actions, in_input)


def test_a_form_of_every_input_is_accepted() -> None:
    samples = [EVERY_ELEMENT[kind][0] for kind in sorted(IN_INPUT)]

    form = modal(
        *(question(sample, block_id=f"input-{index}") for index, sample in enumerate(samples)),
        callback_id="log-win",
        private_metadata="",
        external_id="win-1",
        close=plain("Cancel"),
        notify_on_close=True,
        clear_on_close=False,
    )

    assert check_view(form) == []


def test_a_weekly_nudge_is_accepted() -> None:
    nudge = message(
        {"type": "header", "text": plain("Your week ✨")},
        section(
            text=mrkdwn("*Referral growth* is at 9 % of the 15 % agreed with Ben."),
            fields=[mrkdwn("*Baseline*\n120"), mrkdwn("*Now*\n131")],
            accessory=element(
                "overflow", options=[option("why", text=plain("Why this one?")), option("off")]
            ),
        ),
        plot(),
        {"type": "divider"},
        actions(button("log", style="primary", value="referral_growth"), button("later")),
        context(mrkdwn("14 more referrals by 31 December · `/prm help`")),
        channel="U1",
        unfurl_links=False,
        metadata={"event_type": "prm_delivery", "event_payload": {"id": "d_1"}},
    )

    assert check_message(nudge) == []


@pytest.mark.parametrize(
    "payload",
    [
        message(),
        {"text": "", "blocks": [section()]},
        {"blocks": [section()]},
        {"markdown_text": "**Hello**"},
        {"attachments": [{"color": "#36a64f", "fallback": "x", "blocks": [section(), table()]}]},
        {"delete_original": True},
        {"response_type": "ephemeral", "replace_original": False, "text": "Hello", "thread_ts": None},
        message(blocks=json.dumps([section()]), attachments="[]", metadata=""),
        message(metadata=json.dumps({"event_type": "x", "event_payload": {}})),
        message(section(text=mrkdwn("Größe 東京 👩🏽‍⚕️ \u202eהי &amp; <@U1>"))),
    ],
)
def test_a_message_is_accepted(payload: Json) -> None:
    assert check_message(payload) == []


@pytest.mark.parametrize(
    "payload", [home(), modal(), {"type": "modal", "title": plain(), "blocks": [section()]}]
)
def test_a_view_is_accepted(payload: Json) -> None:
    assert check_view(payload) == []


EDGES: list[tuple[str, int, Callable[[int], Json]]] = [
    ("section text", 3_000, lambda n: message(section(text=plain("é" * n)))),
    ("section field", 2_000, lambda n: message(section(fields=[mrkdwn("x" * n)]))),
    ("header", 150, lambda n: message({"type": "header", "text": plain("🎉" * n)})),
    ("context text", 3_000, lambda n: message(context(mrkdwn("x" * n)))),
    ("block_id", 255, lambda n: home(section(block_id="x" * n))),
    ("image title", 2_000, lambda n: home(picture(title=plain("x" * n)))),
    ("option groups", 100, lambda n: message(actions(element("static_select", option_groups=GROUPS * n)))),
    ("options of a group", 100, lambda n: message(actions(element("static_select", option_groups=[{"label": plain(), "options": options(n)}])))),
    ("confirm button", 30, lambda n: message(actions(button(confirm=confirm(confirm=plain("x" * n)))))),
    ("option value", 150, lambda n: message(actions(element("overflow", options=[{"text": plain(), "value": "x" * n}])))),
    ("checkbox text", 75, lambda n: message(actions(element("checkboxes", options=[{"text": mrkdwn("x" * n), "value": "a"}])))),
    ("initial value", 3_000, lambda n: modal(question(element("plain_text_input", initial_value="x" * n)))),
    ("min_length", 3_000, lambda n: modal(question(element("plain_text_input", min_length=n)))),
    ("max_lines", 100, lambda n: modal(question(element("rich_text_input", max_lines=n)))),
    ("card title", 150, lambda n: message({"type": "card", "title": plain("x" * n)})),
    ("card actions", 3, lambda n: message({"type": "card", "actions": [button(str(i)) for i in range(n)]})),
    ("container title", 150, lambda n: message(container(section(), title=plain("x" * n)))),
    ("container blocks", 10, lambda n: message(container(*(section() for _ in range(n))))),
    ("context actions", 5, lambda n: message({"type": "context_actions", "elements": [{**FEEDBACK, "action_id": str(i)} for i in range(n)]})),
    ("plan tasks", 50, lambda n: message({"type": "plan", "title": "x", "tasks": [{"task_id": str(i), "title": "x"} for i in range(n)]})),
    ("list indent", 8, lambda n: message({"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "indent": n, "elements": rich()["elements"]}]})),
    ("video author", 49, lambda n: message(video(author_name="x" * n))),
    ("chart categories", 20, lambda n: message(plot(series=[{"name": "a", "data": [{"label": str(i), "value": i} for i in range(n)]}], axis_config={"categories": [str(i) for i in range(n)]}))),
    ("chart series", 12, lambda n: message(plot(series=[{"name": str(i), "data": [{"label": "a", "value": 1}]} for i in range(n)], axis_config={"categories": ["a"]}))),
    ("feedback button", 75, lambda n: message({"type": "context_actions", "elements": [{**FEEDBACK, "positive_button": {"text": plain("x" * n), "value": "1"}}]})),
    ("event type", 50, lambda n: message(metadata={"event_type": "x" * n, "event_payload": {}})),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "build"), [edge[1:] for edge in EDGES], ids=[edge[0] for edge in EDGES])
def test_the_limit_itself_is_accepted_and_one_more_is_not(limit: int, build: Callable[[int], Json]) -> None:
    assert check(build(limit)) == []
    assert check(build(limit + 1)) != []
