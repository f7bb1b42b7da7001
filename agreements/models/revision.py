"""The dated, numbered wordings of an agreement."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models.agreement import Agreement
from partnerships.dates import ApproximateDateField


class RevisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Revisions of the agreements that the user may read."""
        return self.filter(Agreement.objects.visible_to(user).include())

    def decided(self):
        """Revisions that are decided and therefore frozen."""
        return self.filter(decided_at__isnull=False)

    def drafts(self):
        """Revisions that are still being written."""
        return self.filter(decided_at__isnull=True)

    def with_contributions(self):
        """The revisions with everything their totals and tables need, in three queries."""
        return self.select_related("agreement__committee__municipality").prefetch_related(
            "contributions__parts",
            "contributions__partner",
            "stated_totals__partner",
            "agreement__parties__partner",
        )

    def with_beginning(self):
        """The revisions with who began them and when, as their history tells."""
        begun = Revision.history.filter(id=OuterRef("pk"), history_type="+").order_by("history_id")
        full_name = Trim(Concat("history_user__first_name", Value(" "), "history_user__last_name"))
        by = Coalesce(
            NullIf(full_name, Value("")), "history_user__email", output_field=models.CharField()
        )
        return self.annotate(
            begun_at=Subquery(begun.values("history_date")[:1]),
            begun_by=Subquery(begun.annotate(by=by).values("by")[:1]),
        )


class Revision(models.Model):
    """One wording of the agreement and what it gives each party to contribute. (Swedish: revidering)

    It is a draft until it is decided; from then on the database refuses to change it. Several drafts
    may lie beside each other; a draft's number is that of the revision it would be, and is given
    when it is decided.
    """

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("original")
        AMENDMENT = "amendment", _("amendment")
        CORRECTION = "correction", _("correction")
        EXTENSION = "extension", _("extension")
        PARTIAL_TERMINATION = "partial_termination", _("partial termination")

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="revisions", verbose_name=_("agreement")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(
        _("kind of revision"), max_length=20, choices=Kind, default=Kind.AMENDMENT
    )
    based_on = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="drafts",
        verbose_name=_("based on"),
    )
    agreed_on = ApproximateDateField(
        _("agreed on"),
        earliest_field="agreed_earliest",
        latest_field="agreed_latest",
        null=True,
        blank=True,
        help_text=_("As exact as the source: 2019-04-12, april 2019, våren 2019 or 2019."),
    )
    agreed_earliest = models.DateField(null=True, editable=False)
    agreed_latest = models.DateField(null=True, editable=False)
    in_force_from = ApproximateDateField(
        _("in force from"),
        earliest_field="in_force_earliest",
        latest_field="in_force_latest",
        null=True,
        blank=True,
        help_text=_(
            "The first day it applies, as exact as the source. Empty when it is not known."
        ),
    )
    in_force_earliest = models.DateField(null=True, editable=False)
    in_force_latest = models.DateField(null=True, editable=False)
    purpose = models.TextField(_("purpose"), blank=True)
    target_group = models.TextField(
        _("target group"),
        blank=True,
        help_text=_("In the words of the agreement. Empty when the source does not say."),
    )
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("What changed since the last revision, and what the source leaves open."),
    )
    decided_at = models.DateTimeField(
        _("registered as decided at"), null=True, blank=True, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="decided_revisions",
        verbose_name=_("registered as decided by"),
    )

    objects = RevisionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["agreement", "number", "pk"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"],
                condition=Q(decided_at__isnull=False),
                name="decided_number_is_unique_in_its_agreement",
            ),
            models.CheckConstraint(
                condition=Q(number=1, kind="original") | (Q(number__gt=1) & ~Q(kind="original")),
                name="first_revision_is_the_original",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="decided_revision_says_when_and_by_whom",
            ),
        ]

    def __str__(self):
        return gettext("Revision %(number)s") % {"number": self.number}

    def get_absolute_url(self):
        return reverse("agreements:revision_detail", args=[self.pk])

    def as_listed(self) -> str:
        """What it is called among others: drafts have one number, and are told by their beginning."""
        if not self.is_draft:
            return str(self)
        at, by = getattr(self, "begun_at", None), getattr(self, "begun_by", None)
        words = {"number": self.number, "by": by, "at": at and f"{localtime(at):%Y-%m-%d %H:%M}"}
        if not at:
            return gettext("Revision %(number)s, draft") % words
        if not by:
            return gettext("Revision %(number)s, draft of %(at)s") % words
        return gettext("Revision %(number)s, draft by %(by)s %(at)s") % words

    @property
    def is_draft(self) -> bool:
        """Is it still being written?"""
        return self.decided_at is None

    def can_have_begun(self, on: date) -> bool:
        """Can it have been in force from this day or before?"""
        return self.in_force_from is not None and self.in_force_from.possibly_from <= on

    def has_certainly_begun(self, on: date) -> bool:
        """Was it in force from this day or before, however its vague start is read?"""
        return self.in_force_from is not None and self.in_force_from.certainly_from <= on
