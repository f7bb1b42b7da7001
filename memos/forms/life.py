"""The steps of a memo's life that need words: correction, decision by a role, review."""

from django import forms
from django.utils.translation import gettext_lazy as _

from memos.models import ReviewComment
from partnerships.dates import DayFormField
from partnerships.editing import Form, ModelForm


class CorrectForm(Form):
    """Why a submitted memo is written anew."""

    reason = forms.CharField(
        label=_("What is wrong, and what is corrected"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Printed on the page of the new version, for those who read the one before."),
    )


class RoleDecisionForm(Form):
    """Which role decided without a meeting, when, and on what delegation."""

    role = forms.CharField(
        label=_("Decided by"),
        max_length=150,
        help_text=_("The role, for example Kommundirektör."),
    )
    on = DayFormField(label=_("Day of the decision"), required=False)
    delegation = forms.CharField(
        label=_("Delegation"),
        max_length=150,
        required=False,
        help_text=_("The point of the delegation order. Empty when it is not known."),
    )


class ChangesForm(Form):
    """Why the memo goes back to its writers."""

    reason = forms.CharField(
        label=_("What is to be changed"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("May be empty when the comments say it."),
    )


class CommentForm(ModelForm):
    """A comment on a section, or on the whole memo."""

    class Meta:
        model = ReviewComment
        fields = ["text"]
        widgets = {"text": forms.Textarea({"rows": 2})}
