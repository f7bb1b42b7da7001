from meetings.models.decision import (
    Decision,
    DecisionCondition,
    DecisionEffect,
    DecisionPoint,
    DecisionRecipient,
)
from meetings.models.item import AgendaItem, ItemAgreement
from meetings.models.meeting import Agenda, Attendee, Meeting, MeetingRequest
from meetings.models.minutes import DispatchLetter, Extract, Minutes, Notice
from meetings.models.proceedings import (
    Abstention,
    Ballot,
    Motion,
    ProtocolNote,
    Recusal,
    Reservation,
    Vote,
)
from meetings.models.rules import MinutesRules

__all__ = [
    "Abstention",
    "Agenda",
    "AgendaItem",
    "Attendee",
    "Ballot",
    "Decision",
    "DecisionCondition",
    "DecisionEffect",
    "DecisionPoint",
    "DecisionRecipient",
    "DispatchLetter",
    "Extract",
    "ItemAgreement",
    "Meeting",
    "MeetingRequest",
    "Minutes",
    "MinutesRules",
    "Motion",
    "Notice",
    "ProtocolNote",
    "Recusal",
    "Reservation",
    "Vote",
]
