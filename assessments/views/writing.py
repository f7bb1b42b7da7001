"""Writing an assessment: begin it, judge, answer and choose the form."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from assessments.actions import (
    AssessmentFrozenError,
    JudgementRefusedError,
    save_assessment,
    start_assessment,
)
from assessments.forms import (
    AssessmentCreateForm,
    AssessmentForm,
    FormAnswerFormSet,
    JudgementFormSet,
    LegalAnswerFormSet,
)
from assessments.models import Assessment, result_of
from assessments.views.access import assessment_to
from assessments.words import actor_words
from dialogues.models import Dialogue
from partnerships.access import role_required
from partnerships.whole_numbers import whole_number


@role_required("assessments.add_assessment")
def assessment_create(request):
    """Begin an assessment, usually from a dialogue (`?dialogue=`)."""
    dialogue = _chosen_dialogue(request)
    initial = (
        {"dialogue": dialogue, "subject": dialogue.subject, "committee": dialogue.committee_id}
        if dialogue
        else {}
    )
    form = AssessmentCreateForm(
        request.POST or None,
        instance=Assessment(created_by=request.user),
        initial=initial,
        user=request.user,
        today=localdate(),
    )
    if form.is_valid():
        assessment = form.save(commit=False)
        assessment.diary_number = assessment.dialogue.diary_number if assessment.dialogue else ""
        start_assessment(assessment, by=request.user)
        return redirect("assessments:assessment_edit", pk=assessment.pk)
    context = {"form": form, "dialogue": dialogue}
    return render(request, "assessments/assessment_create.html", context)


@role_required("assessments.change_assessment")
def assessment_edit(request, pk):
    """Judge each criterion, answer each question, choose the form."""
    assessment = assessment_to(request, "assessments.change_assessment", pk)
    if not assessment.is_draft:
        messages.error(request, _("The assessment is confirmed and is not changed."))
        return redirect(assessment)
    actor = actor_words(assessment, result_of(assessment))
    data = request.POST or None
    form = AssessmentForm(data, instance=assessment, user=request.user)
    judgements = JudgementFormSet(
        data,
        instance=assessment,
        prefix="judgements",
        form_kwargs={"allows_partly": assessment.criteria_set.allows_partly},
    )
    answers = {
        "forms": FormAnswerFormSet(data, instance=assessment, prefix="forms"),
        "legal": LegalAnswerFormSet(data, instance=assessment, prefix="legal"),
    }
    every = [form, judgements, *answers.values()]
    if data and all([each.is_valid() for each in every]):  # noqa: C419  (all of them, so that all complain)
        try:
            save_assessment(
                form.save(commit=False),
                judged=judgements.save(commit=False),
                answers=[row for rows in answers.values() for row in rows.save(commit=False)],
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except (AssessmentFrozenError, JudgementRefusedError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The assessment is saved."))
            return redirect(assessment)
    context = {
        "assessment": assessment,
        "actor": actor,
        "form": form,
        "judgements": judgements,
        "answers": answers,
    }
    return render(request, "assessments/assessment_edit.html", context)


def _chosen_dialogue(request) -> Dialogue | None:
    """The dialogue that the page was opened from, when the user may read it."""
    pk = whole_number(request.POST.get("dialogue") or request.GET.get("dialogue") or "")
    if pk is None:
        return None
    dialogues = Dialogue.objects.visible_to(request.user).select_related("partner", "project")
    return get_object_or_404(dialogues, pk=pk)
