from meetings.forms.decision import ConditionCheckForm, DecisionForms
from meetings.forms.meeting import (
    AttendeeFormSet,
    ItemForm,
    MeetingCreateForm,
    MeetingForm,
    NumbersForm,
    PutForwardForm,
)
from meetings.forms.minutes import AddressesForm, AdjustForm, NoticeForm
from meetings.forms.proceedings import VoteForm, proceedings_formsets
from meetings.forms.rows import list_draft

__all__ = [
    "AddressesForm",
    "AdjustForm",
    "AttendeeFormSet",
    "ConditionCheckForm",
    "DecisionForms",
    "ItemForm",
    "MeetingCreateForm",
    "MeetingForm",
    "NoticeForm",
    "NumbersForm",
    "PutForwardForm",
    "VoteForm",
    "list_draft",
    "proceedings_formsets",
]
