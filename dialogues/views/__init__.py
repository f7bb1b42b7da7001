from dialogues.views.dialogue import (
    dialogue_close,
    dialogue_create,
    dialogue_detail,
    dialogue_edit,
    dialogue_export,
    dialogue_history,
    dialogue_list,
    dialogue_pdf,
)
from dialogues.views.meeting import meeting_create, meeting_edit, meeting_remove

__all__ = [
    "dialogue_close",
    "dialogue_create",
    "dialogue_detail",
    "dialogue_edit",
    "dialogue_export",
    "dialogue_history",
    "dialogue_list",
    "dialogue_pdf",
    "meeting_create",
    "meeting_edit",
    "meeting_remove",
]
