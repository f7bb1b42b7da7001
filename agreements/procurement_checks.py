"""What the portal finds in a procured contract: indicators, each with its arithmetic, no verdicts."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from agreements.models import AgreementOn, ProcurementParticulars, SourceFlag
from agreements.models.procurement import (
    DOCUMENTED_WITHIN,
    is_reserved_for_idea_based,
    threshold,
    unlisted_codes,
)
from organisations.models import Threshold
from partnerships.money import kronor

Kind = SourceFlag.Kind
Found = tuple[str, SourceFlag.Kind, str]


def procurement_findings(answer: AgreementOn) -> Iterator[Found]:
    """Code, kind and text of each finding; none when it is no procured contract."""
    row = answer.facts.procurement
    day = answer.life.begins_possibly or (row.signed_on if row else None)
    if row is None:
        return
    if not row.method:
        yield "method", Kind.MISSING, _("The method of procurement is not stated.")
    if is_reserved_for_idea_based(row.method):
        yield from _reserved(row)
    if row.total_value is None:
        yield (
            "value",
            Kind.MISSING,
            _(
                "The value of the whole term with all options cannot be computed, so it is compared with no threshold."
            ),
        )
    elif day:
        yield from _value(answer, row, row.total_value, day)


def _reserved(row: ProcurementParticulars) -> Iterator[Found]:
    if not row.evidence:
        yield (
            "evidence",
            Kind.MISSING,
            _(
                "There is no evidence that the organisation is idea-based: neither a registration nor anything else."
            ),
        )
    if codes := unlisted_codes(row.cpv_codes):
        yield (
            "cpv",
            Kind.CONTRADICTION,
            _(
                "CPV %(codes)s is not among the services that the portal knows to be reservable. Check LOU 19:25 a."
            )
            % {"codes": ", ".join(codes)},
        )


def _value(
    answer: AgreementOn, row: ProcurementParticulars, value: Decimal, day: date
) -> Iterator[Found]:
    social = bool(row.is_annex_2)
    kind = Threshold.Kind.PROCUREMENT_SOCIAL if social else Threshold.Kind.PROCUREMENT
    limit = threshold(kind, day, answer.facts.thresholds)
    if limit is None or limit.sek is None:
        yield (
            "threshold",
            Kind.MISSING,
            _(
                "No threshold in kronor is known for %(day)s, so the value %(value)s is compared with none."
            )
            % {"day": day.isoformat(), "value": kronor(value)},
        )
    elif value >= limit.sek:
        yield (
            "above_threshold",
            Kind.DEVIATION,
            _(
                "The value with all options, %(value)s, is above the threshold %(limit)s that held on %(day)s."
            )
            % {"value": kronor(value), "limit": kronor(limit.sek), "day": day.isoformat()},
        )
    if row.method == ProcurementParticulars.Method.DIRECT:
        yield from _direct(answer, row, value, day)


def _direct(
    answer: AgreementOn, row: ProcurementParticulars, value: Decimal, day: date
) -> Iterator[Found]:
    limit = threshold(Threshold.Kind.DIRECT_AWARD, day, answer.facts.thresholds)
    if not row.is_annex_2 and limit and limit.sek and value >= limit.sek:
        yield (
            "direct_award",
            Kind.DEVIATION,
            _("The value %(value)s reaches the limit for direct awards, %(limit)s.")
            % {"value": kronor(value), "limit": kronor(limit.sek)},
        )
    must = threshold(Threshold.Kind.DOCUMENTATION, day, answer.facts.thresholds)
    if not (must and must.sek and value > must.sek and row.signed_on):
        return
    latest = row.signed_on + DOCUMENTED_WITHIN
    if row.documented_on is None or row.documented_on > latest:
        yield (
            "documentation",
            Kind.MISSING,
            _(
                "A direct award of more than %(limit)s is documented within 30 days of the contract, by %(day)s."
            )
            % {"limit": kronor(must.sek), "day": latest.isoformat()},
        )
