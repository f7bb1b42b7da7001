"""What is kept on the agreement's row, so that the register need not read what it follows from."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from agreements.models.agreement import LIFE, Agreement
from agreements.models.deadlines import notice_deadlines, review_deadlines
from agreements.models.life import Life
from agreements.models.particulars import GrantParticulars
from agreements.models.party import Party
from agreements.models.validity import NoticePeriod


def kept_of(
    life: Life, notices: Iterable[NoticePeriod], grant: GrantParticulars | None
) -> dict[str, Any]:
    """The values of the columns `LIFE`: the life, its end when that is known to the day, the first
    last day of notice, whether some party's notice period is not known, and the review.

    A vague review counts at the end of its period.
    """
    notices = list(notices)
    by = [row.on for row in notice_deadlines(life, notices) if row.on]
    reviews = [row.approximate.latest for row in review_deadlines(grant, life) if row.approximate]
    others: dict[str, date | bool | None] = {
        "over_on": life.over_certainly if life.over_certainly == life.over_possibly else None,
        "notice_by": min(by, default=None),
        "lacks_notice": {notice.party for notice in notices} != set(Party),
        "review_by": min(reviews, default=None),
    }
    return {name: getattr(life, name) for name in LIFE if name not in others} | others


def keep_life(agreement: Agreement) -> None:
    """Write what follows from the agreement's facts to its row. Every action that changes them does.

    One after the other: who comes second reads what the first has written. What other apps keep of
    it follows in the same transaction.
    """
    with transaction.atomic():
        row = Agreement.objects.select_for_update(no_key=True).filter(pk=agreement.pk)
        row.values("pk").first()
        kept = kept_now(agreement)
        row.update(**kept)
        for path in settings.AFTER_LIFE:
            import_string(path)(agreement)
    for name, value in kept.items():
        setattr(agreement, name, value)


def kept_now(agreement: Agreement) -> dict[str, Any]:
    """What follows from the agreement's facts as they are stored."""
    life = Life.of(agreement.revisions.all(), agreement.terms.all(), agreement.terminations.all())
    grant = GrantParticulars.objects.filter(agreement=agreement).first()
    return kept_of(life, agreement.notices.all(), grant)
