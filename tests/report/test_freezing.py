"""A noted edition: kept as it was, by the actions and by the database itself."""

import json
from datetime import date
from decimal import Decimal
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from django.urls import reverse

from partnerships.dates import ApproximateDate
from partnerships.records import all_records, render
from report.actions import (
    EditionFrozenError,
    EditionNotReadyError,
    answer_questions,
    note_edition,
    remove_figure,
    save_edition,
)
from report.models import (
    AskedOffice,
    Edition,
    FigureExclusion,
    FocusAnswer,
    FocusQuestion,
    ReportFigure,
    ReportSection,
)
from tests.payments.factories import payment_on
from tests.pdf_checks import verapdf
from tests.pdf_checks.checks import problems
from tests.report.conftest import NOW
from tests.report.factories import AskedOfficeFactory, FocusQuestionFactory

pytestmark = pytest.mark.django_db
NOTED = ApproximateDate.parse("2026-05-19")


@pytest.fixture
def noted(edition, grant, secretary):
    """The edition with an answer and an exclusion, noted."""
    question = FocusQuestionFactory(edition=edition)
    asked = AskedOfficeFactory(edition=edition)
    answer_questions(asked, {question.pk: "Det är *enkelt*."}, by=secretary, at=NOW)
    FigureExclusion.objects.create(figure=edition.figures.first(), wording="en IOP")
    return note_edition(edition, noted_on=NOTED, paragraph=149, by=secretary, at=NOW)


def test_note_edition_keeps_what_it_said_as_data_and_as_a_pdf(noted):
    with noted.pdf.open("rb") as file:
        content = file.read()

    assert noted.pdf_sha256 == sha256(content).hexdigest()
    assert noted.snapshot["figures"][0]["computed"] == "50000.00"
    with pikepdf.open(BytesIO(content)) as pdf:
        data = json.loads(pdf.attachments["report.json"].get_file().read_bytes())
        with pdf.open_outline() as outline:
            headings = [item.title for item in outline.root[0].children]
    assert data == noted.snapshot
    assert "Bakgrund" in headings


def test_the_pdf_is_archival_and_accessible(noted, tmp_path):
    if not verapdf.is_available():
        pytest.skip("veraPDF needs Java")
    file = tmp_path / "report.pdf"
    with noted.pdf.open("rb") as stored:
        file.write_bytes(stored.read())

    assert verapdf.validate([file]) == ""
    assert problems(file.read_bytes()) == []


@pytest.mark.parametrize(
    "rows",
    [
        Edition,
        ReportSection,
        ReportFigure,
        FigureExclusion,
        FocusQuestion,
        AskedOffice,
        FocusAnswer,
    ],
)
def test_the_database_refuses_to_change_or_remove_what_is_noted(noted, rows):
    found = rows.objects.all()

    assert found.exists()
    with pytest.raises(DatabaseError, match="noted edition"), transaction.atomic():
        found.update(id=F("id"))
    with pytest.raises(DatabaseError, match="noted edition"), transaction.atomic():
        found._raw_delete(found.db)


def test_the_database_refuses_to_add_to_what_is_noted(noted):
    with pytest.raises(DatabaseError, match="noted edition"), transaction.atomic():
        ReportSection.objects.create(edition=noted, heading="Efteråt")


def test_actions_refuse_with_a_sentence(noted, secretary):
    with pytest.raises(EditionFrozenError):
        save_edition(noted, texts={}, by=secretary)
    with pytest.raises(EditionFrozenError):
        remove_figure(noted.figures.first(), by=secretary)
    with pytest.raises(EditionFrozenError):
        note_edition(noted, noted_on=NOTED, paragraph=1, by=secretary, at=NOW)


def test_an_edition_without_a_text_is_not_ready(edition, secretary):
    edition.sections.update(text="")

    with pytest.raises(EditionNotReadyError):
        note_edition(edition, noted_on=NOTED, paragraph=1, by=secretary, at=NOW)


def test_a_mark_of_no_figure_is_told_before_it_is_printed(edition, secretary):
    edition.figures.get(code="bidrag").delete()

    with pytest.raises(EditionNotReadyError, match=r"\[\[bidrag\]\]"):
        note_edition(edition, noted_on=NOTED, paragraph=1, by=secretary, at=NOW)


def test_a_later_correction_is_shown_beside_what_was_noted(client, noted, grant, secretary):
    payment_on(grant, paid_on=date(2025, 6, 1), amount=Decimal(-20_000))
    client.force_login(secretary)

    page = client.get(noted.get_absolute_url())

    changed = {(row.row, row.column): row for row in page.context["differences"]}
    assert page.context["content"]["figures"][0]["computed"] == "50000.00"
    figure = changed["Bidrag till föreningar", ""]
    assert "40" in figure.now
    assert ("2025", "Betalt") in changed


def test_a_noted_edition_that_nobody_corrected_has_no_difference(client, noted, secretary):
    client.force_login(secretary)

    assert client.get(noted.get_absolute_url()).context["differences"] == []


def test_the_pdf_is_served_byte_for_byte_and_is_a_document_of_record(client, noted, secretary):
    client.force_login(secretary)

    response = client.get(reverse("report:edition_pdf", args=[noted.pk]))

    content = response.content
    assert sha256(content).hexdigest() == noted.pdf_sha256
    assert render(f"report-{noted.pk}") == content
    assert f"report-{noted.pk}" in [record.id for record in all_records()]


def test_edition_freeze_asks_for_the_day_and_freezes(client, edition, grant, secretary):
    client.force_login(secretary)
    address = reverse("report:edition_freeze", args=[edition.pk])

    bad = client.post(address, {"noted_on": "04/05/2026"})
    client.post(address, {"noted_on": "2026-05-19", "paragraph": "149"})

    edition.refresh_from_db()
    assert bad.context["form"].errors["noted_on"]
    assert (str(edition.noted_on), edition.paragraph, edition.frozen_by) == (
        "2026-05-19",
        149,
        secretary,
    )


def test_pages_of_writing_lead_back_from_a_noted_edition(client, noted, secretary):
    client.force_login(secretary)

    for name in ("edition_edit", "focus_edit", "edition_freeze", "figure_create"):
        response = client.get(reverse(f"report:{name}", args=[noted.pk]))
        assert response.url == noted.get_absolute_url()
