from worklist.views.personal import calendar_feed, personal
from worklist.views.saved import saved_view_create, saved_view_delete
from worklist.views.worklist import worklist, worklist_export

__all__ = [
    "calendar_feed",
    "personal",
    "saved_view_create",
    "saved_view_delete",
    "worklist",
    "worklist_export",
]
