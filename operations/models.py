"""When the scheduled work was last done."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScheduledRun(models.Model):
    """The last time `scheduled_work` ran to its end; one row."""

    done_at = models.DateTimeField(_("done"))

    class Meta:
        verbose_name = _("scheduled work")
        verbose_name_plural = _("scheduled work")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_scheduled_run")]

    def __str__(self):
        return str(self.done_at)
