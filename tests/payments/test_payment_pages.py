"""The pages of payments: who sees what, filters, sums, exports, and the parts of other pages."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.permissions import Role
from payments.models import Payment
from payments.views import payments as views
from tests.accounts.factories import UserFactory, member_of
from tests.agreements.factories import AgreementFactory
from tests.organisations.factories import CommitteeFactory, PartnerFactory
from tests.payments.factories import BatchFactory, PaymentFactory, SourceFactory, payment_on

pytestmark = pytest.mark.django_db
LIST = "payments:payment_list"


def rows(response):
    return {payment.external_key for payment in response.context["page"].rows}


def keys(*payments):
    return {payment.external_key for payment in payments}


def test_everyone_sees_payments_on_agreements_they_may_read_and_officers_also_the_loose_ones(
    committee, agreement, officer, reader, stranger
):
    sibling = CommitteeFactory(municipality=committee.municipality)
    mine = payment_on(agreement)
    hidden = payment_on(AgreementFactory(committee=sibling))
    loose = PaymentFactory(municipality=committee.municipality)
    PaymentFactory()

    def visible(user):
        return set(Payment.objects.visible_to(user))

    assert visible(officer) == {mine, loose}
    assert visible(reader) == {mine}
    assert visible(member_of(sibling, Role.SECRETARY)) == {hidden}
    assert not visible(stranger)
    assert not visible(UserFactory(municipality=committee.municipality))
    assert len(visible(UserFactory(is_superuser=True))) == 4


def test_a_payment_that_is_not_visible_is_not_there(client, committee, reader, stranger):
    loose = PaymentFactory(municipality=committee.municipality)

    for user in (reader, stranger):
        client.force_login(user)
        for name in ("payment_detail", "payment_match", "payment_unmatch", "payment_reversal"):
            status = client.get(reverse(f"payments:{name}", args=[loose.pk])).status_code
            assert status == (403 if user == reader and name != "payment_detail" else 404)


def test_an_officer_of_one_committee_does_not_move_what_belongs_to_another(
    client, committee, officer
):
    sibling = CommitteeFactory(municipality=committee.municipality)
    theirs = AgreementFactory(committee=sibling)
    payment = payment_on(theirs)
    officer.memberships.create(committee=sibling, role=Role.READER)
    client.force_login(officer)

    for name in ("payment_match", "payment_unmatch"):
        response = client.post(reverse(f"payments:{name}", args=[payment.pk]), {"reason": "x"})
        assert response.status_code == 403

    payment.refresh_from_db()
    assert payment.agreement == theirs


def test_the_list_filters_by_year_source_matching_and_partner(client, agreement, officer):
    partner, municipality = PartnerFactory(), agreement.municipality
    wanted = payment_on(agreement, partner=partner, paid_on=date(2025, 12, 31), text="Läxhjälp")
    other = payment_on(agreement, paid_on=date(2026, 1, 1), source=wanted.source)
    loose = PaymentFactory(municipality=municipality, paid_on=date(2024, 1, 1))
    client.force_login(officer)

    for query, expected in (
        ({}, keys(wanted, other, loose)),
        ({"year": 2025}, keys(wanted)),
        ({"source": wanted.source.pk}, keys(wanted, other)),
        ({"matching": "unmatched"}, keys(loose)),
        ({"partner": partner.pk}, keys(wanted)),
        ({"agreement": agreement.pk}, keys(wanted, other)),
        ({"batch": loose.batch.pk}, keys(loose)),
        ({"committee": agreement.committee.pk, "kind": "iop"}, keys(wanted, other)),
        ({"kind": "grant"}, set()),
        ({"direction": "received"}, set()),
        ({"q": "läxHJÄLP"}, keys(wanted)),
        ({"q": "saknas"}, set()),
    ):
        assert rows(client.get(reverse(LIST), query)) == expected, query


@pytest.mark.parametrize(
    "query",
    [
        {"year": "x"},
        {"year": "99999999999999999999"},
        {"source": "' OR 1=1"},
        {"partner": "x"},
        {"batch": "-1"},
        {"matching": "nonsense"},
        {"page": "forged"},
        {"q": "x\0" * 300},
    ],
)
def test_the_list_ignores_what_it_cannot_read(client, agreement, officer, query):
    payment_on(agreement)
    client.force_login(officer)

    response = client.get(reverse(LIST), query)

    assert response.status_code == 200
    if "q" not in query:
        assert len(rows(response)) == 1


def test_a_filter_on_what_another_municipality_has_shows_no_name_of_it(client, agreement, officer):
    elsewhere = payment_on(AgreementFactory(name="Hemligt avtal"))
    batch = BatchFactory(file_name="hemlig.csv")
    client.force_login(officer)

    page = client.get(
        reverse(LIST), {"agreement": elsewhere.agreement.pk, "batch": batch.pk}
    ).content.decode()

    assert "Hemligt avtal" not in page
    assert "hemlig.csv" not in page


def test_the_list_sums_everything_the_filter_lets_through_and_pages_it(client, agreement, officer):
    source = SourceFactory(municipality=agreement.municipality)
    batch = BatchFactory(source=source)
    for number in range(60):
        payment_on(agreement, source=source, batch=batch, paid_on=date(2026, 1, 1 + number % 3))
    payment_on(agreement, source=source, batch=batch, amount=-500)
    payment_on(agreement, source=source, batch=batch, amount=70, direction="received")
    client.force_login(officer)

    seen, cursor, pages = set(), "", 0
    while cursor is not None:
        response = client.get(reverse(LIST), {"page": cursor})
        seen |= rows(response)
        cursor, pages = response.context["page"].next, pages + 1

    sums = {row["direction"]: row["total"] for row in response.context["sums"]}
    assert (len(seen), pages) == (62, 3)
    assert sums == {"paid": 59_500, "received": 70}


def test_the_list_asks_the_database_the_same_questions_however_long_it_is(
    client, agreement, officer
):
    first = payment_on(agreement, partner=agreement.partners.get())
    client.force_login(officer)
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as of_one:
        client.get(reverse(LIST))
    for _number in range(20):
        payment_on(agreement, source=first.source, batch=first.batch, partner=PartnerFactory())

    with CaptureQueriesContext(connection) as of_many:
        client.get(reverse(LIST))

    assert len(of_many) == len(of_one)


def test_what_is_exported_is_what_the_filter_shows_without_formulas(client, agreement, officer):
    payment_on(agreement, amount=-1034.5, text="=HYPERLINK(1)", payee_name="@a", voucher="+1")
    payment_on(agreement, paid_on=date(2020, 1, 1))
    client.force_login(officer)

    in_csv = client.get(reverse("payments:payment_export", args=["csv"]), {"year": 2026})
    in_excel = client.get(reverse("payments:payment_export", args=["xlsx"]), {"year": 2026})

    text = b"".join(in_csv.streaming_content).decode("utf-8-sig")
    headings, row = csv.reader(StringIO(text), delimiter=";")
    assert in_csv["Content-Disposition"].startswith("attachment;")
    assert {"'=HYPERLINK(1)", "'@a", "'+1", "-1034,50", agreement.name} <= set(row)
    sheet = load_workbook(BytesIO(b"".join(in_excel.streaming_content))).active
    assert [cell.value for cell in sheet[1]] == headings
    assert (sheet.max_row, sheet["C2"].value) == (2, -1034.5)
    assert "f" not in {cell.data_type for cell in sheet[2]}


def test_an_export_holds_only_what_the_user_may_read(client, agreement, reader):
    payment_on(agreement)
    PaymentFactory(municipality=agreement.municipality, text="Löst")
    client.force_login(reader)

    response = client.get(reverse("payments:payment_export", args=["csv"]))

    text = b"".join(response.streaming_content).decode()
    assert len(text.splitlines()) == 2
    assert "Löst" not in text


def test_an_export_in_another_format_or_too_long_for_excel(client, agreement, officer, monkeypatch):
    payment_on(agreement)
    payment_on(agreement)
    client.force_login(officer)
    monkeypatch.setattr(views, "MOST_SHEET_ROWS", 1)

    too_long = client.get(reverse("payments:payment_export", args=["xlsx"]))

    assert client.get(reverse("payments:payment_export", args=["pdf"])).status_code == 404
    assert too_long.status_code == 422
    assert "CSV" in too_long.content.decode()


def test_the_sums_lead_to_exactly_their_rows(client, agreement, officer):
    municipality = agreement.municipality
    payment_on(agreement, amount=100)
    payment_on(agreement, amount=-40)
    payment_on(AgreementFactory(committee=agreement.committee, kind="grant"), amount=7)
    PaymentFactory(municipality=municipality, amount=5)
    payment_on(agreement, amount=1, paid_on=date(2020, 1, 1))
    client.force_login(officer)

    response = client.get(reverse("payments:payment_totals"), {"year": 2026})

    totals = response.context["totals"]
    assert sorted(row.total for row in totals) == [5, 7, 60]
    assert response.context["years"] == [2026, 2020]
    for row in totals:
        query = {"year": 2026, "direction": row.direction.value}
        if row.committee:
            query |= {"committee": row.committee.pk, "kind": row.kind}
        else:
            query |= {"matching": row.matching.value}
        listed = client.get(reverse(LIST), query)
        assert [found["total"] for found in listed.context["sums"]] == [row.total]
        assert len(rows(listed)) == row.count


def test_the_sums_of_nothing_say_so(client, officer):
    client.force_login(officer)

    assert client.get(reverse("payments:payment_totals")).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_payments_of_an_agreement_come_as_a_page_and_as_a_part(
    client, agreement, reader, headers
):
    payment_on(agreement, amount=1234)
    PaymentFactory(municipality=agreement.municipality, amount=999_999)
    client.force_login(reader)

    response = client.get(
        reverse("payments:agreement_payments", args=[agreement.pk]), headers=headers
    )

    page = response.content.decode()
    assert ("<html" in page) == (not headers)
    assert f"agreement={agreement.pk}&amp;year=2026&amp;direction=paid" in page
    assert "1\u00a0234\u00a0kr" in page
    assert "999\u00a0999" not in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_payments_of_a_partner_show_both_directions(client, agreement, reader, headers):
    partner = agreement.partners.get()
    payment_on(agreement, partner=partner, amount=100)
    payment_on(agreement, partner=partner, amount=7, direction="received")
    payment_on(AgreementFactory(), partner=partner, amount=10_000)
    client.force_login(reader)

    response = client.get(reverse("payments:partner_payments", args=[partner.pk]), headers=headers)

    found = {row["direction"]: row["total"] for row in response.context["rows"]}
    assert found == {"paid": 100, "received": 7}
    assert ("<html" in response.content.decode()) == (not headers)


def test_a_payments_page_shows_its_facts_its_history_and_what_reverses_it(
    client, agreement, officer
):
    original = payment_on(agreement, text="<script>alert(1)</script>", project="P17")
    reversal = payment_on(agreement, amount=-1000, reverses=original, source=original.source)
    client.force_login(officer)

    page = client.get(original.get_absolute_url()).content.decode()
    other = client.get(reversal.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "P17" in page
    assert reversal.get_absolute_url() in page
    assert original.get_absolute_url() in other
