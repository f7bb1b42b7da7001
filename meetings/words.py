"""The words of agendas, minutes and extracts, in the language of record."""

from meetings.models import Attendee, Ballot, Motion, ProtocolNote

LANGUAGE = "sv"

DIARY = "Dnr"
MATTER, ORDER, BASES, SENT_TO = (
    "Ärende",
    "Beslutsordning",
    "Beslutsunderlag",
    "Beslutet skickas till:",
)
MOTIONS, VOTES, RESERVATIONS = "Yrkanden", "Votering", "Reservationer"
ABSTENTIONS, RECUSALS = "Deltar ej i beslutet", "Jäv"
NOTES = {
    ProtocolNote.Kind.NOTE: ("Protokollsanteckningar", "protokollsanteckning"),
    ProtocolNote.Kind.STATEMENT: ("Särskilda yttranden", "särskilda yttrande"),
}
NOT_ADJUSTED = "Ej justerat"
NO_PARAGRAPH = "§ –"

MOVES = {
    Motion.Kind.APPROVAL: "{member} yrkar bifall till förslaget.",
    Motion.Kind.REJECTION: "{member} yrkar avslag på förslaget.",
    Motion.Kind.CHANGE: "{member} yrkar följande ändring:",
    Motion.Kind.ADDITION: "{member} yrkar följande tillägg:",
    Motion.Kind.REFERRAL: "{member} yrkar att ärendet återremitteras.",
    Motion.Kind.TABLING: "{member} yrkar att ärendet bordläggs.",
}
VOTED = {
    Ballot.Choice.YES: "Ja",
    Ballot.Choice.NO: "Nej",
    Ballot.Choice.ABSTAINS: "Avstår",
    Ballot.Choice.ABSENT: "Frånvarande",
}
FUNCTIONS = {
    Attendee.Function.CHAIR: "ordförande",
    Attendee.Function.VICE_CHAIR: "vice ordförande",
    Attendee.Function.SECRETARY: "sekreterare",
}
ANSWERED = "Interpellationen är besvarad."
REFERRED_BACK, TABLED = "Ärendet återremitteras.", "Ärendet bordläggs."


def genitive(name: str) -> str:
    """`kommunstyrelsen` as `kommunstyrelsens`; after s, x and z nothing is added."""
    return name if name[-1:].casefold() in {"s", "x", "z"} else f"{name}s"
