"""The figures that an edition prints: stated by a source, or computed from rows."""

from decimal import Decimal

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement
from organisations.models import Committee
from partnerships.money import AmountField
from report.models.edition import Edition
from report.models.value import Basis, Figure, Qualifier, Scale, Unit

CODE = r"^[a-zåäö0-9]+(?:-[a-zåäö0-9]+)*$"


class Measure(models.TextChoices):
    """What is computed from the rows of the register."""

    IN_FORCE = "in_force", _("agreements in force")
    PARTNERS = "partners", _("partners with an agreement in force")
    PAID = "paid", _("paid, less what was paid back")
    RECEIVED = "received", _("received")
    PROMISED = "promised", _("contributions of the municipality")
    PROMISED_MONEY = "promised_money", _("contributions of the municipality in money")
    PROMISED_BY_PARTNERS = "promised_by_partners", _("contributions of the partners")
    WITHOUT_FOLLOW_UP = "without_follow_up", _("agreements without follow-up")
    WITH_INDICATORS = "with_indicators", _("agreements followed up by indicators")


AMOUNTS = frozenset(
    {
        Measure.PAID,
        Measure.RECEIVED,
        Measure.PROMISED,
        Measure.PROMISED_MONEY,
        Measure.PROMISED_BY_PARTNERS,
    }
)


class ReportFigure(models.Model):
    """One figure of an edition. (Swedish: uppgift, siffra)

    A stated figure has the value of its source; null is `not known`. When it names a measure, the
    computed value is shown beside it and never replaces it. A computed figure has no value of its
    own: the rows are asked whenever it is read, until the edition is frozen.
    """

    class Source(models.TextChoices):
        STATED = "stated", _("stated by a source")
        COMPUTED = "computed", _("computed from the register")

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="figures", verbose_name=_("edition")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    code = models.CharField(
        _("mark"),
        max_length=40,
        validators=[
            RegexValidator(
                CODE, _("Use small letters, digits and hyphens, for example bidrag-2025.")
            )
        ],
        help_text=_("What stands in the text where the figure is to be printed: [[mark]]."),
    )
    label = models.CharField(_("what it is"), max_length=200)
    source = models.CharField(_("source"), max_length=8, choices=Source)
    source_note = models.CharField(
        _("where it is from"),
        max_length=200,
        blank=True,
        help_text=_("For a stated figure: the document, or who reported it."),
    )
    value = AmountField(
        _("value"), null=True, blank=True, help_text=_("Empty when it is not known.")
    )
    unit = models.CharField(_("unit"), max_length=7, choices=Unit, default=Unit.KRONOR)
    scale = models.CharField(_("printed"), max_length=8, choices=Scale, default=Scale.UNITS)
    qualifier = models.CharField(
        _("how exact"), max_length=10, choices=Qualifier, default=Qualifier.EXACT
    )
    basis = models.CharField(_("for"), max_length=12, choices=Basis, default=Basis.PER_YEAR)
    year_from = models.PositiveSmallIntegerField(
        _("first year"), null=True, blank=True, help_text=_("Empty when the source does not say.")
    )
    year_to = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    measure = models.CharField(_("measure"), max_length=20, choices=Measure, blank=True)
    kind = models.CharField(
        _("kind of agreement"), max_length=12, choices=Agreement.Kind, blank=True
    )
    committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="report_figures",
        verbose_name=_("committee"),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="figure_mark_is_unique_in_its_edition",
                violation_error_message=_("Another figure has this mark."),
            ),
            models.CheckConstraint(
                condition=Q(source="stated") | (Q(value__isnull=True) & ~Q(measure="")),
                name="computed_figure_has_a_measure_and_no_value_of_its_own",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="figure_is_not_negative",
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
                name="figure_has_both_years_in_order_or_none",
            ),
            models.CheckConstraint(
                condition=Q(measure="")
                | Q(unit="kronor", measure__in=sorted(AMOUNTS))
                | (~Q(unit="kronor") & ~Q(measure__in=sorted(AMOUNTS))),
                name="figure_has_the_unit_of_its_measure",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def is_computed(self) -> bool:
        """Is it asked of the register rather than stated?"""
        return self.source == self.Source.COMPUTED

    @property
    def years(self) -> tuple[int, ...]:
        """The years it is for: its own, else those of the edition."""
        if self.year_from is None or self.year_to is None:
            return self.edition.years
        return tuple(range(self.year_from, self.year_to + 1))

    def as_figure(self, computed: Decimal | None = None, *, is_partial: bool = False) -> Figure:
        """What is printed and added. What some rows of a computed figure lack makes it `at least`."""
        excludes = tuple(str(row) for row in self.exclusions.all())
        value = computed if self.is_computed else self.value
        qualifier = Qualifier.AT_LEAST if self.is_computed and is_partial else self.qualifier
        return Figure(
            label=self.label,
            value=value,
            unit=self.unit,
            qualifier=qualifier,
            basis=self.basis,
            year_from=self.year_from,
            year_to=self.year_to,
            scale=self.scale,
            excludes=excludes,
            measure=self.measure,
            kind=self.kind,
            part=str(self.committee_id or ""),
            stands_for=tuple(
                str(row)
                for other in self.edition.figures.all()
                for row in other.exclusions.all()
                if row.counted_in_id == self.pk
            ),
        )


class FigureExclusion(models.Model):
    """What a figure leaves out, in words; perhaps an agreement, perhaps counted in another figure."""

    figure = models.ForeignKey(
        ReportFigure, models.CASCADE, related_name="exclusions", verbose_name=_("figure")
    )
    wording = models.CharField(
        _("left out"),
        max_length=200,
        help_text=_("After the word exklusive, for example en IOP."),
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="report_exclusions",
        verbose_name=_("agreement"),
        help_text=_("Empty when it is not known which."),
    )
    counted_in = models.ForeignKey(
        ReportFigure,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="stands_for_exclusions",
        verbose_name=_("counted in the figure"),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        constraints = [
            models.CheckConstraint(
                condition=Q(counted_in__isnull=True) | ~Q(counted_in=F("figure")),
                name="exclusion_is_counted_in_another_figure",
            ),
        ]

    def __str__(self):
        return self.wording
