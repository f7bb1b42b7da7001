"""The assessment's own facts, the choice of form, and the filter of the list."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.models import Agreement, Revision
from assessments.models import Assessment, CriteriaSet
from assessments.models.result import Outcome
from dialogues.models import Dialogue
from organisations.fields import DiaryNumberMixin, PartnerOrProjectField
from organisations.models import Partner, PartnerProject
from partnerships.dates import DayFormField
from partnerships.editing import Form, ModelForm
from partnerships.fields import MarkdownFormField

LONG_TEXTS = (
    "form_motivation",
    "why_form",
    "why_not_grant",
    "why_not_procurement",
    "why_not_reserved",
    "summary",
)


class AssessmentCreateForm(ModelForm):
    """What is assessed, for which committee, by which criteria."""

    subject = PartnerOrProjectField(
        label=_("Organisation or project"),
        max_length=220,
        help_text=_("Write a name or an organisation number. A project finds its owner."),
    )

    class Meta:
        model = Assessment
        fields = ["committee", "criteria_set", "dialogue"]
        widgets = {"dialogue": forms.HiddenInput}

    def __init__(self, *args, user: User, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        committees = user.committees_where("assessments.add_assessment")
        sets = CriteriaSet.objects.visible_to(user).offered(today)
        self.fields["committee"].queryset = committees
        self.fields["criteria_set"].queryset = sets
        self.fields["dialogue"].queryset = Dialogue.objects.visible_to(user)
        for name, choices in (("committee", committees), ("criteria_set", sets)):
            if len(choices) == 1:
                self.suggest(name, choices[0].pk)

    def clean(self):
        cleaned = super().clean()
        committee, criteria_set = cleaned.get("committee"), cleaned.get("criteria_set")
        if committee and criteria_set and committee.municipality_id != criteria_set.municipality_id:
            self.add_error("criteria_set", _("Choose one of the municipality's own."))
        if subject := cleaned.get("subject"):
            is_project = isinstance(subject, PartnerProject)
            self.instance.project = subject if is_project else None
            self.instance.partner = subject.partner if is_project else subject
            self._clean_dialogue(cleaned.get("dialogue"))
        return cleaned

    def _clean_dialogue(self, dialogue: Dialogue | None) -> None:
        """A dialogue with somebody else is left out, not refused: the subject was typed anew."""
        if dialogue and dialogue.partner.survivor != self.instance.partner.survivor:
            self.cleaned_data["dialogue"] = None


class AssessmentForm(DiaryNumberMixin, ModelForm):
    """What an assessment says besides its judgements and answers."""

    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = Assessment
        fields = ["diary_number", "dated_on", "dialogue", "revision", "chosen_form", *LONG_TEXTS]
        field_classes = dict.fromkeys(LONG_TEXTS, MarkdownFormField)
        widgets = {name: forms.Textarea({"rows": 3}) for name in LONG_TEXTS}

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        same = Partner.objects.same_as(self.instance.partner)
        of_municipality = {"committee__municipality": self.instance.municipality}
        agreements = Agreement.objects.visible_to(user).filter(
            kind=Agreement.Kind.IOP, parties__partner__in=same, **of_municipality
        )
        revisions = Revision.objects.filter(agreement__in=agreements).select_related("agreement")
        self.fields["revision"].queryset = revisions.with_beginning()
        self.fields["revision"].label_from_instance = lambda row: (
            f"{row.agreement}, {row.as_listed()}"
        )
        self.fields["dialogue"].queryset = Dialogue.objects.visible_to(user).filter(
            partner__in=same, **of_municipality
        )
        self.fields["chosen_form"].choices = [("", _("not chosen")), *Assessment.Form.choices]

    def clean(self):
        cleaned = super().clean()
        self.clean_diary_number_for(self.instance.committee)
        return cleaned


class AssessmentFilter(Form):
    """The list's filter; what it cannot read it leaves out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    result = forms.ChoiceField(
        label=_("Result"),
        required=False,
        choices=[("", _("Every result")), ("draft", _("draft")), *Outcome.choices],
    )

    def filtered(self, assessments):
        """The assessments that the readable parts of the filter let through."""
        self.is_valid()
        result = self.cleaned_data.get("result")
        if result:
            assessments = assessments.filter(result="" if result == "draft" else result)
        return assessments.matching(self.cleaned_data.get("q") or "")


class DayForm(Form):
    """The day on which the three rolling years end."""

    on = DayFormField(label=_("Three years until"), required=False)
