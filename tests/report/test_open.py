"""The open page and the open data: for everyone, and nothing that is not for everyone."""

import json

import pytest
from django.urls import reverse

from agreements.models import Agreement, Revision
from partnerships.dates import ApproximateDate
from report.actions import note_edition
from report.documents import open_data
from report.models import PublicPage
from steering.actions import issue_notes
from tests.agreements.factories import AgreementFactory
from tests.report.conftest import NOW
from tests.report.factories import PublicPageFactory, ReportFigureFactory
from tests.steering.factories import (
    GroupMeetingFactory,
    MeetingCountFactory,
    SteeringGroupFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_page(committee):
    return PublicPageFactory(municipality=committee.municipality, slug="exempelby")


@pytest.fixture
def noted(edition, grant, secretary):
    ReportFigureFactory(
        edition=edition, code="deltagare", label="Deltagare", value=4, unit="persons", basis="per_year"
    )  # fmt: skip
    ReportFigureFactory(
        edition=edition, code="ledning", label="I ledningsgruppen", value=14, unit="persons"
    )
    day = ApproximateDate.parse("2026-05-19")
    return note_edition(edition, noted_on=day, paragraph=1, by=secretary, at=NOW)


@pytest.fixture
def shown(grant, officer):
    """The grant with a decided and a drafted purpose."""
    day = ApproximateDate.parse("2024-01-01")
    decided = Revision.objects.create(
        agreement=grant, number=1, kind="original", in_force_from=day, purpose="Läxhjälp för unga."
    )
    Revision.objects.filter(pk=decided.pk).update(decided_at=NOW, decided_by=officer)
    Revision.objects.create(
        agreement=grant, number=2, kind="amendment", in_force_from=day, purpose="Hemligt utkast."
    )
    Agreement.objects.filter(pk=grant.pk).update(officer=officer)
    return grant


def get(client, name, *args, **headers):
    return client.get(reverse(f"report_open:{name}", args=args), **headers)


def test_the_page_is_off_until_it_is_switched_on(client, open_page, shown):
    PublicPage.objects.update(is_on=False)

    assert get(client, "agreement_list", "exempelby").status_code == 404
    assert get(client, "catalogue", "exempelby").status_code == 404
    assert get(client, "agreement_list", "finns-inte").status_code == 404


def test_everyone_reads_agreements_in_force_but_neither_drafts_nor_persons(
    client, open_page, shown, officer
):
    drafted = AgreementFactory(committee=shown.committee, name="Utkastavtalet")

    text = get(client, "agreement_list", "exempelby").content.decode()

    assert shown.name in text
    assert shown.partners.get().name in text
    assert "Läxhjälp för unga." in text
    for secret in ("Hemligt utkast.", drafted.name, officer.email, str(officer), "csrf"):
        assert secret not in text


def test_another_municipalitys_agreements_are_not_on_the_page(client, open_page, shown):
    other = AgreementFactory(name="Grannens avtal")
    Agreement.objects.filter(pk=other.pk).update(is_decided=True, begins_certainly="2020-01-01")

    assert other.name not in get(client, "agreement_list", "exempelby").content.decode()


def test_the_page_is_searched(client, open_page, shown):
    address = reverse("report_open:agreement_list", args=["exempelby"])

    assert shown.name in client.get(f"{address}?q=exempelbidraget").content.decode()
    assert shown.name not in client.get(f"{address}?q=finnsinte").content.decode()
    assert shown.name not in client.get(f"{address}?kind=iop").content.decode()
    assert client.get(f"{address}?kind=<script>&page=x").status_code == 200


def test_caches_may_keep_the_page_until_something_is_changed(client, open_page, shown, officer):
    first = get(client, "agreement_list", "exempelby")
    again = get(client, "agreement_list", "exempelby", HTTP_IF_NONE_MATCH=first["ETag"])
    shown.name = "Ett nytt namn"
    shown.save()
    changed = get(client, "agreement_list", "exempelby", HTTP_IF_NONE_MATCH=first["ETag"])

    assert "public" in first["Cache-Control"]
    assert "max-age=300" in first["Cache-Control"]
    assert not first.cookies
    assert again.status_code == 304
    assert changed.status_code == 200
    assert "Ett nytt namn" in changed.content.decode()


def test_everyone_is_told_what_the_steering_group_counted_but_of_no_few_persons(
    client, open_page, shown, officer
):
    before = get(client, "agreement_list", "exempelby")
    group = SteeringGroupFactory(agreement=shown)
    older, latest, unfinished = (
        GroupMeetingFactory(group=group, held_on=ApproximateDate.parse(held_on))
        for held_on in ("2018", "september 2019", "2020")
    )
    MeetingCountFactory(meeting=older, amount=99)
    MeetingCountFactory(meeting=latest, amount=14)
    MeetingCountFactory(meeting=latest, amount=3, counted="praktikanter", scope="caféet")
    MeetingCountFactory(meeting=unfinished, amount=77)
    for meeting in (older, latest):
        issue_notes(meeting, by=officer, at=NOW)

    page = get(client, "agreement_list", "exempelby", HTTP_IF_NONE_MATCH=before["ETag"])

    text = page.content.decode()
    assert "14 deltagare (second hand-butiken och Von Dufva, september 2019)" in text
    assert "färre än 5 praktikanter (caféet, september 2019)" in text
    assert "99 deltagare" not in text
    assert "77 deltagare" not in text


def test_who_is_signed_in_leaves_nothing_in_shared_caches(client, open_page, shown, officer):
    client.force_login(officer)

    assert "no-store" in get(client, "agreement_list", "exempelby")["Cache-Control"]


def test_open_data_leaves_out_texts_names_of_payees_and_few_persons(client, open_page, noted):
    data = json.loads(get(client, "report_json", "exempelby", noted.pk).content)

    figures = {figure["code"]: figure for figure in data["figures"]}
    assert figures["deltagare"]["is_suppressed"]
    assert figures["deltagare"]["value"] is None
    assert figures["ledning"]["value"] == "14"
    text = json.dumps(data, ensure_ascii=False)
    assert "Det gick" not in text
    assert "partners" not in [table["key"] for table in data["tables"]]
    csv = b"".join(get(client, "report_csv", "exempelby", noted.pk).streaming_content)
    assert "Deltagare;exact;;per_year;\r\n" in csv.decode("utf-8-sig")


def test_a_draft_is_no_open_data(client, open_page, edition):
    assert get(client, "report_json", "exempelby", edition.pk).status_code == 404


def conforms(value, form):
    """A small reading of JSON schema: what the portal's own schema uses of it."""
    kinds = {"string": str, "integer": int, "boolean": bool, "null": type(None)}
    if "const" in form or "enum" in form:
        return value in form.get("enum", [form.get("const")])
    if form["type"] == "object":
        return set(value) == set(form["properties"]) and all(
            conforms(value[name], inner) for name, inner in form["properties"].items()
        )
    if form["type"] == "array":
        return all(conforms(each, form["items"]) for each in value)
    allowed = form["type"] if isinstance(form["type"], list) else [form["type"]]
    return any(isinstance(value, kinds[name]) for name in allowed)


def test_open_data_has_the_form_that_its_schema_says(client, open_page, noted):
    schema = json.loads(get(client, "schema").content)
    data = open_data(noted.snapshot)

    assert conforms(data, schema)
    assert not conforms({**data, "extra": 1}, schema)


def test_the_catalogue_describes_every_noted_edition(client, open_page, noted, settings):
    settings.SITE_URL = "https://portal.example"

    response = get(client, "catalogue", "exempelby")

    catalogue = json.loads(response.content)
    (dataset,) = catalogue["dcat:dataset"]
    assert response["Content-Type"].startswith("application/ld+json")
    assert catalogue["@type"] == "dcat:Catalog"
    for name in ("dct:title", "dct:description", "dct:publisher"):
        assert catalogue[name]
        assert dataset[name]
    for distribution in dataset["dcat:distribution"]:
        address = distribution["dcat:downloadURL"]["@id"].removeprefix("https://portal.example")
        assert client.get(address).status_code == 200
