"""From a file to payments: all or nothing, once, and again after a killed worker."""

from datetime import timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.core.files.storage import default_storage

from accounts.permissions import Role
from payments import tasks
from payments.actions import (
    BatchRefusedError,
    RunLostError,
    begin_again,
    begin_check,
    begin_import,
    check_batch,
    discard_batch,
    import_batch,
    importing,
    upload_batch,
)
from payments.models import ImportBatch, Payment
from payments.reading import UnreadableFileError
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory
from tests.organisations.factories import PartnerFactory
from tests.payments.factories import (
    AT,
    NUMBER,
    SourceFactory,
    checked,
    codes,
    csv_file,
    imported,
    row,
    xlsx_file,
)
from tests.payments.test_reading import SIE

pytestmark = pytest.mark.django_db
State = ImportBatch.State


def clock():
    return AT


@pytest.fixture
def source(committee):
    return SourceFactory(municipality=committee.municipality)


def test_a_dry_run_writes_no_payment_and_says_what_an_import_would_do(source, officer):
    AgreementFactory(committee=officer.memberships.get().committee, diary_number="KS 2026-7")
    content = csv_file(
        row("1", Diarienummer="KS 2026-7"),
        row("2", day="2025-12-31", amount="250,50"),
        row("3", amount="-250,50"),
        row("4", amount="0"),
        row("5", Orgnr="123"),
    )

    batch = checked(source, content, by=officer)

    assert not Payment.objects.exists()
    assert batch.state == State.CHECKED
    assert batch.may_be_imported
    assert batch.outcome | {"remarks": None} == {
        "read": 5,
        "new": 4,
        "already": 0,
        "left_out": {"zero": 1},
        "total": "2000.00",
        "reversals": 1,
        "matched": {"reference": 1},
        "unmatched": 3,
        "unmatched_total": "1000.00",
        "years": {
            "2025": {"count": 1, "total": "250.50"},
            "2026": {"count": 3, "total": "1749.50"},
        },
        "problem_count": 0,
        "remark_count": 1,
        "remarks": None,
    }


def test_an_import_keeps_every_fact_of_a_row_and_who_imported_it(source, officer):
    partner = PartnerFactory(org_number=NUMBER)
    content = csv_file(
        row("A 1", amount="1 034,50", Orgnr=NUMBER, Mottagare="Föreningen", Text="Bidrag")
    )

    batch = imported(source, content, by=officer)

    payment = Payment.objects.get()
    assert (payment.external_key, payment.row_number, payment.batch) == ("A 1", 2, batch)
    assert (payment.amount, payment.account, payment.text) == (Decimal("1034.50"), "4530", "Bidrag")
    assert (payment.partner, payment.municipality) == (partner, source.municipality)
    assert payment.history.get().history_user == officer
    assert (batch.state, batch.imported_by, batch.imported_at) == (State.IMPORTED, officer, AT)


def test_a_workbook_and_a_sie_file_are_imported_likewise(source, officer):
    sie = SourceFactory(municipality=source.municipality, sie=True)

    imported(source, xlsx_file(row("1", amount=12.5)), by=officer, name="fil.xlsx")
    imported(sie, SIE.encode("cp437"), by=officer, name="fil.se")

    assert sorted(Payment.objects.values_list("amount", flat=True)) == [
        Decimal("-1500.50"),
        Decimal("12.50"),
        Decimal("1500.50"),
    ]


def test_a_source_that_writes_payments_with_a_minus_is_turned(source, officer):
    source.sign = "negative"
    source.save()

    imported(source, csv_file(row("1", amount="-100"), row("2", amount="100")), by=officer)

    assert list(Payment.objects.order_by("pk").values_list("amount", flat=True)) == [100, -100]


def test_one_wrong_row_keeps_the_whole_file_out(source, officer):
    content = csv_file(row("1"), row("2", day="31/3"), row("3"))

    batch = checked(source, content, by=officer)

    assert codes(batch) == [(3, "date")]
    with pytest.raises(BatchRefusedError):
        begin_import(batch, by=officer, at=AT)
    assert not Payment.objects.exists()


def test_a_file_that_goes_wrong_after_the_check_is_not_imported(source, officer):
    batch = checked(source, csv_file(row("1")), by=officer)
    run = begin_import(batch, by=officer, at=AT)
    source.columns = source.columns | {"amount": "Text"}
    source.save()
    batch.source.refresh_from_db()

    import_batch(batch, run=run, by=officer, clock=clock)

    batch.refresh_from_db()
    assert (batch.state, codes(batch)) == (State.CHECKED, [(2, "missing")])
    assert not Payment.objects.exists()


