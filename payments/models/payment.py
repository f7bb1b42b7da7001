"""What was paid: a row that never changes, and the agreement it was matched with."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Count, F, Max, Min, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement
from organisations.models import Municipality, Partner
from partnerships.money import AmountField
from partnerships.search import SearchKeyField, find_words
from payments.models.batch import ImportBatch
from payments.models.source import Direction, PaymentSource

# What the source said; the database refuses to change it (migration 0002).
FROZEN = (
    "municipality",
    "source",
    "batch",
    "row_number",
    "external_key",
    "paid_on",
    "direction",
    "amount",
    "account",
    "project",
    "voucher",
    "reference",
    "reversed_key",
    "payee_name",
    "payee_number",
    "text",
)
ALIKE = ("source", "payee_number", "payee_name", "account", "project")


class Matching(models.TextChoices):
    """Does the payment belong to an agreement?"""

    UNMATCHED = "unmatched", _("not matched")
    MATCHED = "matched", _("matched")
    SET_ASIDE = "set_aside", _("belongs to no agreement")


class MatchedBy(models.TextChoices):
    """What decided it."""

    REFERENCE = "reference", _("the diary number in the row")
    RULE = "rule", _("a matching rule")
    PARTNER = "partner", _("the only agreement with the payee")
    REVERSAL = "reversal", _("the payment that it reverses")
    OFFICER = "officer", _("an officer")


class PaymentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Payments on the agreements the user may read; the others for who matches payments."""
        if user.is_superuser:
            return self
        seen = Q(agreement__committee__in=user.committees_where("agreements.view_agreement"))
        if user.has_perm("payments.match_payment"):
            seen |= Q(agreement__isnull=True)
        return self.filter(seen, municipality=user.municipality_id)

    def unmatched(self):
        """The payments of which nobody knows yet whether they belong to an agreement."""
        return self.filter(matching=Matching.UNMATCHED)

    def in_year(self, year: int):
        """The payments dated in the year."""
        return self.filter(paid_on__gte=date(year, 1, 1), paid_on__lte=date(year, 12, 31))

    def matching_text(self, text: str):
        """Every word of the text is in the payee, the text, the voucher or the reference."""
        having = Payment._default_manager.filter
        return find_words(
            self,
            text,
            keys=lambda word: [having(search_key__contains=word).values_list("pk", flat=True)],
            condition=lambda word: Q(search_key__contains=word),
        ).rows

    def alike(self, payment: "Payment"):
        """The payments of which an officer would say the same: same source, payee, account, project."""
        return self.filter(**{name: getattr(payment, name) for name in ALIKE})

    def grouped_alike(self):
        """The payments in groups of those alike: how many, how much, from when to when."""
        groups = self.values(*ALIKE, "direction", source_name=F("source__name"))
        return groups.annotate(
            count=Count("pk"),
            total=Sum("amount"),
            earliest=Min("paid_on"),
            newest=Max("paid_on"),
            latest=Max("pk"),
        ).order_by("-count", "-latest")

    def summed(self, *by: str):
        """`total` and `count` for each combination of the named columns, in their order."""
        return self.values(*by).annotate(total=Sum("amount"), count=Count("pk")).order_by(*by)


class Payment(models.Model):
    """One row of a source, in SEK excluding VAT. (Swedish: utbetalning, inbetalning)

    `amount` is positive in the payment's direction and negative when it is a reversal. What the source
    said is never changed: what was wrong is put right by a new row. What may change is the matching,
    and its history is kept.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="payments", verbose_name=_("municipality")
    )
    source = models.ForeignKey(
        PaymentSource, models.PROTECT, related_name="payments", verbose_name=_("source")
    )
    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, related_name="payments", verbose_name=_("import")
    )
    row_number = models.PositiveIntegerField(_("row in the file"))
    external_key = models.CharField(_("key in the source"), max_length=200)
    paid_on = models.DateField(_("date"))
    direction = models.CharField(
        _("direction"), max_length=8, choices=Direction, default=Direction.PAID
    )
    amount = AmountField(_("amount"))
    account = models.CharField(_("account"), max_length=20, blank=True)
    project = models.CharField(_("project"), max_length=60, blank=True)
    voucher = models.CharField(_("voucher"), max_length=60, blank=True)
    reference = models.CharField(_("reference to the agreement"), max_length=100, blank=True)
    reversed_key = models.CharField(_("key of what it reverses"), max_length=200, blank=True)
    payee_name = models.CharField(_("payee"), max_length=200, blank=True)
    payee_number = models.CharField(_("organisation number"), max_length=11, blank=True)
    text = models.CharField(_("text"), max_length=500, blank=True)
    search_key = SearchKeyField(of=("payee_name", "payee_number", "voucher", "reference", "text"))

    matching = models.CharField(
        _("matching"), max_length=9, choices=Matching, default=Matching.UNMATCHED
    )
    matched_by = models.CharField(_("matched by"), max_length=9, choices=MatchedBy, blank=True)
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("agreement"),
        db_index=False,
    )
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("partner"),
        db_index=False,
    )
    reverses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversals",
        verbose_name=_("reverses"),
    )

    objects = PaymentQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=[*FROZEN, "search_key"])

    class Meta:
        ordering = ["-paid_on", "-pk"]
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        indexes = [
            models.Index(fields=["municipality", "paid_on", "id"], name="payment_by_date"),
            models.Index(
                fields=["agreement", "paid_on", "id"],
                include=["amount", "direction"],
                name="payment_by_agreement",
            ),
            models.Index(fields=["partner", "paid_on", "id"], name="payment_by_partner"),
            models.Index(
                fields=["municipality", "payee_number", "account"],
                condition=Q(matching="unmatched"),
                name="payment_unmatched",
            ),
            models.Index(fields=["source", "amount", "payee_number"], name="payment_by_amount"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_key"], name="payment_is_imported_once_from_its_source"
            ),
            models.CheckConstraint(
                condition=~Q(amount=0) & ~Q(external_key=""),
                name="payment_has_an_amount_and_a_key",
            ),
            models.CheckConstraint(
                condition=Q(matching="matched", agreement__isnull=False)
                | (~Q(matching="matched") & Q(agreement__isnull=True)),
                name="matched_payment_has_an_agreement",
            ),
            models.CheckConstraint(
                condition=(Q(matching="unmatched") & Q(matched_by=""))
                | (~Q(matching="unmatched") & ~Q(matched_by="")),
                name="matching_says_what_decided_it",
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True) | (Q(amount__lt=0) & ~Q(reverses=F("id"))),
                name="reversal_is_negative_and_of_another_payment",
            ),
        ]

    def __str__(self):
        return gettext("%(key)s of %(date)s") % {
            "key": self.voucher or self.external_key,
            "date": self.paid_on,
        }

    def get_absolute_url(self):
        return reverse("payments:payment_detail", args=[self.pk])

    @property
    def is_reversal(self) -> bool:
        """Does it take money back?"""
        return self.amount < Decimal(0)
