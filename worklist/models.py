"""What a user is reminded of and how, the user's calendar, and saved views of the register."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User

TOKEN_BYTES = 32


class OwnQuerySet(models.QuerySet):
    """What belongs to one user."""

    def visible_to(self, user):
        """The user's own."""
        return self.filter(user=user.pk)


class ReminderChoice(models.Model):
    """How often a user wants reminders by e-mail. No row is every working day."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("every working day when there is something")
        WEEKLY = "weekly", _("on Mondays")
        NEVER = "never", _("never")

    user = models.OneToOneField(
        User, models.CASCADE, related_name="reminder_choice", verbose_name=_("user")
    )
    rhythm = models.CharField(
        _("reminders by e-mail"), max_length=6, choices=Rhythm, default=Rhythm.DAILY
    )

    objects = OwnQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("choice of reminders")
        verbose_name_plural = _("choices of reminders")

    def __str__(self):
        return self.get_rhythm_display()


class Letter(models.Model):
    """One e-mail with reminders: written first, sent after, and never written twice."""

    user = models.ForeignKey(User, models.CASCADE, related_name="letters", verbose_name=_("user"))
    written_at = models.DateTimeField(_("written at"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    tried_at = models.DateTimeField(_("last tried at"), null=True, blank=True)

    objects = OwnQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["text"])

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("letter of reminders")
        verbose_name_plural = _("letters of reminders")
        indexes = [
            models.Index(
                fields=["written_at"], condition=Q(sent_at__isnull=True), name="letter_not_sent_yet"
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def message_id(self) -> str:
        """The same for every attempt, so that a mail server tells a second one from a new letter."""
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
        return f"<reminders-{self.pk}-{int(self.written_at.timestamp())}@{domain}>"


class Reminder(models.Model):
    """That a user was reminded of something at one of its moments: once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="reminders", verbose_name=_("user"))
    key = models.CharField(_("key"), max_length=120)
    moment = models.DateField(_("moment"))
    letter = models.ForeignKey(
        Letter, models.CASCADE, related_name="reminders", verbose_name=_("letter")
    )

    objects = OwnQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-moment", "-pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key", "moment"], name="user_is_reminded_once_at_a_moment"
            ),
        ]

    def __str__(self):
        return self.key


class CalendarFeed(models.Model):
    """A user's private calendar address. Only a hash of its secret is kept."""

    user = models.OneToOneField(
        User, models.CASCADE, related_name="calendar_feed", verbose_name=_("user")
    )
    secret_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = OwnQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["secret_sha256"])

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self):
        return str(self.user)

    @staticmethod
    def new_secret() -> str:
        """A secret that nobody guesses."""
        return secrets.token_urlsafe(TOKEN_BYTES)

    @staticmethod
    def hashed(secret: str) -> str:
        """What is kept of a secret."""
        return hashlib.sha256(secret.encode()).hexdigest()


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The user's own, and those that others of the municipality share."""
        shared = Q(is_shared=True, user__municipality=user.municipality_id)
        return self.filter(Q(user=user.pk) | shared)


class SavedView(models.Model):
    """A filter of the register with a name; its days may be relative, so it never grows old."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="saved_views", verbose_name=_("user")
    )
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("filter"), max_length=500)
    is_shared = models.BooleanField(_("shared with the municipality"), default=False)

    objects = SavedViewQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="user_has_each_view_once"),
        ]

    def __str__(self):
        return self.name
