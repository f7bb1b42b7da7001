"""What everyone may be told of the work of steering groups."""

from collections.abc import Iterable

from django.db.models import F

from agreements.models import Agreement
from steering.models import MeetingCount

BY_DAY = F("meeting__held_earliest").asc(nulls_first=True)  # of unknown day is not the latest


def open_counts_of(agreements: Iterable[Agreement]) -> dict[int, tuple[str, ...]]:
    """The counts of each agreement's latest notes that are laid down, with few persons left out."""
    rows = MeetingCount.objects.filter(
        meeting__group__agreement__in=[agreement.pk for agreement in agreements],
        meeting__issued_at__isnull=False,
    ).select_related("meeting__group")
    latest: dict[int, tuple[int, list[str]]] = {}
    for row in rows.order_by(BY_DAY, "meeting", "pk"):
        agreement, meeting = row.meeting.group.agreement_id, row.meeting_id
        if latest.get(agreement, (None, []))[0] != meeting:
            latest[agreement] = (meeting, [])
        latest[agreement][1].append(row.open_words_with_scope)
    return {agreement: tuple(words) for agreement, (_meeting, words) in latest.items()}
