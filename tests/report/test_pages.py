"""Editions through their pages: writing, figures, the rows behind them, exports."""

import json
import re
from decimal import Decimal
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from report.models import Edition, ReportFigure
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory, ThemeFactory
from tests.followups.factories import FollowUpPlanFactory, agreement_in_force
from tests.officers import opened
from tests.organisations.factories import CommitteeFactory
from tests.payments.factories import payment_on

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"report:{name}", args=args)


def page_of(client, edition):
    return unescape(client.get(edition.get_absolute_url()).content.decode())


def test_edition_create_suggests_what_comes_next_and_copies_the_sections(signed_in, series):
    form = signed_in.get(url("edition_create")).context["form"]

    signed_in.post(
        url("edition_create"),
        {
            "series": series.pk,
            "title": "Rapporten",
            "year_from": form.initial["year_from"],
            "year_to": form.initial["year_to"],
        },
    )

    edition = Edition.objects.get()
    assert edition.years == (2020, 2021)
    assert [section.heading for section in edition.sections.all()] == ["Bakgrund", "Bidrag"]


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [("2025", "2024", "year_to"), ("tjugo", "2025", "year_from"), ("", "2025", "year_from")],
)
def test_edition_create_says_what_is_wrong_and_saves_nothing(signed_in, series, first, last, field):
    data = {"series": series.pk, "title": "R", "year_from": first, "year_to": last}

    response = signed_in.post(url("edition_create"), data)

    assert response.context["form"].errors[field]
    assert not Edition.objects.exists()


def test_every_number_of_the_tables_leads_to_rows_that_come_to_it(
    client, edition, grant, committee, secretary
):
    client.force_login(secretary)
    content = client.get(edition.get_absolute_url()).context["content"]
    cells = [
        cell
        for section in content["sections"]
        for table in section["tables"]
        for row in table["rows"]
        for cell in row["cells"]
        if cell["query"]
    ]

    assert len(cells) > 10
    for cell in cells:
        response = client.get(f"{url('figure_rows', edition.pk)}?{cell['query']}")
        assert response.context["answer"].value == Decimal(cell["value"]), cell
        rows = response.context["page"].rows
        if response.context["is_amount"]:
            assert sum(getattr(row, "amount", 0) for row in rows) == Decimal(cell["value"])
        else:
            assert len(rows) == int(cell["value"])


def test_the_text_prints_the_stated_figure_and_links_it_to_what_the_register_says(
    signed_in, edition, grant
):
    text = page_of(signed_in, edition).replace("\u00a0", " ")

    assert re.search(r'Det gick <a class="ds-link" href="[^"]*rows[^"]*">cirka 50 miljoner', text)
    assert "50 000 kr" in text  # the mean of 40 000 and 60 000


def test_rows_of_committees_that_one_may_not_read_are_counted_but_not_listed(
    signed_in, edition, grant
):
    hidden = AgreementFactory(
        committee=CommitteeFactory(municipality=edition.municipality), kind="grant"
    )
    payment_on(hidden, paid_on=grant.payments.first().paid_on, amount=Decimal(5000))

    response = signed_in.get(
        f"{url('figure_rows', edition.pk)}?measure=paid&first=2024&last=2025&kind=grant"
    )

    assert response.context["answer"].value == 105_000
    assert response.context["hidden"] == 1
    assert {row.agreement for row in response.context["page"].rows} == {grant}
    assert hidden.name not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "measure=everything&first=2024&last=2025",
        "measure=paid&first=2025&last=2024",
        "measure=paid&first=1990&last=2199",
        "measure=paid&first=abc&last=2025",
        "measure=paid&first=2024&last=2025&committee=999999",
        "measure=paid&first=2024&last=2025&theme=999999",
        "measure=paid&first=2024&last=2025&lacks=everything",
        "measure=change&first=2024&last=2025",
    ],
)
def test_a_link_that_the_portal_never_made_is_not_found(signed_in, edition, query):
    assert signed_in.get(f"{url('figure_rows', edition.pk)}?{query}").status_code == 404


def test_another_municipalitys_theme_is_no_filter(signed_in, edition, grant):
    theirs = ThemeFactory()

    response = signed_in.get(
        f"{url('figure_rows', edition.pk)}?measure=paid&first=2024&last=2025&theme={theirs.pk}"
    )

    assert response.status_code == 404


