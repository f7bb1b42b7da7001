"""The steps of a memo's life that need words: correction, decision by a role."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.dates import DayFormField
from partnerships.editing import Form


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
