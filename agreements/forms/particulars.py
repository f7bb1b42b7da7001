"""What belongs to one kind of agreement only."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.models import (
    Agreement,
    GrantParticulars,
    GrantScheme,
    MembershipParticulars,
    PlannedPayment,
    ProcurementParticulars,
)
from agreements.models.procurement import (
    RESERVED_FOR_IDEA_BASED_SINCE,
    is_reserved_for_idea_based,
    lasts_too_long,
    reserved_lately,
)
from partnerships.editing import BaseInlineFormSet, ModelForm, inlineformset_factory
from partnerships.money import AmountFormField
from partnerships.rows import rows_to_keep

MOST_PAYMENTS = 60


class GrantForm(ModelForm):
    """Scheme, application and time limit; a scheme refuses legal forms that it excludes."""

    applied_amount = AmountFormField(label=_("Amount applied for, kr"), min_value=0, required=False)

    class Meta:
        model = GrantParticulars
        fields = ["scheme", "applied_on", "applied_amount", "limit_months", "review_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        municipality = self.instance.agreement.municipality
        self.fields["scheme"].queryset = GrantScheme.objects.filter(municipality=municipality)
        self.fields["scheme"].empty_label = _("not stated")

    def clean_scheme(self):
        scheme = self.cleaned_data["scheme"]
        if scheme:
            for partner in self.instance.agreement.partners.all():
                if scheme.excludes(partner.legal_form):
                    raise ValidationError(
                        _("%(name)s is a %(form)s, and %(scheme)s is not given to that legal form.")
                        % {
                            "name": partner,
                            "form": partner.get_legal_form_display(),
                            "scheme": scheme,
                        },
                        code="excluded",
                    )
        return scheme


class ProcurementForm(ModelForm):
    """Method, CPV, value and options."""

    value = AmountFormField(
        label=_("Value of the initial term, kr"),
        min_value=0,
        required=False,
        help_text=_("Excluding VAT. Empty when it is not known."),
    )
    options_value = AmountFormField(
        label=_("Value of all options and extensions, kr"),
        min_value=0,
        required=False,
        help_text=_("0 when there are none. Empty when it is not known."),
    )

    class Meta:
        model = ProcurementParticulars
        fields = [
            "method", "cpv_codes", "is_annex_2", "value", "options_value", "signed_on",
            "documented_on", "evidence",
        ]  # fmt: skip
        widgets = {"evidence": forms.Textarea({"rows": 2})}

    def clean(self):
        cleaned = super().clean()
        agreement, method = self.instance.agreement, cleaned.get("method", "")
        first_day = agreement.begins_certainly or cleaned.get("signed_on")
        is_too_early = first_day and first_day < RESERVED_FOR_IDEA_BASED_SINCE
        if is_reserved_for_idea_based(method) and is_too_early:
            self.add_error(
                "method",
                _(
                    "Contracts can be reserved for idea-based organisations since 2023-01-01. Choose another method."
                ),
            )
        if lasts_too_long(method, first_day, agreement.last_day):
            self.add_error(
                "method",
                _(
                    "A contract reserved under LOU 19:25 lasts at most three years, and this one ends %(end)s."
                )
                % {"end": agreement.last_day},
            )
        if method == ProcurementParticulars.Method.RESERVED and first_day:
            self._refuse_repeated(agreement, cleaned.get("cpv_codes") or "", first_day)
        return cleaned

    def _refuse_repeated(self, agreement, cpv_codes, first_day):
        earlier = reserved_lately(agreement, cpv_codes, first_day)
        if earlier:
            self.add_error(
                "method",
                _(
                    "The same organisation has had a reserved contract for the same service within three years: %(name)s. Choose another method."
                )
                % {"name": earlier},
            )


class MembershipForm(ModelForm):
    """The statutes, and who else is a member."""

    web_address = forms.URLField(
        label=_("Web address of the statutes"), required=False, assume_scheme="https"
    )

    class Meta:
        model = MembershipParticulars
        fields = ["statutes", "statutes_adopted_on", "web_address", "other_members"]


class PlannedPaymentForm(ModelForm):
    """One payment of the plan."""

    amount = AmountFormField(label=_("Amount, kr"), min_value=1)

    class Meta:
        model = PlannedPayment
        fields = ["due_on", "amount", "note"]


class BasePaymentFormSet(BaseInlineFormSet):
    """The payout plan."""

    def kept(self) -> list[PlannedPayment]:
        """The rows to save."""
        return [form.save(commit=False) for form in rows_to_keep(self)]

    def removed(self) -> list[PlannedPayment]:
        """The saved rows that are to be removed."""
        return [form.instance for form in self.deleted_forms if form.instance.pk]


PlannedPaymentFormSet = inlineformset_factory(
    Agreement,
    PlannedPayment,
    form=PlannedPaymentForm,
    formset=BasePaymentFormSet,
    extra=0,
    max_num=MOST_PAYMENTS,
    absolute_max=MOST_PAYMENTS + 1,
    validate_max=True,
)

FORMS: dict[str, tuple[type[ModelForm], str]] = {
    Agreement.Kind.GRANT: (GrantForm, "grant"),
    Agreement.Kind.PROCUREMENT: (ProcurementForm, "procurement"),
    Agreement.Kind.MEMBERSHIP: (MembershipForm, "membership"),
}
