"""Assessments: find, read, confirm, fetch and discard."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments import checks
from assessments.actions import (
    AssessmentFrozenError,
    AssessmentNotConfirmableError,
    JudgementRefusedError,
    check_confirmable,
    check_draft,
    confirm_assessment,
    discard_assessment,
)
from assessments.documents import assessment_document, history_of, subject_name
from assessments.forms import AssessmentFilter
from assessments.models import Assessment, result_of
from assessments.records import pdf_of
from assessments.views.access import assessment_to, assessment_to_read
from assessments.words import outcome_words
from partnerships.access import role_required
from partnerships.confirmation import Confirmation, ask_before_discarding, ask_first
from partnerships.documents import DocumentRefusedError
from partnerships.downloads import table_response
from partnerships.pagination import page_of


@require_safe
@role_required("assessments.view_assessment")
def assessment_list(request):
    """The assessments the user may read, newest first."""
    form = AssessmentFilter(request.GET)
    assessments = form.filtered(Assessment.objects.visible_to(request.user))
    page = page_of(
        assessments.select_related(
            "committee", "partner", "project", "criteria_set", "confirmed_by"
        ),
        key="pk",
        descending=True,
        cursor=request.GET.get("page", ""),
    )
    context = {
        "form": form,
        "page": page,
        "may_assess": request.user.has_perm("assessments.add_assessment"),
    }
    return render(request, "assessments/assessment_list.html", context)


@require_safe
@role_required("assessments.view_assessment")
def assessment_export(request, file_type):
    """What the filter lets through, every row of it, as CSV or XLSX."""
    found = AssessmentFilter(request.GET).filtered(Assessment.objects.visible_to(request.user))
    related = "committee", "partner", "project", "criteria_set", "confirmed_by"
    headings = [
        _("Partner"), _("Project"), _("Criteria set"), _("Confirmed"), _("Confirmed by"),
        _("Committee"),
    ]  # fmt: skip
    rows = (
        [
            str(row.partner),
            str(row.project or ""),
            str(row.criteria_set),
            localtime(row.confirmed_at).date() if row.confirmed_at else None,
            str(row.confirmed_by or ""),
            str(row.committee),
        ]
        for row in found.select_related(*related).order_by("-pk")
    )
    name = f"bedomningar-{localdate().isoformat()}"
    return table_response(file_type, name, title=_("Assessments"), headings=headings, rows=rows)


@require_safe
@role_required("assessments.view_assessment")
def assessment_detail(request, pk):
    """The assessment as it is or will be printed, with what it lacks."""
    assessment = assessment_to_read(request, pk)
    user, is_draft = request.user, assessment.is_draft
    may_change = is_draft and user.has_perm("assessments.change_assessment", assessment)
    result = result_of(assessment)
    context = {
        "assessment": assessment,
        "subject": subject_name(assessment),
        "result": result,
        "outcome": outcome_words(result),
        "document": assessment_document(assessment),
        "missing": checks.missing(assessment) if may_change else [],
        "remarks": checks.remarks(assessment) if may_change else [],
        "may_change": may_change,
        "may_confirm": is_draft and user.has_perm("assessments.confirm_assessment", assessment),
    }
    return render(request, "assessments/assessment_detail.html", context)


@require_safe
@role_required("assessments.view_assessment")
def assessment_history(request, pk):
    """Who changed what, when and why, in the assessment."""
    assessment = assessment_to_read(request, pk)
    context = {"assessment": assessment, "entries": history_of(assessment)}
    return render(request, "assessments/assessment_history.html", context)


@require_safe
@role_required("assessments.view_assessment")
def assessment_pdf(request, pk):
    """The assessment as PDF."""
    assessment = assessment_to_read(request, pk)
    response = HttpResponse(pdf_of(assessment), content_type="application/pdf")
    name = slugify(f"bedomning {assessment.diary_number} {subject_name(assessment)}")[:120]
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@role_required("assessments.confirm_assessment")
def assessment_confirm(request, pk):
    """Confirm the assessment in one's own name, once the user has been asked."""
    assessment = assessment_to(request, "assessments.confirm_assessment", pk)
    try:
        if request.method != "POST":
            check_confirmable(assessment)
            return ask_first(request, _confirming(assessment))
        confirm_assessment(assessment, by=request.user, at=now())
    except (
        AssessmentFrozenError,
        AssessmentNotConfirmableError,
        JudgementRefusedError,
        DocumentRefusedError,
    ) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The assessment is confirmed and its document is issued."))
    return redirect(assessment)


@role_required("assessments.change_assessment")
def assessment_discard(request, pk):
    """Remove a draft that came to nothing, once the user has been asked."""
    assessment = assessment_to(request, "assessments.change_assessment", pk)
    try:
        if request.method != "POST":
            check_draft(assessment)
            return ask_before_discarding(
                request, str(assessment), back=assessment.get_absolute_url()
            )
        discard_assessment(assessment, by=request.user)
    except AssessmentFrozenError as error:
        messages.error(request, str(error))
        return redirect(assessment)
    messages.success(request, _("The draft is discarded. Its history is kept."))
    return redirect("assessments:assessment_list")


def _confirming(assessment):
    result = result_of(assessment)
    consequences = [
        _(
            "The assessment becomes a permanent record in your name, and is not changed any more. A corrected assessment is a new one."
        ),
        _("The result is: %(result)s.") % {"result": result.outcome.label},
    ]
    if result.not_assessed:
        consequences.append(
            _("%(count)s of %(all)s criteria are not assessed, and the document says so.")
            % {"count": len(result.not_assessed), "all": len(result.judged)}
        )
    return Confirmation(
        _("Confirm in my name"),
        str(assessment),
        assessment.get_absolute_url(),
        consequences,
        is_removal=False,
    )
