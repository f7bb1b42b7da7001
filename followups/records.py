"""Approved reports among the documents of record, and what follow-up adds to the timeline."""

from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.documents import Happening
from agreements.models import Agreement
from followups.models import FollowUpReport
from followups.states import State
from partnerships.dates import ApproximateDate
from partnerships.records import Record
from partnerships.together import Questions


class ReportRecords:
    """Every approved report, as it was approved."""

    prefix = "followup"

    def records(self) -> Iterator[Record]:
        """The approved reports, oldest first."""
        reports = FollowUpReport.objects.approved().select_related("agreement").order_by("pk")
        for report in reports.iterator():
            yield Record(
                id=f"{self.prefix}-{report.pk}",
                kind="follow-up report",
                title=_("Follow-up report %(period)s") % {"period": report},
                diary_number=report.agreement.diary_number,
                agreement=report.agreement.name,
                state="approved",
            )

    def render(self, key: str) -> bytes | None:
        """The report's PDF, byte for byte; None when no approved report has this key."""
        if not (key.isascii() and key.isdigit()):
            return None
        report = FollowUpReport.objects.approved().filter(pk=key).first()
        return None if report is None else kept_pdf(report)


def kept_pdf(report: FollowUpReport) -> bytes:
    """The PDF that was kept when the report was approved."""
    with report.pdf.open("rb") as file:
        return file.read()


def happenings(agreement: Agreement, user: User) -> Questions[list[Happening]]:
    """What was handed in, decided or received, for the agreement's timeline."""
    reports = FollowUpReport.objects.visible_to(user).filter(agreement=agreement)
    (rows,) = yield [reports.order_by("period_starts", "pk")]
    return [happening(row, day) for row in rows if (day := _day(row)) is not None]


def happening(report: FollowUpReport, day: ApproximateDate) -> Happening:
    """What became of the report that day, as an event on a timeline."""
    period = _("Report %(period)s") % {"period": report}
    return Happening(
        _("Follow-up"),
        "report",
        period if report.period else _("Account by the partner"),
        day,
        note=str(report.get_state_display()),
        url=report.get_absolute_url(),
    )


def _day(report: FollowUpReport) -> ApproximateDate | None:
    """When it got where it is; None while nothing has been handed in."""
    if report.state == State.RECEIVED:
        return report.received_on
    moment = report.decided_at or report.handed_in_at
    return ApproximateDate.exactly(localtime(moment).date()) if moment else None
