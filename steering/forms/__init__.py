from steering.forms.group import GroupForm, RoleFormSet
from steering.forms.meeting import (
    CountFormSet,
    DecisionFormSet,
    MeetingForm,
    RemoveForm,
    TaskFormSet,
)
from steering.forms.task import HandOverForm, SettleForm

__all__ = [
    "CountFormSet",
    "DecisionFormSet",
    "GroupForm",
    "HandOverForm",
    "MeetingForm",
    "RemoveForm",
    "RoleFormSet",
    "SettleForm",
    "TaskFormSet",
]
