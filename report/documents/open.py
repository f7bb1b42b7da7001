"""What everyone may see of an agreement: nothing of drafts, persons or the portal's own flags."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agreements.models import Agreement, ContributionTotals, PartyTotal, Revision
from report.figures.rows import without_follow_up
from steering.openly import open_counts_of


@dataclass(frozen=True)
class OpenAgreement:
    """An agreement in force, as it is shown to everyone. `is_followed_up` None is `not known`."""

    name: str
    kind: str
    diary_number: str
    committee: str
    partners: tuple[str, ...]
    purpose: str
    target_group: str
    sides: tuple[PartyTotal, ...]
    last_day: date | None
    is_followed_up: bool | None
    counts: tuple[str, ...] = ()


def open_agreements(agreements: Iterable[Agreement], on: date) -> list[OpenAgreement]:
    """The agreements, with the revision that applied on the day, in a few queries."""
    rows = list(agreements)
    applied: dict[int, Revision] = {}
    revisions = Revision.objects.decided().filter(agreement__in=rows, in_force_earliest__lte=on)
    for revision in revisions.with_contributions().order_by("in_force_earliest", "number"):
        applied[revision.agreement_id] = revision
    lacking = without_follow_up(Agreement.objects.filter(pk__in=[row.pk for row in rows]), on)
    keys = None if lacking is None else set(lacking.values_list("pk", flat=True))
    counts = open_counts_of(rows)
    return [_open(row, applied.get(row.pk), keys, counts.get(row.pk, ())) for row in rows]


def _open(
    row: Agreement, revision: Revision | None, lacking: set[int] | None, counts: tuple[str, ...]
) -> OpenAgreement:
    totals = ContributionTotals.of(revision).parties if revision else ()
    return OpenAgreement(
        name=row.name,
        kind=str(row.get_kind_display()),
        diary_number=row.diary_number,
        committee=row.committee.name,
        partners=tuple(str(party.partner) for party in row.parties.all()),
        purpose=revision.purpose if revision else "",
        target_group=revision.target_group if revision else "",
        sides=tuple(side for side in totals if side.lines),
        last_day=row.last_day,
        is_followed_up=None if lacking is None else row.pk not in lacking,
        counts=counts,
    )
