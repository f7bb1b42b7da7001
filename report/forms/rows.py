"""Which rows lie behind a figure."""

from django import forms

from agreements.models import Agreement, Theme
from organisations.models import Committee, Partner
from partnerships.editing import Form
from report.figures import Behind, Derived, Lacks, Scope
from report.forms.text import FIRST_YEAR, LAST_YEAR
from report.models import Basis, Edition, Measure

MOST_YEARS = 20


class RowsForm(Form):
    """The filter that a figure's link carries. It is made by the portal, so what is wrong is 404."""

    measure = forms.ChoiceField(choices=[*Measure.choices, *Behind.choices, *Derived.choices])
    first = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    last = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    kind = forms.ChoiceField(choices=[("", ""), *Agreement.Kind.choices], required=False)
    committee = forms.ModelChoiceField(Committee.objects.none(), required=False)
    partner = forms.ModelChoiceField(Partner.objects.all(), required=False)
    theme = forms.ModelChoiceField(Theme.objects.none(), required=False)
    lacks = forms.ChoiceField(choices=[("", ""), *Lacks.choices], required=False)
    basis = forms.ChoiceField(choices=[("", ""), *Basis.choices], required=False)

    def __init__(self, *args, edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields["committee"].queryset = Committee.objects.filter(
            municipality=edition.municipality
        )
        self.fields["theme"].queryset = Theme.objects.filter(municipality=edition.municipality)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not first <= last < first + MOST_YEARS:
            raise forms.ValidationError("years")
        return cleaned

    @property
    def scope(self) -> Scope:
        """What a valid filter is about."""
        chosen = self.cleaned_data
        return Scope(
            municipality=self.edition.municipality,
            years=tuple(range(chosen["first"], chosen["last"] + 1)),
            kind=chosen["kind"],
            committee=chosen["committee"],
            partner=chosen["partner"],
            theme=chosen["theme"],
            lacks=chosen["lacks"],
        )
