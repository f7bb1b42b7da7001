"""The way of a file through the pages, and what they say when something is wrong."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from payments.models import ImportBatch, Payment, PaymentSource
from tests.payments.factories import (
    COLUMNS,
    BatchFactory,
    SourceFactory,
    checked,
    csv_file,
    imported,
    payment_on,
    row,
)
from tests.payments.test_reading import SIE

pytestmark = pytest.mark.django_db
State = ImportBatch.State
WRITTEN = {"heading_row": 1, "date_format": "%Y-%m-%d", "decimal_mark": ",", "sign": "positive"}
CHOSEN = {
    "column_paid_on": "Datum",
    "column_amount": "Belopp",
    "column_account": "Konto",
    "key_1": "Nyckel",
}


@pytest.fixture
def source(committee):
    return SourceFactory(municipality=committee.municipality, columns={})


@pytest.fixture
def signed_in(client, officer):
    """The officer's browser."""
    client.force_login(officer)
    return client


def upload(signed_in, source, content, name="fil.csv"):
    file = SimpleUploadedFile(name, content)
    return signed_in.post(reverse("payments:batch_create", args=[source.pk]), {"file": file})


def to(name, row, signed_in, **data):
    return signed_in.post(reverse(f"payments:{name}", args=[row.pk]), data)


def complaints(response, form="form"):
    return [message for errors in response.context[form].errors.values() for message in errors]


def test_a_file_goes_from_upload_by_columns_and_check_to_payments(signed_in, source):
    uploaded = upload(signed_in, source, csv_file(row("1"), row("2")))
    batch = ImportBatch.objects.get()
    preview = signed_in.get(uploaded.url).content.decode()
    checked_page = to("batch_columns", batch, signed_in, **WRITTEN, **CHOSEN)
    checked_text = signed_in.get(checked_page.url).content.decode()

    done = to("batch_import", batch, signed_in)

    source.refresh_from_db()
    assert source.columns == {
        "paid_on": "Datum", "amount": "Belopp", "account": "Konto", "key": ["Nyckel"],
    }  # fmt: skip
    assert "1 000,00" in preview
    assert reverse("payments:batch_import", args=[batch.pk]) in checked_text
    assert f"?batch={batch.pk}" in signed_in.get(done.url).content.decode()
    assert Payment.objects.count() == 2


def test_a_sie_file_is_checked_at_once(signed_in, committee):
    source = SourceFactory(municipality=committee.municipality, sie=True)

    response = upload(signed_in, source, SIE.encode("cp437"), name="fil.se")

    batch = ImportBatch.objects.get()
    assert response.url == batch.get_absolute_url()
    assert batch.may_be_imported
    assert to("batch_columns", batch, signed_in).status_code == 302


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"column_paid_on": ""}, "column_paid_on"),
        ({"column_amount": "Finns inte"}, "column_amount"),
        ({"key_1": ""}, "key_1"),
        ({"heading_row": "0"}, "heading_row"),
        ({"heading_row": "x"}, "heading_row"),
        ({"date_format": "%H"}, "date_format"),
    ],
)
def test_wrong_columns_are_told_and_nothing_is_saved(signed_in, source, data, field):
    upload(signed_in, source, csv_file(row("1")))
    batch = ImportBatch.objects.get()

    response = to("batch_columns", batch, signed_in, **WRITTEN | CHOSEN | data)

    source.refresh_from_db()
    assert field in response.context["form"].errors
    assert source.columns == {}


def test_two_columns_of_one_name_cannot_be_chosen(signed_in, source):
    headings = ["Nyckel", "Datum", "Belopp", "Konto", "Belopp"]
    upload(signed_in, source, csv_file(["1", "2026-03-31", "5", "45", "6"], headings=headings))

    response = to("batch_columns", ImportBatch.objects.get(), signed_in, **WRITTEN, **CHOSEN)

    assert "Belopp" in "".join(response.context["form"].non_field_errors())


def test_another_row_of_headings_is_shown_before_anything_is_saved(signed_in, source):
    body = csv_file(row("1")).decode("utf-8-sig")
    upload(signed_in, source, f"Rapport 2026;;\r\n{body}".encode())
    batch = ImportBatch.objects.get()

    response = to("batch_columns", batch, signed_in, **WRITTEN | {"heading_row": 2}, reload=1)

    source.refresh_from_db()
    assert "Datum" in response.context["headings"]
    assert not response.context["form"].errors
    assert source.heading_row == 1
    saved = to("batch_columns", batch, signed_in, **WRITTEN | {"heading_row": 2}, **CHOSEN)
    assert saved.status_code == 302
    batch.refresh_from_db()
    assert batch.outcome["new"] == 1


def columns_shown(response):
    """What stands chosen in the boxes of the page, without those where nothing is."""
    boxes = [*response.context["form"].column_fields, *response.context["form"].key_fields]
    return {box.name: box.value() for box in boxes if box.value()}


