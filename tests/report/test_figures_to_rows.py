"""From figure to rows: every link of a report's page is walked, and what lies behind comes to it."""

import csv
import re
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO, StringIO
from urllib.parse import parse_qs

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from agreements.models import Agreement, AgreementPartner, AgreementTheme
from organisations.models import Partner
from report.documents import report_pdf
from report.models import Edition, Measure
from tests.agreements.factories import (
    AgreementFactory,
    ContributionFactory,
    RevisionFactory,
    ThemeFactory,
    decide,
)
from tests.followups.factories import FollowUpPlanFactory, IndicatorFactory, approved_report
from tests.organisations.factories import CommitteeFactory, PartnerFactory
from tests.payments.factories import PaymentFactory, payment_on
from tests.pdf_checks.sight import page_texts, squeezed
from tests.report.factories import EditionFactory, ReportFigureFactory

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a class="ds-link" href="([^"]*/rows/\?[^"]*)">(.*?)</a>', re.DOTALL)
NUMBER = re.compile(r"[-−]?\d[\d \u00a0]*(?:,\d+)?")
ROUNDED = Decimal("0.5")  # percent and mnkr are printed with one decimal
AMOUNT, PER_YEAR = 1, 2  # columns of the exported rows


@pytest.fixture
def everything(edition, grant, committee):
    """A register with something of each sort that a report counts, sums or leaves out."""
    other = CommitteeFactory(municipality=committee.municipality)
    kultur, idrott = (
        ThemeFactory(municipality=committee.municipality, name=name)
        for name in ("kultur", "idrott")
    )
    iop = promised(committee, kind="iop", name="Exempelpartnerskapet")
    plan = FollowUpPlanFactory(agreement=iop)
    approved_report(plan, 2024, participants=Decimal(25), waiting=Decimal(9))
    IndicatorFactory(plan=plan)
    AgreementPartner.objects.create(agreement=iop, partner=PartnerFactory(), position=2)
    second = promised(other, kind="grant", name="Det andra bidraget")
    for agreement, theme in ((iop, kultur), (iop, idrott), (second, kultur)):
        AgreementTheme.objects.create(agreement=agreement, theme=theme)
    for agreement in (iop, second):
        partner = agreement.partners.first()
        for year in (2022, 2023, 2024, 2025):
            amount = Decimal(10_000 * (year - 2020))
            payment_on(agreement, paid_on=date(year, 3, 1), amount=amount, partner=partner)
    payment_on(iop, paid_on=date(2025, 4, 1), amount=Decimal("-2500.50"), partner=None)
    payment_on(grant, paid_on=date(2023, 4, 1), amount=Decimal(900), partner=None)
    PaymentFactory(municipality=committee.municipality, paid_on=date(2025, 3, 1))
    uncertain = AgreementFactory(committee=committee, kind="iop", name="Kanske")
    Agreement.objects.filter(pk=uncertain.pk).update(
        is_decided=True, begins_possibly=date(2024, 1, 1), begins_certainly=date(2026, 1, 1)
    )
    EditionFactory(series=edition.series, year_from=2022, year_to=2023)
    for measure in Measure:
        is_sum = measure in ("paid", "received") or measure.startswith("promised")
        ReportFigureFactory(
            edition=edition,
            code=f"m-{measure}".replace("_", "-"),
            source="computed",
            measure=measure,
            unit="kronor" if is_sum else "number",
            basis="per_year" if is_sum else "on_a_day",
            year_from=2024 if is_sum else None,
            year_to=2025 if is_sum else None,
        )
    return edition


def promised(committee, **facts):
    """An agreement in force with lines of both parties, one of them without an amount."""
    agreement = AgreementFactory(committee=committee, **facts)
    revision = RevisionFactory(agreement=agreement)
    ContributionFactory(revision=revision, stated_amount=Decimal(120_000))
    ContributionFactory(revision=revision, stated_amount=Decimal(5_000), period_basis="per_month")
    ContributionFactory(revision=revision, stated_amount=None)
    ContributionFactory(revision=revision, stated_amount=Decimal(60_000), by_partner=True)
    decide(revision)
    agreement.refresh_from_db()
    return agreement


def number_in(text):
    """The first number of a printed text; the words for years before it are no number of it."""
    text = re.sub(r"^\s*20\d\d: ", "", unescape(re.sub(r"<[^>]*>", "", text)))
    digits = NUMBER.search(text).group().replace("−", "-").replace(",", ".")
    return Decimal(re.sub(r"[ \u00a0]", "", digits).rstrip("."))


def links_of(client, address):
    """Each link to rows on a page, with what it prints."""
    page = client.get(address)
    assert page.status_code == 200, address
    main = page.content.decode().split("<main")[1]
    return page, [(unescape(href), text) for href, text in LINK.findall(main)]


def printed(value, *, is_share):
    """A value as the page prints it."""
    return round(abs(value * 100 if is_share else value), 1 if is_share else 2)


def walk(client, href, seen):
    """The figure that a page of rows says it explains, checked against the rows themselves."""
    if href in seen:
        return seen[href]
    page, further = links_of(client, href)
    if "terms" in page.context:
        assert len(further) == len(page.context["terms"]) >= 2
        terms = [walk(client, address, seen) for address, _text in further]
        assert terms == [term["answer"].value for term in page.context["terms"]]
        seen[href] = page.context["value"]
    else:
        seen[href] = rows_come_to(client, href, page)
    return seen[href]


def rows_come_to(client, href, page):
    """Count or add up the exported rows, and compare with what the page says."""
    query = href.split("?")[1]
    edition = page.context["edition"]
    address = reverse("report:rows_export", args=[edition.pk, "csv"])
    body = b"".join(client.get(f"{address}?{query}").streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(body), delimiter=";"))[1:]
    measure = parse_qs(query)["measure"][0]
    answer = page.context["answer"].value
    assert page.context["hidden"] == 0
    if not page.context["is_amount"]:
        assert len(rows) == answer, href
        return answer
    column = PER_YEAR if measure.startswith("promised") else AMOUNT
    amounts = [Decimal(row[column].replace(",", ".")) for row in rows if row[column]]
    assert sum(amounts, Decimal(0)) == answer, href
    return page.context["mean"].value if page.context["mean"] else answer