def test_the_same_file_again_is_refused(source, officer):
    content = csv_file(row("1"))
    imported(source, content, by=officer)

    with pytest.raises(BatchRefusedError):
        upload_batch(source, name="annat namn.csv", content=content, by=officer, at=AT)

    assert Payment.objects.count() == 1


def test_a_file_that_waits_is_not_uploaded_twice_but_a_discarded_one_may_come_back(source, officer):
    content = csv_file(row("1"))
    batch = checked(source, content, by=officer)
    with pytest.raises(BatchRefusedError):
        upload_batch(source, name="fil.csv", content=content, by=officer, at=AT)

    discard_batch(batch, by=officer)

    assert imported(source, content, by=officer).outcome["new"] == 1


def test_an_overlapping_file_adds_only_what_is_new_and_says_so(source, officer):
    imported(source, csv_file(row("1"), row("2")), by=officer)

    batch = imported(source, csv_file(row("2"), row("3")), by=officer)

    assert (batch.outcome["new"], batch.outcome["already"]) == (1, 1)
    assert sorted(Payment.objects.values_list("external_key", flat=True)) == ["1", "2", "3"]


def test_a_file_with_nothing_new_is_not_imported(source, officer):
    imported(source, csv_file(row("1")), by=officer)

    batch = checked(source, csv_file(row("1"), [""]), by=officer)

    assert (batch.outcome["new"], batch.outcome["already"]) == (0, 1)
    assert not batch.may_be_imported


def test_a_row_that_was_imported_with_another_amount_or_date_is_an_error(source, officer):
    imported(source, csv_file(row("1"), row("2")), by=officer)

    batch = checked(
        source, csv_file(row("1", amount="999"), row("2", day="2026-01-01"), row("3")), by=officer
    )

    assert codes(batch) == [(2, "changed"), (3, "changed")]


def test_two_rows_with_the_same_key_are_an_error_at_the_second(source, officer):
    batch = checked(source, csv_file(row("1"), row("2"), row("1")), by=officer)

    assert codes(batch) == [(4, "same_key")]
    assert batch.problems[0]["values"]["other"] == 2


def test_the_same_key_from_another_source_is_another_payment(source, officer):
    other = SourceFactory(municipality=source.municipality)
    content = csv_file(row("1"))

    imported(source, content, by=officer)
    imported(other, content, by=officer)

    assert Payment.objects.count() == 2


def test_what_cannot_be_read_at_all_is_not_kept(source, officer):
    with pytest.raises(UnreadableFileError):
        upload_batch(source, name="bild.png", content=b"\x89PNG\0", by=officer, at=AT)

    assert not ImportBatch.objects.exists()


def test_what_a_file_is_called_never_reaches_the_disk(source, officer):
    name = "../../etc/passwd\u202e" + "x" * 300 + ".csv"

    batch = upload_batch(source, name=name, content=csv_file(row("1")), by=officer, at=AT)

    assert batch.file.name.startswith("payments/")
    assert ".." not in batch.file.name
    assert len(batch.file_name) == 200


def test_a_discarded_file_is_removed_and_its_row_kept(
    source, officer, django_capture_on_commit_callbacks
):
    batch = checked(source, csv_file(row("1")), by=officer)
    stored = batch.file.name

    with django_capture_on_commit_callbacks(execute=True):
        discard_batch(batch, by=officer)

    assert not default_storage.exists(stored)
    assert ImportBatch.objects.get().state == State.DISCARDED


def test_an_imported_file_is_neither_discarded_nor_imported_again(source, officer):
    batch = imported(source, csv_file(row("1")), by=officer)

    for step in (
        lambda: discard_batch(batch, by=officer),
        lambda: begin_check(batch, by=officer, at=AT),
        lambda: begin_import(batch, by=officer, at=AT),
        lambda: begin_again(batch, by=officer, at=AT),
    ):
        with pytest.raises(BatchRefusedError):
            step()


