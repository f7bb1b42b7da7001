"""The municipality and its own organisation."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisations import diary_numbers


def validate_diary_pattern(pattern: str) -> None:
    """Refuse a pattern that no diary number could follow."""
    if not diary_numbers.is_usable(pattern):
        raise ValidationError(
            _("The pattern must hold {year} and {serial}, may hold {prefix}, and no other braces.")
        )


class MunicipalityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The user's own municipality; all of them for the installation's operator."""
        return self if user.is_superuser else self.filter(pk=user.municipality_id)


class Municipality(models.Model):
    """The tenant: nothing below it is seen by another municipality. (Swedish: kommun)"""

    name = models.CharField(
        _("name"),
        max_length=100,
        unique=True,
        help_text=_("As printed, for example Exempelby kommun."),
    )
    diary_pattern = models.CharField(
        _("diary number pattern"),
        max_length=60,
        default="{prefix} {year}-{serial}",
        validators=[validate_diary_pattern],
        help_text=_("For example {prefix} {year}-{serial} or {prefix}/{year}:{serial}."),
    )
    civil_society_label = models.CharField(
        _("word for civil society"),
        max_length=60,
        default="civilsamhället",
        help_text=_("What the municipality calls civil society in its documents."),
    )
    colour = models.CharField(
        _("letterhead colour"),
        max_length=7,
        default="#1e2b3c",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the colour as #rrggbb."))],
    )
    logo = models.ImageField(
        _("logo"),
        upload_to="logos/",
        blank=True,
        help_text=_("PNG or JPEG, printed at the head of documents."),
    )
    footer = models.CharField(
        _("footer of documents"),
        max_length=200,
        blank=True,
        help_text=_("Address and web address, in one line."),
    )

    objects = MunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self):
        return self.name

    def logo_content(self) -> bytes | None:
        """The picture's bytes; None when there is no logo."""
        if not self.logo:
            return None
        with self.logo.open("rb") as file:
            return file.read()


class InMunicipalityQuerySet(models.QuerySet):
    """What belongs to one municipality."""

    def visible_to(self, user):
        """What the user's own municipality holds; everything for the installation's operator."""
        if user.is_superuser:
            return self
        return self.filter(municipality=user.municipality_id)


class Committee(models.Model):
    """A deciding body: council, executive board or committee. (Swedish: nämnd, styrelse, fullmäktige)"""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("council")
        BOARD = "board", _("executive board")
        COMMITTEE = "committee", _("committee")

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="committees", verbose_name=_("municipality")
    )
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.COMMITTEE)
    diary_prefix = models.CharField(_("diary prefix"), max_length=8, blank=True)

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"], name="committee_name_is_unique_in_its_municipality"
            ),
        ]

    def __str__(self):
        return self.name


class Office(models.Model):
    """An administration that prepares the committees' matters. (Swedish: förvaltning, kontor)"""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="offices", verbose_name=_("municipality")
    )
    name = models.CharField(_("name"), max_length=100)

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"], name="office_name_is_unique_in_its_municipality"
            ),
        ]

    def __str__(self):
        return self.name


class Unit(models.Model):
    """A part of an office. (Swedish: avdelning, enhet)

    Sources often give an abbreviation alone; what it stands for is then not known.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="units", verbose_name=_("municipality")
    )
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("office"),
        help_text=_("Empty when it is not known."),
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "abbreviation", "pk"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name", "abbreviation"],
                name="unit_is_in_its_municipality_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(name="", abbreviation=""), name="unit_has_name_or_abbreviation"
            ),
        ]

    def __str__(self):
        return self.name or self.abbreviation


class PopulationFigure(models.Model):
    """How many inhabitants the municipality had on a day, as a source gives it. (Swedish: folkmängd)"""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="population", verbose_name=_("municipality")
    )
    counted_on = models.DateField(
        _("counted on"),
        help_text=_("Usually 31 December: the price of a year is set by the day before it."),
    )
    number = models.PositiveIntegerField(_("inhabitants"))
    source = models.CharField(_("source"), max_length=200)

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["municipality", "-counted_on"]
        verbose_name = _("population figure")
        verbose_name_plural = _("population figures")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "counted_on"], name="population_is_counted_once_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.number} ({self.counted_on.isoformat()})"
