"""The officer's pages: a plan from a template, a report's steps, and where missing follow-up shows."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from accounts.permissions import Role
from agreements.models import Agreement
from followups.actions import AnswersDraft, Hand, Seen, return_report, save_answers, submit_report
from followups.due import due
from followups.models import FollowUpPlan, FollowUpReport, Indicator
from followups.records import happenings
from followups.states import State
from memos.checks import remarks
from memos.models import Memo
from partnerships.due import due as every_due
from partnerships.together import ask
from tests.accounts.factories import member_of
from tests.agreements.factories import AgreementFactory, ObligationFactory
from tests.followups.factories import (
    AT,
    FollowUpPlanFactory,
    IndicatorFactory,
    PlanTemplateFactory,
    agreement_in_force,
    report_on,
)
from tests.followups.test_uploads import PDF
from tests.memos.factories import MemoFactory
from tests.pdf_checks.sight import page_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(committee):
    return agreement_in_force(committee=committee)


@pytest.fixture
def plan(agreement):
    return FollowUpPlanFactory(agreement=agreement)


@pytest.fixture
def report(plan):
    return report_on(plan)


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def url(name, *args):
    return reverse(f"followups:{name}", args=args)


def text_of(response):
    return response.content.decode()


def hand_in(report, officer):
    fresh = FollowUpReport.objects.with_answers().get(pk=report.pk)
    draft = AnswersDraft(
        values={row.pk: (Decimal(21), "") for row in fresh.values.all()},
        texts={row.pk: "Bra." for row in fresh.answers.all()},
    )
    save_answers(fresh, draft, seen=Seen(fresh.edition), by=officer)
    submit_report(fresh, hand=Hand(officer, AT))
    return fresh


def rows(prefix, *typed, initial=0):
    """A formset's fields."""
    fields = {f"{prefix}-TOTAL_FORMS": len(typed), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(typed):
        fields |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return fields


PLAN = {"rhythm": "year", "counts_from": "calendar", "days_to_hand_in": "30"}
INDICATOR = {"name": "Besökare", "unit": "personer", "direction": "higher", "is_followed": "on"}


def test_a_plan_begins_from_the_municipalitys_template(signed_in, agreement, committee):
    mine = PlanTemplateFactory(municipality=committee.municipality)
    foreign = PlanTemplateFactory()
    page = text_of(signed_in.get(url("plan_create", agreement.pk)))
    assert mine.name in page
    assert foreign.name not in page

    refused = signed_in.post(url("plan_create", agreement.pk), {"template": foreign.pk})
    signed_in.post(url("plan_create", agreement.pk), {"template": mine.pk})

    assert refused.status_code == 200
    plan = FollowUpPlan.objects.get()
    assert plan.indicators.get().target == 20
    assert plan.questions.get().heading == "Hur gick det?"
    again = signed_in.post(url("plan_create", agreement.pk), {"template": ""})
    assert "redan en uppföljningsplan" in text_of(again)


def test_a_plan_is_written_with_an_indicator_tied_to_an_undertaking(signed_in, agreement):
    FollowUpPlanFactory(agreement=agreement, filled=False)
    obligation = ObligationFactory(agreement=agreement, text="Hålla öppet.")
    typed = {**INDICATOR, "obligation": obligation.pk, "target": "12,5"}

    response = signed_in.post(
        url("plan_edit", agreement.pk),
        PLAN | rows("indicators", typed) | rows("questions") | rows("dates"),
    )

    assert response.status_code == 302
    indicator = Indicator.objects.get()
    assert (indicator.goal, indicator.target) == ("Hålla öppet.", Decimal("12.5"))
    obligation.delete()
    assert Indicator.objects.get().goal == "Hålla öppet."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"indicators-0-goal": ""}, "Välj ett åtagande"),
        ({"indicators-0-direction": "within"}, "både den nedre och den övre"),
        (
            {
                "indicators-0-direction": "within",
                "indicators-0-target": "9",
                "indicators-0-target_to": "3",
            },
            "lägre än den nedre",
        ),
        ({"indicators-0-target_to": "3"}, "Töm fältet"),
        ({"indicators-0-target": "tolv"}, "siffror"),
        ({"days_to_hand_in": "400"}, "366"),
        ({"starts_on": "2020-01-01"}, "Avtalet börjar gälla 2024-01-01"),
        ({"starts_on": "i våras"}, "år-månad-dag"),
        ({"rhythm": "dates"}, "Skriv datumen"),
    ],
)
def test_a_plan_that_makes_no_sense_gets_a_sentence_and_is_not_saved(
    signed_in, agreement, change, sentence
):
    FollowUpPlanFactory(agreement=agreement, filled=False)
    typed = PLAN | rows("indicators", {**INDICATOR, "goal": "Fler."}) | rows("questions")

    response = signed_in.post(url("plan_edit", agreement.pk), typed | rows("dates") | change)

    assert sentence in text_of(response)
    assert not Indicator.objects.exists()


