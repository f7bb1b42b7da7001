"""Where payments come from, and how its files are read."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisations.models import InMunicipalityQuerySet, Municipality

ACCOUNTS = RegexValidator(
    r"^[0-9]+(?:[ ,]+[0-9]+)*$",
    _("Write the beginnings of account numbers with spaces between them, for example 45 5321."),
)


class Direction(models.TextChoices):
    """Which way the money goes."""

    PAID = "paid", _("paid by the municipality")
    RECEIVED = "received", _("received by the municipality")


class PaymentSource(models.Model):
    """A system that payments are exported from. (Swedish: källsystem, till exempel ekonomisystem)

    `columns` says under which heading each fact stands: `{"paid_on": "Betaldatum"}`; the key of a row
    may take several headings: `{"key": ["Verifikat", "Rad"]}`.
    """

    class Kind(models.TextChoices):
        TABLE = "table", _("table (CSV or Excel)")
        SIE = "sie", _("SIE 4")

    class DateFormat(models.TextChoices):
        ISO = "%Y-%m-%d", _("2026-03-31")
        COMPACT = "%Y%m%d", _("20260331")
        SHORT = "%y%m%d", _("260331")
        DOTS = "%d.%m.%Y", _("31.03.2026")
        SLASHES = "%d/%m/%Y", _("31/03/2026")

    class DecimalMark(models.TextChoices):
        COMMA = ",", _("comma: 1 034,50")
        POINT = ".", _("point: 1,034.50")

    class Sign(models.TextChoices):
        POSITIVE = "positive", _("a payment is written without a minus, a reversal with one")
        NEGATIVE = "negative", _("a payment is written with a minus, a reversal without one")

    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        related_name="payment_sources",
        verbose_name=_("municipality"),
    )
    name = models.CharField(
        _("name"),
        max_length=100,
        help_text=_("What you call the export, for example Leverantörsreskontran."),
    )
    kind = models.CharField(_("kind of file"), max_length=5, choices=Kind, default=Kind.TABLE)
    direction = models.CharField(
        _("what it holds"), max_length=8, choices=Direction, default=Direction.PAID
    )
    accounts = models.CharField(
        _("accounts"),
        max_length=200,
        blank=True,
        validators=[ACCOUNTS],
        help_text=_(
            "The beginnings of the account numbers to read, for example 45 5321. Empty reads every row of a table; a SIE file needs them."
        ),
    )
    sign = models.CharField(_("sign"), max_length=8, choices=Sign, default=Sign.POSITIVE)
    decimal_mark = models.CharField(
        _("decimal mark"), max_length=1, choices=DecimalMark, default=DecimalMark.COMMA
    )
    date_format = models.CharField(
        _("dates are written"), max_length=8, choices=DateFormat, default=DateFormat.ISO
    )
    heading_row = models.PositiveSmallIntegerField(
        _("row with the headings"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("Rows above it are not read."),
    )
    columns = models.JSONField(_("columns"), default=dict, blank=True)

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("source of payments")
        verbose_name_plural = _("sources of payments")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="payment_source_name_is_unique_in_its_municipality",
                violation_error_message=_("There is already a source with this name."),
            ),
            models.CheckConstraint(
                condition=Q(kind="table") | ~Q(accounts=""),
                name="sie_source_says_which_accounts",
                violation_error_message=_("Say which accounts to read from the SIE file."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("payments:source_edit", args=[self.pk])

    @property
    def is_sie(self) -> bool:
        """Are its files SIE files, whose layout is given?"""
        return self.kind == self.Kind.SIE

    @property
    def account_prefixes(self) -> tuple[str, ...]:
        """The beginnings of the account numbers to read; none means all."""
        return tuple(self.accounts.replace(",", " ").split())
