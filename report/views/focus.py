"""The special focus: what the offices are asked, and what they answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from partnerships.access import require, role_required
from partnerships.rows import asks_for_row, hush, with_row_added
from report.actions import EditionFrozenError, answer_questions, save_focus
from report.forms import AnswerForm, AskedFormSet, FocusForm, QuestionFormSet, list_draft
from report.models import AskedOffice
from report.views.edition import edition_of


@role_required("report.change_edition")
def focus_edit(request, pk):
    """Say what is asked, whom, and by when they answer."""
    edition = edition_of(request, pk)
    if not edition.is_draft:
        messages.error(request, _("The board has noted the edition, and it is not changed."))
        return redirect(edition)
    data = with_row_added(request.POST or None)
    form = FocusForm(data, instance=edition)
    questions = QuestionFormSet(data, instance=edition, prefix="questions")
    asked = AskedFormSet(data, instance=edition, prefix="asked")
    if asks_for_row(data):
        hush([form, questions, asked])
    elif data and all([form.is_valid(), questions.is_valid(), asked.is_valid()]):
        try:
            save_focus(
                form.save(commit=False),
                questions=list_draft(questions),
                asked=list_draft(asked),
                by=request.user,
            )
        except EditionFrozenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The questions are saved. They are on the worklists now."))
            return redirect(edition)
    context = {"edition": edition, "form": form, "questions": questions, "asked": asked}
    return render(request, "report/focus_edit.html", context)


@role_required("report.answer_question")
def focus_answer(request, pk):
    """Answer for an office."""
    rows = AskedOffice.objects.visible_to(request.user).select_related(
        "edition__series__municipality", "committee", "office", "answered_by"
    )
    asked = get_object_or_404(rows, pk=pk)
    require(request.user, "report.answer_question", asked)
    if not asked.edition.is_draft:
        messages.error(request, _("The board has noted the edition, and it is not changed."))
        return redirect(asked.edition)
    form = AnswerForm(request.POST or None, asked=asked)
    if form.is_valid():
        try:
            answer_questions(asked, form.texts(), by=request.user, at=now())
        except EditionFrozenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The answers are saved."))
            return redirect(asked.edition)
    context = {"asked": asked, "form": form, "is_late": asked.is_late(localdate())}
    return render(request, "report/focus_answer.html", context)
