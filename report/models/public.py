"""Whether a municipality shows its partnerships to everyone."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisations.models import InMunicipalityQuerySet, Municipality


class PublicPage(models.Model):
    """The municipality's open page and open data. Without a row, or switched off, there is none."""

    municipality = models.OneToOneField(
        Municipality, models.PROTECT, related_name="public_page", verbose_name=_("municipality")
    )
    slug = models.SlugField(
        _("name in the address"), unique=True, help_text=_("For example exempelby.")
    )
    is_on = models.BooleanField(
        _("shown to everyone"),
        default=False,
        help_text=_(
            "Shows agreements in force with partners, purposes and contributions to anyone, without signing in."
        ),
    )
    introduction = models.TextField(_("introduction"), blank=True)

    objects = InMunicipalityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("open page")
        verbose_name_plural = _("open pages")

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        return reverse("report_open:agreement_list", args=[self.slug])
