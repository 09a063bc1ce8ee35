"""Somebody who typed a patient's data is told of what kind, what to do, and never shown it again."""

import pytest

from slackbot import screened
from slackbot.errors import FormError
from slackbot.screened import Doubts, doubts, refuse, refuse_doubtful, warning

CLEAN = {"title": "120 to 150 referrals", "note": "Dr. Lee, NPI 1487654321, as of 3/31/2026", "link": None}


def test_each_field_with_patient_data_says_its_kind_and_the_way_out() -> None:
    with pytest.raises(FormError) as refused:
        refuse({**CLEAN, "note": "DOB 03/04/1951", "practice": "MRN 00482913, 93 y/o"})

    assert refused.value.errors == {
        "note": "This looks like it holds a date of birth. Please take it out: totals, practices and dates of your "
        "own work are enough.",
        "practice": "This looks like it holds a medical record number and an age over 89. Please take it out: totals, "
        "practices and dates of your own work are enough.",
    }


def test_what_was_typed_is_in_no_part_of_the_refusal() -> None:
    with pytest.raises(FormError) as refused:
        refuse({"note": "admitted 11/3, SSN 512-83-4471"})

    assert not any(
        value in repr(refused.value) + str(vars(refused.value)) for value in ("11/3", "512", "4471")
    )


def test_a_form_about_ones_own_work_is_neither_refused_nor_doubted() -> None:
    refuse(CLEAN)
    assert not doubts(CLEAN)
    assert warning(doubts(CLEAN)) == (None, None)


def test_a_doubt_is_asked_about_once_for_all_fields() -> None:
    texts = {
        "title": "Gift cards for referrals",
        "note": "call 312-555-0142 or tina@example.org",
        "link": "312-555-0143",
    }
    refuse(texts)
    found = doubts(texts)
    assert found == Doubts(frozenset({"a phone number", "an e-mail address"}), frozenset({"gifts"}))

    said = warning(found)
    assert said.identifiers is not None
    assert "holds a phone number and an e-mail address" in said.identifiers
    assert said.inducement is not None
    assert "(gifts)" in said.inducement
    assert not any(value in f"{said}" for value in ("555", "tina", "Gift cards"))


def test_people_are_told_that_the_check_promises_nothing() -> None:
    assert "lowers the risk" in screened.LIMITS
    assert "can't find everything" in screened.LIMITS


def test_where_nothing_can_be_confirmed_a_doubt_is_refused_too() -> None:
    refuse_doubtful({"name": "Certified Patient Experience Professional", "number": "APLAC-2026-0412"})
    with pytest.raises(FormError, match="holds an e-mail address"):
        refuse_doubtful({"name": "tina@example.org"})
