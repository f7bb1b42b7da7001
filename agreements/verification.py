"""What `manage.py verify` holds agreements against: the order of revisions, and what is kept."""

from collections.abc import Iterator

from agreements.models import Agreement
from agreements.models.agreement import LIFE
from agreements.models.kept import kept_now


def broken_agreements() -> Iterator[tuple[str, str]]:
    """Where an agreement does not hold together, and how."""
    facts = ("revisions", "terms", "terminations", "notices")
    for agreement in Agreement.objects.prefetch_related(*facts).iterator(chunk_size=500):
        where = f"agreements.Agreement {agreement.pk}"
        decided = sorted(row.number for row in agreement.revisions.all() if not row.is_draft)
        if decided != list(range(1, len(decided) + 1)):
            numbers = ", ".join(map(str, decided))
            yield where, f"its decided revisions are numbered {numbers}, not from 1 without gaps"
        if drifted := _drifted(agreement):
            yield where, f"kept values do not follow from its facts: {', '.join(drifted)}"


def _drifted(agreement: Agreement) -> list[str]:
    kept = kept_now(agreement)
    return [name for name in LIFE if getattr(agreement, name) != kept[name]]
