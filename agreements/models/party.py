"""The two sides of an agreement."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Party(models.TextChoices):
    """Which side: whose contribution, obligation, notice or termination it is."""

    MUNICIPALITY = "municipality", _("the municipality")
    PARTNER = "partner", _("partner")
