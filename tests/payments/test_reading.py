"""Files as finance systems write them, and as nobody should."""

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from payments.models import PaymentSource
from payments.reading import UnreadableFileError, files, open_file, rows_of, sentence_of, workbooks
from payments.reading.cells import CellError, amount_of, date_of, org_number_of, text_of
from tests.payments.factories import COLUMNS, HEADINGS, csv_file, row, xlsx_file

SIE = """#FLAGGA 0
#FORMAT PC8
#SIETYP 4
#PROGRAM "Exempel" 1.0
#FNAMN "Exempelby kommun"
#RAR 0 20260101 20261231
#VER A 17 20260331 "Bidrag till föreningen" 20260401
{
#TRANS 4530 {6 "P17"} 1500.50 20260331 "Läxhjälp"
#TRANS 1930 {} -1500.50
}
#VER A 18 20260402 "Rättelse A 17"
{
#BTRANS 4530 {} 99.00
#RTRANS 4530 {} -1500.50
#TRANS 4530 {} -1500.50
#TRANS 1930 {} 1500.50
}
"""


def source(**fields):
    return PaymentSource(columns=COLUMNS, **fields)


def sie_source(**fields):
    return PaymentSource(kind="sie", accounts="45", **fields)


def read(content, of=None):
    of = of or source()
    return list(rows_of(open_file(content, is_sie=of.is_sie), of))


def code_of(content, *, is_sie=False):
    with pytest.raises(UnreadableFileError) as refused:
        open_file(content, is_sie=is_sie)
    return refused.value.problem.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encoding_and_delimiter_are_found(encoding, delimiter):
    content = csv_file(
        row("1", Mottagare="Östanå åkeri, år 3; ab", Text="läxhjälp"),
        row("2"),
        delimiter=delimiter,
        encoding=encoding,
    )

    first, second = read(content)

    assert first.row.payee_name == "Östanå åkeri, år 3; ab"
    assert first.row.amount == Decimal(1000)
    assert second.row.external_key == "2"


def test_a_workbook_gives_the_same_as_a_csv():
    day = datetime(2026, 3, 31)  # noqa: DTZ001  (Excel knows no time zones)
    in_workbook = xlsx_file(row("1", day=day, amount=1034.5, account=4530, Text="Bidrag"))
    in_csv = csv_file(row("1", amount="1 034,50", Text="Bidrag"))

    assert read(in_workbook)[0].row == read(in_csv)[0].row


def test_rows_above_the_headings_and_empty_rows_are_passed_over():
    body = csv_file(row("1"), [], row("2")).decode("utf-8-sig")
    content = f"Utbetalningar 2026\r\n\r\n{body}".encode()

    found = read(content, source(heading_row=3))

    assert [(reading.number, reading.row.external_key) for reading in found] == [(4, "1"), (6, "2")]


def test_a_sie_file_gives_the_rows_on_the_chosen_accounts():
    first, left_out, reversal, _also_left_out = read(SIE.encode("cp437"), sie_source())

    assert first.row.external_key == "2026 A17/1"
    assert (first.row.amount, first.row.paid_on) == (Decimal("1500.50"), date(2026, 3, 31))
    assert (first.row.project, first.row.voucher) == ("P17", "A17")
    assert first.row.text == "Bidrag till föreningen – Läxhjälp"
    assert left_out.left_out == "account"
    assert reversal.row.amount == Decimal("-1500.50")


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("-1500.50\n}\n#VER A 18", "-1500.49\n}\n#VER A 18", "sie_balance"),
        ("#VER A 17 20260331", '#VER A "" 20260331', "sie_number"),
        ("#TRANS 1930 {} -1500.50", "#TRANS 1930 {} 1e9", "sie_line"),
        ("#TRANS 1930 {} -1500.50", '#TRANS 1930 {6} "', "sie_line"),
        ("20260402", "20261302", "date"),
        ("#TRANS 1930 {} -1500.50\n}", "#TRANS 1930 {} -1500.50", "sie_end"),
    ],
)
def test_a_sie_file_that_is_wrong_says_where(was, becomes, code):
    found = read(SIE.replace(was, becomes, 1).encode("cp437"), sie_source())

    problems = [problem for reading in found for problem in reading.problems]
    assert code in [problem.code for problem in problems]
    assert all(problem.row for problem in problems)


