from steering.models.group import GroupRole, Side, SteeringGroup
from steering.models.meeting import GroupDecision, GroupMeeting, MeetingCount
from steering.models.task import GroupTask

__all__ = [
    "GroupDecision",
    "GroupMeeting",
    "GroupRole",
    "GroupTask",
    "MeetingCount",
    "Side",
    "SteeringGroup",
]
