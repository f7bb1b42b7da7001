"""A meeting with what was counted, decided and given somebody to do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.editing import Form, ModelForm, inlineformset_factory
from partnerships.fields import MarkdownFormField
from steering.forms.task import TaskFieldsForm
from steering.models import GroupDecision, GroupMeeting, GroupTask, MeetingCount

MOST_ROWS = 50
SIZES: dict[str, Any] = {
    "extra": 1,
    "max_num": MOST_ROWS,
    "absolute_max": MOST_ROWS + 1,
    "validate_max": True,
}


class MeetingForm(ModelForm):
    """When it was held and what was said."""

    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = GroupMeeting
        fields = ["held_on", "source", "notes"]
        field_classes = {"notes": MarkdownFormField}
        widgets = {"notes": forms.Textarea({"rows": 8})}


class TaskForm(TaskFieldsForm):
    """A task as the meeting gave it."""

    class Meta:
        model = GroupTask
        fields = ["text", "responsible", "responsible_role", "due_on"]
        widgets = {"text": forms.Textarea({"rows": 2})}
        help_texts = {"responsible_role": ""}


CountFormSet = inlineformset_factory(
    GroupMeeting,
    MeetingCount,
    fields=["amount", "counted", "scope", "is_of_persons"],
    help_texts={"counted": "", "scope": "", "is_of_persons": ""},
    **SIZES,
)
DecisionFormSet = inlineformset_factory(
    GroupMeeting,
    GroupDecision,
    fields=["text"],
    widgets={"text": forms.Textarea({"rows": 2})},
    **SIZES,
)
TaskFormSet = inlineformset_factory(GroupMeeting, GroupTask, form=TaskForm, **SIZES)


class RemoveForm(Form):
    """Why a meeting is taken away."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
