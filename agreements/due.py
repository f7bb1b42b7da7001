"""The last days of agreements: notice, end and review."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from agreements.models import Agreement
from partnerships.due import Due

DAY = timedelta(days=1)
NOTICE_DAYS, END_DAYS, REVIEW_DAYS = (180, 60, 14, 0), (180, 30, 0), (60, 14, 0)


def due(agreements: QuerySet[Agreement], *, first: date, last: date) -> Iterator[Due]:
    """The agreements' last days between two days, from what is kept on their rows.

    A notice is worth a reminder only while the agreement has not been terminated.
    """
    rows = agreements.filter(is_decided=True).select_related("committee")
    days = (first, last)
    for row in rows.filter(notice_by__range=days, is_terminated=False):
        yield from _due(row, "notice", row.notice_by, _("Last day to give notice"), NOTICE_DAYS)
    ending = rows.filter(
        over_certainly__range=(first + DAY, last + DAY), over_possibly=F("over_certainly")
    )
    for row in ending:
        yield from _due(row, "end", row.last_day, _("Last day of the agreement"), END_DAYS)
    for row in rows.filter(review_by__range=days):
        yield from _due(row, "review", row.review_by, _("To be reviewed"), REVIEW_DAYS)


def _due(
    agreement: Agreement, kind: str, on: date | None, what: str, days_before: tuple[int, ...]
) -> Iterator[Due]:
    if on is not None:
        yield Due(
            key=f"agreement-{agreement.pk}-{kind}-{on.isoformat()}",
            on=on,
            what=what,
            title=agreement.name,
            url=agreement.get_absolute_url(),
            committee=agreement.committee.name,
            days_before=days_before,
        )
