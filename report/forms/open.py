"""The filter of the open page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from partnerships.editing import Form


class OpenFilterForm(Form):
    """What anyone may search for; what it cannot read it leaves out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *Agreement.Kind.choices]
    )

    def filtered(self, agreements):
        """The agreements that the readable parts of the filter let through."""
        self.is_valid()
        if kind := self.cleaned_data.get("kind"):
            agreements = agreements.filter(kind=kind)
        return agreements.matching(self.cleaned_data.get("q", ""))
