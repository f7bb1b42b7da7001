"""The agreement, group, meeting or task that a page is about, when the user may see or change it."""

from django.shortcuts import get_object_or_404

from agreements.models import Agreement
from partnerships.access import require
from steering.models import GroupMeeting, GroupTask, SteeringGroup

VIEW, CHANGE = "steering.view_steeringgroup", "steering.change_steeringgroup"


def agreement_to_read(request, pk) -> Agreement:
    """The agreement; 404 when it is not the user's to see."""
    agreements = Agreement.objects.visible_to(request.user)
    return get_object_or_404(agreements.select_related("committee__municipality"), pk=pk)


def agreement_to_change(request, pk) -> Agreement:
    """The same, and 403 when the user may not change its groups."""
    agreement = agreement_to_read(request, pk)
    require(request.user, CHANGE, agreement)
    return agreement


def group_to_read(request, pk) -> SteeringGroup:
    """The group with its agreement; 404 when it is not the user's to see."""
    groups = SteeringGroup.objects.visible_to(request.user).with_agreement()
    return get_object_or_404(groups, pk=pk)


def group_to_change(request, pk) -> SteeringGroup:
    """The same, and 403 when the user may not change it."""
    group = group_to_read(request, pk)
    require(request.user, CHANGE, group.agreement)
    return group


def meeting_to_read(request, pk) -> GroupMeeting:
    """The meeting with its notes; 404 when it is not the user's to see."""
    meetings = GroupMeeting.objects.visible_to(request.user).with_notes()
    return get_object_or_404(meetings, pk=pk)


def meeting_to_change(request, pk) -> GroupMeeting:
    """The same, and 403 when the user may not change it."""
    meeting = meeting_to_read(request, pk)
    require(request.user, CHANGE, meeting.agreement)
    return meeting


def task_to_change(request, pk) -> GroupTask:
    """The task with its meeting; 404 when it is not the user's to see, 403 to change."""
    task = _task_to_read(request, pk)
    require(request.user, CHANGE, task.agreement)
    return task


def task_to_settle(request, pk) -> GroupTask:
    """The same, also for whoever the task was given to by name."""
    task = _task_to_read(request, pk)
    if task.responsible_id != request.user.pk:
        require(request.user, CHANGE, task.agreement)
    return task


def _task_to_read(request, pk) -> GroupTask:
    tasks = GroupTask.objects.visible_to(request.user)
    return get_object_or_404(tasks.select_related("meeting__group__agreement"), pk=pk)