def test_a_sie_file_that_ends_in_a_voucher_is_told():
    found = read(SIE.rstrip().removesuffix("}").encode("cp437"), sie_source())

    assert found[-1].problems[0].code == "sie_end"


def test_what_is_no_sie_4_is_refused():
    for content, code in (
        (csv_file(row("1")), "not_sie"),
        (SIE.replace("#SIETYP 4", "#SIETYP 1").encode("cp437"), "sie_type"),
    ):
        with pytest.raises(UnreadableFileError) as refused:
            read(content, sie_source())
        assert refused.value.problem.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b";;;\r\n;;;\r\n", "empty"),
        (b"\xd0\xcf\x11\xe0 gammal", "old_excel"),
        (b"PK\x03\x04 trasig", "workbook"),
        (b"a;b\x00c\n", "binary"),
        (b"a;b\n\x81\x8d;1\n", "encoding"),
        (b"\xff\xfea", "encoding"),
        (b'a;b\n"x;1\n', "not_table"),
        (b'a;b\n"x"y;1\n', "not_table"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content, code):
    assert code_of(content) == code


def test_a_file_beyond_the_limits_is_refused(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 1000)
    assert code_of(b"x" * 1001) == "too_large"
    monkeypatch.setattr(files, "MOST_ROWS", 10)
    monkeypatch.setattr(files, "LARGEST_FILE", 10**6)
    assert code_of(b"a;b\n" * 100) == "too_many_rows"


def zipped(**parts):
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return target.getvalue()


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(workbooks, "UNPACKS_TO_AT_MOST", 10**6)
    bomb = zipped(sheet=b"0" * 2 * 10**6)

    assert len(bomb) < 10_000
    assert code_of(bomb) == "workbook_large"


def test_a_workbook_that_understates_its_size_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "UNPACKS_TO_AT_MOST", 10**6)
    size = 2 * 10**6
    bomb = zipped(sheet=b"0" * size).replace(size.to_bytes(4, "little"), b"\x10\0\0\0")

    assert code_of(bomb) in ("workbook_large", "workbook")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_that_declares_entities_is_refused(encoding):
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'

    assert code_of(zipped(sheet=laughs.encode(encoding))) == "workbook_hostile"


def test_a_workbook_with_one_far_cell_is_not_unfolded():
    workbook, target = Workbook(), BytesIO()
    workbook.active["XFD1048576"] = "x"
    workbook.save(target)

    assert code_of(target.getvalue()) in ("empty", "too_many_rows")


def test_a_zip_of_something_else_and_a_locked_workbook_are_refused():
    assert code_of(zipped(other=b"<x/>")) == "workbook"


@pytest.mark.parametrize(
    ("cell", "mark", "amount"),
    [
        ("1034,50", ",", "1034.50"),
        ("1 034,50", ",", "1034.50"),
        ("1\u00a0034,5 kr", ",", "1034.50"),
        ("1.034,50", ",", "1034.50"),
        ("-1034", ",", "-1034"),
        ("1034,50-", ",", "-1034.50"),
        ("−1034", ",", "-1034"),
        ("+5", ",", "5"),
        ("1,034.50", ".", "1034.50"),
        ("1034.50 SEK", ".", "1034.50"),
        (1034.5, ",", "1034.50"),
        (0.1 + 0.2, ",", "0.30"),
        (-7, ".", "-7"),
        ("999999999999,99", ",", "999999999999.99"),
        ("", ",", None),
        (None, ",", None),
    ],
)
def test_an_amount_is_read_as_it_is_written(cell, mark, amount):
    assert amount_of(cell, mark) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("cell", "mark", "code"),
    [
        ("1,034.50", ",", "amount"),
        ("1.034,50", ".", "amount"),
        ("0.125", ",", "amount"),
        ("0,125", ".", "amount"),
        ("1034.50", ",", "amount"),
        ("--5", ",", "amount"),
        ("-5-", ",", "amount"),
        ("1e9", ",", "amount"),
        ("=1+1", ",", "amount"),
        ("NaN", ",", "amount"),
        ("٣", ",", "amount"),
        (True, ",", "amount"),
        (float("nan"), ",", "amount"),
        (float("inf"), ",", "amount"),
        ("1000000000000", ",", "amount_large"),
        (1e300, ",", "amount_large"),
        ("9" * 60, ",", "amount_large"),
        ("9" * 61, ",", "too_long"),
        ("1,005", ",", "amount_fine"),
        (1.005, ",", "amount_fine"),
        ("#REF!", ",", "formula"),
    ],
)
def test_an_amount_that_can_be_misread_is_refused(cell, mark, code):
    with pytest.raises(CellError) as refused:
        amount_of(cell, mark)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("cell", "pattern", "day"),
    [
        ("2026-03-31", "%Y-%m-%d", date(2026, 3, 31)),
        ("20260331", "%Y%m%d", date(2026, 3, 31)),
        ("260331", "%y%m%d", date(2026, 3, 31)),
        ("31.03.2026", "%d.%m.%Y", date(2026, 3, 31)),
        ("31/03/2026", "%d/%m/%Y", date(2026, 3, 31)),
        (20260331, "%Y%m%d", date(2026, 3, 31)),
        (20260331.0, "%Y%m%d", date(2026, 3, 31)),
        (datetime(2026, 3, 31, 13), "%Y%m%d", date(2026, 3, 31)),  # noqa: DTZ001
        ("", "%Y-%m-%d", None),
    ],
)
def test_a_date_is_read_as_the_source_writes_it(cell, pattern, day):
    assert date_of(cell, pattern) == day


