"""Answers that the report waits for, for the worklist and reminders."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from agreements.models import Agreement
from partnerships.due import Due, by_day
from partnerships.together import Questions
from report.models import AskedOffice

DAYS = (30, 7, 0)


def due(
    agreements: QuerySet[Agreement], *, first: date, last: date, most: int | None = None
) -> Questions[list[Due]]:
    """The questions that the agreements' committees have not answered.

    They stay until they are answered, however long ago the last day was.
    """
    theirs = Exists(agreements.order_by().filter(committee=OuterRef("committee")))
    waiting = AskedOffice.objects.waiting().filter(theirs)
    rows = waiting.select_related("edition", "committee", "office")
    late, coming = yield by_day(rows, "edition__answers_by", first=first, last=last, most=most)
    return [_due(row, row.edition.answers_by) for row in (*late, *coming)]


def _due(asked: AskedOffice, on: date) -> Due:
    return Due(
        key=f"report-{asked.pk}-answer-{on.isoformat()}",
        on=on,
        what=_("Answers to the sector report"),
        title=f"{asked.edition.title}: {asked}",
        url=asked.get_absolute_url(),
        committee=asked.committee.name,
        days_before=DAYS,
        stays=True,
    )
