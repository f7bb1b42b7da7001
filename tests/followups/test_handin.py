"""Behind the partner's link: a report is written and handed in, with files and a receipt."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from followups.models import Attachment, FollowUpReport
from followups.states import State
from tests.followups.conftest import answers, page_of
from tests.followups.factories import AttachmentFactory, report_on
from tests.followups.test_uploads import PDF

pytestmark = pytest.mark.django_db


def test_what_is_written_is_saved_and_stays(partner, report):
    response = partner.post(page_of(report), answers(report), follow=True)

    assert "Det du har skrivit är sparat." in response.content.decode()
    assert 'value="3,5"' in response.content.decode()
    assert [row.value for row in report.values.all()] == [25, 3.5]
    assert (
        report.values.model.history.exclude(history_user=None).count() == 2
    )  # begun by the officer


def test_writing_on_is_saved_as_one_goes_and_says_what_cannot_be_read(partner, report):
    first, second = report.values.all()
    typed = answers(report, **{f"value-{first.pk}": "många"})

    response = partner.post(reverse("followups:handin_save", args=[report.pk]), typed)

    text = response.content.decode()
    assert "Sparat" in text
    assert "utom: Deltagare, Utfall (personer)" in text
    assert f'value="{report.edition + 1}"' in text
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.value, str(second.value)) == (None, "3.5000")


def test_bad_figures_get_a_sentence_keep_what_was_typed_and_change_nothing(partner, report):
    first, _second = report.values.all()
    typed = answers(report, deviations="Ny text", **{f"value-{first.pk}": "många"})

    text = partner.post(page_of(report), typed).content.decode()

    assert "siffror" in text
    assert f'href="#id_value-{first.pk}">{first.indicator.name}, Utfall (personer): ' in text
    assert 'value="många"' in text
    assert FollowUpReport.objects.get().deviations == ""


def test_somebody_elses_save_is_not_overwritten(partner, report):
    stale = answers(report, page="annan")
    partner.post(page_of(report), answers(report))

    text = partner.post(page_of(report), {**stale, "deviations": "Gammalt"}).content.decode()

    assert "Någon annan har sparat" in text
    assert "Gammalt" in text
    assert FollowUpReport.objects.get().deviations == "Inga."


def test_handing_in_keeps_a_version_and_sends_a_receipt(partner, report, mailoutbox):
    response = partner.post(page_of(report), answers(report, step="submit", name="Eva Exempel"))

    assert response.status_code == 302
    done = FollowUpReport.objects.get()
    version = done.versions.get()
    assert (done.state, version.who) == (State.SUBMITTED, "Eva Exempel")
    assert {"25 personer", "Det gick bra."} <= {row["text"] for row in version.content}
    receipt = mailoutbox[-1]
    assert receipt.to == ["forening@example.org"]
    assert receipt.attachments[0].content.startswith(b"%PDF-")
    assert receipt.extra_headers["Message-ID"] == version.receipt.message_id
    assert version.receipt.sent_at
    page = partner.get(page_of(report)).content.decode()
    assert "Inlämnad" in page
    assert "<textarea" not in page
    again = partner.get(reverse("followups:handin_receipt", args=[report.pk]))
    assert again.content == receipt.attachments[0].content


def test_handing_in_twice_makes_one_version(partner, report):
    typed = answers(report, step="submit", name="Eva Exempel")
    partner.post(page_of(report), typed)

    response = partner.post(page_of(report), typed)

    assert "ändras inte förrän den återlämnas" in response.content.decode()
    assert FollowUpReport.objects.get().versions.count() == 1


def test_what_is_lacking_is_said_and_nothing_is_handed_in(partner, report):
    first, _second = report.values.all()
    lacking = answers(report, step="submit", name="Eva", **{f"value-{first.pk}": ""})
    nameless = answers(report, step="submit", name="")

    assert "skriv siffran" in partner.post(page_of(report), lacking).content.decode()
    nameless["edition"] = FollowUpReport.objects.get().edition
    text = partner.post(page_of(report), nameless).content.decode()
    assert '<li><a class="ds-link" href="#id_name">Ditt namn: Skriv ditt namn' in text
    assert text.count("Skriv ditt namn") == 2  # above the form and at the box
    assert FollowUpReport.objects.get().state == State.DRAFT


def test_a_file_is_added_fetched_as_a_download_and_taken_away(partner, report):
    file = SimpleUploadedFile("../Bilaga å.pdf", PDF, "text/html")
    partner.post(page_of(report), {**answers(report, step="add"), "file": file})

    kept = Attachment.objects.get()
    assert kept.name == "Bilaga å.pdf"
    assert re.fullmatch(r"followups/attachments/[0-9a-f]{32}\.pdf", kept.file.name)
    fetched = partner.get(reverse("followups:handin_file", args=[report.pk, kept.pk]))
    assert fetched["Content-Disposition"].startswith("attachment")
    assert fetched["X-Content-Type-Options"] == "nosniff"
    assert (fetched["Content-Type"], fetched.content) == ("application/pdf", PDF)

    partner.post(page_of(report), answers(report, step=f"take-away-{kept.pk}"))

    assert (
        partner.get(reverse("followups:handin_file", args=[report.pk, kept.pk])).status_code == 404
    )


def test_a_disguised_file_gets_a_sentence_and_changes_nothing(partner, report):
    file = SimpleUploadedFile("rapport.pdf", b"<html><script>alert(1)</script>", "application/pdf")

    response = partner.post(page_of(report), {**answers(report, step="add"), "file": file})

    assert "inte den PDF-fil" in response.content.decode()
    assert not Attachment.objects.exists()
    assert FollowUpReport.objects.get().edition == report.edition


def test_another_reports_file_is_not_reached(partner, report):
    foreign = AttachmentFactory(report=report_on())

    response = partner.get(reverse("followups:handin_file", args=[report.pk, foreign.pk]))

    assert response.status_code == 404
    partner.post(page_of(report), answers(report, step=f"take-away-{foreign.pk}"))
    foreign.refresh_from_db()
    assert foreign.removed_at is None


def test_another_reports_rows_are_not_written(partner, report):
    foreign = report_on().values.first()

    partner.post(page_of(report), {**answers(report), f"value-{foreign.pk}": "999"})

    foreign.refresh_from_db()
    assert foreign.value is None


def test_the_partner_reaches_nothing_else(partner, report):
    for name in ("report_detail", "report_edit", "report_pdf", "report_approve"):
        response = partner.get(reverse(f"followups:{name}", args=[report.pk]))
        assert response.status_code == 302
        assert response.url.startswith(reverse("accounts:sign_in"))


def test_the_partners_pages_are_kept_by_nobody(partner, report, address):
    for path in (page_of(report), address):
        assert "no-store" in partner.get(path)["Cache-Control"]
