"""Periods of responsibility, budgets, and the transfer of many agreements."""

from itertools import combinations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.models import Agreement, BudgetedAmount, Responsibility
from organisations.models import Committee, Office
from partnerships.dates import DayFormField
from partnerships.dates.periods import certainly_overlap
from partnerships.editing import BaseInlineFormSet, Form, ModelForm, inlineformset_factory
from partnerships.money import AmountFormField
from partnerships.rows import rows_to_keep

MOST_PERIODS = 60
MOST_TRANSFERRED = 500


class PeriodForm(ModelForm):
    """A row with a first and a last day; its bodies are those of the agreement's municipality."""

    def __init__(self, *args, municipality, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"committee", "office", "unit"} & set(self.fields):
            model = self.fields[name].queryset.model
            self.fields[name].queryset = model.objects.filter(municipality=municipality)
            self.fields[name].empty_label = _("not stated")

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends.latest < starts.earliest:
            self.add_error(
                "ends", _("The last day comes before the first. Change one of the dates.")
            )
        return cleaned


class ResponsibilityForm(PeriodForm):
    """Who, for what, from when to when."""

    class Meta:
        model = Responsibility
        fields = ["kind", "committee", "office", "unit", "starts", "ends"]

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in ("committee", "office", "unit")):
            self.add_error("committee", _("Choose a committee, an office or a unit."))
        return cleaned


class BudgetForm(PeriodForm):
    """What a committee's budget holds for the agreement."""

    amount = AmountFormField(label=_("Budgeted amount, kr"), min_value=0)

    class Meta:
        model = BudgetedAmount
        fields = ["committee", "amount", "period_basis", "starts", "ends"]


class BasePeriodFormSet(BaseInlineFormSet):
    """Rows of periods."""

    def get_form_kwargs(self, index):
        kwargs = super().get_form_kwargs(index)
        return {**kwargs, "municipality": self.instance.municipality}

    def kept(self) -> list:
        """The rows to save."""
        return [form.save(commit=False) for form in rows_to_keep(self)]

    def removed(self) -> list:
        """The saved rows that are to be removed."""
        return [form.instance for form in self.deleted_forms if form.instance.pk]


class BaseResponsibilityFormSet(BasePeriodFormSet):
    """Nobody shares the same responsibility on the same day; a gap is allowed, and pointed out."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        for first, second in combinations(self.kept(), 2):
            if first.kind == second.kind and certainly_overlap(first, second):
                raise ValidationError(
                    _(
                        "%(first)s and %(second)s would both be responsible for the %(kind)s at the same time. Let the first end before the second begins."
                    )
                    % {"first": first, "second": second, "kind": first.get_kind_display()},
                    code="overlap",
                )


def _formset(model, form, formset):
    return inlineformset_factory(
        Agreement,
        model,
        form=form,
        formset=formset,
        extra=0,
        max_num=MOST_PERIODS,
        absolute_max=MOST_PERIODS + 1,
        validate_max=True,
    )


ResponsibilityFormSet = _formset(Responsibility, ResponsibilityForm, BaseResponsibilityFormSet)
BudgetFormSet = _formset(BudgetedAmount, BudgetForm, BasePeriodFormSet)


class TransferSearchForm(Form):
    """From which committee, to which, and from when."""

    from_committee = forms.ModelChoiceField(Committee.objects.none(), label=_("From"))
    to_committee = forms.ModelChoiceField(Committee.objects.none(), label=_("To"))
    to_office = forms.ModelChoiceField(
        Office.objects.none(), label=_("Office"), required=False, empty_label=_("not stated")
    )
    first_day = DayFormField(
        label=_("First day"),
        help_text=_(
            "The first day on which the new committee is responsible, for example 2019-01-01."
        ),
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from_committee"].queryset = user.committees_where(
            "agreements.change_agreement"
        )
        self.fields["to_committee"].queryset = Committee.objects.visible_to(user)
        self.fields["to_office"].queryset = Office.objects.visible_to(user)

    def clean(self):
        cleaned = super().clean()
        old, new, office = (
            cleaned.get(name) for name in ("from_committee", "to_committee", "to_office")
        )
        if old and old == new:
            self.add_error(
                "to_committee", _("Choose another committee than the one they come from.")
            )
        if old and new and old.municipality_id != new.municipality_id:
            self.add_error("to_committee", _("Choose one of the municipality's own."))
        if new and office and office.municipality_id != new.municipality_id:
            self.add_error("to_office", _("Choose one of the municipality's own."))
        return cleaned


class TransferForm(Form):
    """Which of the agreements to transfer, and why."""

    agreements = forms.ModelMultipleChoiceField(
        Agreement.objects.none(),
        label=_("Agreements"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one agreement.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For example the decision to move the matters: committee, date and paragraph."),
    )

    def __init__(self, *args, agreements, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreements"].queryset = agreements
