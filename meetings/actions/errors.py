"""Why a meeting is not changed; every message is for the user."""


class MeetingRefusedError(Exception):
    """The meeting, or what is on it, cannot be changed so."""


class AgendaRefusedError(MeetingRefusedError):
    """The agenda cannot be changed so."""


class ProceedingsRefusedError(MeetingRefusedError):
    """What the members are said to have done cannot have been so."""


class DecisionRefusedError(MeetingRefusedError):
    """The decision cannot be recorded so, or has no effect in an agreement."""


class MinutesRefusedError(MeetingRefusedError):
    """The minutes cannot be numbered, adjusted or posted so."""


class DispatchRefusedError(MeetingRefusedError):
    """The extract cannot be sent so."""
