"""Rows of contributions, each with the rows of its calculation."""

from decimal import Decimal

from django import forms
from django.forms.formsets import TOTAL_FORM_COUNT
from django.utils.translation import gettext_lazy as _

from agreements.actions import ContributionDraft
from agreements.models import CalculationPart, Contribution, Party, Revision
from partnerships.editing import BaseInlineFormSet, ModelForm, inlineformset_factory
from partnerships.money import AmountFormField, NumberFormField, ShareFormField
from partnerships.rows import rows_to_keep

MOST_CONTRIBUTIONS, MOST_PARTS = 100, 20
MUNICIPALITY = "municipality"
NEUTRAL = CalculationPart.NEUTRAL


def side_choices(revision: Revision) -> list[tuple[str, str]]:
    """Whose contribution a row can be: the municipality or one of the partners."""
    partners = [party.partner for party in revision.agreement.parties.all()]
    partners += [line.partner for line in revision.contributions.all() if line.partner]
    named = [(str(partner.pk), partner.name) for partner in dict.fromkeys(partners)]
    return [(MUNICIPALITY, revision.agreement.municipality.name), *named]


class CalculationPartForm(ModelForm):
    """count × unit price × share × months; an empty share or number of months does not multiply."""

    count = NumberFormField(
        label=_("Count"), min_value=0, max_digits=10, decimal_places=2, initial=1
    )
    unit_price = AmountFormField(label=_("Unit price, kr"), min_value=0)
    share = ShareFormField(
        label=_("Share, %"),
        min_value=0,
        max_digits=7,
        decimal_places=6,
        required=False,
        help_text=_("Empty: the whole count."),
    )
    months = NumberFormField(
        label=_("Months"),
        min_value=0,
        max_digits=6,
        decimal_places=2,
        required=False,
        help_text=_("Empty: counted once. Fill it in when the price is per month."),
    )

    class Meta:
        model = CalculationPart
        fields = ["count", "unit_price", "share", "months"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("share", "months"):
            if self.initial.get(name) == NEUTRAL:
                self.initial[name] = None

    def clean_share(self):
        return _or_neutral(self.cleaned_data["share"])

    def clean_months(self):
        return _or_neutral(self.cleaned_data["months"])


def _or_neutral(factor: Decimal | None) -> Decimal:
    """The factor; when it is left empty, the one that multiplies nothing."""
    return NEUTRAL if factor is None else factor


class BaseCalculationPartFormSet(BaseInlineFormSet):
    """The rows of a contribution's calculation."""

    row_name = _("calculation row")


CalculationPartFormSet = inlineformset_factory(
    Contribution,
    CalculationPart,
    form=CalculationPartForm,
    formset=BaseCalculationPartFormSet,
    extra=0,
    max_num=MOST_PARTS,
    absolute_max=MOST_PARTS + 1,
    validate_max=True,
)


class ContributionForm(ModelForm):
    """One line of a party's budget."""

    side = forms.ChoiceField(label=_("From"))
    stated_amount = AmountFormField(
        label=_("Stated amount, kr"),
        min_value=0,
        required=False,
        help_text=_("Empty when it is not known."),
    )
    on_cost_rate = ShareFormField(
        label=_("On-costs, %"),
        min_value=0,
        max_digits=7,
        decimal_places=6,
        required=False,
        help_text=_("Added to the calculation."),
    )

    per_inhabitant = AmountFormField(
        label=_("Price per inhabitant and year, kr"),
        min_value=0,
        required=False,
        help_text=_("Computed with the population of the year before."),
    )

    class Meta:
        model = Contribution
        fields = [
            "side", "kind", "form", "label", "stated_amount", "period_basis", "on_cost_rate",
            "per_inhabitant",
        ]  # fmt: skip

    def __init__(self, *args, sides: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = sides
        if self.instance.pk:
            self.fields["side"].initial = self.instance.partner_id or MUNICIPALITY
        prefix = f"{self.prefix}-parts"
        is_sent = f"{prefix}-{TOTAL_FORM_COUNT}" in self.data  # a row just added has sent nothing
        self.parts = CalculationPartFormSet(
            self.data if is_sent else None, instance=self.instance, prefix=prefix
        )
        self.nested = [self.parts]

    def clean_side(self):
        side = self.cleaned_data["side"]
        self.instance.party = Party.MUNICIPALITY if side == MUNICIPALITY else Party.PARTNER
        self.instance.partner_id = None if side == MUNICIPALITY else int(side)
        return side

    def has_changed(self):
        return super().has_changed() or self.parts.has_changed()

    def is_valid(self):
        return all([super().is_valid(), not self.parts.is_bound or self.parts.is_valid()])

    def draft(self) -> ContributionDraft:
        """The contribution as typed, not yet saved."""
        return ContributionDraft(
            contribution=self.save(commit=False),
            parts=[row.save(commit=False) for row in rows_to_keep(self.parts)],
            removed_parts=[row.instance for row in self.parts.deleted_forms if row.instance.pk],
        )


class BaseContributionFormSet(BaseInlineFormSet):
    """The revision's lines."""

    def get_form_kwargs(self, index):
        if not hasattr(self, "sides"):
            self.sides = side_choices(self.instance)
        return {**super().get_form_kwargs(index), "sides": self.sides}

    def drafts(self) -> list[ContributionDraft]:
        """The lines to save, in the order of the page."""
        return [form.draft() for form in rows_to_keep(self)]

    def removed(self) -> list[Contribution]:
        """The saved lines that are to be removed."""
        return [form.instance for form in self.deleted_forms if form.instance.pk]


ContributionFormSet = inlineformset_factory(
    Revision,
    Contribution,
    form=ContributionForm,
    formset=BaseContributionFormSet,
    extra=0,
    max_num=MOST_CONTRIBUTIONS,
    absolute_max=MOST_CONTRIBUTIONS + 1,
    validate_max=True,
)
