"""What belongs to one kind of agreement only: grants, procured contracts and memberships."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models.agreement import Agreement
from agreements.models.validity import OfAgreementQuerySet
from organisations.models import Committee, InMunicipalityQuerySet, LegalForm, Municipality
from partnerships.dates import ApproximateDateField
from partnerships.money import AmountField

CPV = re.compile(r"[0-9]{8}(-[0-9])?")


def validate_cpv_codes(text: str) -> None:
    """Refuse what is no list of CPV codes (eight digits, with or without the check digit)."""
    for code in text.split():
        if not CPV.fullmatch(code):
            raise ValidationError(
                _(
                    "“%(code)s” is no CPV code. A code has eight digits, for example 85312000-9; put a space between codes."
                )
                % {"code": code},
                code="cpv",
            )


def validate_legal_forms(forms: list[str]) -> None:
    """Refuse what is no list, and what is no legal form."""
    if not isinstance(forms, list) or not all(isinstance(form, str) for form in forms):
        raise ValidationError(
            _("Write a list of legal forms, for example %(example)s.")
            % {"example": '["nonprofit_association"]'}
        )
    if unknown := set(forms) - set(LegalForm.values):
        raise ValidationError(_("There is no legal form %(names)s.") % {"names": sorted(unknown)})


class GrantScheme(models.Model):
    """A committee's rules for a grant, for a year. (Swedish: bidragsform)"""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="grant_schemes", verbose_name=_("municipality")
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="grant_schemes", verbose_name=_("committee")
    )
    name = models.CharField(_("name"), max_length=150)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    is_standard = models.BooleanField(
        _("standard grant"),
        default=False,
        help_text=_("Computed by fixed rules, such as an amount per member (normerat bidrag)."),
    )
    rules = models.TextField(_("rules"), blank=True)
    excluded_forms = models.JSONField(
        _("excluded legal forms"), default=list, blank=True, validators=[validate_legal_forms]
    )

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "-year", "pk"]
        verbose_name = _("grant scheme")
        verbose_name_plural = _("grant schemes")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "name", "year"], name="scheme_is_given_once_a_year"
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.year}" if self.year else self.name

    def excludes(self, legal_form: str) -> bool:
        """Is an organisation of this legal form not eligible?"""
        return legal_form in self.excluded_forms


class GrantParticulars(models.Model):
    """How a grant was applied for and what limits it."""

    agreement = models.OneToOneField(
        Agreement, models.CASCADE, related_name="grant", verbose_name=_("agreement")
    )
    scheme = models.ForeignKey(
        GrantScheme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("grant scheme"),
    )
    applied_on = ApproximateDateField(
        _("applied for on"),
        earliest_field="applied_earliest",
        latest_field="applied_latest",
        null=True,
        blank=True,
    )
    applied_earliest = models.DateField(null=True, editable=False)
    applied_latest = models.DateField(null=True, editable=False)
    applied_amount = AmountField(_("amount applied for"), null=True, blank=True)
    limit_months = models.PositiveSmallIntegerField(
        _("time limit in months"),
        null=True,
        blank=True,
        help_text=_("For example 18 for 1.5 years."),
    )
    review_on = ApproximateDateField(
        _("to be reviewed"),
        earliest_field="review_earliest",
        latest_field="review_latest",
        null=True,
        blank=True,
        help_text=_(
            "When no source states it, the portal computes it from the start and the time limit."
        ),
    )
    review_earliest = models.DateField(null=True, editable=False)
    review_latest = models.DateField(null=True, editable=False)

    objects = OfAgreementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("particulars of a grant")
        verbose_name_plural = _("particulars of grants")

    def __str__(self):
        return str(self.scheme or self.agreement)


class PlannedPayment(models.Model):
    """One payment in a grant's plan. (Swedish: utbetalningsplan)"""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="planned_payments", verbose_name=_("agreement")
    )
    due_on = models.DateField(_("to be paid on"))
    amount = AmountField(_("amount"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = OfAgreementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["agreement", "due_on", "pk"]
        verbose_name = _("planned payment")
        verbose_name_plural = _("planned payments")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="planned_payment_is_more_than_nothing"
            ),
        ]

    def __str__(self):
        return self.due_on.isoformat()


class ProcurementParticulars(models.Model):
    """How a contract was procured. Amounts are SEK excluding VAT, for the whole term."""

    class Method(models.TextChoices):
        DIRECT = "direct", _("direct award")
        OPEN = "open", _("advertised")
        RESERVED = "reserved", _("reserved procurement (LOU 19:25)")
        RESERVED_IDEA_BASED = (
            "reserved_idea_based",
            _("reserved for idea-based organisations (LOU 19:25 a)"),
        )

    agreement = models.OneToOneField(
        Agreement, models.CASCADE, related_name="procurement", verbose_name=_("agreement")
    )
    method = models.CharField(_("method"), max_length=20, choices=Method, blank=True)
    cpv_codes = models.CharField(
        _("CPV codes"), max_length=200, blank=True, validators=[validate_cpv_codes]
    )
    is_annex_2 = models.BooleanField(
        _("social and other special services (annex 2)"), null=True, blank=True
    )
    value = AmountField(_("value of the initial term"), null=True, blank=True)
    options_value = AmountField(
        _("value of all options and extensions"),
        null=True,
        blank=True,
        help_text=_("0 when there are none. Empty when it is not known."),
    )
    evidence = models.TextField(
        _("evidence that the organisation is idea-based"),
        blank=True,
        help_text=_("The registration with its date, or what shows it otherwise."),
    )
    signed_on = models.DateField(_("contract signed on"), null=True, blank=True)
    documented_on = models.DateField(
        _("award documented on"),
        null=True,
        blank=True,
        help_text=_("When the reasons for a direct award were written down."),
    )

    objects = OfAgreementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("particulars of a procurement")
        verbose_name_plural = _("particulars of procurements")

    def __str__(self):
        return self.get_method_display() if self.method else str(self.agreement)

    @property
    def total_value(self):
        """The value with all options; None when either part is not known."""
        if self.value is None or self.options_value is None:
            return None
        return self.value + self.options_value


class MembershipParticulars(models.Model):
    """The statutes that a membership rests on."""

    agreement = models.OneToOneField(
        Agreement, models.CASCADE, related_name="membership", verbose_name=_("agreement")
    )
    statutes = models.CharField(
        _("statutes"),
        max_length=200,
        blank=True,
        help_text=_("Their title, and where they are kept."),
    )
    statutes_adopted_on = ApproximateDateField(
        _("statutes adopted on"),
        earliest_field="statutes_earliest",
        latest_field="statutes_latest",
        null=True,
        blank=True,
    )
    statutes_earliest = models.DateField(null=True, editable=False)
    statutes_latest = models.DateField(null=True, editable=False)
    web_address = models.URLField(_("web address of the statutes"), blank=True)
    other_members = models.CharField(
        _("other members"),
        max_length=300,
        blank=True,
        help_text=_("Other public bodies that are members, as far as the source names them."),
    )

    objects = OfAgreementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("particulars of a membership")
        verbose_name_plural = _("particulars of memberships")

    def __str__(self):
        return self.statutes or str(self.agreement)
