"""Everything Slack would refuse is refused, with the rule, the place and the error code."""

from __future__ import annotations

import copy

import pytest

from sandbox.blockkit import Fault, check_errors, check_message, check_view
from tests.sandbox.blockkit.bad_payloads import BAD, Bad
from tests.sandbox.blockkit.samples import Json, element, modal, plain, question


def check(payload: Json) -> list[Fault]:
    return check_view(payload) if "type" in payload else check_message(payload)


def test_the_table_is_long_and_says_each_thing_once() -> None:
    assert len(BAD) >= 75
    assert len({bad.says for bad in BAD}) == len(BAD)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.says)
def test_slack_would_refuse_it(bad: Bad) -> None:
    before = copy.deepcopy(bad.payload)

    faults = check(bad.payload)

    assert [(fault.rule, fault.pointer, fault.error) for fault in faults] == [
        (bad.rule, bad.pointer, bad.error)
    ]
    assert faults[0].message.endswith(".")
    assert bad.payload == before, "a check looks and does not touch"


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.says)
def test_repaired_it_is_accepted(bad: Bad) -> None:
    assert check(bad.repaired) == []


def test_every_fault_of_a_payload_is_told_at_once() -> None:
    faults = check_view(
        modal({"type": "header", "text": plain("x" * 151)}, {"type": "banner"}, title=plain("x" * 25))
    )

    assert {fault.pointer for fault in faults} == {"/title/text", "/blocks/0/text/text", "/blocks/1/type"}


def test_pointers_escape_what_json_pointers_escape() -> None:
    [fault] = check_view(modal(**{"a/b~c": 1}))

    assert fault.pointer == "/a~1b~0c"


ASKED = modal(
    question(element("plain_text_input"), block_id="practice"),
    {"type": "section", "block_id": "intro", "text": plain()},
)


@pytest.mark.parametrize(
    ("errors", "rule", "pointer"),
    [
        ({}, "errors_empty", ""),
        ({"patient": "No names of patients"}, "errors_unknown_block", "/patient"),
        ({"intro": "A section shows no error"}, "errors_unknown_block", "/intro"),
        ({"practice": ""}, "errors_text_empty", "/practice"),
        ({"practice": None}, "errors_not_string", "/practice"),
        ({"practice": {"type": "plain_text", "text": "x"}}, "errors_not_string", "/practice"),
    ],
)
def test_form_errors_slack_cannot_show_are_refused(errors: Json, rule: str, pointer: str) -> None:
    [fault] = check_errors(errors, ASKED)

    assert (fault.rule, fault.pointer) == (rule, pointer)


def test_form_errors_beside_their_inputs_are_accepted() -> None:
    assert check_errors({"practice": "Say which practice it was."}, ASKED) == []
