"""The states of a report, and the one table of what leads from one to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a report stands."""

    DRAFT = "draft", _("being written")
    SUBMITTED = "submitted", _("handed in")
    RETURNED = "returned", _("returned for completion")
    RESUBMITTED = "resubmitted", _("handed in again")
    APPROVED = "approved", _("approved")
    NOT_APPROVED = "not_approved", _("not approved")
    SKIPPED = "skipped", _("skipped")
    RECEIVED = "received", _("received outside the portal")


class Step(models.TextChoices):
    """What is done with a report; also what its timeline tells."""

    OPEN = "open", _("begun")
    RECEIVE = "receive", _("registered as received")
    SEND_LINK = "send_link", _("link sent")
    REVOKE_LINK = "revoke_link", _("link taken back")
    USE_LINK = "use_link", _("link opened")
    SUBMIT = "submit", _("handed in")
    RETURN = "return", _("returned for completion")
    APPROVE = "approve", _("approved")
    REJECT = "reject", _("not approved")
    SKIP = "skip", _("skipped")
    RESUME = "resume", _("taken up again")


IS_OPEN = (State.DRAFT, State.RETURNED)
AWAITS_REVIEW = (State.SUBMITTED, State.RESUBMITTED)
IS_DECIDED = (State.APPROVED, State.NOT_APPROVED)
NEEDS_REASON = (State.RETURNED, State.NOT_APPROVED, State.SKIPPED)

# What may be done in which state, and where it leads. What is not here cannot be done.
TRANSITIONS: dict[Step, dict[State, State]] = {
    Step.SUBMIT: {State.DRAFT: State.SUBMITTED, State.RETURNED: State.RESUBMITTED},
    Step.RETURN: dict.fromkeys(AWAITS_REVIEW, State.RETURNED),
    Step.APPROVE: dict.fromkeys(AWAITS_REVIEW, State.APPROVED),
    Step.REJECT: dict.fromkeys(AWAITS_REVIEW, State.NOT_APPROVED),
    Step.SKIP: {State.DRAFT: State.SKIPPED},
    Step.RESUME: {State.SKIPPED: State.DRAFT},
}
