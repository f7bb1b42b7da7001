"""What belongs to a partner: its projects, its registration, and whom one talks with there."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisations.models.municipality import InMunicipalityQuerySet, Municipality
from organisations.models.partner import (
    Partner,
    ends_after_it_starts,
    refuse_to_end_before_it_starts,
)
from partnerships.dates import ApproximateDate, ApproximateDateField
from partnerships.dates.arithmetic import months_after
from partnerships.search import SearchKeyField

REGISTER_OPENED_ON = date(2023, 1, 1)  # the act (2022:900) on registration came into force
BOUND_AFTERWARDS = 60  # months for which the act limits transfers of value after deregistration


class PartnerProject(models.Model):
    """A project that a partner owns. Never a party: it is no legal person. (Swedish: projekt)"""

    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="projects", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=200)
    search_key = SearchKeyField(of=("name",))

    history = HistoricalRecords(excluded_fields=["search_key"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "name"], name="partner_has_each_project_once"
            ),
        ]

    def __str__(self):
        return self.name


class IdeaBasedRegistration(models.Model):
    """A period in Kammarkollegiet's register. (Swedish: registrerad idéburen organisation, 2022:900)"""

    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="registrations", verbose_name=_("partner")
    )
    starts = ApproximateDateField(
        _("registered from"), earliest_field="starts_earliest", latest_field="starts_latest"
    )
    starts_earliest = models.DateField(editable=False)
    starts_latest = models.DateField(editable=False)
    ends = ApproximateDateField(
        _("registered until"),
        earliest_field="ends_earliest",
        latest_field="ends_latest",
        null=True,
        blank=True,
        help_text=_("Empty while it is registered."),
    )
    ends_earliest = models.DateField(null=True, editable=False)
    ends_latest = models.DateField(null=True, editable=False)
    source = models.CharField(
        _("source"),
        max_length=200,
        help_text=_("For example Kammarkollegiet's register, looked up 2026-03-01."),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["-starts_earliest", "pk"]
        verbose_name = _("idea-based registration")
        verbose_name_plural = _("idea-based registrations")
        constraints = [
            ends_after_it_starts("registration_ends_after_it_starts"),
            models.CheckConstraint(
                condition=models.Q(starts_latest__gte=REGISTER_OPENED_ON),
                name="registration_is_not_older_than_the_register",
            ),
        ]

    def __str__(self):
        return f"{self.starts}–{self.ends or ''}"

    def clean(self):
        refuse_to_end_before_it_starts(self)
        if self.starts and self.starts.latest < REGISTER_OPENED_ON:
            message = _("The register opened on 2023-01-01. Nobody was registered before that.")
            raise ValidationError({"starts": message}, code="too_early")

    @property
    def bound_until(self) -> ApproximateDate | None:
        """Until when the act limits transfers of value; None while registered."""
        return months_after(self.ends, BOUND_AFTERWARDS) if self.ends else None


class Contact(models.Model):
    """A person to talk with at a partner, kept by one municipality until a day. (Swedish: kontakt)"""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="contacts", verbose_name=_("municipality")
    )
    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="contacts", verbose_name=_("partner")
    )
    name = models.CharField(_("name"), max_length=150)
    function = models.CharField(_("function"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    keep_until = models.DateField(
        _("kept until"),
        help_text=_("The day after it the portal erases the contact, also from the history."),
    )

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        return self.name


class Erasure(models.Model):
    """That personal data was erased: when, by whom and why, but never what. (Swedish: gallring)"""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="erasures", verbose_name=_("municipality")
    )
    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="erasures", verbose_name=_("partner")
    )
    erased_at = models.DateTimeField(_("erased at"))
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="erasures",
        verbose_name=_("erased by"),
        help_text=_("Empty when the time had run out and the portal erased by itself."),
    )
    reason = models.CharField(_("reason"), max_length=300)
    versions = models.PositiveIntegerField(_("versions erased from the history"))

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-erased_at", "-pk"]
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self):
        return f"{self.partner}, {self.erased_at:%Y-%m-%d}"
