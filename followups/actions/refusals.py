"""Why something cannot be done with a plan or a report; the texts are for the user."""


class FollowUpRefusedError(Exception):
    """It cannot be done now; the message is for the user."""


class ReportChangedError(FollowUpRefusedError):
    """Somebody else has saved the report meanwhile; the message is for the user."""


class ReportIncompleteError(FollowUpRefusedError):
    """The report lacks answers; `sentences` says which, for the user."""

    def __init__(self, sentences: list[str]):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class LinkRefusedError(FollowUpRefusedError):
    """The link opens nothing. It is never said why."""
