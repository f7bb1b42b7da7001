from steering.views.group import (
    agreement_steering,
    group_create,
    group_detail,
    group_edit,
    group_history,
)
from steering.views.meeting import (
    meeting_create,
    meeting_detail,
    meeting_edit,
    meeting_issue,
    meeting_pdf,
    meeting_remove,
)
from steering.views.task import task_hand_over, task_resume, task_settle

__all__ = [
    "agreement_steering",
    "group_create",
    "group_detail",
    "group_edit",
    "group_history",
    "meeting_create",
    "meeting_detail",
    "meeting_edit",
    "meeting_issue",
    "meeting_pdf",
    "meeting_remove",
    "task_hand_over",
    "task_resume",
    "task_settle",
]
