"""Reports: begun on a period, written, and received from outside the portal."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.models import Agreement, Life, Revision, RevisionOn
from followups.actions.next_due import keep_next
from followups.actions.refusals import FollowUpRefusedError, ReportChangedError
from followups.actions.rows import keep_rows
from followups.models import (
    FollowUpPlan,
    FollowUpReport,
    FundsUse,
    IndicatorValue,
    NarrativeAnswer,
    ReportEvent,
)
from followups.states import State, Step
from partnerships.dates import ApproximateDate
from partnerships.history import attributed

Figure = tuple[Decimal | None, str]


@dataclass
class AnswersDraft:
    """What was written: figures, texts and amounts by the key of the report's row.

    What is not there was not written, and stays as it is.
    """

    values: dict[int, Figure] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    uses: dict[int, Figure] = field(default_factory=dict)
    deviations: str | None = None


@dataclass(frozen=True)
class Seen:
    """What the page that is sent was built upon: an edition, and a mark of the page itself.

    A page that saves as one goes may be sent before it knows of its own last save. Such a page
    `may_follow_itself`; it never overwrites what another page has saved.
    """

    edition: int
    page: str = ""
    may_follow_itself: bool = False

    def is_of(self, report: FollowUpReport) -> bool:
        """Has nobody else saved the report since?"""
        if self.edition == report.edition:
            return True
        return self.may_follow_itself and bool(self.page) and self.page == report.saved_from


@transaction.atomic
def open_report(
    agreement: Agreement, *, period_starts: date, by: User, at: datetime
) -> FollowUpReport:
    """Begin the report on a period that the plan asks for. Raises FollowUpRefusedError."""
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    plan = FollowUpPlan.objects.select_related("agreement").filter(agreement=agreement).first()
    asked = plan.asked(period_starts) if plan else []
    period = next((period for period in asked if period.first == period_starts), None)
    if plan is None or period is None:
        raise FollowUpRefusedError(
            _("The plan asks for no report on that period, or one has been begun already.")
        )
    report = FollowUpReport(
        agreement=agreement,
        revision=_revision_on(agreement, period.last),
        period_starts=period.first,
        period_ends=period.last,
        due_on=plan.due_on(period),
    )
    attributed(report, by=by, reason=_("Report begun")).save()
    keep_rows(report, plan, by=by)
    keep_next(agreement)
    attributed(ReportEvent(report=report, step=Step.OPEN, at=at, by=by), by=by).save()
    return report


@transaction.atomic
def register_account(report: FollowUpReport, *, by: User, at: datetime) -> FollowUpReport:
    """Register a plain account that the partner gave outside of the portal."""
    report.state = State.RECEIVED
    attributed(report, by=by, reason=_("Account received")).save()
    attributed(ReportEvent(report=report, step=Step.RECEIVE, at=at, by=by), by=by).save()
    return report


@transaction.atomic
def save_account(report: FollowUpReport, *, by: User, reason: str = "") -> FollowUpReport:
    """Correct what is registered of an account. Raises FollowUpRefusedError."""
    locked = FollowUpReport.objects.select_for_update().get(pk=report.pk)
    if not locked.is_account:
        raise FollowUpRefusedError(_("This is not an account from outside the portal."))
    attributed(report, by=by, reason=reason).save()
    return report


@transaction.atomic
def save_answers(
    report: FollowUpReport, draft: AnswersDraft, *, seen: Seen, by: User | None
) -> FollowUpReport:
    """Save what was written, when nobody else has saved since the page was fetched.

    `by` is None for the partner. Raises ReportChangedError or FollowUpRefusedError.
    """
    locked = FollowUpReport.objects.select_for_update().get(pk=report.pk)
    if not locked.is_open:
        raise FollowUpRefusedError(
            _("The report has been handed in, and is not changed until it is returned.")
        )
    if not seen.is_of(locked):
        raise ReportChangedError(
            _(
                "Somebody else has saved the report since you opened it. Copy what you have written, load the page again and write it there."
            )
        )
    reason = "" if by else _("By the partner, through the personal link")
    has_changed = _save_rows(locked, draft, by, reason)
    if draft.deviations is not None and draft.deviations != locked.deviations:
        locked.deviations, has_changed = draft.deviations, True
    if has_changed:
        locked.edition += 1
        locked.saved_from = seen.page
        attributed(locked, by=by, reason=reason).save()
    return locked


def received(
    agreement: Agreement, *, on: ApproximateDate, account: str, by: User, at: datetime
) -> FollowUpReport:
    """An account that came in, as one is told of it by a source."""
    report = FollowUpReport(agreement=agreement, received_on=on, account=account)
    return register_account(report, by=by, at=at)


def _revision_on(agreement: Agreement, day: date) -> Revision | None:
    """The latest revision that can have applied on the day; None when none did."""
    revisions = list(agreement.revisions.all())
    life = Life.of(revisions, agreement.terms.all(), agreement.terminations.all())
    return RevisionOn.among(revisions, life, day).revision


def _save_rows(report: FollowUpReport, draft: AnswersDraft, by: User | None, reason: str) -> bool:
    """Save the rows whose answer is another than before. Was there any?"""
    changed: list[IndicatorValue | NarrativeAnswer | FundsUse] = []
    for row in report.values.all():
        if row.pk in draft.values and draft.values[row.pk] != (row.value, row.comment):
            row.value, row.comment = draft.values[row.pk]
            changed.append(row)
    for answer in report.answers.all():
        if answer.pk in draft.texts and draft.texts[answer.pk] != answer.text:
            answer.text = draft.texts[answer.pk]
            changed.append(answer)
    for use in report.uses.all():
        if use.pk in draft.uses and draft.uses[use.pk] != (use.delivered, use.comment):
            use.delivered, use.comment = draft.uses[use.pk]
            changed.append(use)
    for each in changed:
        attributed(each, by=by, reason=reason).save()
    return bool(changed)
