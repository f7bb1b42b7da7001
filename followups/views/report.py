"""Reports: begun, read, written by an officer, and received from outside of the portal."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from followups.actions import (
    FollowUpRefusedError,
    open_report,
    register_account,
    save_account,
    save_answers,
)
from followups.answers import (
    answers_of,
    changed,
    changed_since_last_hand_in,
    from_content,
    parts_of,
)
from followups.charts import contribution_charts_until, indicator_charts_until
from followups.checks import missing
from followups.documents import report_pdf as pdf_of_draft
from followups.forms import AccountForm, AnswersForm, AttachmentForm
from followups.models import FollowUpReport
from followups.records import kept_pdf
from followups.states import Step
from followups.views.access import agreement_for, report_for, report_to_read
from partnerships.access import role_required
from partnerships.dates.bounds import check_year

VIEW, CHANGE = "followups.view_followupreport", "followups.change_followupreport"


@require_POST
@role_required(CHANGE)
def report_open(request, pk):
    """Begin the report on a period."""
    agreement = agreement_for(request, pk, CHANGE)
    starts = _day(request.POST.get("period_starts", ""))
    try:
        if starts is None:
            raise FollowUpRefusedError(_("Choose a period that the plan asks for."))
        report = open_report(agreement, period_starts=starts, by=request.user, at=now())
    except FollowUpRefusedError as error:
        messages.error(request, str(error))
        return redirect("followups:agreement_follow_up", pk=agreement.pk)
    messages.success(
        request, _("The report is begun. Send the partner a link, or write it yourself.")
    )
    return redirect(report)


@require_safe
@role_required(VIEW)
def report_detail(request, pk):
    """The report with everything that has been done with it."""
    report = report_to_read(request, pk)
    user, agreement = request.user, report.agreement
    may_change = user.has_perm(CHANGE, agreement)
    context = {
        "report": report,
        "changes": changed_since_last_hand_in(report),
        "charts": [*indicator_charts_until(report), *contribution_charts_until(report)],
        "parts": {part.key: part.heading for part in parts_of(report)},
        "attachments": [file for file in report.attachments.all() if file.removed_at is None],
        "events": report.events.select_related("by"),
        "links": report.links.select_related("created_by"),
        "now": now(),
        "missing": missing(report) if report.is_open and may_change else [],
        "may_change": may_change,
        "may_link": user.has_perm("followups.manage_reportlink", agreement),
        "may_approve": user.has_perm("followups.approve_followupreport", agreement),
        "can": {
            step.value: report.can(step)
            for step in (Step.SUBMIT, Step.APPROVE, Step.SKIP, Step.RESUME)
        },
        "attachment_form": AttachmentForm(),
    }
    return render(request, "followups/report_detail.html", context)


@role_required(CHANGE)
def report_edit(request, pk):
    """Write the report for the partner."""
    report = report_for(request, pk, CHANGE)
    if not report.is_open:
        messages.error(
            request, _("The report has been handed in, and is not changed until it is returned.")
        )
        return redirect(report)
    form = AnswersForm(request.POST or None, report=report)
    if form.is_valid():
        try:
            save_answers(report, form.draft(), seen=form.seen(), by=request.user)
        except FollowUpRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The report is saved."))
            return redirect(report)
    return render(request, "followups/report_edit.html", {"report": report, "form": form})


@require_safe
@role_required(VIEW)
def report_pdf(request, pk):
    """The approved report as it was kept; another as it stands."""
    report = report_to_read(request, pk)
    if report.is_account:
        raise Http404
    content = kept_pdf(report) if report.pdf else pdf_of_draft(report)
    name = f"uppfoljning-{report.agreement_id}-{report.period_ends.isoformat()}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@require_safe
@role_required(VIEW)
def version_detail(request, pk, number):
    """The report as it was handed in, beside what it says now."""
    report = report_to_read(request, pk)
    version = get_object_or_404(report.versions.select_related("handed_in_by"), number=number)
    answers = from_content(version.content)
    context = {
        "report": report,
        "version": version,
        "answers": answers,
        "changes": changed(answers, answers_of(report)),
        "now_says": {answer.key: answer.text for answer in answers_of(report)},
    }
    return render(request, "followups/version_detail.html", context)


@role_required(CHANGE)
def account_create(request, pk):
    """Register an account that the partner gave outside of the portal."""
    agreement = agreement_for(request, pk, CHANGE)
    form = AccountForm(request.POST or None, instance=FollowUpReport(agreement=agreement))
    if form.is_valid():
        report = register_account(form.save(commit=False), by=request.user, at=now())
        messages.success(request, _("The account is registered."))
        return redirect(report)
    return render(request, "followups/account_edit.html", {"agreement": agreement, "form": form})


@role_required(CHANGE)
def account_edit(request, pk):
    """Correct what is registered of an account."""
    report = report_for(request, pk, CHANGE)
    if not report.is_account:
        raise Http404
    form = AccountForm(request.POST or None, instance=report)
    if form.is_valid():
        save_account(form.save(commit=False), by=request.user)
        messages.success(request, _("The account is saved."))
        return redirect(report)
    context = {"agreement": report.agreement, "report": report, "form": form}
    return render(request, "followups/account_edit.html", context)


def _day(text):
    """The day; None for what is none, or is in a year that nobody means."""
    try:
        day = parse_date(text)
        check_year(day, is_required=True)
    except (ValueError, ValidationError):
        return None
    return day
