"""An officer's word on which agreement payments belong to."""

from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from accounts.models import User
from agreements.models import Agreement
from organisations.models import Municipality
from partnerships.history import attributed
from payments.actions.reversals import follow
from payments.matching import Matcher
from payments.models import MatchedBy, Matching, MatchingRule, Payment

CHUNK = 1000
CHANGED = ["matching", "matched_by", "agreement", "partner"]


class MatchingRefusedError(Exception):
    """The payment cannot be matched like this; the message is for the user."""


@transaction.atomic
def decide_matching(
    payment: Payment,
    *,
    agreement: Agreement | None,
    by: User,
    at: datetime,
    reason: str = "",
    alike: bool = False,
    as_rule: bool = False,
) -> int:
    """Say which agreement a payment belongs to, or that it belongs to none.

    `alike` takes with it every unmatched payment like it, and `as_rule` those to come. Unmatched
    reversals of the payments follow them. Gives how many were changed. Raises MatchingRefusedError.
    """
    _refuse_elsewhere(payment, agreement)
    chosen = Q(pk=payment.pk)
    if alike:
        others = Payment.objects.filter(municipality=payment.municipality_id).unmatched()
        chosen |= Q(pk__in=others.alike(payment).values("pk"))
    rows = list(Payment.objects.select_for_update().filter(chosen))
    following = Payment.objects.select_for_update().unmatched().filter(reverses__in=rows)
    rows += [row for row in following if row not in rows]
    for row in rows:
        row.matching = Matching.MATCHED if agreement else Matching.SET_ASIDE
        row.matched_by, row.agreement = MatchedBy.OFFICER, agreement
    _save(rows, by=by, at=at, reason=reason)
    if as_rule:
        attributed(_rule_from(payment, agreement), by=by, reason=reason).save()
    return len(rows)


@transaction.atomic
def undo_matching(payment: Payment, *, by: User, reason: str = "") -> Payment:
    """Put a payment back among those that are not matched. Raises MatchingRefusedError."""
    locked = Payment.objects.select_for_update().get(pk=payment.pk)
    if locked.matching == Matching.UNMATCHED:
        raise MatchingRefusedError(_("The payment is not matched."))
    locked.matching, locked.matched_by, locked.agreement = Matching.UNMATCHED, "", None
    attributed(locked, by=by, reason=reason).save()
    return locked


@transaction.atomic
def link_reversal(payment: Payment, original: Payment, *, by: User, reason: str = "") -> Payment:
    """Say which payment a reversal takes back. Raises MatchingRefusedError."""
    locked = Payment.objects.select_for_update().get(pk=payment.pk)
    is_possible = (
        locked.is_reversal
        and original.amount > 0
        and original.source_id == locked.source_id
        and original.amount >= -locked.amount
    )
    if not is_possible:
        raise MatchingRefusedError(
            _("Choose a payment of the same source that is at least as large as the reversal.")
        )
    follow(locked, original)
    attributed(locked, by=by, reason=reason).save()
    return locked


@transaction.atomic
def match_again(municipality: Municipality, *, by: User, at: datetime) -> int:
    """Try every unmatched payment once more, after agreements or rules were added. Gives how many matched."""
    matcher, matched = Matcher(municipality), 0
    waiting = Payment.objects.select_for_update().filter(municipality=municipality).unmatched()
    rows = waiting.order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        matcher.match(chunk)
        found = [row for row in chunk if row.matching != Matching.UNMATCHED]
        _save(found, by=by, at=at, reason=_("Matched again"))
        matched += len(found)
    return matched


def _save(rows: list[Payment], *, by: User, at: datetime, reason: str) -> None:
    bulk_update_with_history(
        rows,
        Payment,
        CHANGED,
        batch_size=CHUNK // 2,
        default_user=by,
        default_change_reason=reason,
        default_date=at,
    )


def _refuse_elsewhere(payment: Payment, agreement: Agreement | None) -> None:
    if agreement and agreement.committee.municipality_id != payment.municipality_id:
        raise MatchingRefusedError(_("Choose one of the municipality's own."))


def _rule_from(payment: Payment, agreement: Agreement | None) -> MatchingRule:
    """The rule that takes the payments like this one; a number tells the payee better than a name."""
    named = bool(payment.payee_number or payment.payee_name)
    rule = MatchingRule(
        municipality=payment.municipality,
        source=payment.source,
        payee_number=payment.payee_number,
        payee_name="" if payment.payee_number else payment.payee_name,
        account=payment.account,
        project=payment.project,
        text_contains="" if named else payment.text[:100],
        agreement=agreement,
    )
    if not rule.conditions:
        raise MatchingRefusedError(
            _("The payment has nothing that a rule could tell others by. Save it without a rule.")
        )
    return rule
