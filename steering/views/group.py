"""The groups of an agreement, and one of them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.access import role_required
from partnerships.rows import asks_for_row, hush, rows_to_keep, with_row_added
from steering.actions import save_group
from steering.documents import history_of
from steering.forms import GroupForm, RoleFormSet
from steering.models import GroupMeeting, GroupTask, SteeringGroup
from steering.views.access import (
    CHANGE,
    VIEW,
    agreement_to_change,
    agreement_to_read,
    group_to_change,
    group_to_read,
)

SHOWN = 5  # meetings on the agreement's page; the group's own page has them all


@require_safe
@role_required(VIEW)
def agreement_steering(request, pk):
    """The groups with their latest meetings and open tasks; also a part of the agreement's page."""
    agreement = agreement_to_read(request, pk)
    meetings = GroupMeeting.objects.filter(group__agreement=agreement).select_related("group")
    tasks = GroupTask.objects.open().filter(meeting__group__agreement=agreement)
    context = {
        "agreement": agreement,
        "groups": agreement.steering_groups.all(),
        "meetings": meetings.prefetch_related("counts")[:SHOWN],
        "tasks": tasks.select_related("responsible", "meeting"),
        "today": localdate(),
        "may_change": request.user.has_perm(CHANGE, agreement),
    }
    fragment = "steering/partials/agreement_steering.html"
    return render(
        request, fragment if request.htmx else "steering/agreement_steering.html", context
    )


@role_required(CHANGE)
def group_create(request, pk):
    """Register a group that steers the agreement."""
    return _edit(request, SteeringGroup(agreement=agreement_to_change(request, pk)))


@require_safe
@role_required(VIEW)
def group_detail(request, pk):
    """The group with its roles, its meetings and its tasks."""
    group = group_to_read(request, pk)
    tasks = GroupTask.objects.filter(meeting__group=group)
    context = {
        "group": group,
        "roles": group.roles.all(),
        "meetings": group.meetings.prefetch_related("counts"),
        "tasks": tasks.select_related("responsible", "meeting", "settled_by"),
        "today": localdate(),
        "may_change": request.user.has_perm(CHANGE, group.agreement),
    }
    return render(request, "steering/group_detail.html", context)


@role_required(CHANGE)
def group_edit(request, pk):
    """Change the group and its roles."""
    return _edit(request, group_to_change(request, pk))


@require_safe
@role_required(VIEW)
def group_history(request, pk):
    """Who changed what, when and why, in the group and its meetings."""
    group = group_to_read(request, pk)
    context = {"group": group, "entries": history_of(group)}
    return render(request, "steering/group_history.html", context)


def _edit(request, group):
    data = with_row_added(request.POST or None)
    form = GroupForm(data, instance=group)
    roles = RoleFormSet(data, instance=group, prefix="roles")
    if asks_for_row(data):
        hush([form, roles])
    elif data and all([form.is_valid(), roles.is_valid()]):
        save_group(
            form.save(commit=False),
            roles=[row.save(commit=False) for row in rows_to_keep(roles)],
            removed=[row.instance for row in roles.deleted_forms if row.instance.pk],
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("The group is saved."))
        return redirect(group)
    context = {"group": group, "agreement": group.agreement, "form": form, "roles": roles}
    return render(request, "steering/group_edit.html", context)
