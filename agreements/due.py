"""The last days of agreements: notice, end and review."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agreements.models import Agreement
from partnerships.due import Due
from partnerships.together import Questions

DAY = timedelta(days=1)
NOTICE_DAYS, END_DAYS, REVIEW_DAYS = (180, 60, 14, 0), (180, 30, 0), (60, 14, 0)


def due(
    agreements: QuerySet[Agreement], *, first: date, last: date, most: int | None = None
) -> Questions[list[Due]]:
    """The agreements' last days between two days, from what is kept on their rows.

    A notice is worth a reminder only while the agreement has not been terminated.
    """
    rows = agreements.filter(is_decided=True).select_related("committee")
    days = (first, last)
    notices, ends, reviews = yield [
        rows.filter(notice_by__range=days, is_terminated=False).order_by("notice_by")[:most],
        rows.filter(over_on__range=(first + DAY, last + DAY)).order_by("over_on")[:most],
        rows.filter(review_by__range=days).order_by("review_by")[:most],
    ]
    notice, end, review = (
        _("Last day to give notice"),
        _("Last day of the agreement"),
        _("To be reviewed"),
    )
    return [
        *(_due(row, "notice", row.notice_by, notice, NOTICE_DAYS) for row in notices),
        *(_due(row, "end", row.last_day, end, END_DAYS) for row in ends),
        *(_due(row, "review", row.review_by, review, REVIEW_DAYS) for row in reviews),
    ]


def _due(agreement: Agreement, kind: str, on: date, what: str, days_before: tuple[int, ...]) -> Due:
    return Due(
        key=f"agreement-{agreement.pk}-{kind}-{on.isoformat()}",
        on=on,
        what=what,
        title=agreement.name,
        url=agreement.get_absolute_url(),
        committee=agreement.committee.name,
        days_before=days_before,
    )
