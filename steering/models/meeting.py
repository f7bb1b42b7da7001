"""A group's meetings: dated notes, what was counted, and what was decided."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement
from partnerships.dates import ApproximateDateField
from partnerships.money import plain_number
from partnerships.suppression import FEWEST, is_few
from steering.models.group import SteeringGroup


class GroupMeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The meetings of groups whose agreement the user may read."""
        return self.filter(Agreement.objects.visible_to(user).include("group__agreement"))

    def issued(self):
        """Meetings whose notes are laid down."""
        return self.filter(issued_at__isnull=False)

    def with_notes(self):
        """The meetings with everything that their notes print."""
        return self.select_related(
            "group__agreement__committee__municipality", "recorded_by", "issued_by"
        ).prefetch_related(
            "counts", "decisions", "tasks__responsible", "tasks__settled_by", "group__roles"
        )


class GroupMeeting(models.Model):
    """A meeting of the group, with its notes. (Swedish: styrgruppsmöte, minnesanteckningar)

    The notes are written until they are laid down; from then on the database refuses to change
    them, and they are kept as the PDF that was issued. Tasks live on.
    """

    group = models.ForeignKey(
        SteeringGroup, models.CASCADE, related_name="meetings", verbose_name=_("steering group")
    )
    held_on = ApproximateDateField(
        _("held on"),
        earliest_field="held_earliest",
        latest_field="held_latest",
        null=True,
        blank=True,
        help_text=_("As exact as it is known: 2022-03-14, mars 2022, våren 2022 or 2022."),
    )
    held_earliest = models.DateField(null=True, editable=False)
    held_latest = models.DateField(null=True, editable=False)
    notes = models.TextField(_("notes"), blank=True)
    source = models.CharField(
        _("source"),
        max_length=300,
        blank=True,
        help_text=_("Where it is told of, when the group's own notes are not at hand."),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="recorded_group_meetings",
        verbose_name=_("written down by"),
    )
    recorded_at = models.DateTimeField(_("written down at"), auto_now_add=True)
    issued_at = models.DateTimeField(_("laid down at"), null=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="issued_group_meetings",
        verbose_name=_("laid down by"),
    )
    pdf = models.FileField(_("notes as issued"), upload_to="steering/", blank=True, editable=False)
    pdf_sha256 = models.CharField(
        _("SHA-256 of the PDF"), max_length=64, blank=True, editable=False
    )

    objects = GroupMeetingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = [models.F("held_earliest").desc(nulls_last=True), "-pk"]
        verbose_name = _("meeting of a steering group")
        verbose_name_plural = _("meetings of steering groups")
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, issued_by__isnull=True, pdf="", pdf_sha256="")
                | Q(issued_at__isnull=False, issued_by__isnull=False)
                & ~Q(pdf="")
                & ~Q(pdf_sha256=""),
                name="notes_that_are_laid_down_keep_their_pdf",
            ),
        ]

    def __str__(self):
        if self.held_on is None:
            return gettext("Meeting, date not known")
        return gettext("Meeting %(date)s") % {"date": self.held_on}

    def get_absolute_url(self):
        return reverse("steering:meeting_detail", args=[self.pk])

    @property
    def agreement(self) -> Agreement:
        """The agreement that the group steers."""
        return self.group.agreement

    @property
    def is_issued(self) -> bool:
        """Are its notes laid down?"""
        return self.issued_at is not None


class MeetingCount(models.Model):
    """Something that the group counted: how many, of what, and where. (Swedish: antal)

    The scope says what the number covers, in the source's words: two numbers with different scopes
    are never added.
    """

    meeting = models.ForeignKey(
        GroupMeeting, models.CASCADE, related_name="counts", verbose_name=_("meeting")
    )
    amount = models.PositiveIntegerField(_("how many"))
    counted = models.CharField(_("of what"), max_length=150, help_text=_("For example deltagare."))
    scope = models.CharField(
        _("scope"),
        max_length=300,
        blank=True,
        help_text=_("Where and when: which places, measures or groups the number covers."),
    )
    is_of_persons = models.BooleanField(
        _("persons"), default=True, help_text=_("Few persons are left out of what is published.")
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("count")
        verbose_name_plural = _("counts")

    def __str__(self):
        return f"{self.number} {self.counted}"

    @property
    def number(self) -> str:
        """The number for those who may read the agreement."""
        return plain_number(Decimal(self.amount))

    @property
    def is_left_out(self) -> bool:
        """Is it so few persons that everyone is not told?"""
        return self.is_of_persons and is_few(self.amount)

    @property
    def open_words(self) -> str:
        """The count as everyone may be told it."""
        if self.is_left_out:
            return gettext("fewer than %(fewest)s %(counted)s") % {
                "fewest": FEWEST,
                "counted": self.counted,
            }
        return str(self)

    @property
    def open_words_with_scope(self) -> str:
        """The same, with what the number covers and when it was counted."""
        beside = ", ".join(str(part) for part in (self.scope, self.meeting.held_on) if part)
        return f"{self.open_words} ({beside})" if beside else self.open_words


class GroupDecision(models.Model):
    """What the group decided, or agreed on, at a meeting."""

    meeting = models.ForeignKey(
        GroupMeeting, models.CASCADE, related_name="decisions", verbose_name=_("meeting")
    )
    text = models.TextField(_("decision"))

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("decision of the group")
        verbose_name_plural = _("decisions of the group")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="decision_of_the_group_says_it"),
        ]

    def __str__(self):
        return self.text
