"""The agreement and its partners."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models.theme import Theme
from organisations.models import Committee, Municipality, Office, Partner
from partnerships.dates.bounds import moved
from partnerships.expressions import DayInSQL
from partnerships.search import Found, SearchKeyField, SortKeyField, any_of, find_words

NO_END = date(9999, 12, 31)
NAMES_OF_PARTNER = ("search_key", "names__search_key", "projects__search_key")
DAY_OR_MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])(-[0-9]{2})?( |$)"
LIFE = (
    "is_decided",
    "begins_possibly",
    "begins_certainly",
    "over_possibly",
    "over_certainly",
    "over_on",
    "is_terminated",
    "notice_by",
    "lacks_notice",
    "review_by",
)


class Status(models.TextChoices):
    """What an agreement is on a day; derived from its facts, never stored."""

    DRAFT = "draft", _("draft")
    UPCOMING = "upcoming", _("decided, not yet in force")
    ACTIVE = "active", _("in force")
    EXPIRED = "expired", _("expired")
    TERMINATED = "terminated", _("terminated")
    UNKNOWN = "unknown", _("start not known")
    UNCERTAIN = "uncertain", _("uncertain")


def _begun(name: str, on: date) -> Q:
    """Has a fact certainly begun by the day? A day or a month counts from its first day."""
    column = {"in_force": "in_force_from", "starts": "starts"}[name]
    counts_at_once = Q(**{f"{column}__regex": DAY_OR_MONTH, f"{name}_earliest__lte": on})
    return counts_at_once | Q(**{f"{name}_latest__lte": on})


def _in_force(on: date) -> Q:
    """Is it certainly in force on the day, if it is decided and not certainly over?"""
    has_begun = Q(begins_certainly__lte=on)
    return has_begun & (Q(over_possibly__isnull=True) | Q(over_possibly__gt=on))


def _unless_over(on: date, numbers: models.QuerySet) -> Case:
    """The first of the numbers; null when the agreement has certainly ended by the day."""
    return Case(
        When(over_certainly__lte=on, then=Value(None)),
        default=Subquery(numbers[:1]),
        output_field=models.IntegerField(),
    )


def _named(word: str) -> Q:
    """Is the word in a name of the party, now or before, or of a project of its?"""
    conditions = (Q(**{f"partner__{name}__contains": word}) for name in NAMES_OF_PARTNER)
    return reduce(or_, conditions)


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Agreements of the committees in which one of the user's roles may read them."""
        return self.filter(committee__in=user.committees_where("agreements.view_agreement"))

    def include(self, key: str = "agreement") -> Exists:
        """Is the agreement that a row's `key` leads to one of these?

        Asked of each row: SQLite would otherwise list all the agreements first.
        """
        return Exists(self.order_by().filter(pk=OuterRef(key)))

    def with_status(self, on: date):
        """Adds `status` on the day and `sort_end`, from what is kept of each agreement's life."""
        is_over = Q(over_certainly__lte=on)
        has_begun = Q(begins_certainly__lte=on)
        return self.annotate(
            sort_end=Coalesce("over_certainly", DayInSQL(NO_END)),
            status=Case(
                When(is_decided=False, then=Value(Status.DRAFT)),
                When(is_over & Q(is_terminated=True), then=Value(Status.TERMINATED)),
                When(is_over, then=Value(Status.EXPIRED)),
                When(_in_force(on), then=Value(Status.ACTIVE)),
                When(has_begun, then=Value(Status.UNCERTAIN)),
                When(begins_possibly__isnull=True, then=Value(Status.UNKNOWN)),
                When(begins_possibly__gt=on, then=Value(Status.UPCOMING)),
                default=Value(Status.UNCERTAIN),
                output_field=models.CharField(),
            ),
        )

    def in_status(self, status: str, on: date):
        """Those that have the status on the day; after `with_status`.

        The common ones are said in their columns, of which a database knows how many rows they
        leave, and in the order of their ends: what is over comes long before what is not.
        """
        if status == Status.DRAFT:
            return self.filter(is_decided=False)
        if status in (Status.EXPIRED, Status.TERMINATED):
            terminated = status == Status.TERMINATED
            return self.filter(sort_end__lte=on, is_decided=True, is_terminated=terminated)
        lasting = self.filter(sort_end__gt=on, is_decided=True)
        return lasting.filter(_in_force(on) if status == Status.ACTIVE else Q(status=status))

    def as_of(self, on: date):
        """Adds, besides the status, which revision applied and who bore the cost on the day.

        `revision_number` is the latest that can have applied and `certain_revision_number` the one
        that certainly did; `bears_cost` and `certainly_bears_cost` likewise. All in one query.
        """
        revisions: Any = self.model._meta.get_field("revisions").related_model
        rows: Any = self.model._meta.get_field("responsibilities").related_model
        decided = revisions.objects.filter(agreement=OuterRef("pk"), decided_at__isnull=False)
        decided = decided.order_by("-in_force_earliest", "-number").values("number")
        cost = rows.objects.filter(agreement=OuterRef("pk"), kind="cost")
        cost = cost.order_by("-starts_earliest", "-pk").annotate(
            body=Coalesce("committee__name", "office__name", "unit__name")
        )
        still = Q(ends_earliest__isnull=True) | Q(ends_earliest__gte=on)
        maybe_still = Q(ends_latest__isnull=True) | Q(ends_latest__gte=on)
        return self.with_status(on).annotate(
            revision_number=_unless_over(on, decided.filter(in_force_earliest__lte=on)),
            certain_revision_number=_unless_over(on, decided.filter(_begun("in_force", on))),
            bears_cost=Subquery(
                cost.filter(maybe_still, starts_earliest__lte=on).values("body")[:1]
            ),
            certainly_bears_cost=Subquery(
                cost.filter(still, _begun("starts", on)).values("body")[:1]
            ),
        )

    def without_notice(self):
        """Agreements of which the notice period of some party is not known."""
        return self.filter(lacks_notice=True)

    def with_follow_up_told(self):
        """Adds `is_followed_up`, as the app above says it."""
        return self.annotate(is_followed_up=import_string(settings.IS_FOLLOWED_UP)())

    def without_follow_up(self, on: date):
        """Agreements in force on the day that nobody follows up, as the app above says it."""
        in_force = self.with_status(on).filter(status=Status.ACTIVE)
        return in_force.filter(~import_string(settings.IS_FOLLOWED_UP)())

    def matching(self, text: str):
        """Every word of the text is in the name, the diary number or a name of a partner."""
        return self.found(text).rows

    def found(self, text: str) -> Found:
        """The same, and whether there is so much that it is neither counted nor put in order."""
        parties = AgreementPartner._default_manager.all()
        return find_words(
            self,
            text,
            keys=lambda word: [
                Agreement._default_manager.filter(search_key__contains=word).values_list(
                    "pk", flat=True
                ),
                *(
                    parties.filter(**{f"partner__{column}__contains": word}).values_list(
                        "agreement", flat=True
                    )
                    for column in NAMES_OF_PARTNER
                ),
            ],
            condition=lambda word: (
                Q(search_key__contains=word)
                | any_of(parties.filter(_named(word), agreement=OuterRef("pk")))
            ),
        )


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
        verbose_name=_("committee"),
        help_text=_(
            "Whose officers keep the agreement in the portal. Who pays is said under responsibility."
        ),
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
    signed_by_role = models.CharField(
        _("signed for the municipality by"),
        max_length=100,
        blank=True,
        help_text=_(
            "The role that signed, who is then also the one to terminate it. For example kommundirektör."
        ),
    )
    extensions_allowed = models.PositiveSmallIntegerField(
        _("extensions that the agreement allows"),
        null=True,
        blank=True,
        help_text=_("How many times in all. Empty when it is not known."),
    )
    partners = models.ManyToManyField(
        Partner, through="AgreementPartner", related_name="agreements", verbose_name=_("partners")
    )
    themes = models.ManyToManyField(
        Theme, through="AgreementTheme", related_name="agreements", verbose_name=_("themes")
    )
    created_at = models.DateTimeField(_("registered at"), auto_now_add=True)
    search_key = SearchKeyField(of=("name", "diary_number"))
    sort_key = SortKeyField(of=("name",))
    # Kept from the facts beside it by `keep_life`, for the register and the worklist.
    is_decided = models.BooleanField(default=False, editable=False)
    begins_possibly = models.DateField(null=True, editable=False)
    begins_certainly = models.DateField(null=True, editable=False)
    over_possibly = models.DateField(null=True, editable=False)
    over_certainly = models.DateField(null=True, editable=False)
    over_on = models.DateField(null=True, editable=False)  # when it is known to the day
    is_terminated = models.BooleanField(default=False, editable=False)
    notice_by = models.DateField(null=True, editable=False)
    lacks_notice = models.BooleanField(default=True, db_default=True, editable=False)
    review_by = models.DateField(null=True, editable=False)

    objects = AgreementQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key", "sort_key", *LIFE])

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
            models.Index(fields=["over_on"], name="agreement_by_end"),
            models.Index(
                Coalesce("over_certainly", Value(NO_END)), F("id"), name="agreement_by_last_end"
            ),
            models.Index(
                fields=["officer", "sort_key", "id"],
                condition=Q(officer__isnull=False),
                name="agreement_by_officer_name",
            ),
            models.Index(
                fields=["sort_key", "id"],
                condition=Q(is_decided=False),
                name="agreement_drafts_by_name",
            ),
            models.Index(
                fields=["committee"],
                condition=Q(is_decided=False),
                name="agreement_drafts_by_committee",
            ),
            models.Index(
                fields=["committee"],
                condition=Q(lacks_notice=True),
                name="agreement_no_notice",
            ),
            models.Index(
                fields=["sort_key", "id"],
                condition=Q(lacks_notice=True),
                name="agreement_no_notice_by_name",
            ),
            models.Index(
                fields=["over_on"],
                condition=Q(notice_by__isnull=True),
                name="agreement_end_without_notice",
            ),
            models.Index(fields=["notice_by"], name="agreement_by_notice"),
            models.Index(fields=["review_by"], name="agreement_by_review"),
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
    def last_day(self) -> date | None:
        """The last day it can be in force; None while no end is known."""
        return self.over_certainly and moved(self.over_certainly, days=-1)

    @property
    def latest_revision(self):
        """The revision with the highest number, decided or not; None before the first."""
        return self.revisions.order_by("-number").first()

    @property
    def draft(self):
        """The latest revision that is not decided yet; None when there is none."""
        return self.revisions.filter(decided_at__isnull=True).order_by("-pk").first()


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


class AgreementTheme(models.Model):
    """One of the themes of an agreement; it can have several."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="themed", verbose_name=_("agreement")
    )
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="themed", verbose_name=_("theme"))

    history = HistoricalRecords()

    class Meta:
        ordering = ["theme__name", "pk"]
        verbose_name = _("theme of an agreement")
        verbose_name_plural = _("themes of agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "theme"], name="agreement_has_a_theme_once"
            ),
        ]

    def __str__(self):
        return str(self.theme)
