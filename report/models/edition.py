"""One edition of the report and its sections."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models import AgendaItem
from memos.models import Memo
from organisations.models import Municipality
from partnerships.dates import ApproximateDateField
from report.models.series import ReportSeries, SectionFacts, kind_follows_content


class EditionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The editions of the user's own municipality; all for the installation's operator."""
        return self.filter(series__in=ReportSeries.objects.visible_to(user))

    def with_parts(self):
        """The editions with everything that is printed of them."""
        return self.select_related(
            "series__municipality", "series__committee", "memo", "frozen_by", "noted_in"
        ).prefetch_related(
            "sections",
            "figures__exclusions__agreement",
            "figures__exclusions__counted_in",
            "figures__committee",
            "questions",
            "asked__committee",
            "asked__office",
            "asked__answers",
        )


class Edition(models.Model):
    """One report, about some years. (Swedish: utgåva)

    It is written until the board has noted it. It is then frozen: the database refuses to change it,
    and what it said is kept as data and as a PDF. Editions older than the portal say only when they
    were noted.
    """

    series = models.ForeignKey(
        ReportSeries, models.PROTECT, related_name="editions", verbose_name=_("series")
    )
    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("Empty when it is not known.")
    )
    title = models.CharField(_("title"), max_length=200)
    year_from = models.PositiveSmallIntegerField(
        _("first year"), null=True, blank=True, help_text=_("Empty when it is not known.")
    )
    year_to = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    diary_number = models.CharField(_("diary number"), max_length=40, blank=True)
    answers_by = models.DateField(
        _("the offices answer by"),
        null=True,
        blank=True,
        help_text=_("The last day for answers to the questions of the special focus."),
    )
    memo = models.ForeignKey(
        Memo,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="report_editions",
        verbose_name=_("memo"),
    )
    noted_on = ApproximateDateField(
        _("noted on"),
        earliest_field="noted_earliest",
        latest_field="noted_latest",
        null=True,
        blank=True,
        editable=False,
    )
    noted_earliest = models.DateField(null=True, editable=False)
    noted_latest = models.DateField(null=True, editable=False)
    paragraph = models.PositiveSmallIntegerField(
        _("paragraph"), null=True, blank=True, editable=False
    )
    noted_in = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="noted_editions",
        verbose_name=_("noted in the item"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True, editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="frozen_editions",
        verbose_name=_("frozen by"),
    )
    snapshot = models.JSONField(_("snapshot"), null=True, blank=True, editable=False)
    pdf = models.FileField(_("PDF as noted"), upload_to="reports/", blank=True, editable=False)
    pdf_sha256 = models.CharField(
        _("SHA-256 of the PDF"), max_length=64, blank=True, editable=False
    )

    objects = EditionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["snapshot"])

    class Meta:
        ordering = [
            F("year_to").desc(nulls_last=True),
            F("noted_earliest").desc(nulls_first=True),
            "-pk",
        ]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"], name="edition_number_is_unique_in_its_series"
            ),
            models.UniqueConstraint(
                fields=["series", "year_from"], name="edition_begins_a_period_once_in_its_series"
            ),
            models.CheckConstraint(
                condition=Q(year_from__isnull=True, year_to__isnull=True)
                | Q(
                    year_from__isnull=False,
                    year_to__isnull=False,
                    year_from__gte=1990,
                    year_to__lte=2200,
                    year_to__gte=F("year_from"),
                ),
                name="edition_has_both_years_in_order_or_none",
            ),
            models.CheckConstraint(
                condition=Q(
                    frozen_at__isnull=True,
                    frozen_by__isnull=True,
                    snapshot__isnull=True,
                    pdf="",
                    pdf_sha256="",
                )
                | Q(
                    frozen_at__isnull=False,
                    frozen_by__isnull=False,
                    snapshot__isnull=False,
                    noted_earliest__isnull=False,
                )
                & ~Q(pdf="")
                & ~Q(pdf_sha256=""),
                name="frozen_edition_keeps_what_it_said",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("report:edition_detail", args=[self.pk])

    @property
    def municipality(self) -> Municipality:
        """Whose report it is."""
        return self.series.municipality

    @property
    def is_draft(self) -> bool:
        """Is it still being written?"""
        return self.noted_on is None

    @property
    def is_frozen(self) -> bool:
        """Is what it said kept in the portal?"""
        return self.frozen_at is not None

    @property
    def years(self) -> tuple[int, ...]:
        """The years it is about; none when they are not known."""
        if self.year_from is None or self.year_to is None:
            return ()
        return tuple(range(self.year_from, self.year_to + 1))

    @property
    def period(self) -> str:
        """`2022–2023`, a single year, or empty when it is not known."""
        if self.year_from == self.year_to:
            return str(self.year_from or "")
        return f"{self.year_from}–{self.year_to}"

    def is_noted_by(self, on: date) -> bool:
        """Had the board noted it by the day? A vague date counts from its first day."""
        return self.noted_earliest is not None and self.noted_earliest <= on

    @property
    def noted_under(self) -> int | None:
        """The § under which the board noted it: the item's, once the minutes have given it one."""
        return self.noted_in.number if self.noted_in else self.paragraph

    @property
    def covered_until(self) -> int:
        """The last year it is about; when that is not known, the year before it was noted."""
        if self.year_to is None and self.noted_earliest is not None:
            return self.noted_earliest.year - 1
        return self.year_to or 0

    @property
    def previous(self) -> "Edition | None":
        """The edition about the years before it."""
        if self.year_from is None:
            return None
        earlier = self.series.editions.filter(year_to__lt=self.year_from)
        return earlier.order_by("-year_to").first()


class ReportSection(SectionFacts):
    """A section of an edition: its heading and text in Markdown, with figures placed by marks."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="sections", verbose_name=_("edition")
    )
    hint = models.CharField(_("hint for the writer"), max_length=300, blank=True, editable=False)
    text = models.TextField(_("text"), blank=True)

    history = HistoricalRecords()

    class Meta(SectionFacts.Meta):
        verbose_name = _("section of an edition")
        verbose_name_plural = _("sections of editions")
        constraints = [kind_follows_content("section_of_a_kind_names_it")]
