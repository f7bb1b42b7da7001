from dialogues.models.dialogue import Dialogue
from dialogues.models.meeting import DialogueMeeting, Participant

__all__ = ["Dialogue", "DialogueMeeting", "Participant"]
