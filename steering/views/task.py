"""The tasks that a group gave: settled, taken up again, and handed over."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerships.access import role_required
from steering.actions import TaskNotChangeableError, hand_over_task, resume_task, settle_task
from steering.forms import HandOverForm, SettleForm
from steering.views.access import CHANGE, VIEW, task_to_change, task_to_settle


@role_required(VIEW)
def task_settle(request, pk):
    """Say that the task is done, or dropped and why."""
    task = task_to_settle(request, pk)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        try:
            settle_task(task, by=request.user, at=now(), **form.cleaned_data)
        except TaskNotChangeableError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The task is settled."))
            return redirect(task)
    return render(request, "steering/task_settle.html", {"task": task, "form": form})


@require_POST
@role_required(CHANGE)
def task_resume(request, pk):
    """Take a settled task up again."""
    task = task_to_change(request, pk)
    try:
        resume_task(task, by=request.user)
    except TaskNotChangeableError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The task is taken up again."))
    return redirect(task)


@role_required(CHANGE)
def task_hand_over(request, pk):
    """Give the task another day or somebody else."""
    task = task_to_change(request, pk)
    form = HandOverForm(request.POST or None, instance=task, user=request.user)
    if form.is_valid():
        try:
            hand_over_task(
                form.save(commit=False), by=request.user, reason=form.cleaned_data["reason"]
            )
        except TaskNotChangeableError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The task is changed."))
            return redirect(task)
    return render(request, "steering/task_hand_over.html", {"task": task, "form": form})
