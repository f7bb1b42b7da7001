from dialogues.forms.dialogue import CloseForm, DialogueFilter, DialogueForm
from dialogues.forms.meeting import MeetingForm, ParticipantFormSet, RemoveForm

__all__ = [
    "CloseForm",
    "DialogueFilter",
    "DialogueForm",
    "MeetingForm",
    "ParticipantFormSet",
    "RemoveForm",
]
