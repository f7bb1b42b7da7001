"""Governing documents: accords, programmes, policies, guidelines and action plans."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisations.models import Committee, InMunicipalityQuerySet, Municipality
from partnerships.dates import ApproximateDate, ApproximateDateField
from partnerships.search import SearchKeyField, SortKeyField, search_words


class Validity(models.TextChoices):
    """Whether a document applies on a day; derived, never stored."""

    UPCOMING = "upcoming", _("adopted, not yet valid")
    IN_FORCE = "in_force", _("valid")
    ENDED = "ended", _("no longer valid")
    UNKNOWN = "unknown", _("validity not known")


class GoverningDocumentQuerySet(InMunicipalityQuerySet):
    def matching(self, text: str):
        """Every word of the text is in the title, the diary number or one of the activities."""
        documents = self
        for word in search_words(text):
            saying = GoverningDocument.objects.filter(activities__search_key__contains=word)
            documents = documents.filter(
                Q(search_key__contains=word) | Q(pk__in=saying.values("pk"))
            )
        return documents


class GoverningDocument(models.Model):
    """What steers the collaboration with civil society. (Swedish: styrande dokument)

    The accord with the sector as a whole is one of them; no partner contributes to it, so it is no
    agreement.
    """

    class Kind(models.TextChoices):
        ACCORD = "accord", _("accord on collaboration")
        PROGRAMME = "programme", _("programme")
        POLICY = "policy", _("policy")
        GUIDELINE = "guideline", _("guideline")
        ACTION_PLAN = "action_plan", _("action plan")

    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        related_name="governing_documents",
        verbose_name=_("municipality"),
    )
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    title = models.CharField(_("name"), max_length=200)
    diary_number = models.CharField(_("diary number"), max_length=40, blank=True)
    adopted_by = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="governing_documents",
        verbose_name=_("adopted by"),
    )
    adopted_on = ApproximateDateField(
        _("adopted"),
        earliest_field="adopted_earliest",
        latest_field="adopted_latest",
        null=True,
        blank=True,
        help_text=_("As exact as the source: 2019-04-12, april 2019, våren 2019 or 2019."),
    )
    adopted_earliest = models.DateField(null=True, editable=False)
    adopted_latest = models.DateField(null=True, editable=False)
    paragraph = models.PositiveSmallIntegerField(
        _("paragraph"), null=True, blank=True, help_text=_("The number after § in the minutes.")
    )
    valid_from = ApproximateDateField(
        _("valid from"),
        earliest_field="valid_from_earliest",
        latest_field="valid_from_latest",
        null=True,
        blank=True,
        help_text=_("Empty when it is valid from its adoption."),
    )
    valid_from_earliest = models.DateField(null=True, editable=False)
    valid_from_latest = models.DateField(null=True, editable=False)
    valid_until = ApproximateDateField(
        _("valid until"),
        earliest_field="valid_until_earliest",
        latest_field="valid_until_latest",
        null=True,
        blank=True,
        help_text=_(
            "Empty when it is not known, or when the document is valid until further notice."
        ),
    )
    valid_until_earliest = models.DateField(null=True, editable=False)
    valid_until_latest = models.DateField(null=True, editable=False)
    is_open_ended = models.BooleanField(
        _("valid until further notice"),
        default=False,
        help_text=_("Tick only when the document says so."),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("follows from"),
        help_text=_(
            "The document that this one carries out, for example the action plan's accord."
        ),
    )
    web_address = models.URLField(_("web address"), blank=True)
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("Where the facts are from, and what the source leaves open."),
    )
    search_key = SearchKeyField(of=("title", "diary_number"))
    sort_key = SortKeyField(of=("title",))

    objects = GoverningDocumentQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key", "sort_key"])

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("governing document")
        verbose_name_plural = _("governing documents")
        indexes = [
            models.Index(
                fields=["municipality", "sort_key", "id"], name="document_by_municipality_title"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="document_does_not_follow_from_itself",
            ),
            models.CheckConstraint(
                condition=Q(is_open_ended=False) | Q(valid_until_earliest__isnull=True),
                name="document_until_further_notice_has_no_end",
            ),
            models.CheckConstraint(
                condition=Q(valid_from_earliest__isnull=True)
                | Q(valid_until_latest__isnull=True)
                | Q(valid_until_latest__gte=F("valid_from_earliest")),
                name="document_is_valid_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(paragraph__isnull=True) | Q(paragraph__gte=1),
                name="paragraph_of_adoption_is_a_number_from_one",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("governance:document_detail", args=[self.pk])

    def clean(self):
        if self.valid_until and self.is_open_ended:
            sentence = _(
                "A document that is valid until further notice has no last day. Empty the date, or untick the box."
            )
            raise ValidationError({"is_open_ended": sentence})
        if self.ends_before_it_starts:
            sentence = _(
                "The document would be valid until %(end)s, before it starts (%(start)s). Change one of the dates."
            )
            raise ValidationError(
                {"valid_until": sentence % {"end": self.valid_until, "start": self.valid_from}}
            )

    @property
    def ends_before_it_starts(self) -> bool:
        """Does its last day certainly come before its first?"""
        starts, ends = self.valid_from, self.valid_until
        return bool(starts and ends and ends.latest < starts.earliest)

    @property
    def starts(self) -> ApproximateDate | None:
        """From when it is valid: as stated, else from its adoption; None when neither is known."""
        return self.valid_from or self.adopted_on

    @property
    def ancestors(self) -> list["GoverningDocument"]:
        """The documents that it follows from, the first of them first."""
        chain: list[GoverningDocument] = []
        document = self.parent
        while document is not None and document != self and document not in chain:
            chain.insert(0, document)
            document = document.parent
        return chain

    def validity(self, on: date) -> Validity:
        """Whether it applies on the day; not known when the dates leave it open."""
        starts, until = self.starts, self.valid_until
        if until and until.latest < on:
            return Validity.ENDED
        if starts and starts.earliest > on:
            return Validity.UPCOMING
        has_begun = starts is not None and starts.certainly_from <= on
        goes_on = self.is_open_ended or (until is not None and until.earliest >= on)
        return Validity.IN_FORCE if has_begun and goes_on else Validity.UNKNOWN
