"""Reversals find the payments that they take back."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from simple_history.utils import bulk_update_with_history

from accounts.models import User
from payments.models import MatchedBy, Matching, Payment

CHUNK = 500
CHANGED = ["reverses", "matching", "matched_by", "agreement"]


def match_reversals(reversals: list[Payment], *, by: User | None, at: datetime) -> int:
    """Tie each saved reversal to its original, and give it the original's agreement if it has none.

    The source's own key decides; else the one earlier payment that is alike and not taken back yet.
    Gives how many found theirs.
    """
    changed = []
    for start in range(0, len(reversals), CHUNK):
        changed += list(_tied(reversals[start : start + CHUNK]))
    bulk_update_with_history(
        changed, Payment, CHANGED, batch_size=CHUNK, default_user=by, default_date=at
    )
    return len(changed)


def follow(reversal: Payment, original: Payment) -> None:
    """Make the reversal the original's, without saving it."""
    reversal.reverses = original
    if reversal.matching == Matching.UNMATCHED and original.agreement_id:
        reversal.matching, reversal.matched_by = Matching.MATCHED, MatchedBy.REVERSAL
        reversal.agreement_id = original.agreement_id


def _tied(reversals: list[Payment]) -> Iterator[Payment]:
    """The reversals of which the original is known, tied to it."""
    by_key, alike = _candidates(reversals)
    taken: set[int] = set()
    for reversal in reversals:
        original = by_key.get((reversal.source_id, reversal.reversed_key))
        if original is None or original.amount < -reversal.amount:
            original = _only([row for row in alike[_likeness(reversal)] if row.pk not in taken])
            if original and original.paid_on > reversal.paid_on:
                original = None
        if original:
            taken.add(original.pk)
            follow(reversal, original)
            yield reversal


def _candidates(reversals: list[Payment]) -> tuple[dict, dict]:
    """The payments that the reversals name, and those alike that nothing takes back yet."""
    sources = {reversal.source_id for reversal in reversals}
    keys = [reversal.reversed_key for reversal in reversals if reversal.reversed_key]
    payments = Payment.objects.filter(source__in=sources, amount__gt=0)
    by_key = {
        (payment.source_id, payment.external_key): payment
        for payment in payments.filter(external_key__in=keys)
    }
    alike = defaultdict(list)
    free = payments.filter(
        amount__in={-reversal.amount for reversal in reversals}, reversals__isnull=True
    )
    numbers = {reversal.payee_number for reversal in reversals}
    for payment in free.filter(payee_number__in=numbers):
        alike[_likeness(payment)].append(payment)
    return by_key, alike


def _likeness(payment: Payment) -> tuple:
    return (
        payment.source_id,
        payment.direction,
        abs(payment.amount),
        payment.payee_number,
        payment.payee_name,
        payment.account,
        payment.project,
    )


def _only(payments: list[Payment]) -> Payment | None:
    return payments[0] if len(payments) == 1 else None
