"""The log, its seals, and what was erased from it. The database refuses every other change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One change of one row of one table, written by a trigger.

    `old` and `new` are JSON as the database writes it, kept as text so that what is hashed is what
    is read. They and `salt` are null once they are erased.
    """

    class Event(models.TextChoices):
        CREATED = "+", _("created")
        CHANGED = "~", _("changed")
        REMOVED = "-", _("removed")
        FOUND = "=", _("found after a migration")

    at = models.DateTimeField(_("when"))
    table_name = models.TextField(_("table"))
    row_key = models.TextField(_("key"))
    event = models.TextField(_("what"), choices=Event.choices)
    actor_id = models.TextField(_("key of who"), null=True)  # noqa: DJ001 - null is unknown
    actor = models.TextField(_("who"), null=True)  # noqa: DJ001 - null is unknown
    reason = models.TextField(_("why"))
    request = models.TextField(_("request"))
    old = models.TextField(_("before"), null=True)  # noqa: DJ001 - null is none, or erased
    new = models.TextField(_("after"), null=True)  # noqa: DJ001 - null is none, or erased
    salt = models.TextField(_("salt"), null=True)  # noqa: DJ001 - null is erased

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ["id"]
        indexes = [models.Index(fields=["table_name", "row_key", "id"], name="audit_entry_of_row")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(event__in=["+", "~", "-", "="]), name="audit_entry_event"
            ),
        ]

    def __str__(self):
        return f"{self.event} {self.table_name} {self.row_key}"


class Seal(models.Model):
    """A fingerprint of the entries since the seal before it, and of that seal."""

    first = models.BigIntegerField(_("first entry"), unique=True)
    last = models.BigIntegerField(_("last entry"), unique=True)
    entries = models.BigIntegerField(_("number of entries"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    sealed_at = models.DateTimeField(_("sealed"))

    class Meta:
        verbose_name = _("seal of the log")
        verbose_name_plural = _("seals of the log")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first"), entries__gte=1),
                name="audit_seal_covers_entries",
            ),
        ]

    def __str__(self):
        return f"{self.first}–{self.last} {self.digest[:16]}"


class Erasure(models.Model):
    """The values of an entry were erased, when, by whom and why. Their fingerprint stays."""

    entry = models.OneToOneField(Entry, models.PROTECT, verbose_name=_("log entry"))
    values_digest = models.CharField(_("SHA-256"), max_length=64)
    erased_at = models.DateTimeField(_("erased"))
    erased_by = models.TextField(_("by"), blank=True)
    reason = models.TextField(_("why"))

    class Meta:
        verbose_name = _("erasure from the log")
        verbose_name_plural = _("erasures from the log")
        ordering = ["id"]

    def __str__(self):
        return f"{self.entry_id} {self.reason}"
