"""What a municipality's agreements are about, so that they can be added up by it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisations.models import InMunicipalityQuerySet, Municipality


class Theme(models.Model):
    """One of a municipality's own list, such as culture or sports. (Swedish: tema)"""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="themes", verbose_name=_("municipality")
    )
    name = models.CharField(_("name"), max_length=100)

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"], name="theme_is_unique_in_its_municipality"
            ),
        ]

    def __str__(self):
        return self.name