def test_a_worker_killed_while_it_writes_leaves_nothing_and_the_file_can_be_started_again(
    source, officer
):
    batch = checked(source, csv_file(row("1"), row("2")), by=officer)
    run = begin_import(batch, by=officer, at=AT)
    with (
        patch("payments.actions.importing.match_reversals", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        import_batch(batch, run=run, by=officer, clock=clock)
    batch.refresh_from_db()
    assert not Payment.objects.exists()
    assert not Payment.history.exists()
    assert batch.state == State.IMPORTING
    with pytest.raises(BatchRefusedError):
        begin_again(batch, by=officer, at=AT + timedelta(minutes=4))

    later = AT + timedelta(minutes=6)
    second = begin_again(batch, by=officer, at=later)
    import_batch(batch, run=second, by=officer, clock=lambda: later)

    assert Payment.objects.count() == 2
    with pytest.raises(RunLostError):
        import_batch(batch, run=run, by=officer, clock=clock)
    assert Payment.objects.count() == 2


def test_a_run_that_was_replaced_writes_nothing(source, officer):
    batch = checked(source, csv_file(row("1")), by=officer)
    first = begin_import(batch, by=officer, at=AT)
    begin_again(batch, by=officer, at=AT + timedelta(minutes=6))

    with pytest.raises(RunLostError):
        import_batch(batch, run=first, by=officer, clock=clock)
    with pytest.raises(RunLostError):
        check_batch(batch, run=first, clock=clock)

    assert not Payment.objects.exists()


def test_what_another_import_wrote_meanwhile_is_not_written_twice(source, officer):
    """Both files were read before either was written."""
    first = checked(source, csv_file(row("1"), row("2")), by=officer)
    second = checked(source, csv_file(row("2"), row("3")), by=officer)
    first_run = begin_import(first, by=officer, at=AT)
    second_run = begin_import(second, by=officer, at=AT)
    write = importing._write

    def after_the_other(batch, *args, **kwargs):
        if batch == second:
            import_batch(first, run=first_run, by=officer, clock=clock)
        write(batch, *args, **kwargs)

    with patch.object(importing, "_write", after_the_other):
        import_batch(second, run=second_run, by=officer, clock=clock)

    second.refresh_from_db()
    assert (second.outcome["new"], second.outcome["already"]) == (1, 1)
    assert Payment.objects.count() == 3


def test_a_run_says_how_far_it_is(source, officer):
    batch = upload_batch(
        source,
        name="f.csv",
        content=csv_file(*[row(str(n)) for n in range(2500)]),
        by=officer,
        at=AT,
    )
    run = begin_check(batch, by=officer, at=AT)
    seen = []

    def noted():
        seen.append(ImportBatch.objects.values_list("rows_done", flat=True).get())
        return AT

    check_batch(batch, run=run, clock=noted)

    batch.refresh_from_db()
    assert seen == [0, 0, 1001, 2001]
    assert (batch.rows_done, batch.rows_total) == (2501, 2501)


def test_a_run_that_breaks_down_says_so_and_lets_the_file_be_checked_again(source, officer):
    batch = upload_batch(source, name="f.csv", content=csv_file(row("1")), by=officer, at=AT)
    run = begin_check(batch, by=officer, at=AT)

    with patch("payments.tasks.check_batch", side_effect=MemoryError):
        result = tasks.check_file.enqueue(batch.pk, str(run))

    batch.refresh_from_db()
    assert result.status == "FAILED"
    assert (batch.state, codes(batch)) == (State.CHECKED, [(None, "stopped")])
    assert not batch.may_be_imported
    begin_check(batch, by=officer, at=AT)


def test_a_task_whose_run_was_replaced_ends_quietly(source, officer):
    batch = upload_batch(source, name="f.csv", content=csv_file(row("1")), by=officer, at=AT)
    run = begin_check(batch, by=officer, at=AT)
    begin_again(batch, by=officer, at=AT + timedelta(minutes=6))

    result = tasks.check_file.enqueue(batch.pk, str(run))

    batch.refresh_from_db()
    assert result.status == "SUCCESSFUL"
    assert batch.state == State.CHECKING


def test_a_lost_file_is_told_as_a_breakdown(source, officer):
    batch = upload_batch(source, name="f.csv", content=csv_file(row("1")), by=officer, at=AT)
    batch.file.storage.delete(batch.file.name)
    run = begin_check(batch, by=officer, at=AT)

    tasks.check_file.enqueue(batch.pk, str(run))

    batch.refresh_from_db()
    assert codes(batch) == [(None, "stopped")]


def test_who_imports_stands_in_the_history_of_the_file(source, committee, officer):
    admin = member_of(committee, Role.ADMIN)
    batch = checked(source, csv_file(row("1")), by=officer)
    run = begin_import(batch, by=admin, at=AT)
    tasks.import_file.enqueue(batch.pk, str(run), admin.pk)

    batch.refresh_from_db()
    assert batch.imported_by == admin
    assert batch.history.first().history_user == admin
