"""Makes plausible, invented payments on a municipality's agreements, the same for the same seed."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.core.files.base import ContentFile
from django.db import transaction
from simple_history.utils import bulk_create_with_history

from agreements.models import Agreement
from organisations.models import Municipality
from partnerships.history import attributed
from partnerships.search import search_key
from payments.models import Direction, ImportBatch, MatchedBy, Matching, Payment, PaymentSource

BATCH = 200  # agreements
SOURCE, FILE = "Påhittad reskontra", "pahittade-betalningar.csv"
REASON = "Genererad"
ACCOUNT = "4530"
EARLIEST = date(2012, 1, 1)


class PaymentGenerator:
    """Gives every agreement that has begun so many payments over the time it has lasted."""

    def __init__(self, municipality: Municipality, *, seed: int, at: datetime):
        self.municipality, self.at, self.seed = municipality, at, seed
        self.random = Random(seed)  # noqa: S311  (deterministic by design, not for secrets)
        self.by = municipality.users.order_by("pk").first()

    def is_used(self) -> bool:
        """Have payments been made from this seed in the municipality before?"""
        return ImportBatch.objects.filter(
            source__municipality=self.municipality, sha256=self._digest()
        ).exists()

    def run(self, per_agreement: int) -> Iterator[int]:
        """Make the payments; gives the number made after each batch of agreements."""
        batch, made = self._batch(), 0
        agreements = Agreement.objects.filter(
            committee__municipality=self.municipality, begins_certainly__lt=self.at.date()
        )
        keys = list(agreements.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            rows: list[Payment] = []
            chosen = Agreement.objects.filter(pk__in=keys[start : start + BATCH])
            for agreement in chosen.order_by("pk").prefetch_related("partners"):
                rows += self._payments(batch, agreement, per_agreement, made + len(rows))
            with transaction.atomic():
                bulk_create_with_history(
                    rows,
                    Payment,
                    batch_size=1000,
                    default_user=self.by,
                    default_change_reason=REASON,
                    default_date=self.at,
                )
            made += len(rows)
            yield made

    def _payments(
        self, batch: ImportBatch, agreement: Agreement, count: int, done: int
    ) -> list[Payment]:
        """Evenly over the agreement's time up to now; one in fifty takes money back."""
        first = max(agreement.begins_certainly or EARLIEST, EARLIEST)
        last = min(agreement.over_certainly or self.at.date(), self.at.date())
        partner = next(iter(agreement.partners.all()), None)
        size = Decimal(self.random.randrange(5, 400) * 500)
        days = max((last - first).days, 1)
        return [
            Payment(
                municipality=self.municipality,
                source=batch.source,
                batch=batch,
                row_number=done + number + 2,
                external_key=f"{self.seed}-{done + number}",
                paid_on=first + timedelta(days=days * number // count),
                direction=Direction.PAID,
                amount=-size / 5 if self.random.random() < 0.02 else size,
                account=ACCOUNT,
                voucher=f"V{done + number}",
                payee_name=partner.name if partner else "",
                search_key=search_key(f"{partner or ''} V{done + number}"),
                matching=Matching.MATCHED,
                matched_by=MatchedBy.PARTNER,
                agreement=agreement,
                partner=partner,
            )
            for number in range(count)
        ]

    def _digest(self) -> str:
        return hashlib.sha256(f"{FILE} {self.seed}".encode()).hexdigest()

    @transaction.atomic
    def _batch(self) -> ImportBatch:
        """The invented source, and the file that the payments would have come in with."""
        source = PaymentSource.objects.filter(
            municipality=self.municipality, name=SOURCE
        ).first() or PaymentSource(municipality=self.municipality, name=SOURCE)
        if source.pk is None:
            attributed(source, by=self.by, reason=REASON).save()
        batch = ImportBatch(
            source=source,
            file_name=FILE,
            size=0,
            sha256=self._digest(),
            state=ImportBatch.State.IMPORTED,
            uploaded_at=self.at,
            uploaded_by=self.by,
            imported_at=self.at,
            imported_by=self.by,
        )
        batch.file.save(FILE, ContentFile(b""), save=False)
        attributed(batch, by=self.by, reason=REASON).save()
        return batch
