"""From state to state, as the table of transitions allows: hand in, return, decide, skip."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from followups.actions.refusals import (
    FollowUpRefusedError,
    ReportChangedError,
    ReportIncompleteError,
)
from followups.answers import answers_of, as_content, parts_of
from followups.checks import missing
from followups.documents import report_pdf
from followups.models import FollowUpReport, ReceiptLetter, ReportEvent, ReportVersion
from followups.states import TRANSITIONS, State, Step
from partnerships.documents import DocumentRefusedError
from partnerships.history import attributed


@dataclass(frozen=True)
class Hand:
    """Who does it and when: a user, or the partner by name."""

    by: User | None
    at: datetime
    partner: str = ""


@dataclass(frozen=True)
class ReceiptTo:
    """Where the partner's receipt goes, and in which language."""

    recipient: str
    language: str


@transaction.atomic
def submit_report(
    report: FollowUpReport, *, hand: Hand, name: str = "", receipt: ReceiptTo | None = None
) -> ReportVersion:
    """Hand the report in: what it says is kept as a version that nothing changes.

    `name` is who handed in for the partner. With `receipt`, one is written in the same transaction,
    to be sent after. Raises ReportIncompleteError or FollowUpRefusedError.
    """
    locked = _moved(report, Step.SUBMIT)
    if lacking := missing(locked):
        raise ReportIncompleteError(lacking)
    locked.handed_in_at, locked.reason, locked.named_parts = hand.at, "", []
    version = ReportVersion(
        report=locked,
        number=len(locked.versions.all()) + 1,
        handed_in_at=hand.at,
        handed_in_by=hand.by,
        handed_in_name=name or hand.partner,
        content=as_content(answers_of(locked)),
    )
    attributed(version, by=hand.by).save()
    if receipt:
        letter = ReceiptLetter(
            version=version,
            recipient=receipt.recipient,
            language=receipt.language,
            written_at=hand.at,
        )
        attributed(letter, by=hand.by).save()
    _keep(locked, Step.SUBMIT, hand, note=name if hand.by else "")
    return version


@transaction.atomic
def return_report(
    report: FollowUpReport,
    *,
    parts: list[str],
    reason: str,
    hand: Hand,
    read: int | None = None,
) -> FollowUpReport:
    """Return it for completion: which parts, and why.

    `read` is the edition that the decider has read; without it, whatever is there. Raises
    ReportChangedError or FollowUpRefusedError.
    """
    locked = _moved(report, Step.RETURN, read)
    known = {part.key for part in parts_of(locked)}
    if not parts or not set(parts) <= known:
        raise FollowUpRefusedError(_("Choose which parts are to be completed."))
    locked.named_parts = parts
    return _with_reason(locked, Step.RETURN, reason, hand)


@transaction.atomic
def approve_report(
    report: FollowUpReport, *, hand: Hand, note: str = "", read: int | None = None
) -> FollowUpReport:
    """Approve the report: its PDF is kept, with its checksum.

    `read` as in `return_report`. Raises ReportChangedError or FollowUpRefusedError.
    """
    locked = _moved(report, Step.APPROVE, read)
    locked.decided_at, locked.decided_by, locked.reason = hand.at, hand.by, note
    try:
        pdf = report_pdf(locked)
    except DocumentRefusedError as error:
        raise FollowUpRefusedError(str(error)) from error
    locked.pdf_sha256 = sha256(pdf).hexdigest()
    locked.pdf.save(f"report-{locked.pk}.pdf", ContentFile(pdf), save=False)
    return _keep(locked, Step.APPROVE, hand, note=note)


@transaction.atomic
def reject_report(
    report: FollowUpReport, *, reason: str, hand: Hand, read: int | None = None
) -> FollowUpReport:
    """Decide that the report is not approved, and why.

    `read` as in `return_report`. Raises ReportChangedError or FollowUpRefusedError.
    """
    locked = _moved(report, Step.REJECT, read)
    locked.decided_at, locked.decided_by = hand.at, hand.by
    return _with_reason(locked, Step.REJECT, reason, hand)


@transaction.atomic
def skip_report(report: FollowUpReport, *, reason: str, hand: Hand) -> FollowUpReport:
    """Let the period pass without a report, and say why. Raises FollowUpRefusedError."""
    return _with_reason(_moved(report, Step.SKIP), Step.SKIP, reason, hand)


@transaction.atomic
def resume_report(report: FollowUpReport, *, hand: Hand) -> FollowUpReport:
    """Take a skipped report up again. Raises FollowUpRefusedError."""
    locked = _moved(report, Step.RESUME)
    locked.reason = ""
    return _keep(locked, Step.RESUME, hand)


def _moved(report: FollowUpReport, step: Step, read: int | None = None) -> FollowUpReport:
    """The report, locked and fetched anew, in the state that the step leads to; not saved.

    Was an edition read, it must be the one that is there: a report may have been returned and
    handed in again meanwhile.
    """
    FollowUpReport.objects.select_for_update().get(pk=report.pk)
    fresh = FollowUpReport.objects.with_answers().get(pk=report.pk)
    leads_to = TRANSITIONS[step].get(State(fresh.state))
    if leads_to is None:
        raise FollowUpRefusedError(
            _("The report is now “%(state)s”, so this cannot be done.")
            % {"state": fresh.get_state_display()}
        )
    if read is not None and read != fresh.edition:
        raise ReportChangedError(
            _(
                "The report has changed since you read it, and nothing is decided. Read it as it is now, and decide again."
            )
        )
    fresh.state = leads_to
    return fresh


def _with_reason(report: FollowUpReport, step: Step, reason: str, hand: Hand) -> FollowUpReport:
    if not reason.strip():
        raise FollowUpRefusedError(_("Say why."))
    report.reason = reason
    return _keep(report, step, hand, note=reason)


def _keep(report: FollowUpReport, step: Step, hand: Hand, *, note: str = "") -> FollowUpReport:
    """Save the report in its new state, and write the step to its timeline."""
    report.edition += 1
    attributed(report, by=hand.by, reason=str(step.label)).save()
    event = ReportEvent(
        report=report, step=step, at=hand.at, by=hand.by, partner=hand.partner, note=note
    )
    attributed(event, by=hand.by).save()
    return report