SUGGESTS = "Det som filens rubriker föreslår är redan valt."


@pytest.mark.parametrize(
    ("headings", "suggested"),
    [
        (["Betaldatum", "BELOPP", "Org.nr"], {
            "paid_on": "Betaldatum", "amount": "BELOPP", "payee_number": "Org.nr",
        }),
        (["Leverantör", "Ver.nr", "Beskrivning"], {
            "payee_name": "Leverantör", "voucher": "Ver.nr", "text": "Beskrivning",
        }),
        (["Datum", "Bokföringsdatum", "Konto"], {"account": "Konto"}),
        (["Belopp", "Belopp", "Konto"], {"account": "Konto"}),
        (["Nyckel", "Motkonto", "Fakturadatum"], {}),
    ],
)  # fmt: skip
def test_the_headings_suggest_columns_and_nothing_is_saved(signed_in, source, headings, suggested):
    page = signed_in.get(upload(signed_in, source, csv_file(["x"] * 3, headings=headings)).url)

    source.refresh_from_db()
    assert columns_shown(page) == {f"column_{name}": each for name, each in suggested.items()}
    assert (SUGGESTS in page.content.decode()) == bool(suggested)
    assert source.columns == {}
    assert not Payment.objects.exists()


def test_a_suggestion_that_is_taken_away_is_not_used(signed_in, source):
    upload(signed_in, source, csv_file(row("1", Text="Bidrag")))
    batch = ImportBatch.objects.get()

    drafted = to("batch_columns", batch, signed_in, **WRITTEN | CHOSEN, column_text="", reload=1)
    to("batch_columns", batch, signed_in, **WRITTEN | CHOSEN, column_text="")

    source.refresh_from_db()
    assert "column_text" not in columns_shown(drafted)
    assert set(source.columns) == {"paid_on", "amount", "account", "key"}


def test_what_a_source_remembers_is_not_added_to(signed_in, source):
    source.columns = {"paid_on": "Datum", "amount": "Belopp", "key": ["Nyckel"]}
    source.save()

    page = signed_in.get(upload(signed_in, source, csv_file(row("1"))).url)

    assert columns_shown(page) == {
        "column_paid_on": "Datum", "column_amount": "Belopp", "key_1": "Nyckel",
    }  # fmt: skip


def test_the_headings_of_another_row_suggest_columns(signed_in, source):
    body = csv_file(row("1")).decode("utf-8-sig")
    upload(signed_in, source, f"Rapport 2026;;\r\n{body}".encode())
    batch = ImportBatch.objects.get()

    page = to("batch_columns", batch, signed_in, **WRITTEN | {"heading_row": 2}, reload=1)

    assert columns_shown(page)["column_paid_on"] == "Datum"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\0\0", b"PK\x03\x04x", b"\xd0\xcf\x11\xe0x"])
def test_a_file_that_cannot_be_read_is_told_at_once(signed_in, source, content):
    response = upload(signed_in, source, content)

    assert complaints(response)
    assert not ImportBatch.objects.exists()


def test_no_file_is_told_too(signed_in, source):
    url = reverse("payments:batch_create", args=[source.pk])

    assert complaints(signed_in.post(url, {"file": ""}))


def test_the_same_file_again_is_told_with_its_day(signed_in, source, officer):
    source.columns = COLUMNS
    source.save()
    content = csv_file(row("1"))
    imported(source, content, by=officer)

    response = upload(signed_in, source, content)

    assert "2026-04-01" in complaints(response)[0]


def test_the_page_of_a_file_lists_every_error_with_its_row(signed_in, source, officer):
    source.columns = COLUMNS
    source.save()
    content = csv_file(row("1", day="31/3"), row("2", amount="<b>x</b>"), row("1"))
    batch = checked(source, content, by=officer)

    text = signed_in.get(batch.get_absolute_url()).content.decode()

    assert "31/3" in text
    assert "&lt;b&gt;x" in text
    assert reverse("payments:batch_import", args=[batch.pk]) not in text
    refused = signed_in.post(reverse("payments:batch_import", args=[batch.pk]), follow=True)
    assert refused.context["messages"]
    assert not Payment.objects.exists()


def test_a_run_shows_how_far_it_is_and_works_without_javascript(signed_in, source):
    batch = BatchFactory(
        source=source, state=State.CHECKING, rows_total=200, rows_done=50, alive_at=now()
    )

    whole = signed_in.get(batch.get_absolute_url()).content.decode()
    part = signed_in.get(
        reverse("payments:batch_progress", args=[batch.pk]), headers={"HX-Request": "true"}
    )
    plain = signed_in.get(reverse("payments:batch_progress", args=[batch.pk]))

    assert 'value="50" max="200"' in whole
    assert 'hx-trigger="every 2s"' in whole
    assert f'href="{batch.get_absolute_url()}"' in whole
    assert part.content.decode().lstrip().startswith("<div")
    assert plain.url == batch.get_absolute_url()


