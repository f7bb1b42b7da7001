"""Which agreement a payment belongs to: by the row itself, by rule, by its payee."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from agreements.models import Agreement, AgreementPartner
from agreements.models.agreement import AgreementQuerySet
from organisations import diary_numbers
from organisations.models import Municipality, Partner
from payments.models import MatchedBy, Matching, MatchingRule, Payment

SUGGESTED_AT_MOST = 6

Period = tuple[date | None, date | None]  # the first day that it can apply, and the first it cannot


@dataclass(frozen=True)
class Match:
    """What was found out about a payment without asking anybody."""

    matching: Matching = Matching.UNMATCHED
    matched_by: MatchedBy | str = ""
    agreement_id: int | None = None


class Matcher:
    """Matches many payments of one municipality; asks the database once, not once a payment.

    What the row says itself goes before a rule, and a rule before the payee. Where two agreements are
    equally right, or the only one with the payee was not in force, nothing is chosen: an officer
    decides.
    """

    def __init__(self, municipality: Municipality):
        self.municipality = municipality
        self.by_diary_number: dict[str, set[int]] = defaultdict(set)
        agreements = Agreement.objects.filter(committee__municipality=municipality)
        for pk, number in agreements.exclude(diary_number="").values_list("pk", "diary_number"):
            self.by_diary_number[number].add(pk)
        self.by_partner: dict[int, dict[int, Period]] = defaultdict(dict)
        parties = AgreementPartner.objects.filter(agreement__in=agreements)
        for partner, agreement, begins, over in parties.values_list(
            Coalesce("partner__merged_into", "partner"),
            "agreement",
            "agreement__begins_possibly",
            "agreement__over_certainly",
        ):
            self.by_partner[partner][agreement] = (begins, over)
        self.partners: dict[str, int | None] = {}
        self.rules: dict[str, list[MatchingRule]] = defaultdict(list)
        for rule in MatchingRule.objects.filter(municipality=municipality, is_active=True):
            self.rules[rule.payee_number].append(rule)

    def match(self, payments: list[Payment]) -> None:
        """Fill in matching, agreement and partner of payments that are not saved yet."""
        self._look_up({payment.payee_number for payment in payments})
        for payment in payments:
            payment.partner_id = self.partners.get(payment.payee_number)
            found = self._match(payment)
            payment.matching, payment.matched_by = found.matching, found.matched_by
            payment.agreement_id = found.agreement_id

    def _look_up(self, numbers: set[str]) -> None:
        """Learn which partners have these organisation numbers."""
        unknown = [number for number in numbers if number and number not in self.partners]
        self.partners |= dict.fromkeys(unknown)
        found = Partner.objects.filter(org_number__in=unknown)
        self.partners |= {
            str(number): partner
            for number, partner in found.values_list("org_number", Coalesce("merged_into", "pk"))
        }

    def _match(self, payment: Payment) -> Match:
        if referred := self._only(numbers_in(payment, self.municipality)):
            return Match(Matching.MATCHED, MatchedBy.REFERENCE, referred)
        rules = self._rules_for(payment)
        if rules:
            chosen = {rule.agreement_id for rule in rules}
            if len(chosen) > 1:
                return Match()
            agreement = chosen.pop()
            matching = Matching.MATCHED if agreement else Matching.SET_ASIDE
            return Match(matching, MatchedBy.RULE, agreement)
        shared = self._agreed_with(payment)
        if len(shared) == 1:
            return Match(Matching.MATCHED, MatchedBy.PARTNER, shared[0])
        return Match()

    def _agreed_with(self, payment: Payment) -> list[int]:
        """The agreements with the payee that can have been in force on the day of the payment."""
        return [
            agreement
            for agreement, (begins, over) in self.by_partner[payment.partner_id or 0].items()
            if (begins is None or begins <= payment.paid_on)
            and (over is None or payment.paid_on < over)
        ]

    def _only(self, numbers: Iterable[str]) -> int | None:
        """The one agreement that all the diary numbers together name."""
        named: set[int] = set()
        for number in numbers:
            named |= self.by_diary_number.get(number, set())
        return named.pop() if len(named) == 1 else None

    def _rules_for(self, payment: Payment) -> list[MatchingRule]:
        """The rules that fit, and of them those with the most conditions."""
        candidates = self.rules.get("", [])
        if payment.payee_number:
            candidates = [*candidates, *self.rules.get(payment.payee_number, [])]
        fitting = [rule for rule in candidates if fits(rule, payment)]
        most = max((len(rule.conditions) for rule in fitting), default=0)
        return [rule for rule in fitting if len(rule.conditions) == most]


def fits(rule: MatchingRule, payment: Payment) -> bool:
    """Does the payment fulfil every condition of the rule?"""
    return (
        rule.source_id in (None, payment.source_id)
        and rule.payee_number in ("", payment.payee_number)
        and rule.payee_name.casefold() in ("", payment.payee_name.casefold())
        and payment.account.startswith(rule.account)
        and rule.project in ("", payment.project)
        and rule.text_contains.casefold() in payment.text.casefold()
    )


def numbers_in(payment: Payment, municipality: Municipality) -> list[str]:
    """The diary numbers that stand in the payment's reference, or else in its text."""
    pattern = municipality.diary_pattern
    for text in (payment.reference, payment.text):
        if text and (found := diary_numbers.found_in(text, pattern)):
            return found
    return []


