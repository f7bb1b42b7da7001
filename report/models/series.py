"""How often the report is made, and what it is about."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement
from organisations.models import Committee, InMunicipalityQuerySet, Municipality, Office
from partnerships.dates import ApproximateDateField


class SectionContent(models.TextChoices):
    """What a section holds besides its text."""

    TEXT = "text", _("text only")
    KIND = "kind", _("figures of one kind of agreement")
    WHOLE = "whole", _("figures of all collaboration")
    FOCUS = "focus", _("special focus, with the offices' answers")


@dataclass(frozen=True)
class NextEdition:
    """The years of the edition that comes next, and the year in which it is due."""

    year_from: int
    year_to: int
    due_year: int

    @property
    def period(self) -> str:
        """`2024–2025`, or a single year."""
        if self.year_from == self.year_to:
            return str(self.year_from)
        return f"{self.year_from}–{self.year_to}"


class ReportSeries(models.Model):
    """The recurring report to the executive board. (Swedish: rapport över samverkan med idéburen sektor)"""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="report_series", verbose_name=_("municipality")
    )
    name = models.CharField(
        _("name"), max_length=200, help_text=_("As printed on the cover, without the years.")
    )
    committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        related_name="report_series",
        verbose_name=_("reported to"),
    )
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="report_series",
        verbose_name=_("written by"),
        help_text=_("The office whose memo brings the report before the committee."),
    )
    proposal = models.TextField(
        _("proposal for a decision"),
        blank=True,
        help_text=_(
            "The points of the memo on an edition, one on each line. {from} and {to} are its years."
        ),
    )

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("series of reports")
        verbose_name_plural = _("series of reports")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="report_series_name_is_unique_in_its_municipality",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        try:
            self.proposal.format(**{"from": "", "to": ""})
        except (KeyError, ValueError, IndexError) as error:
            raise ValidationError(
                {"proposal": _("Only {from} and {to} can stand within braces.")}
            ) from error

    def every_years(self, on: date) -> int | None:
        """How many years an edition is about by the rhythm that applies on the day."""
        begun = [row for row in self.rhythms.all() if row.starts.earliest <= on]
        latest = max(begun, key=lambda row: (row.starts.earliest, row.pk), default=None)
        return latest.every_years if latest else None

    def next_edition(self, on: date) -> NextEdition | None:
        """Which edition comes next after those noted by the day; None before the first rhythm.

        The year after the last of its years is when it is due.
        """
        every = self.every_years(on)
        if every is None:
            return None
        noted = [edition for edition in self.editions.all() if edition.is_noted_by(on)]
        if noted:
            first = max(edition.covered_until for edition in noted) + 1
        else:
            first = min(rhythm.starts.earliest for rhythm in self.rhythms.all()).year
        last = first + every - 1
        return NextEdition(first, last, last + 1)


class ReportRhythm(models.Model):
    """From when the report is made every so many years, and who decided it."""

    series = models.ForeignKey(
        ReportSeries, models.CASCADE, related_name="rhythms", verbose_name=_("series")
    )
    starts = ApproximateDateField(
        _("from"), earliest_field="starts_earliest", latest_field="starts_latest"
    )
    starts_earliest = models.DateField(null=True, editable=False)
    starts_latest = models.DateField(null=True, editable=False)
    every_years = models.PositiveSmallIntegerField(_("every so many years"))
    decided = models.CharField(
        _("decided"),
        max_length=200,
        blank=True,
        help_text=_("For example Kommunstyrelsen 2017-01-17, § 29."),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["starts_earliest", "pk"]
        verbose_name = _("rhythm of a series")
        verbose_name_plural = _("rhythms of series")
        constraints = [
            models.CheckConstraint(
                condition=Q(every_years__gte=1, every_years__lte=10),
                name="report_comes_every_one_to_ten_years",
            ),
        ]

    def __str__(self):
        return f"{self.starts}: {self.every_years}"


class SectionFacts(models.Model):
    """What a section of the template and the section made from it have in common."""

    position = models.PositiveSmallIntegerField(_("position"), default=1)
    heading = models.CharField(_("heading"), max_length=200)
    content = models.CharField(
        _("content"), max_length=5, choices=SectionContent, default=SectionContent.TEXT
    )
    kind = models.CharField(
        _("kind of agreement"), max_length=12, choices=Agreement.Kind, blank=True
    )

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return self.heading


def kind_follows_content(name: str) -> models.CheckConstraint:
    """A kind of agreement is named exactly by the sections about one kind."""
    return models.CheckConstraint(
        condition=(Q(content="kind") & ~Q(kind="")) | (~Q(content="kind") & Q(kind="")), name=name
    )


class SectionTemplate(SectionFacts):
    """A section that each new edition of the series begins with."""

    series = models.ForeignKey(
        ReportSeries, models.CASCADE, related_name="sections", verbose_name=_("series")
    )
    hint = models.CharField(_("hint for the writer"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta(SectionFacts.Meta):
        verbose_name = _("section of a series")
        verbose_name_plural = _("sections of series")
        constraints = [kind_follows_content("template_of_a_kind_names_it")]