@pytest.mark.parametrize("cell", ["31/03/2026", "2026-13-01", "igår", "1899-12-31", "9999-01-01"])
def test_a_date_that_cannot_be_right_is_refused(cell):
    with pytest.raises(CellError) as refused:
        date_of(cell, "%Y-%m-%d")

    assert refused.value.code in ("date", "date_far")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("8020024280", "802002-4280"),
        ("16802002-4280", "802002-4280"),
        (8020024280, "802002-4280"),
        (8020024280.0, "802002-4280"),
        ("", ""),
    ],
)
def test_an_organisation_number_is_read_however_it_is_written(cell, number):
    assert org_number_of(cell) == number


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("811218-9876", "person"),
        ("198112189876", "person"),
        ("19811218-9876", "person"),
        ("802002-4281", "number"),
        ("SE556677", "number"),
    ],
)
def test_a_personal_number_is_told_from_a_mistake(cell, code):
    with pytest.raises(CellError) as refused:
        org_number_of(cell)

    assert refused.value.code == code


def test_text_is_one_clean_line_within_its_limit():
    assert text_of(" a\n b\t c ", limit=10) == "a b c"
    assert text_of("o\u0308", limit=10) == "ö"
    for cell, code in (("x" * 11, "too_long"), ("a\x07b", "control"), ("#N/A", "formula")):
        with pytest.raises(CellError) as refused:
            text_of(cell, limit=10)
        assert refused.value.code == code


def test_a_private_person_a_zero_and_another_account_are_left_out():
    found = read(
        csv_file(
            row("1", Orgnr="811218-9876", Mottagare="Anna Andersson"),
            row("2", amount="0,00"),
            row("3", account="1930"),
        ),
        source(accounts="45 46"),
    )

    assert [reading.left_out for reading in found] == ["person", "zero", "account"]
    assert not any(reading.row for reading in found)


def test_each_cell_that_is_wrong_is_told_with_its_row():
    found = read(
        csv_file(row("1", day="31/3", amount="mycket"), row("", day=""), row("3", Text="x" * 501))
    )

    said = [(problem.row, problem.code) for reading in found for problem in reading.problems]
    assert said == [(2, "amount"), (2, "date"), (3, "missing"), (3, "missing"), (4, "too_long")]
    assert all(sentence_of(problem.as_dict()) for reading in found for problem in reading.problems)


def test_a_layout_that_has_changed_is_told():
    for headings, code in (
        ([*HEADINGS[:-1], "Annat"], "no_such_heading"),
        ([*HEADINGS[:-1], "Text"], "same_heading"),
        ([""] * len(HEADINGS), "no_headings"),
    ):
        with pytest.raises(UnreadableFileError) as refused:
            read(csv_file(row("1"), headings=headings))
        assert refused.value.problem.code == code


def test_short_and_long_rows_are_read_as_far_as_they_go():
    content = csv_file(["1", "2026-03-31", "5"], [*row("2"), "över", "mer"])

    assert [reading.row.external_key for reading in read(content)] == ["1", "2"]