def test_a_number_that_is_worked_out_has_no_rows_to_export(signed_in, edition, grant):
    query = "measure=share&first=2025&last=2025"

    assert signed_in.get(f"{url('figure_rows', edition.pk)}?{query}").status_code == 200
    assert signed_in.get(f"{url('rows_export', edition.pk, 'csv')}?{query}").status_code == 404


def test_another_municipalitys_committee_is_no_filter(signed_in, edition, grant):
    other = CommitteeFactory()

    response = signed_in.get(
        f"{url('figure_rows', edition.pk)}?measure=paid&first=2024&last=2025&committee={other.pk}"
    )

    assert response.status_code == 404


@pytest.mark.parametrize("file_type", ["csv", "xlsx"])
def test_the_rows_behind_a_figure_are_exported(signed_in, edition, grant, file_type):
    query = "measure=paid&first=2024&last=2025&kind=grant"

    response = signed_in.get(f"{url('rows_export', edition.pk, file_type)}?{query}")

    content = b"".join(response.streaming_content)
    if file_type == "csv":
        assert content.decode("utf-8-sig").count("Exempelbidraget") == 2
    else:
        rows = list(load_workbook(BytesIO(content)).active.values)
        assert [row[1] for row in rows[1:]] == [40_000, 60_000]


def test_edition_edit_keeps_the_texts_and_refuses_a_mark_without_a_figure(signed_in, edition):
    section = edition.sections.first()
    facts = {"title": "Ny titel", "year_from": "2024", "year_to": "2025", "reason": "språk"}
    texts = {f"sections-{row.pk}": row.text for row in edition.sections.all()}

    bad = signed_in.post(
        url("edition_edit", edition.pk),
        facts | texts | {f"sections-{section.pk}": "Se [[saknas]]."},
    )
    signed_in.post(
        url("edition_edit", edition.pk),
        facts | texts | {f"sections-{section.pk}": "**Klart** [[bidrag|kort]]."},
    )

    section.refresh_from_db()
    assert "[[saknas]]" in bad.context["sections"].errors[str(section.pk)][0]
    assert bad.context["sections"][str(section.pk)].value() == "Se [[saknas]]."
    assert section.text == "**Klart** [[bidrag|kort]]."
    assert section.history.first().history_change_reason == "språk"
    assert "<strong>Klart</strong> " in page_of(signed_in, edition)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "![x](file:///etc/passwd)", "[x](javascript:alert(1))"]
)
def test_hostile_text_is_refused_and_never_printed(signed_in, edition, text):
    section = edition.sections.first()
    facts = {"title": "T", "year_from": "2024", "year_to": "2025"}
    texts = {f"sections-{row.pk}": row.text for row in edition.sections.all()}

    response = signed_in.post(
        url("edition_edit", edition.pk), facts | texts | {f"sections-{section.pk}": text}
    )
    preview = signed_in.post(
        url("section_preview", edition.pk, section.pk), {f"sections-{section.pk}": text}
    )

    assert response.context["sections"].errors[str(section.pk)]
    printed = preview.content.decode().split('<div class="prose">')[1]
    assert not any(code in printed for code in ("<script", "<img", "href", "file:"))


def test_a_label_with_code_is_shown_as_text(signed_in, edition):
    ReportFigure.objects.filter(code="bidrag").update(label="<img src=x onerror=alert(1)>")

    assert "<img src=x" not in signed_in.get(edition.get_absolute_url()).content.decode()


def figure_data(**changed):
    data = {
        "label": "Utbetalt",
        "code": "utbetalt",
        "source": "computed",
        "unit": "kronor",
        "scale": "units",
        "qualifier": "exact",
        "basis": "per_year",
        "year_from": "2024",
        "year_to": "2025",
        "measure": "paid",
        "exclusions-TOTAL_FORMS": "0",
        "exclusions-INITIAL_FORMS": "0",
    }
    return data | changed


def test_a_new_figure_is_computed_about_the_years_of_the_edition(officer, edition):
    page = opened(officer, url("figure_create", edition.pk))

    assert page.fields["source"] == ["computed"]
    assert (page.fields["year_from"], page.fields["year_to"]) == (["2024"], ["2025"])