def test_a_reported_indicator_is_not_removed(signed_in, report):
    plan = report.agreement.follow_up_plan
    first = plan.indicators.first()
    typed = {**INDICATOR, "id": first.pk, "goal": first.goal, "DELETE": "on"}

    response = signed_in.post(
        url("plan_edit", report.agreement_id),
        PLAN | rows("indicators", typed, initial=1) | rows("questions") | rows("dates"),
    )

    assert "Avmarkera ”följs”" in text_of(response)
    assert plan.indicators.count() == 2


def test_another_agreements_undertaking_cannot_be_chosen(signed_in, agreement):
    FollowUpPlanFactory(agreement=agreement, filled=False)
    foreign = ObligationFactory()

    signed_in.post(
        url("plan_edit", agreement.pk),
        PLAN
        | rows("indicators", {**INDICATOR, "obligation": foreign.pk})
        | rows("questions")
        | rows("dates"),
    )

    assert not Indicator.objects.exists()


def test_a_changed_target_is_told_in_the_plans_history_with_its_reason(signed_in, plan):
    lists = rows("indicators", {**INDICATOR, "goal": "Fler."}) | rows("questions") | rows("dates")
    signed_in.post(
        url("plan_edit", plan.agreement_id), PLAN | lists | {"reason": "Efter dialog i maj"}
    )

    page = text_of(signed_in.get(url("plan_history", plan.agreement_id)))

    assert "Efter dialog i maj" in page
    assert "Besökare" in page


def test_an_administrator_keeps_the_municipalitys_templates(client, committee):
    client.force_login(member_of(committee, Role.ADMIN))
    mine = PlanTemplateFactory(municipality=committee.municipality)
    foreign = PlanTemplateFactory()
    listed = text_of(client.get(reverse("admin:followups_plantemplate_changelist")))

    assert mine.name in listed
    assert foreign.name not in listed
    form = client.get(reverse("admin:followups_plantemplate_change", args=[mine.pk]))
    assert "Deltagare" in text_of(form)


def test_a_row_is_added_without_saving(signed_in, plan):
    typed = PLAN | rows("indicators") | rows("questions") | rows("dates")

    page = text_of(
        signed_in.post(url("plan_edit", plan.agreement_id), {**typed, "add_row": "indicators"})
    )

    assert 'name="indicators-0-name"' in page
    assert 'role="alert"' not in page


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
        url("report_return", report.pk), {"reason": "Förklara siffran.", "parts": ["figures"]}
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

    signed_in.post(url("report_approve", report.pk), {"note": "Tack."})

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

    signed_in.post(url(name, report.pk), {"reason": "Stämmer inte."})

    assert FollowUpReport.objects.get().state == state
    assert "Stämmer inte." in text_of(signed_in.get(report.get_absolute_url()))
    if state == "skipped":
        signed_in.post(url("report_resume", report.pk))
        assert FollowUpReport.objects.get().state == State.DRAFT


