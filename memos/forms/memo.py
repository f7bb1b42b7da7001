"""The memo's own facts, the texts of its sections, and its lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.models import Agreement, Revision
from memos.actions import ListDraft
from memos.models import (
    Consultation,
    DecisionBasis,
    Interpellation,
    InterpellationQuestion,
    Memo,
    MemoTemplate,
    ProposalPoint,
    Recipient,
    Signatory,
    TemplateSection,
)
from organisations.fields import DiaryNumberMixin
from organisations.models import Office
from partnerships.editing import BaseInlineFormSet, Form, ModelForm, inlineformset_factory
from partnerships.markdown_field import MarkdownField
from partnerships.rows import rows_to_keep


class MemoCreateForm(ModelForm):
    """Which committee, on which agreement, in which layout."""

    class Meta:
        model = Memo
        fields = ["title", "committee", "agreement", "template"]

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        committees = user.committees_where("memos.add_memo")
        self.fields["committee"].queryset = committees
        self.fields["template"].queryset = MemoTemplate.objects.visible_to(user).filter(
            is_offered=True
        )
        self.fields["agreement"].queryset = Agreement.objects.visible_to(user)
        self.fields["agreement"].widget = forms.HiddenInput()
        for name, choices in (
            ("committee", committees),
            ("template", self.fields["template"].queryset),
        ):
            if len(choices) == 1:
                self.suggest(name, choices[0].pk)

    def clean(self):
        cleaned = super().clean()
        committee, template = cleaned.get("committee"), cleaned.get("template")
        if committee and template and template.municipality_id != committee.municipality_id:
            self.add_error("template", _("Choose one of the municipality's own."))
        return cleaned


class MemoForm(DiaryNumberMixin, ModelForm):
    """The memo's own facts."""

    is_compared = False  # a memo's page has a merge of its own: memos/forms/meanwhile.py
    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)
    edit_number = forms.IntegerField(widget=forms.HiddenInput())

    class Meta:
        model = Memo
        fields = [
            "title",
            "diary_number",
            "dated_on",
            "office",
            "revision",
            "union_consultation",
            "union_consulted_on",
        ]

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edit_number"].initial = self.instance.edit_number
        self.fields["office"].queryset = Office.objects.filter(
            municipality=self.instance.municipality
        )
        revisions = Revision.objects.visible_to(user).filter(agreement=self.instance.agreement_id)
        self.fields["revision"].queryset = revisions.with_beginning()
        self.fields["revision"].label_from_instance = Revision.as_listed
        self.fields["union_consultation"].choices = [
            ("", _("not chosen")),
            *Memo.UnionConsultation.choices,
        ]

    def clean(self):
        cleaned = super().clean()
        self.clean_diary_number_for(self.instance.committee)
        choice = cleaned.get("union_consultation")
        held = {Memo.UnionConsultation.INFORMED, Memo.UnionConsultation.NEGOTIATED}
        if choice in held and not cleaned.get("union_consulted_on"):
            self.add_error("union_consulted_on", _("Say on which day it was."))
        return cleaned


class InterpellationForm(ModelForm):
    """Who asked whom."""

    is_compared = False

    class Meta:
        model = Interpellation
        fields = ["asked_by_party", "asked_by", "addressee", "answered_on"]


class QuestionForm(ModelForm):
    """One question with its answer."""

    answer = MarkdownField(label=_("Answer"), widget=forms.Textarea({"rows": 8}))

    class Meta:
        model = InterpellationQuestion
        fields = ["text", "answer"]
        widgets = {"text": forms.Textarea({"rows": 2})}


class SectionsForm(Form):
    """A text box for each section of the template that the memo writes."""

    is_compared = False

    def __init__(self, *args, memo: Memo, **kwargs):
        super().__init__(*args, **kwargs)
        self.memo = memo
        texts = {section.template_section_id: section.text for section in memo.sections.all()}
        self.written = [section for section in memo.template.sections.all() if section.has_text]
        for section in self.written:
            self.fields[str(section.pk)] = MarkdownField(
                label=str(section), help_text=section.hint, initial=texts.get(section.pk, "")
            )

    @property
    def rows(self) -> list[tuple[TemplateSection, forms.BoundField]]:
        """The sections with their boxes, for the page."""
        return [(section, self[str(section.pk)]) for section in self.written]

    def texts(self) -> dict[int, str]:
        """The texts by template section."""
        return {section.pk: self.cleaned_data[str(section.pk)] for section in self.written}


class BaseMemoFormSet(BaseInlineFormSet):
    """The rows of one of the memo's lists."""

    is_compared = False


def memo_list_formset(model, fields: list[str], form=ModelForm, **widgets):
    """A formset for one of the memo's lists."""
    return inlineformset_factory(
        Memo,
        model,
        form=form,
        formset=BaseMemoFormSet,
        fields=fields,
        widgets=widgets or None,
        extra=0,
        max_num=100,
        absolute_max=101,
        validate_max=True,
    )


LISTS = {
    "points": memo_list_formset(ProposalPoint, ["text"], text=forms.Textarea({"rows": 2})),
    "bases": memo_list_formset(DecisionBasis, ["title", "dated_on"]),
    "consultations": memo_list_formset(
        Consultation, ["consulted", "subject", "outcome", "is_printed"]
    ),
    "signatories": memo_list_formset(Signatory, ["name", "title"]),
    "recipients": memo_list_formset(Recipient, ["function", "name"]),
    "questions": memo_list_formset(InterpellationQuestion, ["text", "answer"], QuestionForm),
}
DECIDING = {"points", "bases", "consultations", "recipients"}  # what an answer does not have


def list_formsets(data, memo: Memo) -> dict[str, BaseInlineFormSet]:
    """The formsets of the lists that the memo has, by name."""
    return {
        name: formset(data, instance=memo, prefix=name)
        for name, formset in list_classes(memo).items()
    }


def list_classes(memo: Memo) -> dict[str, type[BaseInlineFormSet]]:
    """The kinds of lists that the memo has, by name."""
    unused = DECIDING if memo.answers_interpellation else {"questions"}
    return {name: formset for name, formset in LISTS.items() if name not in unused}


def list_draft(formset: BaseInlineFormSet) -> ListDraft:
    """The rows of a valid formset, to be saved."""
    return ListDraft(
        rows=[row.save(commit=False) for row in rows_to_keep(formset)],
        removed=[row.instance for row in formset.deleted_forms if row.instance.pk],
    )
