"""The list of reports: what it shows, what the filter lets through, pages and exports."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from followups.actions import received
from partnerships.dates import ApproximateDate
from tests.agreements.factories import AgreementFactory
from tests.followups.factories import (
    AT,
    FollowUpPlanFactory,
    agreement_in_force,
    approved_report,
    report_on,
)
from tests.organisations.factories import CommitteeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(committee):
    return FollowUpPlanFactory(
        agreement=agreement_in_force(committee=committee, name="Öppen mötesplats")
    )


@pytest.fixture
def account(committee, officer):
    agreement = AgreementFactory(committee=committee, name="Medlemskap")
    day = ApproximateDate.parse("2018")
    return received(agreement, on=day, account="Text.", by=officer, at=AT)


def names(client, **query):
    page = client.get(reverse("followups:report_list"), query).context["page"]
    return [(row.agreement.name, str(row)) for row in page.rows]


def test_reports_and_accounts_stand_in_the_list_the_latest_day_first(
    client, officer, plan, account
):
    client.force_login(officer)
    report_on(plan, year=2024)
    report_on(plan, year=2025)

    assert [name for name, _period in names(client)] == [
        "Öppen mötesplats",
        "Öppen mötesplats",
        "Medlemskap",
    ]
    assert names(client)[0][1].startswith("2025")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "draft"}, {"2025"}),
        ({"state": "approved"}, {"2024"}),
        ({"state": "received"}, {"2018"}),
        ({"year": "2024"}, {"2024"}),
        ({"year": "2018"}, {"2018"}),
        ({"q": "mötesplats"}, {"2024", "2025"}),
        ({"no_plan": "on"}, {"2018"}),
        ({"overdue": "on"}, {"2025"}),
        ({"state": "nonsense", "year": "x", "committee": "0"}, {"2018", "2024", "2025"}),
    ],
)
@time_machine.travel("2026-06-01 08:00:00+02:00", tick=False)
def test_the_filter_lets_through_what_it_says(client, officer, plan, account, query, expected):
    approved_report(plan, 2024, Decimal(3), Decimal(4))
    report_on(plan, year=2025)
    client.force_login(officer)

    assert {period[:4] for _name, period in names(client, **query)} == expected


def test_a_report_that_is_handed_in_is_not_overdue(client, officer, plan):
    approved_report(plan, 2024, Decimal(3), Decimal(4))
    client.force_login(officer)

    assert not names(client, overdue="on")


def test_nothing_of_another_committee_or_municipality_is_shown(client, officer, stranger, plan):
    report_on(plan)
    other = CommitteeFactory(municipality=plan.agreement.municipality)
    report_on(FollowUpPlanFactory(agreement=agreement_in_force(committee=other)))

    client.force_login(officer)
    assert [name for name, _period in names(client)] == ["Öppen mötesplats"]
    client.force_login(stranger)
    assert not names(client)


def test_a_long_list_is_paged_and_no_row_is_lost_or_doubled(client, officer, plan, account):
    for year in range(2024, 2024 + 30):
        report_on(plan, year=year)
    client.force_login(officer)
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get(reverse("followups:report_list"), {"page": cursor}).context["page"]
        seen += [row.pk for row in page.rows]
        cursor = page.next

    assert len(seen) == len(set(seen)) == 31


def test_each_page_asks_the_database_as_often_however_many_rows(
    client, officer, plan, django_assert_max_num_queries
):
    report_on(plan, year=2024)
    client.force_login(officer)
    client.get(reverse("followups:report_list"))
    for year in range(2025, 2045):
        report_on(plan, year=year)

    with django_assert_max_num_queries(30):
        client.get(reverse("followups:report_list"))


@time_machine.travel("2026-06-01 08:00:00+02:00", tick=False)
def test_periods_that_nobody_has_begun_stand_above_the_list_when_they_are_late(
    client, officer, plan
):
    client.force_login(officer)

    page = client.get(reverse("followups:report_list"))

    assert page.context["late_count"] == 2  # 2024 and 2025
    assert plan.get_absolute_url() in page.content.decode()


def test_the_export_holds_what_the_filter_lets_through_and_no_formula(client, officer, plan):
    plan.agreement.name = "=HYPERLINK(1)"
    plan.agreement.save()
    approved_report(plan, 2024, Decimal(3), Decimal(4))
    report_on(plan, year=2025)
    client.force_login(officer)
    query = {"state": "approved"}

    csv = client.get(reverse("followups:report_export", args=["csv"]), query)
    sheet = client.get(reverse("followups:report_export", args=["xlsx"]), query)

    lines = b"".join(csv.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("'=HYPERLINK(1);")
    rows = list(load_workbook(BytesIO(sheet.content)).active.values)
    assert len(rows) == 2
    assert rows[1][0] == "=HYPERLINK(1)"
    assert rows[1][4].date() == date(2024, 1, 1)
    cell = load_workbook(BytesIO(sheet.content)).active["A2"]
    assert cell.data_type == "s"
