"""A governing document, its activities, and the list's filter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.fields import WholeNumberField
from governance.forms.rows import rows_formset
from governance.models import ActionPlanActivity, GoverningDocument
from organisations.fields import DiaryNumberMixin
from organisations.models import Committee, Office
from partnerships.editing import BaseInlineFormSet, Form, ModelForm


class DocumentFilterForm(Form):
    """The list's filter; what it cannot read it leaves out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *GoverningDocument.Kind.choices],
    )

    def filtered(self, documents):
        """The documents that the readable parts of the filter let through."""
        self.is_valid()
        if kind := self.cleaned_data.get("kind"):
            documents = documents.filter(kind=kind)
        return documents.matching(self.cleaned_data.get("q", ""))


class GoverningDocumentForm(DiaryNumberMixin, ModelForm):
    """What a document is, who adopted it, and for how long it is valid."""

    paragraph = WholeNumberField(
        label=_("Paragraph"), help_text=_("The number after § in the minutes.")
    )
    web_address = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")
    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = GoverningDocument
        fields = [
            "kind",
            "title",
            "diary_number",
            "adopted_by",
            "adopted_on",
            "paragraph",
            "valid_from",
            "valid_until",
            "is_open_ended",
            "parent",
            "web_address",
            "note",
        ]
        widgets = {"note": forms.Textarea({"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        municipality = self.instance.municipality
        self.fields["adopted_by"].queryset = Committee.objects.filter(municipality=municipality)
        self.fields["adopted_by"].empty_label = _("not known")
        self.fields["parent"].queryset = GoverningDocument.objects.filter(
            municipality=municipality
        ).exclude(pk=self.instance.pk)
        self.fields["parent"].empty_label = _("no other document")

    def clean(self):
        cleaned = super().clean()
        self.clean_diary_number_in(self.instance.municipality)
        return cleaned


class ActivityForm(ModelForm):
    """One activity."""

    class Meta:
        model = ActionPlanActivity
        fields = ["heading", "text", "office", "due_on", "state", "outcome"]
        widgets = {
            "text": forms.Textarea({"rows": 2}),
            "outcome": forms.Textarea({"rows": 2}),
        }

    def __init__(self, *args, municipality, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.filter(municipality=municipality)
        self.fields["office"].choices = offices
        self.fields["state"].choices = [("", _("not known")), *ActionPlanActivity.State.choices]


class BaseActivityFormSet(BaseInlineFormSet):
    """The document's activities; their choice of offices is fetched once."""

    def get_form_kwargs(self, index):
        municipality = self.instance.municipality
        if not hasattr(self, "offices"):
            named = Office.objects.filter(municipality=municipality).values_list("pk", "name")
            self.offices = [("", _("not known")), *named]
        kwargs = super().get_form_kwargs(index)
        return {**kwargs, "municipality": municipality, "offices": self.offices}


ActivityFormSet = rows_formset(
    GoverningDocument,
    ActionPlanActivity,
    form=ActivityForm,
    formset=BaseActivityFormSet,
)
