"""The demo's steering groups: one that a source tells of, and an invented one with tasks."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from accounts.models import User
from agreements.models import Agreement
from partnerships.dates import ApproximateDate
from steering.actions import issue_notes, settle_task
from steering.models import (
    GroupDecision,
    GroupMeeting,
    GroupRole,
    GroupTask,
    MeetingCount,
    SteeringGroup,
)

Keep = Callable[[Any], Any]


def load_steering(facts: dict[str, Any], *, keep: Keep, by: User, at: datetime) -> None:
    """A group with its roles, meetings and tasks. `keep` saves a row as the officer's work."""
    group = keep(
        SteeringGroup(
            agreement=Agreement.objects.get(name=facts["agreement"]),
            name=facts["name"],
            mission=facts.get("mission", ""),
        )
    )
    for role in facts.get("roles", []):
        keep(GroupRole(group=group, **role))
    for row in facts["meetings"]:
        _meeting(group, row, keep=keep, by=by, at=at)


def _meeting(
    group: SteeringGroup, facts: dict[str, Any], *, keep: Keep, by: User, at: datetime
) -> None:
    meeting = keep(
        GroupMeeting(
            group=group,
            held_on=ApproximateDate.parse(facts["held_on"]),
            notes=facts["notes"],
            source=facts.get("source", ""),
            recorded_by=by,
        )
    )
    for row in facts.get("counts", []):
        keep(MeetingCount(meeting=meeting, **row))
    for text in facts.get("decisions", []):
        keep(GroupDecision(meeting=meeting, text=text))
    tasks = [(_task(meeting, row, by), row) for row in facts.get("tasks", [])]
    for task, _row in tasks:
        keep(task)
    if facts.get("is_issued"):
        issue_notes(meeting, by=by, at=at)
    for task, row in tasks:
        if "state" in row:
            state = GroupTask.State(row["state"])
            settle_task(task, state=state, outcome=row["outcome"], by=by, at=at)


def _task(meeting: GroupMeeting, facts: dict[str, Any], by: User) -> GroupTask:
    return GroupTask(
        meeting=meeting,
        text=facts["text"],
        responsible=by if facts.get("officer") else None,
        responsible_role=facts.get("responsible_role", ""),
        due_on=facts["due_on"],
    )