def test_a_link_is_sent_taken_back_and_sent_again_on_return(signed_in, officer, report, mailoutbox):
    wrong = signed_in.post(url("link_send", report.pk), {"recipient": "x", "language": "sv"})
    assert wrong.status_code == 200
    typed = {"recipient": "f@example.org", "language": "sv", "days": "14", "message": ""}
    signed_in.post(url("link_send", report.pk), typed)
    link = report.links.get()
    signed_in.post(url("link_revoke", link.pk))
    link.refresh_from_db()
    assert link.revoked_at

    hand_in(report, officer)
    signed_in.post(
        url("report_return", report.pk),
        {"reason": "Mer.", "parts": ["figures"], "sends_link": "on"},
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


def test_missing_follow_up_shows_on_the_agreement_in_the_register_and_in_the_memo(
    signed_in, agreement, committee
):
    other = agreement_in_force(committee=committee, name="Uppföljt")
    FollowUpPlanFactory(agreement=other)
    AgreementFactory(committee=committee, name="Bara ett utkast")
    memo = Memo.objects.with_parts().get(pk=MemoFactory(agreement=agreement).pk)
    fine = Memo.objects.with_parts().get(pk=MemoFactory(agreement=other).pk)
    register = reverse("agreements:agreement_list")

    page = text_of(signed_in.get(url("agreement_follow_up", agreement.pk), HTTP_HX_REQUEST="true"))

    assert "Uppföljning saknas" in page
    assert "<h1" not in page
    assert text_of(signed_in.get(register)).count("uppföljning saknas") == 1
    found = signed_in.get(register, {"no_followup": "on"}).context["page"].rows
    assert found == [agreement]
    earlier = signed_in.get(register, {"no_followup": "on", "on": "2023-01-01"})
    assert earlier.context["page"].rows == []
    said = [str(remark) for remark in remarks(memo, on=date(2026, 6, 1))]
    assert [text for text in said if text.startswith("Uppföljning saknas")]
    said = [str(remark) for remark in remarks(fine, on=date(2026, 6, 1))]
    assert not [text for text in said if text.startswith("Uppföljning saknas")]


def test_an_agreement_that_ended_without_follow_up_says_so(signed_in, agreement, time_machine):
    Agreement.objects.filter(pk=agreement.pk).update(
        over_possibly=date(2024, 12, 31), over_certainly=date(2024, 12, 31)
    )
    time_machine.move_to("2025-06-01 12:00Z")

    page = text_of(signed_in.get(url("agreement_follow_up", agreement.pk)))

    assert "löpte ut utan en plan" in page


def dues(first, last):
    return [
        (row.on, row.what, row.is_overdue(first))
        for row in ask(due(Agreement.objects.all(), first=first, last=last))
    ]


def test_reports_are_due_late_and_then_to_be_reviewed(officer, plan):
    report = report_on(plan)

    before = dues(date(2025, 1, 1), date(2026, 2, 1))

    assert before == [
        (date(2026, 1, 30), "Uppföljningsrapport ska lämnas in, 2025-01-01 – 2025-12-31", False),
        (date(2025, 1, 30), "Uppföljningsrapport ska lämnas in, 2024-01-01 – 2024-12-31", False),
    ]
    assert dues(date(2025, 3, 1), date(2025, 3, 2))[0][2]
    hand_in(report, officer)
    assert dues(date(2025, 1, 1), date(2025, 6, 1)) == [
        (date(2025, 2, 15), "Uppföljningsrapport att granska, 2024-01-01 – 2024-12-31", False)
    ]
    return_report(report, parts=["figures"], reason="x", hand=Hand(officer, AT))
    assert len(dues(date(2025, 1, 1), date(2025, 6, 1))) == 1


def test_a_due_report_has_the_same_key_before_and_after_it_is_begun(plan):
    first, last = date(2025, 1, 1), date(2025, 6, 1)
    before = {row.key for row in ask(due(Agreement.objects.all(), first=first, last=last))}

    report_on(plan)

    assert {row.key for row in ask(due(Agreement.objects.all(), first=first, last=last))} == before
    assert before <= {
        row.key for row in ask(every_due(Agreement.objects.all(), first=first, last=last))
    }


def test_what_is_due_costs_the_same_for_many_agreements(
    plan, committee, django_assert_max_num_queries
):
    for _each in range(4):
        report_on(FollowUpPlanFactory(agreement=agreement_in_force(committee=committee)))

    with django_assert_max_num_queries(6):
        dues(date(2025, 1, 1), date(2025, 6, 1))


def test_an_approved_report_is_a_document_of_record_and_on_the_timeline(
    signed_in, officer, report, tmp_path
):
    hand_in(report, officer)
    signed_in.post(url("report_approve", report.pk), {"note": ""})
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
