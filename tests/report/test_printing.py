"""Printing a draft outside of the request, its memo, and the command."""

import json
from datetime import timedelta
from io import BytesIO, StringIO

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from memos.models import Memo
from report.actions import ask_for_print, fail_print, memo_from, print_edition
from report.actions.memo import MemoNotPossibleError
from report.models import Rendering
from tests.memos.factories import MemoTemplateFactory
from tests.report.conftest import NOW
from tests.report.factories import EditionFactory

pytestmark = pytest.mark.django_db
State = Rendering.State


def test_rendering_create_prints_the_draft_in_the_background(signed_in, edition, grant):
    response = signed_in.post(reverse("report:rendering_create", args=[edition.pk]))

    rendering = Rendering.objects.get()
    assert response.url == rendering.get_absolute_url()
    assert rendering.state == State.DONE
    pdf = signed_in.get(reverse("report:rendering_pdf", args=[rendering.pk]))
    with pikepdf.open(BytesIO(pdf.content)) as opened:
        assert "report.json" in opened.attachments
    assert signed_in.get(rendering.get_absolute_url()).status_code == 200


def test_a_printing_under_way_is_not_begun_twice(edition, officer):
    first = ask_for_print(edition, by=officer, at=NOW)
    again = ask_for_print(edition, by=officer, at=NOW + timedelta(minutes=1))
    later = ask_for_print(edition, by=officer, at=NOW + timedelta(minutes=9))

    assert again == first
    assert later != first


def test_progress_says_how_far_it_is_and_then_fetches_the_page_anew(signed_in, edition, officer):
    rendering = ask_for_print(edition, by=officer, at=NOW)
    Rendering.objects.update(alive_at="2999-01-01T00:00:00Z", state=State.PRINTING)
    address = reverse("report:rendering_progress", args=[rendering.pk])

    under_way = signed_in.get(address, headers={"HX-Request": "true"})
    fail_print(rendering, problem="För långt.")
    over = signed_in.get(address, headers={"HX-Request": "true"})

    assert "<progress" in under_way.content.decode()
    assert over["HX-Refresh"] == "true"
    assert "För långt." in signed_in.get(rendering.get_absolute_url()).content.decode()


def test_a_printing_that_was_given_up_is_not_finished_by_a_late_run(edition, officer):
    rendering = ask_for_print(edition, by=officer, at=NOW)
    fail_print(rendering)

    print_edition(rendering, clock=lambda: NOW)

    rendering.refresh_from_db()
    assert (rendering.state, bool(rendering.file)) == (State.FAILED, False)


def test_a_text_too_long_to_print_is_told(edition, officer):
    edition.sections.filter(heading="Bakgrund").update(text="Många ord. " * 40_000)
    rendering = ask_for_print(edition, by=officer, at=NOW)

    print_edition(rendering, clock=lambda: NOW)

    rendering.refresh_from_db()
    assert rendering.state == State.FAILED
    assert rendering.problem


def test_memo_from_starts_a_memo_with_points_and_text_of_the_edition(edition, officer, grant):
    MemoTemplateFactory(municipality=edition.municipality)

    memo = memo_from(edition, by=officer, at=NOW)

    assert memo.title == edition.series.name
    assert memo.committee == edition.series.committee
    assert [point.text for point in memo.proposal_points.all()] == [
        "Exempelrapporten 2024-2025 noteras."
    ]
    text = memo.sections.get().text.replace("\u00a0", " ")
    assert text == "Det gick cirka 50 miljoner kronor per år till föreningar."
    edition.refresh_from_db()
    assert edition.memo == memo
    with pytest.raises(MemoNotPossibleError):
        memo_from(edition, by=officer, at=NOW)


def test_memo_from_needs_a_template(edition, officer):
    with pytest.raises(MemoNotPossibleError):
        memo_from(edition, by=officer, at=NOW)

    assert not Memo.objects.exists()


def report(edition, **options):
    out = StringIO()
    call_command(
        "sector_report",
        municipality=edition.municipality.name,
        first=edition.year_from,
        last=edition.year_to,
        stdout=out,
        **options,
    )
    return out.getvalue()


def test_sector_report_writes_json_excel_and_pdf(edition, grant, tmp_path):
    data = json.loads(report(edition))
    report(edition, format="pdf", output=str(tmp_path / "r.pdf"))
    report(edition, format="xlsx", output=str(tmp_path / "r.xlsx"))

    assert data["figures"][0]["computed"] == "50000.00"
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")


def test_sector_report_says_when_there_is_no_such_edition(edition):
    other = EditionFactory(year_from=2020, year_to=2021)
    other.series.municipality = edition.municipality
    other.year_from = 1999

    with pytest.raises(CommandError, match="no edition"):
        report(other)