def test_every_number_of_a_report_leads_to_rows_that_come_to_it(client, everything, admin_reader):
    client.force_login(admin_reader)
    seen = {}

    page, links = links_of(client, everything.get_absolute_url())

    stated = {
        figure["phrase"]
        for figure in page.context["content"]["figures"]
        if figure["source"] == "stated"
    }
    measures = set()
    for href, text in links:
        measure = parse_qs(href.split("?")[1])["measure"][0]
        measures.add(measure)
        value = walk(client, href, seen)
        if unescape(text) in stated:
            continue  # the text prints what the source says; its rows say what the register says
        is_share = measure in ("share", "growth")
        assert printed(number_in(text), is_share=False) == printed(value, is_share=is_share), (
            href,
            text,
        )
    assert len(links) > 120
    assert measures >= {
        *Measure.values, "reversed", "unmatched", "uncertain", "unknown_lines", "met", "not_met",
        "unknown", "share", "difference", "change", "growth",
    }  # fmt: skip


def test_no_number_of_a_table_stands_without_a_link(client, everything, admin_reader):
    client.force_login(admin_reader)

    content = client.get(everything.get_absolute_url()).context["content"]

    cells = [
        cell
        for section in content["sections"]
        for table in section["tables"]
        for row in table["rows"]
        for cell in row["cells"]
        if cell["value"] is not None
    ]
    assert len(cells) > 100
    assert [cell for cell in cells if not cell["query"]] == []


def test_every_table_is_on_the_page_in_the_pdf_and_in_the_workbook(
    client, everything, admin_reader
):
    client.force_login(admin_reader)
    page = client.get(everything.get_absolute_url())
    content = page.context["content"]
    tables = {table["key"]: table for row in content["sections"] for table in row["tables"]}
    edition = Edition.objects.with_parts().get(pk=everything.pk)

    pdf = squeezed("".join(page_texts(report_pdf(edition, content, is_draft=True))))
    exported = client.get(reverse("report:edition_export", args=[everything.pk, "xlsx"]))
    book = load_workbook(BytesIO(exported.content))
    sheets = [[tuple(row) for row in sheet.values] for sheet in book.worksheets[1:]]

    assert {
        "years-grant", "change-grant", "kinds-2024", "kinds-2025", "committees-2025",
        "themes-2025", "partners", "partners-2025", "change", "indicators", "without-follow-up",
    } == set(tables)  # fmt: skip
    for table, sheet in zip(tables.values(), sheets, strict=True):
        assert table["caption"] in unescape(page.content.decode())
        assert squeezed(table["caption"]) in pdf
        assert list(sheet[0]) == table["headings"]
        assert [row[0] for row in sheet[1:]] == [row["heading"] for row in table["rows"]]


def test_themes_are_open_data_and_partners_are_not(client, everything, admin_reader):
    client.force_login(admin_reader)

    response = client.get(reverse("report:edition_export", args=[everything.pk, "json"]))

    keys = {table["key"] for table in response.json()["tables"]}
    assert "themes-2025" in keys
    assert not any(key.startswith("partners") for key in keys)
    assert Partner.objects.first().name not in response.content.decode()
