"""Every list is exported as it is filtered: no row of others, and no formula."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.agreements.factories import AgreementFactory
from tests.assessments.factories import assessment_of
from tests.dialogues.factories import DialogueFactory
from tests.governance.factories import GoverningDocumentFactory, ServiceTransferFactory
from tests.memos.factories import MemoFactory
from tests.organisations.factories import PartnerFactory

pytestmark = pytest.mark.django_db
FORMULA = "=HYPERLINK(1)"
# The lists, each with what makes a row of it in a committee, under a name.
MAKERS = {
    "agreements:agreement": lambda committee, name: AgreementFactory(
        committee=committee, name=name
    ),
    "dialogues:dialogue": lambda committee, name: DialogueFactory(committee=committee, name=name),
    "memos:memo": lambda committee, name: MemoFactory(
        agreement=AgreementFactory(committee=committee), title=name
    ),
    "governance:document": lambda committee, name: GoverningDocumentFactory(
        municipality=committee.municipality, title=name
    ),
    "governance:transfer": lambda committee, name: ServiceTransferFactory(
        municipality=committee.municipality, name=name
    ),
    "organisations:partner": lambda committee, name: PartnerFactory(name=name),
}
SHARED = {"organisations:partner"}  # one register for all municipalities


def csv_of(client, export, **query):
    response = client.get(reverse(f"{export}_export", args=["csv"]), query)
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


def sheet_of(client, export, **query):
    response = client.get(reverse(f"{export}_export", args=["xlsx"]), query)
    return load_workbook(BytesIO(response.content)).active


@pytest.mark.parametrize("export", MAKERS)
def test_what_is_searched_for_is_exported_and_nothing_else(client, officer, committee, export):
    MAKERS[export](committee, "Kaffestugan")
    MAKERS[export](committee, "Biblioteket")
    client.force_login(officer)

    lines = csv_of(client, export, q="kaffestugan")
    rows = list(sheet_of(client, export, q="kaffestugan").values)

    assert len(lines) == len(rows) == 2
    assert lines[1].startswith("Kaffestugan;")
    assert rows[1][0] == "Kaffestugan"


@pytest.mark.parametrize("export", sorted(MAKERS.keys() - SHARED))
def test_nothing_of_another_municipality_is_exported(client, stranger, committee, export):
    MAKERS[export](committee, "Kaffestugan")
    client.force_login(stranger)

    assert len(csv_of(client, export)) == 1


@pytest.mark.parametrize("export", MAKERS)
def test_no_spreadsheet_takes_a_name_for_a_formula(client, officer, committee, export):
    MAKERS[export](committee, FORMULA)
    client.force_login(officer)

    (line,) = [line for line in csv_of(client, export) if "HYPERLINK" in line]
    cells = [row[0] for row in sheet_of(client, export).iter_rows() if row[0].value == FORMULA]

    assert line.startswith(f"'{FORMULA}")
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize("export", MAKERS)
def test_the_list_leads_to_its_exports_with_the_filter(client, officer, committee, export):
    MAKERS[export](committee, "Kaffestugan")
    client.force_login(officer)

    page = client.get(reverse(f"{export}_list"), {"q": "kaffestugan"}).content.decode()

    for file_type in ("csv", "xlsx"):
        assert f'href="{reverse(f"{export}_export", args=[file_type])}?q=kaffestugan"' in page


def test_assessments_are_exported_by_committee(client, officer, stranger, committee):
    assessment = assessment_of(committee)

    client.force_login(officer)
    assert str(assessment.partner) in csv_of(client, "assessments:assessment")[1]
    client.force_login(stranger)
    assert len(csv_of(client, "assessments:assessment")) == 1
