"""By what it is told, cheaply, whether anything that is logged has changed."""

from django.db.models import Max

from audit.models import Entry

LATE = 1000  # entries: so many are written before one that was begun earlier is committed


def newest_change() -> str:
    """Another text as soon as a row is changed, by whatever statement.

    The newest entry alone would not tell of one that got its number before it and was committed
    after it, so that those among the last are counted too.
    """
    newest = Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return f"{newest} {Entry.objects.filter(pk__gt=newest - LATE).count()}"
