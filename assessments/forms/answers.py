"""The judgement of each criterion, and the answers to each question."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import (
    Assessment,
    CriterionAssessment,
    FormAnswer,
    LegalAnswer,
    Value,
    YesNo,
)
from partnerships.editing import BaseInlineFormSet, ModelForm, inlineformset_factory

LONGEST_TEXT = 5_000


def box(label) -> forms.CharField:
    """A box for a few sentences of plain text, which stand in a table."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 2}),
    )


class JudgementForm(ModelForm):
    """One criterion: how it is judged, why and by what evidence."""

    motivation = box(_("Motivation"))
    evidence = box(_("Evidence"))

    class Meta:
        model = CriterionAssessment
        fields = ["value", "motivation", "evidence"]
        widgets = {"value": forms.RadioSelect}

    def __init__(self, *args, allows_partly: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not allows_partly:
            self.fields["value"].choices = [
                choice for choice in Value.choices if choice[0] != Value.PARTLY
            ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("value") == Value.NOT_APPLICABLE and not cleaned.get("motivation"):
            self.add_error("motivation", _("Say why the criterion does not apply."))
        return cleaned

    def validate_constraints(self):
        """What does not apply is asked to be motivated above, beside its box."""


class AnswerForm(ModelForm):
    """The answer to one question."""

    motivation = box(_("Motivation"))

    class Meta:
        fields = ["answer", "motivation"]
        widgets = {"answer": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [("", _("not answered")), *YesNo.choices]


class BaseFormAnswerFormSet(BaseInlineFormSet):
    """The questions on the partner's own legal form."""

    def get_queryset(self):
        form = self.instance.partner.legal_form
        return super().get_queryset().filter(question__legal_form=form)


def answer_formset(model, form, formset=BaseInlineFormSet):
    """A formset over the rows that the assessment was begun with; none is added or removed."""
    return inlineformset_factory(
        Assessment,
        model,
        form=form,
        formset=formset,
        extra=0,
        max_num=0,
        can_delete=False,
        edit_only=True,
    )


JudgementFormSet = answer_formset(CriterionAssessment, JudgementForm)
FormAnswerFormSet = answer_formset(FormAnswer, AnswerForm, BaseFormAnswerFormSet)
LegalAnswerFormSet = answer_formset(LegalAnswer, AnswerForm)
