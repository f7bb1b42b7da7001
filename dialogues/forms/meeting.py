"""An entry of the log, and who took part."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogues.models import DialogueMeeting, Participant
from partnerships.editing import Form, ModelForm, inlineformset_factory
from partnerships.fields import MarkdownFormField

MOST_PARTICIPANTS = 50
TEXTS = ("said", "information", "alternatives", "conclusion")


class MeetingForm(ModelForm):
    """What was said, what information was given, what was offered and what it led to."""

    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    class Meta:
        model = DialogueMeeting
        fields = ["held_on", *TEXTS]
        field_classes = dict.fromkeys(TEXTS, MarkdownFormField)
        widgets = {name: forms.Textarea({"rows": 4}) for name in TEXTS}

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(name) or name in self.errors for name in TEXTS):
            self.add_error("said", _("Write what was said, or fill in one of the other boxes."))
        return cleaned


ParticipantFormSet = inlineformset_factory(
    DialogueMeeting,
    Participant,
    fields=["side", "function"],
    extra=1,
    max_num=MOST_PARTICIPANTS,
    absolute_max=MOST_PARTICIPANTS + 1,
    validate_max=True,
)


class RemoveForm(Form):
    """Why an entry is taken out of the log."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
