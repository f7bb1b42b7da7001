"""How long an agreement lasts: its terms, the notice each party must give, and terminations."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models.agreement import Agreement
from agreements.models.party import Party
from partnerships.dates import ApproximateDateField


class OfAgreementQuerySet(models.QuerySet):
    """Facts that belong to an agreement."""

    def visible_to(self, user):
        """The facts of the agreements that the user may read."""
        return self.filter(Agreement.objects.visible_to(user).include())


class Term(models.Model):
    """A period that the agreement is valid for: the initial one, or extension `number`.

    (Swedish: avtalstid, förlängning)
    """

    class Basis(models.TextChoices):
        ORIGINAL = "original", _("as agreed from the beginning")
        CLAUSE = "clause", _("by the agreement's own clause")
        DECISION = "decision", _("by a decision")

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="terms", verbose_name=_("agreement")
    )
    number = models.PositiveSmallIntegerField(_("number"), default=0)
    starts = ApproximateDateField(
        _("first day"),
        earliest_field="starts_earliest",
        latest_field="starts_latest",
        null=True,
        blank=True,
    )
    starts_earliest = models.DateField(null=True, editable=False)
    starts_latest = models.DateField(null=True, editable=False)
    ends = ApproximateDateField(
        _("last day"),
        earliest_field="ends_earliest",
        latest_field="ends_latest",
        null=True,
        blank=True,
        help_text=_("The last day it applies. Empty when no end is agreed, or none is known."),
    )
    ends_earliest = models.DateField(null=True, editable=False)
    ends_latest = models.DateField(null=True, editable=False)
    end_is_inferred = models.BooleanField(
        _("the last day is inferred"),
        default=False,
        help_text=_("No source states it; it follows from something else, which the note says."),
    )
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)
    decision = models.CharField(
        _("decision"),
        max_length=300,
        blank=True,
        help_text=_("Committee, date and paragraph, when it was decided."),
    )
    note = models.TextField(_("note"), blank=True)

    objects = OfAgreementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["agreement", "number"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="term_number_is_unique_in_its_agreement"
            ),
            models.CheckConstraint(
                condition=Q(number=0, basis="original") | (Q(number__gt=0) & ~Q(basis="original")),
                name="only_the_first_term_is_original",
            ),
            models.CheckConstraint(
                condition=Q(ends_latest__isnull=True)
                | Q(starts_earliest__isnull=True)
                | Q(ends_latest__gte=F("starts_earliest")),
                name="term_starts_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(number=0) | Q(ends_latest__isnull=False),
                name="extension_says_when_it_ends",
            ),
        ]

    def __str__(self):
        if self.number == 0:
            return gettext("Initial term")
        return gettext("Extension %(number)s") % {"number": self.number}


class NoticePeriod(models.Model):
    """How long before the end a party must give notice. (Swedish: uppsägningstid)

    No row is `not known`: then no last day is computed.
    """

    class Unit(models.TextChoices):
        MONTHS = "months", _("months")
        DAYS = "days", _("days")

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="notices", verbose_name=_("agreement")
    )
    party = models.CharField(_("party"), max_length=12, choices=Party)
    length = models.PositiveSmallIntegerField(_("notice period"))
    unit = models.CharField(_("unit"), max_length=6, choices=Unit, default=Unit.MONTHS)

    objects = OfAgreementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["agreement", "party"]
        verbose_name = _("notice period")
        verbose_name_plural = _("notice periods")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party"], name="party_has_one_notice_period"
            ),
        ]

    def __str__(self):
        return f"{self.length} {self.get_unit_display()}"


class Termination(models.Model):
    """A party ends the agreement, or a part of it. (Swedish: uppsägning)

    `effective_from` is the first day without.
    """

    class Scope(models.TextChoices):
        FULL = "full", _("the whole agreement")
        PARTIAL = "partial", _("a part of it")

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="terminations", verbose_name=_("agreement")
    )
    scope = models.CharField(_("scope"), max_length=7, choices=Scope)
    what = models.CharField(
        _("what is ended"),
        max_length=300,
        blank=True,
        help_text=_("The part that ends, when it is not the whole agreement."),
    )
    by = models.CharField(_("terminated by"), max_length=12, choices=Party)
    effective_from = ApproximateDateField(
        _("effective from"),
        earliest_field="effective_earliest",
        latest_field="effective_latest",
        null=True,
        blank=True,
        help_text=_("The first day without it. Empty when it is not known."),
    )
    effective_earliest = models.DateField(null=True, editable=False)
    effective_latest = models.DateField(null=True, editable=False)
    notice_given_on = ApproximateDateField(
        _("notice given on"),
        earliest_field="notice_given_earliest",
        latest_field="notice_given_latest",
        null=True,
        blank=True,
    )
    notice_given_earliest = models.DateField(null=True, editable=False)
    notice_given_latest = models.DateField(null=True, editable=False)
    decided_by_role = models.CharField(
        _("decided by"),
        max_length=100,
        blank=True,
        help_text=_("The role or committee that decided it. Empty when it is not known."),
    )
    decider_reason = models.CharField(
        _("why another than the one who signed"), max_length=300, blank=True
    )
    motive = models.TextField(_("motive"), blank=True)

    objects = OfAgreementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["agreement", "effective_earliest", "pk"]
        verbose_name = _("termination")
        verbose_name_plural = _("terminations")
        constraints = [
            models.CheckConstraint(
                condition=Q(scope="full", what="") | (Q(scope="partial") & ~Q(what="")),
                name="partial_termination_says_what_ends",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(scope="full"),
                name="agreement_is_terminated_as_a_whole_once",
            ),
        ]

    def __str__(self):
        return self.what or gettext("The whole agreement")
