"""What the list of payments and the table of sums are asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from organisations.models import Committee, Partner
from partnerships.editing import Form
from payments.models import Direction, ImportBatch, Matching, PaymentSource

PLAIN = ("source", "matching", "direction", "partner", "agreement", "batch")


class PaymentFilter(Form):
    """The list's filter; what it cannot read it leaves out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=1970,
        max_value=2100,
    )
    source = forms.ModelChoiceField(
        PaymentSource.objects.none(),
        label=_("Source"),
        required=False,
        empty_label=_("All sources"),
    )
    matching = forms.ChoiceField(
        label=_("Matching"), required=False, choices=[("", _("All")), *Matching.choices]
    )
    direction = forms.ChoiceField(
        required=False, choices=[("", ""), *Direction.choices], widget=forms.HiddenInput
    )
    partner = forms.ModelChoiceField(
        Partner.objects.all(), required=False, widget=forms.HiddenInput
    )
    agreement = forms.ModelChoiceField(
        Agreement.objects.none(), required=False, widget=forms.HiddenInput
    )
    committee = forms.ModelChoiceField(
        Committee.objects.none(), required=False, widget=forms.HiddenInput
    )
    kind = forms.ChoiceField(
        required=False, choices=[("", ""), *Agreement.Kind.choices], widget=forms.HiddenInput
    )
    batch = forms.ModelChoiceField(
        ImportBatch.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = PaymentSource.objects.visible_to(user)
        self.fields["agreement"].queryset = Agreement.objects.visible_to(user)
        self.fields["committee"].queryset = user.committees_where("payments.view_payment")
        self.fields["batch"].queryset = ImportBatch.objects.visible_to(user)

    def filtered(self, payments):
        """The payments that the readable parts of the filter let through."""
        self.is_valid()
        chosen = self.cleaned_data
        payments = payments.filter(**{name: chosen[name] for name in PLAIN if chosen.get(name)})
        if chosen.get("committee"):
            payments = payments.filter(agreement__committee=chosen["committee"])
        if chosen.get("kind"):
            payments = payments.filter(agreement__kind=chosen["kind"])
        if chosen.get("year"):
            payments = payments.in_year(chosen["year"])
        return payments.matching_text(chosen["q"]) if chosen.get("q") else payments

    @property
    def limits(self) -> list[dict]:
        """What the hidden parts of the filter leave, in words, each with the name to clear."""
        chosen = getattr(self, "cleaned_data", {})
        words = {
            "agreement": _("on %(value)s"),
            "partner": _("to or from %(value)s"),
            "committee": _("of %(value)s"),
            "batch": _("from the file %(value)s"),
        }
        found = [
            {"name": name, "text": str(sentence % {"value": chosen[name]})}
            for name, sentence in words.items()
            if chosen.get(name)
        ]
        for name, choices in (("kind", Agreement.Kind), ("direction", Direction)):
            if chosen.get(name):
                found.append({"name": name, "text": str(choices(chosen[name]).label)})
        return found


class TotalsForm(Form):
    """Which year is summed."""

    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, year) for year in years]
