"""Whatever is in a file: it comes in whole, in any order, and once."""

import unicodedata
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from payments.models import Payment, PaymentSource
from payments.reading import UnreadableFileError, open_file, rows_of
from tests.payments.factories import (
    COLUMNS,
    SourceFactory,
    checked,
    codes,
    csv_file,
    imported,
    row,
    xlsx_file,
)

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PRINTABLE = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Mn"), min_codepoint=33),
    max_size=30,
)
KEYS = st.lists(st.integers(1, 10**9).map(str), min_size=1, max_size=12, unique=True)
AMOUNTS = (
    st.integers(1, 10**12)
    .flatmap(lambda n: st.sampled_from([n, -n]))
    .map(lambda n: Decimal(n) / 100)
)


@st.composite
def payments(draw):
    """Rows with different keys: key, day, amount and text."""
    return [
        (
            key,
            date(1990, 1, 1) + timedelta(days=draw(st.integers(0, 20_000))),
            draw(AMOUNTS),
            draw(PRINTABLE),
        )
        for key in draw(KEYS)
    ]


def written(rows, mark=","):
    return [
        row(key, day=str(day), amount=f"{amount:f}".replace(".", mark), Mottagare=text)
        for key, day, amount, text in rows
    ]


def stored(source):
    found = source.payments.values_list("external_key", "paid_on", "amount", "payee_name")
    return set(found)


@pytest.fixture
def source(committee):
    return SourceFactory(municipality=committee.municipality)


@pytest.fixture
def undone():
    """Runs a test's body so that the next example finds an empty table."""

    def run(body):
        with transaction.atomic():
            body()
            transaction.set_rollback(True)

    return run


@FEW
@given(rows=payments())
def test_what_is_written_in_a_file_comes_in_to_the_ore_and_the_letter(
    source, officer, undone, rows
):
    def body():
        imported(source, csv_file(*written(rows)), by=officer)
        assert {(k, d, a, t) for k, d, a, t in stored(source)} == {
            (key, day, amount, text_kept(text)) for key, day, amount, text in rows
        }

    undone(body)


def text_kept(text):
    return unicodedata.normalize("NFC", text)


@FEW
@given(rows=payments(), data=st.data())
def test_the_order_of_the_rows_and_the_kind_of_file_make_no_difference(
    source, officer, undone, rows, data
):
    other = SourceFactory(municipality=source.municipality)
    shuffled = data.draw(st.permutations(rows))

    def body():
        imported(source, csv_file(*written(rows)), by=officer)
        imported(other, xlsx_file(*written(shuffled)), by=officer)
        assert stored(source) == stored(other)

    undone(body)


@FEW
@given(rows=payments(), data=st.data())
def test_overlapping_files_in_any_cut_give_each_payment_once(source, officer, undone, rows, data):
    cuts = [
        data.draw(st.lists(st.sampled_from(rows), unique_by=lambda entry: entry[0], min_size=1))
        for _cut in range(3)
    ]

    def body():
        added = 0
        for number, cut in enumerate(cuts):
            batch = checked(source, csv_file(*written(cut), [""] * (number + 1)), by=officer)
            if batch.may_be_imported:
                batch.delete()
                batch = imported(source, csv_file(*written(cut), [""] * (number + 1)), by=officer)
                added += batch.outcome["new"]
            assert batch.outcome["new"] + batch.outcome["already"] == len(cut)
        union = {entry[0]: entry for cut in cuts for entry in cut}
        assert added == len(union) == Payment.objects.count()

    undone(body)


@FEW
@given(rows=payments(), data=st.data())
def test_a_row_that_stands_twice_keeps_the_file_out(source, officer, undone, rows, data):
    again = data.draw(st.sampled_from(rows))

    def body():
        batch = checked(source, csv_file(*written([*rows, again])), by=officer)
        assert codes(batch) == [(len(rows) + 2, "same_key")]
        assert not Payment.objects.exists()

    undone(body)


@settings(max_examples=300, deadline=None)
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_are_read_or_refused(content):
    for source in (
        PaymentSource(columns=COLUMNS),
        PaymentSource(kind="sie", accounts="4", columns={}),
    ):
        with suppress(UnreadableFileError):
            opened = open_file(content, is_sie=source.is_sie)
            for reading in rows_of(opened, source):
                assert reading.row or reading.left_out or reading.problems
