"""The agreement and its partners."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisations.models import Committee, Municipality, Office, Partner
from partnerships.search import SearchKeyField, SortKeyField, search_words

NO_END = date(9999, 12, 31)


class Status(models.TextChoices):
    """What an agreement is on a day; derived, never stored."""

    DRAFT = "draft", _("draft")
    UPCOMING = "upcoming", _("decided, not yet in force")
    IN_FORCE = "in_force", _("in force")
    ENDED = "ended", _("ended")
    UNKNOWN = "unknown", _("start not known")


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Agreements of the committees in which one of the user's roles may read them."""
        return self.filter(committee__in=user.committees_where("agreements.view_agreement"))

    def with_status(self, on: date):
        """Adds `starts`, `ends`, `sort_end` and `status` on the day, from the decided revisions."""
        revisions: Any = self.model._meta.get_field("revisions").related_model
        decided = revisions.objects.filter(agreement=OuterRef("pk"), decided_at__isnull=False)
        return self.annotate(
            latest_decided=Subquery(decided.order_by("-number").values("number")[:1]),
            starts=Subquery(decided.order_by("number").values("in_force_earliest")[:1]),
            ends=Subquery(decided.order_by("-number").values("ends_on")[:1]),
            sort_end=Coalesce("ends", Value(NO_END)),
            status=Case(
                When(latest_decided__isnull=True, then=Value(Status.DRAFT)),
                When(ends__lt=on, then=Value(Status.ENDED)),
                When(starts__isnull=True, then=Value(Status.UNKNOWN)),
                When(starts__gt=on, then=Value(Status.UPCOMING)),
                default=Value(Status.IN_FORCE),
                output_field=models.CharField(),
            ),
        )

    def matching(self, text: str):
        """Every word of the text is in the name, the diary number or a name of a partner."""
        agreements = self
        for word in search_words(text):
            partners = Partner.objects.matching(word)
            shared = AgreementPartner.objects.filter(partner__in=partners).values("agreement")
            agreements = agreements.filter(Q(search_key__contains=word) | Q(pk__in=shared))
        return agreements


class Agreement(models.Model):
    """What a municipality and one or more partners have agreed. (Swedish: avtal, överenskommelse)"""

    class Kind(models.TextChoices):
        IOP = "iop", _("partnership (IOP)")
        MEMBERSHIP = "membership", _("membership")
        PROCUREMENT = "procurement", _("procured contract")
        GRANT = "grant", _("grant")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(
        _("name"),
        max_length=200,
        help_text=_("What the parties call it, for example Hoppfull framtid."),
    )
    diary_number = models.CharField(_("diary number"), max_length=40, blank=True)
    committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        related_name="agreements",
        verbose_name=_("responsible committee"),
    )
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("responsible office"),
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("responsible officer"),
    )
    partners = models.ManyToManyField(
        Partner, through="AgreementPartner", related_name="agreements", verbose_name=_("partners")
    )
    created_at = models.DateTimeField(_("registered at"), auto_now_add=True)
    search_key = SearchKeyField(of=("name", "diary_number"))
    sort_key = SortKeyField(of=("name",))

    objects = AgreementQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key", "sort_key"])

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        indexes = [
            models.Index(
                fields=["committee", "sort_key", "id"], name="agreement_by_committee_name"
            ),
            models.Index(fields=["sort_key", "id"], name="agreement_by_name"),
            models.Index(fields=["diary_number", "id"], name="agreement_by_diary_number"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("agreements:agreement_detail", args=[self.pk])

    @property
    def municipality(self) -> Municipality:
        """The municipality that the responsible committee belongs to."""
        return self.committee.municipality

    @property
    def latest_revision(self):
        """The revision with the highest number, decided or not; None before the first."""
        return self.revisions.order_by("-number").first()

    @property
    def draft(self):
        """The revision that is not decided yet; None when there is none."""
        return self.revisions.filter(decided_at__isnull=True).first()


class AgreementPartner(models.Model):
    """A partner's place in an agreement; the first is printed first."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="parties", verbose_name=_("agreement")
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="parties", verbose_name=_("partner")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("party to an agreement")
        verbose_name_plural = _("parties to agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "partner"], name="partner_is_party_to_an_agreement_once"
            ),
        ]

    def __str__(self):
        return str(self.partner)
