"""Everything between a partner and the municipality, drawn to scale and as rows."""

from collections.abc import Iterator
from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.documents import Happening
from agreements.documents.timeline import Timeline
from agreements.models import Agreement
from agreements.models.agreement import Status
from assessments.models import Assessment
from assessments.records import happening as of_assessment
from dialogues.models import Dialogue
from dialogues.records import happening as of_dialogue
from organisations.models import Partner
from partnerships.dates import ApproximateDate
from partnerships.dates.bounds import moved

MOST_ROWS = 60  # of each kind, the latest


def picture_of(partner: Partner, user: User, day: date) -> Timeline:
    """Dialogues, assessments and agreements that the user may read, the oldest first."""
    dialogues = Dialogue.objects.visible_to(user).about(partner).order_by("-pk")[:MOST_ROWS]
    assessments = Assessment.objects.visible_to(user).about(partner).with_answers()
    agreements = (
        Agreement.objects.visible_to(user)
        .filter(parties__partner__in=Partner.objects.same_as(partner))
        .with_status(day)
        .distinct()
        .order_by("-pk")
        .prefetch_related("revisions")[:MOST_ROWS]
    )
    rows = [
        *map(of_dialogue, reversed(dialogues)),
        *map(of_assessment, reversed(assessments.order_by("-pk")[:MOST_ROWS])),
        *_agreements(agreements),
    ]
    return Timeline(tuple(rows), day)


def latest_assessment(partner: Partner, user: User) -> Assessment | None:
    """The last confirmed assessment of the partner itself, not of a project of its."""
    found = Assessment.objects.visible_to(user).about(partner)
    return (
        found.filter(project__isnull=True, confirmed_at__isnull=False)
        .order_by("-confirmed_at")
        .first()
    )


def _agreements(agreements) -> Iterator[Happening]:
    """Each agreement from its first day to its last; a draft from when it was registered."""
    for agreement in sorted(agreements, key=lambda row: (row.begins_possibly or date.max, row.pk)):
        decided = [row for row in agreement.revisions.all() if not row.is_draft]
        starts = min(decided, key=lambda row: row.number).in_force_from if decided else None
        if not decided:
            starts = ApproximateDate.exactly(localtime(agreement.created_at).date())
        over = agreement.over_certainly
        status = Status(agreement.status).label
        yield Happening(
            _("Agreements"),
            "agreement",
            agreement.name,
            starts,
            ApproximateDate.exactly(moved(over, days=-1)) if over else None,
            is_open=over is None,
            note=f"{agreement.get_kind_display()}, {status}",
            url=agreement.get_absolute_url(),
        )
