"""The questions to the offices, who is asked, and the answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Committee, Office
from partnerships.editing import BaseInlineFormSet, Form, ModelForm
from report.forms.lists import rows_formset
from report.forms.text import MarkdownField
from report.models import AskedOffice, Edition, FocusAnswer, FocusQuestion


class FocusForm(ModelForm):
    """By when the offices answer."""

    class Meta:
        model = Edition
        fields = ["answers_by"]


class AskedForm(ModelForm):
    """One office that is asked."""

    class Meta:
        model = AskedOffice
        fields = ["committee", "office"]

    def __init__(self, *args, municipality, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = Committee.objects.filter(municipality=municipality)
        self.fields["office"].queryset = Office.objects.filter(municipality=municipality)
        self.fields["office"].empty_label = _("the committee as a whole")


class BaseAskedFormSet(BaseInlineFormSet):
    """Those who are asked, each once."""

    def get_form_kwargs(self, index):
        kwargs = super().get_form_kwargs(index)
        return {**kwargs, "municipality": self.instance.municipality}

    def clean(self):
        super().clean()
        seen = set()
        for form in self.forms:
            facts = getattr(form, "cleaned_data", {})
            if not facts.get("committee") or facts.get("DELETE"):
                continue
            key = (facts["committee"], facts.get("office"))
            if key in seen:
                form.add_error("committee", _("This office is asked already."))
            seen.add(key)


QuestionFormSet = rows_formset(Edition, FocusQuestion, fields=["text"])
AskedFormSet = rows_formset(Edition, AskedOffice, form=AskedForm, formset=BaseAskedFormSet)


class AnswerForm(Form):
    """A text box for each question."""

    def __init__(self, *args, asked: AskedOffice, **kwargs):
        super().__init__(*args, **kwargs)
        self.given = {answer.question_id: answer for answer in asked.answers.all()}
        for question in asked.edition.questions.all():
            self.fields[str(question.pk)] = MarkdownField(
                label=question.text,
                initial=self.given[question.pk].text if question.pk in self.given else "",
                widget=forms.Textarea({"rows": 6}),
            )

    def row_behind(self, name: str) -> FocusAnswer | None:
        return self.given.get(int(name))

    def texts(self) -> dict[int, str]:
        """The answers by question."""
        return {int(name): text.strip() for name, text in self.cleaned_data.items()}
