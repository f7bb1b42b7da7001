"""Flags: raised by an officer, and settled with a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import SourceFlag
from partnerships.editing import Form, ModelForm


class FlagForm(ModelForm):
    """Something odd in a source."""

    class Meta:
        model = SourceFlag
        fields = ["kind", "text", "quote", "source"]
        widgets = {"text": forms.Textarea({"rows": 2}), "quote": forms.Textarea({"rows": 2})}


class SettleForm(Form):
    """How a flag is settled, and why."""

    state = forms.ChoiceField(
        label=_("How it is settled"),
        choices=[
            (SourceFlag.State.ACCEPTED, _("It stands as it is")),
            (SourceFlag.State.RESOLVED, _("It has been resolved")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What was found out, and by whom. It is kept in the history."),
    )
