"""A report through the officer's pages: begun, handed in, returned, decided; links and files."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from accounts.permissions import Role
from followups.actions import AnswersDraft, Hand, Seen, save_answers, submit_report
from followups.models import FollowUpReport
from followups.records import happenings
from followups.states import State
from partnerships.together import ask
from tests.accounts.factories import member_of
from tests.followups.conftest import edition_of, hand_in, text_of, url
from tests.followups.factories import AT, IndicatorFactory, report_on
from tests.followups.test_uploads import PDF
from tests.pdf_checks.sight import page_texts

pytestmark = pytest.mark.django_db


def test_the_periods_that_nobody_has_begun_are_offered_and_begun(signed_in, plan, time_machine):
    time_machine.move_to("2025-06-01 12:00Z")
    page = text_of(signed_in.get(url("agreement_follow_up", plan.agreement_id)))
    assert "2024-01-01 – 2024-12-31" in page
    assert "försenad" in page

    address = url("report_open", plan.agreement_id)
    response = signed_in.post(address, {"period_starts": "2024-01-01"})

    report = FollowUpReport.objects.get()
    assert response.url == report.get_absolute_url()
    for wrong in ("2024-01-01", "2024-02-01", "x", ""):
        signed_in.post(address, {"period_starts": wrong})
    assert FollowUpReport.objects.count() == 1


def test_an_officer_writes_and_hands_in_what_came_another_way(signed_in, report):
    first, second = report.values.all()
    typed = {
        "edition": report.edition,
        f"value-{first.pk}": "30",
        f"value_comment-{first.pk}": "",
        f"value-{second.pk}": "",
        f"value_comment-{second.pk}": "Mättes inte.",
        f"text-{report.answers.get().pk}": "Bra.",
        "deviations": "",
    }
    signed_in.post(url("report_edit", report.pk), typed)

    signed_in.post(url("report_submit", report.pk), {"name": "Eva Exempel, med e-post"})

    version = FollowUpReport.objects.get().versions.get()
    assert version.who == "Eva Exempel, med e-post"
    assert [row["text"] for row in version.content][:2] == ["30 personer", "Mättes inte."]
    assert "delvis mätbar" in text_of(signed_in.get(report.get_absolute_url()))
    assert signed_in.get(url("report_edit", report.pk)).status_code == 302


def test_returned_resubmitted_and_approved_on_the_pages(signed_in, officer, report):
    hand_in(report, officer)
    refused = signed_in.post(url("report_return", report.pk), {"reason": "", "parts": []})
    assert refused.status_code == 200
    signed_in.post(
        url("report_return", report.pk),
        {"reason": "Förklara siffran.", "parts": ["figures"], **edition_of(report)},
    )
    page = text_of(signed_in.get(report.get_absolute_url()))
    assert "Förklara siffran." in page
    assert "Ska kompletteras: Siffror" in " ".join(page.split())

    fresh = FollowUpReport.objects.get()
    value = fresh.values.first()
    draft = AnswersDraft(values={value.pk: (Decimal(22), "Räknat om.")})
    save_answers(fresh, draft, seen=Seen(fresh.edition), by=officer)
    submit_report(fresh, hand=Hand(officer, AT))
    page = text_of(signed_in.get(report.get_absolute_url()))
    assert "1 svar skiljer sig" in page
    assert "21 personer" in page

    signed_in.post(url("report_approve", report.pk), {"note": "Tack.", **edition_of(report)})

    done = FollowUpReport.objects.get()
    assert (done.state, done.decided_by, done.reason) == (State.APPROVED, officer, "Tack.")
    pdf = signed_in.get(url("report_pdf", report.pk))
    assert pdf["Content-Type"] == "application/pdf"
    printed = "".join(page_texts(pdf.content))
    assert "22 personer" in printed
    assert "Tack." in printed
    version = text_of(signed_in.get(url("version_detail", report.pk, 1)))
    assert "21 personer" in version
    assert "22 personer" in version
    assert signed_in.get(url("version_detail", report.pk, 9)).status_code == 404


def test_a_step_that_is_not_possible_gets_a_sentence(signed_in, report):
    response = signed_in.post(url("report_approve", report.pk), {"note": ""})

    assert "Rapporten är nu ”skrivs”" in text_of(response)
    assert FollowUpReport.objects.get().state == State.DRAFT


@pytest.mark.parametrize(
    ("name", "state"), [("report_reject", "not_approved"), ("report_skip", "skipped")]
)
def test_a_report_is_refused_or_skipped_with_a_reason(signed_in, officer, report, name, state):
    if name == "report_reject":
        hand_in(report, officer)
    assert signed_in.post(url(name, report.pk), {"reason": " "}).status_code == 200

    signed_in.post(url(name, report.pk), {"reason": "Stämmer inte.", **edition_of(report)})

    assert FollowUpReport.objects.get().state == state
    assert "Stämmer inte." in text_of(signed_in.get(report.get_absolute_url()))
    if state == "skipped":
        signed_in.post(url("report_resume", report.pk))
        assert FollowUpReport.objects.get().state == State.DRAFT


def test_a_link_is_sent_taken_back_and_sent_again_on_return(
    signed_in, officer, report, mailoutbox, django_capture_on_commit_callbacks
):
    wrong = signed_in.post(url("link_send", report.pk), {"recipient": "x", "language": "sv"})
    assert wrong.status_code == 200
    typed = {"recipient": "f@example.org", "language": "sv", "days": "14", "message": ""}
    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(url("link_send", report.pk), typed)
    link = report.links.get()
    signed_in.post(url("link_revoke", link.pk))
    link.refresh_from_db()
    assert link.revoked_at

    hand_in(report, officer)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(
            url("report_return", report.pk),
            {"reason": "Mer.", "parts": ["figures"], "sends_link": "on", **edition_of(report)},
        )

    assert [letter.to for letter in mailoutbox] == [["f@example.org"]] * 2
    assert "Mer." in mailoutbox[-1].body
    assert report.links.count() == 2


def test_an_account_is_registered_corrected_and_told_as_not_measurable(signed_in, agreement):
    address = url("account_create", agreement.pk)
    assert signed_in.post(address, {"received_on": "", "account": ""}).status_code == 200

    signed_in.post(address, {"received_on": "hösten 2018", "account": "De berättade."})

    account = FollowUpReport.objects.get()
    assert "ej mätbar" in text_of(signed_in.get(account.get_absolute_url()))
    signed_in.post(
        url("account_edit", account.pk), {"received_on": "2018", "account": "De berättade mer."}
    )
    account.refresh_from_db()
    assert (str(account.received_on), account.account) == ("2018", "De berättade mer.")
    assert signed_in.get(url("report_pdf", account.pk)).status_code == 404
    file = SimpleUploadedFile("redogörelse.pdf", PDF)
    signed_in.post(url("attachment_add", account.pk), {"file": file})
    assert account.attachments.get().name == "redogörelse.pdf"


def test_an_officers_files_are_checked_fetched_and_taken_away(signed_in, report):
    bad = SimpleUploadedFile("a.pdf", b"<script>")
    assert "är inte den" in text_of(
        signed_in.post(url("attachment_add", report.pk), {"file": bad}, follow=True)
    )
    assert "Välj en fil" in text_of(signed_in.post(url("attachment_add", report.pk), follow=True))
    signed_in.post(url("attachment_add", report.pk), {"file": SimpleUploadedFile("a.pdf", PDF)})
    kept = report.attachments.get()

    fetched = signed_in.get(url("attachment_fetch", kept.pk))
    assert fetched["Content-Disposition"] == 'attachment; filename="a.pdf"'

    signed_in.post(url("attachment_remove", kept.pk))
    kept.refresh_from_db()
    assert kept.removed_at


def test_text_from_the_partner_is_shown_as_text(signed_in, officer, report):
    answer = report.answers.get()
    draft = AnswersDraft(texts={answer.pk: "<script>alert(1)</script>"}, deviations="<b>x</b>")
    save_answers(report, draft, seen=Seen(report.edition), by=None)

    page = text_of(signed_in.get(report.get_absolute_url()))

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>x</b>" not in page


@pytest.mark.parametrize("role", [Role.READER, Role.SECRETARY])
def test_a_reader_reads_and_sees_no_buttons(client, committee, report, role):
    client.force_login(member_of(committee, role))

    page = text_of(client.get(report.get_absolute_url()))

    for word in ("Skriv åt parten", "Skicka en länk", "Hoppa över", "Bifoga filen"):
        assert word not in page


def test_an_approved_report_is_a_document_of_record_and_on_the_timeline(
    signed_in, officer, report, tmp_path
):
    hand_in(report, officer)
    signed_in.post(url("report_approve", report.pk), {"note": "", **edition_of(report)})
    report.refresh_from_db()

    listed = StringIO()
    call_command("documents", stdout=listed)
    path = tmp_path / "report.pdf"
    call_command("render_document", f"followup-{report.pk}", output=path, stdout=StringIO())

    assert f"followup-{report.pk}" in listed.getvalue()
    with report.pdf.open("rb") as file:
        assert path.read_bytes() == file.read()
    told = ask(happenings(report.agreement, officer))
    assert [(row.label, row.note) for row in told] == [
        ("Rapport 2024-01-01 – 2024-12-31", "godkänd")
    ]


def test_one_report_page_costs_a_bounded_number_of_queries(
    signed_in, plan, django_assert_max_num_queries
):
    for _each in range(6):
        IndicatorFactory(plan=plan)
    report = report_on(plan)

    with django_assert_max_num_queries(30):
        signed_in.get(report.get_absolute_url())