def test_when_a_run_is_over_the_page_is_fetched_again(signed_in, source):
    batch = BatchFactory(source=source, state=State.CHECKED)

    response = signed_in.get(
        reverse("payments:batch_progress", args=[batch.pk]), headers={"HX-Request": "true"}
    )

    assert response["HX-Refresh"] == "true"


def test_a_run_that_stands_still_can_be_started_again_from_the_page(signed_in, source, officer):
    source.columns = COLUMNS
    source.save()
    batch = checked(source, csv_file(row("1")), by=officer)
    restart = reverse("payments:batch_restart", args=[batch.pk])
    long_ago = now() - timedelta(minutes=10)

    for state, done in ((State.CHECKING, State.CHECKED), (State.IMPORTING, State.IMPORTED)):
        ImportBatch.objects.update(state=state, alive_at=long_ago)
        assert restart in signed_in.get(batch.get_absolute_url()).content.decode()
        signed_in.post(restart)
        batch.refresh_from_db()
        assert batch.state == done

    assert Payment.objects.count() == 1


def test_a_run_that_is_alive_is_not_started_again(signed_in, source):
    batch = BatchFactory(source=source, state=State.IMPORTING, alive_at=now())
    before = batch.run

    response = signed_in.post(reverse("payments:batch_restart", args=[batch.pk]), follow=True)

    batch.refresh_from_db()
    assert batch.run == before
    assert response.context["messages"]


def test_a_file_is_discarded_and_checked_again_only_while_it_is_open(signed_in, source):
    batch = BatchFactory(source=source)
    to("batch_discard", batch, signed_in)
    batch.refresh_from_db()
    assert batch.state == State.DISCARDED

    for name in ("batch_discard", "batch_check", "batch_import", "batch_columns"):
        assert to(name, batch, signed_in).status_code == 302

    batch.refresh_from_db()
    assert batch.state == State.DISCARDED


def test_what_has_to_be_sent_is_not_done_by_following_a_link(signed_in, source):
    batch = BatchFactory(source=source)

    for name in ("batch_check", "batch_import", "batch_restart"):
        assert signed_in.get(reverse(f"payments:{name}", args=[batch.pk])).status_code == 405


def test_a_source_is_registered_for_the_own_municipality(signed_in, committee):
    response = signed_in.post(
        reverse("payments:source_create"),
        {"name": "Agresso", "kind": "table", "direction": "paid", "sign": "positive"},
    )

    source = PaymentSource.objects.get()
    assert source.municipality == committee.municipality
    assert source.history.get().history_user is not None
    assert response.url == reverse("payments:batch_create", args=[source.pk])


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Finns"}, "__all__"),
        ({"kind": "sie", "accounts": ""}, "__all__"),
        ({"accounts": "45; DROP"}, "accounts"),
        ({"kind": "pdf"}, "kind"),
    ],
)
def test_a_source_that_is_wrong_is_told(signed_in, committee, data, field):
    SourceFactory(municipality=committee.municipality, name="Finns")
    SourceFactory(name="Agresso")  # another municipality's

    response = signed_in.post(
        reverse("payments:source_create"),
        {"name": "Agresso", "kind": "table", "direction": "paid", "sign": "positive", **data},
    )

    assert field in response.context["form"].errors


def test_the_kind_of_a_source_stays_once_a_file_came(signed_in, source):
    BatchFactory(source=source)

    signed_in.post(
        reverse("payments:source_edit", args=[source.pk]),
        {
            "name": "Nytt",
            "kind": "sie",
            "direction": "received",
            "sign": "positive",
            "accounts": "4",
        },
    )

    source.refresh_from_db()
    assert (source.name, source.kind, source.direction) == ("Nytt", "table", "paid")


def test_the_lists_show_the_own_municipalitys_rows_only(signed_in, source):
    mine, theirs = BatchFactory(source=source), BatchFactory()

    batches = signed_in.get(reverse("payments:batch_list")).content.decode()
    sources = signed_in.get(reverse("payments:source_list")).content.decode()

    assert mine.file_name in batches
    assert theirs.file_name not in batches
    assert theirs.source.name not in sources


def test_an_imported_batch_leads_from_each_sum_to_its_rows(signed_in, source, agreement, officer):
    source.columns = COLUMNS
    source.save()
    payment_on(agreement)
    batch = imported(source, csv_file(row("1"), row("2", day="2025-01-01")), by=officer)

    text = signed_in.get(batch.get_absolute_url()).content.decode()
    listed = signed_in.get(reverse("payments:payment_list"), {"batch": batch.pk, "year": 2025})

    assert f"?batch={batch.pk}&amp;year=2025" in text
    assert [payment.external_key for payment in listed.context["page"].rows] == ["2"]
