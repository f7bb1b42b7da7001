"""A plan: how it begins, and everything that belongs to it."""

from django import forms
from django.forms import BaseModelFormSet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from followups.actions import RowsDraft
from followups.models import (
    FollowUpPlan,
    Indicator,
    NarrativeQuestion,
    PlanTemplate,
    ReportingDate,
)
from followups.rhythm import Rhythm
from partnerships.dates import DayFormField
from partnerships.editing import BaseInlineFormSet, Form, ModelForm, inlineformset_factory
from partnerships.rows import rows_to_keep

MOST_ROWS = 60
LONGEST_CHOICE = 90


def check_first_day(form, agreement):
    """What is followed up begins within the agreement."""
    starts = form.cleaned_data.get("starts_on")
    begins, last = agreement.begins_possibly, agreement.last_day
    if starts and begins and starts < begins:
        form.add_error(
            "starts_on",
            _("The agreement begins %(day)s. Choose that day or a later one.")
            % {"day": begins.isoformat()},
        )
    if starts and last and starts > last:
        form.add_error(
            "starts_on",
            _("The agreement ends %(day)s. Choose that day or an earlier one.")
            % {"day": last.isoformat()},
        )


class PlanStartForm(Form):
    """From which template, and from which day."""

    is_compared = False  # it begins a plan
    template = forms.ModelChoiceField(
        PlanTemplate.objects.none(),
        label=_("Template"),
        required=False,
        empty_label=_("none, I write the plan myself"),
    )
    starts_on = DayFormField(
        label=_("First day that is followed up"),
        required=False,
        help_text=_("Empty: from the first day of the agreement."),
    )

    def __init__(self, *args, agreement: Agreement, **kwargs):
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        templates = PlanTemplate.objects.filter(
            municipality=agreement.municipality, is_offered=True, kind__in=["", agreement.kind]
        )
        self.fields["template"].queryset = templates
        self.fields["template"].initial = templates.order_by("-kind", "name").first()

    def clean(self):
        cleaned = super().clean()
        check_first_day(self, self.agreement)
        return cleaned


class PlanForm(ModelForm):
    """How often it is reported, and from when."""

    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = FollowUpPlan
        fields = ["rhythm", "counts_from", "starts_on", "days_to_hand_in", "note"]
        widgets = {
            "note": forms.Textarea({"rows": 2}),
            "days_to_hand_in": forms.TextInput({"inputmode": "numeric"}),
        }

    def clean(self):
        cleaned = super().clean()
        check_first_day(self, self.instance.agreement)
        if (cleaned.get("days_to_hand_in") or 0) > 366:
            self.add_error("days_to_hand_in", _("Write at most 366 days."))
        return cleaned


class IndicatorForm(ModelForm):
    """One indicator with what it is to show, and its target."""

    class Meta:
        model = Indicator
        fields = [
            "name", "unit", "definition", "obligation", "goal",
            "baseline", "direction", "target", "target_to", "is_followed",
        ]  # fmt: skip
        widgets = {"goal": forms.Textarea({"rows": 2}), "definition": forms.Textarea({"rows": 2})}

    def __init__(self, *args, obligations, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["obligation"].queryset = obligations
        self.fields["obligation"].choices = choices
        if not self.instance.pk:
            del self.fields["is_followed"]  # a new one is
        self.fields["goal"].help_text = _("In words, when it is not tied to an undertaking.")

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("goal") and not cleaned.get("obligation"):
            self.add_error("goal", _("Choose an undertaking or write a goal that it is to show."))
        self._check_bounds(cleaned)
        return cleaned

    def _check_bounds(self, cleaned):
        low, high = cleaned.get("target"), cleaned.get("target_to")
        if cleaned.get("direction") != Indicator.Direction.WITHIN:
            if high is not None:
                self.add_error(
                    "target_to", _("An upper bound is for “within two bounds” only. Empty it.")
                )
        elif not {"target", "target_to"} & set(self.errors):
            if low is None or high is None:
                self.add_error("target_to", _("Write both the lower and the upper bound."))
            elif low > high:
                self.add_error("target_to", _("The upper bound is below the lower one."))

    def _post_clean(self):
        """The goal's words come from the undertaking when none were written."""
        obligation = self.cleaned_data.get("obligation")
        if obligation and not self.cleaned_data.get("goal"):
            self.cleaned_data["goal"] = obligation.text
        super()._post_clean()


class BaseIndicatorFormSet(BaseInlineFormSet):
    """The plan's indicators; their choice of undertakings is fetched once."""

    def get_form_kwargs(self, index):
        if not hasattr(self, "obligations"):
            self.obligations = self.instance.agreement.obligations.all()
            self.choices = [("", _("none, a goal in words"))] + [
                (row.pk, Truncator(f"{row.get_party_display()}: {row.text}").chars(LONGEST_CHOICE))
                for row in self.obligations
            ]
        shared = {"obligations": self.obligations, "choices": self.choices}
        return {**super().get_form_kwargs(index), **shared}


def _rows(model, form, formset=BaseInlineFormSet):
    return inlineformset_factory(
        FollowUpPlan,
        model,
        form=form,
        formset=formset,
        extra=0,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 1,
        validate_max=True,
    )


class QuestionForm(ModelForm):
    """What is asked in words."""

    class Meta:
        model = NarrativeQuestion
        fields = ["heading", "hint", "is_required", "is_asked"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["is_asked"]  # a new one is


class DateForm(ModelForm):
    """A day on which a period ends."""

    class Meta:
        model = ReportingDate
        fields = ["on"]


class BaseDateFormSet(BaseInlineFormSet):
    """The given dates; a plan by dates has at least one."""

    def clean(self):
        super().clean()
        by_dates = self.data.get("rhythm") == Rhythm.DATES
        if by_dates and not any(self.errors) and not rows_to_keep(self):
            raise forms.ValidationError(_("Write the dates, or choose another rhythm."))


IndicatorFormSet = _rows(Indicator, IndicatorForm, BaseIndicatorFormSet)
QuestionFormSet = _rows(NarrativeQuestion, QuestionForm)
DateFormSet = _rows(ReportingDate, DateForm, BaseDateFormSet)


def rows_draft(formset: BaseModelFormSet) -> RowsDraft:
    """The rows of a valid formset, in the order of the page."""
    return RowsDraft(
        rows=[form.save(commit=False) for form in rows_to_keep(formset)],
        removed=[form.instance for form in formset.deleted_forms if form.instance.pk],
    )
