"""When a letter that waits is tried: at once, then more and more seldom, and not for ever.

For rows with `written_at`, `tried_at` (the last claim) and `sent_at` (docs/adr/0012).
"""

from datetime import datetime, timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, Value
from django.db.models.lookups import GreaterThanOrEqual

TRIED_AGAIN_AFTER = timedelta(minutes=15)
AT_THE_LEAST_EVERY = timedelta(days=1)
GIVEN_UP_AFTER = timedelta(days=7)


def waits(at: datetime) -> Q:
    """Letters that are tried now: not sent, not given up, and not tried lately.

    Lately is a quarter of an hour, or as long as the letter was already old when it was tried last,
    and at most a day: so the time between attempts doubles.
    """
    since = ExpressionWrapper(Value(at, DateTimeField()) - F("tried_at"), DurationField())
    before = ExpressionWrapper(F("tried_at") - F("written_at"), DurationField())
    is_time = Q(tried_at__lte=at - AT_THE_LEAST_EVERY) | Q(GreaterThanOrEqual(since, before))
    again = (
        Q(tried_at__lte=at - TRIED_AGAIN_AFTER)
        & Q(tried_at__lt=F("written_at") + GIVEN_UP_AFTER)
        & is_time
    )
    return Q(sent_at__isnull=True) & (Q(tried_at__isnull=True) | again)