def test_figure_create_adds_a_computed_figure(signed_in, edition, grant):
    signed_in.post(url("figure_create", edition.pk), figure_data())

    figure = edition.figures.get(code="utbetalt")
    assert (figure.position, figure.value) == (2, None)
    assert "50 000 kr" in page_of(signed_in, edition).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"measure": ""}, "measure"),
        ({"value": "12"}, "value"),
        ({"measure": "in_force"}, "unit"),
        ({"code": "bidrag"}, "code"),
        ({"code": "Med Mellanslag"}, "code"),
        ({"year_to": ""}, "year_to"),
        ({"year_to": "2023"}, "year_to"),
        ({"source": "stated", "value": "-1"}, "value"),
        ({"source": "stated", "value": "många"}, "value"),
        ({"committee": "999999"}, "committee"),
    ],
)
def test_figure_create_says_what_is_wrong_and_saves_nothing(signed_in, edition, changed, field):
    response = signed_in.post(url("figure_create", edition.pk), figure_data(**changed))

    assert response.context["form"].errors[field]
    assert "Constraint" not in response.content.decode()
    assert edition.figures.count() == 2


def test_figure_edit_says_what_is_left_out(signed_in, edition):
    figure, other = edition.figures.all()
    data = figure_data(
        label="IOP", code="bidrag", source="stated", value="20 000 000", source_note="Protokollet",
        **{
            "exclusions-TOTAL_FORMS": "1",
            "exclusions-0-wording": "en IOP",
            "exclusions-0-counted_in": other.pk,
        },
    )  # fmt: skip

    signed_in.post(url("figure_edit", figure.pk), data)

    assert str(figure.exclusions.get()) == "en IOP"
    assert "exklusive en IOP" in page_of(signed_in, edition)


def test_figure_remove_keeps_its_history(signed_in, edition):
    figure = edition.figures.first()

    signed_in.post(url("figure_remove", figure.pk))

    assert edition.figures.count() == 1
    assert ReportFigure.history.filter(id=figure.pk, history_type="-").exists()


@pytest.mark.parametrize("file_type", ["json", "csv", "xlsx"])
def test_the_edition_is_exported(signed_in, edition, grant, file_type):
    response = signed_in.get(url("edition_export", edition.pk, file_type))

    if file_type == "json":
        data = json.loads(response.content)
        assert data["figures"][0]["value"] == "50000000.00"
        assert "sections" not in data
    elif file_type == "csv":
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        assert "Bidrag till föreningar" in text
        assert "60000,00" in text
    else:
        book = load_workbook(BytesIO(response.content))
        assert "Bidrag till föreningar" in [row[1] for row in book.worksheets[0].values]
        assert len(book.worksheets) > 3


def test_an_unknown_kind_of_file_is_not_found(signed_in, edition):
    assert signed_in.get(url("edition_export", edition.pk, "doc")).status_code == 404


def test_an_officer_of_another_committee_writes_no_memo_on_it(client, edition):
    other = CommitteeFactory(municipality=edition.municipality)
    client.force_login(member_of(other, "officer"))

    client.post(url("edition_memo", edition.pk))

    edition.refresh_from_db()
    assert edition.memo is None


def test_the_page_of_editions_says_what_is_due_next(signed_in, edition):
    text = page_of_list(signed_in)

    assert "2020–2021" in text
    assert edition.title in text


def page_of_list(client):
    return unescape(client.get(url("edition_list")).content.decode())


def test_agreements_in_force_without_follow_up_are_listed_and_those_with_indicators_counted(
    signed_in, edition, grant
):
    followed = FollowUpPlanFactory(
        agreement=agreement_in_force(committee=grant.committee)
    ).agreement

    content = signed_in.get(edition.get_absolute_url()).context["content"]

    tables = {table["key"]: table for row in content["sections"] for table in row["tables"]}
    names = [row["heading"] for row in tables["without-follow-up"]["rows"]]
    counts = [cell["value"] for cell in tables["indicators"]["rows"][0]["cells"]]
    assert names == [grant.name]
    assert counts == ["1", "0", "0", "2"]  # one agreement, two indicators nobody has reported
    query = tables["indicators"]["rows"][0]["cells"][0]["query"]
    rows = signed_in.get(f"{url('figure_rows', edition.pk)}?{query}").context["page"].rows
    assert rows == [followed]


def test_where_nobody_can_say_what_is_followed_up_there_is_no_list(
    signed_in, edition, grant, settings
):
    settings.REPORT_SOURCES = {}
    address = url("figure_rows", edition.pk)

    content = signed_in.get(edition.get_absolute_url()).context["content"]

    keys = [table["key"] for section in content["sections"] for table in section["tables"]]
    assert "without-follow-up" not in keys
    query = "measure=without_follow_up&first=2024&last=2025"
    assert signed_in.get(f"{address}?{query}").status_code == 404
