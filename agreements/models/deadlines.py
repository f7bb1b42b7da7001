"""Every last day that follows from an agreement's facts, computed in this one place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models.life import Life
from agreements.models.particulars import GrantParticulars
from agreements.models.party import Party
from agreements.models.validity import NoticePeriod
from partnerships.dates import ApproximateDate
from partnerships.dates.arithmetic import months_after
from partnerships.dates.bounds import moved


class Why(models.TextChoices):
    """Why a last day is not known, or does not exist."""

    NO_NOTICE = "no_notice", _("the notice period is not stated in the source")
    NO_END = "no_end", _("no end is known")
    UNCERTAIN_END = "uncertain_end", _("it is uncertain when the agreement ends")
    NO_START = "no_start", _("it cannot be computed from the start")


@dataclass(frozen=True)
class Deadline:
    """A last day, or why there is none.

    `on` is None when it is not known to the day: `approximate` is then as near as one comes, or
    `why` says why there is nothing.
    """

    class Kind(models.TextChoices):
        NOTICE = "notice", _("last day to give notice")
        END = "end", _("last day of the agreement")
        REVIEW = "review", _("to be reviewed")

    kind: Kind
    on: date | None
    party: Party | None = None
    why: Why | None = None
    approximate: ApproximateDate | None = None
    is_computed: bool = True


def last_day_of_notice(last_day: date, notice: NoticePeriod) -> date:
    """The last day on which notice ends the agreement with `last_day`.

    The whole notice period lies between: with six months and an end on 31 December, 30 June.
    """
    days = notice.length if notice.unit == NoticePeriod.Unit.DAYS else 0
    months = notice.length if notice.unit == NoticePeriod.Unit.MONTHS else 0
    over = moved(last_day, days=1)
    return moved(moved(over, months=-months, days=-days), days=-1)


def end_deadline(life: Life) -> Deadline:
    """The last day of the agreement: of its latest term, or the day before a termination."""
    if life.over_certainly is None:
        return Deadline(Deadline.Kind.END, None, why=Why.NO_END)
    if life.over_possibly != life.over_certainly:
        return Deadline(Deadline.Kind.END, None, why=Why.UNCERTAIN_END)
    return Deadline(Deadline.Kind.END, moved(life.over_certainly, days=-1))


def review_deadlines(grant: GrantParticulars | None, life: Life) -> list[Deadline]:
    """When a time-limited grant is to be reviewed: as stated, else its start and its months."""
    if grant is None or not (grant.review_on or grant.limit_months):
        return []
    stated = grant.review_on
    starts = life.begins
    computed = months_after(starts, grant.limit_months) if starts and grant.limit_months else None
    review = stated or computed
    if review is None:
        return [Deadline(Deadline.Kind.REVIEW, None, why=Why.NO_START)]
    day = review.earliest if review.is_exact else None
    return [Deadline(Deadline.Kind.REVIEW, day, approximate=review, is_computed=stated is None)]


def notice_deadlines(life: Life, notices: Iterable[NoticePeriod]) -> list[Deadline]:
    """Each party's last day to give notice. It follows the latest term, so a renewed end moves it."""
    known = {notice.party: notice for notice in notices}
    end = end_deadline(life)
    return [_notice_deadline(party, known.get(party), end) for party in Party]


def _notice_deadline(party: Party, notice: NoticePeriod | None, end: Deadline) -> Deadline:
    if notice is None:
        return Deadline(Deadline.Kind.NOTICE, None, party, Why.NO_NOTICE)
    if end.on is None:
        return Deadline(Deadline.Kind.NOTICE, None, party, end.why)
    return Deadline(Deadline.Kind.NOTICE, last_day_of_notice(end.on, notice), party)
