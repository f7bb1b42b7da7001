"""A dialogue's own facts, its outcome, and the filter of the list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.models import Agreement
from dialogues.models import Dialogue
from organisations.fields import DiaryNumberMixin, PartnerOrProjectField
from organisations.models import Partner, PartnerProject
from partnerships.dates.fields import ApproximateDateFormField
from partnerships.editing import Form, ModelForm
from partnerships.fields import MarkdownFormField


class DialogueForm(DiaryNumberMixin, ModelForm):
    """With whom, about which need, on whose initiative."""

    subject = PartnerOrProjectField(
        label=_("Organisation or project"),
        max_length=220,
        help_text=_("Write a name or an organisation number. A project finds its owner."),
    )
    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = Dialogue
        fields = [
            "name",
            "kind",
            "committee",
            "officer",
            "diary_number",
            "initiative",
            "initiative_note",
            "started_on",
            "need",
        ]
        field_classes = {"need": MarkdownFormField}
        widgets = {"need": forms.Textarea({"rows": 4})}

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        committees = user.committees_where("dialogues.change_dialogue")
        self.fields["committee"].queryset = committees.select_related("municipality")
        self.fields["officer"].queryset = User.objects.to_answer_for_work(
            user, present=self.instance.officer_id
        )
        self.fields["officer"].label_from_instance = str
        self.fields["officer"].empty_label = _("not decided")
        self.fields["initiative"].choices = [("", _("not known")), *Dialogue.Initiative.choices]
        if self.instance.pk:
            self.fields["subject"].initial = self.instance.subject
        if user.municipality_id:
            self.suggest("officer", user.pk)
        if len(committees) == 1:
            self.suggest("committee", committees[0].pk)

    def clean(self):
        cleaned = super().clean()
        committee, officer = cleaned.get("committee"), cleaned.get("officer")
        self.clean_diary_number_for(committee)
        if committee and officer and officer.municipality_id != committee.municipality_id:
            self.add_error("officer", _("Choose one of the municipality's own."))
        if subject := cleaned.get("subject"):
            is_project = isinstance(subject, PartnerProject)
            self.instance.project = subject if is_project else None
            self.instance.partner = subject.partner if is_project else subject
        return cleaned


class CloseForm(Form):
    """What the dialogue came to."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Dialogue.Outcome.choices, widget=forms.RadioSelect
    )
    agreement = forms.ModelChoiceField(
        Agreement.objects.none(),
        label=_("Agreement that it leads to"),
        required=False,
        help_text=_("Agreements with the organisation. Register the agreement first if need be."),
    )
    ended_on = ApproximateDateFormField(
        label=_("Ended on"),
        required=False,
        help_text=_("As exact as it is known: 2022-03-14, mars 2022, våren 2022 or 2022."),
    )
    reason = MarkdownFormField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It stands in the log."),
    )

    def __init__(self, *args, dialogue: Dialogue, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        agreements = Agreement.objects.visible_to(user).filter(
            parties__partner__in=Partner.objects.same_as(dialogue.partner),
            committee__municipality=dialogue.municipality,
        )
        self.fields["agreement"].queryset = agreements.distinct()
        if dialogue.kind == Dialogue.Kind.PRE_STAGE:
            self.fields["outcome"].choices = [
                choice
                for choice in Dialogue.Outcome.choices
                if choice[0] != Dialogue.Outcome.PRE_STAGE
            ]


class DialogueFilter(Form):
    """The list's filter; what it cannot read it leaves out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Every state")), ("open", _("open")), *Dialogue.Outcome.choices],
    )

    def filtered(self, dialogues):
        """The dialogues that the readable parts of the filter let through."""
        self.is_valid()
        state = self.cleaned_data.get("state")
        if state:
            dialogues = dialogues.open() if state == "open" else dialogues.filter(outcome=state)
        return dialogues.matching(self.cleaned_data.get("q") or "")
