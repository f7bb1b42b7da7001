"""Tables for spreadsheets, that no spreadsheet takes for formulas."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given, strategies as st
from openpyxl import load_workbook

from partnerships.export import csv_lines, defused, write_workbook

HEADINGS = ["Datum", "Belopp", "Text", "Antal"]
ROW = [date(2026, 3, 31), Decimal("-1034.50"), "Läxhjälp", None]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "=cmd|' /C calc'!A0", "＝1"]


def workbook_of(*rows):
    target = BytesIO()
    write_workbook(target, title="Betalningar: [2026]/1", headings=HEADINGS, rows=rows)
    return load_workbook(target).active


def parsed(lines):
    text = "".join(lines)
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_a_csv_opens_in_swedish_excel_as_it_is():
    assert parsed(csv_lines(HEADINGS, [ROW])) == [
        HEADINGS,
        ["2026-03-31", "-1034,50", "Läxhjälp", ""],
    ]


def test_a_workbook_holds_dates_and_amounts_as_such():
    sheet = workbook_of(ROW)

    found = [cell.value for cell in sheet[2]]
    assert sheet["A1"].font.bold
    assert (found[0].date(), found[1], found[2], found[3]) == (ROW[0], -1034.5, "Läxhjälp", None)
    assert sheet["B2"].number_format == "#,##0.00"


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_that_begins_like_a_formula_reaches_a_spreadsheet_as_one(text):
    in_csv = parsed(csv_lines(["a"], [[text]]))[1][0]
    cell = workbook_of([text])["A2"]

    assert in_csv.startswith("'")
    assert cell.data_type == "s"


@given(st.text())
def test_a_defused_text_never_begins_like_a_formula(text):
    assert not defused(text).lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert defused(text).removeprefix("'") == text.removeprefix("'") or text == defused(text)


def test_characters_that_xml_cannot_hold_are_left_out():
    assert workbook_of(["a\x00b\x07c"])["A2"].value == "abc"
