"""Tables that leave Slack: nothing in them runs, and everything in them is what it was."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slackbot.exports import BOM, Cell, safe, table


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode().removeprefix(BOM), newline="")))


def test_a_table_is_utf8_with_a_mark_for_excel_and_its_quotes_hold() -> None:
    rows: list[list[Cell]] = [["Name", "Practice"], ["José, “Pepe”", 'The "Oak"\nClinic']]

    content = table(rows)

    assert content.startswith(b"\xef\xbb\xbf")
    assert rows_of(content) == rows


def test_numbers_and_dates_stay_numbers_and_dates() -> None:
    content = table([[Decimal("-5.500000"), Decimal("1E+3"), 7, date(2026, 11, 23), None]])

    assert rows_of(content) == [["-5.5", "1000", "7", "2026-11-23", ""]]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1+1", "'＝1+1"),
        ("Oak; =1+1", "Oak;' =1+1"),
        ("Oak - Elm = 3 + 1 @ noon", "Oak - Elm = 3 + 1 @ noon"),
        ("", ""),
    ],
)
def test_nothing_that_somebody_typed_is_taken_for_a_formula(typed: str, kept: str) -> None:
    assert safe(typed) == kept


@given(st.text(alphabet=st.sampled_from("=+-@\t\r\n;,\"' ab＝"), max_size=12))
def test_no_cell_begins_like_a_formula_whatever_was_typed(typed: str) -> None:
    kept = safe(typed)

    assert kept.replace("'", "") == typed.replace("'", "")
    for cell in kept.split(";"):
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))
    assert not kept.startswith(("\t", "\r", "\n"))