@dataclass(frozen=True)
class Suggestion:
    """An agreement that a payment may belong to, with every reason for it."""

    agreement: Agreement
    reasons: tuple[str, ...]


def suggestions(payment: Payment, agreements: AgreementQuerySet) -> list[Suggestion]:
    """Agreements among those given that the payment may belong to, the best reasons first."""
    reasons: dict[int, list[str]] = defaultdict(list)
    for pk, reason in _reasons(payment, agreements):
        if reason not in reasons[pk]:
            reasons[pk].append(reason)
    found = agreements.filter(pk__in=reasons).with_status(payment.paid_on)
    rows = {row.pk: row for row in found.select_related("committee")}
    best = sorted(rows, key=lambda pk: -len(reasons[pk]))[:SUGGESTED_AT_MOST]
    return [Suggestion(rows[pk], tuple(reasons[pk])) for pk in best]


def _reasons(payment: Payment, agreements: QuerySet) -> Iterable[tuple[int, str]]:
    numbers = numbers_in(payment, payment.municipality)
    for pk, number in agreements.filter(diary_number__in=numbers).values_list("pk", "diary_number"):
        yield pk, _("the row names %(number)s") % {"number": number}
    if payment.payee_number:
        number = payment.payee_number
        payee = Partner.objects.filter(Q(org_number=number) | Q(merged_into__org_number=number))
        parties = agreements.filter(partners__in=payee)
        for pk in parties.values_list("pk", flat=True)[:SUGGESTED_AT_MOST]:
            yield pk, _("the agreement is with %(number)s") % {"number": payment.payee_number}
    if payment.payee_name:
        named = Partner.objects.matching(payment.payee_name)
        for pk in agreements.filter(partners__in=named).values_list("pk", flat=True)[
            :SUGGESTED_AT_MOST
        ]:
            yield pk, _("the agreement is with %(name)s") % {"name": payment.payee_name}
    for pk, count in _matched_before(payment, agreements):
        yield pk, _("%(count)s payments like it belong there") % {"count": count}


def _matched_before(payment: Payment, agreements: QuerySet) -> Iterable[tuple[int, int]]:
    """The agreements of earlier payments to the same payee, or on the same project."""
    earlier = Payment.objects.filter(municipality=payment.municipality_id, agreement__in=agreements)
    if payment.payee_number:
        earlier = earlier.filter(payee_number=payment.payee_number)
    elif payment.project:
        earlier = earlier.filter(project=payment.project, account=payment.account)
    elif payment.payee_name:
        earlier = earlier.filter(payee_name=payment.payee_name)
    else:
        return []
    counted = earlier.values_list("agreement").annotate(count=Count("pk")).order_by("-count")
    return counted[:SUGGESTED_AT_MOST]


def possible_originals(payment: Payment) -> QuerySet:
    """The payments that a reversal may take back: same source, payee and amount, and not later."""
    return (
        Payment.objects.filter(
            source=payment.source_id,
            direction=payment.direction,
            amount=-payment.amount,
            payee_number=payment.payee_number,
            payee_name=payment.payee_name,
            paid_on__lte=payment.paid_on,
            reversals__isnull=True,
        )
        .select_related("agreement", "source")
        .order_by("-paid_on", "-pk")
    )
